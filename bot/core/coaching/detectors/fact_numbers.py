"""The numbers of the facts, and what follows from them: slips, sums, differences, shares."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.coverage import scanned
from bot.core.reading import quantities as quantity_grammar
from bot.core.reading.quantities import Quantity

LOOSE = 3  # up to here a number stands everywhere
_MOST_COMBINED = 30  # numbers of the facts that are added and compared with each other
ROUNDED_FROM, ROUNDING = 20, 0.05
_WEEK = (5, 6, 7)  # days by which a daily figure is a weekly one
_SIZES: Mapping[str, tuple[float, ...]] = {
    "hour": (1 / 24,), "day": (1,), "working_day": (1, 1.4), "week": (7, 5), "fortnight": (14, 10),
    "month": (30, 28, 31),
}  # fmt: skip
_DAILY = re.compile(
    r"\b(?:an?|per|each|every) (?:day|night|shift)\b|daily|nightly|每[天日晚夜班]|一[天晚夜]"
)
_PROBABLE = re.compile(r"p(\d{2})", re.IGNORECASE)
FIGURES = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of each fact, of all, their shares of each other, and all that follows."""

    each: tuple[frozenset[float], ...]
    given: frozenset[float]
    shares: frozenset[float]
    derived: frozenset[float]
    sums: frozenset[float]  # what is made of two numbers of one fact
    weekly: frozenset[float]  # what a daily number comes to in a week
    percents: frozenset[float]
    lasting: frozenset[float]  # days that a fact lasts, or that lie between two of its days
    odds: frozenset[float]  # how probable the new date is said to be
    ratios: Mapping[float, frozenset[float]]  # the parts of each whole: 5 of 8


@lru_cache(maxsize=256)
def known_numbers(known: Context, today: date) -> Numbers:
    """All numbers of the facts, and what follows from them: slips, sums, differences, shares."""
    given: set[float] = set()
    sums: set[float] = set()
    weekly: set[float] = set()
    lengths = frozenset(_lengths(known))
    derived = {*lengths, float(len(known.options))}
    shares: set[float] = set()
    each: list[frozenset[float]] = []
    odds = frozenset(float(n) for n in _PROBABLE.findall(known.confidence or ""))
    percents = set() if known.percent_done is None else {float(known.percent_done)}
    ratios: dict[float, frozenset[float]] = {}
    for text in known.prose:
        _, spans = scanned(text, today, known.working)
        found = quantity_grammar.scan(text, taken=spans)
        for q in found:
            if q.of is not None:
                whole = float(q.of)
                ratios[whole] = ratios.get(whole, frozenset()) | {float(q.value)}
        percents |= {float(q.value) for q in found if q.kind == "percent"}
        own = _values(found) | _digits(text, spans)
        given |= own
        each.append(frozenset(own))
        made, parts = _combined(sorted(own)[:_MOST_COMBINED])
        sums |= made
        shares |= parts
        if _DAILY.search(text):
            weekly |= {a * days for a in own for days in _WEEK}
    fields = (
        known.percent_done, known.spent_days, known.remaining_days, known.people,
        known.previous_slips, known.contract_notice_days,
        known.remedy_percent if known.remedy_granted else None,
    )  # fmt: skip
    given |= {float(field) for field in fields if field is not None}
    if known.previous_slips is not None:
        derived.add(float(known.previous_slips + 1))
    return Numbers(
        tuple(each),
        frozenset(given),
        frozenset(shares),
        frozenset(given | derived | sums | weekly | shares),
        frozenset(sums | weekly),
        frozenset(weekly),
        frozenset(percents),
        frozenset(_lasting(known, today)),
        odds,
        ratios,
    )


def _lasting(known: Context, today: date) -> Iterator[float]:
    """Every length of the facts in days, and those between two days that they name."""
    days = set(known.days)
    for text in known.prose:
        found, spans = scanned(text, today, known.working)
        days |= found
        for q in quantity_grammar.scan(text, taken=spans):
            yield from in_days(q)
    ordered = sorted(days)[:_MOST_COMBINED]
    for n, a in enumerate(ordered):
        for b in ordered[n + 1 :]:
            apart = (b - a).days
            yield from (apart, apart + 1, known.working.between(a, b))


def in_days(quantity: Quantity) -> Iterator[float]:
    """A length in days, by the calendar and by working days."""
    for size in _SIZES.get(quantity.unit or "", ()) if quantity.kind == "duration" else ():
        yield float(quantity.value) * size


def _combined(few: Sequence[float]) -> tuple[set[float], set[float]]:
    """What two numbers of one fact make: sums, differences, products, shifts needed; and shares."""
    sums: set[float] = set()
    shares: set[float] = set()
    for n, a in enumerate(few):
        for b in few[n:]:
            sums |= set(results(a, b)) if a > LOOSE else {a * b, *_shifts(a, b)}
            if b:
                shares.add(float(round(a * 100 / b)))
    return sums, shares


def results(a: float, b: float) -> Iterator[float]:
    """What two numbers make: their sum, difference and product, and how often one takes the other."""
    yield from (a + b, abs(b - a), a * b)
    yield from _shifts(a, b)


def _shifts(a: float, b: float) -> Iterator[float]:
    less, more = sorted((a, b))
    if less:
        yield float(-(-more // less))


def _digits(text: str, dates: Iterable[tuple[int, int]]) -> set[float]:
    """The bare figures of a text, those of its dates left out."""
    spans = list(dates)
    return {
        float(match[0])
        for match in FIGURES.finditer(text)
        if not any(start <= match.start() < end for start, end in spans)
    }


def _values(found: Iterable[Quantity]) -> set[float]:
    return {float(v) for q in found for v in (q.value, q.of) if v is not None}


def _lengths(known: Context) -> set[float]:
    """Lengths between the dates of the case: calendar and working days, weeks, months."""
    found: set[float] = set()
    days = sorted(known.days)
    for i, a in enumerate(days):
        for b in days[i + 1 :]:
            apart = (b - a).days
            worked = known.working.between(a, b)
            found |= {
                float(n)
                for n in (apart, apart + 1, worked, apart // 7, -(-apart // 7), round(apart / 30))
            }
    return found


def rounds(number: float, given: frozenset[float]) -> bool:
    """Whether a number is one of the given ones made rounder: 50 for 48, not 48 for 47."""
    near = (n for n in given if n > ROUNDED_FROM and abs(number - n) <= n * ROUNDING)
    return any(_zeros(number) > _zeros(n) for n in near)


def _zeros(number: float) -> float:
    """How round a number is: the zeros at its end, a half for a five."""
    if number != int(number):
        return -1.0
    digits = str(int(number))
    bare = digits.rstrip("0")
    return len(digits) - len(bare) + (0.5 if bare.endswith("5") else 0.0)
