"""All that may stand in a customer's text: what the answers say, and what follows from them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice, takewhile

from jinja2 import nodes

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
from bot.core.dialogue.path import standing
from bot.core.dialogue.scalars import local_day
from bot.core.message import reckoning
from bot.core.message.draft import (
    DERIVED,
    answers_of,
    of_remedy,
    signer,
    target_date,
    tellable,
    told_fields,
    working_calendar,
)
from bot.core.message.names import words_of
from bot.core.message.overdue import late_update, overdue_decision
from bot.core.message.promises import content_of, gives_of
from bot.core.message.templates import parsed
from bot.core.playbook import Choice, Field, Playbook
from bot.core.reading import dates, quantities
from bot.core.reading.calendars import Calendar
from bot.core.reading.quantities import Quantity
from bot.core.reading.readings import Reading
from bot.core.words import LANGUAGES, FieldId


@dataclass(frozen=True, slots=True)
class DayFact:
    """A day or a stretch that may be named. `exact` is false for "in December"."""

    first: date
    last: date
    exact: bool
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

    days: tuple[DayFact, ...]  # by their first day
    numbers: tuple[reckoning.NumberFact, ...]  # by their value
    sources: tuple[Source, ...]
    people: frozenset[str]  # the first character of every person named in Chinese

    def from_day(self, first: date, last: date) -> Iterator[DayFact]:
        """The facts whose first day lies between two days."""
        start = bisect_left(self.days, first, key=_first_day)
        yield from takewhile(lambda f: f.first <= last, islice(self.days, start, None))

    def from_value(self, least: Decimal, most: Decimal) -> Iterator[reckoning.NumberFact]:
        """The numbers between two values."""
        start = bisect_left(self.numbers, least, key=_value)
        yield from takewhile(lambda f: f.value <= most, islice(self.numbers, start, None))


def _first_day(fact: DayFact) -> date:
    return fact.first


def _value(fact: reckoning.NumberFact) -> Decimal:
    return fact.value


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
    open_, counted = told_fields(playbook, case), standing(playbook, case)
    shown = {f.id: f for f in playbook.fields.values() if f.id in open_}
    hidden = {
        f.id: f
        for f in playbook.fields.values()
        if f.id in case.answers
        and f.id not in shown
        and (f.internal or f.id in counted or of_remedy(playbook, f.id))
    }
    told = _ground(case, shown, calendar)
    sayable = tuple(_sayable(playbook, case, open_))
    late, asked = late_update(case, today, calendar), overdue_decision(case, today)
    derived = Ground(
        days=(
            *(
                DayFact(d, d, exact=True, answers=())
                for d in (today, *(late or ())[:1], *([asked] if asked else ()))
            ),
            *_target(case, open_),
        ),
        numbers=(
            *(reckoning.NumberFact(Decimal(n), "working_day", ()) for n in (late or ())[1:]),
            *reckoning.slip(case, shown, calendar),
            *reckoning.between(case, shown),
            *_literal(sayable),
        ),
        sources=(*_made(sayable, told.sources), *_names(signer(playbook, case, open_))),
        people=frozenset(),
    )
    return Facts(
        _joined(told, derived),
        _joined(_ground(case, hidden, calendar), Ground((), (), (), frozenset())),
        today,
        calendar,
        _vocabulary(playbook, told),
    )


@lru_cache(maxsize=2048)
def scanned(
    text: str, today: date, calendar: Calendar
) -> tuple[tuple[dates.Mention, ...], tuple[Quantity, ...]]:
    """The dates and quantities of a text, kept: drafts repeat the words of answers."""
    mentions = dates.scan(text, today=today, calendar=calendar)
    return mentions, quantities.scan(text, taken=[m.span for m in mentions])


def _joined(one: Ground, other: Ground) -> Ground:
    """Both, each fact once and in order, so that a claim finds its own without a walk."""
    return Ground(
        tuple(sorted(dict.fromkeys(one.days + other.days), key=_first_day)),
        tuple(sorted(dict.fromkeys(one.numbers + other.numbers), key=_value)),
        one.sources + other.sources,
        one.people | other.people,
    )


def _ground(case: Case, fields: Mapping[FieldId, Field], calendar: Calendar) -> Ground:
    days: list[DayFact] = []
    numbers: list[reckoning.NumberFact] = []
    sources: list[Source] = []
    people: set[str] = set()
    for name, field in fields.items():
        answer = case.answers[name]
        said = local_day(case, answer.at)
        for value, choices in _parts(answer.value, field):
            days += _days(value, name)
            numbers += reckoning.numbers(value, name)
            if isinstance(value, PersonValue):
                people.add(value.name[:1])
            for text in _wordings(value, choices):
                sources.append(_source(text, (name,), typed=True))
                mentions, amounts = scanned(text, said, calendar)
                days += [_day(m.readings[0], name) for m in mentions if m.readings]
                numbers += [n for q in amounts for n in reckoning.amounts(q, name)]
                numbers += reckoning.implied(amounts, name)
        if isinstance(answer.value, RowsValue):
            numbers += reckoning.row_numbers(answer.value, name)
        if isinstance(answer.value, ChoicesValue):
            numbers.append(reckoning.NumberFact(Decimal(len(answer.value.ids)), "plain", (name,)))
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


def _names(name: str) -> tuple[Source, ...]:
    """The name of whoever signs without having been asked for."""
    return (_source(name, (), typed=False),) if name else ()


def _target(case: Case, told: Set[FieldId]) -> Iterator[DayFact]:
    """The day that follows from the work left and the measured pace."""
    target, sources = target_date(case), DERIVED["target_date"]
    if target is not None and told >= set(sources):
        yield DayFact(target, target, exact=True, answers=sources)


def _sayable(
    playbook: Playbook, case: Case, told: Set[FieldId]
) -> Iterator[tuple["_Wording", tuple[FieldId, ...]]]:
    """The wording of each sentence that the case can tell, in each language, and its answers."""
    for sentence in tellable(playbook, case, told):
        for language in LANGUAGES:
            answers = answers_of(sentence, told, language)
            yield _own_wording(sentence.text.to(language)), answers


def _literal(
    sayable: Sequence[tuple["_Wording", tuple[FieldId, ...]]],
) -> Iterator[reckoning.NumberFact]:
    """Numbers that the playbook's own wording holds, in the sentences that the case can tell."""
    for own, answers in sayable:
        for value, family in own.numbers:
            yield reckoning.NumberFact(value, family, answers)


def _made(
    sayable: Sequence[tuple["_Wording", tuple[FieldId, ...]]], typed: Sequence[Source]
) -> Iterator[Source]:
    """One source for each sentence the case can tell: the playbook's wording with its answers.

    It has the words that the sentence may have, without the cost of filling it in.
    """
    by_answer: dict[FieldId, list[Source]] = {}
    for source in typed:
        by_answer.setdefault(source.answers[0], []).append(source)
    for own, answers in sayable:
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
    numbers = tuple(reckoning.family_of(q) for q in quantities.scan(text))
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
