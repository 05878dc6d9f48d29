"""A text in both languages, and the languages themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NewType

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")

TenantId = NewType("TenantId", str)
PersonId = NewType("PersonId", str)
CaseId = NewType("CaseId", str)
EventId = NewType("EventId", str)
StepId = NewType("StepId", str)
FieldId = NewType("FieldId", str)


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people, in English and in Simplified Chinese; neither may be empty."""

    en: str
    zh: str

    def __post_init__(self) -> None:
        if not self.en or not self.zh:
            raise ValueError("a text needs both languages: write the missing one")

    def to(self, language: Language) -> str:
        """The text in `language`."""
        return self.en if language == "en" else self.zh

    def fill(self, **values: "str | int | Text") -> "Text":
        """This text with its `{name}` slots filled; a Text fills each language with its own.

        Raises KeyError when a slot has no value. Braces in a value stay as they are.
        """
        return Text(
            en=self.en.format_map(_side(values, "en")), zh=self.zh.format_map(_side(values, "zh"))
        )


def same(text: str) -> Text:
    """A text that reads the same in both languages: what a person typed, a number, a name."""
    return Text(en=text, zh=text)


def _side(values: Mapping[str, "str | int | Text"], language: Language) -> dict[str, str]:
    return {k: v.to(language) if isinstance(v, Text) else str(v) for k, v in values.items()}
