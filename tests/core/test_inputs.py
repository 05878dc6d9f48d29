"""Reading what people put into boxes: taken, kept with one sentence, or chosen between two."""

from collections.abc import Mapping

import pytest

from bot.core.cards.shown import in_box
from bot.core.case import RowsValue
from bot.core.commands import Command, slash, typed
from bot.core.dialogue.inputs import is_none, picks, read
from bot.core.dialogue.scalars import LINE_LIMIT, TEXT_LIMIT
from bot.core.events import Raw
from bot.core.words import FieldId
from tests.core.talk import FULL, PLAYBOOK, Talk


def problem(talk: Talk, name: str) -> str:
    """The sentence below a box; empty when nothing waits there."""
    pending = talk.case.pending.get(FieldId(name))
    return pending.problem.en if pending else ""


@pytest.mark.parametrize("name", sorted(FULL))
def test_a_value_in_its_box_reads_as_itself(name: str) -> None:
    talk = Talk().fill_all()
    value = talk.case.answers[FieldId(name)].value
    again = read(PLAYBOOK, talk.case, PLAYBOOK.fields[FieldId(name)], in_box(value), at=talk.at)
    assert again == value


@pytest.mark.parametrize(
    ("boxes", "name", "said"),
    [
        ({"project": "🙂"}, "project", "A few words are needed here"),
        ({"project": "x" * (LINE_LIMIT + 1)}, "project", "One short line is enough here"),
        ({"cause": "x" * (TEXT_LIMIT + 1)}, "cause", "Please shorten it"),
        ({"original_date": "31 February"}, "original_date", ""),
        ({"original_date": "whenever"}, "original_date", "does not read as a date"),
        ({"first_sign": "2026-12-01"}, "first_sign", "is still to come"),
        ({"new_date": "2026-02-02"}, "new_date", "has passed already"),
        ({"new_date": "2026-04-18"}, "new_date", "is not a working day"),
        ({"customer_language": "Klingon"}, "customer_language", "is not one of the choices"),
        ({"percent": "140"}, "percent", "between 0 and 100"),
        ({"percent": "a lot"}, "percent", "does not read as a percentage"),
        ({"cost": "much"}, "cost", "does not read as a sum"),
        ({"hours": "900"}, "hours", "outside what fits here"),
        ({"hours": "many"}, "hours", "does not read as a number"),
        ({"helpers": ("moon",)}, "helpers", "is not one of the choices"),
        ({"helpers": ","}, "helpers", "is not one of the choices"),
        ({"weekend": "perhaps"}, "weekend", "yes or no"),
        ({"milestones": ({"name": "Test", "day": "2026-04-08"},)}, "milestones", "at least 2"),
        ({"milestones": ({"name": "Test"}, {"name": "B"})}, "milestones", "Row 1, Day"),
    ],
)
def test_what_cannot_be_taken_is_kept_with_one_sentence(
    boxes: Mapping[str, Raw], name: str, said: str
) -> None:
    talk = Talk().submit(boxes)
    assert talk.value(name) is None
    assert talk.case.pending[FieldId(name)].raw
    assert said in problem(talk, name)


def test_forty_thousand_characters_are_kept() -> None:
    talk = Talk().submit({"cause": "word " * 8_000})
    assert len(str(talk.value("cause"))) == 39_999


def test_a_line_with_breaks_becomes_one_line() -> None:
    assert Talk().submit({"project": "Depot,\n wash hall"}).value("project") == "Depot, wash hall"


def test_direction_marks_are_taken_out() -> None:
    assert Talk().submit({"project": "\u202eDepot\u200f"}).value("project") == "Depot"


def test_a_new_date_before_the_old_one_asks_which_is_wrong() -> None:
    talk = Talk().submit({"original_date": "2026-04-01", "new_date": "2026-03-20"})
    assert "Which of the two is wrong" in problem(talk, "new_date")


def test_two_readings_are_two_buttons() -> None:
    talk = Talk().submit({"original_date": "3/4"})
    assert [r.value for r in talk.case.pending[FieldId("original_date")].readings]
    assert len(talk.case.pending[FieldId("original_date")].readings) == 2


