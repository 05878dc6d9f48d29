"""Early warning: dates that are watched before anything is late, and what makes a first sign.

A watched project is a case that has not begun to be told: its walk opens with the first sign.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from bot.core.pings.reminder import Reminder

Confidence = Literal["high", "medium", "low"]
LEVELS: dict[Confidence, int] = {"high": 3, "medium": 2, "low": 1}
DOUBTFUL = 1  # from there down, a date is in doubt


@dataclass(frozen=True, slots=True)
class Check:
    """One answer before a watched date: how sure the owner was, 3 to 1, and 0 for at risk."""

    number: int  # of the date
    at: datetime
    confidence: int


def checked(
    checks: tuple[Check, ...], reminder: Reminder, at: datetime, level: int
) -> tuple[Check, ...]:
    """The checks with one more."""
    return (*checks, Check(reminder.number, at, level))


def is_sign(checks: tuple[Check, ...]) -> bool:
    """Whether the last check is a first sign: at risk, or the second fall in a row for its date."""
    if not checks:
        return False
    last = checks[-1]
    if last.confidence == 0:
        return True
    same = [c.confidence for c in checks if c.number == last.number]
    return len(same) >= 3 and same[-3] > same[-2] > same[-1]


def confidences() -> Iterator[Confidence]:
    """How sure one can be, the surest first."""
    yield from LEVELS


def asking_how_sure(reminder: Reminder) -> Reminder:
    """The ping with its second question."""
    return replace(reminder, choosing="confidence")
