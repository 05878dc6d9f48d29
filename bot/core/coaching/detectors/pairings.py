"""Faults that two things make together: who gets it and what, a term and how it is changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.detectors.wording import REDRESS, grants, repeats_cause, turned_down
from bot.core.coaching.frames import Span
from bot.core.coaching.rubric import Place

_ANY: frozenset[Place] = frozenset()
_REDRESS: frozenset[Place] = frozenset({"remedy", "followup", "contingency", "draft"})


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two signs that raise a check where they stand in one sentence, in either order.

    `reach` is in characters; `excused` are signs that in the same sentence take it away.
    """

    check: str
    first: str
    second: str
    reach: int
    places: frozenset[Place] = _ANY
    excused: tuple[str, ...] = ()


PAIRINGS: tuple[Pairing, ...] = (
    Pairing("remedy.personal_gift", "one_of_theirs", "private_good", 24, _REDRESS, ("for_all",)),
    Pairing(
        "remedy.contract_change_informal",
        "term_of_contract",
        "without_paper",
        30,
        _ANY,
        ("on_paper",),
    ),
    Pairing("legal.liability_admission", "their_harm", "taken_whole", 24, _ANY, ("held_to_limit",)),
    Pairing("tone.hollow_apology", "under_condition", "regret", 40, _ANY, ("own_promise",)),
    Pairing("plan.quality_shortcut", "safeguard", "left_short", 12, _ANY, ("safeguard_kept",)),
    Pairing("timing.withhold", "shown_outside", "known_inside", 40, _ANY, ("no_hiding",)),
    Pairing("timing.withhold", "the_news", "kept_dark", 10, _ANY, ("no_hiding",)),
)


def together(subject: Subject) -> Iterator[Hit]:
    """Every pairing whose two signs stand close to each other in one sentence."""
    for pairing in PAIRINGS:
        if pairing.places and subject.task.place not in pairing.places:
            continue
        spans = [s for s in _near(subject, pairing) if not _excused(subject, s, pairing)]
        if spans and not (pairing.check in REDRESS and turned_down(subject)):
            yield Hit(pairing.check, min(spans))


def _near(subject: Subject, pairing: Pairing) -> Iterator[Span]:
    yield from subject.pairs(pairing.first, pairing.second, pairing.reach)
    yield from subject.pairs(pairing.second, pairing.first, pairing.reach)


def _excused(subject: Subject, span: Span, pairing: Pairing) -> bool:
    """Whether a guard stands beside the pair, or a draft only tells there what was answered or approved."""
    number = subject.number_of(span[0])
    if pairing.excused and subject.among(number, *pairing.excused):
        return True
    granted = pairing.check == "legal.liability_admission" and grants(subject, span)
    return granted or repeats_cause(subject, span)
