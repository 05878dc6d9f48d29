"""How one claim is traced: which fact of a ground holds it, its own sentence's facts first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from bot.core.message.facts import DayFact, Ground, Source
from bot.core.message.names import Name
from bot.core.message.promises import Commitment
from bot.core.message.reckoning import NumberFact, family_of
from bot.core.reading.dates import Mention
from bot.core.reading.quantities import Quantity
from bot.core.reading.readings import Reading
from bot.core.words import FieldId

_ENOUGH = 0.6  # share of a promise's content that one answer must hold
_ABOUT = re.compile(
    r"(?:about|around|nearly|almost|roughly|approximately|some|over|under|more than|less than|just|close to|up to)\s*$"
    r"|(?:约|大约|近|接近|差不多|超过|不到|将近|大概)\s*$",
    re.IGNORECASE,
)
_ABOUT_AFTER = ("左右", "上下", "多", "出头", "or so")
_TOLERANCE = Decimal("0.05")  # of a number that is called approximate
_ROOM = Decimal("0.06")  # of the number as written: covers the tolerance of the one it stands for
_POINTS = Decimal("2.5")  # of a percent that is called approximate


@dataclass(frozen=True, slots=True)
class Trace:
    """The answers that hold a claim; none for today's date and the playbook's own words."""

    answers: tuple[FieldId, ...]


def trace(
    meaning: Mention | Quantity | Name | Commitment,
    ground: Ground,
    *,
    own: frozenset[FieldId],
    around: tuple[str, str],
    held: frozenset[str] = frozenset(),
) -> Trace | None:
    """Where a claim comes from; None when no fact holds it.

    `own` are the answers of its sentence, looked at first; `around` the text just before and
    after it; `held` the words inside a promise that are traced already.
    """
    match meaning:
        case Mention():
            found = list(_dates(meaning, ground))
        case Quantity():
            found = list(_numbers(meaning, ground, around))
        case Name():
            found = list(_names(meaning, ground))
        case Commitment():
            found = list(_promises(meaning, ground, held))
        case _:
            assert_never(meaning)
    return _best(found, own) if found else None


def _best(found: list[tuple[FieldId, ...]], own: frozenset[FieldId]) -> Trace:
    """The sentence's own answers before others, one answer before several."""
    return Trace(max(found, key=lambda f: (bool(f) and own.issuperset(f), bool(f), -len(f))))


def _dates(mention: Mention, ground: Ground) -> Iterator[tuple[FieldId, ...]]:
    readings = mention.readings
    if mention.weekday is not None:
        readings = tuple(r for r in readings if r.end or r.day.weekday() == mention.weekday)
    for reading in readings:
        ends: list[DayFact] = []
        for fact in ground.from_day(reading.day, reading.last):
            if _same_day(reading, fact):
                yield fact.answers
        if not reading.end:
            continue
        for day in dict.fromkeys((reading.day, reading.last)):
            ends += [f for f in ground.from_day(day, day) if f.last == day]
        if len({f.first for f in ends}) == 2:
            yield tuple(dict.fromkeys(name for f in ends for name in f.answers))


def _same_day(reading: Reading, fact: DayFact) -> bool:
    if (reading.day, reading.last) == (fact.first, fact.last):
        return True
    if reading.exact:
        return False
    return reading.covers(fact.first) and reading.covers(fact.last)


def _numbers(
    quantity: Quantity, ground: Ground, around: tuple[str, str]
) -> Iterator[tuple[FieldId, ...]]:
    value, family = family_of(quantity)
    loose = bool(_ABOUT.search(around[0])) or around[1].lstrip().startswith(_ABOUT_AFTER)
    whole_of = quantity.of
    wholes = [] if whole_of is None else list(ground.from_value(whole_of, whole_of))
    of = {f.answers for f in wholes}
    if quantity.of is not None and not wholes:
        return
    room = max(_POINTS, abs(value) * _ROOM) if loose else Decimal(0)
    for fact in ground.from_value(value - room, value + room):
        if _same_family(family, fact.family) and _same_value(value, fact, loose=loose):
            whole = () if not wholes or fact.answers in of else wholes[0].answers
            yield tuple(dict.fromkeys((*fact.answers, *whole)))


def _same_family(claimed: str, known: str) -> bool:
    """Whether two numbers may be compared: three cranes are no three days, a bare 3 may be either.

    Sums and percents compare with their own kind only; a sum without a currency with any sum.
    """
    if claimed == known or (claimed == "money:" and known.startswith("money:")):
        return True
    if claimed == "bare":
        return not known.startswith(("money:", "percent"))
    return claimed == "plain" and known == "bare"


def _same_value(value: Decimal, fact: NumberFact, *, loose: bool) -> bool:
    if value == fact.value:
        return True
    if not loose:
        return False
    room = _POINTS if fact.family == "percent" else abs(fact.value) * _TOLERANCE
    return abs(value - fact.value) <= room


def _names(name: Name, ground: Ground) -> Iterator[tuple[FieldId, ...]]:
    if name.chinese:
        yield from _chinese_names(name, ground)
        return
    words = frozenset(name.words)
    for source in ground.sources:
        if words <= source.words:
            yield source.answers
    if len(words) > 1:
        single = [next((s for s in ground.sources if w in s.words), None) for w in name.words]
        if all(single):
            yield tuple(dict.fromkeys(f for s in single if s for f in s.answers))


def _chinese_names(name: Name, ground: Ground) -> Iterator[tuple[FieldId, ...]]:
    for source in ground.sources:
        if name.text in source.text or (source.typed and _called(name, source, ground)):
            yield source.answers


def _called(name: Name, source: Source, ground: Ground) -> bool:
    """王总 or 小王 for a person whose name is known: 王经理, 王敏."""
    own = name.text[1:2] if name.text[0] in "小老" else name.text[0]
    short = len(name.text) <= 3 and own in ground.people
    return short and source.text.startswith(own) and len(source.text) <= 5


def _promises(
    promise: Commitment, ground: Ground, held: frozenset[str]
) -> Iterator[tuple[FieldId, ...]]:
    """The answers, or the sentences made of them, that hold enough of a promise's content."""
    wanted = promise.content
    for source in ground.sources:
        if not promise.gives <= source.gives:
            continue
        common = len(wanted & (source.content | held))
        if not wanted or common / len(wanted) >= _ENOUGH:
            yield source.answers
