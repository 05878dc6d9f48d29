"""All that may stand in a customer's text: what the answers say, and what follows from them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import combinations

from jinja2 import nodes

from bot.core import dates, quantities
from bot.core.calendars import Calendar
from bot.core.case import (
    Case,
    ChoicesValue,
    ChoiceValue,
    DateValue,
    MoneyValue,
    NumberValue,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
    YesNoValue,
)
from bot.core.draft import (
    NEW_DATE,
    ORIGINAL_DATE,
    answers_of,
    tellable,
    told_fields,
    working_calendar,
)
from bot.core.names import words_of
from bot.core.path import asked
from bot.core.playbook import Choice, Field, Playbook
from bot.core.promises import content_of, gives_of
from bot.core.quantities import Quantity
from bot.core.readings import Reading
from bot.core.scalars import local_day
from bot.core.templates import parsed
from bot.core.words import LANGUAGES, FieldId

_WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class DayFact:
    """A day or a stretch that may be named. `exact` is false for "in December"."""

    first: date
    last: date
    exact: bool
    answers: tuple[FieldId, ...]


@dataclass(frozen=True, slots=True)
class NumberFact:
    """A number that may stand, in its family: plain, percent, money:EUR, days, week …"""

    value: Decimal
    family: str
    answers: tuple[FieldId, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text that names and promises may come from."""

    text: str
    words: frozenset[str]
    content: frozenset[str]
    gives: frozenset[str]
    answers: tuple[FieldId, ...]
    typed: bool  # an answer's own words, no sentence made of it


@dataclass(frozen=True, slots=True)
class Ground:
    """Facts of one kind of secrecy."""

    days: tuple[DayFact, ...]
    numbers: tuple[NumberFact, ...]
    sources: tuple[Source, ...]
    people: frozenset[str]  # the first character of every person named in Chinese


@dataclass(frozen=True, slots=True)
class Facts:
    """What may be told, what may not, and on which day and calendar texts are read."""

    told: Ground
    kept: Ground  # of answers that may not be told: internal, or a remedy not approved
    today: date
    calendar: Calendar
    vocabulary: frozenset[str]  # words of the playbook that are no names, in lower case


def facts(playbook: Playbook, case: Case, *, today: date) -> Facts:
    """The fact base of a case on a day; both customer and internal texts are checked on it."""
    calendar = working_calendar(case)
    open_ = told_fields(playbook, case)
    shown = {f.id: f for f in playbook.fields.values() if f.id in open_}
    hidden = {
        f.id: f
        for f in playbook.fields.values()
        if f.id in case.answers and f.id not in shown and asked(case, f)
    }
    told = _ground(case, shown, calendar)
    derived = Ground(
        days=(DayFact(today, today, exact=True, answers=()),),
        numbers=(*_slip(case, shown, calendar), *_between(case, shown), *_literal(playbook)),
        sources=tuple(_made(playbook, case, told.sources)),
        people=frozenset(),
    )
    return Facts(
        _joined(told, derived),
        _ground(case, hidden, calendar),
        today,
        calendar,
        _vocabulary(playbook, told),
    )


def family_of(quantity: Quantity) -> tuple[Decimal, str]:
    """The value of a quantity and the family it is compared in; weeks count as days."""
    days = quantities.as_days(quantity)
    if days is not None:
        return days, "days"
    if quantity.kind == "percent":
        return quantity.value, "percent"
    if quantity.kind == "money":
        return quantity.value, f"money:{quantity.unit or ''}"
    return quantity.value, (quantity.unit or "plain") if quantity.kind == "duration" else "plain"


@lru_cache(maxsize=2048)
def scanned(
    text: str, today: date, calendar: Calendar
) -> tuple[tuple[dates.Mention, ...], tuple[Quantity, ...]]:
    """The dates and quantities of a text, kept: drafts repeat the words of answers."""
    mentions = dates.scan(text, today=today, calendar=calendar)
    return mentions, quantities.scan(text, taken=[m.span for m in mentions])


def _joined(one: Ground, other: Ground) -> Ground:
    return Ground(
        one.days + other.days,
        one.numbers + other.numbers,
        one.sources + other.sources,
        one.people | other.people,
    )


