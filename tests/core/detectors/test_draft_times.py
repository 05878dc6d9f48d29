"""A draft against the facts: weekdays, times of day, months and the length of the slip."""

import pytest

from bot.core.coaching.detectors.draft_times import (
    slip_length,
    unsupported_clock,
    unsupported_month,
    unsupported_weekday,
)
from bot.core.coaching.detectors.registry import Detector
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

FACTS: Known = {
    "today": "2026-06-08", "original_date": "2026-06-26", "new_date": "2026-07-17",  # Monday, Fridays
    "cause": "the drives came with the wrong flange", "next_update": "every Monday at 16:00",
    "date_basis": "drives leave on 29 June", "impact": "the hall is shut at 9 and at noon",
}  # fmt: skip


def check(
    detector: Detector, text: str, words: list[str], rule: str, known: Known | None = None
) -> None:
    """That a detector tells `words` of a draft, and nothing of an answer or of a text by itself."""
    facts = FACTS if known is None else {**FACTS, **known}
    language = language_of(text)
    found = hits(detector, subject_of(text, "draft", facts, language=language))
    assert found == [Found("draft.unsupported_fact", w, {"x": w}) for w in words], rule
    assert hits(detector, subject_of(text, "plan", facts, language=language)) == []
    nothing = {"today": "2026-06-08"}
    assert hits(detector, subject_of(text, "draft", nothing, language=language)) == []


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("a day that nobody named", "The drives are unloaded on Saturday.", ["Saturday"]),
        ("each of them", "They are unloaded on Saturday and on Sunday.", ["Saturday", "Sunday"]),
        ("several of them", "They are unloaded on Saturdays.", ["Saturdays"]),
        ("after a known one", "They come on Friday and are unloaded on Saturday.", ["Saturday"]),
        ("a known day's", "The drives come on Friday.", []),
        ("the day of today", "We looked at the drives on Monday.", []),
        ("tomorrow", "We look at the drives on Tuesday.", []),
        ("the day after", "We look at the drives on Wednesday.", []),
        ("three days on", "We look at the drives on Thursday.", ["Thursday"]),
        ("before its date", "The drives come on Saturday 13 June.", []),
        ("a word before its date", "They come on Saturday the 13th.", []),
        ("behind its date", "They come on 13 June, Saturday.", []),
        ("twelve characters before its date", "They go on Saturday or 13 June.", []),
        ("thirteen", "They go on Saturday and 13 June.", ["Saturday"]),
        ("three characters behind its date", "They come on 13 June - Saturday.", []),
        ("four", "They come on 13 June or Saturday.", ["Saturday"]),
        ("far from a date", "They come on 13 June and are unloaded on Saturday.", ["Saturday"]),
        ("far before a date", "On Saturday they are unloaded, not on 13 June.", ["Saturday"]),
        ("asked", "Would Saturday suit you?", []),
        ("thanked for", "Thank you for last Saturday.", []),
        ("a question before it", "Would it suit you? They come on Saturday.", ["Saturday"]),
        ("周六没人说过", "门机周六卸车。", ["周六"]),
        ("星期六", "门机星期六卸车。", ["星期六"]),
        ("已知日子的星期", "门机周五发出。", []),
        ("今天之后两天", "我们周三再看。", []),
        ("一周三次不是星期", "我们一周六次检查。", []),
    ],
)
def test_a_weekday_falls_on_a_day_of_the_case(rule: str, text: str, words: list[str]) -> None:
    check(unsupported_weekday, text, words, rule)


def test_on_a_saturday_the_next_two_days_begin_the_week() -> None:
    known = {"today": "2026-06-06"}
    check(unsupported_weekday, "We look at them on Sunday.", [], "tomorrow", known)
    check(unsupported_weekday, "We look at them on Tuesday.", ["Tuesday"], "three days on", known)


def test_a_weekday_that_a_fact_names_may_be_told() -> None:
    known = {"status": "the crane stands on saturday"}
    check(unsupported_weekday, "The crane stands on Saturday.", [], "told", known)


