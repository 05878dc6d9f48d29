"""A hand edit belongs to one draft; a late or an empty one takes nothing away."""

import pytest

from bot.core import actions
from bot.core.cards.blocks import Action, Buttons
from bot.core.cards.draft_card import draft_card
from bot.core.events import DraftEdited, DraftOpened, UndoAsked
from tests.core.test_notes import Coached, hints
from tests.delivery_cases import PLAYBOOK, TODAY

ENGLISH = "email.day_to_day.en"


def opened() -> Coached:
    talk = Coached()
    return talk.tell(DraftOpened(talk.stamp()))


def choices(talk: Coached) -> list[tuple[str, Action]]:
    """The buttons of the draft on the screen that choose between two wordings."""
    assert talk.case.variant is not None
    card = draft_card(PLAYBOOK, talk.case, talk.case.variant, today=TODAY)
    rows = [b.buttons for b in card.blocks if isinstance(b, Buttons)]
    return [(b.label.en, b.action) for row in rows for b in row if b.action.name == "edit_other"]


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
    assert talk.case.other_edits[ENGLISH].text == "The second window."
    assert [label for label, _ in choices(talk)] == ["Use this one", "Keep the present one"]


@pytest.mark.parametrize(("label", "kept"), [(0, "The second window."), (1, "The first window.")])
def test_of_two_wordings_the_chosen_one_stays(label: int, kept: str) -> None:
    talk = opened()
    seen = talk.case.revision
    talk.tell(DraftEdited(talk.stamp(), "The first window.", ENGLISH, seen))
    talk.tell(DraftEdited(talk.stamp(), "The second window.", ENGLISH, seen))
    action = choices(talk)[label][1]
    press = actions.event(talk.stamp(), action, actions.Click())
    assert press is not None
    talk.tell(press)
    assert talk.case.edits[ENGLISH].text == kept
    assert (talk.case.other_edits, choices(talk)) == ({}, [])
    before = talk.case
    assert talk.tell(press).case is before


def test_a_choice_between_wordings_takes_none_that_came_later() -> None:
    talk = opened()
    seen = talk.case.revision
    talk.tell(DraftEdited(talk.stamp(), "The first window.", ENGLISH, seen))
    talk.tell(DraftEdited(talk.stamp(), "The second window.", ENGLISH, seen))
    action = choices(talk)[0][1]
    talk.tell(DraftEdited(talk.stamp(), "Seen by nobody yet.", ENGLISH, talk.case.revision))
    press = actions.event(talk.stamp(), action, actions.Click())
    assert press is not None
    talk.tell(press)
    assert talk.case.edits[ENGLISH].text == "Seen by nobody yet."
    assert talk.case.other_edits[ENGLISH].text == "The second window."


def test_a_third_wording_is_kept_as_a_loose_line() -> None:
    talk = opened()
    seen = talk.case.revision
    for words in ("The first window.", "The second window.", "The third window."):
        talk.tell(DraftEdited(talk.stamp(), words, ENGLISH, seen))
    assert talk.case.other_edits[ENGLISH].text == "The second window."
    assert talk.case.loose == "The third window."


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
