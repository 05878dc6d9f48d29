"""Every date a customer was told, and what a second slip changes."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.documents import parse, validate
from bot.core.foresight.ledger import (
    REPEATS,
    Promise,
    Repeat,
    approver_up,
    as_slips,
    history,
    of,
    repeat_for,
    slips,
)
from bot.core.foresight.outside import Slip
from bot.core.words import CaseId, Text

LEVELS = ("project manager", "delivery director", "managing director")


def told(
    day: date, *, on: int = 1, what: str = "Wash hall gates", project: str = "Depot"
) -> Promise:
    return Promise(project, what, day, datetime(2026, 3, on, 9, 0, tzinfo=UTC), CaseId(f"c{on}"))


MAY, JUNE, JULY = date(2026, 5, 4), date(2026, 6, 1), date(2026, 7, 6)


def test_a_later_day_is_a_slip_and_the_same_or_an_earlier_one_is_none() -> None:
    assert slips([]) == 0
    assert slips([told(MAY)]) == 0
    assert slips([told(MAY, on=1), told(MAY, on=2), told(JUNE, on=3), told(MAY, on=4)]) == 1


def test_promises_count_in_the_order_they_were_told() -> None:
    assert slips([told(JULY, on=9), told(MAY, on=1), told(JUNE, on=5)]) == 2


def test_one_thing_is_found_among_many_however_it_is_written() -> None:
    one, other = told(MAY, what="wash  hall GATES"), told(JUNE, what="Roof")
    again = told(JUNE, on=4)
    assert of([again, other, one, told(MAY, project="Airport")], "depot", "Wash hall gates") == (
        one,
        again,
    )


def test_the_history_names_each_date_once() -> None:
    said = history([told(MAY, on=1), told(MAY, on=2), told(JUNE, on=3), told(JULY, on=4)])
    assert said is not None
    assert said.en == (
        "“Wash hall gates” has moved twice already: they were told Mon 4 May 2026, then "
        "Mon 1 Jun 2026, then Mon 6 Jul 2026."
    )
    assert said.zh == (
        "“Wash hall gates”已经推迟过2次：先说2026年5月4日（周一），后来2026年6月1日（周一），"
        "后来2026年7月6日（周一）。"
    )


def test_a_date_that_has_not_moved_is_said_so() -> None:
    said = history([told(MAY)])
    assert said is not None
    assert "has not moved" in said.en
    assert history([]) is None


def test_many_moves_are_counted() -> None:
    said = history([told(date(2026, 5, n), on=n) for n in range(1, 5)])
    assert said is not None
    assert "3 times" in said.en


def test_the_first_slip_changes_nothing() -> None:
    assert repeat_for(0) is None


@pytest.mark.parametrize(("earlier", "levels", "questions"), [(1, 1, 2), (2, 2, 4), (7, 2, 4)])
def test_a_further_slip_asks_more_and_goes_higher(
    earlier: int, levels: int, questions: int
) -> None:
    found = repeat_for(earlier)
    assert found is not None
    assert (found.levels_up, len(found.questions)) == (levels, questions)
    assert found.call_first


def test_a_playbook_may_bring_its_own_rules() -> None:
    own = Repeat(after=3, questions=(), levels_up=1, call_first=False)
    assert repeat_for(2, [own]) is None
    assert repeat_for(3, [own]) == own


def test_the_rules_can_be_written_in_a_file() -> None:
    text = """
    after: 2
    levels_up: 1
    questions:
      - id: "what_changed"
        ask: {en: "What changed?", zh: "变了什么？"}
        why: {en: "They will ask.", zh: "客户会问。"}
    """
    found: Repeat = validate(parse(text, "repeat.yaml"), Repeat)
    assert (found.after, found.call_first) == (2, True)
    assert found.questions[0].ask == Text(en="What changed?", zh="变了什么？")


def test_the_approver_rises_to_the_top_and_no_further() -> None:
    assert approver_up(LEVELS, "project manager", None) == "project manager"
    assert approver_up(LEVELS, "project manager", REPEATS[0]) == "delivery director"
    assert approver_up(LEVELS, "delivery director", REPEATS[1]) == "managing director"
    assert approver_up(LEVELS, "somebody else", REPEATS[0]) == "somebody else"


def test_kept_and_broken_dates_feed_the_outside_view() -> None:
    assert as_slips([told(JUNE, on=2), told(MAY, on=1)], JULY) == (
        Slip(MAY, JULY, made=date(2026, 3, 1)),
        Slip(JUNE, JULY, made=date(2026, 3, 2)),
    )


@given(st.lists(st.dates(date(2026, 1, 1), date(2027, 1, 1)), max_size=12))
def test_slips_are_fewer_than_promises(days: list[date]) -> None:
    promises = [told(day, on=n) for n, day in enumerate(days, start=1)]
    assert 0 <= slips(promises) <= max(0, len(days) - 1)
    assert (history(promises) is None) == (not days)
