"""Linear's own ways: fixed queries, errors beside data, a limit that comes as a bad request."""

from datetime import date
from pathlib import Path

import pytest

from bot.engine.outside import Busy
from bot.sources.linear import QUERIES
from tests.sources.fakes import linear as vendor
from tests.sources.fakes.vendor import Asked, Clock
from tests.sources.rigs import Rig, linear_rig


def fake_of(rig: Rig) -> vendor.Linear:
    assert isinstance(rig.fake, vendor.Linear)
    return rig.fake


def test_nothing_but_queries_ever_leaves() -> None:
    assert all(text.startswith("query ") for text in QUERIES.values())
    assert not any("mutation" in text for text in QUERIES.values())


@pytest.mark.parametrize(
    ("query", "variables", "why"),
    [
        ("query Q { projects { nodes { id colour } pageInfo { hasNextPage } } }", {}, "colour"),
        ("query Q($id: Int!) { project(id: $id) { id } }", {"id": 7}, "position expecting type"),
        ("query Q { project { id } }", {}, "id"),
        ("query Q { projects(first: 251) { nodes { id } } }", {}, "at most 250"),
        ('query Q { projects(after: "x") { nodes { id } } }', {}, "cursor"),
        ("query Q { projects { nodes { id } } }", {"after": "x"}, "not declared"),
        ("mutation M { projectDelete(id: 1) { success } }", {}, "mutation"),
        ("query Q {", {}, "Syntax Error"),
    ],
)
async def test_the_fake_refuses_what_linear_would_not_understand(
    query: str, variables: dict[str, object], why: str
) -> None:
    fake = vendor.Linear(Clock())
    body = {"query": query, "variables": variables}
    answer = fake.answer(Asked("POST", "/graphql", {}, {"authorization": vendor.KEY}, body))
    assert answer.status == 400
    assert len(fake.wrong) == 1
    assert why in fake.wrong[0]
    await fake.stop()


async def test_pages_end_where_there_is_no_next(tmp_path: Path) -> None:
    async with linear_rig(Clock(), tmp_path) as rig:
        fake_of(rig).page = 3
        facts = await rig.tracker.facts(rig.project)
        assert facts.whole is not None
        assert (facts.whole.done, facts.whole.total) == rig.counted


async def test_errors_beside_good_data_take_nothing_away(tmp_path: Path) -> None:
    async with linear_rig(Clock(), tmp_path) as rig:
        plain = await rig.tracker.facts(rig.project)
        fake_of(rig).warned = True
        assert await rig.tracker.facts(rig.project) == plain


async def test_the_limit_is_a_pause_though_it_comes_as_a_bad_request(tmp_path: Path) -> None:
    async with linear_rig(Clock(), tmp_path) as rig:
        fake_of(rig).limited = True
        with pytest.raises(Busy):
            await rig.tracker.projects()


async def test_a_milestone_is_counted_by_its_issues_and_has_no_state_but_theirs(
    tmp_path: Path,
) -> None:
    async with linear_rig(Clock(), tmp_path) as rig:
        found = {m.kind: m for m in (await rig.tracker.facts(rig.project)).milestones}
        stone, whole = found["milestone"], found["project"]
        assert (stone.done, stone.total, stone.state) == (0, 2, "planned")
        assert stone.url == whole.url
        assert whole.due == date(2026, 6, 30)


async def test_a_state_that_nobody_knows_leaves_the_project_uncounted(tmp_path: Path) -> None:
    async with linear_rig(Clock(), tmp_path) as rig:
        fake_of(rig).issues[8]["state"] = {"name": "Frozen", "type": "frozen"}
        whole = (await rig.tracker.facts(rig.project)).whole
        assert whole is not None
        assert whole.total is None
