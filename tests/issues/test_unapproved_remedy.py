"""Nothing that is unapproved, internal or skipped stands in a customer's text."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import flow
from bot.core.cards.blocks import Form
from bot.core.cards.step_card import step_card
from bot.core.case import Answer, Case, ChoiceValue, Pending, TextValue, Variant
from bot.core.dialogue.answers import put
from bot.core.events import SkipAsked, Skipped, Stamp, Submitted
from bot.core.message.claims import check, facts
from bot.core.message.draft import assemble, told_fields
from bot.core.playbook import Condition, Playbook, Sentence
from bot.core.playbook_problems import problems
from bot.core.words import EventId, FieldId, StepId, same
from tests.delivery_cases import AT, PLAYBOOK, PM, TODAY, full

EMAIL = Variant("email", "day_to_day", "en")
APPROVAL = FieldId("remedy_approved")
CHANGED = {FieldId("goodwill"): "credit", FieldId("goodwill_detail"): "a credit of EUR 50,000"}


def stamp(minute: int) -> Stamp:
    """A stamp some minutes later."""
    return Stamp(EventId(f"e{minute}"), AT + timedelta(minutes=minute), PM)


def at_remedy() -> Case:
    """A case with everything answered, open at its remedy."""
    return replace(full("en"), revision=50, live=5, step=StepId("remedy"))


def sent(case: Case, boxes: Mapping[FieldId, str], minute: int = 6) -> Case:
    """The case after a form was sent from the screen as it is."""
    return flow.reduce(PLAYBOOK, case, Submitted(stamp(minute), boxes, case.revision))[0]


def text(case: Case, playbook: Playbook = PLAYBOOK) -> str:
    """The e-mail of a case."""
    return assemble(playbook, case, EMAIL, today=TODAY).text


@pytest.mark.parametrize("more", [{}, {APPROVAL: "approved"}])
def test_a_changed_remedy_is_not_approved(more: Mapping[FieldId, str]) -> None:
    case = sent(at_remedy(), CHANGED | dict(more))
    assert case.answers[FieldId("goodwill_detail")].value == TextValue("a credit of EUR 50,000")
    assert APPROVAL in case.stale
    assert "50,000" not in text(case)
    assert not {"goodwill", "goodwill_detail"} & told_fields(PLAYBOOK, case)


def test_an_approval_given_again_counts() -> None:
    case = sent(sent(at_remedy(), CHANGED), {APPROVAL: "approved"}, 7)
    assert APPROVAL not in case.stale
    assert "50,000" in text(case)


def test_the_box_of_an_approval_to_be_given_again_is_empty() -> None:
    case = sent(at_remedy(), CHANGED)
    card = step_card(PLAYBOOK, case, PLAYBOOK.by_id[StepId("remedy")], about="", today=TODAY)
    boxes = {b.field: b.value for form in card.blocks if isinstance(form, Form) for b in form.boxes}
    assert boxes[APPROVAL] == ""
    assert boxes[FieldId("goodwill_detail")] == "a credit of EUR 50,000"


@pytest.mark.parametrize("unsure", ["stale", "pending", "others", "older"])
def test_an_approval_that_is_not_settled_is_none(unsure: str) -> None:
    case = at_remedy()
    changes: dict[str, Case] = {
        "stale": replace(case, stale=(APPROVAL,)),
        "pending": replace(
            case, pending={APPROVAL: Pending("perhaps", same("Which one?"), revision=50)}
        ),
        "others": replace(case, others={APPROVAL: Answer(ChoiceValue("not_yet"), AT, PM, 50)}),
        "older": replace(
            put(PLAYBOOK, case, FieldId("goodwill_detail"), TextValue("x"), stamp=stamp(1)),
            stale=(),
        ),
    }
    approved = {line.part for line in assemble(PLAYBOOK, case, EMAIL, today=TODAY).sentences}
    found = assemble(PLAYBOOK, changes[unsure], EMAIL, today=TODAY)
    assert "remedy" in approved
    assert "remedy" not in {line.part for line in found.sentences}


@pytest.mark.parametrize("step", ["impact", "remedy", "cause"])
def test_answers_of_a_skipped_step_are_not_told(step: str) -> None:
    case = replace(full("en"), revision=50, live=5, step=StepId(step))
    case, _ = flow.reduce(PLAYBOOK, case, SkipAsked(stamp(1)))
    case, _ = flow.reduce(PLAYBOOK, case, Skipped(stamp(2), StepId(step), "not_relevant"))
    assert step in case.skips
    own = {f.id for f in PLAYBOOK.by_id[StepId(step)].fields}
    assert not own & told_fields(PLAYBOOK, case)
    draft = assemble(PLAYBOOK, case, EMAIL, today=TODAY)
    assert not own & {f for line in draft.sentences for f in line.answers}
    base = facts(PLAYBOOK, case, today=TODAY)
    told = {f for s in base.told.sources for f in s.answers}
    assert not own & told
    before = text(full("en"))
    entries = check(before, base, draft=draft).entries
    assert not own & {f for e in entries if e.verdict == "traced" for f in e.answers}


@pytest.mark.parametrize("name", ["goodwill", "contract_detail", "internal_note"])
def test_a_condition_on_a_hidden_answer_lets_nothing_out(name: str) -> None:
    case = replace(full("en"), stale=(APPROVAL,))
    leak = Sentence(
        "leak", "plan", same("Something is on its way."), when=(Condition(FieldId(name)),)
    )
    plan = replace(PLAYBOOK.draft, sentences=(*PLAYBOOK.draft.sentences, leak))
    playbook = replace(PLAYBOOK, draft=plan)
    assert "on its way" not in text(case, playbook)
    assert (name == "goodwill") == ("on its way" in text(full("en"), playbook))
    said = [p for p in problems(playbook) if "leak" in p]
    assert bool(said) == PLAYBOOK.fields[FieldId(name)].internal
