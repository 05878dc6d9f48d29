"""Dates that people write: whole answers, and dates in a text."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reading.calendars import calendar
from bot.core.reading.dates import Dates, Mention, Reading, read, scan
from bot.core.reading.formats import echo, show_date, write_date
from bot.core.words import LANGUAGES, Language, Text

# A Monday. November 2026 ends on a Monday, December begins on a Tuesday.
TODAY = date(2026, 11, 23)
CHINA = calendar("CN")


def answer(text: str, today: date = TODAY, code: str = "CN") -> list[str]:
    """The readings of an answer, as ISO dates; a stretch with two dots, "~" when not exact."""
    return [iso(r) for r in read(text, today=today, calendar=calendar(code)).readings]


def iso(reading: Reading) -> str:
    end = f"..{reading.end.isoformat()}" if reading.end else ""
    return f"{reading.day.isoformat()}{end}{'' if reading.exact else '~'}"


def mentions(text: str, today: date = TODAY) -> list[str]:
    """The dates in a text: what was written, and its first reading."""
    found = scan(text, today=today, calendar=CHINA)
    return [f"{m.text}={iso(m.readings[0]) if m.readings else '?'}" for m in found]


NAMED_DAYS = [
    ("4 December", "2026-12-04"),
    ("4th of December", "2026-12-04"),
    ("Dec 4th", "2026-12-04"),
    ("Dec. 4", "2026-12-04"),
    ("December 4, 2026", "2026-12-04"),
    ("december 4", "2026-12-04"),
    ("4 Dec 26", "2026-12-04"),
    ("4 Dec '26", "2026-12-04"),
    ("Fri 4 Dec", "2026-12-04"),
    ("Friday, 4 December 2026", "2026-12-04"),
    ("4 December (Friday)", "2026-12-04"),
    ("Friday the 4th", "2026-12-04"),
    ("Decmber 4", "2026-12-04"),
    ("4 Febuary", "2027-02-04"),
    ("may 4", "2027-05-04"),
    ("4 march", "2027-03-04"),
    ("4.12.2026", "2026-12-04"),
    ("25/12", "2026-12-25"),
    ("2026-12-04", "2026-12-04"),
    ("2026/12/4", "2026-12-04"),
    ("2026.12.4", "2026-12-04"),
    ("26.12.4", "2026-12-04"),
    ("20261204", "2026-12-04"),
    ("12月5日", "2026-12-05"),
    ("12 月 5 日", "2026-12-05"),
    ("12月5号", "2026-12-05"),
    ("12月5", "2026-12-05"),
    ("2026年12月4日", "2026-12-04"),
    ("26年12月4日", "2026-12-04"),
    ("明年3月1日", "2027-03-01"),
    ("十二月五日", "2026-12-05"),
    ("二〇二六年十二月四日", "2026-12-04"),
    ("２０２６年１２月４日", "2026-12-04"),
    ("12月4日（周五）", "2026-12-04"),
    ("周五（12月4日）", "2026-12-04"),
    ("周五12月4日", "2026-12-04"),
    ("下月15号", "2026-12-15"),
    ("下個月十五號", "2026-12-15"),
    ("这个月25号", "2026-11-25"),
    ("25号", "2026-11-25"),
    ("the 25th", "2026-11-25"),
    ("31号", "2026-12-31"),  # November has none
    ("the 5th of next month", "2026-12-05"),
    ("Friday (4 December)", "2026-12-04"),
    ("next Friday 4 December", "2026-12-04"),
    ("4-Dec-2026", "2026-12-04"),
]
RELATIVE_DAYS = [
    ("today", "2026-11-23"),
    ("今天", "2026-11-23"),
    ("tomorrow", "2026-11-24"),
    ("tomorow", "2026-11-24"),
    ("明天", "2026-11-24"),
    ("the day after tomorrow", "2026-11-25"),
    ("后天", "2026-11-25"),
    ("後天", "2026-11-25"),
    ("大后天", "2026-11-26"),
    ("yesterday", "2026-11-22"),
    ("昨天", "2026-11-22"),
    ("前天", "2026-11-21"),
    ("the day before yesterday", "2026-11-21"),
    ("Friday", "2026-11-27"),
    ("this Friday", "2026-11-27"),
    ("coming Friday", "2026-11-27"),
    ("Friday week", "2026-12-04"),
    ("a week on Friday", "2026-12-04"),
    ("a week from Friday", "2026-12-04"),
    ("Friday next week", "2026-12-04"),
    ("next week Friday", "2026-12-04"),
    ("last Friday", "2026-11-20"),
    ("last Monday", "2026-11-16"),  # said on a Monday
    ("two weeks from Friday", "2026-12-11"),
    ("next Monday", "2026-11-30"),
    ("周五", "2026-11-27"),
    ("本周五", "2026-11-27"),
    ("这周五", "2026-11-27"),
    ("下周五", "2026-12-04"),
    ("下週五", "2026-12-04"),
    ("下个星期五", "2026-12-04"),
    ("下下周五", "2026-12-11"),
    ("上周五", "2026-11-20"),
    ("星期日", "2026-11-29"),
    ("礼拜三", "2026-11-25"),
    ("in two weeks", "2026-12-07"),
    ("in 2 weeks' time", "2026-12-07"),
    ("两周后", "2026-12-07"),
    ("three weeks from today", "2026-12-14"),
    ("in a fortnight", "2026-12-07"),
    ("3 days ago", "2026-11-20"),
    ("三天前", "2026-11-20"),
    ("三天后", "2026-11-26"),
    ("in 10 working days", "2026-12-07"),  # 24-27 are four, 30 Nov - 4 Dec five, then Monday
    ("10 working days from now", "2026-12-07"),
    ("ten business days from now", "2026-12-07"),
    ("3个工作日后", "2026-11-26"),
    ("十个工作日之后", "2026-12-07"),
]
LOOSE_DAYS = [
    ("end of the month", "2026-11-30~"),
    ("end of month", "2026-11-30~"),
    ("EOM", "2026-11-30~"),
    ("month end", "2026-11-30~"),
    ("月底", "2026-11-30~"),
    ("本月底", "2026-11-30~"),
    ("end of next month", "2026-12-31~"),
    ("下月底", "2026-12-31~"),
    ("end of January", "2027-01-29..2027-01-31~"),  # the 31st is a Sunday
    ("1月底", "2027-01-29..2027-01-31~"),
    ("end of Q1", "2027-03-31~"),
    ("一季度末", "2027-03-31~"),
    ("季度末", "2026-12-31~"),
    ("end of the year", "2026-12-31~"),
    ("年底", "2026-12-31~"),
    ("明年底", "2027-12-31~"),
    ("end of next week", "2026-12-04..2026-12-06~"),
    ("next week", "2026-11-30..2026-12-06~"),
    ("下周", "2026-11-30..2026-12-06~"),
    ("the week after next", "2026-12-07..2026-12-13~"),
    ("this weekend", "2026-11-28..2026-11-29~"),
    ("周末", "2026-11-28..2026-11-29~"),
    ("next month", "2026-12-01..2026-12-31~"),
    ("下个月", "2026-12-01..2026-12-31~"),
    ("December 2026", "2026-12-01..2026-12-31~"),
    ("2026年12月", "2026-12-01..2026-12-31~"),
    ("mid-December", "2026-12-11..2026-12-20~"),
    ("12月中旬", "2026-12-11..2026-12-20~"),
    ("early December", "2026-12-01..2026-12-10~"),
    ("12月初", "2026-12-01..2026-12-10~"),
    ("late December", "2026-12-21..2026-12-31~"),
    ("week 50", "2026-12-07..2026-12-13~"),  # ISO: 2026 has 53 weeks, week 53 begins 28 December
    ("第50周", "2026-12-07..2026-12-13~"),
    ("CW 50", "2026-12-07..2026-12-13~"),
    ("Q1 2027", "2027-01-01..2027-03-31~"),
    ("within two weeks", "2026-12-07~"),
    ("两周内", "2026-12-07~"),
    ("半个月后", "2026-12-08~"),
    ("around 4 December", "2026-12-04~"),
    ("last day of the month", "2026-11-30~"),
    ("本月最后一天", "2026-11-30~"),
    ("本月内", "2026-11-01..2026-11-30~"),
    ("end of 2027", "2027-12-31~"),
    ("end of the quarter", "2026-12-31~"),
    ("本季度末", "2026-12-31~"),
    ("下季度末", "2027-03-31~"),
    ("early next week", "2026-11-30..2026-12-01~"),
    ("下周初", "2026-11-30..2026-12-01~"),
    ("middle of next week", "2026-12-01..2026-12-03~"),
    ("late next week", "2026-12-03..2026-12-04~"),
    ("in a couple of weeks", "2026-12-07~"),
    ("week 2", "2027-01-11..2027-01-17~"),  # 2026's is long over
    ("week 50, 2026", "2026-12-07..2026-12-13~"),
    ("一个半月后", "2027-01-07~"),  # 45 days: 7 in November, 31 in December
    ("大概下周五", "2026-12-04~"),
]
STRETCHES = [
    ("9-16 December", "2026-12-09..2026-12-16"),
    ("9–16 December", "2026-12-09..2026-12-16"),
    ("December 9 to 16", "2026-12-09..2026-12-16"),
    ("between 9 and 16 December", "2026-12-09..2026-12-16"),
    ("from 9 December until 3 January", "2026-12-09..2027-01-03"),
    ("29 to 3 December", "2026-11-29..2026-12-03"),
    ("12月9日到16日", "2026-12-09..2026-12-16"),
    ("12月9-16日", "2026-12-09..2026-12-16"),
    ("下周一至周三", "2026-11-30..2026-12-02"),
    ("12月9日至1月3日", "2026-12-09..2027-01-03"),
]
WRAPPED = [
    ("by Friday", "2026-11-27"),
    ("on the 25th, please", "2026-11-25"),
    ("4 December at 17:00", "2026-12-04"),
    ("eod Friday", "2026-11-27"),
    ("12月5日前", "2026-12-05"),
    ("最晚12月5日", "2026-12-05"),
    ("周五下午5点", "2026-11-27"),
    ("\u200f4 December\u200f", "2026-12-04"),
]


@pytest.mark.parametrize(
    ("text", "expected"), NAMED_DAYS + RELATIVE_DAYS + LOOSE_DAYS + STRETCHES + WRAPPED
)
def test_a_clear_answer_has_one_reading(text: str, expected: str) -> None:
    assert answer(text) == [expected]


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("next Friday", TODAY, ["2026-12-04", "2026-11-27"]),
        ("Friday", date(2026, 11, 27), ["2026-11-27", "2026-12-04"]),  # said on a Friday
        ("周五", date(2026, 11, 27), ["2026-11-27", "2026-12-04"]),
        ("周五", date(2026, 11, 28), ["2026-12-04", "2026-11-27"]),  # said on Saturday
        ("本周五", date(2026, 11, 28), ["2026-11-27"]),
        ("this Friday", date(2026, 11, 28), ["2026-12-04", "2026-11-27"]),
        ("next Monday", date(2026, 11, 29), ["2026-11-30", "2026-12-07"]),  # said on Sunday
        ("last Tuesday", date(2026, 11, 26), ["2026-11-24", "2026-11-17"]),
        ("5th", TODAY, ["2026-12-05", "2026-11-05"]),
        ("5号", TODAY, ["2026-12-05", "2026-11-05"]),
        ("12/4", TODAY, ["2026-12-04", "2027-04-12"]),
        ("12.4", TODAY, ["2026-12-04", "2027-04-12"]),
        ("4/12/2026", TODAY, ["2026-12-04", "2026-04-12"]),
        ("4 and 11 December", TODAY, ["2026-12-04", "2026-12-11"]),
        ("12月4日、11日", TODAY, ["2026-12-04", "2026-12-11"]),
        ("下周二或周三", TODAY, ["2026-12-01", "2026-12-02"]),
        ("next Tuesday or Wednesday", TODAY, ["2026-12-01", "2026-12-02"]),
        ("either 27 or 28 November", TODAY, ["2026-11-27", "2026-11-28"]),
        ("Friday or Monday", TODAY, ["2026-11-27", "2026-11-23"]),
        # 5 December is a Saturday: the date first, then the Friday beside it.
        ("Fri 5 Dec", TODAY, ["2026-12-05", "2026-12-04"]),
        ("12月4日（周四）", TODAY, ["2026-12-04", "2026-12-03"]),
        # More than half a year ahead: next year's first, then this year's.
        ("20 August", TODAY, ["2027-08-20", "2026-08-20"]),
        # February has no 30th.
        ("the 30th", date(2027, 1, 31), ["2027-03-30", "2027-01-30"]),
        # Backwards it is no stretch, and June has no 31st.
        ("31 to 3 July", TODAY, ["2027-07-31", "2027-07-03"]),
        ("2026-12-11 to 2026-12-04", TODAY, ["2026-12-11", "2026-12-04"]),
        ("next weekend", TODAY, ["2026-12-05..2026-12-06~", "2026-11-28..2026-11-29~"]),
    ],
)
def test_an_answer_that_a_careful_person_would_ask_about_has_two_readings(
    text: str, today: date, expected: list[str]
) -> None:
    readings = answer(text, today, "GB" if text == "4/12/2026" else "CN")
    assert readings == expected


def test_the_calendar_ranks_day_and_month() -> None:
    assert answer("12/4", code="GB") == ["2027-04-12", "2026-12-04"]
    assert answer("4/12/2026", code="US") == ["2026-04-12", "2026-12-04"]


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("3 January", date(2026, 12, 28), "2027-01-03"),
        ("28 December", date(2027, 1, 3), "2026-12-28"),  # 359 days ahead: the past one
        ("15 October", TODAY, "2026-10-15"),
        ("29 February", date(2027, 12, 1), "2028-02-29"),
        ("29 Feb 2028", TODAY, "2028-02-29"),
        ("end of February", date(2028, 2, 3), "2028-02-29~"),
        ("in 1 month", date(2026, 1, 31), "2026-02-28~"),
        ("下个月", date(2026, 12, 31), "2027-01-01..2027-01-31~"),
        ("end of Q4", date(2026, 12, 31), "2026-12-31~"),
        ("下周一", date(2026, 12, 31), "2027-01-04"),
        ("week 53", date(2026, 12, 30), "2026-12-28..2027-01-03~"),
    ],
)
def test_a_missing_year_is_the_nearest_sensible_one(text: str, today: date, expected: str) -> None:
    assert answer(text, today) == [expected]


def test_a_reading_tells_whether_the_year_was_written() -> None:
    assert read("4 December 2026", today=TODAY, calendar=CHINA).readings[0].year_given
    assert not read("12月4日", today=TODAY, calendar=CHINA).readings[0].year_given


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "31 February",
            Text(
                en="There is no 31 February: February has 28 or 29 days.",
                zh="2月没有31日，2月只有28或29天。",
            ),
        ),
        (
            "2月30日",
            Text(
                en="There is no 30 February: February has 28 or 29 days.",
                zh="2月没有30日，2月只有28或29天。",
            ),
        ),
        (
            "November 31",
            Text(
                en="There is no 31 November: November has 30 days.",
                zh="11月没有31日，11月只有30天。",
            ),
        ),
        (
            "29 Feb 2027",
            Text(
                en="There is no 29 February 2027: it is not a leap year.",
                zh="2027年没有2月29日，那年不是闰年。",
            ),
        ),
        (
            "29 February",
            Text(
                en="29 February comes in leap years only; please name the year.",
                zh="2月29日只在闰年才有，请写明年份。",
            ),
        ),
        ("2026-13-01", Text(en="There is no month 13.", zh="没有13月。")),
        (
            "2月30日、31日",
            Text(
                en="There is no 30 February: February has 28 or 29 days.",
                zh="2月没有30日，2月只有28或29天。",
            ),
        ),
        (
            "4 to 31 February",
            Text(
                en="There is no 31 February: February has 28 or 29 days.",
                zh="2月没有31日，2月只有28或29天。",
            ),
        ),
        (
            "31/2/2026",
            Text(
                en="There is no 31 February: February has 28 or 29 days.",
                zh="2月没有31日，2月只有28或29天。",
            ),
        ),
        ("13月5日", Text(en="There is no month 13.", zh="没有13月。")),
        ("35th", Text(en="No month has a day 35.", zh="没有哪个月有35号。")),
        (
            "2126-12-04",
            Text(
                en="The year 2126 is too far away; please check it.",
                zh="2126年太远了，请核对年份。",
            ),
        ),
    ],
)
def test_a_date_that_does_not_exist_is_a_fault(text: str, fault: Text) -> None:
    assert read(text, today=TODAY, calendar=CHINA) == Dates(fault=fault)


@pytest.mark.parametrize(
    "text",
    ["", " ", "soon", "asap", "尽快", "国庆后", "节后", "next quarter", "下季度", "5", "12", "yes", "是", "👍",
     "3.13.0", "every Friday", "每周五", "not before 4 December", "we deliver on 4 December",
     "四月底五月初之间吧再说", "in 90000 days", "in 9000 weeks", "二季度", "半天后", "two weeks from delivery", "start of the quarter",
     "December 2126", "end of 2126", "week 60", "6月第一周", "2126年一季度末", "2026年13月", "x" * 40_000, "4 December " * 100],
)  # fmt: skip
def test_other_answers_are_no_date(text: str) -> None:
    assert read(text, today=TODAY, calendar=CHINA) == Dates()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We deliver on 4 December.", ["4 December=2026-12-04"]),
        ("改到12月4号，周五前确认。", ["12月4号=2026-12-04", "周五=2026-11-27"]),
        ("The tests are on 4 and 11 December.", ["4=2026-12-04", "11 December=2026-12-11"]),
        ("12月4日、11日和18日各一次", ["12月4日=2026-12-04", "11日=2026-12-11", "18日=2026-12-18"]),
        ("On December 4 and 11, we test.", ["December 4=2026-12-04", "11=2026-12-11"]),
        ("On December 4, 12 racks arrive.", ["December 4=2026-12-04"]),
        ("Of 20, 4 December is the last.", ["4 December=2026-12-04"]),
        ("Test from 9 to 16 December.", ["9 to 16 December=2026-12-09..2026-12-16"]),
        ("It moves from 4 to 11 December.", ["4=2026-12-04", "11 December=2026-12-11"]),
        (
            "It slips from 4 December to 11 December.",
            ["4 December=2026-12-04", "11 December=2026-12-11"],
        ),
        ("12月4日至11日测试", ["12月4日至11日=2026-12-04..2026-12-11"]),
        ("由12月4日改到12月11日", ["12月4日=2026-12-04", "12月11日=2026-12-11"]),
        ("next week our team, next month too.",
         ["next week=2026-11-30..2026-12-06~", "next month=2026-12-01..2026-12-31~"]),
        ("In June 45 racks.", ["June=2027-06-01..2027-06-30~"]),
        ("At 45 and 12 December", ["12 December=2026-12-12"]),
        ("Ready by 12/4.", ["12/4=2026-12-04"]),
        ("定在12/4交付", ["12/4=2026-12-04"]),
        ("Fri 12/4", ["Fri 12/4=2026-12-04"]),
        ("Due 2026-12-04T10:00", ["2026-12-04=2026-12-04"]),
        ("due on 26.12.4", ["26.12.4=2026-12-04"]),
        ("The review is on the 25th.", ["25th=2026-11-25"]),
        ("It has been on the 25th (all of it), and on the 29th has five.", ["25th=2026-11-25", "29th=2026-11-29"]),
        ("I ask by the 25th whether nights are possible.", ["25th=2026-11-25"]),
        ("ramp 30 jan, was 23 jan. hoses stiff", ["30 jan=2027-01-30", "23 jan=2027-01-23"]),
        ("app slips to 19 may (was 30 apr)", ["19 may=2027-05-19", "30 apr=2027-04-30"]),
        ("13 march now, 27 feb before", ["13 march=2027-03-13", "27 feb=2027-02-27"]),
        ("In November. The 27th is free.", ["November=2026-11-01..2026-11-30~"]),
        ("slips 10 → 22 December", ["10=2026-12-10", "22 December=2026-12-22"]),
        ("要到29号😔，27日我再报", ["29号=2026-11-29", "27日=2026-11-27"]),
        ("5号前给您", ["5号=2026-12-05"]),
        ("By end of next week, or in two weeks.",
         ["end of next week=2026-12-04..2026-12-06~", "in two weeks=2026-12-07"]),
        ("月底前，最晚下周三", ["月底=2026-11-30~", "下周三=2026-12-02"]),
        ("In May we may 4 of us march.", ["May=2027-05-01..2027-05-31~"]),
        ("（12月4日）", ["12月4日=2026-12-04"]),
        ("12月27号竣工，6号幕墙封闭，18号淋水试验。",
         ["12月27号=2026-12-27", "6号=2026-12-06", "18号=2026-12-18"]),
        ("9/18前封板，10/9前调试", ["9/18=2026-09-18", "10/9=2026-10-09"]),
        ("12月27号竣工，3号楼已封顶。", ["12月27号=2026-12-27"]),
        ("要24号才能铺完", ["24号=2026-11-24"]),
        ("改到12月4号，周五。", ["12月4号，周五=2026-12-04"]),
        ("改到12月4号，周三给您消息。", ["12月4号=2026-12-04", "周三=2026-11-25"]),
        ("delivery—4 December", ["4 December=2026-12-04"]),
        ("On 31 February", ["31 February=?"]),
        ("ＤＥＣ 4 與 12月5號", ["ＤＥＣ 4=2026-12-04", "12月5號=2026-12-05"]),
        ("İstanbul, 4 December", ["4 December=2026-12-04"]),
    ],
)  # fmt: skip
def test_dates_are_found_in_a_text(text: str, expected: list[str]) -> None:
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We may march on; may 4 of us go, and these 4 may fail.",
        "CPython 3.13.0, v2.4, 2.4.1, Ubuntu 26.04.1, 192.168.1.12, version 2026.12.4.1, 2026.13.4, due on 45/13/2026",
        "9/14 rooms, 2/3 of it, about 2/3, 50/50, 24/7, on 24/7, on 3/5 rooms, 5/8 inch",
        "At 17:00 and 9:30, call +86 138-0013-8000 or 010-12345678 or 400-820-8820.",
        "clause 8.4, section 3.2, GF-2017-0201, RS-485, A3, TC-31, P50",
        "He sat in the sun and wed on mon.",
        "One basin in two working days, six doors in three days, one in two days; 19 may need rework.",
        "7号、8号梯改期，剩7号、8号。",
        "every Friday, each Monday, on a Tuesday, Tuesdays, every Tuesday and Friday, Friday notes",
        "第3周 week 3 of the plan, 3号楼、5号机、10号线、第12条、第5号、40号。",
        "每周五、每周二、周五、每月底、周一至周五、一周一次、一月一次、三个月、2个月",
        "先天不足，目前天气，以后天天，说明天气",
        "签字后3天内，收到后5个工作日内，验收3天前通知，within 5 days of receipt",
        "the 2nd floor, the 3rd time, the 12th rack, second week",
        "soon, shortly, next quarter, 尽快, 节后, 国庆后, 下季度",
        "9间/14间，合同8.4条，2026年度，12点，百分之八，五一，十一",
        "mailto:a4@b.de https://x.de/2026/1204 #4 May-fly",
    ],
)
def test_what_only_looks_like_a_date_is_not_found(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    ("text", "weekday"),
    [
        ("Fri 5 Dec", 4),
        ("Friday, 5 December", 4),
        ("5 December (Friday)", 4),
        ("12月5日（周五）", 4),
        ("12月5日 星期天", 6),
        ("周五，12月5日", 4),
        ("We can't promise Friday. 19 June is the date.", 4),
        ("5 December", None),
    ],
)
def test_the_weekday_beside_a_date_is_kept(text: str, weekday: int | None) -> None:
    assert scan(text, today=TODAY, calendar=CHINA)[0].weekday == weekday


def test_a_weekday_of_another_sentence_is_not_beside_the_date() -> None:
    found = scan("We can't promise Friday. 4 December is the date.", today=TODAY, calendar=CHINA)
    assert [(m.text, m.weekday) for m in found] == [("Friday", 4), ("4 December", None)]


def test_a_mention_carries_span_and_fault() -> None:
    found = scan("到2月30日", today=TODAY, calendar=CHINA)
    fault = Text(
        en="There is no 30 February: February has 28 or 29 days.",
        zh="2月没有30日，2月只有28或29天。",
    )
    assert found == (Mention((1, 6), "2月30日", (), None, fault),)


def test_a_reading_covers_its_stretch() -> None:
    reading = read("9-16 December", today=TODAY, calendar=CHINA).readings[0]
    assert reading.covers(date(2026, 12, 16))
    assert not reading.covers(date(2026, 12, 17))
    assert reading.last == date(2026, 12, 16)


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
NEAR = st.integers(-3000, 3000)


@settings(deadline=None)  # the first look at a year fills its calendar
@given(DAYS, NEAR, st.sampled_from(LANGUAGES))
def test_every_date_shown_is_read_back(day: date, away: int, language: Language) -> None:
    today = date.fromordinal(day.toordinal() + away)
    for shown in (show_date(day, language), write_date(day, language, today)):
        readings = read(shown, today=today, calendar=CHINA).readings
        assert [(r.day, r.end) for r in readings] == [(day, None)], shown
        (found,) = scan(f"- {shown}.", today=today, calendar=CHINA)
        assert [r.day for r in found.readings] == [day]


@settings(deadline=None)
@given(DAYS, st.integers(-120, 120))
def test_an_echo_begins_with_the_date_it_echoes(day: date, away: int) -> None:
    today = date.fromordinal(day.toordinal() + away)
    for language in LANGUAGES:
        said = echo(day, today, CHINA).to(language)
        first = scan(said, today=today, calendar=CHINA)[0]
        assert (first.readings[0].day, first.span[0]) == (day, 0)


PIECES = st.sampled_from(
    [*"0123456789一二三十廿月日号年周星期天下上本个半后内前第末底,.-/~:()（）、，。 \n", "12", "2026", "friday", "next ", "may",
     "December", " to ", " and ", "the ", "end of ", "in ", "weeks", "working days", "今天", "工作日", "th", "Q1", "İ", "👍", "\u200f"]
)  # fmt: skip
MIXED = st.lists(PIECES | st.characters(), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(MIXED, DAYS)
def test_scan_never_raises_and_spans_slice_the_text(text: str, today: date) -> None:
    end = 0
    for found in scan(text, today=today, calendar=CHINA):
        assert text[slice(*found.span)] == found.text
        assert found.span[0] >= end
        assert bool(found.readings) != (found.fault is not None)
        end = found.span[1]


@settings(max_examples=400, deadline=None)
@given(MIXED, DAYS)
def test_read_gives_readings_or_a_fault_but_never_both(text: str, today: date) -> None:
    dates = read(text, today=today, calendar=CHINA)
    assert not (dates.readings and dates.fault)
    assert all(r.end is None or r.end > r.day for r in dates.readings)


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "1, ", "1 and ", "4 and 5 ", "12/4 ", "12月", "12月4日、", "6月9日到", "一", "十", "周", "（周五", "下", "next ", "june ",
     "end of ", "every monday, ", "from ", "moved from 1 ", "in a ", "2026-", "a week on ", "(", "\n"],
)  # fmt: skip
def test_a_hundred_thousand_hostile_characters_take_bounded_time(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    found = scan(text, today=TODAY, calendar=CHINA)
    assert time.process_time() - start < 5  # seconds; a quadratic pattern takes minutes
    assert all(m.span[1] <= len(text) for m in found)
