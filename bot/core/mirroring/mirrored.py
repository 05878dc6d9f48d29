"""What a case knows of its copies in other systems: tasks, calendar entries, a row, a page. Values.

The case is the truth; a copy is written after it and never read back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.core.words import Text

Kind = Literal["task", "entry", "row", "page"]
PAGE = "page:"  # how the keys of pages begin; the number of the binding to a channel follows
MIRROR = "mirror"  # the kind of ping that writes, and says nothing itself


@dataclass(frozen=True, slots=True)
class Wants:
    """Which copies a tenant wants. `register` is where rows go, "app_token/table_id"; empty: nowhere."""

    tasks: bool = False
    entries: bool = False
    pages: bool = False
    register: str = ""

    @property
    def any(self) -> bool:
        """Whether anything is to be copied."""
        return self.tasks or self.entries or self.pages or bool(self.register)


def is_register(address: str) -> bool:
    """Whether it names a table of a Base, "app_token/table_id"."""
    app, slash, table = address.partition("/")
    return bool(slash) and all(part.isascii() and part.isalnum() for part in (app, table))


@dataclass(frozen=True, slots=True)
class Copy:
    """One thing that stands, or stood, in another system. `ref` is that system's name for it; empty
    once it is gone.
    """

    ref: str
    digest: str  # of what was written last
    made: int = 1  # how many of this key were made; with the key it names this one for good
    url: str = ""
    left: bool = False  # somebody took it away there, and it is not made again
    parts: tuple[str, ...] = ()  # what was done of it, where it is made in several calls
    tried: bool = False  # without a name: whether it stands nobody knows


@dataclass(frozen=True, slots=True)
class Mirrored:
    """All of a case's copies by their keys. Until `until` nobody else begins to write; `why` is set
    when the last writing failed, and `failed` counts since when.
    """

    copies: Mapping[str, Copy] = field(default_factory=dict)
    pages: tuple[int, ...] = ()  # the bindings to a channel whose minutes are to be a page
    until: datetime | None = None
    why: Text | None = None
    failed: int = 0


UNMIRRORED = Mirrored()
