"""Faults of wording: the frames that raise a check by themselves, wherever they may stand."""

from collections.abc import Iterator, Sequence

from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.reading.numerals import normalise

REDRESS = frozenset(
    {
        "remedy.personal_gift",
        "remedy.contract_change_informal",
        "remedy.unauthorised",
        "remedy.vague",
        "legal.liability_admission",
    }
)
_OF_THE_PLAN = frozenset({"plan.quality_shortcut"})  # told of what is to come
_OF_THE_REMEDY = frozenset({"legal.liability_admission", "remedy.vague"})
_AROUND = {"en": 40, "zh": 12}  # characters before and after an offer that tell what it is of
_GRANTED = 0.5  # share of the approved remedy's words around it
_MOST_PLACES = 20  # of one entry; where the judge drops one, the next is told
_REPEATED = 0.6  # share of a phrase's words that stand in the cause


def faults(subject: Subject) -> Iterator[Hit]:
    """Every fault whose frames stand in the text, at its first places."""
    for entry in subject.coaching.faults:
        if entry.id not in subject.matches or entry.check is None:
            continue
        if entry.needs and not subject.has(*entry.needs):
            continue
        named = _named(subject)
        spans = [s for s in subject.matches[entry.id] if subject.plain[s[0] : s[1]] not in named]
        places = entry.places or subject.coaching.check_of[entry.check].applies
        spans = [span for span in spans if not _excused(subject, span, entry.excused_by)]
        if entry.excused_beside:
            beside = entry.excused_beside
            spans = [s for s in spans if not subject.among(subject.number_of(s[0]), *beside)]
        if entry.check in REDRESS and turned_down(subject):
            continue
        if entry.check in _OF_THE_REMEDY:
            spans = [span for span in spans if not grants(subject, span)]
        if entry.check in _OF_THE_PLAN:
            spans = [span for span in spans if not repeats_cause(subject, span)]
        if entry.check == "tone.minimise" and is_tiny(subject):
            continue
        if entry.check == "disclose.confidential":
            spans = [span for span in spans if not _of_the_job(subject, span)]
        if subject.task.place in places:
            yield from (Hit(entry.check, span) for span in spans[:_MOST_PLACES])


def is_tiny(subject: Subject) -> bool:
    """Whether the slip is two working days or less, which may be called small."""
    slip = subject.context.slip
    return slip is not None and slip <= subject.threshold("tiny_slip")


def _of_the_job(subject: Subject, span: Span) -> bool:
    """Whether words are those of the job itself: the salaries of a payroll system."""
    known = subject.context
    told = (known.project, known.impact, known.ask, known.customer_deadline_what, *known.options)
    here = content_words(subject.visible[slice(*span)])
    return subject.is_draft and bool(here) and here <= content_words(" ".join(t for t in told if t))


def turned_down(subject: Subject) -> bool:
    """Whether an answer on the remedy tells of an offer that was refused, or of others' past."""
    return subject.task.place == "remedy" and subject.has("turned_down")


def grants(subject: Subject, span: Span) -> bool:
    """Whether a draft only tells there the remedy that was approved."""
    known = subject.context
    if not (subject.is_draft and known.remedy and known.remedy_granted):
        return False
    wanted = content_words(known.remedy)
    around = _AROUND[subject.language]
    near = subject.plain[max(0, span[0] - around) : span[1] + around]
    named = wanted & content_words(subject.plain[span[0] : span[1]])
    return bool(named) and share(wanted, content_words(near)) >= _GRANTED


def repeats_cause(subject: Subject, span: Span) -> bool:
    """Whether a draft only says there what was answered as the cause: that is past, and told."""
    cause = subject.context.cause
    if not (subject.is_draft and cause):
        return False
    here = content_words(subject.plain[span[0] : span[1]])
    return bool(here) and share(here, content_words(cause)) >= _REPEATED


def _excused(subject: Subject, span: Span, signs: Sequence[str]) -> bool:
    """Whether a sign takes a fault away: anywhere in an answer, beside it in a draft."""
    if not subject.is_draft:
        return subject.has(*signs)
    number = subject.number_of(span[0])
    return any(subject.among(n, *signs) for n in (number, number + 1))


def _named(subject: Subject) -> str:
    """What the project and the customer are called: words in a name are no fault."""
    known = subject.context
    return normalise(" ".join(filter(None, (known.project, known.customer, known.sender))))
