"""Working days of countries and companies."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reading.calendars import Calendar, UnknownCalendar, calendar
from bot.core.words import Text

DAYS = st.dates(date(2001, 1, 1), date(2040, 12, 31))
CODES = st.sampled_from(["none", "CN", "GB", "US", "DE", "AE"])

# China 2026, from the State Council's schedule: 1-3 January off with Sunday 4 January worked;
# 1-7 October off with Sunday 20 September and Saturday 10 October worked.
CHINA = calendar("CN")
BRITAIN = calendar("GB")
WEEKENDS = calendar("none")


@pytest.mark.parametrize(
    ("code", "day", "working"),
    [
        ("CN", date(2026, 1, 4), True),  # a Sunday, worked for Friday 2 January
        ("CN", date(2026, 1, 2), False),
        ("CN", date(2026, 9, 20), True),  # a Sunday
        ("CN", date(2026, 10, 10), True),  # a Saturday
        ("CN", date(2026, 10, 7), False),
        ("CN", date(2026, 10, 8), True),
        ("CN", date(2026, 12, 25), True),  # Christmas is a working Friday
        ("CN", date(2026, 12, 5), False),  # a Saturday
        ("GB", date(2026, 12, 25), False),
        ("GB", date(2026, 12, 28), False),  # Boxing Day, moved from Saturday the 26th
        ("GB", date(2026, 4, 6), False),  # Easter Monday, in England
        ("GB", date(2026, 8, 31), False),  # summer bank holiday, in England
        ("US", date(2026, 11, 26), False),  # Thanksgiving, the fourth Thursday
        ("US", date(2026, 10, 1), True),
        ("DE", date(2026, 10, 2), True),
        ("DE-BY", date(2026, 1, 6), False),  # Epiphany, in Bavaria only
        ("DE", date(2026, 1, 6), True),
        ("HK", date(2026, 11, 28), False),  # Saturday: the law closes Sunday only, offices both
        ("none", date(2026, 10, 1), True),
        ("none", date(2026, 11, 29), False),
    ],
)
def test_a_day_is_worked_by_its_country(code: str, day: date, working: bool) -> None:
    assert calendar(code).is_working(day) is working


@pytest.mark.parametrize(
    ("a", "b", "count"),
    [
        # From Monday 23 November: 24-27 are four, 30 Nov to 4 Dec are five.
        (date(2026, 11, 23), date(2026, 12, 4), 9),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 11, 27), date(2026, 11, 29), 0),  # Friday to Sunday
        (date(2026, 11, 23), date(2026, 11, 20), -1),  # back over a weekend
        (date(2026, 11, 29), date(2026, 11, 27), -1),
        # National Day: 30 September to 10 October has 8, 9 and Saturday the 10th.
        (date(2026, 9, 30), date(2026, 10, 10), 3),
        # Over the turn of the year: 29-31 December and Monday 4 January 2027.
        (date(2026, 12, 28), date(2027, 1, 4), 4),
    ],
)
def test_between_counts_after_the_first_day_up_to_the_last(a: date, b: date, count: int) -> None:
    assert CHINA.between(a, b) == count


def test_adding_steps_over_a_holiday_week() -> None:
    assert CHINA.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert CHINA.add(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert CHINA.add(date(2026, 12, 5), 0) == date(2026, 12, 5)


def test_adding_beyond_the_last_year_raises() -> None:
    with pytest.raises(OverflowError, match="outside the calendar"):
        WEEKENDS.add(date(9998, 12, 1), 400)


def test_next_working_day_is_the_day_itself_when_worked() -> None:
    assert WEEKENDS.next_working(date(2026, 12, 4)) == date(2026, 12, 4)
    assert WEEKENDS.next_working(date(2026, 12, 5)) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("CN", date(2026, 10, 1), Text(en="National Day", zh="国庆节")),
        ("CN", date(2026, 4, 6), Text(en="Tomb-Sweeping Day", zh="清明节")),  # the day in lieu
        (
            "CN",
            date(2026, 10, 6),
            Text(en="day off in exchange for a working weekend day", zh="调休放假"),
        ),
        ("GB", date(2026, 12, 25), Text(en="Christmas Day", zh="圣诞节")),
        ("JP", date(2026, 5, 4), Text(en="Greenery Day", zh="公共假日 Greenery Day")),
    ],
)
def test_a_holiday_has_a_name_in_both_languages(code: str, day: date, name: Text) -> None:
    assert calendar(code).holiday(day) == name


def test_an_ordinary_day_has_no_holiday() -> None:
    assert CHINA.holiday(date(2026, 12, 4)) is None


def test_only_a_worked_weekend_day_is_a_make_up_day() -> None:
    assert CHINA.make_up(date(2026, 10, 10))
    assert not CHINA.make_up(date(2026, 10, 9))
    assert not CHINA.make_up(date(2026, 10, 11))


def test_a_chinese_year_without_make_up_days_is_not_announced() -> None:
    assert CHINA.announced(2026)
    assert CHINA.announced(2007)
    assert not CHINA.announced(2040)


def test_elsewhere_holidays_follow_from_law() -> None:
    assert BRITAIN.announced(2040)
    assert not BRITAIN.announced(2999)


def test_a_company_lays_its_own_days_over_the_country() -> None:
    party = Text(en="Company day", zh="公司日")
    own = calendar(
        "GB",
        extra_holidays={date(2026, 12, 18): party, date(2026, 12, 24): party},
        extra_working=[date(2026, 12, 28), date(2026, 12, 5)],
    )
    assert own.holiday(date(2026, 12, 24)) == party
    assert not own.is_working(date(2026, 12, 24))
    assert own.is_working(date(2026, 12, 28))
    assert own.holiday(date(2026, 12, 28)) is None
    assert own.make_up(date(2026, 12, 5))
    # From Wednesday 23: Monday 28 worked, 29, 30 and 31.
    assert own.between(date(2026, 12, 23), date(2026, 12, 31)) == 4


@pytest.mark.parametrize("code", ["XX", "", "DE-ZZ", "nowhere", "CN-"])
def test_an_unknown_code_names_the_remedy(code: str) -> None:
    with pytest.raises(UnknownCalendar, match="two-letter country code"):
        calendar(code)


def test_a_code_is_read_in_any_case_and_by_its_alias() -> None:
    assert calendar(" cn ") is CHINA
    assert calendar("UK") is BRITAIN
    assert calendar("None") is WEEKENDS


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("CN", Text(en="China calendar", zh="中国工作日历")),
        ("none", Text(en="weekends only", zh="只计周末")),
        ("DE-BY", Text(en="Germany calendar (BY)", zh="德国工作日历（BY）")),
        ("IS", Text(en="IS calendar", zh="IS工作日历")),
    ],
)
def test_a_calendar_has_a_name(code: str, name: Text) -> None:
    assert calendar(code).name == name


@settings(deadline=None)  # the first look at a year fills its calendar
@given(DAYS, st.integers(-300, 300), CODES)
def test_between_undoes_add(day: date, n: int, code: str) -> None:
    chosen = calendar(code)
    assert chosen.between(day, chosen.add(day, n)) == n


@settings(deadline=None)  # the first look at a year fills its calendar
@given(DAYS, st.integers(0, 60), CODES)
def test_between_counts_one_by_one(day: date, span: int, code: str) -> None:
    chosen: Calendar = calendar(code)
    days = [day + timedelta(days=n) for n in range(1, span + 1)]
    assert chosen.between(day, day + timedelta(days=span)) == sum(map(chosen.is_working, days))
