"""Follow-ups as tasks in Lark: each once, moved and completed with its follow-up, never read back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core.approving.organisation import Organisation
from bot.core.events import Abandoned
from bot.core.following.events import Closed
from bot.core.mirroring.mirrored import Wants
from bot.core.mirroring.wishes import Task
from tests.platforms.lark.fake.faults import Code, Cut, Fault, Status
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tasks import DELETE, NEW, PATCH
from tests.platforms.lark.mirrored import Desk, desk, fake_of_that_day

ONLY_TASKS = Wants(tasks=True)
SOON = timedelta(minutes=1)


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    with fake_of_that_day() as lark:
        yield lark


def summaries(at: Desk) -> dict[str, str]:
    """What stands in Maya's list, and when each was done."""
    return {t.summary: t.completed_at for t in at.bot.fake.tasks.of(at.maya.open_id)}


async def test_each_follow_up_is_a_task_of_its_owner_on_its_day(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        await at.write()
        tasks = {t.summary: t for t in fake.tasks.of(at.maya.open_id)}
    assert set(tasks) == {
        "Milestone “Belt fitted” · Hall 4", "Milestone “Trial week done” · Hall 4",
        "The new delivery date · Hall 4", "Update Marrow Bakeries · Hall 4",
        "Marrow Bakeries decides · Hall 4", *(s for s in tasks if s.startswith("Offered: ")),
    }  # fmt: skip
    belt = tasks["Milestone “Belt fitted” · Hall 4"]
    assert belt.due == {"timestamp": "1781136000000", "is_all_day": True}  # 11 June 2026, UTC
    assert fake.tenant.app.id in belt.origin
    assert "Answer" not in belt.summary


async def test_what_is_done_here_is_completed_there_once(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        await at.write()
        await at.answer("milestone_check/1")
        await at.answer("milestone_reached/1")
        await at.write()
        done = summaries(at)["Milestone “Belt fitted” · Hall 4"]
        await at.due()
        await at.write()
    assert len(done) == 13
    completions = [c for c in fake.calls(PATCH) if c.body["update_fields"] == ["completed_at"]]
    assert [c.code for c in completions] == [0]


async def test_a_task_that_its_owner_completed_already_is_left_complete(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        await at.write()
        belt = next(t for t in fake.tasks.all.values() if "Belt" in t.summary)
        belt.completed_at = "1781136000001"
        await at.answer("milestone_check/1")
        await at.answer("milestone_reached/1")
        await at.write()
        assert (await at.case()).mirrored.why is None
        assert await at.pings() == []
    assert belt.completed_at == "1781136000001"


@pytest.mark.parametrize(
    "fault", [Cut(accepted=True), Cut(accepted=False), Code(99991400), Status(502)]
)
async def test_whatever_happens_on_the_way_there_is_one_task_for_each(
    fake: FakeLark, fault: Fault
) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        fake.faults.put(NEW, fault)
        await at.write()
        assert len(await at.pings()) == 1
        await at.write(later=SOON)
        first = summaries(at)
        await at.due()
        await at.write()
        assert summaries(at) == first
    assert len(fake.tasks.all) == len(first) == 6


async def test_what_was_made_unheard_gets_the_words_of_the_day_on_which_it_is_heard_of(
    fake: FakeLark,
) -> None:
    fake.tasks.refuses_other_words = False
    async with desk(fake, copies=ONLY_TASKS) as at:
        fake.faults.put(NEW, Cut(accepted=True))
        await at.write()
        await at.rename("Hall 9")
        await at.write(later=SOON)
        assert [name for name in summaries(at) if not name.endswith("· Hall 9")] == []
        assert len(summaries(at)) == 6


async def test_what_was_made_unheard_is_taken_away_once_it_is_wanted_no_more(
    fake: FakeLark,
) -> None:
    fake.tasks.refuses_other_words = False
    async with desk(fake, copies=ONLY_TASKS) as at:
        fake.faults.put(NEW, Cut(accepted=True))
        await at.write()
        await at.give(Abandoned(at.stamp()))
        await at.due()
        await at.write(later=SOON)
        assert fake.tasks.all == {}
        assert await at.pings() == []


async def test_a_process_that_dies_after_the_platform_took_a_task_makes_no_second_one(
    fake: FakeLark,
) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        keep = at.bot.faults

        def dies(_: object) -> None:
            keep.down = True

        at.bot.fake.tasks.hears = dies
        await at.write()  # what came of the call is written down nowhere
        assert len(fake.tasks.all) == 1
        keep.down, at.bot.fake.tasks.hears = False, None
        await at.write(later=timedelta(minutes=3))
        assert len(summaries(at)) == len(fake.tasks.all) == 6


async def test_a_follow_up_that_moves_takes_its_task_along(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        await at.write()
        update = next(t for t in fake.tasks.all.values() if t.summary.startswith("Update"))
        before = update.due["timestamp"]
        await at.answer("next_update/0")
        await at.write()
        updates = [t for t in fake.tasks.all.values() if t.summary.startswith("Update")]
    assert [t.completed_at != "0" for t in updates] == [True, False]
    assert int(updates[1].due["timestamp"]) > int(before)


async def test_what_ends_here_without_an_answer_goes_there(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        await at.write()
        case = await at.case()
        await at.give(Closed(at.stamp(), anyway=True))
        await at.write()
        assert case.phase != "closed"
        assert summaries(at) == {}
        assert {c.ref for c in (await at.case()).mirrored.copies.values()} == {""}
    assert {c.code for c in fake.calls(DELETE)} == {0}


async def test_a_task_that_somebody_deleted_is_not_made_again(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_TASKS) as at:
        await at.write()
        belt = next(t for t in fake.tasks.all.values() if "Belt" in t.summary)
        del fake.tasks.all[belt.guid]
        await at.rename("Hall 5")
        await at.write()
        assert len(summaries(at)) == 5
        assert all(summary.endswith("· Hall 5") for summary in summaries(at))
        assert await at.pings() == []


async def test_without_its_scope_nothing_is_written_and_the_operator_is_asked_for_it(
    fake: FakeLark,
) -> None:
    fake.tenant.app.scopes.discard("task:task:write")
    async with desk(fake, copies=ONLY_TASKS) as at:
        await at.write()
        case = await at.case()
        assert case.mirrored.why is not None
        assert "deploy/lark-setup.md" in case.mirrored.why.en
        first = len(fake.calls(NEW))
        await at.write(later=timedelta(seconds=30))
        assert len(fake.calls(NEW)) == first  # it waits longer each time
        fake.tenant.app.scopes.add("task:task:write")
        await at.write(later=timedelta(minutes=2))
        assert len(summaries(at)) == 6
        assert (await at.case()).mirrored.why is None


async def test_a_tenant_can_want_them_by_itself_and_can_want_none(fake: FakeLark) -> None:
    mine = Organisation(id="*", lark_tasks=True)
    async with desk(fake, copies=Wants(), organisation=mine) as at:
        await at.write()
        assert len(summaries(at)) == 6
    fake.tasks.all.clear()
    none = Organisation(id="*", lark_tasks=False)
    async with desk(fake, copies=ONLY_TASKS, organisation=none) as at:
        await at.write()
        assert summaries(at) == {}


async def test_nothing_is_written_unless_somebody_wants_it(fake: FakeLark) -> None:
    async with desk(fake, copies=Wants()) as at:
        await at.answer("milestone_check/1")
        await at.write()
        assert await at.pings() == []
    assert fake.calls(NEW) == []


def test_a_task_says_nothing_of_what_was_answered() -> None:
    assert set(Task.__dataclass_fields__) == {"summary", "note", "day", "done_at"}
