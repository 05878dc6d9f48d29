"""Coaching: all checks on texts of 2,000 and 20,000 characters, beside proselint on the same text."""

import time
from collections.abc import Callable, Iterator

from proselint.checks import __register__  # type: ignore[import-untyped]
from proselint.registry import CheckRegistry  # type: ignore[import-untyped]
from proselint.tools import LintFile  # type: ignore[import-untyped]

from bench.table import Row, spread
from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import context_of
from bot.core.words import Language

_FACTS = {
    "today": "2026-06-08", "original_date": "2026-06-19", "new_date": "2026-07-03",
    "cause": "the shaft seals failed the leak test because we ordered the wrong rubber",
    "cause_party": "ours", "status": "5 of 8 pumps installed", "audience": "executive",
    "next_update": "every Tuesday, first on 9 June", "sender": "Nora", "customer": "Mr Lindqvist",
}  # fmt: skip
_ENGLISH = """The feed pumps move from 19 June to 3 July. The shaft seals failed the leak test on {n} June
because we had ordered the wrong rubber grade; that is our mistake, and I am sorry that your night
shift has to switch the old pumps by hand. {n} of 80 valves are installed and {n} wait for gaskets.
The new date rests on the seals, confirmed for 22 June, and two days of fitting per pump. You can
rent two mobile pumps for {n}00 euros a day, or start the installed ones on 19 June. Please choose
by Friday 12 June. I report every Tuesday, first on 9 June.

"""
_CHINESE = """给水泵要从6月18日推迟到7月3日。6月4日第{n}批轴封泄漏试验不合格，橡胶牌号是我们订错的，责任在我们。
80个阀门装好{n}个，其余等垫片。新日期的依据：轴封6月22日到货，每台安装两天。方案一：租两台移动泵，每天{n}00元；
方案二：先启用已装好的。请6月12日（周五）前选定。每周二给您进展，首次6月9日。

"""
_AIMS = {2_000: "< 5 ms", 20_000: "< 60 ms"}  # at the median
_TIMES = {2_000: 40, 20_000: 12}


def rows() -> Iterator[Row]:
    """All figures of this file; no two rounds coach the same text."""
    CheckRegistry().register_many(__register__)
    for length, aim in _AIMS.items():
        for language, pattern in (("en", _ENGLISH), ("zh", _CHINESE)):
            figure = _timed(length, pattern, _coached("en" if language == "en" else "zh"))
            yield Row(f"{length:,} characters coached, {language}", figure, aim)
        yield Row(f"{length:,} characters in proselint, en", _timed(length, _ENGLISH, _linted))


def _coached(language: Language) -> Callable[[str], object]:
    coaching, known = default_coaching(), context_of(_FACTS)
    return lambda text: review(Task(text, "draft", language, known, "email"), coaching)


def _linted(text: str) -> object:
    return LintFile("draft", content=text).lint()


def _timed(length: int, pattern: str, do: Callable[[str], object]) -> str:
    taken = []
    for count in range(_TIMES[length] + 3):
        text = _text(length, pattern, count)
        before = time.perf_counter()
        do(text)
        taken.append(time.perf_counter() - before)
    return spread(taken[3:])


def _text(length: int, pattern: str, count: int) -> str:
    """Paragraphs up to `length`, each with other figures."""
    found = ""
    number = 10 + count
    while len(found) < length:
        number = 10 + (number * 7 + 3) % 69
        found += pattern.format(n=number)
    return found[:length]
