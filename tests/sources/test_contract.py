"""What holds for every tracker: the same facts, the same six errors, nothing written, nothing told."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import structlog

from bot.core.tracking.facts import ProjectFacts, percent
from bot.engine.outside import Busy, NotFound, OutsideError, SignInRefused, Unreachable, Unreadable
from tests.sources.fakes.vendor import Vendor
from tests.sources.rigs import HURRIED, USUAL, Rig

# Without these a vendor says something else: what is put away, how many pages, what was dropped.
DECIDES = ("is_archived", "total", "has_more", "state_reason", "deleted_at")
Morph = Callable[[str, Any], Any]


def fake_of(rig: Rig) -> Vendor:
    assert rig.fake is not None
    return rig.fake


async def test_the_projects_are_listed_without_those_put_away(rig: Rig) -> None:
    listing = await rig.tracker.projects()
    named = {p.ref: p.name for p in listing.projects}
    assert named[rig.project] == "Tram depot"
    assert rig.gone not in named.values()
    assert not listing.truncated


async def test_the_facts_say_where_they_come_from_and_when_they_were_read(rig: Rig) -> None:
    facts = await rig.tracker.facts(rig.project)
    assert (facts.source, facts.name) == (rig.tracker.name, "Tram depot")
    assert facts.read_at == datetime(2026, 5, 4, 1, 10, tzinfo=UTC)
    assert not facts.truncated


async def test_what_is_past_its_day_and_not_done_is_late_the_oldest_first(rig: Rig) -> None:
    facts = await rig.tracker.facts(rig.project)
    assert {i.title for i in facts.late_items} == set(rig.late)
    assert {i.due for i in facts.late_items} == {date(2026, 4, 2), date(2026, 4, 30)}
    assert all(i.state in ("planned", "active") for i in facts.late_items)


async def test_done_and_total_of_the_project_are_counts(rig: Rig) -> None:
    whole = (await rig.tracker.facts(rig.project)).whole
    assert whole is not None
    assert (whole.done, whole.total, whole.basis) == (*rig.counted, "items")
    assert percent(whole.done, whole.total) == 50


async def test_a_milestone_has_its_day_in_the_zone_of_the_project(rig: Rig) -> None:
    facts = await rig.tracker.facts(rig.project)
    found = [m for m in facts.milestones if m.kind == rig.stone and m.name == "Rig stands"]
    assert [(m.due, m.has_time) for m in found] == [(date(2026, 5, 20), False)]
    assert found[0].state in ("planned", "active")
    assert found[0].owner == rig.owner


async def test_no_count_stands_without_its_basis_nor_a_basis_without_a_count(rig: Rig) -> None:
    for m in (await rig.tracker.facts(rig.project)).milestones:
        assert (m.done is None) == (m.total is None) == (m.basis == "none")


@pytest.mark.parametrize("ref", ["nobody's", "", "..", "a/b", "0" * 24, "Old depot.txt", "x" * 500])
async def test_a_project_that_is_not_there_is_not_found(rig: Rig, ref: str) -> None:
    with pytest.raises(NotFound):
        await rig.tracker.facts(ref)


async def test_a_wrong_secret_is_a_refused_sign_in(asked: Rig) -> None:
    assert asked.again is not None
    tracker = asked.again("not the secret", USUAL)
    with pytest.raises(SignInRefused):
        await tracker.projects()
    await tracker.close()


async def test_a_key_that_is_over_is_fetched_anew_once(keyed: Rig) -> None:
    asked = keyed
    await asked.tracker.facts(asked.project)
    assert asked.forget is not None
    asked.forget()
    facts = await asked.tracker.facts(asked.project)
    assert facts.whole is not None
    assert facts.whole.done == asked.counted[0]


async def test_a_key_that_is_never_taken_ends_in_a_refused_sign_in(keyed: Rig) -> None:
    await keyed.tracker.projects()
    forget = keyed.forget
    assert forget is not None
    fake_of(keyed).instead = lambda _: forget()
    with pytest.raises(SignInRefused):
        await keyed.tracker.facts(keyed.project)


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ("slow", Unreachable),
        ("down", Unreachable),
        ("truncated", Unreachable),
        ("redirect", Unreachable),
        ("html", Unreadable),
        ("oversized", Unreadable),
        ("busy", Busy),
    ],
)
async def test_trouble_is_one_of_the_closed_errors(
    asked: Rig, trouble: str, error: type[OutsideError]
) -> None:
    assert asked.again is not None
    tracker = asked.again(asked.secrets[0], HURRIED if trouble == "slow" else USUAL)
    fake_of(asked).troubles.extend([trouble] * 5)
    with pytest.raises(error):
        await tracker.projects()
    assert "/elsewhere" not in fake_of(asked).paths()
    await tracker.close()


async def test_after_a_pause_was_asked_for_nothing_is_asked_until_it_is_over(asked: Rig) -> None:
    fake_of(asked).troubles.append("busy")
    with pytest.raises(Busy) as first:
        await asked.tracker.projects()
    before = len(fake_of(asked).asked)
    with pytest.raises(Busy) as second:
        await asked.tracker.projects()
    assert len(fake_of(asked).asked) == before
    assert timedelta(0) < second.value.retry_after <= first.value.retry_after


def with_more(_: str, body: Any) -> Any:
    """Fields that nobody knows, everywhere."""
    if isinstance(body, dict):
        return {"zzz": {"new": [1]}, **{k: with_more("", v) for k, v in body.items()}}
    return [with_more("", v) for v in body] if isinstance(body, list) else body


async def test_unknown_fields_change_nothing(asked: Rig) -> None:
    plain = await asked.tracker.facts(asked.project)
    fake_of(asked).morph = with_more
    assert await asked.tracker.facts(asked.project) == plain


def leaves(body: Any, path: tuple[Any, ...] = ()) -> set[str]:
    """The names of all fields."""
    if isinstance(body, dict):
        return set(body) | {n for v in body.values() for n in leaves(v)}
    return {n for v in body for n in leaves(v)} if isinstance(body, list) else set()


def without(name: str, *, null: bool) -> Morph:
    """An answer in which a field is null, or is not there."""

    def morph(_: str, body: Any) -> Any:
        if isinstance(body, dict):
            kept = {k: morph("", v) for k, v in body.items() if k != name}
            return {**kept, name: None} if null and name in body else kept
        return [morph("", v) for v in body] if isinstance(body, list) else body

    return morph


@pytest.mark.parametrize("null", [True, False])
async def test_each_field_may_be_null_or_absent(asked: Rig, null: bool) -> None:
    fake = fake_of(asked)
    names: set[str] = set()

    def look(_: str, body: Any) -> Any:
        names.update(leaves(body))
        return body

    fake.morph = look
    plain = await asked.tracker.facts(asked.project)
    for name in sorted(names):
        fake.morph = without(name, null=null)
        again = await _facts_or_error(asked)
        whole, known = (again.whole if again else None), plain.whole
        assert known is not None
        if whole is not None and name not in DECIDES:
            assert whole.done in (None, known.done), name
    assert len(names) > 10  # so that something was left out at all


async def _facts_or_error(rig: Rig) -> ProjectFacts | None:
    try:
        return await rig.tracker.facts(rig.project)
    except OutsideError:
        return None


async def test_no_secret_no_query_and_no_body_is_logged(asked: Rig) -> None:
    with structlog.testing.capture_logs() as logs:
        await asked.tracker.facts(asked.project)
        fake_of(asked).troubles.extend(["truncated", "down"])
        assert await _facts_or_error(asked) is None
    said = json.dumps(logs, default=str, ensure_ascii=False)
    assert len(logs) >= 3
    assert {tuple(sorted(entry)) for entry in logs} == {
        ("code", "event", "host", "log_level", "path", "seconds", "status")
    }
    for secret in (*asked.secrets, "Tram depot", asked.project):
        assert secret not in said


async def test_what_an_error_tells_the_operator_holds_no_secret(asked: Rig) -> None:
    for trouble in ("down", "truncated", "redirect", "html"):
        fake_of(asked).troubles.extend([trouble] * 3)
        with pytest.raises(OutsideError) as raised:
            await asked.tracker.projects()
        fake_of(asked).troubles.clear()
        assert raised.value.text.en
        assert raised.value.text.zh
        for secret in asked.secrets:
            assert secret not in f"{raised.value.detail} {raised.value}"
