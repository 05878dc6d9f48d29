"""Simulated projects with a known end, to see how often the dates of a forecast hold.

`python -m tests.core.projects` writes the table of docs/reference/forecast.md; the test of the same
name computes each row again and holds it against the page.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import exp, log, sqrt
from pathlib import Path

from bot.core.foresight.chance import Draw, draws, gamma, normal, pick
from bot.core.foresight.forecast import (
    NO_END,
    Estimate,
    Forecast,
    Samples,
    Start,
    forecast,
    from_estimates,
)
from bot.core.reading.calendars import calendar

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "forecast.md"
PROJECTS = 2000  # of each family
RUNS = 200  # simulated futures of each forecast
PLAIN_RUNS = 40
START = Start(date(2026, 1, 5), calendar("none"))
_TOO_LONG = 1200  # working days; such a project is drawn again

Days = Iterator[tuple[int, int]]  # finished and newly found on each working day


@dataclass(frozen=True, slots=True)
class Held:
    """How often the dates of one family held, as shares; `plain` is resampling as usually done."""

    p50: float
    p85: float
    plain: float | None
    undated: float  # share of projects for which no date was given

    def row(self, name: str) -> str:
        """The family's row of the table."""
        plain = "–" if self.plain is None else f"{self.plain:.1%}"
        return f"| {name} | {self.p50:.1%} | {self.p85:.1%} | {plain} | {self.undated:.1%} |"


@dataclass(frozen=True, slots=True)
class Project:
    """What was seen before the forecast, what is left, and how many working days it then took."""

    seen: Samples
    left: int
    took: int


def _steady(mean: float, draw: Draw) -> Days:
    while True:
        yield _poisson(mean, draw), 0


def _bursty(mean: float, draw: Draw) -> Days:
    spread = 1.5 + 2.5 * draw()  # variance to mean
    while True:
        yield _poisson(gamma(mean / (spread - 1), draw) * (spread - 1), draw), 0


def _wavy(mean: float, draw: Draw) -> Days:
    """The pace of a week follows that of the week before, for better and worse."""
    echo, size = 0.3 + 0.5 * draw(), 0.15 + 0.25 * draw()
    state = size * normal(draw)
    while True:
        state = echo * state + sqrt(1 - echo * echo) * size * normal(draw)
        for _ in range(5):
            yield _poisson(mean * exp(state - size * size / 2), draw), 0


def _weekdays(mean: float, draw: Draw) -> Days:
    """Mondays are strong and Fridays weak."""
    size = 0.2 + 0.4 * draw()
    while True:
        for step in (1.0, 0.5, 0.0, -0.5, -1.0):
            yield _poisson(mean * (1 + size * step), draw), 0


def _growing(mean: float, draw: Draw) -> Days:
    """For each ten items done, up to three and a half new ones turn up."""
    share = 0.05 + 0.3 * draw()
    while True:
        yield _poisson(mean, draw), _poisson(mean * share, draw)


FAMILIES: Mapping[str, Callable[[float, Draw], Days]] = {
    "steady pace (Poisson)": _steady,
    "bursty pace (negative binomial)": _bursty,
    "good and bad weeks in a row (autocorrelated)": _wavy,
    "strong and weak weekdays": _weekdays,
    "scope that grows": _growing,
}
ESTIMATED = "three-point estimates, errors shared"


def held(name: str) -> Held:
    """The figures of one family, always the same ones."""
    if name == ESTIMATED:
        return _held_estimates(draws(name))
    draw = draws(name)
    hits, dated, asked = [0, 0, 0], 0, 0
    while dated < PROJECTS:
        asked += 1
        project = _project(FAMILIES[name], draw, daily=dated % 2 == 1)
        found = forecast(project.left, project.seen, start=START, draw=draw, runs=RUNS)
        if not isinstance(found, Forecast):
            assert found == NO_END
            continue
        dated += 1
        end = START.calendar.add(START.day, project.took)
        hits[0] += end <= found.p50
        hits[1] += end <= found.p85
        hits[2] += project.took <= _plain(project, draw)
    p50, p85, plain = (hit / PROJECTS for hit in hits)
    return Held(p50, p85, plain, 1 - dated / asked)


