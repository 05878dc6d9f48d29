"""What a person has settled for themselves, carried into their open cases in the same turn."""

from bot.core.events import SettingsChanged
from bot.core.person import Person
from bot.core.stamp import Stamp
from bot.core.words import CaseId
from bot.engine import turning
from bot.engine.house import House
from bot.engine.ports import Turn
from bot.engine.turning import Session


async def reach(
    house: House, turn: Turn, before: Person, person: Person, stamp: Stamp
) -> tuple[CaseId, ...]:
    """Let their open cases know another language, zone or calendar; gives those it has reached.

    Raises Conflict.
    """
    if _place(before) == _place(person):
        return ()
    found = [f for f in await turn.cases(person.id) if f.case.phase not in ("closed", "abandoned")]
    event = SettingsChanged(stamp, person.language, person.zone, person.calendar)
    for filed in found:
        await turning.react(Session(house, turn, filed.place, person.language), filed, event)
    return tuple(filed.case.id for filed in found)


def _place(person: Person) -> tuple[str, str, str]:
    return person.language, person.zone, person.calendar
