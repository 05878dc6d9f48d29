"""The one way out: what waits in the outbox is claimed, sent, and what became of it is recorded.

Never twice: a row is leased before the call, and one whose outcome is unknown is looked up by its
id before anything is posted again. In order: each case and conversation has one send at a time.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.core.pings.rooms import is_of_a_room, root_of
from bot.core.sharing.wording import SHARE
from bot.engine import outcomes
from bot.engine.errors import (
    BadContent,
    CannotLook,
    Later,
    OutcomeUnknown,
    Outdated,
    Refused,
    StoreUnavailable,
)
from bot.engine.house import House
from bot.engine.letters import drawing, outward
from bot.engine.measures import Labels, known
from bot.engine.ports import Channel, DeliveryState, Line, MessageRef, Outcome, Parcel

CALL = 20  # seconds that a platform's call may take
WAY = 10  # seconds of them to find the way out
LEASE = timedelta(seconds=60)  # longer than a call, so that an expired lease means a dead sender
SETTLE = timedelta(seconds=10)  # what a platform may take to show a message that it accepted
LONGEST = timedelta(minutes=15)  # between two tries
TOLD = timedelta(minutes=1)  # the same, where the platform says when it will take more
FAULTS = 5  # tries that may end in a fault of ours before an operator must look
OUTAGE = timedelta(minutes=90)  # of a platform that a row outlives, however often it is tried
LANES = 32  # sends at once
FINAL: Mapping[type[Exception], DeliveryState] = {
    CannotLook: "unknown",  # a person decides; the line goes on
    Refused: "dropped",
    BadContent: "dead",
}

_log = structlog.get_logger(__name__)


async def deliver(
    house: House,
    line: Line | None = None,
    *,
    is_enough: Callable[[], bool] = bool,  # False, so never
) -> int:
    """Send what is due now, of a case, of one conversation of it or of all, and give the number of messages that went out.

    May run several times at once: a row belongs to whoever leased it. A store that is down ends
    it, after the sends that are under way; whoever wakes it next goes on. What waits behind a send
    is left to the next look where that `is_enough`.
    """
    round_ = _Round(house, asyncio.Semaphore(LANES), is_enough)
    free = round_.free
    async with asyncio.TaskGroup() as lanes:
        while True:
            await free.acquire()
            found = await _next(house, line, limit=1 if line is None else LANES)
            for parcel in found:
                lanes.create_task(_lane(round_, parcel, _behind(parcel, line)))
                await free.acquire()
            free.release()
            if not found or (line is not None and len(found) < LANES):
                break  # what waits behind a line's own is taken by its lanes
    return round_.sent


@dataclass(slots=True)
class _Round:
    """One look at the outbox: whose, how many more sends may begin, how many messages went out."""

    house: House
    free: asyncio.Semaphore
    is_enough: Callable[[], bool]
    sent: int = 0


def pause(parcel: Parcel) -> timedelta:
    """How long to wait before the next try: doubled each time, spread by the row's id."""
    seconds = min(2.0**parcel.attempt, LONGEST.total_seconds())
    spread = sum(parcel.id.encode()) % 41 - 20  # percent
    return timedelta(seconds=seconds * (100 + spread) / 100)


async def _next(house: House, line: Line | None, *, limit: int = 1) -> tuple[Parcel, ...]:
    now, draw = house.clock(), partial(drawing.draw, house)
    try:
        return await house.store.claim(now, now + LEASE, line=line, limit=limit, draw=draw)
    except StoreUnavailable:
        _log.warning("outbox cannot be read")
        return ()


def _behind(parcel: Parcel, line: Line | None) -> Line:
    """Where to look when it is done: in its case, or in the one conversation that was asked for."""
    whole = line is None or not line.conversation
    return Line(parcel.tenant, parcel.case, "" if whole else parcel.place.conversation)


async def _lane(round_: _Round, parcel: Parcel, behind: Line) -> None:
    """This parcel, and what has waited behind it."""
    house = round_.house
    waiting: tuple[Parcel, ...] = (parcel,)
    try:
        while waiting:
            outcome = await _carried(house, waiting[0])
            round_.sent += outcome.state == "sent"
            await outcomes.tell(house, waiting[0], outcome)
            waiting = () if round_.is_enough() else await _next(house, behind)
    except StoreUnavailable:  # the lease brings the row back
        _log.warning("outcome not recorded", case=parcel.case)
    finally:
        round_.free.release()


