"""Dates with a basis: many simulated futures from what is left and how fast it went so far.

Throughput of the last weeks says more about the end than a plan does (Vacanti, "Actionable Agile
Metrics", 2015; Magennis, "Forecasting and Simulating Software Development Projects", 2011). The
usual resampling of 5 to 12 samples is too sure of itself: it takes their mean for the true pace.
Here the pace is uncertain too. In each future,

- the spread φ (variance to mean) comes from a scaled inverse χ², as for any variance that was
  estimated from few figures, widened where a slow week tends to follow a slow one;
- the pace comes from a gamma distribution with the mean of the samples and variance φ·mean/n;
- the end comes from the gamma distribution that the passage time of such a process has.

That is a quasi-Poisson model (Wedderburn 1974) with its conjugate pace (Gelman et al., "Bayesian
Data Analysis", ch. 2 and 3). docs/reference/forecast.md shows how often its dates hold.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, inf, sqrt
from typing import Literal

from bot.core.foresight.chance import Draw, gamma, pick
from bot.core.reading.calendars import Calendar
from bot.core.words import Text

Period = Literal["day", "working_day", "week"]

RUNS = 2000  # simulated futures; the error of a share is then about one in a hundred
FEWEST = 3  # samples below which no date is given
TARGET, COMMIT = 0.5, 0.85  # the shares of futures behind the two dates (catalogue, section 11)

_WORKING_WEEK = 5  # working days
_HORIZON = 1300  # working days, five years; a future that takes longer has no end
_RECENT: Mapping[Period, int] = {
    "day": 84,
    "working_day": 60,
    "week": 12,
}  # older samples say little about the pace now
_SEASON: Mapping[Period, int] = {"day": 7, "working_day": _WORKING_WEEK, "week": 0}
# Beliefs before the data, each worth that many samples.
_SPREAD_WORTH = 3
_ECHO_WORTH = 12
_LEAST_VARIATION = 0.2  # deviation over mean of a very steady team
_ECHO = (-0.3, 0.6)  # bounds of the correlation of one period with the next
_SLOWEST = 0.02  # of the pace; below it the work grows as fast as it is done
# Estimates by people: the low and high ones are passed in about one case of ten each at best.
_TAIL = 0.1
_ROUNDS = 40  # to find the ends of a triangle; far more than it takes
_GRAIN = 200  # steps of one distribution
_TOGETHER = 0.5  # how often the items of one future are off the same way

NO_PACE = Text(
    en="Nothing was finished in these periods, so there is no pace to count with. "
    "Give a stretch in which something was done.",
    zh="这几期没有完成任何工作，算不出速度。请给出有完成量的一段时间。",
)
NOTHING_LEFT = Text(
    en="Nothing is left by these figures. How many items are still to be done?",
    zh="按这些数已经没有剩余工作。还剩多少项要做？",
)
NO_END = Text(
    en="At this pace the work has no end in sight: in too many simulated futures it takes more "
    "than five years. Cut the scope, or look at why new work comes as fast as old work goes.",
    zh="按这个速度看不到头：太多模拟结果超过五年。需要减范围，或者看看为什么新增和完成一样快。",
)
TOO_FEW = Text(
    en="With {count} of them a date would be a guess. Give at least {fewest}, better eight.",
    zh="只有{count}期，算出来的日期等于猜。至少给{fewest}期，最好有8期。",
)
BAD_ESTIMATE = Text(
    en="“{what}”: the three figures must rise, from the best case to the worst, and the worst "
    "must be above zero.",
    zh="“{what}”：三个数要从乐观到悲观依次变大，悲观值要大于零。",
)


@dataclass(frozen=True, slots=True)
class Samples:
    """How much was finished in each period, oldest first; `found` is new work of the same periods."""

    done: tuple[float, ...]
    period: Period
    found: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left, as a range; `growth` is how much it may still grow, 0.1 for a tenth."""

    low: float
    high: float
    growth: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Person-days for one item by those who do it: at best, most likely, at worst."""

    what: str
    low: float
    likely: float
    high: float


@dataclass(frozen=True, slots=True)
class Start:
    """The day whose evening the figures are from; work goes on at the next working day."""

    day: date
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the simulated futures end: `shares[i]` of all `runs` are done by the evening of `days[i]`.

    The shares rise and reach at least 0.85; they stay below 1 where some futures have no end.
    """

    days: tuple[date, ...]
    shares: tuple[float, ...]
    runs: int

    @property
    def p50(self) -> date:
        """The target: half of the futures are done by then."""
        return self.at(TARGET)

    @property
    def p85(self) -> date:
        """The day to commit to: 85 of 100 futures are done by then."""
        return self.at(COMMIT)

    def at(self, share: float) -> date:
        """The first day by which that share of the futures is done; the last one known above."""
        return self.days[min(bisect_left(self.shares, share), len(self.days) - 1)]

    def probability(self, day: date) -> float:
        """The share of futures that are done by the evening of `day`, 0 to 1."""
        at = bisect_right(self.days, day)
        return self.shares[at - 1] if at else 0.0


