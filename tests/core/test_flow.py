"""The rules of the dialogue: issue 2, section 2."""

from dataclasses import replace

import pytest

from bot.core.case import Offer, TextValue
from bot.core.dialogue.path import open_field
from bot.core.effects import (
    MovedScreen,
    NudgeScreen,
    Recall,
    RecapScreen,
    ReviewScreen,
    SetPing,
    Show,
    SkipScreen,
    StepScreen,
    StoppedScreen,
)
from bot.core.events import (
    Abandoned,
    PingDue,
    Recalled,
    Resumed,
    SkipAsked,
    Stopped,
    WentBack,
    WhyAsked,
)
from bot.core.phrases import SAY
from bot.core.words import FieldId, StepId, same
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


# Steps and typed answers


def test_a_typed_line_answers_the_first_open_question() -> None:
    talk = Talk().type("Depot")
    assert talk.value("project") == "Depot"
    assert asked(talk) == "customer"


def test_a_typed_line_moves_the_live_message_below_it() -> None:
    talk = Talk().type("Depot")
    assert talk.slots == ["live:1", "live:2"]
    assert [e.screen for e in talk.effects if isinstance(e, Show)] == [
        RecapScreen(StepId("start"), (FieldId("project"),)),
        StepScreen(StepId("start")),
    ]


def test_a_form_of_part_of_a_step_is_drawn_again_in_place() -> None:
    talk = Talk().submit({"project": "Depot"})
    assert talk.slots == ["live:1"]


def test_a_complete_step_leads_to_the_next_open_one() -> None:
    talk = started()
    assert talk.case.step == "cause"
    assert talk.slots == ["live:1", "live:2"]


def test_all_steps_done_lead_to_the_review() -> None:
    talk = Talk().fill_all()
    assert (talk.case.step, talk.case.phase) == (None, "reviewing")
    assert isinstance([e for e in talk.effects if isinstance(e, Show)][-1].screen, ReviewScreen)


def test_an_empty_line_changes_nothing() -> None:
    talk = Talk()
    before = talk.case
    assert talk.type("  \n ").case is before
    assert talk.toasts


def test_a_question_that_does_not_apply_is_not_asked() -> None:
    talk = started().type("Pump 3 leaks").type("theirs")
    assert asked(talk) == "note"


def test_an_answer_whose_question_no_longer_applies_comes_back_with_it() -> None:
    talk = Talk().fill_all().click("edit", "cause").submit({"party": "theirs"})
    assert "own_part" not in [f.id for f in PLAYBOOK.steps[1].fields if asked(talk) == f.id]
    talk.click("edit", "cause").submit({"party": "ours"})
    assert talk.value("own_part") == FULL["own_part"]


@pytest.mark.parametrize("line", ["none", "n/a", "无", "没有"])
def test_none_leaves_an_optional_question_empty(line: str) -> None:
    talk = started().submit({"cause": "Pump 3 leaks", "party": "theirs"}).type(line)
    assert talk.value("note") is None
    assert talk.case.step == "plan"


def test_none_in_a_form_leaves_an_optional_box_empty() -> None:
    talk = started().submit({"cause": "Pump 3 leaks", "party": "theirs", "note": "none"})
    assert talk.value("note") is None
    assert talk.case.step == "plan"


def test_no_is_an_answer_where_it_is_a_choice() -> None:
    talk = Talk().submit({k: v for k, v in FULL.items() if k not in ("weekend", "owner")})
    assert asked(talk) == "weekend"
    assert talk.type("no").value("weekend") == "no"


def test_none_typed_over_an_answer_asks_before_it_clears() -> None:
    talk = Talk().fill_all().click("edit", "cause").submit({"cause": "Pump 4 leaks."})
    assert asked(talk) == "note"
    assert talk.type("none").value("note") == FULL["note"]
    assert talk.click("clear_yes", "note").value("note") is None


