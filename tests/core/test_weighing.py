"""The honesty clock and the weight of a case, from its answers to the cards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.core.cards import screens
from bot.core.cards.blocks import Card, Fact, Facts, Hint
from bot.core.cards.standing_blocks import clock_blocks, tell_blocks, weight_blocks
from bot.core.case import (
    Answer,
    Case,
    ChoiceValue,
    DateValue,
    NumberValue,
    TextValue,
    Value,
    Variant,
)
from bot.core.dialogue.notes import context
from bot.core.effects import DraftScreen, RecapScreen, ReviewScreen, Screen, StepScreen
from bot.core.foresight.weighing import clock_of, notice_days, tell_by, verdict_of
from bot.core.words import FieldId, StepId
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full, without

LATE = date(2026, 4, 1)
MAIL = DraftScreen(Variant("email", "executive", "en"))


def case(**values: Value | None) -> Case:
    """A finished case, with these answers changed or taken out. The first sign is six days old."""
    made = full("en")
    answers = {k: a for k, a in made.answers.items() if k not in values}
    more = {FieldId(k): Answer(v, AT, PM, 1) for k, v in values.items() if v is not None}
    return replace(made, answers={**answers, **more})


def days(n: int) -> NumberValue:
    return NumberValue(Decimal(n), "days")


def said(made: Case, *, today: date = TODAY) -> str:
    return " ".join(b.text.en for b in clock_blocks(made, today=today) if isinstance(b, Hint))


def all_hints(made: Case, screen: Screen) -> list[str]:
    card: Card = screens.draw(PLAYBOOK, made, screen, today=TODAY)
    return [b.text.en for b in card.blocks if isinstance(b, Hint)]


def test_a_fresh_doubt_of_a_date_that_moved_before_asks_for_a_call() -> None:
    fresh = case(first_sign=DateValue(TODAY), new_date=None, moved_before=ChoiceValue("once"))
    assert "this date has moved before" in said(fresh)
    assert "A heads-up can" not in said(fresh)


def test_a_fresh_doubt_asks_for_a_heads_up_until_a_new_date_is_known() -> None:
    assert "A heads-up can say" in said(case(new_date=None))
    assert said(case()) == ""
    assert said(case(first_sign=None)) == ""


def test_an_old_doubt_is_said_before_the_customer_asks() -> None:
    (hint,) = clock_blocks(case(first_sign=DateValue(LATE)), today=TODAY)
    assert isinstance(hint, Hint)
    assert hint.tone == "look"
    assert "33 working days ago" in hint.text.en
    assert "已经过了33个工作日" in hint.text.zh


def test_a_notice_that_is_far_is_named_and_one_that_is_near_goes_first() -> None:
    assert (
        said(case(notice_days=days(28)))
        == "The contract wants its written notice by Tue 9 Jun 2026."
    )
    assert said(case(notice_days=days(7))).startswith("The contract wants a written notice by")
    assert "Ask legal today" in said(case(notice_days=days(3)))


def test_once_told_the_day_of_beginning_counts_as_certain() -> None:
    told = replace(case(), told_at=AT)
    assert clock_of(told, today=TODAY).stage == "told_at_once"
    late = replace(case(), told_at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC))
    assert clock_of(late, today=date(2026, 6, 2)).stage == "told_late"
    assert tell_blocks(told, today=TODAY) == clock_blocks(told, today=TODAY)


@pytest.mark.parametrize(
    ("changed", "severity", "reason"),
    [
        ({"new_date": date(2026, 6, 9), "customer_deadline": None}, "low", "moves by 2"),
        ({"customer_deadline": None}, "medium", "moves by 10"),
        ({"customer_deadline": date(2026, 6, 10)}, "high", "deadline of the customer's own"),
        ({"new_date": date(2026, 9, 1), "customer_deadline": None}, "high", "moves by 62"),
    ],
)
def test_the_weight_follows_from_the_answers(
    changed: dict[str, date | None], severity: str, reason: str
) -> None:
    values = {k: DateValue(v) if v else None for k, v in changed.items()}
    found = verdict_of(case(goodwill=None, contract_term=None, **values), today=TODAY)
    assert found is not None
    assert found.severity == severity
    assert any(reason in r.en for r in found.reasons)


def test_a_notice_that_is_due_and_a_remedy_add_their_reasons() -> None:
    due = verdict_of(case(notice_days=days(7)), today=TODAY)
    offered = verdict_of(case(customer_deadline=None), today=TODAY)
    assert due is not None
    assert offered is not None
    assert "a contract notice is due" in [r.en for r in due.reasons]
    assert "a remedy and a term of the contract are in play" in [r.en for r in offered.reasons]


@pytest.mark.parametrize(
    ("goodwill", "term", "reason"),
    [
        ("onsite_support", "none", "涉及补救"),
        ("none", "damages", "涉及合同条款"),
        ("onsite_support", "damages", "涉及补救和合同条款"),
    ],
)
def test_only_what_applies_of_remedy_and_contract_is_named(
    goodwill: str, term: str, reason: str
) -> None:
    chosen = {"goodwill": ChoiceValue(goodwill), "contract_term": ChoiceValue(term)}
    found = verdict_of(case(customer_deadline=None, **chosen), today=TODAY)
    assert found is not None
    assert [r.zh for r in found.reasons if "涉及" in r.zh] == [reason]


@pytest.mark.parametrize(
    ("channel", "advised"),
    [
        ("chat", "先打电话，再发即时消息"),
        ("email", "先打电话，再发邮件"),
        ("letter", "先打电话，再发正式函件"),
        ("call", "先打电话，再发一段文字作确认"),
    ],
)
def test_the_advised_way_leads_to_the_chosen_one(channel: str, advised: str) -> None:
    made = case(channel=ChoiceValue(channel), customer_deadline=None)
    rows = [r for b in weight_blocks(made, today=TODAY) if isinstance(b, Facts) for r in b.rows]
    assert {r.label.zh: r.value.zh for r in rows}["建议怎么说"] == advised


@pytest.mark.parametrize("missing", ["original_date", "new_date"])
def test_without_both_dates_there_is_no_weight(missing: str) -> None:
    made = case(**{missing: None})
    assert verdict_of(made, today=TODAY) is None
    assert weight_blocks(made, today=TODAY) == []


def test_the_time_to_tell_is_the_owner_s_own() -> None:
    made = case(customer_deadline=DateValue(date(2026, 6, 10)))
    found = verdict_of(made, today=TODAY)
    assert found is not None
    assert tell_by(made, found).isoformat() == "2026-05-18T18:00:00+08:00"


def test_the_review_says_the_weight_its_reasons_and_by_when() -> None:
    made = case(first_sign=DateValue(LATE))
    card = screens.draw(PLAYBOOK, made, ReviewScreen(), today=TODAY)
    rows: list[Fact] = [r for b in card.blocks if isinstance(b, Facts) for r in b.rows]
    told = {r.label.en: r.value.en for r in rows[:4]}
    assert told["How serious it is"].startswith("medium: the date moves by 10 working days; ")
    assert told["Tell them by"] == "Mon 18 May 2026, 18:00 (the same working day)"
    assert set(told) == {
        "How serious it is",
        "Tell them by",
        "How (our advice)",
        "Who (our advice)",
    }


def test_the_draft_says_by_when_and_the_next_day_that_it_is_over() -> None:
    assert "They should know by Mon 18 May 2026, 18:00." in all_hints(case(), MAIL)
    (hint,) = tell_blocks(case(), today=TODAY + timedelta(days=1))
    assert isinstance(hint, Hint)
    assert hint.text.en.startswith("They should have known by Mon 18 May 2026, 18:00;")
    assert tell_blocks(case(new_date=None, first_sign=None), today=TODAY) == []


@pytest.mark.parametrize(
    "screen",
    [StepScreen(StepId("start")), RecapScreen(StepId("start")), ReviewScreen(), MAIL],
)
def test_the_clock_speaks_once_on_a_card(screen: Screen) -> None:
    found = all_hints(case(first_sign=DateValue(LATE)), screen)
    assert sum("The first sign is from" in text for text in found) == 1


def test_other_steps_are_left_in_peace() -> None:
    made = case(first_sign=DateValue(LATE))
    assert not any("first sign was" in t for t in all_hints(made, StepScreen(StepId("cause"))))


def test_the_coach_knows_the_weight_and_the_notice() -> None:
    known = context(PLAYBOOK, case(notice_days=days(14)), today=TODAY)
    assert (known.severity, known.contract_notice_days) == ("medium", 14)
    assert context(PLAYBOOK, without(case(), "plan"), today=TODAY).severity is None
    assert notice_days(case(notice_days=TextValue("soon"))) is None
