"""Reminders of people: when they may be reminded, and all that is due for one of them together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, time

from bot.core.case import Case
from bot.core.desk import Person
from bot.core.dialogue import pings
from bot.core.dialogue.pings import SPREAD
from bot.core.events import PingDue, Stamp
from bot.core.following.wording import FOLLOW
from bot.core.pings.manners import Manners, Schedule, next_moment, spread
from bot.core.pings.reminder import Board, key_in
from bot.core.standing_in import WORDS, day_back
from bot.core.words import EventId, Language, PersonId, Text, same
from bot.engine import turning
from bot.engine.house import House
from bot.engine.ports import Filed, Letter, Ping, Place, Turn
from bot.engine.sessions import Session

NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class Besides:
    """What else the day brings: a sentence above what is asked, or else a message of its own."""

    note: Text
    letter: Letter


Also = Callable[[], Awaitable[Besides | None]]


def minds_manners(ping: Ping) -> bool:
    """Whether it speaks to a person, and so waits until they may be spoken to."""
    return ping.kind == NUDGE or key_in(ping.kind) is not None


def home(house: House, filed: Filed, person: Person) -> Place:
    """Where somebody is told what is theirs: where they were last heard, else where their case is."""
    if person.conversation:
        return Place(person.platform, person.conversation)
    platform = filed.place.platform
    return Place(platform, house.direct(platform, person.tenant, person.id))


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked now: the owner, or while they are away their deputy, who is told why."""

    schedule: Schedule
    deputy: PersonId | None = None
    note: Text | None = None
    name: str = ""  # the deputy's
    until: datetime | None = None  # when the owner is back


async def _asked(house: House, turn: Turn, case: Case, owner: Person | None) -> Asked:
    """Without a deputy who is there, what falls due waits for the owner."""
    if owner is None:
        return Asked(Schedule(case.zone, case.calendar))
    owner = with_absence(house, owner)
    until, deputy = owner.manners.away_until, owner.manners.deputy
    if until is None or until <= house.clock() or deputy is None:
        return Asked(owner.schedule)
    known = await turn.person(deputy)
    stand_in = known or replace(owner, id=deputy, manners=Manners())
    gone = with_absence(house, stand_in).manners.away_until
    if gone is not None and gone > house.clock():
        return Asked(owner.schedule)
    own = owner.manners  # whom it is about; when it may be said is the deputy's
    manners = replace(stand_in.manners, level=own.level, lead=own.lead)
    name_of = house.organisations.of(owner.tenant).name_of
    name, theirs = name_of(owner.id), name_of(deputy) or own.deputy_name
    called = same(name) if name else FOLLOW.somebody
    why = WORDS.stands_in.fill(owner=called, day=day_back(owner, until))
    return Asked(replace(stand_in.schedule, manners=manners), deputy, why, theirs, until)


def with_absence(house: House, person: Person) -> Person:
    """The person with what the operator has written of their absence."""
    today = person.schedule.day(house.clock())
    back = house.organisations.of(person.tenant).back_on(person.id, today)
    if back is None:
        return person
    morning = datetime.combine(back, time(0), tzinfo=person.schedule.place)
    until = max(morning, person.manners.away_until or morning)
    return replace(person, manners=replace(person.manners, away_until=until))


async def remind(
    house: House,
    turn: Turn,
    ping: Ping,
    filed: Filed,
    person: Person | None,
    *,
    also: Also | None = None,
) -> bool:
    """Ask what is due, in one message with all else that is due for this owner; or wait.

    `also` tells what else the day brings, once it is sure that the owner is asked now.

    `ping` has been taken. False when it waits for a moment that manners allow. Raises Conflict.
    """
    now, case = house.clock(), filed.case
    asked = await _asked(house, turn, case, person)
    schedule = asked.schedule
    moment = next_moment(schedule, now)
    if moment > now:
        await turn.set_ping(replace(ping, due=spread(schedule, moment, case.owner)))
        return False
    language = person.language if person else case.language
    if ping.kind == NUDGE:
        return await _nudge(house, turn, filed, language)
    also_due = await turn.due_asks(case.owner, now)
    together = [ping, *[p for p in also_due if await turn.take_ping(p)]]
    cases = tuple(dict.fromkeys(p.case for p in together))
    besides = await also() if also is not None and asked.note is None else None
    why = besides.note if besides is not None else asked.note
    slot = f"pings:{house.new_id()}"
    to, until = asked.deputy, asked.until
    board = Board(case.id, slot, cases, to=to, note=why, name=asked.name, until=until)
    is_shown = False
    for one in together:
        found = await turn.case(one.case)
        if found is None:
            continue
        stamp = Stamp(EventId(house.new_id()), now, case.owner)
        session = Session(house, turn, found.place, language)
        event = PingDue(stamp, one.kind, schedule, board)
        turned = await turning.react(session, found, event)
        is_shown = is_shown or _stands_on(board, turned.case)
    if besides is not None and not is_shown:
        await turn.put([besides.letter])
    return True


async def _nudge(house: House, turn: Turn, filed: Filed, language: Language) -> bool:
    """One message for all conversations of this owner that fell silent at about the same time."""
    now, owner = house.clock(), filed.case.owner
    due = await turn.due_digests(owner, NUDGE, now + SPREAD)
    found = [await turn.case(p.case) for p in due if await turn.take_ping(p)]
    places = {one.case.id: one for one in (*found, filed) if one is not None}
    cases = (one.case for one in places.values())
    for case, others, beside in pings.together(filed.case, cases):
        one = places[case.id]
        stamp = Stamp(EventId(house.new_id()), now, owner)
        event = PingDue(stamp, NUDGE, others=others, beside=beside)
        await turning.react(Session(house, turn, one.place, language), one, event)
    return True


def _stands_on(board: Board, case: Case) -> bool:
    return any(r.board == board for r in case.reminders.values())
