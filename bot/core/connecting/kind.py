"""What a tenant can connect by itself: one system, and the values that it takes.

A part's name with the prefix of its kind is the name of the setting that means the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.words import Text

Family = Literal["tracker", "mail", "meeting"]
FAMILIES: tuple[Family, ...] = ("tracker", "mail", "meeting")
Values = Mapping[str, str]  # by the names of parts; what is left out stands as usual


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a connection. `such` is an example of it."""

    name: str
    label: Text
    ask: Text
    such: Text | None = None
    secret: bool = False
    required: bool = True
    options: Mapping[str, Text] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One system that can be connected."""

    id: str
    family: Family
    label: Text
    prefix: str  # of its settings
    parts: tuple[Part, ...]

    def setting(self, part: Part) -> str:
        """What the part is called among the settings."""
        return f"{self.prefix}_{part.name}"

    def part(self, name: str) -> Part | None:
        """The part of this name."""
        return next((p for p in self.parts if p.name == name), None)

    def lacking(self, values: Values) -> tuple[Part, ...]:
        """What is needed and not there."""
        return tuple(p for p in self.parts if p.required and not values.get(p.name, "").strip())

    def wants_secret(self, values: Values) -> bool:
        """Whether its secret is to be asked for: a mail server may do without a sign-in."""
        return self.family != "mail" or bool(values.get("user", "").strip())

    def plain(self, values: Values) -> Mapping[str, str]:
        """What may be shown: no secret is in it."""
        return {p.name: v for p in self.parts if not p.secret and (v := values.get(p.name))}