def test_a_line_that_no_question_takes_is_kept_and_offered() -> None:
    talk = Talk().fill_all().type("the crane is booked")
    assert talk.case.loose == "the crane is booked"
    assert talk.click("edit", "cause").click("put", "cause").value("cause") == "the crane is booked"
    assert talk.case.loose == ""


def test_a_line_that_answers_nothing_can_be_let_go() -> None:
    talk = Talk().fill_all().type("thanks").click("edit", "cause")
    talk.press(next(a for a in talk.pressable() if a.argument.startswith("/")))
    assert talk.case.loose == ""
    assert talk.value("cause") == FULL["cause"]


# Back, skip, stop, resume


def test_back_opens_the_step_before_and_keeps_every_answer() -> None:
    talk = started().type("Pump 3 leaks").click("back")
    assert talk.case.step == "start"
    assert talk.value("cause") == "Pump 3 leaks"


def test_back_at_the_first_step_says_so() -> None:
    talk = Talk()
    talk.give(WentBack(talk.stamp()))
    assert talk.toasts == ["This is the first step."]


def test_a_double_click_on_back_goes_back_once() -> None:
    talk = started().submit({"cause": "Pump 3 leaks", "party": "theirs", "note": "none"})
    assert talk.click("back").again().case.step == "cause"


def test_sending_a_complete_step_unchanged_moves_on() -> None:
    talk = started().click("back").submit(START)
    assert talk.case.step == "cause"


def test_skip_asks_for_a_reason_and_says_what_is_lost() -> None:
    talk = started().click("skip")
    assert "much" in str(talk.card())
    talk.click("skip_because", "cause/not_known")
    assert talk.case.skips[StepId("cause")].reason == "not_known"
    assert talk.case.step == "plan"


def test_a_typed_reason_for_skipping_is_kept_in_words() -> None:
    talk = started().click("skip").type("legal still looks at it")
    assert talk.case.skips[StepId("cause")].reason == "legal still looks at it"


def test_no_typed_at_the_skip_question_takes_it_back() -> None:
    talk = started().click("skip").type("no")
    assert (talk.case.skips, talk.case.asking, talk.case.step) == ({}, None, "cause")


def test_the_first_step_cannot_be_skipped() -> None:
    talk = Talk().give(SkipAsked(Talk().stamp()))
    assert talk.toasts == ["This step cannot be skipped: the message needs it."]


def test_a_late_skip_does_not_hide_a_step_that_was_answered_meanwhile() -> None:
    talk = started().click("skip")
    late = next(a for a in talk.pressable() if a.argument == "cause/not_known")
    talk.submit({"cause": "Pump 3 leaks", "party": "theirs", "note": "none"}).press(late)
    assert talk.case.skips == {}


def test_typed_skip_leaves_an_optional_question_empty() -> None:
    talk = started().submit({"cause": "Pump 3 leaks", "party": "theirs"})
    talk.give(SkipAsked(talk.stamp(), typed=True))
    assert FieldId("note") in talk.case.passed
    assert talk.case.step == "plan"


def test_typed_skip_asks_below_the_line() -> None:
    talk = started()
    talk.give(SkipAsked(talk.stamp(), typed=True))
    assert talk.slots == ["live:2", "live:3"]
    assert isinstance([e for e in talk.effects if isinstance(e, Show)][-1].screen, SkipScreen)


def test_going_back_to_a_skipped_step_lets_one_answer_it_by_typing() -> None:
    talk = started().click("skip").click("skip_because", "cause/later").click("back")
    assert asked(talk) == "cause"
    talk.type("Pump 3 leaks")
    assert talk.value("cause") == "Pump 3 leaks"
    assert talk.case.skips == {}


def test_stop_saves_and_resume_opens_the_same_question_below() -> None:
    talk = started().type("Pump 3 leaks").click("stop")
    assert talk.case.stopped
    talk.click("resume")
    assert (talk.case.stopped, talk.case.step, asked(talk)) == (False, "cause", "party")


