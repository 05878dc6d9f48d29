"""GitHub's own ways: pages by the Link header alone, pull requests, a budget of an hour."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.engine.outside import Busy, NotAllowed
from tests.sources.fakes import github as vendor
from tests.sources.fakes.vendor import Answer, Asked, Clock
from tests.sources.rigs import Rig, github_rig


def fake_of(rig: Rig) -> vendor.GitHub:
    assert isinstance(rig.fake, vendor.GitHub)
    return rig.fake


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("issues", {"per_page": "101"}),
        ("issues", {"state": "opened"}),
        ("issues", {"milestone": "Frame"}),
        ("milestones", {"milestone": "1"}),
        ("milestones", {"sort": "title"}),
        ("depot", {"state": "all"}),
    ],
)
async def test_the_fake_refuses_a_parameter_that_is_none(path: str, query: dict[str, str]) -> None:
    fake = vendor.GitHub(Clock())
    headers = {
        "user-agent": "Candor",
        "authorization": f"Bearer {vendor.TOKEN}",
        "accept": "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
    }
    where = f"/repos/{vendor.PROJECT}" + ("" if path == "depot" else f"/{path}")
    assert fake.answer(Asked("GET", where, query, headers)).status == 422
    assert fake.answer(Asked("GET", where, {}, {**headers, "accept": "*/*"})).status == 415
    assert fake.answer(Asked("GET", where, {}, headers)).status == 200
    assert len(fake.wrong) == 2
    await fake.stop()


async def test_pages_are_followed_by_their_links_to_the_end(tmp_path: Path) -> None:
    async with github_rig(Clock(), tmp_path) as rig:
        fake_of(rig).page = 2
        facts = await rig.tracker.facts(rig.project)
        assert facts.whole is not None
        assert (facts.whole.done, facts.whole.total) == rig.counted
        assert not facts.truncated


async def test_a_link_to_another_host_is_asked_of_our_own(tmp_path: Path) -> None:
    async with github_rig(Clock(), tmp_path) as rig:
        away = '<https://elsewhere.example/repos/x?page=2>; rel="next"'
        pages = iter([Answer([], headers={"Link": away}), Answer([])])
        fake_of(rig).instead = lambda asked: (
            next(pages, None) if asked.path.endswith("/milestones") else None
        )
        await rig.tracker.facts(rig.project)
        asked = [a for a in fake_of(rig).asked if a.path.endswith("/milestones")]
        assert [a.query.get("page") for a in asked] == [None, "2"]


async def test_pull_requests_and_what_was_not_planned_are_no_items(tmp_path: Path) -> None:
    async with github_rig(Clock(), tmp_path) as rig:
        facts = await rig.tracker.facts(rig.project)
        assert [(i.ref, i.due) for i in facts.late_items] == [
            ("#7", date(2026, 4, 2)),
            ("#6", date(2026, 4, 30)),
        ]
        counts = {m.name: (m.done, m.total) for m in facts.milestones}
        assert counts["Frame"] == (5, 7)
        assert counts["Empty"] == (None, None)


async def test_a_budget_that_is_used_up_is_a_pause_until_it_is_there_again(tmp_path: Path) -> None:
    async with github_rig(Clock(), tmp_path) as rig:
        fake_of(rig).left = 2
        with pytest.raises(Busy) as raised:
            await rig.tracker.facts(rig.project)
        assert raised.value.retry_after == timedelta(seconds=600)


async def test_a_refusal_that_is_no_pause_is_a_missing_right(tmp_path: Path) -> None:
    async with github_rig(Clock(), tmp_path) as rig:
        fake_of(rig).instead = lambda _: Answer({"message": "Resource not accessible"}, 403)
        with pytest.raises(NotAllowed):
            await rig.tracker.facts(rig.project)


async def test_only_the_repositories_that_were_named_are_asked_for(tmp_path: Path) -> None:
    async with github_rig(Clock(), tmp_path) as rig:
        listing = await rig.tracker.projects()
        assert [p.ref for p in listing.projects] == [vendor.PROJECT]
