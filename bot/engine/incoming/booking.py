"""Booking, moving and cancelling a meeting for a case, outside of any turn; only after a press.

The wish is a ping of the case. While a meeting system is asked it stands again a little later, so
that a process which dies in between has lost nothing: the same is asked once more under the same
key, and a key is one meeting.
"""

import asyncio
from collections.abc import Awaitable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

import structlog

from bot.core.case import Case
from bot.core.meetings import strays
from bot.core.meetings.events import (
    ByProvider,
    MeetingBooked,
    MeetingCancelled,
    MeetingRefused,
    MeetingSought,
)
from bot.core.meetings.meeting import ICS, Meeting, Stray, key_of, purpose_in
from bot.core.stamp import Stamp
from bot.core.words import EventId, Text, same
from bot.engine import sessions, turning
from bot.engine.conflicts import persist
from bot.engine.house import House
from bot.engine.meetings import NOT_SET_UP, OTHER_ACCOUNT, Guest, Link, Provider
from bot.engine.outside import OutsideError, Unreachable, Unreadable
from bot.engine.own import Account
from bot.engine.ports import Filed, Line, Ping

LEASE = timedelta(minutes=2)  # after which a booking that nobody ended is begun again
LONGEST = 45.0  # seconds that one may take as a whole

T = TypeVar("T")

_log = structlog.get_logger(__name__)


def is_booking(ping: Ping) -> bool:
    """Whether it books a meeting, or looks for one that nobody needs, and says nothing by itself."""
    return purpose_in(ping.kind) is not None or strays.purpose_in(ping.kind) is not None


async def begin(house: House, ping: Ping) -> bool:
    """Begin what is due, once; False when it was gone or had moved."""
    leased = await _leased(house, ping)
    if leased is None:
        return False
    house.meetings.own(partial(_book, house, leased))
    return True


async def _leased(house: House, ping: Ping) -> Ping | None:
    async with house.store.turn(ping.tenant) as turn:
        if not await turn.take_ping(ping):
            return None
        leased = replace(ping, due=house.clock() + LEASE)
        await turn.set_ping(leased)
    return leased


async def _book(house: House, waiting: Ping) -> None:
    """Ask the meeting system, and tell the case; a fault of ours is logged, and it is asked again."""
    try:
        is_short = waiting.due - house.clock() < timedelta(seconds=LONGEST)
        ping = await _leased(house, waiting) if is_short else waiting
        if ping is None:
            return
        filed = await house.store.case(ping.tenant, ping.case)
        told = await _learned(house, filed, ping.kind) if filed is not None else None
        await persist(partial(_tell, house, ping, told))
    except Exception as error:  # noqa: BLE001 - the top of a booking; its ping stands again
        _log.error("booking failed", case=waiting.case, error=type(error).__name__)


async def _learned(house: House, filed: Filed, kind: str) -> ByProvider | None:
    """What a meeting system says to a wish of this kind; None where nothing is wished any more."""
    purpose, other = purpose_in(kind), strays.purpose_in(kind)
    if other is not None:
        meeting = filed.case.meetings.get(other)
        stray = strays.next_of(meeting.strays) if meeting is not None else None
        return await _sought(house, filed, meeting, stray) if meeting and stray else None
    meeting = filed.case.meetings.get(purpose) if purpose is not None else None
    return await _asked(house, filed, meeting) if meeting and meeting.asking else None


async def _tell(house: House, ping: Ping, told: ByProvider | None) -> None:
    """The event, unless something else was wished for meanwhile."""
    async with house.store.turn(ping.tenant) as turn:
        if not await turn.take_ping(ping):
            return
        filed = await turn.case(ping.case)
        if filed is None or told is None:
            return
        await turning.react(await sessions.owners(house, turn, filed), filed, told)
    house.meetings.wake(Line(ping.tenant, ping.case))


@dataclass(frozen=True, slots=True)
class _System:
    """The meeting system that is asked; where there is none, `why`."""

    name: str
    provider: Provider | None
    account: str = ""  # of the tenant's own; empty: it is the house's
    why: Text = NOT_SET_UP