async def _carried(house: House, parcel: Parcel) -> Outcome:
    """What became of it, once that is on the disk."""
    platform = known(parcel.place.platform, house.channels)
    labels: Labels = {"platform": platform, "kind": parcel.kind, "attempt": parcel.attempt}
    with house.measures.span("delivery", labels):
        outcome = await _carry(house, parcel)
        await house.store.settle(parcel, outcome)
        labels["state"] = outcome.state
    house.measures.delivered(platform, outcome.state)
    return outcome


async def _carry(house: House, parcel: Parcel) -> Outcome:
    useless = _useless(house, parcel, house.clock())
    if useless is not None:
        return useless
    try:
        async with asyncio.timeout(CALL):
            return await _taken_out(house, parcel)
    except StoreUnavailable:  # asked before a platform is, so nothing has gone out
        return _again(parcel, house.clock() + pause(parcel), StoreUnavailable.__name__)
    except Exception as error:  # noqa: BLE001 - the top of a delivery; every class has its outcome
        house.measures.erred(parcel.place.platform, error)
        outcome = _outcome(parcel, error, house.clock())  # from when it failed, not began
        return _unsure(outcome) if _may_stand(parcel) else outcome


async def _taken_out(house: House, parcel: Parcel) -> Outcome:
    """Sent, or looked up. Raises whatever the platform or the database does."""
    channel = await _way(house, parcel)
    if channel is None:
        return _again(parcel, house.clock() + LONGEST, "no channel")
    if _may_stand(parcel):
        return await _look(house, channel, parcel)
    if await _is_outside(house, parcel):
        return _kept_inside(parcel)
    return await _send(house, channel, parcel)


async def _way(house: House, parcel: Parcel) -> Channel | None:
    """The way out. Raises StoreUnavailable also where the database that names it tells nothing in time."""
    try:
        async with asyncio.timeout(WAY):
            return await house.channel(parcel.place.platform, parcel.tenant)
    except TimeoutError as error:
        raise StoreUnavailable from error


def _useless(house: House, parcel: Parcel, now: datetime) -> Outcome | None:
    """What becomes of a parcel that is not to be sent any more; None for all others."""
    if parcel.kind == "edit" and parcel.ref is None:
        return Outcome("dropped", error="no message to edit")
    if _ends(parcel) <= now:
        return _expired(parcel)
    if _is_seen_by_a_customer(house, parcel):
        return _kept_inside(parcel)
    return None


def _kept_inside(parcel: Parcel) -> Outcome:
    _log.error("internal card kept from a customer", case=parcel.case, row=parcel.id)
    return Outcome("dropped", error=outcomes.OUTSIDERS)


async def _send(house: House, channel: Channel, parcel: Parcel) -> Outcome:
    if parcel.kind == "edit" and parcel.ref is not None:
        try:
            with _call(house, parcel, "edit"):
                await channel.edit(parcel.ref, parcel.id, parcel.card, parcel.language)
        except Outdated:
            return await _anew(house, channel, parcel)
        return Outcome("sent", ref=parcel.ref)  # so that the next one finds it in the newest row
    return await _post(house, channel, parcel)


async def _anew(house: House, channel: Channel, parcel: Parcel) -> Outcome:
    """A new message in the place of one that takes no more changes; later edits go to it."""
    if parcel.state == "unknown":  # the new one may stand already
        ref = await _found(house, channel, parcel)
        if ref is not None:
            return Outcome("sent", ref=ref)
    return await _post(house, channel, parcel)


async def _post(house: House, channel: Channel, parcel: Parcel) -> Outcome:
    place, under = parcel.place.conversation, await _root(house, parcel)
    with _call(house, parcel, "post"):
        ref = await channel.post(place, parcel.id, parcel.card, parcel.language, under=under)
    return Outcome("sent", ref=ref)


async def _found(house: House, channel: Channel, parcel: Parcel) -> MessageRef | None:
    place, under = parcel.place.conversation, await _root(house, parcel)
    with _call(house, parcel, "find"):
        return await channel.find(place, parcel.id, parcel.made_at, under=under)


