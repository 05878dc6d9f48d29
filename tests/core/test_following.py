"""From told to closed: what is asked, what an answer brings, what ends it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import flow
from bot.core.actions import Click
from bot.core.actions import event as event_of
from bot.core.approving.events import HowItWent
from bot.core.approving.promised import renewed
from bot.core.cards.blocks import Action, Buttons
from bot.core.cards.follow_cards import offer_card
from bot.core.case import ChoiceValue, DateValue
from bot.core.effects import BeginNext, LeadScreen, OfferScreen, SetPing
from bot.core.events import Begun, PingDue
from bot.core.following import laying
from bot.core.following.anchors import next_update
from bot.core.following.closing import missing
from bot.core.pings.manners import Manners
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, FieldId, Language, PersonId
from tests.core.followed import Followed

CHECK, REACHED = "milestone_check/1", "milestone_reached/1"
DAY_OF_CHECK = date(2026, 6, 9)


def heard() -> Followed:
    """Told, and the customer said something, so that nobody asks what they said."""
    told = Followed().tell()
    return told.give(HowItWent(told.stamp(), 1, "accepted", "Thank you for calling."))


def attentive(until: date) -> Followed:
    """Told, and every question up to that day answered at once."""
    told = heard()
    day = date(2026, 5, 19)
    while day < until:
        told.until(day)
        for key, one in told.case.reminders.items():
            if one.state == "asked":
                told.press(key, "done" if one.anchor != "new_date" else "on_track")
        day += timedelta(days=1)
    return told


def test_before_the_customer_is_told_nothing_is_laid() -> None:
    assert Followed().case.reminders == {}


def test_when_the_customer_is_told_every_promise_gets_its_pings() -> None:
    told = Followed().tell()
    assert told.case.phase == "told"
    assert {"next_update/0", CHECK, REACHED, "milestone_check/2", "new_date_in_danger/0",
            "new_date_reached/0", "remedy_given/0", "decision_open/0", "customer_silent/0",
            "feedback_told/0"} <= set(told.case.reminders)  # fmt: skip
    assert {k for k in told.alarms if k.startswith("ping:")} == {
        name_of(k) for k in told.case.reminders
    }


def test_the_first_question_begins_the_following() -> None:
    assert Followed().tell().until(date(2026, 5, 21)).case.phase == "following"


def test_a_milestone_is_asked_about_two_working_days_before() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK)
    assert (DAY_OF_CHECK, CHECK) in [(at.date(), key) for at, key in asked.asked]
    assert asked.buttons(CHECK) == ["On track", "At risk", "Done", "Snooze"]
    assert "Belt fitted" in asked.card(CHECK).text.en


def test_on_track_settles_it_and_the_card_says_so() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK).press(CHECK, "on_track")
    assert asked.reminder(CHECK).state == "answered"
    assert asked.buttons(CHECK) == []
    before = len(asked.asked)
    asked.until(date(2026, 6, 11))
    assert all(key != CHECK for _, key in asked.asked[before:])


def test_a_second_answer_changes_nothing() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK).press(CHECK, "on_track")
    case = asked.case
    assert asked.press(CHECK, "at_risk").case is case
    assert asked.toasts == ["That was answered already. Nothing changed."]


def test_done_spares_the_question_whether_it_is_done() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK).press(CHECK, "done")
    assert asked.reminder(REACHED).state == "lapsed"
    assert name_of(Key(REACHED)) not in asked.alarms
    assert asked.case.met == 1


def test_at_risk_opens_the_plan_and_says_to_tell_in_time() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK).press(CHECK, "at_risk")
    assert asked.case.step == "plan"
    assert "The date moves: begin the conversation" in asked.buttons(CHECK)
    assert asked.case.phase == "following"


def test_a_second_slip_begins_a_new_case_that_knows_the_history() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK).press(CHECK, "at_risk")
    asked.press("/", "next")
    (wish,) = [e for e in asked.effects if isinstance(e, BeginNext)]
    begun = Begun(
        asked.stamp(), CaseId("c2"), asked.case.tenant, "en", "Europe/London", "GB",
        wish.project, wish.found,
    )  # fmt: skip
    case, _ = flow.begin(asked.playbook, begun)
    answers = {k: a.value for k, a in case.answers.items()}
    assert answers[FieldId("original_date")] == asked.case.answers[FieldId("new_date")].value
    assert answers[FieldId("customer")] == asked.case.answers[FieldId("customer")].value
    assert case.answers[FieldId("moved_before")].origin is not None
    assert asked.reminder("new_date_reached/0").state == "lapsed"
    assert asked.case.phase == "following"


def test_an_update_given_brings_the_next_one_on_its_day() -> None:
    asked = heard().until(date(2026, 5, 22)).press("next_update/0", "done")
    assert asked.case.updates == 1
    following = asked.reminder("next_update/1")
    assert following.state == "laid"
    assert following.day == date(2026, 5, 29)  # a week later, as agreed


def test_a_delivery_ends_the_questions_on_the_way_and_asks_for_the_look_back() -> None:
    done = attentive(date(2026, 6, 19)).until(date(2026, 6, 19)).press("new_date_reached/0", "done")
    assert done.case.phase == "recovered"
    open_ = {r.kind for r in done.case.reminders.values() if r.is_open}
    assert open_ == {"feedback_delivered", "retrospective", "customer_meeting", "remedy_given"}


def test_a_case_closes_when_delivered_given_and_heard() -> None:
    done = attentive(date(2026, 6, 19)).until(date(2026, 6, 19)).press("new_date_reached/0", "done")
    assert missing(done.case) == ("remedy", "lesson")
    case = done.case
    asked = done.press("/", "close").case
    assert (asked.phase, asked.reminders) == (case.phase, case.reminders)
    said = "Before it can be closed, this is still missing: the remedy that was promised, what was learned."
    assert done.toasts == [said]
    done.until(date(2026, 6, 23)).press("remedy_given/0", "done")
    done.press("retrospective/0", "stop", "because", "Done with the next one.").press("/", "close")
    assert done.case.phase == "closed"
    assert not [k for k in done.alarms if k.startswith("ping:")]


def test_a_case_can_be_closed_all_the_same() -> None:
    told = Followed().tell().press("/", "close_anyway")
    assert told.case.phase == "closed"
    assert told.press("/", "close").toasts == ["That was answered already. Nothing changed."]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_who_wants_to_close_can_say_that_it_was_delivered_before_anybody_asks(
    language: Language,
) -> None:
    told = Followed(language).tell().press("/", "close")
    (offered,) = [s.screen for s in told.shows if isinstance(s.screen, OfferScreen)]
    card = offer_card(told.case, offered)
    (buttons,) = [b for b in card.blocks if isinstance(b, Buttons)]
    first = buttons.buttons[0]
    assert first.label.to(language) == {"en": "It has been delivered", "zh": "已经交付"}[language]
    told.act(first.action)
    assert told.case.phase == "recovered"


def test_two_unanswered_then_the_lead_is_told_once_then_silence() -> None:
    ignored = Followed(manners=Manners(lead=PersonId("boss"))).tell().until(date(2026, 7, 20))
    to_lead = [s for s in ignored.shows if isinstance(s.screen, LeadScreen)]
    assert [s.to for s in to_lead] == [PersonId("boss")]
    assert ignored.asked[-1][0] < datetime(2026, 5, 27, tzinfo=UTC)
    assert {r.state for r in ignored.case.reminders.values()} == {"parked"}
    assert ignored.alarms.keys() <= {"nudge"}


def test_one_question_left_alone_does_not_silence_the_others() -> None:
    busy = Followed(manners=Manners(lead=PersonId("boss"))).tell()
    for day in (21, 22):
        busy.until(date(2026, 5, day))
        if busy.reminder("next_update/0").state == "asked":
            busy.press("next_update/0", "done")
    busy.until(date(2026, 5, 26))
    assert busy.reminder("feedback_told/0").state == "parked"
    assert [s for s in busy.shows if isinstance(s.screen, LeadScreen)] == []
    assert not busy.case.unheard


def test_an_answer_after_silence_is_heard_and_questions_come_again() -> None:
    ignored = Followed().tell().until(date(2026, 6, 1))
    silent = ignored.case.unheard
    ignored.press("feedback_told/0", "done")
    assert (silent, ignored.case.unheard) == (True, False)
    ignored.until(DAY_OF_CHECK)
    assert CHECK in [key for _, key in ignored.asked]


@pytest.mark.parametrize(
    ("wish", "text", "day"),
    [
        ("tomorrow", "", date(2026, 6, 10)),
        ("date", "15 June", date(2026, 6, 15)),
        ("date", "周五", date(2026, 6, 12)),
    ],
)
def test_a_snoozed_ping_comes_again_on_its_day(wish: str, text: str, day: date) -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK)
    asked.press(CHECK, "snooze")
    assert "Another day" in asked.buttons(CHECK)
    before = len(asked.asked)
    asked.press(CHECK, "snooze", wish, text)
    assert asked.reminder(CHECK).due.date() == day
    asked.until(date(2026, 6, 16))
    again = [at.date() for at, key in asked.asked[before:] if key == CHECK]
    assert again[0] == day


def test_a_snooze_to_a_day_that_cannot_be_read_leaves_it_open() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK).press(CHECK, "snooze", "date", "soon")
    assert asked.reminder(CHECK).state == "asked"
    assert "could not read" in asked.toasts[0]


def test_a_whole_case_can_be_snoozed() -> None:
    told = Followed().tell().press("/", "snooze", "date", "30 June")
    assert told.until(date(2026, 6, 29)).asked == []
    assert len(told.until(date(2026, 6, 30)).asked) > 3


def test_never_needs_a_reason_and_is_kept_with_it() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK)
    asked.press(CHECK, "stop", "because", "  ")
    assert asked.reminder(CHECK).state == "asked"
    asked.press(CHECK, "stop", "because", "The site calls us each day.")
    assert asked.reminder(CHECK).state == "stopped"
    assert "The site calls us each day." in str(asked.card(CHECK))
    assert name_of(Key(CHECK)) not in asked.alarms


@pytest.mark.parametrize(("wish", "day"), [("earlier", 8), ("later", 10)])
def test_a_ping_can_be_moved_by_a_working_day(wish: str, day: int) -> None:
    told = Followed().tell().press(CHECK, "retune", wish)
    assert told.reminder(CHECK).due.date() == date(2026, 6, day)
    assert told.alarms[name_of(Key(CHECK))] == told.reminder(CHECK).due


def test_all_pings_of_a_case_can_be_moved_or_stopped() -> None:
    told = Followed().tell()
    before = {k: r.due for k, r in told.case.reminders.items()}
    told.press("/", "retune", "later")
    assert all(r.due > before[k] for k, r in told.case.reminders.items())
    told.press("/", "stop", "because", "The customer left.")
    assert {r.state for r in told.case.reminders.values()} == {"stopped"}
    assert told.press("/", "retune", "later").toasts == ["Nothing is followed up here yet."]


def test_an_unknown_move_is_no_event() -> None:
    told = Followed().tell()
    action = Action("ping", f"{told.case.id}/{CHECK}/retune/9999")
    assert event_of(told.stamp(), action, Click(told.case.revision)) is None


def test_a_menu_can_be_opened_and_left_again() -> None:
    asked = attentive(DAY_OF_CHECK).until(DAY_OF_CHECK)
    asked.press(CHECK, "stop")
    assert asked.buttons(CHECK) == ["Reason", "Keep asking"]
    asked.press(CHECK, "back")
    assert "On track" in asked.buttons(CHECK)
    case = asked.case
    assert asked.press(CHECK, "back").case is case


def test_an_answer_that_changes_after_the_telling_moves_no_promise() -> None:
    told = heard()
    answer = told.case.answers[FieldId("next_update")]
    moved = replace(answer, value=DateValue(date(2026, 5, 26)))
    before = told.case
    after = replace(before, answers={**before.answers, FieldId("next_update"): moved})
    case, _ = laying.kept(told.playbook, before, (after, ()), told.stamp())
    assert case.reminders[Key("next_update/0")].day == date(2026, 5, 22)


def test_a_promise_told_anew_takes_its_pings_along() -> None:
    told = heard()
    before = told.case
    update = next(p for p in before.given if p.kind == "next_update")
    given = renewed(before.given, (replace(update, date=date(2026, 5, 26)),))
    after = replace(before, given=given)
    case, effects = laying.kept(told.playbook, before, (after, ()), told.stamp())
    assert case.reminders[Key("next_update/0")].day == date(2026, 5, 26)
    assert any(isinstance(e, SetPing) and e.kind == "ping:next_update/0" for e in effects)


def test_what_the_customer_said_answers_the_question_how_they_took_it() -> None:
    told = Followed().tell()
    assert told.reminder("feedback_told/0").is_open
    told.give(HowItWent(told.stamp(), 1, "no_answer"))
    assert told.reminder("feedback_told/0").is_open
    told.give(HowItWent(told.stamp(), 1, "disputes"))
    assert told.reminder("feedback_told/0").state == "answered"
    assert "ping:feedback_told/0" not in told.alarms


def test_a_turning_point_that_was_told_is_asked_about_the_day_before() -> None:
    changed = {"channel": "letter", "trigger": "If the belt is not here by 9 June, we take B."}
    told = Followed(changed=changed).tell()
    (reminder,) = [r for r in told.case.reminders.values() if r.kind == "promise_due"]
    assert (reminder.day, reminder.due.date()) == (date(2026, 6, 9), date(2026, 6, 8))
    assert "the belt is not here by 9 June" in reminder.what


def test_what_the_text_does_not_ask_for_is_never_waited_for() -> None:
    told = Followed(changed={"channel": "call"}).tell()
    asked = told.case.answer_by is not None
    assert ("decision_open/0" in told.case.reminders) is asked


def test_an_early_alarm_is_set_again() -> None:
    told = Followed().tell()
    kind = name_of(Key(CHECK))
    case, effects = flow.reduce(told.playbook, told.case, PingDue(told.stamp(), kind))
    assert case is told.case
    assert effects == (SetPing(kind, told.reminder(CHECK).due),)


def test_an_alarm_of_a_ping_that_is_unknown_does_nothing() -> None:
    told = Followed().tell()
    event = PingDue(told.stamp(), "ping:nobody/7")
    assert flow.reduce(told.playbook, told.case, event) == (told.case, ())


def test_buttons_of_pings_that_are_gone_say_so() -> None:
    told = Followed().tell()
    for what in ("done", "snooze", "stop"):
        assert told.press("nobody/7", what).toasts == [
            "That was answered already. Nothing changed."
        ]
    assert told.press("nobody/7", "snooze", "tomorrow").toasts[0].startswith("That was")


def test_the_next_update_is_never_later_than_severity_allows() -> None:
    told = Followed().tell()
    friday = date(2026, 5, 22)
    assert next_update(told.playbook, told.case, friday) == date(2026, 5, 29)
    answer = told.case.answers[FieldId("cadence")]
    seldom = {FieldId("cadence"): replace(answer, value=ChoiceValue("fortnightly"))}
    rare = replace(told.case, answers={**told.case.answers, **seldom})
    assert next_update(told.playbook, rare, friday) <= date(2026, 6, 5)
    assert next_update(told.playbook, rare, friday, missed=True) < date(2026, 6, 5)


def test_an_abandoned_case_asks_nothing() -> None:
    told = Followed().tell().act(Action("abandon"))
    assert told.case.phase == "abandoned"
    assert told.until(date(2026, 7, 1)).asked == []
