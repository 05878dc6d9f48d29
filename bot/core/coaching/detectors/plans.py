"""The new date: is there one, what it rests on, can it be, and how sure it is."""

import re
from collections.abc import Callable, Iterator
from math import ceil

from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Day, Hit, Subject
from bot.core.coaching.frames import Span

_DATELIKE = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\.? ?(?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b\d{1,2}[/.]\d{1,2}\b|\bthe \d{1,2}(?:st|nd|rd|th)\b|\d{1,2}月\d{1,2}|\d{1,2}号"
)  # a day in a form that the grammar of dates does not take in running text

_ASKS = re.compile(r"[?？]\s*$")
_PLEASE = re.compile(r"\b(?:please|pls|kindly)\b|麻烦您|劳烦|烦请|有劳您|拜托您|请您")
_HEADED = re.compile(
    r"(?:^|[.;\n]\s{0,2})(?:new|changed|different|what changed|what's new)(?: (?:this time|now|since[a-z ]{0,16}))?\s?:(?!\s*(?:nothing|none|(?:the )?\d|(?:mon|tues|wednes|thurs|fri)))",
    re.MULTILINE,
)
_ANSWERED = re.compile(
    r"\b(?:answers?|choices?|decisions?|reply|tell us|let us know|from you|need from)\b|答复|回复|回话|定"
)
_BY = re.compile(r"\b(?:by|before|until|till|latest)\b")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_FEW_LETTERS, _LETTERS = 6, 0.55  # characters of a fact; share of them that tells it
_NOW = {"today", "今天", "今日"}
_SAME_SENTENCE = 0.5  # share of a fact's words that makes a sentence that fact


def no_date(subject: Subject) -> Iterator[Hit]:
    """No day for the delivery, and no day on which there will be one."""
    place = subject.task.place
    if place == "plan":
        if (not delivery_days(subject) and not _DATELIKE.search(subject.claimed)) or _soon_only(
            subject
        ):
            yield Hit("plan.no_date", subject.first("soon"))
    elif place == "draft":
        soon = subject.has("soon_delivery") and all(map(_only_old(subject), delivery_days(subject)))
        if soon or not _dated_at_all(subject):
            yield Hit("plan.no_date", subject.first("soon_delivery"))


def _only_old(subject: Subject) -> Callable[[Day], bool]:
    """Whether a day is the agreed one or the customer's, not the new one."""
    known = subject.context
    others = (known.original_date, known.customer_deadline, known.ask_by)
    return lambda day: any(map(day.covers, others)) and not day.covers(known.new_date)


def _soon_only(subject: Subject) -> bool:
    """Whether the delivery comes "soon", and the dates are those of something else."""
    if subject.context.new_date is not None or subject.has("date_for_date"):
        return False
    soon = {subject.number_of(start) for start, _ in subject.spans("soon")}
    return any(not any(subject.days_in(number)) for number in soon)


def _dated_at_all(subject: Subject) -> bool:
    """Whether a draft without a new date names the day on which there will be one."""
    known = subject.context
    if known.new_date is not None or known.date_known_by is None:
        return True
    by = known.date_known_by
    named = {subject.number_of(day.span[0]) for day in subject.days if day.covers(by)}
    bare = re.compile(rf"\b{by.day}(?:st|nd|rd|th)\b|(?<!\d){by.day}[日号]")
    named |= {subject.number_of(match.start()) for match in bare.finditer(subject.plain)}
    return any(subject.among(number, "naming_the_date") for number in named)


def no_evidence(subject: Subject) -> Iterator[Hit]:
    """A date without work, pace, confirmation, test or earlier work that it rests on.

    Days or weeks of a gut feeling are none of these.
    """
    dated = bool(subject.days) or _DATELIKE.search(subject.claimed) is not None
    if subject.task.place != "plan" or not dated or _only_date_for_date(subject):
        return
    if not is_founded(subject):
        yield Hit("plan.no_evidence", new_date_span(subject))


def is_founded(subject: Subject) -> bool:
    """Whether the new date rests on something: where that was asked for, in what was answered.

    A milestone that is still to come, such as a test passed, is no evidence for its own date.
    """
    start, end = _basis_place(subject)
    if any(start <= at < end for at, _ in subject.spans("basis")):
        return True
    return not subject.has("gut_feeling") and _work_named(subject, start, end)


