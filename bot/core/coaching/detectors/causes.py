"""Reasons: guesses, and force majeure as a bare label."""

from collections.abc import Iterator

from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span

_MOST = 0.5
_NAMED = 3  # words of the cause by which a sentence of a draft names the event


def guess(subject: Subject) -> Iterator[Hit]:
    """A hedge about the cause, and no day or step that will confirm it."""
    place = subject.task.place
    if place == "cause" and subject.has("hedge") and not settled(subject):
        yield Hit("cause.speculation", subject.first("hedge"))
    elif place == "draft":
        if subject.has("hedged_cause") and not subject.has("confirmation"):
            yield Hit("cause.speculation", subject.first("hedged_cause"))
            return
        for span in subject.spans("draft_hedge"):
            number = subject.number_of(span[0])
            if _of_cause(subject, number) and not _confirmed(subject, number):
                yield Hit("cause.speculation", span)
                return


def settled(subject: Subject) -> bool:
    """Whether a step or a day of confirmation is named anywhere in an answer."""
    return subject.has("confirmation") or (subject.has("test_due") and bool(subject.days))


def _of_cause(subject: Subject, number: int) -> bool:
    """Whether a sentence of a draft speaks of the cause."""
    return subject.among(number, "mechanism") or _has_words(subject, number, 2)


def _has_words(subject: Subject, number: int, least: int) -> bool:
    """Whether so many words of the cause stand in a sentence."""
    wanted = content_words(subject.context.cause or "")
    return len(wanted & subject.sentence_words[number]) >= least


def _confirmed(subject: Subject, number: int) -> bool:
    """Whether a sentence or the next one says when it will be known."""
    return any(
        subject.among(n, "confirmation") and any(subject.days_in(n)) for n in (number, number + 1)
    )


def bare_label(subject: Subject) -> Iterator[Hit]:
    """Force majeure without the event, or without both its dates and the proof."""
    if subject.task.place not in {"cause", "draft"} or not subject.has("force_majeure"):
        return
    claimed = [span for span in subject.spans("force_majeure") if not _asked(subject, span)]
    if claimed and not event_told(subject):
        yield Hit("cause.force_majeure_bare", claimed[0])


def _asked(subject: Subject, span: Span) -> bool:
    """Whether a sentence is a question, which claims nothing: "Force majeure? Hardly."."""
    _, end = subject.sentences[subject.number_of(span[0])]
    return subject.claimed[:end].rstrip().endswith("?")


def event_told(subject: Subject) -> bool:
    """Whether the event is named, with its day or what proves it; in a draft not as the effect."""
    homes = {subject.number_of(start) for start, _ in subject.spans("natural_event")}
    if subject.is_draft:
        homes = {n for n in homes if not _tells_effect(subject, n)}
        homes |= {n for n in range(len(subject.sentences)) if _has_words(subject, n, _NAMED)}
    dated = any(_own_days(subject, n) for n in range(len(subject.sentences)))
    return bool(homes) and (dated or subject.has("proof"))


def _tells_effect(subject: Subject, number: int) -> bool:
    """Whether most words of the effect on the customer stand in a sentence."""
    wanted = content_words(subject.context.impact or "")
    return len(wanted) > 1 and share(wanted, subject.sentence_words[number]) >= _MOST


def _own_days(subject: Subject, number: int) -> bool:
    """Whether a sentence has a day that is neither the agreed one nor the new one."""
    known = subject.context
    return any(
        not day.covers(known.new_date) and not day.covers(known.original_date)
        for day in subject.days_in(number)
    )
