"""Figures of what was finished, as people type and paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.foresight.forecast import Period, Samples
from bot.core.foresight.samples import LONGEST, read_samples, shown
from bot.core.reading.calendars import calendar
from bot.core.words import Text

PERIODS: tuple[Period, ...] = ("day", "working_day", "week")


def taken(text: str, period: Period | None = None) -> Samples:
    found = read_samples(text, period=period)
    assert isinstance(found, Samples), found
    return found


def refused(text: str, period: Period | None = None) -> str:
    found = read_samples(text, period=period)
    assert isinstance(found, Text), found
    return found.en


@pytest.mark.parametrize(
    "text",
    [
        "3, 5, 2, 4 per week",
        "3，5；2、4 每周",
        "每周：3、5、2、4",
        "per week:\n3\n5\n2\n4",
        "week 1: 3, week 2: 5, week 3: 2, week 4: 4",
        "w1: 3; w2: 5; w3: 2; w4: 4",
        "第1周：3，第2周：5，第3周：2，第4周：4",
        "3/week, 5/week, 2/week, 4/week",
        "3 items, 5 items, 2 items, 4 items a week",
        "3件、5件、2件、4件，每周",
        "last 4 weeks: 3 5 2 4",
        "最近四周：3、5、2、4",
        "三、五、二、四 每周",
        "３，５，２，４ 每周",
        "week,done\n12,3\n13,5\n14,2\n15,4",
        "周次;完成\n12;3\n13;5\n14;2\n15;4",
        "date,done\n2026-06-01,3\n2026-06-08,5\n2026-06-15,2\n2026-06-22,4",
        "日期\t完成数\n2026年6月22日\t4\n2026年6月1日\t3\n2026年6月8日\t5\n2026年6月15日\t2",
    ],
)
def test_weekly_figures_are_read_however_they_are_written(text: str) -> None:
    assert taken(text) == Samples((3.0, 5.0, 2.0, 4.0), "week")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("3, 5, 2 per day", "day"),
        ("每天3、5、2", "day"),
        ("3, 5, 2 each working day", "working_day"),
        ("每个工作日：3、5、2", "working_day"),
        ("5 working days: 3 5 2 4 4", "working_day"),
    ],
)
def test_the_period_is_the_one_that_the_text_names(text: str, period: Period) -> None:
    assert taken(text).period == period


def test_without_a_word_for_the_period_it_is_asked_for() -> None:
    assert "per day, per working day or per week" in refused("3, 5, 2, 4")
    assert taken("3, 5, 2, 4", "week").period == "week"


def test_a_period_in_the_text_wins_over_the_chosen_one() -> None:
    assert taken("3, 5, 2 per day", "week").period == "day"


def test_two_periods_are_asked_about() -> None:
    assert "per day, per working day or per week" in refused("per week, per day: 3, 5, 2")


@pytest.mark.parametrize(
    "text", ["3,5 4,2 5,0 a week", "1,200, 1,350, 980 weekly", "1,3\n2,5\n3,4"]
)
def test_a_comma_with_two_readings_is_asked_about(text: str) -> None:
    assert "separate" in refused(text, "week")


def test_commas_without_spaces_separate_when_all_are_alike() -> None:
    assert taken("3,5,2,4 per week").done == (3.0, 5.0, 2.0, 4.0)
    assert taken("2.5, 3.25, 4 per week").done == (2.5, 3.25, 4.0)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "No figures found"),
        ("per week", "No figures found"),
        ("3, 5 per week", "With 2 of them"),
        ("3, x, 5 weekly", "“x” is not a number"),
        ("-3, 4, 5 weekly", "“-3” is not a number"),
        ("3, 4, 9999999 weekly", "9999999 in one period"),
        ("last 6 weeks: 3, 5, 2, 4", "You wrote 6, but there are 4 figures"),
        ("3 " * LONGEST, "more than can be read"),
        ("3 " * 500 + "weekly", "more than can be read"),
        ("a,b\nc,d", "no column of what was finished"),
        ("done,completed\n3,4\n5,6", "done, completed"),
        ("date,done\n2026-06-01,3\n2026-06-31,5", "Line 3"),
        ("date,done\nMonday,3\nTuesday,5", "“monday” is not a date"),
        ("date,done\n2026-06-01,3\n2026-06-01,5", "stands twice"),
        ("date,done\n2026-06-01,3\n2026-06-03,5", "Tue 2 Jun 2026 is missing"),
        ("date,done\n2026-06-06,3\n2026-06-08,5", "Sun 7 Jun 2026 is missing"),
        ("week,done\n12,3\n13,\n14,4", "“…” is not a number"),
        ("week,done,new\n12,3,1\n13,4,x\n14,4,0", "“x” is not a number"),
        ("nr,done\nA,3\nB,5\nC,2", "per day, per working day or per week"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_remedy(text: str, says: str) -> None:
    assert says in refused(text)


def test_days_in_a_row_without_weekends_are_working_days() -> None:
    text = "date,done\n2026-06-04,3\n2026-06-05,1\n2026-06-08,0\n2026-06-09,2"
    assert taken(text) == Samples((3.0, 1.0, 0.0, 2.0), "working_day")


def test_days_with_a_weekend_are_calendar_days() -> None:
    text = "date,done\n2026-06-05,3\n2026-06-06,1\n2026-06-07,0\n2026-06-08,2"
    assert taken(text).period == "day"


def test_a_public_holiday_may_be_missing() -> None:
    text = "date,done\n2026-09-29,3\n2026-09-30,1\n2026-10-08,2\n2026-10-09,4"
    assert read_samples(text, days=calendar("CN")) == Samples((3, 1, 2, 4), "working_day")
    assert "Thu 1 Oct 2026 is missing" in refused(text)


def test_new_work_is_read_beside_what_was_done() -> None:
    assert taken("week,done,new\n12,3,1\n13,5,0\n14,2,\n").found == (1.0, 0.0, 0.0)
    assert taken("周,完成,新增\n12,3,0\n13,5,0\n14,2,0").found == ()


def test_what_was_read_is_shown_back() -> None:
    assert shown(Samples((3, 5, 2.5), "week")).en == "3 weeks, oldest first: 3, 5, 2.5"
    assert shown(Samples((3, 5, 2), "working_day")).zh == "3个工作日，从早到晚：3、5、2"
    assert shown(Samples((3, 5, 2), "day", (1, 0, 1))).zh == "3天，从早到晚：3、5、2；同期新增2"
    assert shown(Samples((1,) * 13, "week", (1,) * 13)).en.startswith(
        "13 weeks, oldest first: …, 1"
    )


@given(
    st.lists(st.integers(0, 999), min_size=3, max_size=40), st.sampled_from([", ", "、", "\n", " "])
)
def test_a_list_comes_back_as_it_was_typed(figures: list[int], mark: str) -> None:
    typed = mark.join(map(str, figures))
    assert taken(typed, "week").done == tuple(map(float, figures))


@given(st.text(max_size=200))
def test_any_text_gives_samples_or_a_sentence(text: str) -> None:
    found = read_samples(text)
    assert isinstance(found, Text) or (len(found.done) >= 3 and min(found.done) >= 0)