def table() -> str:
    """All rows."""
    return "\n".join(held(name).row(name) for name in (*FAMILIES, ESTIMATED))


def _project(family: Callable[[float, Draw], Days], draw: Draw, *, daily: bool) -> Project:
    """A project of 2 to 20 items a week, seen for 5 to 12 weeks or for 10 to 30 days.

    Ten to eighty working days of work are left at the pace that was seen.
    """
    while True:
        days = family(exp(_between(log(0.4), log(4.0), draw)), draw)
        weeks = 5 + int(draw() * 8)
        count = 10 + int(draw() * 21) if daily else weeks * 5
        history = list(islice(days, count))
        step = 1 if daily else 5
        done = tuple(sum(d for d, _ in history[i : i + step]) for i in range(0, count, step))
        new = tuple(sum(f for _, f in history[i : i + step]) for i in range(0, count, step))
        if sum(done) < 3 or sum(new) > 0.6 * sum(done):
            continue
        left = max(3, round(sum(done) / count * exp(_between(log(10), log(80), draw))))
        took = _days_to_finish(days, left)
        if took <= _TOO_LONG:
            found = new if any(new) else ()
            return Project(Samples(done, "working_day" if daily else "week", found), left, took)


def _days_to_finish(days: Days, left: int) -> int:
    took = 0
    while left > 0 and took <= _TOO_LONG:
        done, new = next(days)
        left += new - done
        took += 1
    return took


def _plain(project: Project, draw: Draw) -> int:
    """The P85 in working days by resampling the samples themselves, as is usually done."""
    ends = []
    for _ in range(PLAIN_RUNS):
        left, took = float(project.left), 0
        while left > 0 and took < _TOO_LONG:
            at = int(draw() * len(project.seen.done))
            left -= project.seen.done[at]
            left += project.seen.found[at] if project.seen.found else 0
            took += 1
        ends.append(took * (5 if project.seen.period == "week" else 1))
    return sorted(ends)[int(0.85 * PLAIN_RUNS)]


def _held_estimates(draw: Draw) -> Held:
    """Items whose figures are near the true tenth and ninetieth percentile, with a common error."""
    hits = [0, 0]
    for _ in range(PROJECTS):
        common, shared = normal(draw), _between(0.1, 0.5, draw)
        people = pick((1, 2, 3, 5), draw)
        estimates, effort = [], 0.0
        for n in range(5 + int(draw() * 20)):
            likely, width = exp(_between(log(1), log(8), draw)), _between(0.2, 0.6, draw)
            middle = likely * exp(width * width)  # the median beside this peak
            low, high = (middle * exp(1.28 * s * width * _between(0.8, 1.2, draw)) for s in (-1, 1))
            estimates.append(Estimate(f"item {n}", low, likely, high))
            error = sqrt(shared) * common + sqrt(1 - shared) * normal(draw)
            effort += middle * exp(width * error)
        found = from_estimates(estimates, people=people, start=START, draw=draw, runs=RUNS)
        assert isinstance(found, Forecast), found
        end = START.calendar.add(START.day, int(effort / people) + 1)
        hits[0] += end <= found.p50
        hits[1] += end <= found.p85
    return Held(hits[0] / PROJECTS, hits[1] / PROJECTS, None, 0.0)


def _poisson(mean: float, draw: Draw) -> int:
    """Knuth's count of uniform draws whose product stays above exp(-mean)."""
    count, product, least = 0, draw(), exp(-mean)
    while product > least:
        count += 1
        product *= draw()
    return count


def _between(low: float, high: float, draw: Draw) -> float:
    return low + (high - low) * draw()


def page() -> str:
    """The page with a fresh table in the place of the old one."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition("<!-- table -->\n")
    _, mark, tail = rest.partition("<!-- end -->")
    heads = "| projects | P50 held | P85 held | P85 of plain resampling | no date given |\n|---|---|---|---|---|\n"
    return f"{head}<!-- table -->\n{heads}{table()}\n{mark}{tail}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