def forecast(
    remaining: float | Remaining,
    samples: Samples,
    *,
    start: Start,
    draw: Draw,
    runs: int = RUNS,
) -> Forecast | Text:
    """When the work ends, from its measured pace; a sentence when the figures cannot say.

    Only recent samples count: twelve weeks. Weekly figures are spread over the working days of
    the calendar. New work that was found along the way goes on being found at its own pace.
    """
    left = Remaining(remaining, remaining) if isinstance(remaining, float | int) else remaining
    recent = _recent(samples)
    if left.low <= 0 or left.high < left.low:
        return NOTHING_LEFT
    if len(recent.done) < FEWEST:
        return TOO_FEW.fill(count=len(recent.done), fewest=FEWEST)
    if not any(recent.done):
        return NO_PACE
    once = _passage(recent, draw)
    length = _WORKING_WEEK if samples.period == "week" else 1
    ends = [once(_volume(left, draw)) * length for _ in range(runs)]
    return _gathered(ends, start, working=samples.period != "day")


def from_estimates(
    estimates: Sequence[Estimate],
    *,
    people: float,
    start: Start,
    draw: Draw,
    runs: int = RUNS,
) -> Forecast | Text:
    """When the work ends, from three-point estimates in person-days shared by `people`.

    Each item has a triangular distribution (a usual stand-in for the beta of PERT, Malcolm et al.
    1959). Ranges that people give hold less often than they think (Jørgensen, Teigen and Moløkken
    2004), so the low and the high figure are read as the tenth and the ninetieth percentile, and
    in half of the futures all items are off the same way, since one cause delays many of them.
    """
    if not estimates or people <= 0:
        return NOTHING_LEFT
    for one in estimates:
        if not 0 <= one.low <= one.likely <= one.high or one.high <= 0:
            return BAD_ESTIMATE.fill(what=one.what)
    steps: list[list[float]] = [_steps(one) for one in estimates]
    together = [sum(column) for column in zip(*steps, strict=True)]
    efforts = [
        pick(together, draw)
        if draw() < _TOGETHER
        else sum([one[int(draw() * _GRAIN)] for one in steps])
        for _ in range(runs)
    ]
    return _gathered([effort / people for effort in efforts], start, working=True)


def pert_mean(estimate: Estimate) -> float:
    """The expected person-days of one item: (low + 4·likely + high) / 6 (PERT)."""
    return (estimate.low + 4 * estimate.likely + estimate.high) / 6


def _recent(samples: Samples) -> Samples:
    """The latest samples, as whole weeks where there are days of at least two of them."""
    keep, season = _RECENT[samples.period], _SEASON[samples.period]
    keep = min(keep, len(samples.done))
    if season and keep >= 2 * season and any(samples.done[keep % season - keep :]):
        keep -= keep % season
    return Samples(samples.done[-keep:], samples.period, samples.found[-keep:])


def _volume(left: Remaining, draw: Draw) -> float:
    low, high = left.growth
    if left.low == left.high and not high:
        return left.low
    return (left.low + (left.high - left.low) * draw()) * (1 + low + (high - low) * draw())


