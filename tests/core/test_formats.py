"""Dates, numbers and money as text."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.calendars import calendar
from bot.core.reading.formats import (
    echo,
    join,
    show_date,
    show_days,
    show_money,
    show_number,
    show_percent,
    show_range,
    write_date,
)
from bot.core.reading.quantities import read_money, read_number, read_percent
from bot.core.words import LANGUAGES, Language

TODAY = date(2026, 11, 23)  # a Monday
FRIDAY = date(2026, 12, 4)
CHINA = calendar("CN")


def test_a_date_is_shown_with_weekday_and_year() -> None:
    assert show_date(FRIDAY, "en") == "Fri 4 Dec 2026"
    assert show_date(FRIDAY, "zh") == "2026年12月4日（周五）"


def test_year_and_weekday_can_be_left_out() -> None:
    assert show_date(FRIDAY, "en", year=False) == "Fri 4 Dec"
    assert show_date(FRIDAY, "zh", year=False, weekday=False) == "12月4日"
    assert show_date(FRIDAY, "en", weekday=False) == "4 Dec 2026"
    assert show_date(FRIDAY, "zh", weekday=False) == "2026年12月4日"


@pytest.mark.parametrize(
    ("day", "en", "zh"),
    [
        (FRIDAY, "Friday 4 December", "12月4日（周五）"),
        (date(2026, 9, 25), "Friday 25 September", "9月25日（周五）"),  # 59 days back
        (date(2026, 9, 18), "Friday 18 September 2026", "2026年9月18日（周五）"),  # 66 days back
        (date(2027, 1, 8), "Friday 8 January 2027", "2027年1月8日（周五）"),
    ],
)
def test_prose_writes_the_year_where_it_may_be_doubted(day: date, en: str, zh: str) -> None:
    assert write_date(day, "en", TODAY) == en
    assert write_date(day, "zh", TODAY) == zh


def test_a_range_shows_both_ends() -> None:
    assert show_range(FRIDAY, date(2026, 12, 7), "en") == "Fri 4 Dec 2026 to Mon 7 Dec 2026"
    assert show_range(FRIDAY, date(2026, 12, 7), "zh") == (
        "2026年12月4日（周五）至2026年12月7日（周一）"
    )


@pytest.mark.parametrize(
    ("day", "en", "zh"),
    [
        (
            FRIDAY,
            "Fri 4 Dec 2026 · 9 working days from today · China calendar",
            "2026年12月4日（周五）· 距今9个工作日 · 中国工作日历",
        ),
        (
            date(2026, 11, 24),
            "Tue 24 Nov 2026 · 1 working day from today · China calendar",
            "2026年11月24日（周二）· 距今1个工作日 · 中国工作日历",
        ),
        (
            TODAY,
            "Mon 23 Nov 2026 · today · China calendar",
            "2026年11月23日（周一）· 今天 · 中国工作日历",
        ),
        (
            date(2026, 11, 20),
            "Fri 20 Nov 2026 · 1 working day ago · China calendar",
            "2026年11月20日（周五）· 1个工作日前 · 中国工作日历",
        ),
        (
            date(2026, 12, 5),
            "Sat 5 Dec 2026 · 9 working days from today · China calendar"
            " · not a working day (Saturday), next one Mon 7 Dec",
            "2026年12月5日（周六）· 距今9个工作日 · 中国工作日历"
            " · 非工作日（星期六），下一个工作日是12月7日（周一）",
        ),
        (
            # Back from 23 November: 16 in November, 17 in October from the 8th with Saturday 10.
            date(2026, 10, 10),
            "Sat 10 Oct 2026 · 31 working days ago · China calendar · a make-up workday",
            "2026年10月10日（周六）· 31个工作日前 · 中国工作日历 · 调休上班日",
        ),
    ],
)
def test_an_echo_says_how_far_and_what_kind_of_day(day: date, en: str, zh: str) -> None:
    said = echo(day, TODAY, CHINA)
    assert (said.en, said.zh) == (en, zh)


def test_an_echo_names_the_holiday_and_the_next_working_day() -> None:
    said = echo(date(2026, 10, 1), date(2026, 9, 28), CHINA)
    # 29 and 30 September.
    assert said.en.endswith(
        "2 working days from today · China calendar"
        " · not a working day (National Day), next one Thu 8 Oct"
    )
    assert said.zh.endswith("非工作日（国庆节），下一个工作日是10月8日（周四）")


def test_an_echo_says_when_a_year_is_not_announced() -> None:
    today = date(2039, 12, 1)
    said = echo(date(2040, 2, 1), today, CHINA)
    assert "holidays of 2040 not announced yet" in said.en
    assert "2040年放假安排尚未公布" in said.zh
    assert "not announced" not in echo(date(2040, 2, 1), today, calendar("GB")).en


def test_an_echo_does_not_call_a_past_year_unannounced() -> None:
    assert "not announced" not in echo(date(1998, 5, 1), TODAY, CHINA).en


def test_an_echo_names_the_zone_where_one_is_given() -> None:
    said = echo(FRIDAY, TODAY, CHINA, "Asia/Shanghai")
    assert said.en.startswith("Fri 4 Dec 2026, Asia/Shanghai time · ")
    assert said.zh.startswith("2026年12月4日（周五），Asia/Shanghai时区 · ")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567, "1,234,567"),
        (Decimal("1234.50"), "1,234.5"),
        (Decimal("-3"), "-3"),
        (0, "0"),
        (Decimal("1E+3"), "1,000"),
    ],
)
def test_a_number_has_its_thousands_apart(value: Decimal | int, shown: str) -> None:
    assert [show_number(value, language) for language in LANGUAGES] == [shown, shown]


def test_a_percent_is_given_in_hundredths() -> None:
    assert show_percent(8, "en") == "8%"
    assert show_percent(Decimal("8.50"), "zh") == "8.5%"


@pytest.mark.parametrize(
    ("value", "currency", "en", "zh"),
    [
        (13000, "CNY", "CN¥13,000", "¥13,000"),
        (Decimal("9.5"), "EUR", "€9.50", "€9.50"),
        (5, "USD", "$5", "US$5"),
        (Decimal("1E+3"), "GBP", "£1,000", "£1,000"),
    ],
)
def test_money_shows_cents_only_where_there_are_some(
    value: Decimal | int, currency: str, en: str, zh: str
) -> None:
    assert show_money(value, currency, "en") == en
    assert show_money(value, currency, "zh") == zh


def test_an_unknown_currency_is_shown_as_it_is() -> None:
    assert "XXQ" in show_money(5, "XXQ", "en")


@pytest.mark.parametrize(
    ("n", "working", "en", "zh"),
    [
        (9, True, "9 working days", "9个工作日"),
        (1, True, "1 working day", "1个工作日"),
        (1, False, "1 day", "1天"),
        (12, False, "12 days", "12天"),
    ],
)
def test_days_are_counted_in_words(n: int, working: bool, en: str, zh: str) -> None:
    assert show_days(n, "en", working=working) == en
    assert show_days(n, "zh", working=working) == zh


@pytest.mark.parametrize(
    ("items", "en", "zh"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a和b"),
        (["a", "b", "c"], "a, b and c", "a、b和c"),
    ],
)
def test_a_list_is_joined_as_in_a_sentence(items: list[str], en: str, zh: str) -> None:
    assert join(items, "en") == en
    assert join(items, "zh") == zh


AMOUNTS = st.decimals(0, 10**9, places=2)


@given(AMOUNTS, st.sampled_from(LANGUAGES), st.sampled_from(["CNY", "USD", "EUR", "GBP", "HKD"]))
def test_every_amount_shown_is_read_back(
    amount: Decimal, language: Language, currency: str
) -> None:
    number = read_number(show_number(amount, language))
    money = read_money(show_money(amount, currency, language))
    assert number is not None
    assert number.value == amount
    assert money is not None
    assert (money.value, money.unit) == (amount, currency)
    assert read_percent(show_percent(amount, language)) == amount


@given(st.integers(0, 5000), st.sampled_from(LANGUAGES), st.booleans())
def test_every_count_of_days_shown_is_read_back(n: int, language: Language, working: bool) -> None:
    found = read_number(show_days(n, language, working=working))
    assert found is not None
    assert found.value == Decimal(n)
    assert found.unit == ("working_day" if working else "day")
