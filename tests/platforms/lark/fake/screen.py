"""What somebody sees of a card, and what they can use on it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.platforms.lark.fake.tenant import Locale

Element = Mapping[str, Any]

FIELDS = frozenset(
    {
        "input", "select_static", "multi_select_static", "select_person", "multi_select_person",
        "date_picker", "picker_time", "picker_datetime", "select_img", "checker",
    }
)  # fmt: skip
TEXTS = frozenset({"plain_text", "lark_md", "markdown"})
LISTS = ("multi_select_static", "multi_select_person")


class NotThere(AssertionError):
    """What a test wanted to use is not on the screen, or cannot be used so."""


@dataclass(frozen=True, slots=True)
class Found:
    """An element of a card, and the form that holds it."""

    element: Element
    form: Element | None

    @property
    def tag(self) -> str:
        """Its tag."""
        return str(self.element["tag"])

    @property
    def value(self) -> dict[str, Any]:
        """What its callback behaviour carries; empty when it has none."""
        for behavior in self.element.get("behaviors", ()):
            if behavior.get("type") == "callback":
                return dict(behavior.get("value", {}))
        return {}


def walk(card: Element) -> Iterator[Found]:
    """Every tagged object of a card, header first, top to bottom."""
    yield from _inside(card, None)


def texts(card: Element, locale: Locale = "en_us") -> list[str]:
    """Every text that shows, in reading order, in the language of the viewer."""
    return [shown(f.element, locale) for f in walk(card) if f.tag in TEXTS]


def shown(text: Element, locale: Locale) -> str:
    """A text in the language of the viewer; without it, as it stands."""
    found = text.get("i18n_content", {}).get(locale)
    return str(text.get("content", "") if found is None else found)


def buttons(card: Element, locale: Locale = "en_us") -> list[str]:
    """The labels of the buttons."""
    return [_label(f, locale) for f in walk(card) if f.tag == "button"]


def fields(card: Element) -> dict[str, Found]:
    """The fields of all forms, by name."""
    return {str(f.element.get("name", "")): f for f in walk(card) if f.tag in FIELDS and f.form}


def button(card: Element, label: str, locale: Locale = "en_us") -> Found:
    """The one button with this label or name; raises NotThere."""
    found = [
        f
        for f in walk(card)
        if f.tag == "button" and label in (_label(f, locale), f.element.get("name"))
    ]
    if len(found) != 1:
        raise NotThere(f"{len(found)} buttons {label!r}; there are {buttons(card, locale)}")
    if found[0].element.get("disabled"):
        raise NotThere(f"the button {label!r} is disabled")
    return found[0]


def named(card: Element, name: str) -> Found:
    """The one element with this name; raises NotThere."""
    found = [f for f in walk(card) if f.element.get("name") == name]
    if len(found) != 1:
        raise NotThere(f"{len(found)} elements are named {name!r}")
    return found[0]


def _label(found: Found, locale: Locale) -> str:
    return shown(found.element.get("text", {}), locale)


def _inside(node: object, form: Element | None) -> Iterator[Found]:
    if isinstance(node, Mapping):
        if "tag" in node:
            yield Found(node, form)
        within = node if node.get("tag") == "form" else form
        for name, child in node.items():
            if name != "behaviors":  # what a callback carries is not on the screen
                yield from _inside(child, within)
    elif isinstance(node, list):
        for child in node:
            yield from _inside(child, form)
