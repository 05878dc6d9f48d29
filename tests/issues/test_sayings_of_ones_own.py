"""Sayings about one's own house were taken for lecturing, and a gut feeling for a basis."""

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import review
from bot.core.coaching.context import context_of
from bot.core.coaching.detectors.subject import Task
from bot.core.coaching.rubric import Place
from bot.core.words import Language

KNOWN = {"today": "2026-05-18", "original_date": "2026-05-29", "new_date": "2026-06-12"}


def flags(text: str, place: Place, language: Language) -> set[str]:
    found = review(Task(text, place, language, context_of(KNOWN)), default_coaching())
    return {f.check for f in found.findings}


def praise(text: str, language: Language) -> str:
    found = review(Task(text, "plan", language, context_of(KNOWN)), default_coaching())
    return found.strength.en if found.strength else ""


@pytest.mark.parametrize(
    ("text", "lectures"),
    [
        ("工期当时是我们拍脑袋估的，没有拆到工序。", False),
        ("这个日期是你们拍脑袋定的。", True),
        ("供应商只有一家，我们没得选。", False),
        ("客户没得选，6月12日前只能用旧系统。", False),
        ("您反正没得选。", True),
    ],
)
def test_only_what_is_said_to_the_customer_lectures(text: str, lectures: bool) -> None:
    assert ("tone.defensive" in flags(text, "plan", "zh")) is lectures


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("12 June 2026. From my gut, plus one week of reserve.", "en"),
        ("12 June 2026. It is the supplier and a hunch of ours.", "en"),
        ("2026年6月12日，凭直觉，还要两周。", "zh"),
        ("2026年6月12日，心里有数，供应商那边没问题。", "zh"),
    ],
)
def test_a_gut_feeling_is_no_basis(text: str, language: Language) -> None:
    assert "plan.no_evidence" in flags(text, "plan", language)
    assert praise(text, language) == ""


def test_a_measured_pace_is_one() -> None:
    text = "12 June 2026: twelve panes are left, at three a day."
    assert "plan.no_evidence" not in flags(text, "plan", "en")
    assert praise(text, "en") == "You say what the date rests on."
