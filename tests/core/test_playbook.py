"""The cross-references of a playbook: what holds, and the sentence for what does not."""

from dataclasses import replace

import pytest

from bot.core.playbook import (
    Condition,
    DraftPlan,
    Field,
    FieldKind,
    Playbook,
    Remedy,
    Sentence,
    Step,
)
from bot.core.playbook_problems import problems
from bot.core.words import FieldId, StepId, Text, same
from tests.core.delay_sample import choice, column, field, sentence
from tests.core.delay_sample import playbook as sample

NEEDED = ("project", "customer", "original_date", "new_date", "customer_language", "channel")


def book(*fields: Field, sentences: tuple[Sentence, ...] = ()) -> Playbook:
    """A playbook of one step with the fields every playbook needs, and these."""
    step = Step(StepId("one"), same("."), same("."), same("."), (*map(field, NEEDED), *fields))
    return Playbook("small", same("."), (step,), (), DraftPlan((), sentences))


def told(playbook: Playbook) -> list[str]:
    return list(problems(playbook))


def ids(*names: str) -> tuple[FieldId, ...]:
    return tuple(FieldId(name) for name in names)


def when(name: str, *any_of: str) -> tuple[Condition, ...]:
    return (Condition(FieldId(name), any_of),)


YES_NO = (choice("yes", "yes", "是"), choice("no", "no", "否"))


def test_a_sound_playbook_has_no_problem() -> None:
    assert told(book()) == []
    assert told(sample()) == []


@pytest.mark.parametrize("name", NEEDED)
def test_a_playbook_without_a_needed_field_is_told(name: str) -> None:
    whole = book()
    step = whole.steps[0]
    fields = tuple(f for f in step.fields if f.id != name)
    spoiled = replace(whole, steps=(replace(step, fields=fields),))
    assert told(spoiled) == [f"steps: no field named {name}; every playbook needs it"]


def test_the_same_id_twice_is_told_once_for_each_kind() -> None:
    remedy = Remedy("none", "none", *(same("."),) * 5)
    line = sentence("a", "news", "a", "甲")
    whole = book(field("x"), field("x"), sentences=(line, line))
    assert told(replace(whole, remedies=(remedy, remedy))) == [
        "field x stands twice; rename one of them",
        "remedy none stands twice; rename one of them",
        "sentence a stands twice; rename one of them",
    ]


def test_a_step_twice_is_told() -> None:
    whole = book()
    empty = Step(StepId("two"), same("."), same("."), same("."), ())
    spoiled = replace(whole, steps=(*whole.steps, empty, empty))
    assert told(spoiled) == ["step two stands twice; rename one of them"]


@pytest.mark.parametrize("kind", ["choice", "choices"])
def test_a_choice_without_choices_is_told(kind: FieldKind) -> None:
    assert told(book(field("x", kind))) == [f"field x: a {kind} field needs choices"]


def test_rows_without_columns_and_with_crossed_limits_are_told() -> None:
    spoiled = replace(field("x", "rows"), min_rows=3, max_rows=2)
    assert told(book(spoiled)) == [
        "field x: a rows field needs columns",
        "field x: min_rows is larger than max_rows",
    ]


@pytest.mark.parametrize(
    "spoiled",
    [
        replace(field("x"), needs=ids("nowhere")),
        replace(field("x"), not_before=FieldId("nowhere")),
        field("x", when=when("nowhere")),
    ],
)
def test_a_field_that_refers_to_nothing_is_told(spoiled: Field) -> None:
    assert told(book(spoiled)) == ["field x: there is no field named nowhere"]


def test_a_field_that_rests_on_a_later_one_is_told() -> None:
    early = replace(field("x"), needs=ids("y"))
    assert told(book(early, field("y"))) == [
        "field x: y is asked after it; ask it earlier or drop the reference"
    ]


def test_a_field_that_rests_on_itself_is_told() -> None:
    assert len(told(book(replace(field("x"), needs=ids("x"))))) == 1


def test_a_condition_on_a_choice_that_does_not_exist_is_told() -> None:
    fields = (field("x", "choice", choices=YES_NO), field("y", when=when("x", "yes", "yess")))
    lines = (replace(sentence("s", "news", "a", "甲"), when=when("x", "maybe")),)
    assert told(book(*fields, sentences=lines)) == [
        "field y: x has no choice yess; write one of yes, no",
        "sentence s: x has no choice maybe; write one of yes, no",
    ]


def test_a_condition_on_a_text_may_name_any_word() -> None:
    assert told(book(field("x"), field("y", when=when("x", "anything")))) == []


@pytest.mark.parametrize(("needs", "may"), [("secret nowhere", ""), ("", "secret nowhere")])
def test_a_sentence_may_not_use_what_is_internal_or_missing(needs: str, may: str) -> None:
    line = sentence("s", "news", "a", "甲", needs=needs, may=may)
    assert told(book(field("secret", internal=True), sentences=(line,))) == [
        "sentence s: secret is internal and may not reach the customer",
        "sentence s: there is no field named nowhere",
    ]


def test_a_sentence_may_not_stand_or_fall_with_what_is_internal() -> None:
    line = sentence("s", "news", "a", "甲", when=when("secret"))
    (said,) = told(book(field("secret", internal=True), sentences=(line,)))
    assert "secret is internal" in said


def test_the_views_of_a_playbook_agree_with_its_steps() -> None:
    whole = book(replace(field("x"), needs=ids("new_date", "project")))
    assert list(whole.fields) == [*NEEDED, "x"]
    assert whole.step_of[FieldId("x")] is whole.by_id[StepId("one")] is whole.steps[0]
    assert whole.dependents == {"new_date": ("x",), "project": ("x",)}


def test_a_choice_is_found_by_its_id() -> None:
    x = field("x", "choice", choices=YES_NO)
    assert x.choice("no") is YES_NO[1]
    assert x.choice("nor") is None


@pytest.mark.parametrize(("en", "zh"), [("", "甲"), ("a", ""), ("", "")])
def test_a_text_needs_both_languages(en: str, zh: str) -> None:
    with pytest.raises(ValueError, match="write the missing one"):
        Text(en=en, zh=zh)


def test_rows_may_be_conditioned_on_being_answered() -> None:
    rows = field("rows", "rows", columns=(column("name"),))
    assert told(book(rows, field("y", when=when("rows")))) == []
