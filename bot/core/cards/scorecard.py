"""The scorecard of a draft: the seven principles in words, each with its evidence and one action."""

from collections.abc import Mapping

from bot.core.cards.blocks import Block, Fact, Facts, Hint
from bot.core.case import Case, Note
from bot.core.dialogue.notes import standing_notes
from bot.core.phrases import SAY
from bot.core.words import Text

PRINCIPLES: Mapping[str, Text] = {
    "P1": Text(en="Honest and transparent", zh="诚实透明"),
    "P2": Text(en="In time", zh="及时"),
    "P3": Text(en="Brings solutions", zh="带着方案"),
    "P4": Text(en="Keeps a positive attitude", zh="态度积极"),
    "P5": Text(en="Makes up for it", zh="补救得当"),
    "P6": Text(en="Follows up", zh="持续跟进"),
    "P7": Text(en="Learns from it", zh="吸取教训"),
}


def scorecard(case: Case, about: str) -> list[Block]:
    """One line a principle; the grade below. It speaks of the text and never of a person."""
    notes = standing_notes(case, about)
    coached = case.coached.get(about)
    rows = tuple(
        _row(name, [n for n in notes if n.principle == principle])
        for principle, name in PRINCIPLES.items()
    )
    grade = coached.grade if coached is not None else ""
    return [Facts(rows), Hint(SAY.grade.fill(grade=grade))] if grade else [Facts(rows)]


def _row(name: Text, notes: list[Note]) -> Fact:
    if not notes:
        return Fact(name, SAY.card_clear)
    worst = notes[0]
    said = SAY.card_nearly if worst.severity == "minor" else SAY.card_missing
    evidence = SAY.card_evidence.fill(phrase=worst.phrase) if worst.phrase else worst.message
    return Fact(
        name,
        said,
        note=Text(en=f"{evidence.en} {worst.question.en}", zh=f"{evidence.zh}{worst.question.zh}"),
    )
