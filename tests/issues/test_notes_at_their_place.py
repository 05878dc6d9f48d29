"""A note comes where the words were typed, praise only where something deserves it."""

from dataclasses import replace

import pytest

from bot.content.coaching import default_coaching
from bot.core.cards.note_blocks import note_blocks
from bot.core.case import Case, RowsValue, TextValue, Variant
from bot.core.coaching.told import Coached
from bot.core.dialogue.notes import on_draft, on_step
from bot.core.message.draft import assemble
from bot.core.words import FieldId, Language, StepId
from tests.delivery_cases import PLAYBOOK, TODAY, full

EFFORT, PLAN, WAYS = StepId("effort"), StepId("plan"), StepId("contingency")


def at(step: StepId, case: Case) -> Coached:
    return on_step(PLAYBOOK, case, step, default_coaching(), today=TODAY)


def drafted(case: Case, step: StepId, language: Language) -> list[tuple[str, str]]:
    """The notes on the draft by e-mail, once the coach has read the step."""
    read = replace(case, coached={step: at(step, case)})
    mail = Variant("email", "day_to_day", language)
    found = on_draft(PLAYBOOK, read, mail, default_coaching(), today=TODAY)
    return [(n.check, n.phrase) for n in found.notes]


@pytest.mark.parametrize(
    ("language", "effort", "check"),
    [
        ("zh", "天天加班，保证不再延期", "promise.certainty"),
        ("en", "We work nights and guarantee that it will not slip again.", "promise.certainty"),
        ("zh", "为了赶时间跳过回归测试。", "plan.quality_shortcut"),
        ("en", "We skip the regression test to be quicker.", "plan.quality_shortcut"),
        ("en", "The supplier messed it up, it is all their fault.", "cause.blame_shift"),
    ],
)
def test_a_fault_in_what_is_under_way_is_told_in_that_step(
    language: Language, effort: str, check: str
) -> None:
    found = at(EFFORT, full(language, effort=effort)).notes
    assert [(n.check, n.field) for n in found] == [(check, "effort")]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_plain_work_under_way_needs_no_note(language: Language) -> None:
    assert at(EFFORT, full(language)).notes == ()


@pytest.mark.parametrize(
    ("language", "basis"), [("en", "Dev says fine."), ("zh", "开发说没问题。")]
)
def test_a_day_beside_a_basis_that_is_none_is_no_praise(language: Language, basis: str) -> None:
    case = full(language, date_basis=basis)
    read = replace(case, coached={PLAN: at(PLAN, case)})
    said = str(note_blocks(read, PLAN, edit=None))
    assert "plan.no_evidence" in [n.check for n in at(PLAN, case).notes]
    assert "You name a day" not in said


@pytest.mark.parametrize(
    ("language", "basis"), [("en", "Dev says fine."), ("zh", "开发说没问题。")]
)
def test_a_basis_that_is_none_is_told_on_the_draft_that_gives_it(
    language: Language, basis: str
) -> None:
    case = full(language, date_basis=basis)
    assert ("plan.no_evidence", basis.strip(".。")) in drafted(case, PLAN, language)
    assert "plan.no_evidence" not in dict(drafted(full(language), PLAN, language))


@pytest.mark.parametrize(
    ("language", "none"), [("en", "none"), ("en", "No."), ("en", "0"), ("zh", "无"), ("zh", "没有")]
)
def test_a_way_that_costs_nothing_says_what_it_costs(language: Language, none: str) -> None:
    found = [n.check for n in at(WAYS, ways(language, none)).notes]
    assert "contingency.no_tradeoff" not in found


def test_ways_without_a_word_on_their_cost_still_ask_for_one() -> None:
    found = [n.check for n in at(WAYS, ways("en", "")).notes]
    assert "contingency.no_tradeoff" in found


def ways(language: Language, cost: str) -> Case:
    """A case with two ways that cost this."""
    names = (
        ("Borrow a hall", "All on 19 June") if language == "en" else ("先借一间", "6月19日一起上")
    )
    rows = tuple(
        {"name": TextValue(n), "effect_date": TextValue(n)}
        | ({"cost": TextValue(cost)} if cost else {})
        for n in names
    )
    case = full(language)
    options = replace(case.answers[FieldId("options")], value=RowsValue(rows))
    kept = {k: v for k, v in case.answers.items() if k not in ("recommended", "ask")}
    return replace(case, answers={**kept, FieldId("options"): options})


SURE = ["We are confident of the date.", "目前把握较大。", "We are confident of it", "我们把握较大"]


def told(case: Case, language: Language) -> bool:
    """Whether the mail or the call sheet says that we are sure, once the coach has read the plan."""
    read = replace(case, coached={PLAN: at(PLAN, case)})
    variants = [Variant(channel, "day_to_day", language) for channel in ("email", "call")]
    texts = [assemble(PLAYBOOK, read, v, today=TODAY).text for v in variants]
    return any(said in text for said in SURE for text in texts)


@pytest.mark.parametrize(
    ("language", "hollow"), [("en", "Dev says fine."), ("zh", "开发说没问题。")]
)
def test_we_are_sure_only_of_a_date_that_rests_on_something(
    language: Language, hollow: str
) -> None:
    assert told(full(language, confidence="high"), language)
    assert not told(full(language, confidence="high", date_basis=hollow), language)
    unsaid = full(language, confidence="high")
    answers = {k: v for k, v in unsaid.answers.items() if k != "date_basis"}
    assert not told(replace(unsaid, answers=answers), language)


@pytest.mark.parametrize(
    ("language", "basis", "step"),
    [("en", "Dev says fine.", "Pressure test passed"), ("zh", "开发说没问题。", "压力测试合格")],
)
def test_a_milestone_to_come_is_no_evidence_for_its_own_date(
    language: Language, basis: str, step: str
) -> None:
    case = full(language, date_basis=basis)
    rows = case.answers[FieldId("milestones")].value
    assert isinstance(rows, RowsValue)
    named = RowsValue(
        tuple({**row, "name": TextValue(f"{step} {n}")} for n, row in enumerate(rows.rows))
    )
    kept = replace(case.answers[FieldId("milestones")], value=named)
    found = at(PLAN, replace(case, answers={**case.answers, FieldId("milestones"): kept}))
    assert "plan.no_evidence" in [n.check for n in found.notes]
    assert found.strength is None
