"""How long one forecast of 2,000 futures takes, from a measured pace and from estimates."""

from collections.abc import Callable, Iterator
from datetime import date
from time import perf_counter

from bench.table import Row, spread
from bot.core.foresight.chance import draws
from bot.core.foresight.forecast import (
    Estimate,
    Remaining,
    Samples,
    Start,
    forecast,
    from_estimates,
)
from bot.core.reading.calendars import calendar

TIMES = 40
AIM = "< 50 ms"
START = Start(date(2026, 11, 23), calendar("CN"))
DONE, FOUND = (3, 5, 2, 4, 6, 3, 4, 4), (1, 0, 2, 1, 1, 0, 1, 0)
ITEMS = [Estimate(f"item {n}", 1 + n % 3, 3 + n % 5, 8 + n % 9) for n in range(30)]


def rows() -> Iterator[Row]:
    """All figures of this file."""
    measured, growing = Samples(DONE, "week"), Samples(DONE, "week", FOUND)
    left = Remaining(25, 40, growth=(0.0, 0.2))
    cases: dict[str, Callable[[int], object]] = {
        "eight weeks": lambda n: forecast(30, measured, start=START, draw=draws(n)),
        "growing scope": lambda n: forecast(left, growing, start=START, draw=draws(n)),
        "30 estimates": lambda n: from_estimates(ITEMS, people=3, start=START, draw=draws(n)),
    }
    for name, once in cases.items():
        once(0)  # the calendar is read on first use
        yield Row(f"forecast: {name}", spread([_seconds(once, n) for n in range(TIMES)]), AIM)


def _seconds(once: Callable[[int], object], n: int) -> float:
    began = perf_counter()
    once(n)
    return perf_counter() - began
