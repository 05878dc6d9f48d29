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

from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.reading import dates as date_grammar
from bot.core.reading import quantities as quantity_grammar
from bot.core.reading.calendars import Calendar
from bot.core.words import Text

_OWN_WORDS = 2  # fewer words of its own do not tell a fact
_MOSTLY = 0.5  # share of all its words that tells a request
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEW_LETTERS = 6  # of a fact, of which any text may have most
_LETTERS, _OWN_LETTERS = 0.62, 0.3  # share of a fact's characters, and of its own, that tells it
_LOOSE = 3  # up to here a number stands everywhere
_LAST_DAY = 31
_BARE = re.compile(r"(?<![\d.,])\d{2,9}(?![\d.,]*\d)")
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
            return not fact or _traced(subject, fact)


def scanned(text: str, today: date, of: Calendar) -> Scan:
    """The days that a text names, and where its dates stand."""
    return _scanned(text, today, of)


def _traced(subject: Subject, fact: str) -> bool:
    """Whether a fact has left its words, its figures or its days in the draft."""
    if _days_told(subject, fact) or _letters_told(subject, fact):
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
    said = [frozenset(_HAN.findall(subject.visible[a:b])) for a, b in subject.sentences]
    runs = (frozenset().union(*said[n : n + 3]) for n in range(max(1, len(said) - 2)))
    return any(share(wanted, run) >= _LETTERS and share(own, run) >= _OWN_LETTERS for run in runs)


def _day_left_out(subject: Subject, fact: str) -> bool:
    """Whether a fact tells of a day of its own, and the draft names neither it nor its words."""
    known = subject.context
    own = scanned(fact, subject.today, known.working)[0] - _elsewhere(subject) - {known.ask_by}
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
    choice = subject.has("choice", "or_else")
    return found >= 2 or (found == 1 and choice)


def _way(subject: Subject, option: str) -> bool:
    """Whether one way is offered: by a day of its own, or by its words."""
    days = scanned(option, subject.today, subject.context.working)[0] - {subject.context.new_date}
    if any(day.covers(d) for d in days for day in subject.days):
        return True
    least = subject.threshold("option_share") / 100
    wanted = content_words(option)
    return any(share(wanted, words) >= least for words in subject.windows)


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
    if subject.has("choice") and subject.coaching.matches(ask, "choice"):
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
def _figures(text: str, today: date, of: Calendar) -> frozenset[Decimal]:
    """All numbers of a text, however written, dates apart."""
    found = quantity_grammar.scan(text, taken=_scanned(text, today, of)[1])
    return frozenset(v for q in found for v in (q.value, q.of) if v is not None)


@lru_cache(maxsize=512)
def _scanned(text: str, today: date, of: Calendar) -> Scan:
    mentions = date_grammar.scan(text, today=today, calendar=of)
    days = frozenset(d for m in mentions for r in m.readings for d in (r.day, r.last))
    return days, tuple(m.span for m in mentions)
