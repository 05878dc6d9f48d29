"""A draft against the facts: dates, numbers, measures and names that nobody answered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.coverage import scanned
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.progress import COUNTS_ZH
from bot.core.coaching.detectors.subject import Day, Hit, Subject
from bot.core.message.lexicon import CHINESE_ORGANISATION, CHINESE_TITLES, NOT_A_SURNAME, SURNAMES
from bot.core.message.names import Name, find_names, words_of
from bot.core.reading import quantities as quantity_grammar
from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import Quantity

_GREETING = 80  # characters in which people are addressed
_LOOSE = 3  # up to here a number stands everywhere
_MOST_COMBINED = 30  # numbers of the facts that are added and compared with each other
_ROUNDED_FROM, _ROUNDING = 20, 0.05
_CAPITALS = re.compile(r"[A-ZÀ-Þ][\w'’&-]+ (?:(?:de|van|von|der|la|&) )?[A-ZÀ-Þ][\w'’&-]+")
_CALLED_ZH = re.compile(
    rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:{CHINESE_TITLES}|[总工])|{CHINESE_ORGANISATION}"
    rf"|[小老][{SURNAMES}]|(?:[由请让派叫]|联系|通知|问过|告诉)[{SURNAMES}]"
)
_HOLDER_ZH = re.compile(
    rf"(?:总监|经理|主任|总工|工程师|厂长|组长|队长|专家|顾问|副总|部长|主管|负责人)([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)"
    r"(?=会|将|已|来|去|带|在|负责|亲自|每|今|明天|明早|本周|下周|到|正|常驻|驻|盯|跟|率|全程|牵头|,|，|接手)"
)
_COST_ZH = re.compile(r"(?:花|耗|费|搭|赔|折)(?:掉|去|进去|费)?了?(?:我们)?$")
_POINTING = ("这", "那", "该", "本", "我", "贵", "公司", "各", "每", "某", "其")
_ADDRESSED = re.compile(
    r"^(?:请|由|让|叫|派|联系|通知|问过|告诉)+"
)  # is no part of a name: 联系该公司
_CLOCK = frozenset("月日号年点时:：")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|号|日(?!内|之内|以内))")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The numbers of each fact, of all, their shares of each other, and all that follows."""

    each: tuple[frozenset[float], ...]
    given: frozenset[float]
    shares: frozenset[float]
    derived: frozenset[float]
    ratios: Mapping[float, frozenset[float]]  # the parts of each whole: 5 of 8


def unsupported_date(subject: Subject) -> Iterator[Hit]:
    """A date that no fact has and none of them gives."""
    if not subject.is_draft or not _has_facts(subject.context):
        return
    known = _known_days(subject.context, subject.today)
    for day in subject.days:
        if _derivable(subject, day, known):
            continue
        yield Hit("draft.unsupported_fact", day.span, {"x": day.mention.text.strip()})
        return


def unsupported_number(subject: Subject) -> Iterator[Hit]:
    """A number, percentage or sum that no fact has and none of them gives."""
    if not subject.is_draft or not _has_facts(subject.context):
        return
    numbers = _known_numbers(subject.context, subject.today)
    for quantity in subject.quantities:
        number = subject.number_of(quantity.span[0])
        if (
            _small(quantity)
            or subject.plain.startswith("半个月", quantity.span[1] - 1)
            or _day_of(quantity, subject)
            or (_derived(quantity, numbers) and not _spent(subject, quantity, numbers))
            or subject.among(number, "contact", "cadence")
        ):
            continue
        x = subject.text[quantity.span[0] : quantity.span[1]]
        yield Hit("draft.unsupported_fact", quantity.span, {"x": x})
        return


