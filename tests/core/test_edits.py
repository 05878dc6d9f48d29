"""Edits ask again what rests on them; nothing is erased by an empty box; clearing is confirmed."""

import pytest

from bot.core.cards.blocks import Action
from bot.core.dialogue.path import open_field
from tests.core.talk import FULL, PLAYBOOK, Talk

START = {
    k: FULL[k] for k in ("project", "customer", "original_date", "first_sign", "customer_language")
}


def started() -> Talk:
    """The first step is done; the cause is asked."""
    return Talk().submit(START)


def asked(talk: Talk) -> str:
    """The question that a typed line answers."""
    found = open_field(PLAYBOOK, talk.case)
    return found.id if found else "none"


def test_an_edit_asks_again_what_rests_on_it_and_keeps_the_old_value() -> None:
    talk = Talk().fill_all().click("edit", "start").submit({"original_date": "2026-04-02"})
    assert set(talk.case.stale) == {"new_date"}
    assert talk.case.step == "plan"
    assert talk.value("new_date") == "2026-04-15"


def test_sending_the_same_answer_confirms_it() -> None:
    talk = Talk().fill_all().click("edit", "start").submit({"original_date": "2026-04-02"})
    talk.submit({"new_date": "2026-04-15"})
    assert talk.case.stale == ()
    assert talk.case.step is None


def test_one_form_can_change_an_answer_and_confirm_what_rests_on_it() -> None:
    talk = Talk().fill_all().click("edit", "plan")
    talk.submit(
        {"new_date": "2026-04-16", "basis": FULL["basis"], "milestones": FULL["milestones"]}
    )
    assert (talk.case.stale, talk.case.step) == ((), None)


def test_an_edit_that_changes_nothing_asks_nothing_again() -> None:
    talk = Talk().fill_all().click("edit", "start").submit(START)
    assert (talk.case.stale, talk.case.step) == ((), None)


def test_an_empty_box_never_erases() -> None:
    talk = Talk().fill_all().click("edit", "cause").submit({"cause": "", "note": "  "})
    assert (talk.value("cause"), talk.value("note")) == (FULL["cause"], FULL["note"])
    assert any("keeps the old answer" in t for t in talk.toasts)


def test_clearing_is_confirmed() -> None:
    talk = Talk().fill_all().click("edit", "cause").click("clear", "note")
    assert talk.value("note") == FULL["note"]
    assert talk.click("clear_yes", "note").value("note") is None


@pytest.mark.parametrize(("word", "left"), [("yes", None), ("no", "HR knows."), ("是", None)])
def test_a_typed_yes_or_no_settles_the_clearing(word: str, left: str | None) -> None:
    talk = Talk().fill_all().click("edit", "cause").click("clear", "note").type(word)
    assert talk.value("note") == left
    assert talk.case.asking is None


def test_a_late_confirmation_does_not_clear_a_newer_answer() -> None:
    talk = Talk().fill_all().click("edit", "cause").click("clear", "note")
    talk.submit({"note": "Legal knows too."}).press(Action("clear_yes", "note"))
    assert talk.value("note") == "Legal knows too."


def test_clearing_without_a_question_does_nothing() -> None:
    talk = Talk().fill_all()
    assert talk.press(Action("clear_yes", "cause")).value("cause") == FULL["cause"]


def test_a_cleared_required_answer_is_asked_again() -> None:
    talk = (
        Talk().fill_all().click("edit", "plan").click("clear", "basis").click("clear_yes", "basis")
    )
    assert (asked(talk), talk.case.phase) == ("basis", "collecting")


def test_a_weekend_that_was_kept_is_not_asked_again() -> None:
    talk = started().press(Action("edit", "plan")).submit({"new_date": "2026-04-18"})
    talk.click("reading", "new_date/1")
    assert talk.value("new_date") == "2026-04-18"
    talk.submit({"new_date": "2026-04-18", "basis": "Ten seals are left."})
    assert talk.case.pending == {}
    assert talk.value("basis") == "Ten seals are left."