def test_typed_stop_is_answered_below_the_line() -> None:
    talk = started()
    talk.give(Stopped(talk.stamp()))
    assert talk.slots == ["live:2", "live:3"]


def test_stop_on_a_message_of_before_does_not_stop_the_case() -> None:
    talk = started()
    old = next(a for a in talk.pressable() if a.name == "stop")
    before = talk.type("Pump 3 leaks").case
    assert talk.press(old).case is before
    assert talk.toasts == [SAY.moved.en]


def test_a_double_click_on_stop_stops_once() -> None:
    before = (talk := started().click("stop")).case
    assert talk.again().case is before


def test_a_double_click_on_resume_says_it_once() -> None:
    talk = started().click("stop")
    before = talk.click("resume").case
    assert talk.again().case is before


def test_a_double_click_on_review_says_it_once() -> None:
    talk = started()
    before = talk.click("review").case
    assert talk.again().case is before


def test_continue_at_a_complete_step_goes_on_to_the_next_open_one() -> None:
    talk = started().click("back")
    talk.give(Resumed(talk.stamp()))
    assert talk.case.step == "cause"


def test_the_review_says_open_of_what_nobody_has_answered_yet() -> None:
    card = str(started().type("Pump 3 leaks").click("review").card())
    assert "left empty" not in card
    assert "Plan" in card
    assert "Milestones" not in card


# Why, example


def test_why_is_answered_and_the_step_stays_open() -> None:
    talk = started().click("why")
    assert talk.case.step == "cause"
    assert "because" in str(talk.card())


def test_typed_why_is_answered_below_the_line() -> None:
    talk = started()
    talk.give(WhyAsked(talk.stamp()))
    assert talk.slots == ["live:2", "live:3"]
    assert "because" in str(talk.card())


def test_why_at_the_skip_question_goes_back_to_the_step() -> None:
    talk = started().click("skip")
    talk.give(WhyAsked(talk.stamp())).type("Pump 3 leaks")
    assert talk.value("cause") == "Pump 3 leaks"
    assert talk.case.skips == {}


def test_an_example_shows_a_good_answer_and_a_weak_one() -> None:
    card = str(started().click("example").card())
    assert "pump 3 leaks" in card
    assert "later" in card


# Offers


def offered(talk: Talk) -> Talk:
    """A value of an earlier case is offered for the customer."""
    offer = Offer(TextValue("Northbay"), same("last case"))
    return talk.give(Recalled(talk.stamp(), {FieldId("customer"): offer}))


def test_a_new_customer_is_looked_up() -> None:
    talk = Talk().submit({"customer": "Northbay"})
    assert [e for e in talk.effects if isinstance(e, Recall)] == [Recall("Northbay")]


def test_an_offer_is_shown_and_marked_but_is_no_answer() -> None:
    talk = offered(Talk())
    assert talk.value("customer") is None
    assert "last case" in str(talk.card())


def test_a_taken_offer_keeps_where_it_came_from() -> None:
    talk = offered(Talk()).click("take_offer")
    assert talk.case.answers[FieldId("customer")].origin == same("last case")


def test_an_offer_does_not_replace_what_was_typed_and_not_taken() -> None:
    talk = offered(Talk().type("Depot").type("🙂")).click("take_offer")
    assert talk.case.pending[FieldId("customer")].raw == "🙂"


def test_a_double_click_on_an_offer_does_not_take_those_of_the_next_step() -> None:
    talk = Talk().submit({"project": "Depot", "original_date": "2026-04-01"})
    talk.submit({"first_sign": "2026-02-20", "customer_language": "en"})
    offers = {"customer": "Northbay", "cause": "Pump 1 leaks"}
    talk.give(
        Recalled(
            talk.stamp(),
            {FieldId(k): Offer(TextValue(v), same("last case")) for k, v in offers.items()},
        )
    )
    before = talk.click("take_offer").case
    assert before.step == "cause"
    assert talk.again().case is before


