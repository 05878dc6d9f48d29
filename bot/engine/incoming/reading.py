"""Reading a tracker for a case, outside of any turn: a ping says what to read, an event what was.

A ping that is being read stands again a little later, so that a process which dies in the middle has
lost nothing; what it knows then is read once more. One that comes round while it still waits for its
turn is begun anew, and the reading that waited before it ends without a word.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.core.case import Case, text_of
from bot.core.stamp import Stamp
from bot.core.tracking.events import FactsRead, ProjectsListed
from bot.core.tracking.facts import Listed
from bot.core.tracking.tracked import FACTS, LIST, kept
from bot.core.words import EventId
from bot.engine import sessions, turning
from bot.engine.conflicts import persist
from bot.engine.house import House
from bot.engine.outside import Busy, OutsideError, Unreachable, Unreadable
from bot.engine.ports import Line, Ping
from bot.engine.trackers import Tracker

LEASE = timedelta(minutes=2)  # after which a reading that nobody ended is begun again
LONGEST = 45.0  # seconds that a reading may take as a whole
LISTED = 60  # projects that a case keeps to choose from

T = TypeVar("T")

_log = structlog.get_logger(__name__)


def is_reading(ping: Ping) -> bool:
    """Whether it reads a tracker, and says nothing by itself."""
    return ping.kind in (FACTS, LIST)


async def begin(house: House, ping: Ping) -> bool:
    """Begin what is due, once; False when it was gone or had moved. It goes on outside of any turn."""
    leased = await _leased(house, ping)
    if leased is None:
        return False
    house.trackers.own(partial(_read, house, leased))
    return True


async def _leased(house: House, ping: Ping) -> Ping | None:
    """The ping as it stands while it is read; None when it was gone or had moved."""
    async with house.store.turn(ping.tenant) as turn:
        if not await turn.take_ping(ping):
            return None
        leased = replace(ping, due=house.clock() + LEASE)
        await turn.set_ping(leased)
    return leased


async def _read(house: House, waiting: Ping) -> None:
    """Read, and tell the case; a fault of ours is logged, and the reading comes again."""
    try:
        is_short = waiting.due - house.clock() < timedelta(seconds=LONGEST)
        ping = await _leased(house, waiting) if is_short else waiting
        if ping is None:
            return None
        filed = await house.store.case(ping.tenant, ping.case)
        if filed is None or filed.case.phase in ("closed", "abandoned"):
            return await _drop(house, ping)
        told = await (_facts if ping.kind == FACTS else _projects)(house, filed.case)
        await persist(partial(_tell, house, ping, told))
    except Exception as error:  # noqa: BLE001 - the top of a reading; its ping stands again
        _log.error("reading failed", case=waiting.case, error=type(error).__name__)


async def _drop(house: House, ping: Ping) -> None:
    async with house.store.turn(ping.tenant) as turn:
        await turn.take_ping(ping)


async def _tell(house: House, ping: Ping, told: FactsRead | ProjectsListed | timedelta) -> None:
    """The event, unless something else was wished for meanwhile; for a pause, the same later."""
    async with house.store.turn(ping.tenant) as turn:
        if not await turn.take_ping(ping):
            return
        filed = await turn.case(ping.case)
        if filed is None:
            return
        if isinstance(told, timedelta):
            await turn.set_ping(replace(ping, due=house.clock() + told))
            return
        await turning.react(await sessions.owners(house, turn, filed), filed, told)
    house.trackers.wake(Line(ping.tenant, ping.case))


async def _projects(house: House, case: Case) -> ProjectsListed:
    picking = case.tracking.picking
    source = picking.origin.name if picking is not None else ""
    stamp = _stamp(house, case)
    try:
        found = await _told((await _tracker(house, case, source)).projects())
    except OutsideError as error:
        return ProjectsListed(stamp, source, why=error.why)
    likely = _likely(found.projects, text_of(case, "project"))
    more = found.truncated or len(likely) > LISTED
    return ProjectsListed(stamp, source, tuple(likely[:LISTED]), more=more)


async def _facts(house: House, case: Case) -> FactsRead | timedelta:
    """What was read, or why not; a tracker that asks for a pause is asked again where nobody waits."""
    followed, stamp = case.tracking.followed, _stamp(house, case)
    source, ref = (followed.origin.name, followed.ref) if followed is not None else ("", "")
    try:
        facts = await _told((await _tracker(house, case, source)).facts(ref))
    except Busy as error:
        if case.watch and followed is not None and followed.facts is not None:
            return error.retry_after + timedelta(seconds=sum(case.id.encode()) % 60)
        return FactsRead(stamp, source, ref, why=error.why)
    except OutsideError as error:
        return FactsRead(stamp, source, ref, why=error.why)
    return FactsRead(stamp, source, ref, kept(facts), late=len(facts.late_items))


async def _tracker(house: House, case: Case, source: str) -> Tracker:
    """The tracker; raises Unreachable for one that is not set up any more."""
    found = await house.tracker(case.tenant, source)
    if found is None:
        raise Unreachable("not set up any more")
    return found


async def _told(answer: Awaitable[T]) -> T:
    """What a tracker tells in its time, or a OutsideError: it is not asked again at once for a fault
    of ours, and whoever waits hears of it.
    """
    try:
        async with asyncio.timeout(LONGEST):
            return await answer
    except OutsideError:
        raise
    except TimeoutError:
        raise Unreachable from None
    except Exception as error:
        _log.error("tracker not understood", error=type(error).__name__)
        raise Unreadable from error


def _likely(projects: Sequence[Listed], said: str) -> list[Listed]:
    """The projects, those first whose name the person has said, or a part of it."""
    wish = said.casefold().strip()

    def distance(one: Listed) -> int:
        name = one.name.casefold()
        if not wish or (wish not in name and name not in wish):
            return 2
        return 0 if wish in (name, one.key.casefold()) else 1

    return sorted(projects, key=distance)


def _stamp(house: House, case: Case) -> Stamp:
    return Stamp(EventId(house.new_id()), house.clock(), case.owner)