def _ground(case: Case, fields: Mapping[FieldId, Field], calendar: Calendar) -> Ground:
    days: list[DayFact] = []
    numbers: list[NumberFact] = []
    sources: list[Source] = []
    people: set[str] = set()
    for name, field in fields.items():
        answer = case.answers[name]
        said = local_day(case, answer.at)
        for value, choices in _parts(answer.value, field):
            days += _days(value, name)
            numbers += _numbers(value, name)
            if isinstance(value, PersonValue):
                people.add(value.name[:1])
            for text in _wordings(value, choices):
                sources.append(_source(text, (name,), typed=True))
                mentions, amounts = scanned(text, said, calendar)
                days += [_day(m.readings[0], name) for m in mentions if m.readings]
                numbers += [n for q in amounts for n in _amounts(q, name)]
        if isinstance(answer.value, RowsValue):
            numbers += _row_numbers(answer.value, name)
        if isinstance(answer.value, ChoicesValue):
            numbers.append(NumberFact(Decimal(len(answer.value.ids)), "plain", (name,)))
    return Ground(tuple(days), tuple(numbers), tuple(sources), frozenset(people))


def _parts(value: Value, field: Field) -> Iterator[tuple[Value, tuple[Choice, ...]]]:
    """The value itself, or each cell of its rows, with the choices it may name."""
    if isinstance(value, RowsValue):
        for row in value.rows:
            for column in field.columns:
                if column.id in row:
                    yield row[column.id], column.choices
    else:
        yield value, field.choices


def _days(value: Value, name: FieldId) -> Iterator[DayFact]:
    if isinstance(value, DateValue):
        last = value.end or value.day
        yield DayFact(value.day, last, exact=True, answers=(name,))
        if last != value.day:
            yield DayFact(value.day, value.day, exact=True, answers=(name,))
            yield DayFact(last, last, exact=True, answers=(name,))


def _day(reading: Reading, name: FieldId) -> DayFact:
    return DayFact(reading.day, reading.last, reading.exact, (name,))


def _numbers(value: Value, name: FieldId) -> Iterator[NumberFact]:
    match value:
        case NumberValue(number=number, unit=unit):
            written = f"{number:f} {unit or ''}"
            found = quantities.scan(written)
            yield NumberFact(number, family_of(found[0])[1] if found else "plain", (name,))
            yield NumberFact(number, "plain", (name,))
        case PercentValue(percent=percent):
            yield from _percents(percent, (name,))
        case MoneyValue(amount=amount, currency=currency):
            yield NumberFact(amount, f"money:{currency}", (name,))
        case _:
            return


def _percents(percent: Decimal, names: tuple[FieldId, ...]) -> Iterator[NumberFact]:
    """A percent, its rest, and both as one rounds them."""
    for exact in (percent, 100 - percent):
        for value in {exact, _rounded(exact), _rounded(exact, Decimal("0.1")), Decimal(int(exact))}:
            yield NumberFact(value, "percent", names)


def _amounts(quantity: Quantity, name: FieldId) -> Iterator[NumberFact]:
    value, family = family_of(quantity)
    yield NumberFact(value, family, (name,))
    if family == "percent":
        yield NumberFact(100 - value, family, (name,))
    if quantity.of is not None:
        yield NumberFact(quantity.of, family, (name,))
        yield NumberFact(quantity.of - value, family, (name,))
        if quantity.of:
            yield from _percents(value * 100 / quantity.of, (name,))


def _row_numbers(value: RowsValue, name: FieldId) -> Iterator[NumberFact]:
    """How many rows there are, and the sums and differences of their columns."""
    yield NumberFact(Decimal(len(value.rows)), "plain", (name,))
    by_column: dict[tuple[str, str], list[Decimal]] = {}
    for row in value.rows:
        for column, cell in row.items():
            for fact in _numbers(cell, name):
                by_column.setdefault((column, fact.family), []).append(fact.value)
    for (_, family), found in by_column.items():
        yield NumberFact(sum(found, Decimal(0)), family, (name,))
        for one, other in combinations(found, 2):
            yield NumberFact(abs(one - other), family, (name,))


def _slip(case: Case, fields: Mapping[FieldId, Field], calendar: Calendar) -> Iterator[NumberFact]:
    """How far the date moved: days, working days, weeks, months; to both ends of a range."""
    if ORIGINAL_DATE not in fields or NEW_DATE not in fields:
        return
    before, after = case.answers[ORIGINAL_DATE].value, case.answers[NEW_DATE].value
    if not isinstance(before, DateValue) or not isinstance(after, DateValue):
        return
    names = (ORIGINAL_DATE, NEW_DATE)
    for first in {before.day, before.end or before.day}:
        for last in {after.day, after.end or after.day}:
            days = (last - first).days
            yield NumberFact(Decimal(days), "days", names)
            yield NumberFact(Decimal(calendar.between(first, last)), "working_day", names)
            if days % _WEEK:
                yield NumberFact(_rounded(Decimal(days) / _WEEK) * _WEEK, "days", names)
            months = (last.year - first.year) * 12 + last.month - first.month
            if abs(last.day - first.day) <= 1 and months:
                yield NumberFact(Decimal(months), "month", names)


