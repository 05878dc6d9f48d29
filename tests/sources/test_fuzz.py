"""Answers that are shuffled, cut, wrongly typed or huge: facts or a closed error, never a made-up number."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.tracking.facts import ProjectFacts
from bot.engine.outside import OutsideError
from bot.sources.files import facts_of
from tests.sources.fakes.vendor import START, Clock
from tests.sources.rigs import RIGS, Rig

SHANGHAI = ZoneInfo("Asia/Shanghai")
GONE = object()  # the field is not there
JUNK: tuple[Any, ...] = (
    None, GONE, "", "x" * 5000, "\ud800\x00", -1, 0, 1, True, False, 3.5, 1e308, float("nan"),
    float("inf"), 10**400, 10**11, 10**13, "12", "2026-13-45", "2026-02-30T25:00:00Z", [], {}, [[]],
    [None, 5, "a"], {"id": {}}, {"date": "soon"}, {"value": {"value": 3}}, {"type": []},
)  # fmt: skip
mutations = st.lists(
    st.tuples(st.integers(0, 400), st.sampled_from(range(len(JUNK)))), min_size=1, max_size=6
)


def places(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in an answer, itself included."""
    yield path
    inner = body.items() if isinstance(body, dict) else ()
    for key, value in inner or (enumerate(body) if isinstance(body, list) else ()):
        yield from places(value, (*path, key))


def changed(body: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return {} if junk is GONE else junk
    key, rest = path[0], path[1:]
    if isinstance(body, dict):
        if not rest and junk is GONE:
            return {k: v for k, v in body.items() if k != key}
        return {k: changed(v, rest, junk) if k == key else v for k, v in body.items()}
    kept = [changed(v, rest, junk) if n == key else v for n, v in enumerate(body)]
    return kept[::-1]  # shuffled as well


def numbers(body: Any) -> Iterator[float]:
    """Every number of an answer, also one that is written as a text."""
    if isinstance(body, str) and body.isdecimal() and len(body) < 16:
        body = int(body)
    if isinstance(body, int | float) and not isinstance(body, bool):
        yield body
    for value in (
        body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    ):
        yield from numbers(value)


def counts_in(body: Any) -> Iterator[float]:
    """The numbers under the names that products count by."""
    for key, value in body.items() if isinstance(body, dict) else ():
        if key == "total" or str(key).endswith(("_count", "_points")):
            yield from numbers(value)
        yield from counts_in(value)
    for value in body if isinstance(body, list) else ():
        yield from counts_in(value)


def written_days(body: Any) -> Iterator[date]:
    """Every day that an answer writes out."""
    if isinstance(body, str) and re.match(r"\d{4}-\d\d-\d\d", body):
        with suppress(ValueError):
            yield date.fromisoformat(body[:10])
    for value in (
        body.values() if isinstance(body, dict) else body if isinstance(body, list) else ()
    ):
        yield from written_days(value)


def days_of(found: set[float]) -> set[date]:
    """Every day that one of the numbers can mean."""
    days = set()
    for one in found:
        for seconds in (one, one / 1000 if abs(one) < 10**300 else one):
            if 0 < seconds < 4_102_444_800:
                days.add(datetime.fromtimestamp(int(seconds), UTC).astimezone(SHANGHAI).date())
    return days


def check(facts: ProjectFacts, allowed: set[date], counts: set[float], rows: int) -> None:
    """Each number and day of the facts stands in the answers, or counts rows that came."""
    for m in facts.milestones:
        assert (m.done is None) == (m.total is None) == (m.basis == "none")
        if m.done is not None and m.total is not None:
            assert 0 <= m.done <= m.total
            assert {m.done, m.total} <= counts or 1 <= m.total <= rows
        assert m.due is None or m.due in allowed
    for item in facts.late_items:
        assert item.due in allowed
        assert item.state != "done"
    assert all(len(m.name) <= 300 for m in facts.milestones)
    facts.name.encode()  # no half of a character, which no database takes


async def fuzzed(rig: Rig, mutated: list[tuple[int, int]], turn: int) -> None:
    """One read of facts in which the answers are spoilt in these places."""
    assert rig.fake is not None
    days: set[date] = set()
    counts: set[float] = set()
    rows = [0]
    count = [turn]

    def morph(_: str, body: Any) -> Any:
        count[0] += 1
        for place, junk in mutated if count[0] % 3 else ():
            every = list(places(body))
            body = changed(body, every[place % len(every)], JUNK[junk])
        days.update(days_of({*numbers(body)}), written_days(body))
        counts.update(counts_in(body))
        rows[0] += sum(1 for _ in places(body))
        return body

    rig.fake.morph = morph
    with suppress(OutsideError):
        check(await rig.tracker.facts(rig.project), days, counts, rows[0])


async def _spoilt(name: str, folder: Path, mutated: list[tuple[int, int]], turn: int) -> None:
    async with RIGS[name](Clock(), folder) as rig:
        await fuzzed(rig, mutated, turn)


@given(mutated=mutations, turn=st.integers(0, 2), name=st.sampled_from(sorted({*RIGS} - {"files"})))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_spoilt_answers_end_in_facts_or_a_closed_error(
    tmp_path: Path, mutated: list[tuple[int, int]], turn: int, name: str
) -> None:
    await _spoilt(name, tmp_path, mutated, turn)


@given(data=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@settings(max_examples=150, deadline=timedelta(seconds=5))
def test_any_file_ends_in_facts_or_a_closed_error(data: bytes) -> None:
    try:
        facts = facts_of("plan.csv", b"name,due,done,total\n" + data, at=START, today=START.date())
    except OutsideError:
        return
    for m in facts.milestones:
        assert (m.done is None) == (m.total is None)
