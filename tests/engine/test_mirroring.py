"""Copies outside are written out of turns, once, by one at a time, also where something fails."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.approving.organisation import Organisation, Organisations
from bot.core.case import Case
from bot.core.mirroring.mirrored import MIRROR, Copy, Kind, Wants
from bot.core.mirroring.wishes import Page, Step
from bot.core.mirroring.wording import MIRRORS
from bot.core.pings.rooms import Room as Channel
from bot.core.words import CaseId, TenantId, Text
from bot.engine.errands import AT_ONCE
from bot.engine.errors import Conflict, Later, OutcomeUnknown, Refused, StoreUnavailable
from bot.engine.incoming import mirroring
from bot.engine.mirrors import Order, order, standing, wants_of
from bot.engine.ports import Filed, Ping
from bot.engine.tick import tick
from bot.engine.trackers import Trackers
from bot.store.memory.store import MemoryStore
from bot.store.memory.turn import MemoryTurn
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.engine.room import HERE, Room

WHY = Text(en="the table is gone.", zh="表不在了。")
ROWS = Wants(register="app/tbl")


@dataclass
class Outside:
    """A platform's own systems: keeps what it is given by its token, and fails as it is told."""

    wants: Wants = ROWS
    can: frozenset[Kind] = frozenset({"task", "entry", "row", "page"})
    orders: list[Order] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)  # by token
    fails: list[Exception] = field(default_factory=list)  # before anything is done
    cuts: list[Exception] = field(default_factory=list)  # after it was done
    nameless: bool = False  # it does not say what it has made
    hears: Callable[[], None] | None = None
    door: asyncio.Event = field(default_factory=asyncio.Event)
    knocked: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.door.set()

    def usual(self, _tenant: TenantId) -> Wants:
        return self.wants

    async def write(self, order: Order) -> Copy:
        self.orders.append(order)
        self.knocked.set()
        await self.door.wait()
        if self.fails:
            raise self.fails.pop(0)
        ref = self.made.setdefault(order.token, f"r{len(self.made)}")
        if self.hears is not None:
            self.hears()
        if self.cuts:
            raise self.cuts.pop(0)
        return Copy("" if self.nameless else ref, order.step.digest, order.step.made)


class Away(MemoryStore):
    """A store that can be down."""

    down = False

    @asynccontextmanager
    async def turn(self, tenant: TenantId) -> AsyncIterator[MemoryTurn]:
        if self.down:
            raise StoreUnavailable
        async with super().turn(tenant) as turn:
            yield turn


class Mirrored(Room):
    """A room whose platform keeps copies."""

    def __init__(self, store: MemoryStore | SqlStore | None = None, name: str = "id") -> None:
        super().__init__(store, name=name)
        self.outside = Outside()
        self.house = replace(self.house, mirrors={"slack": self.outside}, trackers=Trackers())

    async def write(self, later: timedelta = timedelta(0)) -> None:
        self.clock.move(later)
        await tick(self.house)
        await self.house.trackers.idle()

    async def filed(self, id_: CaseId) -> Filed:
        found = await self.store.case(HERE, id_)
        assert found is not None
        return found

    async def case(self, id_: CaseId) -> Case:
        return (await self.filed(id_)).case

    async def pings(self) -> list[Ping]:
        found = await self.store.pings(self.clock() + timedelta(days=2))
        return [p for p in found if p.kind == MIRROR]


@pytest.fixture
def room() -> Mirrored:
    return Mirrored()


async def test_a_turn_asks_for_what_it_changed_and_waits_for_nothing(room: Mirrored) -> None:
    id_ = await room.begin()
    assert room.outside.orders == []
    await room.write()
    assert standing(await room.case(id_)) == [
        ("row", (await room.case(id_)).mirrored.copies["row"])
    ]
    assert await room.pings() == []
    await room.say("Marrow Bakeries")
    await room.write()
    assert [o.step.key for o in room.outside.orders] == ["row", "row"]
    assert len(room.outside.made) == 1


async def test_a_copy_without_a_name_is_asked_for_once_and_later_by_the_same_token(
    room: Mirrored,
) -> None:
    id_ = await room.begin()
    room.outside.nameless = True
    await room.write()
    assert len(room.outside.orders) == 1
    assert (await room.case(id_)).mirrored.why == MIRRORS.unknown
    room.outside.nameless = False
    await room.write(later=timedelta(minutes=1))
    assert len({o.token for o in room.outside.orders}) == 1
    assert len(standing(await room.case(id_))) == 1


async def test_what_changes_nothing_outside_asks_for_nothing(room: Mirrored) -> None:
    id_ = await room.begin()
    await room.write()
    await room.click(id_, "why")
    assert await room.pings() == []


async def test_where_nothing_is_wanted_there_is_no_ping(room: Mirrored) -> None:
    room.outside.wants = Wants()
    await room.begin()
    assert await room.pings() == []


