"""The short message left something out, and the coach then complained that it was missing."""

from dataclasses import replace
from datetime import date

import pytest

from bot.content.coaching import default_coaching
from bot.core.case import Case, Variant
from bot.core.dialogue import notes
from bot.core.message import draft
from bot.core.words import Language
from tests.delivery_cases import PLAYBOOK, TODAY, full

CHANGED: dict[Language, str] = {
    "en": "we now test the belt under load each Friday",
    "zh": "现在每周五带载试一次",
}


def coached(case: Case, language: Language) -> tuple[str, list[str]]:
    """The chat message, and what the coach says of it."""
    variant = Variant("chat", "day_to_day", language)
    made = draft.assemble(PLAYBOOK, case, variant, today=TODAY)
    said = notes.on_draft(PLAYBOOK, case, variant, default_coaching(), today=TODAY)
    return made.text, [n.check for n in said.notes]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_different_this_time_is_told_in_the_chat_too(language: Language) -> None:
    case = full(language, moved_before="once", what_changed=CHANGED[language])
    text, checks = coached(case, language)
    assert CHANGED[language] in text
    assert checks == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_date_of_theirs_that_will_be_missed_is_told_in_the_chat_too(language: Language) -> None:
    text, checks = coached(full(language, customer_deadline=date(2026, 6, 8)), language)
    assert {"en": "falls after your own: start", "zh": "晚于您6月8日（周一）的"}[language] in text
    assert checks == []


def test_a_date_of_theirs_that_holds_takes_no_room_there() -> None:
    text, _ = coached(full("en", customer_deadline=date(2026, 6, 22)), "en")
    assert "summer menu" not in text


@pytest.mark.parametrize(
    ("language", "sorry", "again"),
    [
        ("en", "I am sorry", "You hear from me again on Friday 22 May"),
        ("zh", "很抱歉", "5月22日（周五）再跟您说进展"),
    ],
)
@pytest.mark.parametrize("new_date", [None, date(2026, 6, 19)])
def test_what_we_advise_stands_in_the_chat_too(
    language: Language, sorry: str, again: str, new_date: date | None
) -> None:
    case = full(language)
    if new_date is None:
        case = replace(case, answers={k: v for k, v in case.answers.items() if k != "new_date"})
    text, _ = coached(case, language)
    assert sorry in text
    assert again in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_the_chat_grows_too_long_the_impact_gives_way(language: Language) -> None:
    wordy = {
        "en": "Your night shift bakes on the old line. " * 3,
        "zh": "泵站只能手动切换，夜班多排一个人。" * 9,
    }
    made = draft.assemble(
        PLAYBOOK,
        full(language, impact=wordy[language]),
        Variant("chat", "day_to_day", language),
        today=TODAY,
    )
    assert wordy[language].strip() not in made.text
    assert made.words <= made.budget
