"""Due reminders become events; called by a waker, as often as it likes."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog

from bot.engine import firing
from bot.engine.errors import Conflict, StoreUnavailable
from bot.engine.house import House
from bot.engine.incoming import booking, mirroring, reading
from bot.engine.keeping.retention import keeping_of, tidy
from bot.engine.parting import is_parted
from bot.engine.ports import Ping

POSTPONED = timedelta(hours=1)  # after a fault of ours

_log = structlog.get_logger(__name__)


async def tick(house: House) -> int:
    """Fire what is due now, at most a hundred, the oldest first; gives the number that fired.

    Two ticks at once never fire one reminder twice. One with a fault is postponed and does not
    hold up the others. Raises StoreUnavailable.
    """
    fired = 0
    for ping in await house.store.pings(house.clock()):
        try:
            fired += await fire(house, ping)
        except Conflict:
            continue  # it is still there for the next tick
    house.measures.tick()
    return fired


async def fire(house: House, ping: Ping) -> bool:
    """Fire one that is due; False when it did not. One with a fault is postponed.

    Raises StoreUnavailable and Conflict; it is still there then.
    """
    try:
        return await _way_of(ping)(house, ping)
    except (StoreUnavailable, Conflict):
        raise
    except Exception as error:  # noqa: BLE001 - the top of a waker's loop
        _log.error("reminder failed", case=ping.case, kind=ping.kind, error=type(error).__name__)
        await _postpone(house, ping)
        return False


def _way_of(ping: Ping) -> Callable[[House, Ping], Awaitable[bool]]:
    """What asks a system outside goes on outside of any turn; all else is an event."""
    if reading.is_reading(ping):
        return reading.begin
    if mirroring.is_mirroring(ping):
        return mirroring.begin
    return booking.begin if booking.is_booking(ping) else firing.fire


async def forget(house: House) -> int:
    """Let go of inbounds that no platform delivers again, and of what has been kept long enough;
    gives how many inbounds there were.

    Some at a time, so that turns come in between.
    """
    now, gone = house.clock(), 0
    while found := await house.store.forget(now - house.keeping.inbox):
        gone += found
    if house.tended is not None:
        usual, own = keeping_of(house.organisations, house.keeping)
        await tidy(house.tended, usual, now, own=own, parted=partial(is_parted, house))
    return gone


async def _postpone(house: House, ping: Ping) -> None:
    async with house.store.turn(ping.tenant) as turn:
        if await turn.take_ping(ping):
            await turn.set_ping(replace(ping, due=house.clock() + POSTPONED))
