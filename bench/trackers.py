"""What it takes to read a project of 5,000 items from each fake, and a thousand on one morning."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import structlog

from bench.table import Row
from bot.core.stamp import Stamp
from bot.core.tracking.events import FactsRead, ProjectsListed, TrackerOpened, TrackerPicked
from bot.core.tracking.facts import Listed, ProjectFacts
from bot.core.tracking.tracked import LIST
from bot.core.words import EventId
from bot.engine.sessions import Session
from bot.engine.tick import tick
from bot.engine.trackers import Trackers
from bot.engine.turning import react
from bot.outside.http import Limits
from bot.sources.pingcode import PingCode
from bot.sources.remembering import Remembering
from tests.engine.room import HERE, Room
from tests.sources.fakes import feishu, github, jira, linear, pingcode, worktile
from tests.sources.fakes.vendor import Clock, Vendor
from tests.sources.rigs import RIGS, Rig, config

ITEMS, PROJECTS = 5_000, 1_000
MORNING = datetime(2026, 5, 5, 2, 0, tzinfo=UTC)  # 07:30 in Kolkata, where the owner of a room is
MINUTES = 180


def rows() -> Iterator[Row]:
    """All figures of this file."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted({*RIGS} - {"files"}):
            yield asyncio.run(_large(name, RIGS[name](Clock(), Path(folder))))
        yield asyncio.run(_morning())


async def _large(name: str, opened: AbstractAsyncContextManager[Rig]) -> Row:
    async with opened as rig:
        fake = rig.fake
        assert fake is not None
        _fill(fake)
        before = len(fake.asked)
        began = perf_counter()
        facts = await rig.tracker.facts(rig.project)
        took, calls = perf_counter() - began, len(fake.asked) - before
        whole = facts.whole
        counted = f"{whole.done} of {whole.total}" if whole and whole.total else "not counted"
        figure = f"{took:.2f} s, {calls} calls, {counted}, {len(facts.late_items)} late"
        return Row(f"facts of {ITEMS:,} items: {name}", figure)


def _fill(fake: Vendor) -> None:
    """As many items as are wanted, all of them done."""
    more = range(100, 100 + ITEMS - 13)  # each fake has up to thirteen of its own
    match fake:
        case pingcode.PingCode():
            fake.items += [pingcode.item(n, "completed") for n in more]
        case worktile.Worktile():
            fake.tasks += [worktile.task(n, 3) for n in more]
        case jira.Jira():
            fake.issues += [jira.issue(n, "done") for n in more]
        case github.GitHub():
            fake.issues += [github.issue(n, "closed") for n in more]
        case feishu.Feishu():
            fake.items += [feishu.item(n, "end") for n in more]
        case linear.Linear():
            fake.issues += [linear.issue(n, "completed") for n in more]
        case _:
            raise ValueError(f"nobody knows how to fill {type(fake).__name__}")


async def _morning() -> Row:
    """A thousand watched projects on a fake that refuses the 201st call of a minute."""
    async with _watched() as (room, fake, clock):
        began, minutes = process_time(), 0
        for minute in range(MINUTES):
            clock.at = room.clock.at = MORNING + timedelta(minutes=minute)
            while await tick(room.house):
                await room.house.trackers.idle()
            minutes = minute + 1
            if await _read(room) == PROJECTS:
                break
        took, read = process_time() - began, await _read(room)
        figure = (
            f"{read:,} read in {minutes} min of its clock, {len(fake.asked):,} calls, {fake.refused} "
            f"refused, {took:.1f} s of processor time with the fake"
        )
        return Row(f"{PROJECTS:,} watched projects on one morning", figure, "within 200 a minute")


async def _read(room: Room) -> int:
    """How many projects have facts of today."""
    filed = await room.store.cases_of_all(HERE)
    followed = [f.case.tracking.followed for f in filed]
    facts = [f.facts for f in followed if f is not None and f.facts is not None]
    return sum(f.read_at >= MORNING for f in facts)


@asynccontextmanager
async def _watched() -> AsyncIterator[tuple[Room, pingcode.PingCode, Clock]]:
    clock, room = Clock(), Room()
    room.clock.at = clock.at
    fake = pingcode.PingCode(clock)
    fake.projects = [fake.project(f"{n:024x}", f"Depot {n}", "kanban") for n in range(PROJECTS)]
    await fake.start()
    limits = Limits(a_minute=180, clock=clock.seconds)
    tracker = Remembering(PingCode(config(fake.base), clock.now, limits=limits), clock.now)
    room.house = replace(room.house, trackers=Trackers({"pingcode": tracker}))
    for n in range(PROJECTS):
        await _begin(room, n)
    yield room, fake, clock
    await room.house.trackers.close()
    await fake.stop()


async def _begin(room: Room, number: int) -> None:
    """One watched project that goes by the tracker since yesterday; its first reading is over."""
    reply = await room.command(f"watch Depot {number}", room.envelope(f"owner{number}"))
    assert reply.case is not None
    listed = Listed(f"{number:024x}", f"Depot {number}")
    async with room.store.turn(HERE) as turn:
        filed = await turn.case(reply.case)
        assert filed is not None
        stamp = Stamp(EventId(f"bench-{number}"), room.clock(), filed.case.owner)
        session = Session(room.house, turn, filed.place, "en")
        facts = ProjectFacts("pingcode", listed.ref, listed.name, None, room.clock(), milestones=())
        for event in (
            TrackerOpened(stamp, "pingcode"),
            ProjectsListed(stamp, "pingcode", (listed,)),
            TrackerPicked(stamp, listed.ref),
            FactsRead(stamp, "pingcode", listed.ref, facts),
        ):
            turned = await react(session, filed, event)
            filed = replace(filed, case=turned.case)
        await turn.drop_ping(reply.case, LIST)
