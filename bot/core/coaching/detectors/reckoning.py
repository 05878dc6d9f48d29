"""Which numbers of a draft follow from its facts in one step: the one place that every detector asks.

A sum, a difference, a product or a quotient of two given numbers, a share of one in another, a
length between two given days, other units, what a pace gives, and any of them rounded as far as
the words around it allow. What counts nothing, an idiom, a name, a day, is no number at all (uncounted.py).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import combinations
from math import gcd

from bot.core.coaching.detectors.fact_measures import measures
from bot.core.coaching.detectors.fact_numbers import (
    OF_TIME,
    ROUNDED_FROM,
    ROUNDING,
    WEEK,
    Numbers,
    in_days,
    quotients,
    results,
    rounds,
    zeros,
)
from bot.core.coaching.detectors.subject import Subject
from bot.core.coaching.detectors.uncounted import around, uncounted
from bot.core.reading.numerals import WORDS, chinese_number
from bot.core.reading.quantities import Quantity

_IN_A_SENTENCE = 12  # numbers of a sentence that are reckoned with
_LOOSE_ROUNDING = 0.12  # of what is told loosely and rounder: "over six hundred" for 640
_SAME = 1e-6  # share by which what is reckoned may be off
_HALF_DAY = 0.5
_ABOUT_A_WEEK = 2.0  # days by which a length in half weeks may be off
_LONG_UNITS = frozenset(["week", "fortnight", "month"])
_TENTHS = 12  # a whole that stands for no number of its own: seven out of ten
_ROUND_WHOLES = frozenset([10, 20, 100])
_POINT, _POINTS = 2.0, 5.0  # by which a share may be off in plain words, and told loosely
_LOOSELY = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|over|under|above|below|good|just|more than|less than|close to)\b"
    r"|约|近|(?<![几好])多(?![等用跑花出付加走绕耗占])|几|左右|出头|不到|上下|差不多|将近|快"
)
_OR, _APART = re.compile(r"\sor\s|或"), 2
_NEIGHBOURS = re.compile(r"([一二三四五六七八])([二三四五六七八九])(?![十百千万])")
_ONE_SIDED = re.compile(
    r"\b(?:over|under|above|below|more than|less than|fewer than|up to|at least|within) $|不到|超过|近$"
)
_SIDE = 0.2  # share by which a bound may be off
_AND_A_HALF = re.compile(r"\sand a half\b|½")
_MANY = rf"[1-9]\d?|100|{'|'.join(WORDS)}|a hundred"
_IN_MANY = re.compile(
    rf"\b(?P<part>{_MANY}) (?:[a-z-]+ ){{0,2}}?(?P<sign>in|out of|of) (?P<each>(?:every|each) )?(?P<whole>{_MANY})\b"
)
_LONGEST_SHARE = 40  # characters before a whole in which its part begins
_BOTH_WAYS = re.compile(
    r"\b(?:there and back|both ways|round trip|to and fro|twice|double)\b|来回|往返|翻倍|翻番"
)
_BY_WEEK = re.compile(r"\bweek|周|星期|礼拜")
_TENTH_MORE = re.compile(r"成([一二三四五六七八九])(?![一-鿿]?[天个周月])")


def follows(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a number of a draft is no claim of its own, or follows from the facts in one step."""
    if retold(subject, quantity, numbers) or _worked_out(subject, quantity, numbers):
        return True
    measured_otherwise = otherwise(subject, quantity, numbers)
    return not measured_otherwise and (
        _rounded(subject, quantity, numbers) or lasts(subject, quantity, numbers)
    )


