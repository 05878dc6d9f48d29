"""A hand edit belongs to one draft; a late or an empty one takes nothing away."""

from bot.core.cards.draft_card import draft_card
from bot.core.events import DraftEdited, DraftOpened, UndoAsked
from tests.core.test_notes import Coached, hints
from tests.delivery_cases import PLAYBOOK, TODAY

ENGLISH = "email.day_to_day.en"


def opened() -> Coached:
    talk = Coached()
    return talk.tell(DraftOpened(talk.stamp()))


def test_an_edit_stays_with_the_draft_it_was_written_for() -> None:
    talk = opened()
    seen = talk.case.revision
    talk.tell(DraftOpened(talk.stamp(), language="zh"))
    talk.tell(DraftEdited(talk.stamp(), "My own English words.", ENGLISH, seen))
    assert {k: e.text for k, e in talk.case.edits.items()} == {ENGLISH: "My own English words."}


def test_a_late_edit_is_kept_beside_the_present_one() -> None:
    talk = opened()
    seen = talk.case.revision
    talk.tell(DraftEdited(talk.stamp(), "The first window.", ENGLISH, seen))
    talk.tell(DraftEdited(talk.stamp(), "The second window.", ENGLISH, seen))
    assert talk.case.edits[ENGLISH].text == "The first window."
    assert talk.case.loose == "The second window."


def test_an_empty_editor_erases_nothing_and_undo_does() -> None:
    talk = opened()
    talk.tell(DraftEdited(talk.stamp(), "My own words.", ENGLISH, talk.case.revision))
    talk.tell(DraftEdited(talk.stamp(), "  ", ENGLISH, talk.case.revision))
    assert talk.case.edits[ENGLISH].text == "My own words."
    undo = DraftEdited(talk.stamp(), "", ENGLISH, talk.case.revision + 1, undo=True)
    talk.tell(undo)
    assert talk.case.edits[ENGLISH].text == "My own words."  # it is asked first
    talk.tell(UndoAsked(talk.stamp(), ENGLISH)).tell(undo)
    assert ENGLISH not in talk.case.edits


def test_an_edit_is_kept_also_when_the_draft_is_not_on_the_screen() -> None:
    talk = Coached()
    talk.tell(DraftEdited(talk.stamp(), "My own words.", ENGLISH, talk.case.revision))
    assert talk.case.edits[ENGLISH].text == "My own words."


def test_the_card_says_that_the_wording_is_ones_own() -> None:
    talk = opened()
    talk.tell(DraftEdited(talk.stamp(), "My own words.", ENGLISH, talk.case.revision))
    assert talk.case.variant is not None
    card = draft_card(PLAYBOOK, talk.case, talk.case.variant, today=TODAY)
    assert "Your own wording." in hints(card)
