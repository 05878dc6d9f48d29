"""What the engine asks of a meeting system: to book a meeting, to move it, to cancel it.

Only a person's press leads here. Every call ends in an answer or in an OutsideError.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.words import Text


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who is asked to come; an address or an id of the platform is there."""

    name: str
    email: str = ""
    person: str = ""  # for the provider that belongs to the platform


@dataclass(frozen=True, slots=True)
class Link:
    """A meeting that is booked. Nothing in it opens it as the host."""

    join_url: str  # http(s) only; empty where the meeting has no link of its own
    ref: str  # what the provider calls it, for move and cancel
    code: str = ""  # the number that people type, where there is one


class Provider(Protocol):
    """One meeting system. Each call raises a class of OutsideError."""

    @property
    def name(self) -> str:
        """What it is called in settings: lark_event, lark_reserve, tencent, zoom, teams, google, ics."""
        ...

    @property
    def label(self) -> Text:
        """What people call it."""
        ...

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        """The meeting at an aware `start`, booked once for a `key` however often this is asked."""
        ...

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        """The same meeting at another time."""
        ...

    async def cancel(self, ref: str) -> None:
        """Take the meeting away; one that is gone already is no error."""
        ...

    async def close(self) -> None: ...
