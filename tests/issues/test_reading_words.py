"""What a person types for a choice or instead of an answer: asked about, never guessed."""

from datetime import UTC, datetime

import pytest

from bot.core.case import ChoiceValue, DateValue, Pending
from bot.core.dialogue.inputs import read
from bot.core.words import FieldId
from tests.delivery_cases import PLAYBOOK, full, without

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
CASE = without(full("en"), *(s.id for s in PLAYBOOK.steps))


def put(field: str, raw: str) -> object:
    return read(PLAYBOOK, CASE, PLAYBOOK.fields[FieldId(field)], raw, at=AT)


@pytest.mark.parametrize(
    ("field", "raw", "choice"),
    [
        ("moved_before", "yes more than once", "more"),
        ("moved_before", "不止一次", "more"),
        ("reader", "exec", "executive"),
        ("cadence", "every day", "daily"),
        ("cadence", "一周一次", "weekly"),
        ("remedy_approved", "还没批", "not_yet"),
        ("confidence", "差不多八成", "medium"),
        ("confidence", "80%", "medium"),
    ],
)
def test_what_people_say_names_a_choice(field: str, raw: str, choice: str) -> None:
    assert put(field, raw) == ChoiceValue(choice)


def test_a_word_within_a_line_is_asked_about() -> None:
    found = put("remedy_approved", "not yet, asking Omar")
    assert isinstance(found, Pending)
    assert [r.value for r in found.readings] == [ChoiceValue("not_yet")]


def test_none_is_no_answer_where_words_are_needed() -> None:
    assert isinstance(put("cause", "none"), Pending)
    assert isinstance(put("customer_deadline_what", "没有"), Pending)


def test_none_leaves_an_optional_table_empty() -> None:
    assert put("milestones", "none") is None


def test_two_readings_of_a_date_come_in_order() -> None:
    found = put("next_update", "next Friday")
    assert isinstance(found, Pending)
    days = [r.value.day for r in found.readings if isinstance(r.value, DateValue)]
    assert days == sorted(days)
    assert len(days) == 2


def test_a_past_date_is_explained_with_past_examples() -> None:
    found = put("first_sign", "a while back")
    assert isinstance(found, Pending)
    assert "last Friday" in found.problem.en
