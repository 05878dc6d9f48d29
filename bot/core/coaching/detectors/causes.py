"""Reasons: guesses, and force majeure as a bare label."""

from collections.abc import Iterator

from bot.core.coaching.detectors.subject import Hit, Subject


def guess(subject: Subject) -> Iterator[Hit]:
    """A hedge about the cause, and no day or step that will confirm it."""
    place = subject.task.place
    entry = {"cause": "hedge", "draft": "hedged_cause"}.get(place)
    if entry and subject.has(entry) and not subject.has("confirmation"):
        yield Hit("cause.speculation", subject.first(entry))


def bare_label(subject: Subject) -> Iterator[Hit]:
    """Force majeure without the event, or without both its dates and the proof."""
    if subject.task.place not in {"cause", "draft"} or not subject.has("force_majeure"):
        return
    proven = bool(subject.days) or subject.has("proof")
    if not (subject.has("natural_event") and proven):
        yield Hit("cause.force_majeure_bare", subject.first("force_majeure"))
