"""Follow-ups in their owner's calendar in Lark: each once as long as it is open, moved and taken out with it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.events import Abandoned
from bot.core.mirroring.mirrored import Wants
from tests.platforms.lark.fake.calendar import ASK, CHANGE, NEW, READ, SCOPES
from tests.platforms.lark.fake.faults import Code, Cut, Fault, Status
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.mirrored import Desk, desk, fake_of_that_day

ENTRIES = Wants(entries=True)
BELT = "Milestone “Belt fitted” · Hall 4"


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    with fake_of_that_day() as lark:
        lark.tenant.app.scopes |= SCOPES
        yield lark


def begins(at: Desk) -> dict[str, datetime]:
    """What stands in Maya's calendar, and when it begins."""
    entries = at.bot.fake.calendar.of(at.maya.open_id)
    return {
        e.body["summary"]: datetime.fromtimestamp(int(e.body["start_time"]["timestamp"]), UTC)
        for e in entries
    }


async def test_each_open_follow_up_stands_in_the_calendar_of_its_owner(fake: FakeLark) -> None:
    async with desk(fake, copies=ENTRIES) as at:
        await at.write()
        assert len(begins(at)) == 6
        assert begins(at)[BELT] == datetime(2026, 6, 11, 8, tzinfo=UTC)  # nine in London
    (belt,) = [e for e in fake.calendar.all.values() if e.body["summary"] == BELT]
    assert belt.body["free_busy_status"] == "free"
    assert belt.body["need_notification"] is False
    assert belt.body["start_time"]["timezone"] == "Europe/London"


async def test_what_is_answered_is_taken_out(fake: FakeLark) -> None:
    async with desk(fake, copies=ENTRIES) as at:
        await at.write()
        await at.answer("milestone_check/1")
        await at.answer("milestone_reached/1")
        await at.write()
        assert BELT not in begins(at)
        assert len(begins(at)) == 5


async def test_the_next_update_takes_the_place_of_the_one_that_was_given(fake: FakeLark) -> None:
    async with desk(fake, copies=ENTRIES) as at:
        await at.write()
        before = begins(at)["Update Marrow Bakeries · Hall 4"]
        await at.answer("next_update/0")
        await at.write()
        assert begins(at)["Update Marrow Bakeries · Hall 4"] > before
        assert len(begins(at)) == 6


@pytest.mark.parametrize("call", [NEW, READ, ASK])
@pytest.mark.parametrize("fault", [Cut(accepted=True), Code(190004), Status(502)])
async def test_whatever_happens_on_the_way_there_is_one_entry_and_its_owner_is_asked_once(
    fake: FakeLark, call: str, fault: Fault
) -> None:
    async with desk(fake, copies=ENTRIES) as at:
        fake.faults.put(call, fault)
        await at.write()
        await at.write(later=timedelta(minutes=2))
        assert len(begins(at)) == 6
        assert await at.pings() == []
    assert [e.people for e in fake.calendar.all.values()] == [[at.maya.open_id]] * 6


async def test_what_was_entered_unheard_gets_the_words_of_the_day_on_which_it_is_heard_of(
    fake: FakeLark,
) -> None:
    async with desk(fake, copies=ENTRIES) as at:
        fake.faults.put(NEW, Cut(accepted=True))
        await at.write()
        await at.rename("Hall 9")
        await at.write(later=timedelta(minutes=2))
        assert [name for name in begins(at) if not name.endswith("· Hall 9")] == []
        assert len(begins(at)) == 6


async def test_what_was_entered_unheard_is_taken_out_once_it_is_wanted_no_more(
    fake: FakeLark,
) -> None:
    async with desk(fake, copies=ENTRIES) as at:
        fake.faults.put(ASK, Cut(accepted=True))
        await at.write()
        await at.give(Abandoned(at.stamp()))
        await at.due()
        await at.write(later=timedelta(minutes=2))
        assert begins(at) == {}
        assert await at.pings() == []


async def test_an_entry_that_somebody_deleted_is_not_made_again(fake: FakeLark) -> None:
    async with desk(fake, copies=ENTRIES) as at:
        await at.write()
        gone = next(e for e in fake.calendar.all.values() if e.body["summary"].startswith("Update"))
        del fake.calendar.all[gone.id]
        await at.rename("Hall 5")
        await at.write()
        assert len(begins(at)) == 5
        assert all(summary.endswith("· Hall 5") for summary in begins(at))
        assert await at.pings() == []
    assert {c.code for c in fake.calls(CHANGE)} == {0, 193000}


async def test_without_the_right_nothing_is_written_and_the_reason_is_kept(fake: FakeLark) -> None:
    fake.tenant.app.scopes -= SCOPES
    async with desk(fake, copies=ENTRIES) as at:
        await at.write()
        why = (await at.case()).mirrored.why
    assert why is not None
    assert "deploy/lark-setup.md" in why.en
    assert fake.calendar.all == {}
