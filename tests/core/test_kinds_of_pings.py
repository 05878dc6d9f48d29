"""The kinds of pings that ship: each comes on its working day, with the buttons that answer it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from bot.core.effects import OfferScreen
from bot.core.pings.kinds import Press
from bot.core.playbook import Playbook
from tests.core.followed import Followed
from tests.core.test_later import LOOK_BACK, delivered, fill
from tests.delivery_cases import PLAYBOOK

# Told on Monday 18 May 2026; the 25th is a holiday. What each ping hangs on, and when it comes.
TOLD = {
    "next_update/0": (date(2026, 5, 22), date(2026, 5, 22)),
    "feedback_told/0": (date(2026, 5, 18), date(2026, 5, 21)),
    "customer_silent/0": (date(2026, 5, 18), date(2026, 5, 26)),
    "decision_open/0": (date(2026, 5, 29), date(2026, 6, 1)),
    "milestone_check/1": (date(2026, 6, 11), date(2026, 6, 9)),
    "milestone_reached/1": (date(2026, 6, 11), date(2026, 6, 12)),
    "new_date_in_danger/0": (date(2026, 6, 19), date(2026, 6, 12)),
    "new_date_reached/0": (date(2026, 6, 19), date(2026, 6, 19)),
    "remedy_given/0": (date(2026, 6, 30), date(2026, 7, 1)),
}
DELIVERED = {  # on Friday 19 June; the look back within ten working days, the meeting within fifteen
    "feedback_delivered/0": (date(2026, 6, 19), date(2026, 6, 26)),
    "retrospective/0": (date(2026, 6, 19), date(2026, 6, 23)),
    "customer_meeting/0": (date(2026, 6, 19), date(2026, 7, 3)),
}
BUTTONS: dict[str, set[Press]] = {
    "next_update": {"write", "no_news", "done", "meet", "snooze"},
    "milestone_check": {"on_track", "at_risk", "done", "snooze"},
    "new_date_in_danger": {"on_track", "at_risk", "done", "snooze"},
    "customer_silent": {"feedback", "meet", "snooze", "stop"},
    "retrospective": {"retrospective", "meet", "done", "snooze", "stop"},
    "customer_meeting": {"agenda", "meet", "done", "snooze", "stop"},
}


def days(told: Followed, keys: Iterable[str]) -> dict[str, tuple[date, date]]:
    return {key: (told.reminder(key).day, told.reminder(key).due.date()) for key in keys}


def test_what_was_promised_is_asked_on_its_working_day() -> None:
    assert days(Followed().tell(), TOLD) == TOLD


def test_after_the_delivery_comes_what_is_to_be_heard_and_learned() -> None:
    assert days(delivered(), DELIVERED) == DELIVERED


def test_an_action_of_the_look_back_is_asked_on_its_own_day() -> None:
    done = delivered().press("retrospective/0", "retrospective")
    fill(fill(done, LOOK_BACK), {"retro_keep": "The call before the mail."})
    assert days(done, ["action_due/1"]) == {"action_due/1": (date(2026, 7, 6), date(2026, 7, 6))}


@pytest.mark.parametrize("kind", BUTTONS)
def test_each_is_answered_by_its_own_buttons(kind: str) -> None:
    found = PLAYBOOK.pings.kind(kind)
    assert found is not None
    assert set(found.buttons) == BUTTONS[kind]


def offers(told: Followed) -> list[OfferScreen]:
    found = [show.screen for show in told.shows]
    return [s for s in found if isinstance(s, OfferScreen) and "first milestone" in s.text.en]


def test_at_the_first_milestone_that_is_met_the_customer_may_be_asked_and_only_then() -> None:
    told = Followed().tell().press("milestone_reached/1", "done")
    (offer,) = offers(told)
    assert offer.offers == ("feedback",)
    told.press("milestone_reached/2", "done")
    assert len(offers(told)) == 1


def test_a_milestone_that_is_on_track_or_at_risk_is_no_moment_to_ask() -> None:
    told = Followed().tell().press("milestone_check/1", "on_track")
    told.press("milestone_check/2", "at_risk")
    assert offers(told) == []


def test_a_playbook_without_the_question_offers_nothing() -> None:
    told = Followed(playbook=without_feedback()).tell().press("milestone_reached/1", "done")
    assert offers(told) == []


def without_feedback() -> Playbook:
    later = tuple(step for step in PLAYBOOK.later if step.id != "feedback")
    return replace(PLAYBOOK, later=later)