async def test_what_comes_while_it_is_written_is_written_afterwards_by_the_same(
    room: Mirrored,
) -> None:
    id_ = await room.begin()
    room.outside.door.clear()
    await tick(room.house)
    await room.outside.knocked.wait()
    await room.say("Marrow Bakeries")
    await tick(room.house)  # another looks, and finds it held
    assert len(room.outside.orders) == 1
    room.outside.door.set()
    await room.house.trackers.idle()
    copy = (await room.case(id_)).mirrored.copies["row"]
    assert [o.step.digest for o in room.outside.orders][-1] == copy.digest
    assert len(room.outside.orders) == 2
    assert await room.pings() == []


async def test_of_two_processes_one_writes(room: Mirrored) -> None:
    await room.begin()
    other = Mirrored(room.store if isinstance(room.store, MemoryStore) else None, name="other")
    other.clock = room.clock
    other.house = replace(other.house, clock=room.clock)
    (ping,) = await room.pings()
    begun = [await mirroring.begin(r.house, ping) for r in (room, other)]
    await room.house.trackers.idle()
    await other.house.trackers.idle()
    assert begun == [True, False]
    assert (len(room.outside.orders), other.outside.orders) == (1, [])


async def test_one_that_waits_for_its_turn_beyond_its_time_is_written_by_one_alone(
    room: Mirrored,
) -> None:
    await room.begin()
    goes_on = asyncio.Event()

    async def hangs() -> None:
        await goes_on.wait()

    for _ in range(AT_ONCE):
        room.house.trackers.own(hangs)
    for _ in range(3):  # it is begun, and begun anew twice
        await tick(room.house)
        room.clock.move(mirroring.LEASE)
    room.outside.door.clear()
    goes_on.set()
    await room.outside.knocked.wait()
    for _ in range(20):  # whoever else writes comes to it
        await asyncio.sleep(0)
    room.outside.door.set()
    await room.house.trackers.idle()
    assert len(room.outside.orders) == 1
    assert await room.pings() == []


async def test_a_process_that_dies_is_taken_over_after_its_time_with_the_same_token(
    room: Mirrored,
) -> None:
    id_ = await room.begin()
    (ping,) = await room.pings()

    def died() -> None:
        raise asyncio.CancelledError

    room.outside.hears = died
    assert await mirroring.begin(room.house, ping)
    await room.house.trackers.idle()
    assert standing(await room.case(id_)) == []
    room.outside.hears = None
    await room.write(timedelta(minutes=1))
    assert len(room.outside.orders) == 1
    await room.write(timedelta(minutes=1))
    assert len(room.outside.orders) == 2
    assert len(room.outside.made) == 1
    assert len(standing(await room.case(id_))) == 1


async def test_a_database_that_is_away_when_it_is_to_be_kept_leads_to_no_second_copy() -> None:
    store = Away()
    room = Mirrored(store)
    id_ = await room.begin()
    room.outside.hears = lambda: setattr(store, "down", True)
    await room.write()
    store.down, room.outside.hears = False, None
    (ping,) = await room.pings()
    assert ping.due == room.clock() + mirroring.LEASE
    async with store.turn(HERE) as turn:
        await turn.set_ping(replace(ping, due=room.clock()))
    await room.write()  # too early: it may still be written
    assert len(room.outside.orders) == 1
    await room.write(mirroring.LEASE)
    assert len(room.outside.made) == 1
    assert len(standing(await room.case(id_))) == 1


@pytest.mark.parametrize("error", [Later(), Later(timedelta(seconds=9)), OutcomeUnknown()])
async def test_what_passes_is_tried_again_soon_and_said_to_nobody(
    room: Mirrored, error: Exception
) -> None:
    id_ = await room.begin()
    room.outside.cuts.append(error)
    await room.write()
    assert (await room.case(id_)).mirrored.why is None
    (ping,) = await room.pings()
    wait = timedelta(seconds=9) if getattr(error, "retry_after", None) else mirroring.BRIEF
    assert ping.due - room.clock() == wait
    await room.write(wait)
    assert len(room.outside.made) == 1
    assert await room.pings() == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused(WHY), "the table is gone."),
        (Later(text=WHY), "the table is gone."),
        (ValueError("a bug"), "not known"),
        (TimeoutError(), "not known"),
    ],
)
async def test_what_somebody_must_mend_is_kept_with_its_reason_and_waits_longer_each_time(
    room: Mirrored, error: Exception, said: str
) -> None:
    id_ = await room.begin()
    waits = []
    for _ in range(3):
        room.outside.fails.append(error)
        await room.write(timedelta(hours=1))
        (ping,) = await room.pings()
        waits.append(ping.due - room.clock())
    why = (await room.case(id_)).mirrored.why
    assert why is not None
    assert said in why.en
    assert waits == [timedelta(minutes=m) for m in (1, 2, 4)]
    await room.write(timedelta(hours=1))
    assert (await room.case(id_)).mirrored.why is None


