"""From a case to the scene of a rehearsal."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from bot.core.case import Answer, Case, ChoiceValue, DateValue, TextValue, Value, text_of
from bot.core.rehearsal.call import Scene
from bot.core.rehearsal.scenes import scene_of
from bot.core.words import CaseId, FieldId, Language, PersonId, TenantId
from tests.core.rehearsing import notice

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANSWERS: Mapping[str, Value] = {
    "project": TextValue("Tram depot"),
    "original_date": DateValue(date(2026, 12, 4)),
    "new_date": DateValue(date(2026, 12, 14), date(2026, 12, 18)),
    "cause": TextValue("Nine of fourteen pumps failed the test. We found it late."),
    "impact": TextValue("The hall stays closed; trams are washed by hand."),
    "moved_before": ChoiceValue("once"),
    "remedy_approved": ChoiceValue("approved"),
}


def scene(answers: Mapping[str, Value], language: Language = "en") -> Scene:
    given = {**answers, "customer_language": ChoiceValue(language)}
    case = Case(
        id=CaseId("c1"),
        tenant=TenantId("t1"),
        owner=PersonId("p1"),
        playbook="delivery_delay",
        digest="",
        language="en",
        zone="UTC",
        calendar="none",
        begun_at=AT,
        touched_at=AT,
        answers={
            FieldId(name): Answer(value, AT, PersonId("p1"), 1) for name, value in given.items()
        },
    )
    return scene_of(
        case,
        today=AT.date(),
        notice=notice,
        approved=text_of(case, "remedy_approved") == "approved",
    )


def test_the_answers_become_what_a_customer_can_say() -> None:
    facts = {name: text.en for name, text in scene(ANSWERS).facts.items()}
    assert facts == {
        "project": "Tram depot",
        "original_date": "Friday 4 December",
        "new_date": "Friday 18 December",
        "slip": "10 working days",
        "cause": "Nine of fourteen pumps failed the test",
        "impact": "The hall stays closed",
        "times_moved": "once",
    }


def test_dates_are_spoken_in_chinese_without_brackets() -> None:
    assert scene(ANSWERS, "zh").facts["new_date"].zh == "12月18日"


def test_words_in_another_language_are_no_line_of_the_customer() -> None:
    facts = scene(
        {**ANSWERS, "cause": TextValue("轴承批次不合格，九台泵没有通过压力试验，需要返工")}
    ).facts
    assert "cause" not in facts
    assert "impact" in facts


def test_what_is_heard_rests_on_the_whole_answers() -> None:
    ears = scene(ANSWERS).ears
    assert ears.cause.endswith("We found it late.")
    assert ears.new_date == date(2026, 12, 18)
    assert ears.remedy_approved


@pytest.mark.parametrize("moved", ["no", "never"])
def test_a_first_delay_has_no_count(moved: str) -> None:
    assert "times_moved" not in scene({"moved_before": ChoiceValue(moved)}).facts


def test_a_date_that_did_not_move_has_no_slip() -> None:
    assert "slip" not in scene({**ANSWERS, "new_date": DateValue(date(2026, 12, 1))}).facts


def test_a_long_answer_is_cut_for_the_phone() -> None:
    said = scene({"cause": TextValue("The pumps " * 30)}).facts["cause"].en
    assert len(said) <= 90
    assert said.endswith("…")


def test_without_answers_there_are_no_facts() -> None:
    found = scene({})
    assert found.facts == {}
    assert (found.ears.new_date, found.ears.remedy_approved) == (None, False)