def _basis_place(subject: Subject) -> Span:
    """Where a plan says what its date rests on; the whole text where it is not set apart."""
    told = subject.context.date_basis if subject.task.place == "plan" else None
    at = subject.text.find(told) if told else -1
    return (at, at + len(told)) if told and at >= 0 else (0, len(subject.text))


def too_early(subject: Subject) -> Iterator[Hit]:
    """The new date leaves fewer working days than the remaining work needs."""
    known = subject.context
    if subject.task.place != "plan" or not (
        known.today and known.new_date and known.remaining_days
    ):
        return
    people = known.people if known.people and known.people > 0 else 1.0
    need = ceil(known.remaining_days / people)
    have = known.working.between(known.today, known.new_date)
    if have < need:
        yield Hit("plan.too_early", new_date_span(subject), {"need": need, "have": max(0, have)})


def confidence_unstated(subject: Subject) -> Iterator[Hit]:
    """An uncertain date given as one firm day."""
    if subject.task.place != "plan" or (subject.context.confidence or "").lower() not in {
        "low",
        "p50",
    }:
        return
    today = subject.today
    ranged = any(day.first != day.last and day.last >= today for day in subject.days)
    if subject.days and not ranged and not subject.has("uncertainty"):
        yield Hit("plan.confidence_unstated", new_date_span(subject))


def action_undated(subject: Subject) -> Iterator[Hit]:
    """Something the customer must do, and no day by which."""
    if subject.task.place not in {"plan", "contingency", "draft"}:
        return
    if subject.is_draft and _asked_in_time(subject):
        return
    span = _undated_ask(subject)
    if span:
        yield Hit("plan.customer_action_undated", span, certain=True)
        return
    for start, end in subject.spans(*_requests(subject)):
        number = subject.number_of(start)
        if subject.is_draft and _is_effect(subject, number):
            continue
        if not any(_needed_by(subject, n) for n in (number, number + 1)):
            yield Hit("plan.customer_action_undated", (start, end))
            return


def may_be_undated(subject: Subject, number: int) -> bool:
    """Whether a request in a sentence would have no day by which it is needed."""
    if subject.task.place not in {"plan", "contingency", "draft"}:
        return False
    if subject.is_draft and (_asked_in_time(subject) or _is_effect(subject, number)):
        return False
    return not any(_needed_by(subject, n) for n in (number, number + 1))


def _requests(subject: Subject) -> tuple[str, ...]:
    """The entries that tell what the customer owes; in a draft only outright requests."""
    return (
        ("customer_action",)
        if subject.is_draft
        else ("customer_action", "customer_owes", "hangs_on_them")
    )


def _asked_in_time(subject: Subject) -> bool:
    """Whether the day by which the customer is needed stands in a request of the draft."""
    by = subject.context.ask_by
    return by is not None and any(
        subject.among(subject.number_of(day.span[0]), "customer_action", "choice")
        or _ANSWERED.search(_part(subject, subject.number_of(day.span[0])))
        for day in subject.days
        if day.covers(by)
    )


def _is_effect(subject: Subject, number: int) -> bool:
    """Whether a sentence tells the effect on the customer, in which others are asked."""
    known = subject.context
    told = [content_words(fact) for fact in (known.impact, known.what_changed) if fact]
    here, part = subject.sentence_words[number], _part(subject, number)
    asked = _PLEASE.search(part)
    if asked and not any(share(words, content_words(part[asked.start() :])) for words in told):
        return False  # what is asked for is none of the effect
    return any(len(words) > 2 and share(words, here) >= _SAME_SENTENCE for words in told)


def _undated_ask(subject: Subject) -> Span | None:
    """Where a draft tells what is needed, when the day it is needed by stands nowhere."""
    known = subject.context
    if not (subject.is_draft and known.ask):
        return None
    if known.ask_by and any(day.covers(known.ask_by) for day in subject.days):
        return None
    wanted = content_words(known.ask)
    for number, words in enumerate(subject.sentence_words):
        here = len(wanted) > 1 and share(wanted, words) >= _SAME_SENTENCE
        here = here or (known.ask_by is not None and _which(subject, number))
        if here and not _needed_by(subject, number):
            return subject.sentences[number]
    return None


def _which(subject: Subject, number: int) -> bool:
    """Whether a sentence asks outright which way the customer takes."""
    return subject.among(number, "choice") and (
        subject.among(number, "customer_action") or _ASKS.search(_part(subject, number)) is not None
    )


