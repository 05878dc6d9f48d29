"""Milestones in a file that somebody brings; who fetches and who reads it is the wiring's to say."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.core.words import TenantId, Text
from bot.engine.errors import CandorError

LARGEST = 4 * 2**20  # bytes of a file
TOO_LARGE = Text(
    en="{name} is larger than {most} MB; cut it down to the dates",
    zh="{name}超过{most} MB，请只留日期",
)


class UnreadableTable(CandorError):
    """The file is no table that can be read; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """One row; without a day, `problem` says why."""

    name: str
    day: date | None
    owner: str = ""
    problem: Text | None = None


@dataclass(frozen=True, slots=True)
class Milestones:
    """What a file holds, by which of its columns: name, day, owner."""

    header: tuple[str, ...]
    columns: Mapping[str, int]
    rows: tuple[Milestone, ...]
    left_out: int = 0  # rows beyond what one project watches


class ReadMilestones(Protocol):
    """The milestones in a file of that name. Raises UnreadableTable."""

    def __call__(
        self, name: str, data: bytes, columns: Mapping[str, int], *, today: date
    ) -> Milestones: ...


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as somebody sent it."""

    name: str
    data: bytes


# Of a tenant, by the platform's own handle; raises CandorError.
Fetch = Callable[[TenantId, str], Awaitable[Brought]]


def too_large(name: str) -> UnreadableTable:
    """That the file holds more than is read."""
    return UnreadableTable(TOO_LARGE.fill(name=name, most=LARGEST // 2**20))
