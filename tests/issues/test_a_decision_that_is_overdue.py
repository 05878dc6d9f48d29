"""What the customer had not decided by its day was gone from the next update."""

from datetime import date

import pytest

from bot.core.case import DateValue, TextValue, text_of
from bot.core.following.updating import DECISION
from bot.core.message import claims
from bot.core.message.facts import facts
from bot.core.words import FieldId, Language
from tests.core.followed import Followed
from tests.core.test_updating import fill, on_the_day, text_of_draft

BY = FieldId("update_decide_by")
ASKED: dict[Language, str] = {"en": "choose A or B", "zh": "在方案A和B里选一个"}


def after_the_day(language: Language) -> Followed:
    """The customer was to choose by 29 or 26 May, and has not."""
    told = on_the_day(language)
    told.until(date(2026, 6, 1))
    return told


def boxes(told: Followed) -> dict[FieldId, object]:
    return {name: offer.value for name, offer in told.case.offers.items()}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_overdue_decision_is_offered_again_without_its_old_day(language: Language) -> None:
    found = boxes(after_the_day(language).press("/", "write"))
    assert found[DECISION] == TextValue(ASKED[language])
    assert BY not in found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Open on your side since Friday 29 May: choose A or B, by Friday 5 June."),
        ("zh", "还等您定：在方案A和B里选一个，原定5月26日（周二）前，请在6月5日（周五）前答复。"),
    ],
)
def test_the_update_says_since_when_and_by_when_now(language: Language, said: str) -> None:
    told = after_the_day(language).press("/", "write")
    fill(told, update_state="partly", update_why="Two relays failed the test.")
    fill(
        told, update_promised="Rig wired", update_count="10 of 12", update_milestone="",
        update_milestone_day="", update_confidence="same", update_danger="",
        update_decision=ASKED[language], update_decide_by="2026-06-05", update_next="2026-06-05",
    )  # fmt: skip
    made = text_of_draft(told)
    assert said in made
    ledger = claims.check(made, facts(told.playbook, told.case, today=told.at.date()))
    assert "29 May" not in str([e.claim.text for e in ledger.flagged])


def test_a_heartbeat_tells_it_too() -> None:
    told = after_the_day("en").press("/", "no_news")
    assert "Open on your side since Friday 29 May: choose A or B." in text_of_draft(told)


def test_before_its_day_the_decision_keeps_its_day() -> None:
    found = boxes(on_the_day().press("/", "write"))
    assert (found[DECISION], found[BY]) == (TextValue(ASKED["en"]), DateValue(date(2026, 5, 29)))


def test_what_they_have_decided_is_not_asked_again() -> None:
    told = on_the_day()
    told.until(date(2026, 6, 1)).press("decision_open/0", "done").press("/", "write")
    assert DECISION not in boxes(told)
    assert text_of(told.case, "update_decision") == ""
