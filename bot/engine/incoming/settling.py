"""What a person has settled for themselves, carried into their open cases in the same turn."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.events import SettingsChanged
from bot.core.person import Person
from bot.core.pings.reminder import name_of
from bot.core.stamp import Stamp
from bot.core.words import CaseId, PersonId
from bot.engine import turning
from bot.engine.ports import Filed, Ping, Turn
from bot.engine.sessions import Session


async def reach(
    session: Session, before: Person, person: Person, cases: Sequence[Filed], stamp: Stamp
) -> tuple[CaseId, ...]:
    """Let those of their cases that are open know another language, zone or calendar; gives those
    it has reached.

    What waits for the end of an absence is looked at again. Raises Conflict.
    """
    is_placed, is_covered = _place(before) == _place(person), _cover(before) == _cover(person)
    if is_placed and is_covered:
        return ()
    found = [f for f in cases if f.case.phase not in ("closed", "abandoned")]
    if not is_covered:
        await _wake(session.turn, found, stamp)
    if is_placed:
        return ()
    event = SettingsChanged(stamp, person.language, person.zone, person.calendar)
    for filed in found:
        there = replace(session, place=filed.place, language=person.language)
        await turning.react(there, filed, event)
    return tuple(filed.case.id for filed in found)


async def _wake(turn: Turn, found: Sequence[Filed], stamp: Stamp) -> None:
    """Have all that was due by now ask anew who is there to be asked."""
    for case in (f.case for f in found):
        for r in case.reminders.values():
            if r.is_open and r.due <= stamp.at:
                await turn.set_ping(Ping(case.tenant, case.id, name_of(r.key), r.due))


def _cover(person: Person) -> tuple[PersonId | None, datetime | None]:
    return person.manners.deputy, person.manners.away_until


def _place(person: Person) -> tuple[str, str, str]:
    return person.language, person.zone, person.calendar
