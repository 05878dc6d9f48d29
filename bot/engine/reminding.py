"""Reminders of people: when they may be reminded, and all that is due for one of them together."""

from dataclasses import replace

from bot.core.desk import Person
from bot.core.events import PingDue, Stamp
from bot.core.pings.manners import Schedule, next_moment, spread
from bot.core.pings.reminder import Board, key_in
from bot.core.words import EventId
from bot.engine import turning
from bot.engine.house import House
from bot.engine.ports import Filed, Ping, Turn
from bot.engine.turning import Session

NUDGE = "nudge"


def minds_manners(ping: Ping) -> bool:
    """Whether it speaks to a person, and so waits until they may be spoken to."""
    return ping.kind == NUDGE or key_in(ping.kind) is not None


async def remind(house: House, turn: Turn, ping: Ping, filed: Filed, person: Person | None) -> bool:
    """Ask what is due, in one message with all else that is due for this owner; or wait.

    `ping` has been taken. False when it waits for a moment that manners allow. Raises Conflict.
    """
    now, case = house.clock(), filed.case
    schedule = person.schedule if person else Schedule(case.zone, case.calendar)
    moment = next_moment(schedule, now)
    if moment > now:
        await turn.set_ping(replace(ping, due=spread(schedule, moment, case.owner)))
        return False
    language = person.language if person else case.language
    together = [ping]
    if key_in(ping.kind) is not None:
        together += [p for p in await turn.due_asks(case.owner, now) if await turn.take_ping(p)]
    cases = tuple(dict.fromkeys(p.case for p in together))
    board = Board(case.id, f"pings:{house.new_id()}", cases)
    for one in together:
        found = await turn.case(one.case)
        if found is None:
            continue
        stamp = Stamp(EventId(house.new_id()), now, case.owner)
        session = Session(house, turn, found.place, language)
        await turning.react(session, found, PingDue(stamp, one.kind, schedule, board))
    return True
