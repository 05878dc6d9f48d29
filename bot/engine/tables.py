"""Milestones in a file that somebody brings; who reads it is the wiring's to say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.core.words import Text
from bot.engine.errors import CandorError


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
