"""Steps after the telling: what the customer says, the look back, and the lesson for others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.core.cards import screens
from bot.core.case import first_day_of, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.effects import AgendaScreen, KeepLesson, LessonScreen, OfferScreen, Show
from bot.core.events import Submitted
from bot.core.following.feedback import Feedback
from bot.core.following.minutes import silence
from bot.core.lessons.lesson import without_addresses
from bot.core.pings.reminder import Key
from bot.core.words import FieldId
from tests.core.followed import Followed
from tests.core.test_following import attentive

DELIVERED = date(2026, 6, 19)
LOOK_BACK: Mapping[str, object] = {
    "retro_causes": "The load test came after the order.",
    "retro_late": "The supplier answered five days late in March.",
    "retro_actions": ({"name": "Test before ordering", "owner": "Ida", "day": "2026-07-06"},),
}


def fill(told: Followed, boxes: Mapping[str, object]) -> Followed:
    raw = {FieldId(k): v for k, v in boxes.items()}
    return told.give(Submitted(told.stamp(), raw, told.case.revision))  # type: ignore[arg-type]


def delivered() -> Followed:
    told = attentive(DELIVERED).until(DELIVERED)
    return told.press("new_date_reached/0", "done")


def screens_of(told: Followed, kind: type) -> list[Show]:
    return [s for s in told.shows if isinstance(s.screen, kind)]


def test_feedback_is_two_taps_and_a_quote() -> None:
    told = Followed().tell().until(date(2026, 5, 21)).press("feedback_told/0", "feedback")
    opened = told.case.step
    fill(told, {"feedback_early": "four", "feedback_trust": "three", "feedback_quote": "Call us."})
    assert told.case.feedback == (Feedback(told.at, 4, 3, "Call us."),)
    assert (opened, told.case.step) == ("feedback", None)
    assert told.reminder("feedback_told/0").state == "answered"
    assert told.case.phase == "following"


def test_a_quote_is_not_needed() -> None:
    told = Followed().tell().press("/", "feedback")
    fill(told, {"feedback_early": "four"})
    assert told.case.step == "feedback"
    fill(told, {"feedback_trust": "two", "feedback_quote": ""})
    assert [f.trust for f in told.case.feedback] == [2]
    told.press("/", "feedback")
    assert FieldId("feedback_early") not in told.case.answers


def test_feedback_that_is_half_filled_goes_on_where_it_was() -> None:
    told = Followed().tell().press("/", "feedback")
    fill(told, {"feedback_quote": "Call us before you write."})
    told.press("/", "feedback")
    assert text_of(told.case, "feedback_quote") == "Call us before you write."
    fill(told, {"feedback_early": "four", "feedback_trust": "two"})
    assert [f.quote for f in told.case.feedback] == ["Call us before you write."]


def test_the_customer_was_heard_so_nobody_asks_why_they_are_silent() -> None:
    told = Followed().tell().until(date(2026, 5, 21)).press("feedback_told/0", "feedback")
    fill(told, {"feedback_early": "four", "feedback_trust": "three", "feedback_quote": "Fine."})
    assert told.reminder("customer_silent/0").state == "lapsed"
    assert told.reminder("customer_silent/1").day == date(2026, 5, 21)


def test_nothing_can_be_looked_back_on_before_the_customer_was_told() -> None:
    early = Followed().press("/", "retrospective")
    assert early.toasts == ["Nothing is followed up here yet."]


def test_the_look_back_shows_the_agenda_and_what_happened_when() -> None:
    done = delivered().until(date(2026, 6, 23)).press("retrospective/0", "retrospective")
    assert (done.case.phase, done.case.step) == ("learning", "retrospective")
    (agenda,) = screens_of(done, AgendaScreen)
    card = screens.draw(done.playbook, done.case, agenda.screen, today=date(2026, 6, 23))
    words = str(card)
    assert "Time line (15 min)" in words
    assert "Customer told" in words
    assert "Delivered" in words
    assert "4 working days from the first sign to telling the customer." in words


def test_whoever_told_on_the_day_of_the_first_sign_counts_no_days() -> None:
    case = Followed().tell().case
    sign = first_day_of(case, "first_sign")
    assert sign is not None
    assert case.told_at is not None
    soon = replace(case, told_at=case.told_at - (local_day(case, case.told_at) - sign))
    said = silence(soon)
    assert said is not None
    assert said.en == "The customer was told on the day of the first sign."


def test_whoever_has_looked_back_is_not_asked_to_whatever_button_led_there() -> None:
    done = delivered().press("/", "retrospective")
    fill(done, LOOK_BACK)
    fill(done, {"retro_keep": "The call before the mail."})
    assert done.case.step is None
    assert done.reminder("retrospective/0").state == "answered"
    done.until(date(2026, 6, 30))
    assert "retrospective/0" not in {key for _, key in done.asked}


def test_actions_of_the_look_back_come_back_on_their_day() -> None:
    done = delivered().until(date(2026, 6, 23)).press("retrospective/0", "retrospective")
    fill(done, LOOK_BACK)
    fill(done, {"retro_keep": "The call before the mail."})
    assert done.reminder("action_due/1").day == date(2026, 7, 6)
    assert done.reminder("retrospective/0").state == "answered"
    assert screens_of(done, OfferScreen)[-1].slot.startswith("after:")
    done.until(date(2026, 7, 6))
    assert Key("action_due/1") in [key for _, key in done.asked]


def test_a_lesson_is_kept_without_the_names_of_the_case() -> None:
    done = delivered().press("/", "lesson")
    fill(
        done,
        {
            "lesson_trigger": "Marrow Bakeries want a belt before it was tested.",
            "lesson_advice": "Ask Ms Okafor and Jonas for the report of Hall 4.",
            "lesson_evidence": "It took a day.",
            "lesson_until": "2027-06-01",
        },
    )
    assert not any(isinstance(e, KeepLesson) for e in done.effects)
    done.press("/", "keep")
    (kept,) = [e.lesson for e in done.effects if isinstance(e, KeepLesson)]
    assert kept.trigger == "the customer want a belt before it was tested."
    assert kept.advice == "Ask somebody and somebody for the report of the project."
    assert kept.category == "technical"
    assert kept.until == date(2027, 6, 1)
    assert kept.outcome == "10 working days later than first promised; the new date held"
    (shown,) = screens_of(done, LessonScreen)
    card = screens.draw(done.playbook, done.case, shown.screen, today=DELIVERED)
    assert "The names that I know are taken out." in str(card)
    assert "Okafor" not in str(card)


def test_the_meeting_with_the_customer_has_its_own_agenda() -> None:
    done = delivered().until(date(2026, 6, 23))
    for key in ("retrospective/0", "feedback_delivered/0", "remedy_given/0"):
        done.press(key, "stop", "because", "Held already.")
    done.until(date(2026, 7, 3))
    assert "What to talk about" in done.buttons("customer_meeting/0")
    case = done.case
    assert done.press("customer_meeting/0", "agenda").case is case
    (agenda,) = screens_of(done, AgendaScreen)
    words = str(screens.draw(done.playbook, done.case, agenda.screen, today=date(2026, 7, 3)))
    assert "The customer first (15 min)" in words
    assert "First sign" not in words  # what is inside stays inside


def test_a_lesson_is_looked_at_again_on_its_day_also_after_the_case_is_closed() -> None:
    done = delivered().press("/", "lesson")
    fill(
        done,
        {
            "lesson_trigger": "A belt comes late.",
            "lesson_advice": "Ask for the report.",
            "lesson_evidence": "It took a day.",
            "lesson_until": "2027-06-01",
        },
    )
    done.press("/", "keep").press("/", "close_anyway")
    assert done.case.phase == "closed"
    assert done.reminder("lesson_review/1").state == "laid"
    done.until(date(2027, 6, 1))
    assert Key("lesson_review/1") in [key for _, key in done.asked]


def test_a_second_lesson_begins_with_empty_boxes() -> None:
    done = delivered().press("/", "lesson")
    fill(done, {"lesson_trigger": "One.", "lesson_advice": "Do one.", "lesson_evidence": "x y"})
    fill(done, {"lesson_until": ""})
    done.press("/", "keep").press("/", "lesson")
    assert FieldId("lesson_trigger") not in done.case.answers


def test_a_lesson_that_is_not_kept_yet_is_opened_as_it_was_written() -> None:
    done = delivered().press("/", "lesson")
    fill(done, {"lesson_trigger": "One.", "lesson_advice": "Do one.", "lesson_evidence": "x y"})
    done.press("/", "lesson")
    assert text_of(done.case, "lesson_advice") == "Do one."
    fill(done, {"lesson_until": ""})
    done.press("/", "lesson")
    fill(done, {"lesson_advice": "Do two."})
    done.press("/", "keep")
    kept = [e.lesson for e in done.effects if isinstance(e, KeepLesson)]
    assert [(one.trigger, one.advice) for one in kept] == [("One.", "Do two.")]


def test_a_lesson_is_kept_once_and_only_after_its_owner_has_looked_it_over() -> None:
    done = delivered().press("/", "lesson").press("/", "keep")
    assert done.case.lessons == 0
    fill(done, {"lesson_trigger": "One.", "lesson_advice": "Do one.", "lesson_evidence": "x y"})
    fill(done, {"lesson_until": ""})
    assert done.case.lesson_waits
    done.press("/", "keep").press("/", "keep")
    assert (done.case.lessons, done.toasts) == (1, ["That was answered already. Nothing changed."])


def test_addresses_and_telephone_numbers_name_somebody_too() -> None:
    text = "Write to jo.b@marrow.example or call +44 20 7946 0958; 12 of 14 belts in 2026."
    assert without_addresses(text, "somebody") == (
        "Write to somebody or call somebody; 12 of 14 belts in 2026."
    )
