"""The numbers of the facts, and what follows from them: slips, sums, differences, shares."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.coverage import scanned
from bot.core.coaching.detectors.fact_measures import Measure, measured, measures, with_sums
from bot.core.coaching.detectors.progress import SAME_UNIT
from bot.core.reading import quantities as quantity_grammar
from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import Quantity

LOOSE = 3  # up to here a number stands everywhere
_MOST_COMBINED = 30  # numbers of the facts that are added and compared with each other
ROUNDED_FROM, ROUNDING = 20, 0.05
_FIRST_YEAR, _LAST_YEAR, _OF_YEAR = 1900, 2100, 0.015
WEEK = (5, 6, 7)  # days by which a daily figure is a weekly one
_SIZES: Mapping[str, tuple[float, ...]] = {
    "hour": (1 / 24,), "day": (1,), "working_day": (1, 1.4), "week": (7, 5), "fortnight": (14, 10),
    "month": (30, 28, 31),
}  # fmt: skip
_DAILY = re.compile(
    r"\b(?:an?|one|per|each|every) (?:(?:working|business) )?(?:day|night|shift|morning|evening|afternoon|weekday|workday)\b|daily|nightly"
    r"|每[天日晚夜班早]|每个?(?:工作日|上午|下午|早上|晚上|夜里)|一[天晚夜]"
)
_BY_WEEK = re.compile(
    r"\b(?:an?|per|each|every) week\b|weekly|每个?(?:周|星期|礼拜)(?![一二三四五六日天])|一周"
)
_PROBABLE = re.compile(r"p(\d{2})", re.IGNORECASE)
FIGURES = re.compile(
    r"(?<![\d,])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.\d{1,9})?(?!\d)"
)  # no longer one means a thing
LARGEST = 1e15
_ROW = re.compile(
    r"\b([A-Z])\s?(?:to|through|-|–|至|到|~)\s?([A-Z])\b|(?<![\d.:/-])(\d{1,3})\s?(?:to|through|-|–|至|到|~)\s?(\d{1,3})(?![\d.:/-])"
)
_OF_DAYS = re.compile(r" (?:days?|weeks?|months?|nights?|shifts?)\b")  # four bad-weather days
_NONE: frozenset[str] = frozenset()
_ITEM = re.compile(
    r"[,;，；、]\s?(?:and )?|\band\b|(?<=[\u4e00-\u9fff])和"
)  # between things that are told
_ROW_OF = re.compile(r"\b([A-Z]) ?(?:to|through|-|–|至|到) ?([A-Z]) of (?:the )?(\d{1,3})\b")

# Stretches of time that are counted as things.
OF_TIME = re.compile(
    r"\S{1,12}\s(?:\w{3,9}\s)?(?:nights?|shifts?|evenings?|mornings?|afternoons?|weekends?|sessions?)\b"
    r"|[\d零一二两三四五六七八九十]{1,4}个?(?:夜|晚|班|白天|上午|下午|周末|整天|昼夜)"
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of each fact, of all, their shares of each other, and all that follows."""

    each: tuple[frozenset[float], ...]
    given: frozenset[float]
    shares: frozenset[float]
    derived: frozenset[float]
    sums: frozenset[float]  # what two numbers of one fact make, or a pace until the new date
    weekly: frozenset[float]  # what a daily number comes to in a week
    percents: frozenset[float]
    lasting: frozenset[float]  # days that a fact lasts, or that lie between two of its days
    odds: frozenset[float]  # how probable the new date is said to be
    ratios: Mapping[float, frozenset[float]]  # the parts of each whole: 5 of 8
    measured: tuple[Measure, ...]  # what has a unit of measure, and what two of a kind make
    paced: tuple[Measure, ...]  # what a daily measure comes to in a week
    bare: frozenset[float]  # what is given without a thing that it counts


