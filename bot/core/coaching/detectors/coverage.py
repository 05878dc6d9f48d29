"""Which answered facts a draft tells, however it words them, and which it leaves out.

A fact that is left out leaves no trace: neither its own words nor its figures. One that is told in
other words leaves some, so that little is asked for here; a request for a choice may share no word
with the answer that asked for it, and is known by its form.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from bot.core.coaching.detectors.options import labels
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.reading import dates as date_grammar
from bot.core.reading import quantities as quantity_grammar
from bot.core.reading.calendars import Calendar
from bot.core.reading.numerals import normalise
from bot.core.words import Text

_OWN_WORDS = 2  # fewer words of its own do not tell a fact
_MOSTLY = 0.5  # share of all its words that tells a request
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEW_LETTERS = 6  # of a fact, of which any text may have most
_LETTERS, _OWN_LETTERS = 0.62, 0.3  # share of a fact's characters, and of its own, that tells it
_LOOSE = 3  # up to here a number stands everywhere
_LAST_DAY = 31
_BARE = re.compile(r"(?<![\d.,])\d{2,9}(?![\d.,]*\d)")
_OWN_PART = re.compile(r"[;；]")
_CODE = re.compile(r"(?<![a-z\d])[a-z]{1,3}-?\d{1,4}(?![a-z\d])|\d{1,3}号[\u4e00-\u9fff]")
_CLAUSE, _NEARLY = 5, 0.8  # characters of a clause; share of them that tells it
_OF_DATES = frozenset("年月日号天")
_SEVERAL = 2  # counts that tell a fact
_EVENT_ENDS = re.compile(r"[;；,，。]")
_FULL = ("new_date", "cause", "status", "impact", "date_basis", "options", "ask", "remedy")
_SHORT = ("new_date", "cause", "ask")
_PROSE = ("cause", "status", "impact", "date_basis", "remedy", "ask")
_LABELS = {
    "new_date": Text(en="the new date", zh="新日期"), "cause": Text(en="the cause", zh="原因"),
    "status": Text(en="the status", zh="进展"), "impact": Text(en="the effect on them", zh="对客户的影响"),
    "date_basis": Text(en="what the date rests on", zh="日期的依据"), "options": Text(en="the options", zh="可选方案"),
    "ask": Text(en="what you need from them", zh="需要客户做的事"), "remedy": Text(en="the approved remedy", zh="已批准的补救"),
}  # fmt: skip
Scan = tuple[frozenset[date], tuple[tuple[int, int], ...]]


def missing(subject: Subject) -> Iterator[Hit]:
    """An answered fact that the draft does not say."""
    if not subject.is_draft:
        return
    for name in _SHORT if subject.brief else _FULL:
        if not told(subject, name):
            fact = _LABELS[name]
            yield Hit("draft.missing_fact", slots={"fact": fact, "name": name})
            return


def told(subject: Subject, name: str) -> bool:
    """Whether one fact can be recognised in the draft; a fact not given always can."""
    known = subject.context
    match name:
        case "new_date":
            return known.new_date is None or any(d.covers(known.new_date) for d in subject.days)
        case "options":
            return len(known.options) < 2 or _offered(subject)
        case "ask":
            return not known.ask or _asked(subject, known.ask)
        case "remedy":
            return not (known.remedy and known.remedy_granted) or _traced(subject, known.remedy)
        case "impact" if known.impact and _day_left_out(subject, known.impact):
            return False
        case _:
            fact: str | None = getattr(known, name)
            event = bool(fact) and name == "cause" and _event_told(subject, fact or "")
            return not fact or event or _traced(subject, fact)


def _event_told(subject: Subject, cause: str) -> bool:
    """Whether what happened is told, with which a cause begins, or one of its clauses nearly whole.

    Our part in it, which follows, is another check's.
    """
    parts = [part for part in _EVENT_ENDS.split(cause) if part.strip()]
    if parts and len(_HAN.findall(parts[0])) >= _FEW_LETTERS and _traced(subject, parts[0]):
        return True
    words = content_words(_OWN_PART.split(cause, maxsplit=1)[0])
    if len(words) > _OWN_WORDS and any(share(words, w) >= _MOSTLY for w in subject.windows):
        return True
    clauses = (frozenset(_HAN.findall(part)) for part in parts)
    return any(
        share(clause, here) >= _NEARLY
        for clause in clauses
        if len(clause) >= _CLAUSE
        for here in subject.letters
    )


def scanned(text: str, today: date, of: Calendar) -> Scan:
    """The days that a text names, and where its dates stand."""
    return _scanned(text, today, of)


def _traced(subject: Subject, fact: str) -> bool:
    """Whether a fact has left its words, its figures or its days in the draft."""
    if (
        _days_told(subject, fact)
        or _letters_told(subject, fact)
        or _codes_told(subject, fact)
        or _counts_told(subject, fact)
        or _parts_told(subject, fact)
    ):
        return True
    figures = _own_figures(subject, fact)
    own = _own_words(subject, fact)
    part = max((share(own, window) for window in subject.windows), default=0.0)
    if not figures:
        return part >= subject.threshold("fact_share") / 100
    shown = _shown_figures(subject)
    seen = sum(n in shown or _in_other_units(n) in shown for n in figures) / len(figures)
    if not seen:
        some = _telling(subject, fact) & _shown_figures(subject)
        least = subject.threshold("fact_share" if some else "figureless_share") / 100
        return part > least
    return part + seen >= subject.threshold("fact_evidence") / 100


def _days_told(subject: Subject, fact: str) -> bool:
    """Whether all days of a fact with several stand in the draft, one of which is its alone."""
    known = subject.context
    days = scanned(fact, subject.today, known.working)[0]
    own = days - known.days - _elsewhere(subject)
    others = (scanned(text, subject.today, known.working)[0] for text in _others(subject, fact))
    own = own.difference(*others)
    several = len(days) > 1 and bool(own)
    return several and all(any(day.covers(d) for day in subject.days) for d in days)


def _letters_told(subject: Subject, fact: str) -> bool:
    """Whether most Chinese characters of a fact, and some that only it has, stand close together."""
    wanted = frozenset(_HAN.findall(fact))
    own = wanted.difference(*_others(subject, fact)) or wanted
    if len(wanted) < _FEW_LETTERS:
        return False
    said = subject.letters
    runs = (frozenset().union(*said[n : n + 3]) for n in range(max(1, len(said) - 2)))
    return any(share(wanted, run) >= _LETTERS and share(own, run) >= _OWN_LETTERS for run in runs)


def _codes_told(subject: Subject, fact: str) -> bool:
    """Whether all codes of a fact that no other has stand in the draft: K3 to K5, 3号库."""
    own = frozenset(_CODE.findall(normalise(fact)))
    own = own.difference(*(_CODE.findall(normalise(text)) for text in _others(subject, fact)))
    return (
        bool(own)
        and fact != subject.context.cause
        and own <= frozenset(_CODE.findall(subject.plain))
    )


def _counts_told(subject: Subject, fact: str) -> bool:
    """Whether two counts of a fact that no other has stand in a draft, each with what it counts."""
    own = _counts(fact, subject.today, subject.context.working)
    others = (
        _counts(text, subject.today, subject.context.working) for text in _others(subject, fact)
    )
    shown = {(q.value, q.unit[0]) for q in subject.quantities if q.unit}
    return len(own.difference(*others) & shown) >= _SEVERAL


def _parts_told(subject: Subject, fact: str) -> bool:
    """Whether what is done and what is left of a whole stand near each other: 3 work, 3 do not."""
    taken = _scanned(fact, subject.today, subject.context.working)[1]
    found = quantity_grammar.scan(fact, taken=taken)
    pairs = [(q.value, q.of - q.value) for q in found if q.kind == "ratio" and q.of is not None]
    if not pairs:
        return False
    homes: dict[Decimal, list[int]] = {}
    for q in subject.quantities:
        homes.setdefault(q.value, []).append(subject.number_of(q.span[0]))
    for done, left in pairs:
        here, there = homes.get(done, []), frozenset(homes.get(left, []))
        if done == left:
            near = any(b - a <= 1 for a, b in pairwise(here))
        else:
            near = any(there & {n - 1, n, n + 1} for n in here)
        if near:
            return True
    return False


def _day_left_out(subject: Subject, fact: str) -> bool:
    """Whether a fact tells of a day of its own, and the draft names neither it nor its words."""
    known = subject.context
    own = _single(fact, subject.today, known.working) - _elsewhere(subject) - {known.ask_by}
    figures = _own_figures(subject, fact)
    if figures and figures <= _shown_figures(subject):
        return False
    if not own or any(day.covers(d) for d in own for day in subject.days):
        return False
    wanted = content_words(fact)
    return max((share(wanted, here) for here in subject.windows), default=0.0) < _MOSTLY


def _own_words(subject: Subject, fact: str) -> frozenset[str]:
    """The words of a fact that no other fact holds; all of them when those are too few."""
    wanted = content_words(fact)
    own = wanted.difference(*(content_words(text) for text in _others(subject, fact)))
    return own if len(own) >= _OWN_WORDS else wanted


def _own_figures(subject: Subject, fact: str) -> frozenset[Decimal]:
    """The figures of a fact that no other fact holds; all of them when there are no such."""
    today, of = subject.today, subject.context.working
    wanted = _telling(subject, fact)
    own = wanted.difference(*(_figures(text, today, of) for text in _others(subject, fact)))
    return own or wanted


def _telling(subject: Subject, fact: str) -> frozenset[Decimal]:
    """The figures of a fact that do not stand everywhere, a small broken one where it is shown."""
    every = _figures(fact, subject.today, subject.context.working)
    broken = {n for n in every if n <= _LOOSE and n != int(n)}
    clear = frozenset(n for n in every if n > _LOOSE)
    return clear | (broken & _shown_figures(subject)) if broken else clear


def _in_other_units(figure: Decimal) -> Decimal:
    """A figure in a smaller or larger unit, as it would be told: 90 cm for 0.9 m, 9 MWh for 9,000 kWh."""
    if figure != int(figure):
        return figure * 100
    return figure / 1000 if not figure % 1000 else figure


def _others(subject: Subject, fact: str) -> Iterator[str]:
    given = (getattr(subject.context, name) for name in (*_PROSE, "project"))
    return (text for text in (*given, *subject.context.options) if text and text != fact)


def _offered(subject: Subject) -> bool:
    """Whether the ways are offered: most of them traced, or a choice and one of them."""
    options = subject.context.options
    found = sum(_way(subject, option) for option in options)
    choice = subject.has("choice", "or_else") or len(labels(subject)) > 1
    return found >= 2 or (found == 1 and choice)


def _way(subject: Subject, option: str) -> bool:
    """Whether one way is offered: by a day of its own, or by its words."""
    days = scanned(option, subject.today, subject.context.working)[0] - {subject.context.new_date}
    if any(day.covers(d) for d in days for day in subject.days):
        return True
    least = subject.threshold("option_share") / 100
    known, wanted = subject.context, content_words(option)
    others = (known.project, known.status, known.impact)
    wanted = wanted.difference(*(content_words(text) for text in others if text)) or wanted
    return any(share(wanted, words) >= least for words in subject.windows) or _in_a_row(
        subject, option
    )


def _in_a_row(subject: Subject, option: str) -> bool:
    """Whether most Chinese characters of a way stand in two sentences in a row."""
    wanted = frozenset(_HAN.findall(option)) - _OF_DATES
    said = subject.letters
    runs = (frozenset().union(*said[n : n + 2]) for n in range(max(1, len(said) - 1)))
    return len(wanted) >= _FEW_LETTERS and any(share(wanted, run) >= _LETTERS for run in runs)


def _asked(subject: Subject, ask: str) -> bool:
    """Whether the draft asks for what is needed; a request in few words will do."""
    known = subject.context
    requested = subject.has("choice", "customer_action")
    dated = any(day.exact and day.covers(known.ask_by) for day in subject.days)
    if dated and (requested or known.ask_by not in _elsewhere(subject)):
        return True
    own, wanted = _own_words(subject, ask), content_words(ask)
    near = (subject.word_set,) if requested else tuple(subject.sentence_words)
    part = max((share(own, words) for words in near), default=0.0)
    whole = max((share(wanted, words) for words in near), default=0.0)
    if part >= subject.threshold("ask_share") / 100 or whole > _MOSTLY:
        return True
    letters = frozenset(_HAN.findall(ask))
    spelt = len(letters) >= _FEW_LETTERS and any(
        share(letters, here) >= _LETTERS for here in subject.letters
    )
    if spelt or (subject.has("choice") and subject.coaching.matches(ask, "choice")):
        return True
    return part > 0 and subject.has("customer_action")


def _elsewhere(subject: Subject) -> frozenset[date | None]:
    """Days that a draft names for other reasons than its request."""
    known = subject.context
    contact = scanned(known.next_update or "", subject.today, known.working)[0]
    return contact | {known.new_date, known.original_date, known.customer_deadline}


def _shown_figures(subject: Subject) -> frozenset[Decimal]:
    """The numbers that the draft names; one that is no day of a month also as bare figures."""
    bare = (Decimal(match[0]) for match in _BARE.finditer(subject.plain))
    named = (abs(v) for q in subject.quantities for v in (q.value, q.of) if v is not None)
    return frozenset((*named, *(n for n in bare if n > _LAST_DAY)))


@lru_cache(maxsize=512)
def _counts(text: str, today: date, of: Calendar) -> frozenset[tuple[Decimal, str]]:
    """The counts of a Chinese text: a number, and the character that it is counted by."""
    if not _HAN.search(text):
        return frozenset()
    found = quantity_grammar.scan(text, taken=_scanned(text, today, of)[1])
    return frozenset((q.value, q.unit[0]) for q in found if q.unit and q.kind == "count")


@lru_cache(maxsize=512)
def _figures(text: str, today: date, of: Calendar) -> frozenset[Decimal]:
    """All numbers of a text, however written, dates apart."""
    found = quantity_grammar.scan(text, taken=_scanned(text, today, of)[1])
    return frozenset(v for q in found for v in (q.value, q.of) if v is not None)


@lru_cache(maxsize=512)
def _single(text: str, today: date, of: Calendar) -> frozenset[date]:
    """The single days that a text names, whole months and parts of them left out."""
    found = date_grammar.scan(text, today=today, calendar=of)
    return frozenset(
        m.readings[0].day
        for m in found
        if m.readings and m.readings[0].exact and m.readings[0].day == m.readings[0].last
    )


@lru_cache(maxsize=512)
def _scanned(text: str, today: date, of: Calendar) -> Scan:
    mentions = date_grammar.scan(text, today=today, calendar=of)
    days = frozenset(d for m in mentions for r in m.readings for d in (r.day, r.last))
    return days, tuple(m.span for m in mentions)
