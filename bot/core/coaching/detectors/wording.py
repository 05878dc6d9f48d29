"""Faults of wording: the frames that raise a check by themselves, wherever they may stand."""

from collections.abc import Iterator

from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.reading.numerals import normalise


def faults(subject: Subject) -> Iterator[Hit]:
    """Every fault whose frames stand in the text, at its first place."""
    for entry in subject.coaching.faults:
        if entry.id not in subject.matches or entry.check is None:
            continue
        named = _named(subject)
        spans = [s for s in subject.matches[entry.id] if subject.plain[s[0] : s[1]] not in named]
        places = entry.places or subject.coaching.check_of[entry.check].applies
        if spans and subject.task.place in places and not subject.has(*entry.excused_by):
            yield Hit(entry.check, spans[0])


def _named(subject: Subject) -> str:
    """What the project and the customer are called: words in a name are no fault."""
    known = subject.context
    return normalise(" ".join(filter(None, (known.project, known.customer, known.sender))))
