"""Faults of wording: the frames that raise a check by themselves, wherever they may stand."""

from collections.abc import Iterator

from bot.core.detectors.subject import Hit, Subject


def faults(subject: Subject) -> Iterator[Hit]:
    """Every fault whose frames stand in the text, at its first place."""
    for entry in subject.coaching.faults:
        if entry.id not in subject.matches or entry.check is None:
            continue
        places = entry.places or subject.coaching.check_of[entry.check].applies
        if subject.task.place in places and not subject.has(*entry.excused_by):
            yield Hit(entry.check, subject.matches[entry.id][0])
