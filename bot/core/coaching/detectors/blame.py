"""Blame: another party made responsible, or our part denied, and no sentence that states our part."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.culprits import culprit_span
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span

_OURS = re.compile(r"\b(?:we|i)\b|(?<![把给让害对催跟叫被向等拿])(?:我们|我方|我司|咱)")
_FIGURE = re.compile(r"\d")
# Where an accusation is looked for in another party and what it is said to do; elsewhere "they"
# are the customer's people, whose trouble is told.
_OTHER_FAULTS = (
    "force_majeure",
    "people_matters",
    "money_inside",
    "hide",
    "withheld",
    "later",
)  # told by checks of their own
_PLACES = frozenset({"cause", "draft", "effort", "status"})


def blame(subject: Subject) -> Iterator[Hit]:
    """The whole fault put on others, or our part denied, and no sentence that states our part."""
    if subject.has("own_part"):
        return
    if subject.has(*_OTHER_FAULTS) or culprit_span(subject):
        spans = list(subject.spans("accusation", "denied_part", "accusation_said"))
    else:
        said = ("accusation", "denied_part", "helpless", "accusation_said")
        spans = [*subject.spans(*said), *_accusing(subject)]
    if spans:
        yield Hit("cause.blame_shift", min(spans))


def _accusing(subject: Subject) -> Iterator[Span]:
    """Clauses in which another party is said to have failed, or is where the blame is put."""
    if subject.task.place not in _PLACES:
        return
    for span in subject.spans("put_on_others"):
        guessed = subject.among(subject.number_of(span[0]), "hedge", "draft_hedge")
        if not (subject.is_draft and (guessed or _measured(subject, span))):
            yield span
    yield from _pairs(subject, "other_party", "accusing_act", "party_reach")
    if subject.task.place != "cause":
        return
    for first, second, reach in (
        ("blame_link", "other_party", "link_reach"),
        ("other_party", "left_undone", "party_reach"),
    ):
        for span in _pairs(subject, first, second, reach):
            if not _measured(subject, span):
                yield span


def _pairs(subject: Subject, first: str, second: str, reach: str) -> Iterator[Span]:
    """Where `second` follows `first` in one sentence, not far, and not with us as its subject."""
    most = subject.threshold(f"{reach}_{subject.language}")
    for start, end in subject.pairs(first, second, most):
        if not _OURS.search(subject.claimed, start, end):
            yield (start, end)


def _measured(subject: Subject, span: Span) -> bool:
    """Whether the sentence is a fact with figures or a date: told so, it accuses nobody."""
    number = subject.number_of(span[0])
    start, end = subject.sentences[number]
    return _FIGURE.search(subject.claimed, start, end) is not None or any(subject.days_in(number))
