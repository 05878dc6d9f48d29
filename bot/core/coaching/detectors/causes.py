"""Reasons: guesses, and force majeure as a bare label."""

from collections.abc import Iterator

from bot.core.coaching.detectors.overlap import content_words
from bot.core.coaching.detectors.subject import Hit, Subject


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
    wanted = content_words(subject.context.cause or "")
    return subject.among(number, "mechanism") or len(wanted & subject.sentence_words[number]) > 1


def _confirmed(subject: Subject, number: int) -> bool:
    """Whether a sentence or the next one says when it will be known."""
    return any(
        subject.among(n, "confirmation") and any(subject.days_in(n)) for n in (number, number + 1)
    )


def bare_label(subject: Subject) -> Iterator[Hit]:
    """Force majeure without the event, or without both its dates and the proof."""
    if subject.task.place not in {"cause", "draft"} or not subject.has("force_majeure"):
        return
    if not event_told(subject):
        yield Hit("cause.force_majeure_bare", subject.first("force_majeure"))


def event_told(subject: Subject) -> bool:
    """Whether the event is named, with its day or what proves it."""
    return subject.has("natural_event") and (bool(subject.days) or subject.has("proof"))
