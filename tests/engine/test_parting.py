"""Before retention lets go of a case, nothing of it stays in the messages of whoever may read it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.core.words import CaseId, EventId
from bot.engine.deliver import deliver
from bot.engine.errors import CannotLook, Later
from bot.engine.keeping.retention import AT_A_TIME, EVERYBODY, Among, Keeping, tidy
from bot.engine.ports import Filed, Line
from bot.engine.tick import forget
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.engine.room import HERE, Room
from tests.engine.sharing import by_ben, invited, said, seen_by, stored
from tests.engine.test_reminding import TUESDAY

KEPT = timedelta(days=365)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """A house on SQLite that keeps what has ended for a year."""
    migrate(tmp_path / "candor.db", at=TUESDAY)
    store = SqlStore(tmp_path / "candor.db")
    room = Room(store)
    room.house = replace(room.house, tended=store.upkeep, keeping=Keeping(cases=KEPT))
    yield room
    await store.close()


async def close(room: Room, id_: CaseId) -> None:
    """Lets the case have been closed long ago."""
    filed = await room.store.case(HERE, id_)
    assert filed is not None
    case = replace(filed.case, phase="closed", revision=filed.case.revision + 1)
    async with room.store.turn(HERE) as turn:
        await turn.save(Filed(case, filed.place), was=filed.case.revision)
    room.clock.move(KEPT + timedelta(days=1))


async def test_a_reader_keeps_nothing_of_a_case_that_retention_removes(room: Room) -> None:
    case = await invited(room)
    await by_ben(room, None, f"show/{case}")
    await close(room, case)
    await forget(room.house)
    assert (await stored(room, case)).sharing.viewers == {}
    await deliver(room.house)
    assert seen_by(room) != []
    assert {"Apollo" in said(m.card) for m in seen_by(room)} == {False}
    await forget(room.house)
    assert await room.store.case(HERE, case) is None


async def test_a_case_waits_until_the_messages_of_its_readers_are_empty(room: Room) -> None:
    case = await invited(room)
    await close(room, case)
    await forget(room.house)
    room.channel.before = [Later(timedelta(minutes=10))]
    await deliver(room.house)
    await forget(room.house)
    assert await room.store.case(HERE, case) is not None
    room.clock.move(timedelta(minutes=11))
    await deliver(room.house)
    await forget(room.house)
    assert await room.store.case(HERE, case) is None


async def test_a_case_that_nobody_else_reads_goes_at_once_and_holds_up_none(room: Room) -> None:
    shared, alone = await invited(room), await room.begin("Borealis")
    filed = await room.store.case(HERE, alone)
    assert filed is not None
    async with room.store.turn(HERE) as turn:
        closed = replace(filed.case, phase="closed", revision=filed.case.revision + 1)
        await turn.save(Filed(closed, filed.place), was=filed.case.revision)
    await close(room, shared)
    await forget(room.house)
    assert await room.store.case(HERE, alone) is None
    assert await room.store.case(HERE, shared) is not None


async def test_a_message_of_which_nobody_will_know_more_keeps_no_case(room: Room) -> None:
    case = await invited(room)
    await close(room, case)
    await forget(room.house)
    room.channel.before = [CannotLook(), CannotLook()]
    await deliver(room.house)
    parcels = await room.store.parcels(HERE, case)
    assert [p.state for p in parcels if p.state != "sent"] == ["unknown"]
    await forget(room.house)
    assert await room.store.case(HERE, case) is None


@dataclass
class Ended:
    """Tables with cases that have ended, the oldest first."""

    lines: list[Line]

    async def ended(
        self, before: datetime, *, limit: int, among: Among = EVERYBODY
    ) -> Sequence[Line]:
        return self.lines[:limit]

    async def let_go(
        self, line: Line, *, event: EventId, at: datetime, why: str, ended: datetime | None = None
    ) -> bool:
        self.lines.remove(line)
        return True

    async def trim(self, before: datetime, *, limit: int, among: Among = EVERYBODY) -> int:
        return 0


async def test_many_that_have_to_stay_hold_up_no_other() -> None:
    stuck = [Line(HERE, CaseId(f"stuck-{n}")) for n in range(AT_A_TIME)]
    free = [Line(HERE, CaseId(f"free-{n}")) for n in range(AT_A_TIME + 1)]
    tables = Ended([*stuck, *free])

    async def is_free(line: Line) -> bool:
        return line in free

    assert await tidy(tables, Keeping(cases=KEPT), TUESDAY, parted=is_free) == len(free)
    assert tables.lines == stuck
