"""Rows that somebody types: with commas as people write them, and beside rows of which something is asked."""

import pytest

from bot.core.cards.blocks import Form, Hint
from bot.core.case import DateValue, RowsValue
from bot.core.dialogue.rows import as_table
from bot.core.words import FieldId
from tests.core.talk import FULL, PLAYBOOK, Talk

MILESTONES = FieldId("milestones")
FIELD = PLAYBOOK.fields[MILESTONES]


def at_milestones() -> Talk:
    """A plan whose milestones are the open question."""
    return Talk().submit({k: v for k, v in FULL.items() if k != MILESTONES})


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("提前要文档，4月8号，王磊", ["提前要文档", "4月8号", "王磊"]),
        ("Seals, 8 April, Ida", ["Seals", "8 April", "Ida"]),
        ("Seals, 8 April", ["Seals", "8 April", None]),
        ("先上会员码，积分后补", ["先上会员码，积分后补", None, None]),
        ("Sign-off, June 12, 2027", ["Sign-off", "June 12, 2027", None]),
        ("Rollout, phase 2, 12 June", ["Rollout, phase 2, 12 June", None, None]),
        ("Seals, monitoring, Ida", ["Seals, monitoring, Ida", None, None]),
        ("Seals, valves, Ida", ["Seals, valves, Ida", None, None]),
        ("Seals, big and small; 8 April; Ida", ["Seals, big and small", "8 April", "Ida"]),
    ],
)
def test_commas_part_a_line_where_the_days_are_in_their_places(
    line: str, cells: list[str | None]
) -> None:
    (row,) = as_table(FIELD, line)
    assert [row.get(c.id) or None for c in FIELD.columns] == cells


def test_a_line_that_is_no_row_throws_no_rows_away() -> None:
    talk = at_milestones().type("Test; 14 April; Bo\nSeals; 8 April; Ida")
    assert talk.case.pending[MILESTONES].readings
    talk.type("and then we shall see")
    assert "Test" in str(talk.case.pending[MILESTONES].raw)
    assert "Seals" in str(talk.case.pending[MILESTONES].raw)


def test_rows_typed_anew_take_the_place_of_those_of_which_something_is_asked() -> None:
    talk = at_milestones().type("Test; 14 April; Bo\nSeals; 8 April; Ida")
    talk.type("Seals; 8 April; Ida\nTest; 13 April; Bo")
    value = talk.case.answers[MILESTONES].value
    assert isinstance(value, RowsValue)
    days = [row["day"].day.day for row in value.rows if isinstance(row["day"], DateValue)]
    assert days == [8, 13]


def test_the_hint_says_how_many_lines_are_needed() -> None:
    hints = [b.text for b in at_milestones().card().blocks if isinstance(b, Hint)]
    assert any("at least 2, a line each" in h.en and "至少2条，每行一条" in h.zh for h in hints)


def test_what_is_wrong_with_a_table_stands_above_its_form_and_may_stand_in_its_window() -> None:
    card = at_milestones().type("Seals; 8 April; Ida").card()
    at = next(n for n, b in enumerate(card.blocks) if isinstance(b, Form))
    form = card.blocks[at]
    assert isinstance(form, Form)
    (box,) = [b for b in form.boxes if b.field == MILESTONES]
    above = [b.text.en for b in card.blocks[:at] if isinstance(b, Hint)]
    assert box.problem is not None
    assert f"Milestones: {box.problem.en}" in above