def unsupported_count(subject: Subject) -> Iterator[Hit]:
    """A count of a known whole that no fact has: 22 rooms, 17 of them done, when it is 15."""
    if not subject.is_draft or not _has_facts(subject.context):
        return
    numbers = _known_numbers(subject.context, subject.today)
    for match in COUNTS_ZH.finditer(subject.claimed):
        whole, part = float(match[1]), float(match[2])
        if subject.plain[match.end() : match.end() + 1] in _CLOCK or part >= whole:
            continue
        given = frozenset().union(*(own for own in numbers.each if whole in own))
        if whole in numbers.ratios and not {part, whole - part} & given:
            span = match.span(2)
            yield Hit("draft.unsupported_fact", span, {"x": subject.text[span[0] : span[1]]})
            return


def unsupported_measure(subject: Subject) -> Iterator[Hit]:
    """New people, shifts or machines that nobody answered."""
    if not subject.is_draft or not _has_facts(subject.context):
        return
    told = [content_words(fact) for fact in subject.context.prose]
    for start, end in subject.spans("new_resource"):
        here = content_words(subject.visible[start:end])
        if not any(share(here, fact) >= 0.5 for fact in told):
            yield Hit("draft.unsupported_fact", (start, end), {"x": subject.text[start:end]})
            return


def _has_facts(known: Context) -> bool:
    return bool(known.cause or known.status or known.new_date)


def _known_days(known: Context, today: date) -> frozenset[date]:
    found = set(known.days)
    for text in known.prose:
        found |= scanned(text, today, known.working)[0]
    return frozenset(found)


def _derivable(subject: Subject, day: Day, known: frozenset[date]) -> bool:
    """Whether a date is known, relative, no single day, or that of the next contact."""
    mention = day.mention
    if not day.exact or not _DIGITS.search(mention.text):
        return True
    ends = [{r.day, r.last} for r in mention.readings]
    if any(pair <= known for pair in ends):
        return True
    bare = _ORDINAL.fullmatch(mention.text.strip().removeprefix("the "))
    if bare and int(bare[1]) in {d.day for d in known}:
        return True
    number = subject.number_of(day.span[0])
    new = subject.context.new_date
    contact = subject.among(number, "contact", "cadence")
    return contact and not subject.among(number, "date_moves") and day.first != new


@lru_cache(maxsize=256)
def _known_numbers(known: Context, today: date) -> _Numbers:
    """All numbers of the facts, and what follows from them: slips, sums, differences, shares."""
    given: set[float] = set()
    derived = _lengths(known) | {float(len(known.options))}
    shares: set[float] = set()
    each: list[frozenset[float]] = []
    ratios: dict[float, frozenset[float]] = {}
    for text in known.prose:
        _, spans = scanned(text, today, known.working)
        found = quantity_grammar.scan(text, taken=spans)
        for q in found:
            if q.of is not None:
                whole = float(q.of)
                ratios[whole] = ratios.get(whole, frozenset()) | {float(q.value)}
        own = _values(found) | _digits(text, spans)
        given |= own
        each.append(frozenset(own))
        few = sorted(own)[:_MOST_COMBINED]
        for n, a in enumerate(few):
            for b in few[n:]:
                derived |= {a + b, b - a, a * b} if a > _LOOSE else {a * b}
                if b:
                    shares.add(float(round(a * 100 / b)))
    fields = (
        known.percent_done, known.spent_days, known.remaining_days, known.people,
        known.previous_slips, known.contract_notice_days,
        known.remedy_percent if known.remedy_granted else None,
    )  # fmt: skip
    given |= {float(field) for field in fields if field is not None}
    if known.previous_slips is not None:
        derived.add(float(known.previous_slips + 1))
    return _Numbers(
        tuple(each),
        frozenset(given),
        frozenset(shares),
        frozenset(given | derived | shares),
        ratios,
    )


