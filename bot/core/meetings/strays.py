"""A meeting that may stand in a meeting system though nobody needs it: it is looked for, and taken away.

Its booking was never heard of, and its owner went another way: by the calendar file, at another time,
or in another system. So much they were told when they did.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from bot.core.meetings.meeting import FORGETFUL, ICS, PURPOSES, Meeting, Purpose, Stray
from bot.core.words import CaseId

PREFIX = "stray:"  # of the kinds of pings that look for one, and say nothing themselves
WAITS = (timedelta(minutes=2), timedelta(minutes=30), timedelta(hours=6))  # before each look
ENOUGH = 2  # looks that found nothing; the third is for a system that did not answer

Sought = Literal["cancelled", "nothing", "unknown"]


@dataclass(frozen=True, slots=True)
class Look:
    """The look that comes next."""

    kind: str  # of its ping
    at: datetime


def purpose_in(kind: str) -> Purpose | None:
    """The purpose in the kind of a ping that looks; None for another kind."""
    name = kind.removeprefix(PREFIX) if kind.startswith(PREFIX) else ""
    return next((p for p in PURPOSES if p == name), None)


def key_of(case: CaseId, meeting: Meeting, stray: Stray) -> str:
    """What the meeting system knows it by, as it was asked for."""
    return f"{case}-{meeting.purpose}-{stray.number}"


def left(meeting: Meeting) -> tuple[Stray, ...]:
    """Those of a meeting once it goes another way, with the one that its last try may have made."""
    is_kept = meeting.provider not in (ICS, *FORGETFUL)
    may_stand = meeting.unsure and meeting.state == "planned" and is_kept
    if not may_stand or meeting.start is None:
        return meeting.strays
    made = Stray(
        meeting.number, meeting.provider, meeting.label, meeting.account,
        meeting.topic, meeting.start, meeting.minutes,
    )  # fmt: skip
    return (*meeting.strays, made)


def set_aside(meeting: Meeting) -> Meeting:
    """The meeting once nobody tries it again."""
    others = left(meeting)
    return meeting if others == meeting.strays else replace(meeting, unsure=False, strays=others)


def next_of(strays: Sequence[Stray]) -> Stray | None:
    """The one that is looked for next; None where each has been."""
    return min((s for s in strays if not s.became), key=lambda s: s.looks, default=None)


def look(meeting: Meeting, at: datetime) -> tuple[Look, ...]:
    """When to look for the next one, if any."""
    found = next_of(meeting.strays)
    return (Look(f"{PREFIX}{meeting.purpose}", at + WAITS[found.looks]),) if found else ()


def sought(meeting: Meeting, number: int, provider: str, found: Sought) -> Meeting:
    """The meeting after a look; the same where none is looked for."""
    stray = next((s for s in meeting.strays if _is_it(s, number, provider)), None)
    if stray is None:
        return meeting
    looks = stray.looks + 1
    is_over = (
        found == "cancelled" or looks == len(WAITS) or (found == "nothing" and looks >= ENOUGH)
    )
    after = replace(stray, looks=looks, became=found if is_over else "")
    return replace(meeting, strays=tuple(after if s is stray else s for s in meeting.strays))


def _is_it(stray: Stray, number: int, provider: str) -> bool:
    return not stray.became and (stray.number, stray.provider) == (number, provider)