def retold(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a number is no claim, or one of the facts in another form, whatever it counts."""
    return (
        uncounted(subject, quantity, numbers)
        or _in_many(subject, quantity, numbers)
        or _share(subject, quantity, numbers)
        or _and_a_half(subject, quantity, numbers)
        or _one_of_two(subject, quantity, numbers)
        or _in_units(subject, quantity, numbers)
        or (_in_nights(subject, quantity) and lasts(subject, quantity, numbers))
    )


def otherwise(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a number measures what the facts measure, too, and another one stands there."""
    if float(quantity.value) in numbers.bare:
        return False
    kinds = {one.kind for one in numbers.measured}
    own = tuple(measures(subject.plain, quantity))
    return any(one.kind in kinds for one in own) and not _in_units(subject, quantity, numbers)


def near_share(percent: float, numbers: Numbers, room: float) -> bool:
    """Whether a share of what was given, or what is left of the whole, comes near."""
    told = numbers.shares | numbers.percents | numbers.odds
    return any(min(abs(percent - n), abs(100 - percent - n)) < room for n in told)


def lasts(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a length is one of the facts, in other units, or lies between two of their days."""
    counted = _in_nights(subject, quantity)
    lengths = (float(quantity.value),) if counted else tuple(in_days(quantity))
    weeks = quantity.unit in _LONG_UNITS
    loose = _LOOSE_ROUNDING if _loosely(subject, quantity) and weeks else 0.0
    least = 1.0 if weeks else _HALF_DAY
    return any(abs(a - b) <= max(least, a * loose) for a in lengths for b in numbers.lasting)


def _in_nights(subject: Subject, quantity: Quantity) -> bool:
    """Whether a number counts nights, shifts or the like."""
    return OF_TIME.match(subject.plain, quantity.span[0]) is not None


def _in_many(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Five panes out of every six, for 30 of 36; both of its numbers."""
    start, end = quantity.span
    for match in _IN_MANY.finditer(
        subject.plain, max(0, start - _LONGEST_SHARE), end + _LONGEST_SHARE
    ):
        if start not in {match.start("part"), match.start("whole")}:
            continue
        part, whole = (_whole(match[name]) for name in ("part", "whole"))
        known = match["each"] or whole <= _TENTHS or whole in _ROUND_WHOLES
        if not 0 < part < whole or not known:
            continue
        apart = gcd(part, whole) == 1 or whole in _ROUND_WHOLES
        free = match["each"] or (apart and float(whole) not in numbers.ratios)
        if free and near_share(100 * part / whole, numbers, _room(subject, quantity)):
            return True
    return False


def _whole(word: str) -> int:
    return 100 if word == "a hundred" else WORDS.get(word) or int(word)


def _room(subject: Subject, quantity: Quantity) -> float:
    return _POINTS if _loosely(subject, quantity) else _POINT


def _share(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a percentage is told loosely, and a share of what was given comes near: 四成出头."""
    start, end = quantity.span
    if quantity.kind != "percent":
        return False
    value = float(quantity.value)
    more = _TENTH_MORE.match(subject.plain, end - 1)
    if more is not None:
        return near_share(value + (chinese_number(more[1]) or 0), numbers, 1.0)
    loose = "成" in subject.plain[start:end] or _loosely(subject, quantity)
    return near_share(value, numbers, _POINTS if loose else 0.5)


def _and_a_half(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Seven and a half, for 7.5; five and a half weeks."""
    more = _AND_A_HALF.match(subject.plain, quantity.span[1])
    if more is None:
        return False
    value = float(quantity.value) + 0.5
    size = 7 if subject.plain.startswith(" week", more.end()) else 0
    return value in numbers.given or any(
        abs(value * size - n) <= _ABOUT_A_WEEK for n in numbers.lasting if size
    )


def _one_of_two(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Seven or eight days, 七八天, where one of them is known."""
    known = numbers.given | numbers.lasting | numbers.sums
    match = _NEIGHBOURS.match(subject.plain, quantity.span[0])
    if match is not None:
        return any(chinese_number(n) in known for n in match.groups())
    return any(
        0 < abs(other.value - quantity.value) <= _APART and float(other.value) in known
        for other in _near_by(subject, quantity)
        if _OR.fullmatch(subject.plain, *_between(quantity, other))
    )


def _between(one: Quantity, other: Quantity) -> tuple[int, int]:
    """The text between two quantities."""
    first, second = sorted((one.span, other.span))
    return first[1], max(first[1], second[0])


def _in_units(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """12,000 litres for 120 hl, 21 miles for 34 km; the same unit with other zeros is another."""
    own = tuple(measures(subject.plain, quantity))
    if not own:
        return False
    rounder = zeros(float(quantity.value)) >= 1
    room = (_LOOSE_ROUNDING if rounder else ROUNDING) if _loosely(subject, quantity) else 0.0
    if rounder and _ONE_SIDED.search(
        subject.plain, max(0, quantity.span[0] - 16), quantity.span[0]
    ):
        room = _SIDE
    sentence = around(subject, quantity.span[0])
    by_week = numbers.paced if _BY_WEEK.search(subject.plain, *sentence) else ()
    made = (*numbers.measured, *by_week)
    return all(any(one.same(n, room) for n in made) for one in own)


def _rounded(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a number is told loosely and a given one is near: "about 38" for 40."""
    if quantity.kind in {"percent", "money"}:
        return False
    loose, value = _loosely(subject, quantity), float(quantity.value)
    if quantity.of is None:
        exact = numbers.given | numbers.sums
        left = {all_of - part for all_of, parts in numbers.ratios.items() for part in parts}
        told = (numbers.given | numbers.weekly | left) - numbers.percents
        return _near(value, exact, told, loose=loose)
    whole = float(quantity.of)
    return any(
        _near(whole, frozenset([all_of]), frozenset([all_of]), loose=loose)
        and _near(value, told, told, loose=loose)
        for all_of, parts in numbers.ratios.items()
        for told in (parts | {all_of - part for part in parts},)
    )


def _near(value: float, exact: frozenset[float], given: frozenset[float], *, loose: bool) -> bool:
    """Whether a value is one of some numbers, a whole one for a broken one, or one of them rounded."""
    if value in exact:
        return True
    if any(abs(value - n) <= _SAME * max(1.0, abs(n)) for n in exact):
        return True
    broken = (n for n in given if n != int(n))
    if value == int(value) and any(abs(value - n) <= ROUNDING * n for n in broken):
        return True  # 9 of 13 for 9.1 of 13
    if rounds(value, given):
        return True
    room = _LOOSE_ROUNDING if zeros(value) >= 1 else ROUNDING
    near = [n for n in given if n > ROUNDED_FROM and abs(value - n) <= n * room]
    return loose and any(abs(value - n) <= n * ROUNDING or zeros(value) > zeros(n) for n in near)


def _loosely(subject: Subject, quantity: Quantity) -> bool:
    start, end = quantity.span
    return _LOOSELY.search(subject.plain, max(0, start - 14), end + 4) is not None


def _worked_out(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether two given numbers of the same sentence make a number: 16 a day, 112 in all, 7 days."""
    if quantity.kind in {"percent", "ratio"}:
        return False
    near = _near_by(subject, quantity)
    sentence = around(subject, quantity.span[0])
    given = [
        float(v)
        for q in near
        for v in (q.value, q.of)
        if v is not None and float(v) in numbers.given
    ]
    long = [float(q.value) for q in near if q.kind == "duration" and lasts(subject, q, numbers)]
    made = {x for a, b in combinations(given, 2) for x in _made(a, b, quantity.kind)}
    made.update(a * b for a in given for b in long)
    made.update(2 * n for n in numbers.given if _BOTH_WAYS.search(subject.plain, *sentence))
    if _BY_WEEK.search(subject.plain, *sentence):
        paces = [float(q.value) for q in near if _in_units(subject, q, numbers)]
        made.update(pace * days for pace in (*given, *paces) for days in WEEK)
    value = float(quantity.value)
    return any(abs(value - x) <= _SAME * max(1.0, x) for x in made)


def _near_by(subject: Subject, quantity: Quantity) -> list[Quantity]:
    """The other numbers of the sentence of a quantity."""
    found = subject.quantities
    sentence = subject.sentences[subject.number_of(quantity.span[0])]
    first, last = (bisect_left(found, at, key=_start) for at in sentence)
    return [q for q in found[first : min(last, first + _IN_A_SENTENCE)] if q is not quantity]


def _made(a: float, b: float, kind: str) -> Iterator[float]:
    if kind == "money":
        yield a * b
        return
    yield from results(a, b)
    if kind == "duration":
        yield from quotients(a, b)


def _start(quantity: Quantity) -> int:
    return quantity.span[0]
