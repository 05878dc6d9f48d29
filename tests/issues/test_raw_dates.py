"""A day typed year first inside an answer reads in the message as any other day does."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.case import TextValue, Variant
from bot.core.message.claims import check
from bot.core.message.draft import assemble
from bot.core.message.facts import facts
from bot.core.message.mixed import foreign
from bot.core.reading.formats import spell_days
from bot.core.words import FieldId, Language
from tests.delivery_cases import PLAYBOOK, TODAY, full


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("2026-06-08", "Monday 8 June", "6月8日（周一）"),
        ("2026/6/8", "Monday 8 June", "6月8日（周一）"),
        ("2027-01-11", "Monday 11 January 2027", "2027年1月11日（周一）"),
    ],
)
def test_a_day_with_its_year_first_is_spelled(typed: str, english: str, chinese: str) -> None:
    assert spell_days(f"here on {typed}.", "en", TODAY) == f"here on {english}."
    assert spell_days(f"{typed}到货。", "zh", TODAY) == f"{chinese}到货。"


@pytest.mark.parametrize(
    "words",
    [
        "order 2026-06-081", "2026-13-08", "2026-02-30", "v1.2026-06-08-rc", "10.2026.6.8", "3/4",
        "file_2026-06-08", "08/06/2026", "2026-6/8",
    ],
)  # fmt: skip
def test_what_is_no_such_day_stays_as_it_was_typed(words: str) -> None:
    assert spell_days(words, "en", TODAY) == words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_message_spells_the_day_and_traces_it_to_the_answer(language: Language) -> None:
    case, name = full(language), FieldId("date_basis")
    words = {"en": "The belt arrives on 2026-06-08.", "zh": "变频器2026-06-08到齐。"}[language]
    answer = replace(case.answers[name], value=TextValue(words))
    case = replace(case, answers={**case.answers, name: answer})
    draft = assemble(PLAYBOOK, case, Variant("email", "day_to_day", language), today=TODAY)
    assert "2026-06-08" not in draft.text
    spelled = {"en": "Monday 8 June", "zh": "6月8日（周一）"}[language]
    assert spelled in draft.text
    ledger = check(draft.text, facts(PLAYBOOK, case, today=TODAY), draft=draft)
    assert ledger.flagged == ()
    found = [e for e in ledger.entries if e.claim.key == str(date(2026, 6, 8))]
    assert any(name in e.answers for e in found)


def test_a_spelled_day_hides_no_other_language() -> None:
    case, name = full("zh"), FieldId("date_basis")
    answer = replace(case.answers[name], value=TextValue("The drives all arrive on 2026-06-08."))
    case = replace(case, answers={**case.answers, name: answer})
    assert foreign(PLAYBOOK, case, Variant("email", "day_to_day", "zh")) == (name,)
