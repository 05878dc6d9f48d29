"""What the coach has said of an answer or a draft, as a case keeps it. Values only."""

from dataclasses import dataclass
from typing import Literal

from bot.core.words import FieldId, Text


@dataclass(frozen=True, slots=True)
class Note:
    """What the coach says of an answer or a draft, kept with the case until it is settled.

    `span` lies in the text of `field`; without a field it speaks of the step or draft as a whole.
    """

    check: str
    severity: Literal["blocker", "major", "minor"]
    principle: Literal["P1", "P2", "P3", "P4", "P5", "P6", "P7"]
    phrase: str
    message: Text
    question: Text
    rewording: str = ""  # in the answer's language; empty when none is honest
    field: FieldId | None = None
    span: tuple[int, int] = (0, 0)
    again: bool = False  # the same habit was told at another step already


@dataclass(frozen=True, slots=True)
class Coached:
    """The notes on one step's answers, or on a draft, and what is good in it."""

    notes: tuple[Note, ...]
    strength: Text | None = None
    grade: Literal["", "A", "B", "C", "D"] = ""  # of a draft
    digest: str = ""  # of the draft's text that was coached
