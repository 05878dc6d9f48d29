"""The project's channel that a case is bound to, and what is known of a channel. Values only."""

from dataclasses import dataclass
from typing import Literal

ROOM = "room"  # how the slots of what stands in a project's channel begin
Company = Literal[
    "internal",  # only our own people read there
    "external",  # somebody from outside can
    "unknown",  # the platform does not say
    "absent",  # the bot is not in it
]


@dataclass(frozen=True, slots=True)
class Here:
    """The channel in which a command was written, and who reads there."""

    platform: str
    conversation: str
    name: str
    company: Company


@dataclass(frozen=True, slots=True)
class Room:
    """A project's channel, bound to a case. `number` counts the case's bindings, from 1."""

    platform: str
    conversation: str
    name: str
    number: int

    @property
    def slot(self) -> str:
        """Where the first message stands, under which all others come."""
        return f"{ROOM}:{self.number}"


def root_of(slot: str) -> str:
    """The slot of the message under which this one comes; empty where it comes under none."""
    kind, number, rest = [*slot.split(":", 2), "", ""][:3]
    return f"{ROOM}:{number}" if kind == ROOM and number and rest else ""


def is_of_a_room(slot: str) -> bool:
    """Whether it stands in a project's channel."""
    return number_of(slot) is not None


def number_of(slot: str) -> int | None:
    """The binding that a slot belongs to; None for a slot outside of a project's channel."""
    kind, number, *_ = [*slot.split(":"), ""]
    return int(number) if kind == ROOM and number.isdecimal() else None
