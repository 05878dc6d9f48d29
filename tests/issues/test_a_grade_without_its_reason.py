"""A grade D stood below rows that all said “clear”: what the ledger flagged was in none of them."""

from bot.core.cards import screens
from bot.core.cards.blocks import Card, Fact, Facts, Hint, Quote
from bot.core.coaching.events import NoteKept, NotesOpened
from bot.core.dialogue import live, notes
from bot.core.events import DraftEdited, DraftOpened
from bot.core.message import draft
from tests.core.test_notes import Coached
from tests.delivery_cases import PLAYBOOK, TODAY


def edited(more: str, *, without: str = "") -> Coached:
    """The draft, changed by hand, with its scorecard open."""
    talk = Coached()
    talk.tell(DraftOpened(talk.stamp()))
    shown = next(b for b in card(talk).blocks if isinstance(b, Quote) and b.language)
    talk.tell(DraftEdited(talk.stamp(), shown.text.en.replace(without, "") + more))
    return talk.tell(NotesOpened(talk.stamp(), about(talk)))


def about(talk: Coached) -> str:
    assert talk.case.variant is not None
    return draft.key(talk.case.variant)


def card(talk: Coached) -> Card:
    return screens.draw(PLAYBOOK, talk.case, live.current(talk.case), today=TODAY)


def honest(talk: Coached) -> Fact:
    facts = [b for b in card(talk).blocks if isinstance(b, Facts)]
    return next(r for b in facts for r in b.rows if r.label.en == "Honest and transparent")


def grade(talk: Coached) -> str:
    hints = (b.text.en for b in card(talk).blocks if isinstance(b, Hint))
    return next(h for h in hints if h.startswith("Grade"))[6]


def test_a_claim_of_no_answer_stands_in_the_row_of_honesty() -> None:
    talk = edited("\n\nAll tests were passed on 3 May.")
    row = honest(talk)
    assert (grade(talk), row.value.en) == ("D", "missing")
    assert row.note is not None
    assert "“3 May” comes from no answer" in row.note.en


def test_an_answer_that_was_cut_out_stands_there_too() -> None:
    talk = edited("", without="We ran that test three weeks too late.")
    row = honest(talk)
    assert (grade(talk), row.value.en) == ("C", "missing")
    assert row.note is not None
    assert "“Our own part” is no longer in the text" in row.note.en


def test_a_note_that_was_kept_with_a_reason_counts_in_the_grade_no_more() -> None:
    talk = edited("\n\nTo be honest, this is only a tiny hiccup.")
    assert grade(talk) in "BCD"
    for note in notes.standing_notes(talk.case, about(talk)):
        talk.tell(NoteKept(talk.stamp(), about(talk), note.check, "agreed with legal"))
    assert grade(talk) == "A"


def test_the_coach_has_something_to_add_where_the_ledger_has() -> None:
    talk = edited("\n\nAll tests were passed on 3 May.")
    said = [b.text.en for b in card(talk).blocks if isinstance(b, Hint)]
    assert "The coach has nothing to add." not in said
