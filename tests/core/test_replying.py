"""A line typed while the draft is open: kept, and put into the text only where the owner says so."""

from dataclasses import replace

import pytest

from bot.core import actions
from bot.core.approving.events import SendOpened
from bot.core.approving.release import Outgoing, Release, ReleaseState
from bot.core.cards.blocks import Action, Buttons
from bot.core.cards.draft_card import draft_card
from bot.core.dialogue.replying import below_the_draft
from bot.core.events import DraftEdited, DraftOpened, Typed
from bot.core.message import draft
from tests.core.test_notes import Coached, hints
from tests.delivery_cases import PLAYBOOK, TODAY

MAIL = "email.day_to_day.en"
LINE = "We guarantee Hall 4 by 3 July."


def typed(*lines: str, channel: str = "") -> Coached:
    """The draft is opened, and lines are typed below it."""
    talk = Coached()
    talk.tell(DraftOpened(talk.stamp(), channel="chat" if channel == "chat" else None))
    for line in lines:
        talk.tell(Typed(talk.stamp(), line))
    return talk


def offers(talk: Coached) -> dict[str, Action]:
    """What is offered for the line, by its label."""
    assert talk.case.variant is not None
    card = draft_card(PLAYBOOK, talk.case, talk.case.variant, today=TODAY)
    buttons = [b for block in card.blocks if isinstance(block, Buttons) for b in block.buttons]
    return {b.label.en: b.action for b in buttons if b.action.name in ("reply", "put")}


def press(talk: Coached, action: Action) -> Coached:
    event = actions.event(talk.stamp(), action, actions.Click())
    assert event is not None
    return talk.tell(event)


def text(talk: Coached) -> str:
    assert talk.case.variant is not None
    return draft.text_on_screen(PLAYBOOK, talk.case, talk.case.variant, TODAY).text


def test_a_line_below_the_draft_changes_nothing_by_itself() -> None:
    talk = typed(LINE)
    assert (talk.case.edits, talk.case.loose) == ({}, LINE)
    assert [*offers(talk)] == ["Add it to the text", "Make it the whole text", "Leave it out"]


def test_it_is_added_before_the_end_and_the_ledger_and_the_coach_read_it() -> None:
    talk = typed(LINE)
    before = text(talk)
    press(talk, offers(talk)["Add it to the text"])
    body, end = before.rsplit("\n\n", 1)
    assert text(talk) == f"{body}\n\n{LINE}\n\n{end}"
    assert (talk.case.loose, offers(talk)) == ("", {})
    assert "“3 July” comes from no answer" in hints(talk.live_card())
    assert "“guarantee”" in hints(talk.live_card())


def test_it_becomes_the_whole_text_below_the_subject_that_stands() -> None:
    talk = typed(LINE)
    subject = text(talk).partition("\n")[0]
    press(talk, offers(talk)["Make it the whole text"])
    assert text(talk) == f"{subject}\n\n{LINE}"


def test_a_subject_of_its_own_takes_the_place_of_the_one_that_stands() -> None:
    talk = typed("Subject: News\n\nIt is 19 June now.")
    press(talk, offers(talk)["Make it the whole text"])
    assert text(talk) == "Subject: News\n\nIt is 19 June now."


def test_it_is_added_to_a_wording_of_ones_own_too() -> None:
    talk = typed()
    talk.tell(DraftEdited(talk.stamp(), "Subject: News\n\nIt is 19 June now.", MAIL))
    talk.tell(Typed(talk.stamp(), LINE))
    press(talk, offers(talk)["Add it to the text"])
    assert text(talk) == f"Subject: News\n\nIt is 19 June now.\n\n{LINE}"


def test_left_out_it_leaves_the_draft_as_it_is() -> None:
    talk = typed(LINE)
    before = text(talk)
    press(talk, offers(talk)["Leave it out"])
    assert (talk.case.loose, text(talk)) == ("", before)


def test_a_second_press_and_one_on_another_version_do_nothing() -> None:
    talk = typed(LINE)
    add = offers(talk)["Add it to the text"]
    talk.tell(DraftOpened(talk.stamp(), language="zh"))
    assert press(talk, add).case.edits == {}
    talk.tell(DraftOpened(talk.stamp(), language="en"))
    once = press(talk, offers(talk)["Add it to the text"]).case
    assert press(talk, add).case is once


def test_a_line_below_the_message_made_ready_shows_the_draft_with_it() -> None:
    talk = typed()
    talk.tell(SendOpened(talk.stamp()))
    before = talk.case
    talk.tell(Typed(talk.stamp(), LINE))
    assert (before.sending, talk.case.sending) == (True, False)
    assert "Add it to the text" in offers(talk)


@pytest.mark.parametrize(
    ("state", "stays"), [("ready", False), ("waiting", True), ("leaving", True)]
)
def test_what_is_on_its_way_stays_on_the_screen(state: ReleaseState, stays: bool) -> None:
    talk = typed()
    release = Release(MAIL, "en", "self", (), "", "It is 19 June now.", TODAY)
    case = replace(talk.case, sending=True, outgoing=Outgoing(1, release, state=state))
    assert below_the_draft(case).sending is stays
