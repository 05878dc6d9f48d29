"""Numbers, percents, sums and durations that people write."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reading import dates
from bot.core.reading.calendars import calendar
from bot.core.reading.numerals import chinese_number, english_number, normalise
from bot.core.reading.quantities import (
    Quantity,
    as_days,
    read_money,
    read_number,
    read_percent,
    read_yes_no,
    scan,
)


def found(text: str, taken: list[tuple[int, int]] | None = None) -> list[str]:
    """The quantities of a text: what was written, kind, value, whole and unit."""
    return [f"{text[slice(*q.span)]}={short(q)}" for q in scan(text, taken=taken or [])]


def short(quantity: Quantity) -> str:
    whole = f"/{quantity.of}" if quantity.of is not None else ""
    unit = f" {quantity.unit}" if quantity.unit else ""
    return f"{quantity.kind} {quantity.value}{whole}{unit}"


NUMBERS = [
    ("12", "number 12"),
    ("１２", "number 12"),
    ("-5", "number -5"),
    ("1,234", "number 1234"),
    ("12.5", "number 12.5"),
    ("12k", "number 12000"),
    ("1.3万", "number 13000"),
    ("twelve thousand", "number 12000"),
    ("a dozen", "number 12"),
    ("half a dozen", "number 6"),
    ("two dozen", "number 24"),
    ("half", "number 0.5"),
    ("一半", "number 0.5"),
    ("one", "number 1"),
    ("twenty-one", "number 21"),
    ("a hundred and twenty", "number 120"),
    ("十二", "number 12"),
    ("一百二十", "number 120"),
    ("一百零五", "number 105"),
    ("三千五", "number 3500"),
    ("两万", "number 20000"),
    ("about 12", "number 12"),
    ("大约12左右", "number 12"),
]
PERCENTS = [
    ("8%", "percent 8"),
    ("８５％", "percent 85"),
    ("8.5 percent", "percent 8.5"),
    ("8 per cent", "percent 8"),
    ("140%", "percent 140"),
    ("百分之八", "percent 8"),
    ("百分之八点五", "percent 8.5"),
    ("百分之85", "percent 85"),
    ("百分百", "percent 100"),
    ("八成", "percent 80"),
    ("八成半", "percent 85"),
    ("九折", "percent 10"),
    ("八五折", "percent 15"),
    ("8.5折", "percent 15"),
    ("8个点", "percent 8"),
    ("3个百分点", "percent 3"),
    ("three percentage points", "percent 3"),
]
SUMS = [
    ("¥13,000", "money 13000 CNY"),
    ("￥13000", "money 13000 CNY"),
    ("CN¥13,000", "money 13000 CNY"),
    ("RMB 1.3万", "money 13000 CNY"),
    ("1.3万元", "money 13000 CNY"),
    ("一万三千元", "money 13000 CNY"),
    ("13000块钱", "money 13000 CNY"),
    ("USD 12,000", "money 12000 USD"),
    ("12,000 USD", "money 12000 USD"),
    ("$12k", "money 12000 USD"),
    ("$3m", "money 3000000 USD"),
    ("US$5", "money 5 USD"),
    ("1.3万美元", "money 13000 USD"),
    ("€9.50", "money 9.5 EUR"),
    ("12 000 €", "money 12000 EUR"),
    ("£5", "money 5 GBP"),
    ("twelve thousand euros", "money 12000 EUR"),
    ("HK$200", "money 200 HKD"),
]
DURATIONS = [
    ("three weeks", "duration 3 week"),
    ("三周", "duration 3 week"),
    ("三個星期", "duration 3 week"),
    ("two more days", "duration 2 day"),
    ("两天", "duration 2 day"),
    ("10 working days", "duration 10 working_day"),
    ("10个工作日", "duration 10 working_day"),
    ("5 business days", "duration 5 working_day"),
    ("15 person-days", "duration 15 person_day"),
    ("15人天", "duration 15 person_day"),
    ("20-day", "duration 20 day"),
    ("3d", "duration 3 day"),
    ("6 hours", "duration 6 hour"),
    ("6小时", "duration 6 hour"),
    ("半个月", "duration 0.5 month"),
    ("一个半月", "duration 1.5 month"),
    ("三天半", "duration 3.5 day"),
    ("half a day", "duration 0.5 day"),
    ("一年", "duration 1 year"),
    ("30分钟", "duration 30 minute"),
]
COUNTS = [
    ("5 racks", "count 5 racks"),
    ("5台", "count 5 台"),
    ("二十台", "count 20 台"),
    ("400 square metres", "count 400 square metres"),
    ("400平方米", "count 400 平方米"),
    ("15kg", "count 15 kg"),
    ("9 of 14", "ratio 9/14"),
    ("1.06 of 1.2 million", "ratio 1060000/1200000"),
    ("5 of 1.2 million", "ratio 5/1200000"),
    ("9 out of 14 rooms", "ratio 9/14 rooms"),
    ("nine of fourteen", "ratio 9/14"),
    ("9/14", "ratio 9/14"),
    ("14间移交9间", "ratio 9/14 间"),
]


@pytest.mark.parametrize(
    ("text", "expected"), NUMBERS + [(t, f"{e} percent") for t, e in PERCENTS] + SUMS + DURATIONS + COUNTS
)  # fmt: skip
def test_a_whole_answer_is_one_quantity(text: str, expected: str) -> None:
    quantity = read_number(text)
    assert quantity is not None
    assert short(quantity) == expected


@pytest.mark.parametrize(
    "text",
    ["", " ", "soon", "👍", "1,5", "3-5天", "3 to 5 days", "12 racks of servers", "3.13.0", "A3", "12 or 13",
     "1" * 40_000, "十" * 300, "a", "and", "4 December"],
)  # fmt: skip
def test_other_answers_are_no_quantity(text: str) -> None:
    assert read_number(text) is None
    assert read_percent(text) is None
    assert read_money(text) is None


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("8", "8"),
        ("8%", "8"),
        ("140", "140"),
        ("百分之八", "8"),
        ("9 of 14", "64.29"),
        ("1/2", "50"),
    ],
)
def test_a_percent_may_be_a_plain_number_or_a_ratio(text: str, percent: str) -> None:
    assert read_percent(text) == Decimal(percent)


@pytest.mark.parametrize("text", ["5 racks", "three weeks", "¥5", "1/0"])
def test_another_quantity_is_no_percent(text: str) -> None:
    assert read_percent(text) is None


def test_a_sum_without_a_currency_has_none() -> None:
    money = read_money("1.3万")
    assert money is not None
    assert (money.kind, money.value, money.unit) == ("money", Decimal(13000), None)


@pytest.mark.parametrize("text", ["8%", "5 racks", "three weeks"])
def test_another_quantity_is_no_sum(text: str) -> None:
    assert read_money(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("yes", True), ("Yes, please.", True), ("OK", True), ("好的", True), ("行吧", True), ("对", True), ("可以。", True),
     ("是", True), ("no", False), ("No thanks", False), ("不行", False), ("否", False), ("没有", False), ("不", False),
     ("maybe", None), ("", None), ("不好说", None), ("是不是", None), ("yes and no", None), ("👍", None)],
)  # fmt: skip
def test_yes_and_no_in_both_languages(text: str, meant: bool | None) -> None:
    assert read_yes_no(text) is meant


@pytest.mark.parametrize(
    ("text", "days"),
    [("three weeks", "21"), ("三天半", "3.5"), ("a fortnight", None), ("2 fortnights", "28")],
)
def test_days_and_weeks_are_exact_days(text: str, days: str | None) -> None:
    quantity = read_number(text)
    assert (as_days(quantity) if quantity else None) == (Decimal(days) if days else None)


@pytest.mark.parametrize("text", ["1 month", "10 working days", "半年", "15人天", "5 racks", "8%"])
def test_other_durations_are_no_exact_days(text: str) -> None:
    quantity = read_number(text)
    assert quantity is not None
    assert as_days(quantity) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "20 of 44 gates are fitted, 24 have staff cards.",
            ["20 of 44 gates=ratio 20/44 gates", "24=number 24"],
        ),
        (
            "18个温室区装好11个并验收，剩7个，其中2个没布线。",
            ["18个温室区装好11个=ratio 11/18 个", "7个=count 7 个", "2个=count 2 个"],
        ),
        ("40个点位录完32个", ["40个点位录完32个=ratio 32/40 个"]),
        ("5台和3台", ["5台=count 5 台", "3台=count 3 台"]),
        ("five racks at one a day", ["five racks=count 5 racks"]),
        (
            "15 person-days for two people, that is eight working days",
            [
                "15 person-days=duration 15 person_day",
                "two people=count 2 people",
                "eight working days=duration 8 working_day",
            ],
        ),
        ("还剩90米，每天15米", ["90米=count 90 米", "15米=count 15 米"]),
        ("九折，赔偿1.3万元", ["九折=percent 10 percent", "1.3万元=money 13000 CNY"]),
        ("3-5天", ["3=duration 3 day", "5天=duration 5 day"]),
        ("12 to 15 days", ["12=duration 12 day", "15 days=duration 15 day"]),
        ("eight are left", ["eight=number 8"]),
        ("half of the racks", ["half=number 0.5"]),
        ("５台 and ＵＳＤ５", ["５台=count 5 台", "ＵＳＤ５=money 5 USD"]),
    ],
)
def test_quantities_are_found_in_a_text(text: str, expected: list[str]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1. First\n2) Second\n- 3. Third\n4、第四",
        "（一）总则\n二、范围\n方案一，第3条，第二次",
        "clause 8.4, section 3, phase two, version 3, No. 7, Art. 5, § 9",
        "CPython 3.13.0, v2.4, GF-2017-0201, RS-485, A3, TC-31, Q1, P50",
        "At 17:00, at 5pm, 17点报, 9点半",
        "+86 138-0013-8000, 010-12345678, 13800138000, +8613800138000, 400-820-8820",
        "3号楼, 3rd rack, the 2nd",
        "2026年, in 2026, since 2019",
        "十分抱歉，千万别急，万一，一次，一方面，一起，统一，三方，万分",
        "the one that, one thing, one of them",
        "24/7, a4@b.de, https://x.de/12/30",
        "完成了，折叠，转折，变成",
        "",
    ],
)
def test_what_only_looks_like_a_quantity_is_not_found(text: str) -> None:
    assert found(text) == []


def test_numbers_of_dates_are_no_quantities() -> None:
    text = "12月4日前移交9间（周五），20 of 44 gates by 4 December, 2 left."
    taken = [m.span for m in dates.scan(text, today=date(2026, 11, 23), calendar=calendar("CN"))]
    assert found(text, taken) == [
        "9间=count 9 间",
        "20 of 44 gates=ratio 20/44 gates",
        "2=number 2",
    ]


@pytest.mark.parametrize("text", ["", "甲", "三甲", "一a"])
def test_other_signs_are_no_chinese_number(text: str) -> None:
    assert chinese_number(text) is None


@pytest.mark.parametrize("text", ["", "and", "five apples", "dozens"])
def test_other_words_are_no_english_number(text: str) -> None:
    assert english_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("廿五", 25), ("一万二", 12000), ("两亿零三万", 200_030_000), ("二〇二六", 2026)],
)
def test_chinese_numerals_have_their_value(text: str, value: int) -> None:
    assert chinese_number(text) == value


@given(st.text())
def test_normal_form_keeps_every_position(text: str) -> None:
    assert len(normalise(text)) == len(text)


PIECES = st.sampled_from(
    [*"0123456789一二十百千万亿半两个月天周年折成%¥$€.,-/:() \n", "12", "1,000", "one", "two", " of ", "dozen", "half a ", "百分之", "工作日",
     "usd", " and ", "hundred", "台", "GF-", "v1.2", "第", "İ", "👍"]
)  # fmt: skip
MIXED = st.lists(PIECES | st.characters(), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(MIXED)
def test_scan_never_raises_and_spans_lie_in_the_text(text: str) -> None:
    end = 0
    for quantity in scan(text):
        start, stop = quantity.span
        assert end <= start < stop <= len(text)
        assert quantity.value.is_finite()
        end = stop


@settings(max_examples=400, deadline=None)
@given(MIXED)
def test_reading_an_answer_never_raises(text: str) -> None:
    quantity = read_number(text)
    assert quantity is None or quantity.value.is_finite()
    assert read_percent(text) is None or quantity is not None
    assert read_yes_no(text) in {True, False, None}


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "1,", "a", "a.", "a1-", "一", "十", "百分之", "one ", "half ", "1 000", "@", "0", "(", "5间移",
     "9 of ", "1/", "+1 ", "three and ", "¥", "12k", "\n1.", "www."],
)  # fmt: skip
def test_a_hundred_thousand_hostile_characters_take_bounded_time(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    start = time.process_time()
    quantities = scan(text)
    assert time.process_time() - start < 10  # seconds; a quadratic pattern takes minutes
    assert all(q.span[1] <= len(text) for q in quantities)
