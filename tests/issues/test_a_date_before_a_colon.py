"""A colon behind a day ends a label; only digits behind it make a clock time."""

from datetime import date

from bot.core.reading.calendars import calendar
from bot.core.reading.dates import scan


def test_a_date_before_a_colon_is_a_date() -> None:
    text = "B. Open on October 16: October 16; scope: unchanged."
    found = scan(text, today=date(2026, 9, 9), calendar=calendar("US"))
    assert [m.text for m in found] == ["October 16", "October 16"]


def test_a_clock_time_behind_a_month_is_no_day() -> None:
    found = scan("In May 16:30 was the hour.", today=date(2026, 9, 9), calendar=calendar("US"))
    assert [m.text for m in found if "16" in m.text] == []