def _call(house: House, parcel: Parcel, what: str) -> AbstractContextManager[None]:
    """Inside, a platform is called."""
    platform = known(parcel.place.platform, house.channels)
    return house.measures.span("call", {"platform": platform, "call": what})


async def _root(house: House, parcel: Parcel) -> MessageRef | None:
    """The message in whose thread it comes; None where it comes by itself."""
    root = root_of(parcel.slot)
    return await house.store.reference(parcel.tenant, parcel.case, root) if root else None


async def _look(house: House, channel: Channel, parcel: Parcel) -> Outcome:
    """Did it arrive? Only a platform that says no for certain lets it be posted again."""
    now, ref = house.clock(), await _found(house, channel, parcel)
    if ref is not None:
        return Outcome("sent", ref=ref)
    if outward.number_of(parcel.slot) is not None and now - parcel.made_at > outward.CERTAIN:
        return Outcome("unknown", error="not found")  # a person decides; never twice to a customer
    if parcel.attempt < FAULTS:
        return Outcome("pending", look_at=now, error="did not arrive")
    if now - parcel.made_at > OUTAGE:
        return Outcome("dead", error="never arrived")
    return Outcome("pending", look_at=now + pause(parcel), error="did not arrive")


def _outcome(parcel: Parcel, error: Exception, now: datetime) -> Outcome:
    name = type(error).__name__
    match error:
        case Refused():
            return Outcome("dropped", error=error.why)
        case CannotLook() | BadContent():
            return Outcome(FINAL[type(error)], error=name)
        case Later():
            wait = pause(parcel)
            if error.retry_after is not None:  # the platform said when, so that a queue moves on
                wait = max(error.retry_after, min(wait, TOLD))
            return _again(parcel, now + wait, name)
        case OutcomeUnknown() | TimeoutError():
            return Outcome("unknown", look_at=now + SETTLE, error=name)
        case _:
            _log.error("delivery failed", case=parcel.case, row=parcel.id, error=name)
            if parcel.attempt >= FAULTS:
                return Outcome("dead", error=name)
            return Outcome("unknown", look_at=now + pause(parcel), error=name)


def _may_stand(parcel: Parcel) -> bool:
    """Whether it was posted before and may have arrived: all that can fail now is a look-up."""
    return parcel.state == "unknown" and parcel.kind == "post"


def _unsure(outcome: Outcome) -> Outcome:
    """A failed look-up is no proof that a message failed: a person decides."""
    if outcome.state in ("dropped", "dead"):
        return Outcome("unknown", error=outcome.error)
    return outcome


def _again(parcel: Parcel, at: datetime, why: str) -> Outcome:
    """Not now. What was unknown stays so; what certainly did not go out waits."""
    return Outcome("unknown" if parcel.state == "unknown" else "pending", look_at=at, error=why)


def _is_seen_by_a_customer(house: House, parcel: Parcel) -> bool:
    """Whether an internal card was about to go where a customer can read it."""
    organisation = house.organisations.of(parcel.tenant)
    place = parcel.place
    return not parcel.card.plain and organisation.customer_sees(place.platform, place.conversation)


async def _is_outside(house: House, parcel: Parcel) -> bool:
    """Whether whom it was meant for, other than the owner, is none of ours any more.

    Raises one of the delivery errors where that cannot be told.
    """
    outside = house.outside.get(parcel.place.platform)
    if outside is None or parcel.at_home or parcel.card.plain or is_of_a_room(parcel.slot):
        return False
    if parcel.kind == "edit" and parcel.card.text == SHARE.ended:
        return False  # it takes away what they could read, and says nothing
    return await outside(parcel.tenant, parcel.place.conversation)


def _ends(parcel: Parcel) -> datetime:
    """Until when it is of use; a message to a customer is so for some hours only."""
    if outward.number_of(parcel.slot) is not None:
        return parcel.made_at + outward.FRESH
    return parcel.expires_at


def _expired(parcel: Parcel) -> Outcome:
    if _may_stand(parcel):
        return Outcome("unknown", error="expired")
    return Outcome("dropped", error="expired")