def _between(case: Case, fields: Mapping[FieldId, Field]) -> Iterator[NumberFact]:
    """Differences and shares of two answered numbers of one unit: total minus done."""
    found: list[tuple[FieldId, Decimal, str | None]] = []
    for name in fields:
        value = case.answers[name].value
        if isinstance(value, NumberValue):
            found.append((name, value.number, value.unit))
    for (a, one, unit), (b, other, unit_2) in combinations(found, 2):
        if unit and unit_2 and unit != unit_2:
            continue
        yield NumberFact(abs(one - other), "plain", (a, b))
        small, large = sorted((one, other))
        if large > 0 and small >= 0:
            yield from _percents(small * 100 / large, (a, b))


def _literal(playbook: Playbook) -> Iterator[NumberFact]:
    """Numbers that the playbook's own wording holds."""
    for sentence in playbook.draft.sentences:
        for language in LANGUAGES:
            for value, family in _own_wording(sentence.text.to(language)).numbers:
                yield NumberFact(value, family, sentence.needs)


def _made(playbook: Playbook, case: Case, typed: Sequence[Source]) -> Iterator[Source]:
    """One source for each sentence the case can tell: the playbook's wording with its answers.

    It has the words that the sentence may have, without the cost of filling it in.
    """
    by_answer: dict[FieldId, list[Source]] = {}
    for source in typed:
        by_answer.setdefault(source.answers[0], []).append(source)
    told = told_fields(playbook, case)
    for sentence in tellable(playbook, case, told):
        for language in LANGUAGES:
            own = _own_wording(sentence.text.to(language))
            answers = answers_of(sentence, told, language)
            parts = [p for name in answers for p in by_answer.get(name, ())]
            yield Source(
                own.text,
                own.words.union(*(p.words for p in parts)),
                own.content.union(*(p.content for p in parts)),
                own.gives.union(*(p.gives for p in parts)),
                answers,
                typed=False,
            )


@dataclass(frozen=True, slots=True)
class _Wording:
    """What a template says by itself."""

    text: str
    words: frozenset[str]
    content: frozenset[str]
    gives: frozenset[str]
    numbers: tuple[tuple[Decimal, str], ...]


@lru_cache(maxsize=4096)
def _own_wording(source: str) -> _Wording:
    pieces = [d.data for d in parsed(source, "en").find_all(nodes.TemplateData)]
    text = "\n".join(p.strip() for p in pieces if any(c.isalnum() for c in p))
    numbers = tuple(family_of(q) for q in quantities.scan(text))
    return _Wording(text, words_of(text), content_of(text), gives_of(text), numbers)


def _vocabulary(playbook: Playbook, told: Ground) -> frozenset[str]:
    """Words that are nobody's name: the playbook's, and what an answer writes in lower case."""
    templates = tuple(s.text.to(x) for s in playbook.draft.sentences for x in LANGUAGES)
    labels = tuple(c.label.en for f in playbook.fields.values() for c in f.choices)
    return _of_playbook(templates, labels).union(*(_small(s.text) for s in told.sources))


@lru_cache(maxsize=16)
def _of_playbook(templates: tuple[str, ...], labels: tuple[str, ...]) -> frozenset[str]:
    own = (_own_wording(template).words for template in templates)
    return frozenset().union(*own, *map(words_of, labels))


@lru_cache(maxsize=2048)
def _small(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if word in text)


def _wordings(value: Value, choices: Sequence[Choice]) -> Iterable[str]:
    """The words a value may be told in."""
    match value:
        case TextValue(text=text) | PersonValue(name=text):
            return (text,)
        case ChoiceValue(id=id_):
            return _labels(choices, (id_,))
        case ChoicesValue(ids=ids):
            return _labels(choices, ids)
        case NumberValue(unit=unit):
            return (unit,) if unit else ()
        case DateValue() | PercentValue() | MoneyValue() | YesNoValue() | RowsValue():
            return ()


def _labels(choices: Sequence[Choice], ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(c.label.to(x) for c in choices if c.id in ids for x in LANGUAGES)


@lru_cache(maxsize=4096)
def _source(text: str, answers: tuple[FieldId, ...], *, typed: bool) -> Source:
    return Source(text, words_of(text), content_of(text), gives_of(text), answers, typed)


def _rounded(value: Decimal, to: Decimal = Decimal(1)) -> Decimal:
    return value.quantize(to, ROUND_HALF_UP)