async def _asked(house: House, filed: Filed, meeting: Meeting) -> ByProvider:
    """What became of it, in the words of an event."""
    asking = meeting.asking or "schedule"
    stamp = Stamp(EventId(house.new_id()), house.clock(), filed.case.owner)
    about = meeting.purpose, meeting.number
    system = await _system(house, filed, meeting)
    name, provider = system.name, system.provider
    if provider is None:
        label = meeting.label or same(name)
        return MeetingRefused(stamp, *about, asking, name, label, system.why)
    try:
        if asking == "cancel":
            await _told(provider.cancel(meeting.ref))
            return MeetingCancelled(stamp, *about)
        link = await _told(_link(filed, meeting, provider))
    except OutsideError as error:
        label, why = provider.label, error.why_unbooked
        return MeetingRefused(
            stamp, *about, asking, provider.name, label, why,
            unsure=error.unsure, account=system.account,
        )  # fmt: skip
    return MeetingBooked(
        stamp,
        *about,
        provider.name,
        provider.label,
        link.ref,
        _opens(link.join_url),
        link.code,
        takes_files=filed.place.platform in house.takes_files,
        account=system.account,
    )


async def _system(house: House, filed: Filed, meeting: Meeting) -> _System:
    """A new meeting goes where the tenant books now; one that stands is moved and cancelled in the
    account that it was booked in, or nowhere: another would say that it is gone.
    """
    case = filed.case
    if meeting.asking != "schedule":
        return await _standing(house, case, meeting.provider, meeting.account)
    organisation = house.organisations.of(case.tenant)
    own = await _own(house, case)
    usual = house.meetings.name(case.tenant, organisation, filed.place.platform)
    name = ICS if meeting.by_file else _own_first(organisation.meetings, own) or usual
    if name in own:
        return _System(name, own[name].provider, own[name].id)
    return _System(name, house.meetings.named(name, organisation))


async def _standing(house: House, case: Case, name: str, account: str) -> _System:
    """The system of this name in this account, where it is there still."""
    if not account:
        return _System(name, house.meetings.named(name, house.organisations.of(case.tenant)))
    theirs = (await _own(house, case)).get(name)
    if theirs is None or theirs.provider is None or theirs.id == account:
        return _System(name, theirs.provider if theirs else None, account)
    return _System(name, None, why=OTHER_ACCOUNT)


async def _own(house: House, case: Case) -> Mapping[str, Account]:
    return await house.own.meetings(case.tenant) if house.own is not None else {}


async def _sought(house: House, filed: Filed, meeting: Meeting, stray: Stray) -> MeetingSought:
    """What became of a look for a meeting that nobody needs."""
    case = filed.case
    provider = (await _standing(house, case, stray.provider, stray.account)).provider
    found: strays.Sought = "unknown"
    if provider is not None:
        key = strays.key_of(case.id, meeting, stray)
        try:
            was_there = await _told(provider.withdraw(stray.topic, stray.start, stray.minutes, key))
            found = "cancelled" if was_there else "nothing"
        except OutsideError as error:
            _log.info("a meeting not looked for", case=case.id, error=type(error).__name__)
    stamp = Stamp(EventId(house.new_id()), house.clock(), case.owner)
    return MeetingSought(stamp, meeting.purpose, stray.number, stray.provider, found)


def _own_first(named: str, own: Collection[str]) -> str:
    """What a tenant has connected by itself: the one that the operator names for it, else the first
    where none is named; empty where it is something else.
    """
    return named if named in own else "" if named else next(iter(own), "")


def _link(filed: Filed, meeting: Meeting, provider: Provider) -> Awaitable[Link]:
    start = meeting.start or filed.case.touched_at
    if meeting.asking == "move":
        return provider.move(
            meeting.ref, meeting.to or start, meeting.to_minutes or meeting.minutes
        )
    people = tuple(_guests(filed, meeting))
    key = key_of(filed.case.id, meeting)
    return provider.schedule(meeting.topic, start, meeting.minutes, people, key)


def _guests(filed: Filed, meeting: Meeting) -> Iterator[Guest]:
    """The owner, as far as the provider can know them, and whom they have named."""
    case = filed.case
    around = case.surroundings
    name, email = (around.owner_name, around.owner_email) if around is not None else ("", "")
    person = case.owner if filed.place.platform == "lark" else ""
    if (email or person) and email not in meeting.people:
        yield Guest(name or email, email, person)
    for address in meeting.people:
        yield Guest(address, address)


def _opens(url: str) -> str:
    """The link, where it is one that a browser may open."""
    return url if url.startswith(("https://", "http://")) else ""


async def _told(answer: Awaitable[T]) -> T:
    """What a meeting system answers in its time, or an OutsideError."""
    try:
        async with asyncio.timeout(LONGEST):
            return await answer
    except OutsideError:
        raise
    except TimeoutError:
        raise Unreachable from None
    except Exception as error:
        _log.error("meeting system not understood", error=type(error).__name__)
        raise Unreadable from error