def test_offers_of_one_customer_go_when_the_customer_is_another() -> None:
    talk = Talk().submit({"customer": "Acme"})
    talk.give(
        Recalled(
            talk.stamp(), {FieldId("project"): Offer(TextValue("Acme hall"), same("last case"))}
        )
    )
    talk.submit({"customer": "Beta"})
    assert talk.case.offers == {}
    assert "Acme hall" not in str(talk.card())


def test_an_offered_box_that_is_sent_unchanged_keeps_where_it_came_from() -> None:
    talk = offered(Talk()).submit({"customer": "Northbay", "project": "Depot"})
    assert talk.case.answers[FieldId("customer")].origin == same("last case")


# Nudges, the end


def test_silence_is_broken_twice_and_then_the_case_rests() -> None:
    talk = started()
    for last in (False, True):
        talk.give(PingDue(talk.stamp(), "nudge"))
        shows = [e for e in talk.effects if isinstance(e, Show)]
        assert [e.screen for e in shows if e.slot.startswith("nudge")] == [NudgeScreen(last=last)]
        assert [e.screen for e in shows if e.slot.startswith("live")] == [StoppedScreen()] * last
    assert talk.case.stopped
    assert talk.give(PingDue(talk.stamp(), "nudge")).effects == ()


def parked(talk: Talk) -> Talk:
    """The case after the last nudge."""
    for _ in range(2):
        talk.give(PingDue(talk.stamp(), "nudge"))
    return talk


def test_a_line_typed_after_the_last_nudge_answers_the_open_question() -> None:
    talk = parked(started()).type("Pump 3 leaks")
    assert (talk.value("cause"), talk.case.loose, talk.case.stopped) == ("Pump 3 leaks", "", False)
    assert isinstance(talk.shown, StepScreen)


def test_a_line_that_is_no_answer_waits_in_its_box_after_the_last_nudge() -> None:
    talk = parked(started()).type("🙂")
    assert (talk.case.pending[FieldId("cause")].raw, talk.case.stopped) == ("🙂", False)


def test_a_line_typed_into_a_case_that_was_put_aside_is_kept_loose() -> None:
    talk = started().click("stop").type("Pump 3 leaks")
    assert (talk.case.loose, talk.case.stopped) == ("Pump 3 leaks", True)


def test_a_second_silence_is_broken_by_a_new_message() -> None:
    talk = started().give(PingDue(started().stamp(), "nudge"))
    first = talk.slots
    talk.submit({"cause": "Pump 3 leaks"}).give(PingDue(talk.stamp(), "nudge"))
    assert talk.slots
    assert talk.slots != first


def test_every_answer_sets_the_next_nudge() -> None:
    talk = Talk().type("Depot")
    assert [e.kind for e in talk.effects if isinstance(e, SetPing)] == ["nudge"]


def test_an_abandoned_case_hears_nothing_more() -> None:
    talk = started()
    talk.give(Abandoned(talk.stamp()))
    before = talk.case
    assert talk.type("hello?").case is before
    assert talk.effects == ()


def test_leaving_a_step_without_an_answer_does_not_say_saved() -> None:
    talk = started().click("back")
    left = next(e for e in talk.effects if isinstance(e, Show))
    assert isinstance(left.screen, RecapScreen)
    talk.shown = left.screen
    assert "saved" not in talk.card().text.en


def test_a_moved_message_says_where_it_goes_on() -> None:
    talk = started().type("🙂")
    assert isinstance(next(e for e in talk.effects if isinstance(e, Show)).screen, MovedScreen)


def test_an_unchanged_case_is_the_same_object() -> None:
    talk = started()
    before = talk.case
    assert talk.click("why").case is before
    assert replace(before) == before
