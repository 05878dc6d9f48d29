"""PingCode's own ways: three dialects, ends that are instants, filters that do nothing, points."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.engine.outside import Busy
from bot.outside.http import Limits
from bot.sources.pingcode import PingCode
from tests.sources.fakes import pingcode as vendor
from tests.sources.fakes.vendor import Answer, Clock, seconds
from tests.sources.rigs import Rig, config, pingcode_rig


def fake_of(rig: Rig) -> vendor.PingCode:
    assert isinstance(rig.fake, vendor.PingCode)
    return rig.fake


async def until_refused(tracker: PingCode, project: str) -> None:
    for _ in range(100):
        await tracker.facts(project)


@pytest.mark.parametrize("dialect", ["underscore", "joined", "old"])
async def test_each_dialect_is_found_by_asking_and_gives_the_same_facts(
    tmp_path: Path, dialect: str
) -> None:
    async with pingcode_rig(Clock(), tmp_path, dialect) as rig:
        facts = await rig.tracker.facts(rig.project)
        assert [i.title for i in facts.late_items] == list(rig.late)
        assert facts.whole is not None
        assert (facts.whole.done, facts.whole.total) == rig.counted
        detected = len(fake_of(rig).asked)
        await rig.tracker.facts(rig.project)
        again = fake_of(rig).asked[detected:]
        assert not any(a.query.get("page_size") == "1" for a in again)


@pytest.mark.parametrize("absolute", [True, False])
async def test_a_key_lives_thirty_days_whether_its_end_is_an_instant_or_a_duration(
    tmp_path: Path, absolute: bool
) -> None:
    async with pingcode_rig(clock := Clock(), tmp_path) as rig:
        fake_of(rig).absolute = absolute
        await rig.tracker.projects()
        clock.pass_(timedelta(days=20))
        await rig.tracker.projects()
        assert fake_of(rig).paths().count("/v1/auth/token") == 1
        clock.pass_(timedelta(days=5))
        await rig.tracker.projects()
        assert fake_of(rig).paths().count("/v1/auth/token") == 2


async def test_rows_of_other_projects_and_put_away_ones_are_left_out(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path, "old") as rig:
        facts = await rig.tracker.facts(rig.project)
        assert {i.ref for i in facts.late_items} == {"TRM-6", "TRM-7"}


async def test_days_that_are_snapped_to_their_end_stay_the_same_day(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        found = {m.name: m.due for m in (await rig.tracker.facts(rig.project)).milestones}
        assert found["1.0"] == date(2026, 5, 29)
        assert found["Tram depot"] == date(2026, 6, 30)


async def test_a_sprint_counts_points_and_a_release_with_a_share_counts_nothing(
    tmp_path: Path,
) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        by_kind = {m.kind: m for m in (await rig.tracker.facts(rig.project)).milestones}
        sprint, release = by_kind["sprint"], by_kind["release"]
        assert (sprint.done, sprint.total, sprint.basis) == (9, 20, "points")
        assert (release.done, release.total, release.basis) == (None, None, "none")


async def test_without_a_count_of_its_own_the_rows_are_counted(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        fake_of(rig).no_progress = True
        whole = (await rig.tracker.facts(rig.project)).whole
        assert whole is not None
        assert (whole.done, whole.total) == rig.counted


async def test_one_state_that_nobody_knows_leaves_the_rows_uncounted(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        fake_of(rig).no_progress = True
        fake_of(rig).items[8]["state"] = {"name": "搁置", "type": "on_hold"}
        facts = await rig.tracker.facts(rig.project)
        assert facts.whole is not None
        assert facts.whole.total is None


async def test_where_the_search_is_not_there_the_list_tells_what_is_late(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        fake_of(rig).can_search = False
        facts = await rig.tracker.facts(rig.project)
        assert [i.title for i in facts.late_items] == list(rig.late)


async def test_a_state_of_a_fourth_kind_counts_as_done(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        fake_of(rig).items[6]["state"] = {"name": "已关闭", "type": "closed"}
        facts = await rig.tracker.facts(rig.project)
        assert [i.title for i in facts.late_items] == ["Item 6"]


async def test_milestones_are_found_by_the_name_of_their_type_also_where_it_is_an_object(
    tmp_path: Path,
) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        fake_of(rig).items[9]["type"] = {"id": vendor.MILESTONE, "name": "里程碑"}
        facts = await rig.tracker.facts(rig.project)
        assert [m.name for m in facts.milestones if m.kind == "milestone"] == ["Rig stands"]


async def test_a_part_that_may_not_be_read_is_said_and_the_rest_is_there(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        refusal = Answer({"code": "100403", "message": "scope"}, 403)
        fake_of(rig).instead = lambda asked: refusal if asked.path.endswith("/sprints") else None
        facts = await rig.tracker.facts(rig.project)
        assert [n.zh for n in facts.notes] == ["没有读到迭代：密钥没有读取这个项目的权限"]
        assert len(facts.late_items) == 2


async def test_the_two_hundred_and_first_call_of_a_minute_is_busy_for_as_long_as_it_says(
    tmp_path: Path,
) -> None:
    async with pingcode_rig(clock := Clock(), tmp_path) as rig:
        fake = fake_of(rig)
        tracker = PingCode(config(fake.base), clock.now, limits=Limits(in_flight=1))
        with pytest.raises(Busy) as raised:
            await until_refused(tracker, rig.project)
        assert raised.value.retry_after == timedelta(seconds=30)
        assert fake.paths().count("/v1/auth/token") + 201 == len(fake.asked)
        await tracker.close()


async def test_our_own_pace_keeps_below_the_limit_without_asking(tmp_path: Path) -> None:
    async with pingcode_rig(clock := Clock(), tmp_path) as rig:
        tracker = PingCode(config(fake_of(rig).base), clock.now)
        with pytest.raises(Busy):
            await until_refused(tracker, rig.project)
        assert len(fake_of(rig).asked) == 180
        await tracker.close()


async def test_of_more_rows_than_are_read_nothing_is_counted(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        fake = fake_of(rig)
        fake.no_progress = True
        end = seconds(2026, 4, 1)
        fake.items += [vendor.item(n, "completed", end=end) for n in range(100, 2200)]
        tracker = PingCode(config(fake.base), rig.clock.now, limits=Limits())
        facts = await tracker.facts(rig.project)
        assert facts.truncated
        assert facts.whole is not None
        assert facts.whole.total is None
        await tracker.close()
