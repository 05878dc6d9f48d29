"""Jira's own ways: the Cloud without totals, Data Center with them, groups that are counts or nothing."""

from datetime import date
from pathlib import Path

import pytest

from bot.engine.outside import SignInRefused
from bot.outside.http import Limits
from bot.sources.jira import Jira, JiraConfig
from tests.sources.fakes import jira as vendor
from tests.sources.fakes.vendor import Clock
from tests.sources.rigs import SHANGHAI, USUAL, Rig, jira_rig


def fake_of(rig: Rig) -> vendor.Jira:
    assert isinstance(rig.fake, vendor.Jira)
    return rig.fake


@pytest.mark.parametrize("cloud", [True, False])
async def test_a_release_is_counted_by_its_issues_and_one_without_any_by_nothing(
    tmp_path: Path, cloud: bool
) -> None:
    async with jira_rig(Clock(), tmp_path, cloud=cloud) as rig:
        facts = await rig.tracker.facts(rig.project)
        found = {m.name: (m.due, m.done, m.total, m.basis) for m in facts.milestones}
        assert found["Rig stands"] == (date(2026, 5, 20), 2, 6, "items")
        assert found["Pilot"] == (None, None, None, "none")
        assert "Old" not in found


async def test_a_group_that_is_no_count_leaves_the_release_uncounted(tmp_path: Path) -> None:
    async with jira_rig(Clock(), tmp_path) as rig:
        fake_of(rig).versions[0]["issuesStatusForFixVersion"] = {"toDo": 3, "done": 2}
        facts = await rig.tracker.facts(rig.project)
        assert [m.total for m in facts.milestones if m.name == "Rig stands"] == [None]


async def test_pages_end_where_the_token_is_missing(tmp_path: Path) -> None:
    async with jira_rig(Clock(), tmp_path) as rig:
        fake_of(rig).page = 3
        facts = await rig.tracker.facts(rig.project)
        assert facts.whole is not None
        assert (facts.whole.done, facts.whole.total) == rig.counted
        assert not facts.truncated


async def test_of_more_issues_than_are_read_nothing_is_counted(tmp_path: Path) -> None:
    async with jira_rig(Clock(), tmp_path) as rig:
        fake_of(rig).page = 1
        fake_of(rig).issues += [vendor.issue(n, "done") for n in range(100, 130)]
        facts = await rig.tracker.facts(rig.project)
        assert facts.whole is not None
        assert facts.whole.total is None
        assert [i.title for i in facts.late_items] == ["Item 7", "Item 6"]


async def test_a_token_that_the_cloud_takes_for_a_visitor_is_a_refused_sign_in(
    tmp_path: Path,
) -> None:
    async with jira_rig(Clock(), tmp_path) as rig:
        assert rig.again is not None
        tracker = rig.again("an old token", USUAL)
        with pytest.raises(SignInRefused):
            await tracker.projects()
        assert fake_of(rig).paths() == ["/rest/api/3/myself"]
        await tracker.close()


async def test_links_are_those_that_people_open(tmp_path: Path) -> None:
    async with jira_rig(Clock(), tmp_path) as rig:
        facts = await rig.tracker.facts(rig.project)
        base = fake_of(rig).base
        assert facts.late_items[0].url == f"{base}/browse/TRM-7"
        assert facts.milestones[1].url == f"{base}/projects/TRM/versions/7"


async def test_behind_the_gateway_of_tokens_with_scopes_there_is_no_link() -> None:
    config = JiraConfig("https://api.atlassian.com/ex/jira/1", "t", SHANGHAI, "ida@example.com")
    tracker = Jira(config, Clock().now, limits=Limits())
    assert "'t'" not in repr(config)
    await tracker.close()