@pytest.mark.parametrize(
    ("update", "words"), [(None, []), ("every Monday", ["Thursday"])], ids=["unasked", "asked"]
)
def test_a_contact_that_nobody_was_asked_for_has_its_own_times(
    update: str | None, words: list[str]
) -> None:
    known = {"next_update": update}
    for contact in ("We phone you on Thursday.", "Progress comes each Thursday."):
        check(unsupported_weekday, contact, words, contact, known)
    clock = ["7:30"] if words else []
    check(unsupported_clock, "We call you each day at 7:30.", clock, "hour", known)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("an hour that nobody named", "The gate opens at 7:30.", ["7:30"]),
        ("each of them", "The gate opens at 7:30 and at 11:15.", ["7:30", "11:15"]),
        ("of twelve hours", "The gate opens at 8 a.m. for it.", ["8 a.m"]),
        ("in words", "The gate opens at 8 o'clock.", ["8 o'clock"]),
        ("as written", "The gate opens at 16:00.", []),
        ("of twelve hours for one of 24", "The gate opens at 4 pm.", []),
        ("of 24 hours for one of twelve", "The gate opens at 21:00.", []),
        ("another minute of it", "The gate opens at 16:30.", []),
        ("after a known one", "The gate opens at 16:00, the door at 7:30.", ["7:30"]),
        ("noon", "The gate opens at 12:00.", []),
        ("asked", "Would 7:30 suit you?", []),
        ("a number that is no hour", "The gate has 7 bars.", []),
        ("七点半没人说过", "七点半开门卸货。", ["七点"]),
        ("下午四点就是十六点", "下午四点开门。", []),
        ("七点多的差距不是钟点", "差距在7点左右。", []),
    ],
)
def test_an_hour_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(unsupported_clock, text, words, rule)


@pytest.mark.parametrize(
    ("impact", "words"),
    [("shut at noon", []), ("shut at midnight", []), ("中午关门", []), ("正午关门", []), ("shut", ["12:00"])],
)  # fmt: skip
def test_twelve_is_told_by_a_word_for_it(impact: str, words: list[str]) -> None:
    known = {"impact": impact, "next_update": "every Monday"}
    check(unsupported_clock, "The gate opens at 12:00.", words, impact, known)
    check(unsupported_clock, "The gate opens at 7:30.", ["7:30"], impact, known)


@pytest.mark.parametrize(
    ("impact", "text", "words"),
    [
        ("shut at midnight", "The gate opens at 0:00.", []),
        ("shut", "The gate opens at 0:00.", ["0:00"]),
        ("shut at 1 pm", "The gate opens at 13:00.", []),
        ("25 lamps are dark", "The gate opens at 13:00.", ["13:00"]),
        ("四点关门", "四点开门。", []),
        ("五点关门", "四点开门。", ["四点"]),
    ],
)
def test_an_hour_is_told_in_its_own_words_of_twelve_hours_or_of_24(
    impact: str, text: str, words: list[str]
) -> None:
    known = {"impact": impact, "next_update": "every Monday", "date_basis": "two a day"}
    check(unsupported_clock, text, words, impact, known)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("one in which no day lies", "Painting follows in late October.", ["late October"]),
        ("each of them", "Painting follows in October or in late November.", ["October", "late November"]),
        ("one with a known day", "Painting follows in July.", []),
        ("its name stands in a fact", "Painting follows in late June.", []),
        ("after a known one", "Wiring comes in July, painting in October.", ["October"]),
        ("after one whose name is told", "Wiring comes in late June, painting in October.", ["October"]),
        ("after a named day", "Wiring comes on 17 July, painting in October.", ["October"]),
        ("a week beside a known day", "Painting follows in late July, wiring in mid-August.", ["mid-August"]),
        ("a week is no month", "Painting follows next week.", []),
        ("asked", "Would late October suit you?", []),
        ("十月下旬没人说过", "十月下旬刷漆。", ["十月下旬"]),
        ("七月中旬有已知的日子", "七月中旬刷漆。", []),
    ],
)  # fmt: skip
def test_a_month_holds_a_day_of_the_case(rule: str, text: str, words: list[str]) -> None:
    check(unsupported_month, text, words, rule)