def _passage(samples: Samples, draw: Draw) -> Callable[[float], float]:
    """A function that draws how many periods a volume takes; infinity when it never ends."""
    count, season = len(samples.done), _SEASON[samples.period]
    mean = sum(samples.done) / count
    spread, certainty = _spread(samples.done, season)
    found = sum(samples.found) / count
    found_spread, _ = _spread(samples.found, season) if found else (0.0, 0.0)

    def once(volume: float) -> float:
        phi = spread * certainty / (2 * gamma(certainty / 2, draw))
        pace = gamma(count * mean / phi, draw) * phi / count
        growth = gamma(count * found / found_spread, draw) * found_spread / count if found else 0.0
        net = pace - growth
        if net <= pace * _SLOWEST:
            return inf
        # First passage of a drift `net` with this variance a period: its mean and variance.
        shape = volume * net / (pace * phi + growth * found_spread)
        return gamma(shape, draw) * volume / (net * shape)

    return once


def _spread(values: Sequence[float], season: int) -> tuple[float, float]:
    """The ratio of long-run variance to mean, and how many samples it is worth."""
    count, mean = len(values), sum(values) / len(values)
    rest, means = _without_season(values, season)
    free = count - means
    squares = sum(x * x for x in rest)
    # Counts vary at least as chance makes them (variance = mean); measured amounts have no such unit.
    counted = 1.0 if all(x == int(x) for x in values) else 0.0
    prior = max(counted, mean * _LEAST_VARIATION**2)
    spread = (squares / mean + _SPREAD_WORTH * prior) / (free + _SPREAD_WORTH)
    echo = sum(a * b for a, b in pairwise(rest)) / squares if squares else 0.0
    # The estimate from few values lies 1/n too low (Kendall 1954); it is drawn towards none.
    echo = (echo + 1 / count) * count / (count + _ECHO_WORTH)
    echo = max(_ECHO[0], min(_ECHO[1], echo))
    return spread * (1 + echo) / (1 - echo), free + _SPREAD_WORTH


def _without_season(values: Sequence[float], season: int) -> tuple[list[float], int]:
    """Each value less the mean of its day of the week, or of all; and how many means that took."""
    step = season if season and len(values) >= 2 * season else 1
    means = [sum(values[i::step]) / len(values[i::step]) for i in range(step)]
    return [x - means[i % step] for i, x in enumerate(values)], step


def _gathered(ends: Sequence[float], start: Start, *, working: bool) -> Forecast | Text:
    """The ends, in days after the start, as dates with the share done by each."""
    counts = Counter(max(1, ceil(end)) for end in ends if end <= _HORIZON)
    days, shares, done = [], [], 0
    for after in sorted(counts):
        done += counts[after]
        day = start.calendar.add(start.day, after) if working else start.day + timedelta(days=after)
        days.append(day)
        shares.append(done / len(ends))
    if done / len(ends) < COMMIT:
        return NO_END
    return Forecast(tuple(days), tuple(shares), len(ends))


def _steps(estimate: Estimate) -> list[float]:
    """The person-days of one item at evenly spaced shares of its triangular distribution."""
    low, peak, high = _triangle(estimate)
    width = high - low
    if not width:
        return [peak] * _GRAIN
    shares = [(i + 0.5) / _GRAIN for i in range(_GRAIN)]
    return [
        low + sqrt(u * width * (peak - low))
        if u * width <= peak - low
        else high - sqrt((1 - u) * width * (high - peak))
        for u in shares
    ]


def _triangle(estimate: Estimate) -> tuple[float, float, float]:
    """The ends and the peak of the triangle whose tenth and ninetieth percentile are given.

    With sides l and r beside the peak, the tenth percentile lies sqrt(0.1·(l + r)·l) inside the
    left end; so l and r are found by going round until they stand still.
    """
    below, above = estimate.likely - estimate.low, estimate.high - estimate.likely
    left, right = below, above
    for _ in range(_ROUNDS):
        whole = left + right
        left, right = below + sqrt(_TAIL * whole * left), above + sqrt(_TAIL * whole * right)
    return max(0.0, estimate.likely - left), estimate.likely, estimate.likely + right