def _digits(text: str, dates: Iterable[tuple[int, int]]) -> set[float]:
    """The bare figures of a text, those of its dates left out."""
    spans = list(dates)
    return {
        float(match[0])
        for match in _DIGITS.finditer(text)
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


def _derived(quantity: Quantity, numbers: _Numbers) -> bool:
    """Whether a quantity is a known number, or a large one rounded; a percentage or sum must be
    given, or be a share of what was given."""
    if quantity.kind == "ratio" and quantity.of is not None:
        value, whole = float(quantity.value), float(quantity.of)
        if whole in numbers.ratios:
            return bool({value, whole - value} & numbers.ratios[whole])
        return any(whole in own and {value, whole - value} & own for own in numbers.each)
    exact = quantity.kind in {"percent", "money"}
    known = numbers.given | numbers.shares if exact else numbers.derived
    return _known(quantity, known, numbers.given)


def _known(quantity: Quantity, numbers: frozenset[float], given: frozenset[float]) -> bool:
    """Whether each value is one of the numbers, or rounds one that was given."""
    for value in (quantity.value, quantity.of):
        if value is None or float(value) in numbers:
            continue
        number = float(value)
        if not any(n > _ROUNDED_FROM and abs(number - n) <= n * _ROUNDING for n in given):
            return False
    return True


def _day_of(quantity: Quantity, subject: Subject) -> bool:
    """Whether a number is the day of a known date: "that is the 9th", 31号."""
    start, end = quantity.span
    ordinal = _ORDINAL.match(subject.plain, start)
    days = {day.day for day in _known_days(subject.context, subject.today)}
    return ordinal is not None and ordinal.end() >= end and int(ordinal[1]) in days


def _spent(subject: Subject, quantity: Quantity, numbers: _Numbers) -> bool:
    """Whether days are said to have been spent, which only an answer can tell: not what lies
    between two dates of the case."""
    start = quantity.span[0]
    cost = _COST_ZH.search(subject.plain, max(0, start - 6), start)
    return cost is not None and float(quantity.value) not in numbers.given


def _small(quantity: Quantity) -> bool:
    """Whether a number is too small or too loose to be a claim: "one", "two things"."""
    loose = quantity.kind in {"number", "count", "duration"} and quantity.value <= 3
    tiny = quantity.kind == "ratio" and (quantity.of or 0) <= 3
    return loose or tiny or quantity.value == 0


def unsupported_name(subject: Subject) -> Iterator[Hit]:
    """A person or an organisation that no fact names."""
    if not subject.is_draft or not _has_facts(subject.context):
        return
    told = normalise(" ".join(subject.context.prose))
    if not _unknown_capitals(subject.visible, told) and not _CALLED_ZH.search(subject.visible):
        return
    vocabulary = words_of(told)
    last = len(subject.sentences) - 1
    for name in find_names(subject.visible, vocabulary):
        number = subject.number_of(name.start)
        ends = number in {0, last} or name.start < _GREETING
        known = all(normalise(word) in told for word in name.words)
        if known or ends or not _is_person_or_house(name):
            continue
        yield Hit("draft.unsupported_fact", (name.start, name.end), {"x": name.text})
        return


def unsupported_holder(subject: Subject) -> Iterator[Hit]:
    """A person with an office who will do something, and whom no fact names: 技术总监邹明会去."""
    if not subject.is_draft or not _has_facts(subject.context):
        return
    told = normalise(" ".join(subject.context.prose))
    for match in _HOLDER_ZH.finditer(subject.visible):
        if match[1] not in told and match[1][:2] not in NOT_A_SURNAME:
            yield Hit("draft.unsupported_fact", match.span(1), {"x": match[1]})
            return


def _unknown_capitals(text: str, told: str) -> bool:
    """Whether two capital words stand together that no fact has, so that names are worth finding."""
    return any(match[0].lower() not in told for match in _CAPITALS.finditer(text))


def _is_person_or_house(name: Name) -> bool:
    """Whether a name is surely one: two words or more, or Chinese with a title or a house's end."""
    if name.chinese:
        return not _ADDRESSED.sub("", name.text).startswith(_POINTING)
    return len(name.words) > 1