def _part(subject: Subject, number: int) -> str:
    start, end = subject.sentences[number]
    return subject.claimed[start:end]


def repeat(subject: Subject) -> Iterator[Hit]:
    """A second date, and nothing that is said to be different this time."""
    known = subject.context
    if subject.task.place not in {"plan", "draft"} or not known.previous_slips:
        return
    if known.previous_slips < 1 or _change_told(subject):
        return
    yield Hit("plan.repeat_no_change", new_date_span(subject))


def delivery_days(subject: Subject) -> list[Day]:
    """The dates that can be the delivery's: not past, and not those of a report only."""
    today = subject.context.today
    found = [day for day in subject.days if today is None or day.last >= today]
    later = [day for day in found if day.mention.text.strip().lower() not in _NOW]
    found = later or found  # "we have no date today; on 19 February we do"
    if subject.has("date_for_date"):
        return found
    return [
        day
        for day in found
        if day.covers(subject.context.new_date)
        or not subject.among(
            subject.number_of(day.span[0]), "contact", *(("cadence",) if subject.is_draft else ())
        )
    ]


def new_date_span(subject: Subject) -> Span:
    """Where the new date stands; the first date when it does not."""
    new = subject.context.new_date
    ahead = [day.span for day in subject.days if day.covers(new)] or [d.span for d in subject.days]
    return ahead[0] if ahead else (0, 0)


def _work_named(subject: Subject, start: int, end: int) -> bool:
    """Whether an amount of work stands there, beyond the length of the slip."""
    slips = subject.spans("slip_length")
    return any(
        q.kind not in {"percent", "money"}
        and (q.unit is not None or q.kind in {"ratio", "count"})
        and not any(first <= q.span[0] < last for first, last in slips)
        for q in subject.quantities
        if start <= q.span[0] < end
    )


def _needed_by(subject: Subject, number: int) -> bool:
    """Whether a sentence names a day other than the delivery's; a day of contact counts only
    where it stands in the request itself."""
    return any(
        _may_be_needed_by(subject, number, day)
        for day in subject.days_in(number)
        if subject.among(number, "customer_action")
        or not subject.among(number, "cadence", "contact")
    )


def _may_be_needed_by(subject: Subject, number: int, day: Day) -> bool:
    known = subject.context
    if day.covers(known.ask_by):
        return True
    if day.covers(known.new_date):
        return False
    theirs = day.covers(known.customer_deadline) and _PLEASE.search(_part(subject, number))
    if theirs and not _limits(subject, day):
        return False  # their date, as the reason
    moved = subject.is_draft and subject.among(number, "date_moves")
    return not (moved and day.covers(known.original_date))


def _limits(subject: Subject, day: Day) -> bool:
    """Whether a day is one by which: "by 4 June", 6月4日前."""
    start, end = day.span
    after = subject.plain[end : end + 2].lstrip()
    return (
        after[:1] == "前"
        or after == "之前"
        or _BY.search(subject.plain[max(0, start - 14) : start]) is not None
    )


def _change_told(subject: Subject) -> bool:
    """Whether a change is named; in a draft that knows of one, whether it is that one."""
    told = subject.context.what_changed
    change = subject.has("change") or _HEADED.search(subject.claimed) is not None
    if subject.has("named_change"):
        return True
    if subject.is_draft and told:
        least = subject.threshold("change_share") / (200 if change else 100)
        return _told(told, subject) >= least or _letters_told(told, subject) >= _LETTERS
    return change


def _only_date_for_date(subject: Subject) -> bool:
    """Whether the text only says on which day there will be a date."""
    new = subject.context.new_date
    return subject.has("date_for_date") and not any(day.covers(new) for day in subject.days)


def _told(fact: str, subject: Subject) -> float:
    """How much of a fact the best sentence says that does not rather tell the cause."""
    wanted, cause = content_words(fact), content_words(subject.context.cause or "")
    shares = (
        (share(wanted, words), share(cause, words) if cause else 0.0)
        for words in subject.sentence_words
    )
    return max((said for said, of_cause in shares if said >= of_cause), default=0.0)


def _letters_told(fact: str, subject: Subject) -> float:
    """How many Chinese characters of a fact, beyond those of the cause, the best sentence has."""
    own = frozenset(_HAN.findall(fact)) - frozenset(subject.context.cause or "")
    if len(own) < _FEW_LETTERS:
        return 0.0
    return max((share(own, here) for here in subject.letters), default=0.0)