async def test_a_change_does_not_shorten_the_wait(room: Mirrored) -> None:
    await room.begin()
    room.outside.fails.append(Refused(WHY))
    await room.write()
    await room.say("Marrow Bakeries")
    await room.write(timedelta(seconds=30))
    assert len(room.outside.orders) == 1
    await room.write(timedelta(seconds=31))
    assert len(room.outside.orders) == 2


async def test_a_long_writing_ends_and_goes_on_with_the_next_tick(room: Mirrored) -> None:
    await room.begin()
    room.outside.hears = lambda: room.clock.move(mirroring.LONGEST)
    await room.write()
    (ping,) = await room.pings()
    assert ping.due == room.clock()
    await room.write()
    assert await room.pings() == []
    assert len(room.outside.orders) == 1


async def test_a_case_that_was_erased_meanwhile_is_written_no_more(room: Mirrored) -> None:
    await room.begin()
    room.outside.door.clear()
    await tick(room.house)
    await room.outside.knocked.wait()
    await room.store.erase(HERE)
    room.outside.door.set()
    await room.house.trackers.idle()
    assert await room.pings() == []
    assert await room.store.cases_of_all(HERE) == ()


async def test_a_platform_that_is_taken_away_leaves_nothing_behind(room: Mirrored) -> None:
    await room.begin()
    (ping,) = await room.pings()
    room.house = replace(room.house, mirrors={})
    assert await mirroring.begin(room.house, ping) is False
    assert await mirroring.begin(room.house, ping) is False  # it is gone
    assert await room.pings() == []


async def test_what_was_written_by_then_leaves_nothing_to_begin(room: Mirrored) -> None:
    await room.begin()
    (ping,) = await room.pings()
    await room.write()
    async with room.store.turn(HERE) as turn:
        await turn.set_ping(ping)
    assert await mirroring.begin(room.house, ping) is False


async def test_a_store_that_stays_busy_leaves_the_ping(room: Mirrored) -> None:
    await room.begin()
    room.outside.fails.append(Conflict())
    await room.write()
    assert len(await room.pings()) == 1


async def test_two_kinds_that_fail_are_said_with_the_page_first(room: Mirrored) -> None:
    id_ = await room.begin()
    filed = await room.filed(id_)
    channel = Channel("slack", "C1", "wind-farm", 1)
    mirrored = replace(filed.case.mirrored, pages=(1,))
    case = replace(filed.case, room=channel, mirrored=mirrored, revision=filed.case.revision + 1)
    async with room.store.turn(HERE) as turn:
        await turn.save(replace(filed, case=case), was=filed.case.revision)
    room.outside.wants = Wants(pages=True, register="app/tbl")
    page = Text(en="no page.", zh="没有文档。")
    room.outside.fails += [Refused(WHY), Refused(page)]
    await room.write()
    after = await room.case(id_)
    assert after.mirrored.why == page
    assert after.mirrored.pages == ()
    assert [o.file for o in room.outside.orders] == [None, None]  # this house makes no papers


def test_a_tenant_settles_by_itself_what_its_platform_can() -> None:
    outside = Outside(Wants(tasks=True, entries=True, pages=True, register="a/b"))
    usual = wants_of(outside, HERE, Organisation())
    assert usual == outside.wants
    own = Organisation(lark_tasks=False, lark_calendar=False, lark_register="c/d", documents=False)
    assert wants_of(outside, HERE, own) == Wants(register="c/d")
    outside.can = frozenset({"page"})
    assert wants_of(outside, HERE, Organisation()) == Wants(pages=True)
    assert Organisations().of(HERE).documents is None


async def test_a_token_is_of_the_tenant_the_case_the_key_and_how_often_it_was_made(
    room: Mirrored,
) -> None:
    case = await room.case(await room.begin())
    step = Step("task:milestone/1", Page(Channel("slack", "C1", "x", 1)), None)
    again = replace(step, copy=Copy("", "", made=1))
    tokens = {
        order(c, s, ROWS).token
        for c in (case, replace(case, id=CaseId("other")), replace(case, tenant=TenantId("there")))
        for s in (step, replace(step, key="task:milestone/2"), again)
    }
    assert len(tokens) == 9
    assert order(case, step, ROWS).token in tokens


async def test_what_stands_outside_outlives_a_restart(tmp_path: Path) -> None:
    migrate(tmp_path / "candor.db", at=Room().clock())
    store = SqlStore(tmp_path / "candor.db")
    room = Mirrored(store)
    id_ = await room.begin()
    await room.write()
    await store.close()
    again = Mirrored(SqlStore(tmp_path / "candor.db"), name="again")
    assert (await again.case(id_)).mirrored.copies["row"].ref == "r0"
    await again.write()
    assert again.outside.orders == []
    await again.store.close()
