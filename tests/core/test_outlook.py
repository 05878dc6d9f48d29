"""The forecast of a case: drawn when its figures change, shown, and its date taken over."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.core import flow
from bot.core.actions import Click
from bot.core.actions import event as event_of
from bot.core.cards import screens
from bot.core.cards.blocks import Action, Block, Button, Buttons, Chart, Hint, Paragraph
from bot.core.cards.standing_blocks import outlook_blocks
from bot.core.case import Answer, Case, DateValue, NumberValue, Outlook, TextValue, Value, Variant
from bot.core.effects import RecapScreen, Show, StepScreen, Toast
from bot.core.events import CommitTaken, Stamp, Submitted
from bot.core.foresight.outlook import FROM_PACE, basis_of, offered_commit, pace_read, refreshed
from bot.core.message import claims, draft
from bot.core.message.facts import facts
from bot.core.words import CaseId, EventId, FieldId, Language, StepId
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

NEW_DATE, BASIS = FieldId("new_date"), FieldId("date_basis")
FIGURES = {"remaining": "12", "pace": "per week: 4, 3, 5, 4, 3, 5"}


def stamp(minutes: int = 1) -> Stamp:
    return Stamp(EventId(f"e{minutes}"), AT + timedelta(minutes=minutes), PM)


def filled(case: Case, **boxes: str) -> Case:
    """The case after a form with these boxes."""
    raw = {FieldId(k): v for k, v in boxes.items()}
    return flow.reduce(PLAYBOOK, case, Submitted(stamp(), raw, case.revision))[0]


def without(case: Case, *names: str) -> Case:
    return replace(case, answers={k: v for k, v in case.answers.items() if k not in names})


def at_plan(**boxes: str) -> Case:
    """An English case at its plan, with the figures given and no new date."""
    return planned("en", boxes)


def planned(language: Language, boxes: Mapping[str, str]) -> Case:
    bare = replace(full(language), step=StepId("plan"), phase="collecting")
    return filled(without(bare, NEW_DATE, BASIS), **{**FIGURES, **boxes})


def commit_of(case: Case) -> date:
    assert case.outlook is not None
    assert case.outlook.commit is not None
    return case.outlook.commit


def take(case: Case, *, seen: int | None = None) -> tuple[Case, tuple[object, ...]]:
    day = commit_of(case).isoformat()
    seen = case.revision if seen is None else seen
    return flow.reduce(PLAYBOOK, case, CommitTaken(stamp(9), day, seen))


def words(blocks: list[Block]) -> str:
    return " ".join(b.text.en for b in blocks if isinstance(b, Paragraph | Hint))


def buttons(blocks: list[Block]) -> list[Button]:
    return [b for block in blocks if isinstance(block, Buttons) for b in block.buttons]


def test_both_figures_make_a_target_and_a_later_date_to_commit_to() -> None:
    found = at_plan().outlook
    assert found is not None
    assert found.target is not None
    assert TODAY < found.target < commit_of(at_plan())
    assert found.share is None


@pytest.mark.parametrize("missing", ["remaining", "pace"])
def test_one_figure_alone_says_nothing(missing: str) -> None:
    assert at_plan(**{missing: ""}).outlook is None
    assert basis_of(at_plan(**{missing: ""})) is None


def test_it_stays_as_it_is_while_other_answers_change() -> None:
    case = at_plan()
    assert filled(case, confidence="high").outlook is case.outlook


def test_the_same_figures_under_another_id_say_the_same() -> None:
    case = at_plan()
    other = replace(without(case, "pace"), outlook=None, id=CaseId("x"))
    assert filled(other, pace=FIGURES["pace"]).outlook == case.outlook


def test_a_typed_date_gets_its_chance_and_a_later_one_a_better_one() -> None:
    early, late = at_plan(new_date="8 June"), at_plan(new_date="31 July")
    assert early.outlook is not None
    assert late.outlook is not None
    assert early.outlook.share is not None
    assert late.outlook.share is not None
    assert early.outlook.share < 0.85 <= late.outlook.share


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"remaining": "0"}, "Nothing is left by these figures"),
        ({"pace": "per week: 0, 0, 0"}, "Nothing was finished in these periods"),
    ],
)
def test_figures_without_a_date_say_what_is_wrong_with_them(
    boxes: dict[str, str], said: str
) -> None:
    blocks = outlook_blocks(at_plan(**boxes), whole=True)
    assert said in words(blocks)
    assert len(blocks) == 1


@pytest.mark.parametrize(
    ("pace", "said"),
    [
        ("about five a week", "is not a number"),
        ("五六个吧", "is not a number"),
        ("4, 3, 5", "per day, per working day or per week"),
        ("per week: 4, 3", "With 2 of them a date would be a guess"),
    ],
)
def test_a_pace_that_cannot_be_read_stays_in_its_box(pace: str, said: str) -> None:
    case = at_plan(pace=pace)
    pending = case.pending[FieldId("pace")]
    assert pending.raw == pace
    assert said in pending.problem.en
    assert case.outlook is None


def test_negative_work_is_out_of_range() -> None:
    assert (
        "outside what fits here" in at_plan(remaining="-3").pending[FieldId("remaining")].problem.en
    )


def test_a_pace_that_an_older_release_took_is_looked_at_again() -> None:
    case = at_plan()
    pace = replace(case.answers[FieldId("pace")], value=TextValue("about five"))
    changed = replace(case, answers={**case.answers, FieldId("pace"): pace})
    found = refreshed(case, changed)
    assert found.outlook is not None
    assert found.outlook.problem is not None
    assert (basis_of(found), pace_read(found), offered_commit(found)) == (None, None, None)


def test_an_outlook_without_dates_and_without_a_problem_shows_nothing() -> None:
    assert outlook_blocks(replace(full("en"), outlook=Outlook()), whole=True) == []


def test_the_card_shows_the_dates_the_chart_and_what_was_read() -> None:
    case = at_plan()
    card = screens.draw(PLAYBOOK, case, StepScreen(StepId("plan")), today=TODAY)
    (chart,) = [b for b in card.blocks if isinstance(b, Chart)]
    assert chart.bars[-1].value >= 98
    assert "Of 100 simulated futures" in chart.text.en
    assert "6 weeks, oldest first: 4, 3, 5, 4, 3, 5" in words(list(card.blocks))


def test_the_recap_leaves_the_chart_out() -> None:
    case = at_plan(new_date="31 July", date_basis="Six weeks of figures.")
    card = screens.draw(PLAYBOOK, case, RecapScreen(StepId("plan")), today=TODAY)
    assert not any(isinstance(b, Chart) for b in card.blocks)
    assert "That is a date to commit to" in words(list(card.blocks))


def test_the_date_is_taken_with_its_origin_and_what_it_rests_on() -> None:
    case, _ = take(at_plan())
    new, basis = case.answers[NEW_DATE], case.answers[BASIS]
    assert (new.value, new.origin) == (DateValue(commit_of(case)), FROM_PACE)
    assert basis.value == TextValue(
        "12 left; measured pace 4 a week over the last 6 weeks (3 to 5)"
    )
    assert buttons(outlook_blocks(case, whole=True)) == []


def test_the_basis_has_the_unit_and_the_customer_s_language() -> None:
    english, _ = take(at_plan(remaining="12 machines"))
    chinese, _ = take(planned("zh", {"remaining": "12台"}))
    assert english.answers[BASIS].value == TextValue(
        "12 machines left; measured pace 4 a week over the last 6 weeks (3 to 5)"
    )
    assert chinese.answers[BASIS].value == TextValue(
        "还剩12台，最近6周实测平均每周4（最少3，最多5）"
    )


def test_what_was_said_of_the_date_before_is_kept() -> None:
    said = "The belt arrives on 8 June."
    case, _ = take(at_plan(date_basis=said))
    assert case.answers[BASIS].value == TextValue(said)


def test_a_second_click_says_that_it_is_settled() -> None:
    case, _ = take(at_plan())
    again, effects = take(case)
    assert again is case
    assert any(isinstance(e, Toast) for e in effects)


def test_a_click_that_did_not_see_the_new_date_changes_nothing() -> None:
    before = at_plan()
    case = filled(before, new_date="31 July")
    after, effects = take(case, seen=before.revision)
    assert after is case
    assert any(isinstance(e, Toast) for e in effects)


def test_a_day_that_no_forecast_gave_is_not_taken() -> None:
    case = at_plan()
    after, _ = flow.reduce(PLAYBOOK, case, CommitTaken(stamp(9), "2031-01-01", case.revision))
    assert after is case


def test_taken_from_the_recap_the_recap_is_drawn_again() -> None:
    case = at_plan(new_date="31 July", date_basis="Six weeks of figures.")
    assert case.step != "plan"
    case = replace(case, recaps={StepId("plan"): "live:3"})
    _, effects = take(case)
    assert Show("live:3", RecapScreen(StepId("plan"))) in effects


def test_a_date_before_the_promised_one_is_not_offered() -> None:
    case = at_plan()
    answer = replace(case.answers[FieldId("original_date")], value=DateValue(date(2027, 1, 4)))
    assert (
        offered_commit(replace(case, answers={**case.answers, FieldId("original_date"): answer}))
        is None
    )
    assert offered_commit(without(case, "original_date")) == commit_of(case)


def test_the_button_carries_the_day_and_the_revision() -> None:
    case = at_plan()
    (button,) = buttons(outlook_blocks(case, whole=False))
    assert event_of(stamp(), button.action, Click()) == CommitTaken(
        stamp(), commit_of(case).isoformat(), case.revision
    )
    assert event_of(stamp(), Action("commit", "x"), Click()) == CommitTaken(stamp(), "x", 0)


def told(**values: Value) -> Case:
    """A finished case with these answers besides."""
    bare = full("en")
    more = {FieldId(k): Answer(v, AT, PM, 1) for k, v in values.items()}
    return refreshed(bare, replace(bare, answers={**bare.answers, **more}))


def test_the_target_is_told_only_beside_a_date_that_the_pace_can_keep() -> None:
    pace = TextValue(FIGURES["pace"])
    good = told(
        remaining=NumberValue(Decimal(12)), pace=pace, new_date=DateValue(date(2026, 7, 31))
    )
    bad = told(remaining=NumberValue(Decimal(12)), pace=pace, new_date=DateValue(date(2026, 6, 8)))
    letter = Variant("letter", "executive", "en")
    made = draft.assemble(PLAYBOOK, good, letter, today=TODAY)
    assert "Our target is" in made.text
    assert claims.check(made.text, facts(PLAYBOOK, good, today=TODAY), draft=made).flagged == ()
    assert "Our target" not in draft.assemble(PLAYBOOK, bad, letter, today=TODAY).text
    assert draft.target_date(full("en")) is None


def test_a_target_that_was_not_drawn_is_flagged() -> None:
    case = told(remaining=NumberValue(Decimal(12)), pace=TextValue(FIGURES["pace"]))
    known = facts(PLAYBOOK, case, today=TODAY)
    flagged = claims.check("Our target is 3 June 2027.", known).flagged
    assert [e.claim.text for e in flagged] == ["3 June 2027"]
