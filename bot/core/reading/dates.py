"""Reads dates that people write, in English and Chinese: a whole answer, or any text.

One grammar serves both. It never guesses in silence: where a careful person would ask, there are
several readings, the likeliest first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.core.reading import date_figures as figures
from bot.core.reading import date_grammar as english
from bot.core.reading import date_grammar_zh as chinese
from bot.core.reading import festivals
from bot.core.reading.calendars import Calendar
from bot.core.reading.date_figures import Rule
from bot.core.reading.date_words import (
    CHINESE_WEEKDAYS,
    FLAGS,
    MONTHS,
    WEEKDAY_ZH,
    WEEKDAYS,
    between,
    moved,
    starts_clean,
)
from bot.core.reading.numerals import LARGE_WORDS, WORDS, normalise
from bot.core.reading.readings import Found, Frame, Reading, unique
from bot.core.words import Text

__all__ = ["Dates", "Mention", "Reading", "read", "scan"]

_LONGEST_ANSWER = 200  # characters; no single date takes more


@dataclass(frozen=True, slots=True)
class Dates:
    """What an answer means as a date: readings, likeliest first, or the fault that it has.

    Neither readings nor a fault: the answer is no date.
    """

    readings: tuple[Reading, ...] = ()
    fault: Text | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A date in a text: `span` in the text as given, and what it can mean, likeliest first.

    `weekday` is the one written beside it (0 is Monday), which may not fit the date. A date that
    does not exist has a `fault` and no readings.
    """

    span: tuple[int, int]
    text: str
    readings: tuple[Reading, ...]
    weekday: int | None = None
    fault: Text | None = None


_WITH_SIGN: tuple[Rule, ...] = (
    figures.year_first,
    figures.year_last,
    english.days_month,
    figures.slash,
)
_WITH_WORD: tuple[Rule, ...] = (english.days_month, english.counted, english.ordinal)
# What to try at a number, by what follows it.
_DIGIT_RULES: Mapping[str, tuple[Rule, ...]] = {
    **dict.fromkeys("-/.", _WITH_SIGN),
    **dict.fromkeys("~,&'→", (english.days_month,)),
    **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", _WITH_WORD),
    **dict.fromkeys("天工自个周星礼半多", (chinese.away,)),
    "年": (
        chinese.month_day,
        chinese.month,
        chinese.period_end,
        chinese.quarter,
        festivals.chinese,
    ),
    "月": (chinese.month_day, chinese.month),
    "日": (chinese.away, chinese.day_alone),
    "号": (chinese.day_alone,),
    "季": (chinese.quarter,),
}


def _word_rules() -> Mapping[str, tuple[Rule, ...]]:
    """The rules to try at a word, by its first form."""
    rules: dict[str, tuple[Rule, ...]] = dict.fromkeys(MONTHS, (english.part, english.month_days))
    rules |= dict.fromkeys(WEEKDAYS, (english.weekday,))
    rules |= dict.fromkeys(("next", "this", "coming", "upcoming", "past"), (english.near,))
    rules["last"] = (english.near, english.part)
    rules |= dict.fromkeys(("in", "within"), (english.ahead,))
    rules |= dict.fromkeys((*WORDS, *LARGE_WORDS), (english.counted,))
    rules |= dict.fromkeys(("a", "an", "half"), (english.counted,))
    parts = ("end", "beginning", "start", "middle", "mid", "early", "late")
    rules |= dict.fromkeys((*parts, "month", "year", "quarter"), (english.part,))
    rules |= dict.fromkeys(("eom", "eoy", "eow", "eoq"), (english.part,))
    rules |= dict.fromkeys(("calendar", "iso", "cw", "kw", "wk"), (english.week_number,))
    rules["week"] = (english.week_number, english.part, english.named)
    rules["q"] = (english.quarter,)
    names = ("today", "tomorrow", "tommorow", "tomorow", "tommorrow", "tmr", "tmrw", "yesterday")
    rules |= dict.fromkeys((*names, "day"), (english.named,))
    rules["the"] = (english.part, english.named)
    holidays = ("christmas", "xmas", "easter", "thanksgiving", "new", "chinese", "lunar", "spring")
    rules |= dict.fromkeys((*holidays, "national", "golden"), (festivals.english,))
    return rules


