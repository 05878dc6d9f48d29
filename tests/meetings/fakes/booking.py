"""What all fakes of meeting systems share: what is booked with them, and for whom."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.sources.fakes.vendor import Asked, Body, Clock, Vendor

DOOR = "the door of the host"  # what opens a meeting as its host, in every answer that may hold one


@dataclass(slots=True)
class Booked:
    """One meeting as the product keeps it."""

    ref: str
    topic: str
    start: datetime
    minutes: int
    key: str = ""  # what it was asked for with, where the product takes one
    guests: list[str] = field(default_factory=list)  # who was sent an invitation, by the product
    gone: bool = False
    more: dict[str, Any] = field(default_factory=dict)


class Bookings(Vendor):
    """A fake of one product that meetings are booked with."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.booked: list[Booked] = []
        self.pending = 0  # answers in which a link is not ready yet
        self.alive: set[str] = set()  # keys that were given
        self._made = 0

    def live(self) -> list[Booked]:
        """The meetings that would take place."""
        return [b for b in self.booked if not b.gone]

    def found(self, ref: str) -> Booked | None:
        return next((b for b in self.live() if b.ref == ref), None)

    def number(self) -> int:
        """Another one each time."""
        self._made += 1
        return self._made

    def is_ready(self) -> bool:
        """Whether the link is there in this answer."""
        self.pending -= 1
        return self.pending < 0

    def refuse_body(self, asked: Asked, known: set[str]) -> bool:
        """Whether a body holds what nobody described."""
        return not isinstance(asked.body, dict) or not set(asked.body) <= known


def digits(value: Body) -> bool:
    """Whether it is a text of Unix seconds."""
    return isinstance(value, str) and value.isdecimal() and len(value) == 10