def test_milestones_out_of_order_can_be_sorted_or_kept() -> None:
    rows = ({"name": "Test", "day": "2026-04-10"}, {"name": "Seals", "day": "2026-04-08"})
    first, second = Talk().submit({"milestones": rows}).case.pending[FieldId("milestones")].readings
    assert isinstance(first.value, RowsValue)
    assert isinstance(second.value, RowsValue)
    assert first.value.rows == tuple(reversed(second.value.rows))


def test_a_milestone_after_the_new_date_is_asked_about() -> None:
    rows = ({"name": "Test", "day": "2026-04-10"}, {"name": "Seals", "day": "2026-04-24"})
    talk = Talk().submit({"new_date": "2026-04-15", "milestones": rows})
    assert "lies after the new date" in problem(talk, "milestones")


def test_rows_are_typed_a_line_each_and_add_up() -> None:
    talk = Talk().submit({k: v for k, v in FULL.items() if k != "milestones"})
    talk.type("Seals; 8 April; Ida").type("Test; 14 April; Bo")
    assert talk.value("milestones") == FULL["milestones"]


def test_a_cell_keeps_its_semicolons_while_it_waits() -> None:
    rows = ({"name": "Seals; all ten | both sides", "day": "2026-04-08"},)
    talk = Talk().submit({"milestones": rows})
    talk.submit({"milestones": (*rows, {"name": "Test", "day": "2026-04-14"})})
    assert "Seals; all ten | both sides" in str(talk.value("milestones"))


@pytest.mark.parametrize("word", ["english", "English", "Chinese", "中文", "en"])
def test_the_word_for_a_language_answers_the_question_for_it(word: str) -> None:
    talk = Talk().submit(
        {k: FULL[k] for k in ("project", "customer", "original_date", "first_sign")}
    )
    assert picks(PLAYBOOK, talk.case, word)
    assert talk.type(word).value("customer_language") in ("en", "zh")


def test_a_command_is_no_pick_of_another_question() -> None:
    assert not picks(PLAYBOOK, Talk().case, "English")
    assert not picks(PLAYBOOK, Talk().case, "review")


def test_no_is_no_empty_answer_where_it_can_be_picked() -> None:
    assert not is_none(PLAYBOOK.fields[FieldId("weekend")], "no")
    assert is_none(PLAYBOOK.fields[FieldId("note")], "no")


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("review", "review"),
        ("back", "back"),
        ("go on", "resume"),
        ("skip", "skip"),
        ("列表", "list"),
    ],
)
def test_a_typed_command_is_one_after_the_slash_too(words: str, verb: str) -> None:
    assert slash(words) == Command(verb)  # type: ignore[arg-type]


@pytest.mark.parametrize("line", ["?", "？"])
def test_a_question_mark_asks_for_help(line: str) -> None:
    assert typed(line) == Command("help")


def _asked_for_rows() -> Talk:
    return Talk().submit({k: v for k, v in FULL.items() if k != "milestones"})


def test_rows_of_one_name_are_replaced_by_those_typed_next() -> None:
    talk = _asked_for_rows().type("Seals; 2026-04-08\nSeals; 2026-04-14")
    assert "the same" in problem(talk, "milestones")
    talk.type("Seals; 2026-04-08\nTest; 2026-04-14")
    assert (problem(talk, "milestones"), talk.case.step) == ("", None)
    assert [row["name"] for row in rows_in(talk)] == ["Seals", "Test"]


def test_too_many_rows_are_replaced_by_those_typed_next() -> None:
    talk = _asked_for_rows().type("\n".join(f"Part {n}; 2026-04-{n:02}" for n in range(6, 12)))
    assert "6" in problem(talk, "milestones")
    talk.type("Seals; 2026-04-08\nTest; 2026-04-14")
    assert [row["name"] for row in rows_in(talk)] == ["Seals", "Test"]


def rows_in(talk: Talk) -> list[dict[str, str]]:
    """The milestones as they stand in their box."""
    value = talk.value("milestones")
    return [row for row in value if isinstance(row, dict)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("word", ["retro", "Retrospective", "回顾", "复盘"])
def test_looking_back_is_asked_for_by_its_name_and_can_still_be_an_answer(word: str) -> None:
    assert slash(word) == Command("followups")
    assert typed(f"/delay {word}") == Command("followups")
    assert typed(word) is None