@pytest.mark.parametrize(
    ("basis", "text", "words"),
    [
        ("门机6月29日发货", "十月下旬刷漆。", ["十月下旬"]),
        ("十月中旬刷漆", "十月中旬刷漆，十一月上旬验收。", ["十一月上旬"]),
        ("十月中旬刷漆", "十月中旬刷漆。", []),
    ],
)
def test_a_month_in_chinese_is_told_whole(basis: str, text: str, words: list[str]) -> None:
    check(unsupported_month, text, words, basis, {"date_basis": basis})


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("in weeks", "They are delayed by three weeks, from 26 June to 17 July.", []),
        ("a little more", "They are delayed by four weeks, from 26 June to 17 July.", []),
        ("too many", "They are delayed by five weeks, from 26 June to 17 July.", ["five weeks"]),
        ("too few", "They are delayed by two weeks, from 26 June to 17 July.", ["two weeks"]),
        ("in days", "They are delayed by 21 days, from 26 June to 17 July.", []),
        ("a day more", "They are delayed by 22 days, from 26 June to 17 July.", []),
        ("two more", "They are delayed by 23 days, from 26 June to 17 July.", ["23 days"]),
        ("in working days", "They are delayed by 15 working days, from 26 June to 17 July.", []),
        ("two more of them", "They are delayed by 17 working days, from 26 June to 17 July.", ["17 working days"]),
        ("a month is close", "They are delayed by a month, from 26 June to 17 July.", []),
        ("months are counted as months", "They are delayed by 15 months, from 26 June to 17 July.", ["15 months"]),
        ("so are fortnights", "They are delayed by 15 fortnights, from 26 June to 17 July.", ["15 fortnights"]),
        ("behind the length", "From 26 June to 17 July: five weeks late.", ["five weeks"]),
        ("later", "The new date is 17 July, not 26 June, five weeks later.", ["five weeks"]),
        ("about", "They slip by about five weeks, from 26 June to 17 July.", ["five weeks"]),
        ("after another length", "In two weeks we know more; a slip of five weeks, from 26 June to 17 July.", ["five weeks"]),
        ("after a length that fits", "A delay of three weeks, a delay of five weeks, from 26 June to 17 July.", ["five weeks"]),
        ("a length of something else", "From 26 June to 17 July we need five weeks.", []),
        ("hours are not looked at", "They are delayed by 99 hours, from 26 June to 17 July.", []),
        ("after a count of something else", "9 lifts are delayed by five weeks, from 26 June to 17 July.", ["five weeks"]),
        ("no length", "They are delayed by five lifts, from 26 June to 17 July.", []),
        ("of the whole, without a date", "We are five weeks late with it.", ["five weeks"]),
        ("of the whole, as it is", "We are three weeks late with it.", []),
        ("of ourselves, but no lateness", "We are five weeks on site by now.", []),
        ("比原定的晚五周", "电梯比原定晚五周。", ["五周"]),
        ("比原定的晚三周", "电梯比原定晚三周。", []),
        ("beside one date alone", "They are delayed by five weeks, to 17 July.", []),
        ("beside the other alone", "They are delayed by five weeks, from 26 June.", []),
        ("in another sentence", "It is now 17 July, not 26 June. They are delayed by five weeks.", []),
        ("晚五周", "电梯晚五周，由6月26日改到7月17日。", ["五周"]),
        ("推迟了大约五周", "电梯推迟了大约五周，由6月26日改到7月17日。", ["五周"]),
        ("晚三周", "电梯晚三周，由6月26日改到7月17日。", []),
    ],
)  # fmt: skip
def test_the_length_of_the_slip_fits_its_dates(rule: str, text: str, words: list[str]) -> None:
    check(slip_length, text, words, rule)


@pytest.mark.parametrize("missing", ["original_date", "new_date"])
def test_without_both_dates_no_length_is_wrong(missing: str) -> None:
    text = "They are delayed by five weeks, from 26 June to 17 July."
    check(slip_length, text, [], missing, {missing: None})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("电梯晚三周，由9月25日改到10月16日。", []),
        ("电梯晚两周，由9月25日改到10月16日。", []),
        ("电梯晚五周，由9月25日改到10月16日。", ["五周"]),
        ("电梯晚一周，由9月25日改到10月16日。", ["一周"]),
    ],
)
def test_weeks_of_a_slip_count_with_and_without_the_holidays_between(
    text: str, words: list[str]
) -> None:
    known = {"original_date": "2026-09-25", "new_date": "2026-10-16", "calendar": "CN"}
    check(slip_length, text, words, "over the National Day", known)


def test_a_week_of_holidays_is_a_week_by_the_calendar_alone() -> None:
    known = {"original_date": "2026-09-30", "new_date": "2026-10-08", "calendar": "CN"}
    check(slip_length, "电梯晚一周，由9月30日改到10月8日。", [], "the National Day", known)
