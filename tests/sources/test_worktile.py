"""Worktile's own ways: refusals with 200, rows under two names, properties in two shapes."""

from datetime import date
from pathlib import Path

import pytest

from bot.outside.token import Key
from bot.sources.worktile import Worktile, WorktileConfig
from tests.sources.fakes import worktile as vendor
from tests.sources.fakes.vendor import Clock
from tests.sources.rigs import SHANGHAI, Rig, worktile_rig


def fake_of(rig: Rig) -> vendor.Worktile:
    assert isinstance(rig.fake, vendor.Worktile)
    return rig.fake


@pytest.mark.parametrize("rows", ["value", "items"])
async def test_rows_and_properties_are_read_in_both_shapes(tmp_path: Path, rows: str) -> None:
    async with worktile_rig(Clock(), tmp_path, rows) as rig:
        facts = await rig.tracker.facts(rig.project)
        assert [(i.title, i.due) for i in facts.late_items] == [
            ("Task 7", date(2026, 4, 2)),
            ("Task 6", date(2026, 4, 30)),
        ]
        assert [i.assignee for i in facts.late_items] == ["莫怡", None]  # u9 is nobody


async def test_the_older_list_is_joined_with_what_it_leaves_out(tmp_path: Path) -> None:
    async with worktile_rig(Clock(), tmp_path) as rig:
        new = await rig.tracker.facts(rig.project)
        fake_of(rig).new_list = False
        old = await rig.tracker.facts(rig.project)
        assert old.late_items == new.late_items
        assert old.milestones == new.milestones
        assert "/open-api/mission/get-tasks-by-ids" in fake_of(rig).paths()


async def test_a_milestone_is_counted_by_what_stands_below_it_in_either_direction(
    tmp_path: Path,
) -> None:
    async with worktile_rig(Clock(), tmp_path) as rig:
        facts = await rig.tracker.facts(rig.project)
        found = [m for m in facts.milestones if m.kind == "milestone"]
        assert [(m.name, m.done, m.total) for m in found] == [("Rig stands", 2, 3)]
        assert found[0].url is not None
        assert found[0].url.startswith("https://tram.worktile.com/mission/projects/")


async def test_a_milestone_without_anything_below_it_is_not_counted(tmp_path: Path) -> None:
    async with worktile_rig(Clock(), tmp_path) as rig:
        fake_of(rig).tasks[9]["derived_ids"] = []
        fake_of(rig).tasks[5]["parent_ids"] = []
        found = [
            m for m in (await rig.tracker.facts(rig.project)).milestones if m.kind != "project"
        ]
        assert [(m.done, m.total, m.basis) for m in found] == [(None, None, "none")]


@pytest.mark.parametrize("there", [True, False])
async def test_the_dates_of_a_project_are_taken_where_its_overview_can_be_read(
    tmp_path: Path, there: bool
) -> None:
    async with worktile_rig(Clock(), tmp_path) as rig:
        fake_of(rig).has_info = there
        facts = await rig.tracker.facts(rig.project)
        assert facts.whole is not None
        assert facts.whole.due == (date(2026, 6, 30) if there else None)
        assert bool(facts.notes) is not there


async def test_a_group_that_nobody_knows_leaves_the_project_uncounted(tmp_path: Path) -> None:
    async with worktile_rig(Clock(), tmp_path) as rig:
        fake_of(rig).tasks[8].update(task_state={"name": "新", "type": 9}, state_type=9)
        whole = (await rig.tracker.facts(rig.project)).whole
        assert whole is not None
        assert (whole.done, whole.total) == (None, None)


def test_the_older_product_is_refused_with_what_to_use() -> None:
    old = WorktileConfig("https://api.worktile.com/v1", Key("id", "secret"), SHANGHAI)
    with pytest.raises(ValueError, match=r"dev\.worktile\.com/open-api"):
        Worktile(old, Clock().now)


def test_a_configuration_shows_no_secret() -> None:
    assert "hidden" not in repr(WorktileConfig("https://a.b", Key("id", "hidden"), SHANGHAI))
