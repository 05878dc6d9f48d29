"""The promise ledger at work: dates of earlier cases come back, are counted, and change the card."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core import flow
from bot.core.cards import screens
from bot.core.cards.blocks import Buttons, Hint
from bot.core.cards.order_blocks import order_blocks
from bot.core.cards.standing_blocks import outside_blocks, promise_blocks, repeat_blocks
from bot.core.case import Case, ChoiceValue, DateValue, TextValue, Variant
from bot.core.dialogue import recall
from bot.core.effects import DraftScreen, Recall, StepScreen
from bot.core.events import Recalled, Stamp, Typed
from bot.core.foresight import told
from bot.core.words import CaseId, EventId, FieldId, StepId
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

JUNE, JULY, AUGUST = date(2026, 6, 19), date(2026, 7, 17), date(2026, 8, 14)
PLAN = StepId("plan")
STAMP = Stamp(EventId("e1"), AT, PM)


def earlier(
    n: int, original: date | None, new: date | None, *, what: str = "the new bread line"
) -> Case:
    """The n-th case of the same customer and project, n weeks after the first."""
    made = full("en", promised=what)
    at = AT + timedelta(weeks=n)
    days = {"original_date": original, "new_date": new}
    answers = {
        k: replace(a, at=at, value=DateValue(day)) if (day := days.get(k)) else replace(a, at=at)
        for k, a in made.answers.items()
        if k not in days or days[k]
    }
    return replace(made, id=CaseId(f"c{n}"), begun_at=at, touched_at=at, answers=answers)


FIRST = earlier(1, date(2026, 6, 5), JUNE)
SECOND = earlier(2, JUNE, JULY)


def now(*before: Case, what: str = "the new bread line", original: date = AUGUST) -> Case:
    """A further case of the same promise, that has recalled the earlier ones."""
    case = earlier(9, original, None, what=what)
    return replace(case, phase="collecting", promises=told.promises(before))


def days(case: Case) -> list[date]:
    return [p.date for p in told.before(case)]


def hints(blocks: Sequence[object]) -> str:
    return " ".join(b.text.en for b in blocks if isinstance(b, Hint))


def test_the_first_case_brings_the_date_before_it_too() -> None:
    assert days(now(SECOND, FIRST)) == [date(2026, 6, 5), JUNE, JULY]
    assert told.earlier_slips(now(SECOND, FIRST)) == 2


@pytest.mark.parametrize("phase", ["collecting", "abandoned"])
def test_a_case_that_was_not_finished_told_nothing(phase: str) -> None:
    assert told.promises([replace(FIRST, phase=phase)]) == ()  # type: ignore[arg-type]


def test_what_was_told_counts_by_its_own_time_whatever_the_phase() -> None:
    at = AT + timedelta(days=30)
    found = told.promises([replace(FIRST, phase="collecting", told_at=at)])
    assert [p.told_at for p in found] == [FIRST.begun_at, at]


def test_without_a_promised_date_the_new_one_still_counts() -> None:
    assert [p.date for p in told.promises([earlier(1, None, JUNE)])] == [JUNE]
    assert told.promises([earlier(1, JUNE, None)]) == ()


def test_another_promise_of_the_project_is_left_alone() -> None:
    roof = earlier(3, JULY, AUGUST, what="the roof")
    assert days(now(FIRST, roof)) == [date(2026, 6, 5), JUNE]


def test_a_promise_under_another_name_is_known_by_its_date() -> None:
    assert days(now(FIRST, what="bread line 2", original=JUNE)) == [date(2026, 6, 5), JUNE]
    assert days(now(FIRST, what="bread line 2", original=AUGUST)) == []


def test_what_the_person_says_counts_where_it_is_more() -> None:
    case = now(FIRST)
    moved = replace(case.answers[FieldId("moved_before")], value=ChoiceValue("more"))
    assert told.earlier_slips(case) == 1
    answers = {**case.answers, FieldId("moved_before"): moved}
    assert told.earlier_slips(replace(case, answers=answers)) == 2


def test_the_plan_shows_the_history_and_the_first_promise_plainly() -> None:
    card = screens.draw(PLAYBOOK, now(FIRST, SECOND), StepScreen(PLAN), today=TODAY)
    assert "has moved twice already" in hints(card.blocks)
    (kept,) = promise_blocks(now(earlier(1, JUNE, JUNE)))
    assert isinstance(kept, Hint)
    assert (kept.tone, "has not moved so far" in kept.text.en) == ("plain", True)
    assert promise_blocks(now()) == []


def test_a_further_slip_goes_higher_and_calls_first_which_is_said_once() -> None:
    case = now(FIRST)
    mail, call = Variant("email", "executive", "en"), Variant("call", "executive", "en")
    assert "one level higher than usual" in hints(repeat_blocks(case))
    assert "call first" not in hints(repeat_blocks(case))
    dated = replace(
        case,
        answers={**case.answers, **earlier(9, AUGUST, date(2026, 9, 11)).answers},
        told_at=None,
    )
    assert "Our advice is to call first" in hints(order_blocks(dated, mail, today=TODAY))
    assert any(isinstance(b, Buttons) for b in order_blocks(dated, mail, today=TODAY))
    assert order_blocks(dated, call, today=TODAY) == []
    assert "2 levels higher" in hints(repeat_blocks(now(FIRST, SECOND)))
    assert repeat_blocks(now()) == []


def test_the_channel_on_the_screen_stays_the_one_that_was_chosen() -> None:
    card = screens.draw(
        PLAYBOOK, now(FIRST), DraftScreen(Variant("email", "executive", "en")), today=TODAY
    )
    assert "E-mail" in card.text.en


def offered(case: Case, *before: Case) -> dict[str, object]:
    return {k: o.value for k, o in recall.offers(PLAYBOOK, case, before).items()}


def test_a_case_of_the_same_project_is_offered_its_promise_and_its_last_date() -> None:
    found = offered(now(), SECOND, FIRST)
    assert found["promised"] == TextValue("the new bread line")
    assert found["original_date"] == DateValue(JULY)
    assert found["moved_before"] == ChoiceValue("more")
    assert offered(now(), FIRST)["moved_before"] == ChoiceValue("once")
    assert "moved_before" not in offered(now(), earlier(1, JUNE, JUNE))


def test_a_promise_without_a_name_is_offered_by_its_date() -> None:
    bare = {k: a for k, a in FIRST.answers.items() if k != "promised"}
    found = offered(now(), replace(FIRST, answers=bare))
    assert "promised" not in found
    assert found["original_date"] == DateValue(JUNE)


def test_another_project_of_the_customer_offers_the_reader_only() -> None:
    case = now()
    project = replace(case.answers[FieldId("project")], value=TextValue("Hall 5"))
    found = offered(replace(case, answers={**case.answers, FieldId("project"): project}), FIRST)
    assert "original_date" not in found
    assert "reader_name" in found


def test_nothing_is_answered_where_nothing_is_known_or_was_brought() -> None:
    case = replace(now(), promises=(), offers={})
    assert recall.answer(PLAYBOOK, case, [], stamp=STAMP) is None
    assert recall.answer(PLAYBOOK, case, [FIRST], stamp=STAMP) is not None


def test_what_another_customer_was_told_goes_with_their_name() -> None:
    case = now(FIRST)
    came = recall.answer(PLAYBOOK, case, [], stamp=STAMP)
    assert came == Recalled(STAMP)
    after, _ = flow.reduce(PLAYBOOK, case, came)
    assert (after.promises, after.offers) == ((), {})
    assert flow.reduce(PLAYBOOK, after, came)[0] is after


def test_a_project_that_is_named_anew_is_recalled_anew() -> None:
    case = now()
    bare = {k: a for k, a in case.answers.items() if k != "project"}
    case = replace(case, answers=bare, step=StepId("start"))
    _, effects = flow.reduce(PLAYBOOK, case, Typed(STAMP, "Hall 4"))
    assert Recall("Marrow Bakeries") in effects


def held(n: int, day: date) -> Case:
    """An earlier case of the customer whose date for something of its own did not move again."""
    return earlier(n, None, day, what=f"part {n}")


def test_a_date_that_moved_came_true_at_the_last_one_told_and_a_quiet_one_held() -> None:
    case = now(FIRST, SECOND, held(3, date(2026, 4, 10)), held(4, AUGUST))
    found = [(s.promised, s.delivered) for s in told.outcomes(case, today=TODAY)]
    assert found == [(date(2026, 6, 5), JULY), (JUNE, JULY), (date(2026, 4, 10), date(2026, 4, 10))]


def test_earlier_dates_are_held_against_the_new_one_at_the_plan() -> None:
    case = now(FIRST, SECOND, earlier(3, JULY, AUGUST))
    answers = {**case.answers, FieldId("new_date"): earlier(9, None, date(2026, 9, 4)).answers[FieldId("new_date")]}  # fmt: skip
    case = replace(case, answers=answers)
    card = screens.draw(PLAYBOOK, case, StepScreen(PLAN), today=TODAY)
    assert "Most of your last 3 dates slipped" in hints(card.blocks)


def test_with_too_few_earlier_dates_or_no_new_one_nothing_is_said() -> None:
    assert outside_blocks(now(FIRST, SECOND), today=TODAY) == []
    assert outside_blocks(replace(full("en"), promises=told.promises([FIRST])), today=TODAY) == []
