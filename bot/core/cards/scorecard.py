"""The scorecard of a draft: the seven principles in words, each with its evidence and one action."""

from collections.abc import Mapping, Sequence

from bot.core.cards.blocks import Block, Fact, Facts, Hint
from bot.core.case import Case
from bot.core.coaching.coach import grade
from bot.core.coaching.rubric import Severity
from bot.core.coaching.told import Note
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
_HONEST = "P1"
_MORE = Text(en="And {count} more above.", zh="上面还有{count}处。")


def scorecard(
    case: Case, about: str, flags: Sequence[Text], dropped: Sequence[Text]
) -> list[Block]:
    """One line a principle; the grade below, of what the lines say and of nothing else.

    `flags` say of claims that no answer holds them, `dropped` of answers that the text has lost;
    both are a matter of honesty. It speaks of the text and never of a person.
    """
    notes = standing_notes(case, about)
    ledger = [*flags, *dropped]
    rows = tuple(
        _row(
            name,
            [n for n in notes if n.principle == principle],
            ledger if principle == _HONEST else (),
        )
        for principle, name in PRINCIPLES.items()
    )
    weights: list[Severity] = [n.severity for n in notes]
    if flags:
        weights.append("blocker")
    if dropped:
        weights.append("major")
    return [Facts(rows), Hint(SAY.grade.fill(grade=grade(weights)))]


def _row(name: Text, notes: Sequence[Note], ledger: Sequence[Text]) -> Fact:
    if not notes and not ledger:
        return Fact(name, SAY.card_clear)
    said = SAY.card_missing if ledger or notes[0].severity != "minor" else SAY.card_nearly
    about = [*ledger[:1], *(_evidence(n) for n in notes[:1])]
    more = len(ledger) + len(notes) - len(about)
    about += [_MORE.fill(count=more)] if more else []
    return Fact(
        name, said, note=Text(en=" ".join(x.en for x in about), zh="".join(x.zh for x in about))
    )


def _evidence(note: Note) -> Text:
    said = SAY.card_evidence.fill(phrase=note.phrase) if note.phrase else note.message
    return Text(en=f"{said.en} {note.question.en}", zh=f"{said.zh}{note.question.zh}")