@dataclass(frozen=True, slots=True)
class _Fact:
    """The numbers of one fact, and what two of them make."""

    own: frozenset[float]
    quantities: tuple[Quantity, ...]
    sums: frozenset[float]
    shares: frozenset[float]
    shifts: frozenset[float]
    parts: frozenset[float]  # what is left of one number without another
    daily: bool
    by_week: bool
    measured: tuple[Measure, ...]
    units: Set[float]  # the numbers that count or measure something


@lru_cache(maxsize=256)
def known_numbers(known: Context, today: date) -> Numbers:
    """All numbers of the facts, and what follows from them: slips, sums, differences, shares."""
    facts = [_of_fact(text, known, today) for text in known.prose]
    given = _all(fact.own for fact in facts) | _fields(known)
    shares = _all(fact.shares for fact in facts)
    paces = _all(fact.own for fact in facts if fact.daily)
    weekly = frozenset(pace * days for pace in paces for days in WEEK)
    by_week = _all(fact.own for fact in facts if fact.by_week)
    lost = {n * days for n in paces for days in _slip(known)}
    lost |= {n * weeks for n in by_week for weeks in _weeks(known)}
    sums = _all(fact.sums for fact in facts).union(weekly, lost)
    left = sorted(given | _all(fact.parts for fact in facts))[:_MOST_COMBINED]
    shifts = (float(n) for a in left for pace in paces if pace for n in (a // pace, -(-a // pace)))
    again = set() if known.previous_slips is None else {float(known.previous_slips + 1)}
    ratios: dict[float, frozenset[float]] = {}
    for q in (q for fact in facts for q in fact.quantities if q.of is not None):
        whole = float(q.of or 0)
        part = float(q.value)
        ratios[whole] = ratios.get(whole, frozenset()) | {part, part * whole if part < 1 else part}
    for text in known.prose:
        for low, high, whole in _ROW_OF.findall(text):
            count = float(ord(high) - ord(low) + 1)
            ratios[float(whole)] = ratios.get(float(whole), frozenset()) | {count}
        for whole, _, part in SAME_UNIT.findall(normalise(text)):
            ratios[float(whole)] = ratios.get(float(whole), frozenset()) | {float(part)}
    percents = {float(q.value) for f in facts for q in f.quantities if q.kind == "percent"}
    if known.percent_done is not None:
        percents.add(float(known.percent_done))
    return Numbers(
        each=tuple(fact.own for fact in facts),
        given=given,
        shares=shares,
        derived=given | shares | sums | _lengths(known) | again | {float(len(known.options))},
        sums=sums,
        weekly=weekly,
        percents=frozenset(percents),
        lasting=_all(f.shifts for f in facts).union(_lasting(known, today), shifts),
        odds=frozenset(float(n) for n in _PROBABLE.findall(known.confidence or "")),
        ratios=ratios,
        measured=with_sums(tuple(one for fact in facts for one in fact.measured)),
        paced=tuple(m.times(n) for f in facts if f.daily for m in f.measured for n in WEEK),
        bare=given - _all(frozenset(fact.units) for fact in facts),
    )


def _slip(known: Context) -> Iterator[int]:
    """The days by which the date moves, by the calendar and at work."""
    if known.original_date is not None and known.new_date is not None:
        yield (known.new_date - known.original_date).days
        yield known.working.between(known.original_date, known.new_date)


def _weeks(known: Context) -> Iterator[int]:
    """The weeks by which the date moves."""
    for days in list(_slip(known))[:1]:
        yield round(days / 7)


def _all(parts: Iterable[frozenset[float]]) -> frozenset[float]:
    return frozenset[float]().union(*parts)


def _fields(known: Context) -> frozenset[float]:
    fields = (
        known.percent_done, known.spent_days, known.remaining_days, known.people,
        known.previous_slips, known.contract_notice_days,
        known.remedy_percent if known.remedy_granted else None,
    )  # fmt: skip
    return frozenset(float(field) for field in fields if field is not None)


@lru_cache(maxsize=1024)
def _of_fact(text: str, known: Context, today: date) -> _Fact:
    _, spans = scanned(text, today, known.working)
    found = quantity_grammar.scan(text, taken=spans)
    counted = _values(found) | _digits(text, spans) | set(_in_rows(text))
    own = frozenset(n for n in counted if n < LARGEST)
    units = _units(found, normalise(text))
    few = sorted(own)[:_MOST_COMBINED]
    pairs = [(a, b) for n, a in enumerate(few) for b in few[n:]]
    alike = [(a, b) for a, b in pairs if _alike(units, a, b)]
    daily = _DAILY.search(text) is not None
    return _Fact(
        own,
        found,
        frozenset(_made(units, pairs)).union(_left(found), _items(text)),
        frozenset(float(round(a * 100 / b)) for a, b in alike if b),
        frozenset(x for a, b in pairs for x in quotients(a, b)),
        frozenset(b - a for a, b in alike if a != b),
        daily,
        _BY_WEEK.search(text) is not None,
        measured(text, found),
        units.keys(),
    )


_Units = Mapping[float, frozenset[str]]


def _units(found: Iterable[Quantity], text: str) -> _Units:
    """What each number of a fact counts: time, money, a measure, a count; nothing for a bare one."""
    units: dict[float, frozenset[str]] = {}
    for q in found:
        own = next((m.kind for m in measures(text, q)), "count" if q.kind == "ratio" else q.kind)
        if own == "time" or _OF_DAYS.match(text, q.span[1]):
            own = "duration"
        for value in (q.value, q.of):
            if value is not None and (q.unit or own != "number"):
                units[float(value)] = units.get(float(value), frozenset()) | {own}
    return units


def _alike(units: _Units, a: float, b: float) -> bool:
    """Whether two numbers may count the same."""
    one, other = units.get(a), units.get(b)
    return not one or not other or bool(one & other)


def _made(units: _Units, pairs: Iterable[tuple[float, float]]) -> Iterator[float]:
    """What pairs of numbers make: like ones a sum and a difference, others a product."""
    for a, b in pairs:
        if a > LOOSE and _alike(units, a, b):
            yield from (a + b, abs(b - a))
        if not (units.get(a, _NONE) & units.get(b, _NONE)):
            yield a * b


def _left(found: Iterable[Quantity]) -> Iterator[float]:
    """What is left of each whole."""
    return (float(q.of - q.value) for q in found if q.of is not None)


def _items(text: str) -> Iterator[float]:
    """How many things a fact lists, where it lists some."""
    number = len(_ITEM.findall(text)) + 1
    if number > LOOSE:
        yield float(number)


def _in_rows(text: str) -> Iterator[float]:
    """How many there are from the first of a row to its last: blocks A to D, panels 40 to 52."""
    for match in _ROW.finditer(text):
        first, last, low, high = match.groups()
        apart = ord(last) - ord(first) if first else int(high) - int(low)
        if apart > 0:
            yield float(apart + 1)


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


def results(a: float, b: float) -> Iterator[float]:
    """What two numbers make: their sum, difference and product."""
    yield from (a + b, abs(b - a), a * b)


def quotients(a: float, b: float) -> Iterator[float]:
    """How many times one number takes to reach the other: 112 seams at 16 a day."""
    less, more = sorted((a, b))
    if less:
        yield float(-(-more // less))


def _digits(text: str, dates: Iterable[tuple[int, int]]) -> set[float]:
    """The bare figures of a text, those of its dates left out."""
    spans = list(dates)
    return {
        float(match[0].replace(",", ""))
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
    near = (n for n in given if n > ROUNDED_FROM and abs(number - n) <= n * _room(n))
    return any(zeros(number) > zeros(n) for n in near)


def _room(given: float) -> float:
    """The share by which a rounder number may be off: little of what may be a year."""
    return _OF_YEAR if _FIRST_YEAR <= given < _LAST_YEAR else ROUNDING


def zeros(number: float) -> float:
    """How round a number is: the zeros at its end, a half for a five."""
    if number >= LARGEST or number != int(number):
        return -1.0
    digits = str(int(number))
    bare = digits.rstrip("0")
    return len(digits) - len(bare) + (0.5 if bare.endswith("5") else 0.0)
