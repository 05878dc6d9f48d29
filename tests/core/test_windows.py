"""Two windows, late forms, double clicks: nothing is lost and nothing is done twice."""

from bot.core.cards.blocks import Action
from bot.core.events import ReadingChosen
from bot.core.words import FieldId
from tests.core.talk import FULL, Talk

START = {
    k: FULL[k] for k in ("project", "customer", "original_date", "first_sign", "customer_language")
}


def started() -> Talk:
    """The first step is done; the cause is asked."""
    return Talk().submit(START)


def test_a_late_form_does_not_overwrite_a_newer_answer() -> None:
    talk = started()
    seen = talk.case.revision
    talk.type("Pump 3 leaks").submit({"cause": "Pump 4 leaks"}, seen=seen)
    assert talk.value("cause") == "Pump 3 leaks"
    assert "other" in talk.names
    assert talk.click("other", "cause/take").value("cause") == "Pump 4 leaks"


def test_boxes_that_a_late_form_did_not_change_ask_nothing() -> None:
    talk = Talk().fill_all().click("edit", "cause")
    seen = talk.case.revision
    talk.submit({"cause": "Pump 4 leaks"}).submit(
        {"cause": FULL["cause"], "note": "Legal knows."}, seen=seen
    )
    assert talk.value("cause") == "Pump 4 leaks"
    assert talk.value("note") == "Legal knows."
    assert talk.case.others == {}


def test_a_late_window_that_never_saw_the_old_answer_is_heard() -> None:
    talk = Talk()
    seen = talk.case.revision
    talk.submit({"project": "Depot"}).submit({"project": "Hall"})
    talk.submit({"project": "Depot"}, seen=seen)
    assert "Depot" in str(talk.case.others)


def test_a_third_window_loses_nothing_either() -> None:
    talk = started()
    seen = talk.case.revision
    talk.type("one leak").submit({"cause": "two leaks"}, seen=seen).submit(
        {"cause": "three leaks"}, seen=seen
    )
    kept = f"{talk.value('cause')} {talk.case.others} {talk.case.loose}"
    assert all(words in kept for words in ("one leak", "two leaks", "three leaks"))


def test_a_second_click_does_not_throw_away_the_other_windows_answer() -> None:
    talk = started()
    seen = talk.case.revision
    talk.submit({"cause": "one leak"}, seen=seen).submit({"cause": "two leaks"}, seen=seen)
    talk.submit({"cause": "one leak"}, seen=seen)
    assert "two leaks" in str(talk.case.others)


def test_a_late_blank_box_does_not_throw_away_what_waits_in_it() -> None:
    talk = started()
    seen = talk.case.revision
    talk.type("🙂").submit({"cause": "", "party": "ours"}, seen=seen)
    assert talk.case.pending[FieldId("cause")].raw == "🙂"


def test_a_late_form_does_not_throw_away_what_waits_in_the_box() -> None:
    talk = started().type("Pump 3 leaks").type("theirs").type("none")
    seen = talk.case.revision
    talk.type("the day after whenever").submit({"new_date": "2026-04-15"}, seen=seen)
    kept = f"{talk.case.pending} {talk.case.others} {talk.case.loose} {talk.case.answers}"
    assert "whenever" in kept
    assert "2026, 4, 15" in kept


def test_a_reading_of_an_older_question_is_not_taken() -> None:
    talk = (
        started()
        .submit({"cause": "x1 leaks", "party": "theirs", "note": "none"})
        .submit({"new_date": "2026-04-18"})
    )
    seen = talk.case.revision
    talk.submit({"new_date": "2026-04-25"})
    talk.give(ReadingChosen(talk.stamp(), FieldId("new_date"), 1, seen))
    assert talk.value("new_date") is None


def test_a_reading_that_breaks_a_rule_by_now_is_not_taken() -> None:
    talk = Talk().fill_all().click("edit", "plan").submit({"new_date": "2026-04-18"})
    talk.press(Action("edit", "start")).submit({"original_date": "2026-04-25"})
    talk.click("reading", "new_date/1")
    assert talk.value("new_date") == FULL["new_date"]
    waiting = talk.case.pending[FieldId("new_date")]
    assert waiting.raw == "2026-04-18"
    assert waiting.readings == ()


def test_a_second_click_on_send_changes_nothing() -> None:
    talk = Talk()
    seen = talk.case.revision
    talk.submit(START, seen=seen)
    before = talk.case
    talk.submit(START, seen=seen)
    assert talk.case is before


def test_input_that_was_not_taken_twice_changes_nothing_the_second_time() -> None:
    talk = Talk().submit({"original_date": "never"})
    before = talk.case
    talk.submit({"original_date": "never"})
    assert talk.case is before
    assert "does not read as a date" in talk.toasts[0]
