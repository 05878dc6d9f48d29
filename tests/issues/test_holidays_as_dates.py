"""A holiday said as a date ("before Christmas", 春节前) was taken for no date at all."""

from datetime import date

import pytest

from bot.core.reading.calendars import calendar
from bot.core.reading.dates import read, scan
from bot.sources.milestones import milestones

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("code", "text", "days"),
    [
        ("CN", "元旦前", ["2026-12-31"]),
        ("CN", "春节前", ["2027-02-04"]),  # the eve, 5 February, is free too
        ("CN", "春節之前", ["2027-02-04"]),
        ("CN", "明年五一前", ["2027-04-30"]),
        ("CN", "2027年中秋节前", ["2027-09-14"]),
        ("CN", "过年前", ["2027-02-04"]),
        ("CN", "圣诞节前", ["2026-12-24"]),
        ("CN", "国庆前", ["2026-09-30", "2027-09-30"]),  # as any day ten months ahead: two
        ("GB", "before Christmas", ["2026-12-24"]),
        ("GB", "by Christmas Eve", ["2026-12-24"]),
        ("GB", "before New Year", ["2026-12-31"]),
        ("GB", "by Easter", ["2027-03-25"]),  # Good Friday is free there
        ("US", "by Easter", ["2027-03-26"]),
        ("US", "by Thanksgiving 2027", ["2027-11-24"]),
        ("GB", "before Chinese New Year", ["2027-02-05"]),
    ],
)
def test_a_holiday_proposes_the_working_day_before(code: str, text: str, days: list[str]) -> None:
    found = read(text, today=TODAY, calendar=calendar(code)).readings
    assert [r.day.isoformat() for r in found] == days
    assert not any(r.exact for r in found)


@pytest.mark.parametrize(
    "text",
    ["春节后", "春节期间", "国庆特展", "十一", "二十一前", "after Christmas", "in the new year",
     "before the Christmas rush", "over Easter"],
)  # fmt: skip
def test_a_season_or_a_thing_named_after_it_is_no_date(text: str) -> None:
    assert read(text, today=TODAY, calendar=calendar("CN")).readings == ()
    assert scan(f"{text}。", today=TODAY, calendar=calendar("CN")) == ()


def test_in_running_text_a_holiday_is_a_date_only_behind_a_word_of_time() -> None:
    text = (
        "The Christmas range is late: we deliver before Christmas, 春节前全部到货，国庆期间照常。"
    )
    found = scan(text, today=TODAY, calendar=calendar("GB"))
    assert [m.text for m in found] == ["Christmas", "春节前"]


@pytest.mark.parametrize(
    ("cell", "day"), [("三月", date(2027, 3, 31)), ("春节前", date(2027, 2, 5))]
)
def test_a_month_or_a_holiday_in_a_table_is_read(cell: str, day: date) -> None:
    found = milestones("plan.csv", f"里程碑,日期\n联调,{cell}\n".encode(), {}, today=TODAY)
    assert [(m.name, m.day) for m in found.rows] == [("联调", day)]
