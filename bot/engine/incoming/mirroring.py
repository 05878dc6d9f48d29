"""Writing the copies of a case to other systems, outside of any turn: a ping says that something is to
be written, an event what was.

What is to be written is told by the case as it stands at that moment, never by the ping; so what was
tried in vain is tried again with today's words, and a process that dies in the middle loses nothing.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

import structlog

from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.mirroring.events import CopyWritten, MirrorBegun, MirrorEnded, MirrorEvent
from bot.core.mirroring.mirrored import MIRROR, PAGE, Copy, Wants
from bot.core.mirroring.wishes import ENDED, Page, Step, steps, wishes
from bot.core.mirroring.wording import MIRRORS
from bot.core.playbook import Playbook
from bot.core.stamp import Stamp
from bot.core.words import EventId, Text
from bot.engine import mirrors, sessions, turning
from bot.engine.conflicts import persist
from bot.engine.errors import DeliveryError, Later, OutcomeUnknown, Refused
from bot.engine.house import House
from bot.engine.mirrors import Mirror
from bot.engine.papers import File
from bot.engine.ports import Filed, Line, Ping, Turn

LEASE = timedelta(minutes=2)  # after which a writing that nobody ended is begun again
LONGEST = timedelta(seconds=60)  # that one writing goes on; the rest comes in the next one
CALL = 30.0  # seconds that one copy may take
NEEDED = LONGEST + timedelta(seconds=CALL)  # that must be left of its time when a writing begins
LONGEST_PAUSE = timedelta(hours=12)  # between two tries of what is refused
BRIEF = timedelta(seconds=30)  # before what was cut is tried again

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Job:
    """A case that is being written, by whom, and until when it is ours."""

    house: House
    ping: Ping  # as it stands meanwhile
    mirror: Mirror
    playbook: Playbook
    wants: Wants


@dataclass(frozen=True, slots=True)
class _Stopped:
    """Why a writing ended early, with the copy that it ended at, and for how long."""

    key: str
    pause: timedelta
    why: Text | None


class Nameless(Exception):
    """The platform says that it has made something, and not what: it could never be changed again."""


def is_mirroring(ping: Ping) -> bool:
    """Whether it writes copies, and says nothing by itself."""
    return ping.kind == MIRROR


async def begin(house: House, ping: Ping) -> bool:
    """Begin what is due, once; False when it was gone or had moved, or nothing is to be written."""
    async with house.store.turn(ping.tenant) as turn:
        job = await _taken(house, turn, ping) if await turn.take_ping(ping) else None
    if job is None:
        return False
    house.trackers.own(partial(_write, job))
    return True


async def _taken(house: House, turn: Turn, ping: Ping) -> _Job | None:
    """The job, with the case held for its time; None where there is none, or another writes."""
    filed = await turn.case(ping.case)
    mirror = house.mirrors.get(filed.place.platform) if filed is not None else None
    if filed is None or mirror is None:
        return None
    now, until = house.clock(), filed.case.mirrored.until
    if until is not None and until > now:
        await turn.set_ping(replace(ping, due=until))
        return None
    playbook = await house.shelf.version(turn, filed.case.digest)
    wants = mirrors.wants_of(mirror, ping.tenant, house.organisations.of(ping.tenant))
    job = _Job(house, replace(ping, due=now + LEASE), mirror, playbook, wants)
    if not _open(job, filed.case):
        return None
    await turn.set_ping(job.ping)
    await _heard(house, turn, filed, MirrorBegun(_stamp(house, filed.case), job.ping.due))
    return job


def _open(job: _Job, case: Case) -> tuple[Step, ...]:
    today = local_day(case, job.house.clock())
    return steps(case, wishes(job.playbook, case, job.wants, today=today))


async def _renewed(job: _Job) -> _Job | None:
    """The job with its whole time, where it has waited long for its turn; None where it has come round
    meanwhile, and another writes.
    """
    house, ping = job.house, job.ping
    if ping.due - house.clock() >= NEEDED:
        return job
    async with house.store.turn(ping.tenant) as turn:
        filed = await turn.case(ping.case) if await turn.take_ping(ping) else None
        if filed is None:
            return None
        renewed = replace(job, ping=replace(ping, due=house.clock() + LEASE))
        await turn.set_ping(renewed.ping)
        await _heard(house, turn, filed, MirrorBegun(_stamp(house, filed.case), renewed.ping.due))
    return renewed


async def _write(waiting: _Job) -> None:
    """Write what is open; a fault of ours is logged, and the writing comes again."""
    try:
        job = await _renewed(waiting)
        if job is None:
            return
        stopped = await _all(job)
        await persist(partial(_end, job, stopped))
    except Exception as error:  # noqa: BLE001 - the top of a writing; its ping stands again
        _log.error("mirroring failed", case=waiting.ping.case, error=type(error).__name__)
        return
    job.house.trackers.wake(Line(job.ping.tenant, job.ping.case))


async def _all(job: _Job) -> _Stopped | None:
    """One step after the other, each told to the case at once; None when nothing is left."""
    house, ping = job.house, job.ping
    ends = house.clock() + LONGEST
    stopped: dict[str, _Stopped] = {}  # by kind, so that one that is refused holds up no other
    while house.clock() < ends:
        filed = await house.store.case(ping.tenant, ping.case)
        open_ = _open(job, filed.case) if filed is not None else ()
        step = next((s for s in open_ if _kind(s.key) not in stopped), None)
        if filed is None or step is None:
            return _together([*stopped.values()])
        try:
            copy = await _copied(job, filed.case, step)
        except Exception as error:  # noqa: BLE001 - every class has its pause
            stopped[_kind(step.key)] = _stopped(filed.case, step, error)
            if step.wish is not None and step.key.startswith(ENDED) and _is_new(step, error):
                tried = Copy("", "", step.made, tried=True)
                await persist(partial(_keep, job, step.key, tried))
        else:
            await persist(partial(_keep, job, step.key, copy))
    return _together([*stopped.values(), _Stopped("", timedelta(0), None)])


async def _copied(job: _Job, case: Case, step: Step) -> Copy:
    async with asyncio.timeout(CALL):
        file = await asyncio.to_thread(_page, job, case) if isinstance(step.wish, Page) else None
        copy = await job.mirror.write(mirrors.order(case, step, job.wants, file))
    if step.wish is not None and not copy.ref:
        raise Nameless
    return copy


def _page(job: _Job, case: Case) -> File | None:
    """The minutes as all may read them."""
    make = job.house.make_case_file
    return make(job.playbook, case, "team.md", at=job.house.clock()) if make is not None else None


def _is_new(step: Step, error: Exception) -> bool:
    """Whether it may have been made in this try, which is not known yet."""
    copy = step.copy
    known = copy is not None and (copy.ref or copy.tried)
    return not known and not isinstance(error, Refused)


def _kind(key: str) -> str:
    return key.partition(":")[0]


def _together(all_: Sequence[_Stopped]) -> _Stopped | None:
    """Of several, what is to be said, and how soon one of them is tried again."""
    if not all_:
        return None
    said = [one for one in all_ if one.why is not None]
    first = next((one for one in said if one.key.startswith(PAGE)), said[0] if said else all_[0])
    return replace(first, pause=min(one.pause for one in all_))


def _stopped(case: Case, step: Step, error: Exception) -> _Stopped:
    """How long to wait, and what to say; what a person must mend waits longer each time."""
    if not isinstance(error, DeliveryError):
        name = type(error).__name__
        _log.error("copy not written", case=case.id, key=_kind(step.key), error=name)
    why = error.text if isinstance(error, DeliveryError) else MIRRORS.unknown
    if isinstance(error, OutcomeUnknown) or (isinstance(error, Later) and why == Later.sentence):
        pause = error.retry_after if isinstance(error, Later) else None
        return _Stopped(step.key, pause or BRIEF, None)
    pause = min(timedelta(minutes=2 ** min(case.mirrored.failed, 10)), LONGEST_PAUSE)
    return _Stopped(step.key, pause, why)


async def _keep(job: _Job, key: str, copy: Copy) -> None:
    house = job.house
    async with house.store.turn(job.ping.tenant) as turn:
        filed = await turn.case(job.ping.case)
        if filed is not None:
            stamp = _stamp(house, filed.case)
            await _heard(house, turn, filed, CopyWritten(stamp, key, copy))


async def _end(job: _Job, stopped: _Stopped | None) -> None:
    """The writing is over; what is still open, or came meanwhile, has its ping."""
    house, ping = job.house, job.ping
    async with house.store.turn(ping.tenant) as turn:
        filed = await turn.case(ping.case)
        if filed is None:
            return
        now = house.clock()
        until = now + stopped.pause if stopped is not None and stopped.pause else None
        why, key = (stopped.why, stopped.key) if stopped is not None else (None, "")
        ended = MirrorEnded(_stamp(house, filed.case), why, until, key if why else "")
        await turn.drop_ping(ping.case, MIRROR)
        if stopped is not None or _open(job, filed.case):
            await turn.set_ping(replace(ping, due=until or now))
        await _heard(house, turn, filed, ended)


async def _heard(house: House, turn: Turn, filed: Filed, event: MirrorEvent) -> None:
    await turning.react(await sessions.owners(house, turn, filed), filed, event)


def _stamp(house: House, case: Case) -> Stamp:
    return Stamp(EventId(house.new_id()), house.clock(), case.owner)
