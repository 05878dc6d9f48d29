"""What the coach says of a saved step was told on a card that had scrolled away by then."""

from bot.core.cards import screens
from bot.core.cards.blocks import Button, Buttons, Card, Facts, Hint
from bot.core.coaching.events import NoteKept, NotesOpened
from bot.core.dialogue import live, notes
from bot.core.events import EditOpened, Reviewed, Submitted
from bot.core.flow import reduce
from bot.core.words import FieldId
from tests.core.test_notes import CAUSE, SURE, Coached
from tests.delivery_cases import PLAYBOOK, TODAY

NOTED = "Tom forgot the order. " + SURE


def at_the_next_step() -> Coached:
    """The cause is saved and has notes; the step after it is open."""
    talk = Coached().answer(cause=NOTED)
    assert talk.case.step == "status"
    return talk


def card(talk: Coached) -> Card:
    return screens.draw(PLAYBOOK, talk.case, live.current(talk.case), today=TODAY)


def said(talk: Coached) -> list[str]:
    return [b.text.en for b in card(talk).blocks if isinstance(b, Hint)]


def buttons(talk: Coached) -> list[Button]:
    return [b for x in card(talk).blocks if isinstance(x, Buttons) for b in x.buttons]


def test_the_next_card_counts_the_notes_on_the_step_just_left() -> None:
    talk = at_the_next_step()
    assert len(notes.standing_notes(talk.case, "cause")) == 2
    assert said(talk)[0] == "Your last step has 2 notes from me."


def test_its_button_brings_the_notes_to_where_one_is() -> None:
    talk = at_the_next_step()
    phrases = [n.phrase for n in notes.standing_notes(talk.case, "cause")]
    talk.tell(NotesOpened(talk.stamp(), "cause", here=True))
    assert all(any(phrase in line for line in said(talk)) for phrase in phrases)
    assert [b.action.name for b in buttons(talk)].count("note_keep") == 2
    assert "notes_here" not in [b.action.name for b in buttons(talk)]


def test_a_settled_note_leaves_the_card() -> None:
    talk = at_the_next_step()
    for note in notes.standing_notes(talk.case, "cause"):
        talk.tell(NoteKept(talk.stamp(), "cause", note.check, "it is so"))
    assert not any("last step" in line for line in said(talk))
    assert live.slot(talk.case) in {getattr(e, "slot", "") for e in talk.said}


def test_a_step_without_notes_says_nothing_of_them() -> None:
    talk = Coached().answer(cause="On 12 May the cooling belt failed its test at 80 degrees.")
    assert talk.case.step == "status"
    assert not any("last step" in line for line in said(talk))


def test_the_review_counts_the_notes_of_each_step() -> None:
    talk = at_the_next_step()
    talk.tell(Reviewed(talk.stamp()))
    rows = [r for b in card(talk).blocks if isinstance(b, Facts) for r in b.rows if r.action]
    assert {r.label.en: r.note.en for r in rows if r.note} == {"Cause": "2 notes"}


def test_a_note_on_words_that_were_changed_is_gone_before_the_step_is_complete() -> None:
    talk = Coached().answer(cause=NOTED)
    talk.tell(EditOpened(talk.stamp(), CAUSE))
    boxes = {FieldId("cause"): "On 12 May the belt failed.", FieldId("cause_party"): "customer"}
    talk.case = reduce(PLAYBOOK, talk.case, Submitted(talk.stamp(), boxes, talk.case.revision))[0]
    assert notes.standing_notes(talk.case, "cause") == ()