_WORD_RULES = _word_rules()
_NUMERAL_RULES: tuple[Rule, ...] = (
    festivals.chinese,
    chinese.month_day,
    chinese.month,
    chinese.quarter,
    chinese.away,
    chinese.day_alone,
)
_HAN_RULES: Mapping[str, tuple[Rule, ...]] = {
    **dict.fromkeys("一二三四五六七八九十廿", _NUMERAL_RULES),
    **dict.fromkeys("两半", (chinese.away,)),
    **dict.fromkeys("大昨", (chinese.named,)),
    **dict.fromkeys("今明后前去", (chinese.named, chinese.month_day, chinese.month,
                               chinese.period_end, chinese.quarter, festivals.chinese)),
    **dict.fromkeys("下上本这当", (chinese.this_month, chinese.weekday, chinese.week,
                              chinese.quarter)),
    **dict.fromkeys("周星礼", (chinese.weekday, chinese.week)),
    **dict.fromkeys("月年季", (chinese.period_end,)),
    "第": (chinese.week_number, chinese.quarter),
    **dict.fromkeys("元春农除过清劳端中国圣复感", (festivals.chinese,)),
}  # fmt: skip
_ANCHOR = re.compile(
    r"[0-9]+|[a-z]+|[一二三四五六七八九十廿两半](?=[个工天日号月周星礼季年〇零一二三四五六七八九十百\s])|[今明后昨前](?=[天日年])|去(?=年)"
    r"|大(?=[后前])|[上下](?=[上下个月周星礼季])|[本这当](?=[个月周星礼季])|[周星礼](?=[期拜末一二三四五六日天\s])"
    r"|元(?=旦)|春(?=节)|农(?=历新年)|除(?=夕)|过(?=年)|清(?=明)|劳(?=动节)|端(?=午)|中(?=秋)|国(?=庆)|圣(?=诞)"
    r"|复(?=活节)|感(?=恩节)|[月年季](?=[度底末初中])|第(?=[\s0-9一二三四五六七八九十])"
)
_AFTER_DIGITS = re.compile(r"\s{0,3}(\S)")
_JOIN = re.compile(r"\s{0,2}[-~到至]\s{0,2}|\s{1,3}(?:to|until|till|through)\s{1,3}(?:the\s)?")
_WEEKDAY_AFTER = re.compile(
    rf"\s?\(\s?(?:{WEEKDAY_ZH}|(?:a\s)?([a-z]{{3,9}})\.?)\s?\)|\s?(?:,\s?(?=(?:周|星期|礼拜)[一二三四五六日天](?:[,.。;]|$)))?{WEEKDAY_ZH}|\s([a-z]{{3,9}})\b(?!\s\d)",
    FLAGS,
)

_TIME = (
    r"(?:at\s)?\d{1,2}(?::\d{2})?\s?(?:am|pm|h|o'clock)\b|(?:at\s)?\d{1,2}:\d{2}|\d{1,2}点(?:半|\d{1,2}分?)?|"
    r"morning|afternoon|evening|noon|eod|cob|cop|上午|下午|晚上|中午|早上|傍晚|下班"
)
_FILLER = re.compile(
    rf"(?:{_TIME}|\b(?:on|in|by|until|till|the|at|to|before|latest|no\slater\sthan|due|date|of|it\sis|it's|please|either|"
    r"is|will\sbe|yes|ok|and|or|from|between|close\sof\sbusiness)\b|最晚|最迟|不晚于|不迟于|截至|截止到?|"
    r"之前|以前|为止|前|之内|以内|内|到|至|在|于|那天|当天|是|吧|的|了|好|或者?|和|请|[\s.,;:!?。、()\"'-])+",
    FLAGS,
)
_HEDGE = re.compile(
    r"\b(?:about|around|approximately|approx|roughly|probably|maybe|perhaps|i\sthink|circa)\b|"
    r"左右|前后|大约|大概|可能|应该|预计|差不多|约|~",
    FLAGS,
)


def read(text: str, *, today: date, calendar: Calendar) -> Dates:
    """What a whole answer means as a date; several readings where a careful person would ask.

    A weekday that does not fit its date gives the date first and the nearest such weekday second.
    """
    if len(text) > _LONGEST_ANSWER:
        return Dates()
    frame = Frame(normalise(text), text, today, calendar, running=False)
    found = _find(frame)
    fault = next((one.fault for one in found if one.fault), None)
    left, at = [], 0
    for one in found:
        left.append(frame.text[at : one.start])
        at = one.end
    left.append(frame.text[at:])
    hedged = any(_HEDGE.search(piece) for piece in left)
    if not found or any(_FILLER.sub("", _HEDGE.sub("", piece)) for piece in left):
        return Dates()
    if fault:
        return Dates(fault=fault)
    if len(found) == 1:
        readings = _with_weekday(found[0])
    else:
        readings = unique(one.readings[0] for one in found)
    return Dates(tuple(replace(r, exact=False) for r in readings) if hedged else readings)


def scan(text: str, *, today: date, calendar: Calendar) -> tuple[Mention, ...]:
    """All dates anywhere in `text`, in order, not overlapping; spans hold in `text` as given."""
    frame = Frame(normalise(text), text, today, calendar, running=True)
    return tuple(
        Mention(
            (one.start, one.end), text[one.start : one.end], one.readings, one.weekday, one.fault
        )
        for one in _find(frame)
    )


def _find(frame: Frame) -> Sequence[Found]:
    found: list[Found] = []
    end = 0
    for anchor in _ANCHOR.finditer(frame.text):
        at = anchor.start()
        if at < end:
            continue
        for rule in _rules_at(frame, anchor[0], at):
            here = rule(frame, at)
            if here:
                found.extend(here[:-1])
                found.append(_weekday_after(frame, here[-1]))
                end = found[-1].end
                break
    return _stretches(frame, found)


def _rules_at(frame: Frame, anchor: str, at: int) -> tuple[Rule, ...]:
    first = anchor[0]
    if "0" <= first <= "9":
        if not starts_clean(frame.text, at):
            return ()
        if len(anchor) == 8 and not frame.running:
            return (figures.year_first,)
        follows = _AFTER_DIGITS.match(frame.text, at + len(anchor))
        return _DIGIT_RULES.get(follows[1], ()) if follows and len(anchor) <= 4 else ()
    if "a" <= first <= "z":
        rules = _WORD_RULES.get(anchor, ())
        if rules and at and (frame.text[at - 1].isalnum() and frame.text[at - 1].isascii()):
            return ()
        return rules
    return _HAN_RULES.get(first, ())


def _weekday_after(frame: Frame, one: Found) -> Found:
    """The date with the weekday written right behind it: 12月4日（周五）, "4 December (Friday)"."""
    if one.weekday is not None or not one.readings:
        return one
    match = _WEEKDAY_AFTER.match(frame.text, one.end)
    if not match:
        return one
    sign, word = match[1] or match[3], match[2] or match[4]
    number = CHINESE_WEEKDAYS[sign] if sign else WEEKDAYS.get(word)
    if number is None:
        return one
    return replace(one, end=match.end(), weekday=number)


def _stretches(frame: Frame, found: Sequence[Found]) -> Sequence[Found]:
    """Two dates joined by "to" or 到 become one stretch, unless a verb of moving is before them."""
    joined: list[Found] = []
    for one in found:
        before = joined[-1] if joined else None
        if before and one.start - before.end <= 12 and _joins(frame, before, one):
            whole = figures.stretch(before, one)
            if whole:
                joined[-1] = whole
                continue
        joined.append(one)
    return joined


def _joins(frame: Frame, before: Found, one: Found) -> bool:
    if any(r.end for r in before.readings) or any(r.end for r in one.readings):
        return False
    gap = frame.text[before.end : one.start]
    if gap.strip() == "and":
        return between(frame, before.start)
    return _JOIN.fullmatch(gap) is not None and not moved(frame, before.start)


def _with_weekday(one: Found) -> tuple[Reading, ...]:
    """The readings, and the nearest day that fits a weekday which the date does not have."""
    if one.weekday is None or not one.readings:
        return one.readings
    first = one.readings[0]
    off = (one.weekday - first.day.weekday() + 3) % 7 - 3
    if off == 0 or first.end:
        return one.readings
    meant = replace(first, day=first.day + timedelta(days=off))
    return unique((first, meant))
