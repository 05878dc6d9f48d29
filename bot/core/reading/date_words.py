"""The words of dates in English and Chinese, and the guards that tell a date from another number."""

import re

from bot.core.reading.numerals import english_number
from bot.core.reading.readings import MONTH_NAMES, Frame

FLAGS = re.ASCII  # \d is 0-9 and \b sees no Chinese: "到12月" has a boundary before the digit
ORDINAL = r"(?:st|nd|rd|th)"
NUM = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十廿]{1,3})"
WEEKDAY_ZH = r"(?:周|星期|礼拜)\s?([一二三四五六日天])"
COUNT_EN = r"(\d{1,4}|a\scouple\sof|an?|[a-z]{3,9}(?:[-\s][a-z]{3,5})?)"
UNIT_EN = r"(?:(working|business|work|calendar)[-\s])?(day|week|fortnight|month)s?"

_LONG_WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
WEEKDAYS = {name: n for n, name in enumerate(_LONG_WEEKDAYS)} | {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3,
    "fri": 4, "sat": 5, "sun": 6, "wensday": 2, "wednsday": 2, "thrusday": 3, "tuseday": 1,
}  # fmt: skip
# Short forms that are words of their own: alone in a text they are no weekday.
_WORDLIKE_WEEKDAYS = frozenset({"mon", "wed", "sat", "sun"})
_WORDLIKE_MONTHS = frozenset({"may", "march", "mar", "august", "jan"})
CHINESE_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_FULL_WEEKDAYS = frozenset(_LONG_WEEKDAYS)


def _months() -> dict[str, int]:
    """Month names, their short forms, and each long name with one letter lost or two swapped."""
    months: dict[str, int] = {}
    for n, name in enumerate((month.lower() for month in MONTH_NAMES), start=1):
        if len(name) > 5:
            for i in range(1, len(name)):
                months[name[:i] + name[i + 1 :]] = n
                months[name[: i - 1] + name[i] + name[i - 1] + name[i + 1 :]] = n
        months |= {name: n, name[:3]: n}
    return months | {"sept": 9, "febuary": 2, "feburary": 2, "agust": 8, "novemeber": 11}


MONTHS = _months()

_HABIT = re.compile(
    r"(?:\b(?:every|each|any|alternate)(?:\s(?:other|second))?|\ba)\s{1,2}"
    r"(?:[a-z]{3,9}(?:,\s|\s(?:and|or)\s|,\s(?:and|or)\s)){0,5}$",
    FLAGS,
)
_HABIT_ZH = re.compile(r"[每逢](?:个|隔)?(?:(?:周|星期|礼拜)?[一二三四五六日天][、,和及与]){0,6}$")
_HABIT_NOUN = re.compile(
    r"\s{1,2}(?:notes?|updates?|reports?|calls?|meetings?|mails?|e-mails?|slots?|reviews?|stand-?ups?)\b",
    FLAGS,
)
_PREPOSITIONS = (
    r"on|by|until|till|from|before|after|since|due|to|and|or|than|of|for|at|between|the|is|was|"
    r"now|date|dated|deadline|delivery|handover|hand-over|launch|acceptance|milestone"
)
_BEFORE_NUMERIC = re.compile(rf"(?:\b(?:{_PREPOSITIONS}|[a-z]{{3,6}}day|mon|tue|wed|thu|fri|sat|sun),?\s{{1,2}}|[^a-z\d\s.\-/]\s{{0,2}}|^\s*|\n\s*)$", FLAGS)  # fmt: skip
_BEFORE_SLASH = re.compile(
    r"(?:\b(?:on|by|until|till|from|before|after|since|due|than|to|date|dated|deadline|delivery|"
    r"handover|hand-over|launch|[a-z]{3,6}day|mon|tue|wed|thu|fri|sat|sun)[,:]?\s{1,2}|[于在到至为改期定限止期前线货付收]\s?:?\s?|\(|^\s*|\n\s*(?:[-*]\s)?)$",
    FLAGS,
)
_UP_TO = re.compile(r"\b(?:up|close|down)\sto\s{1,2}$", FLAGS)
_AFTER_SLASH = re.compile(
    r"\s{0,2}(?:[.,;:!?)]|$|\n|[、。]|[前之起开交完上验发(到至])|\s?[~-]\s?\d{1,2}/\d|"
    r"\s(?:and|or|at|instead|as|but|will|because|we|if|with)\b|\sto\s\d{1,2}/\d{1,2}(?!\s?[a-z\d])",
    FLAGS,
)
_BEFORE_MONTH = re.compile(
    r"\b(?:in|by|until|till|during|since|before|after|from|to|for|through|around)\s{1,2}$", FLAGS
)
_BEFORE_ORDINAL = re.compile(
    r"\b(?:on|by|until|till|before|after|from|to|for|and|or|due|than|between|is|is\snow)\s{1,2}"
    r"(?:the\s{1,2})?$",
    FLAGS,
)
_AFTER_ORDINAL = re.compile(
    r"\s{0,2}(?:[.,;:!?)(~]|$|\n|-\d)|\s{1,2}(?:and|or|to|at|instead|as|but|if|because|will|of\s(?:this|next|the)\smonth)\b",
    FLAGS,
)
_DATE_ENDS = re.compile(
    r"\s{0,2}(?:[,;:!?)(\n→]|\.(?!\d)|$)|\s(?:not|instead|was|now|and)\b", FLAGS
)
_DAY_BEFORE = re.compile(r"\b(?:on|by|until|till)\s{1,2}(?:the\s{1,2})?$", FLAGS)
_DAY_AFTER = re.compile(
    r"\s{1,2}(?:has|have|had|is|are|was|were|we|you|they|he|she|i|it|then|when|so|only|already|too|unless|with|without|whether|which|what|who|that)\b",
    FLAGS,
)
_MOVE = re.compile(
    r"\b(?:mov|shift|slip|postpon|delay|chang|push|reschedul|put\sback|pull|brought|bring)[a-z]*\b"
    r"[^.;!?]{0,40}\bfrom\s{1,2}(?:the\s)?$",
    FLAGS,
)


def behind(frame: Frame, at: int, *, width: int = 60) -> str:
    """The text just before `at`, enough of it for a look back."""
    return frame.text[max(0, at - width) : at]


def starts_clean(text: str, at: int) -> bool:
    """Whether the digits at `at` begin a number of their own, outside identifiers and versions."""
    if at == 0:
        return True
    before = text[at - 1]
    if before.isascii() and (before.isalnum() or before in "_#$"):
        return False
    if before not in "-./:+~":
        return True
    ahead = text[at - 2] if at > 1 else " "
    if before == ":":  # a clock time, but no label: "Tested：6月11日"
        return not ahead.isdecimal()
    return not (ahead.isascii() and ahead.isalnum()) or before == "~"


def capital(frame: Frame, start: int) -> bool:
    """Whether the word at `start` begins with a capital as it was written, or this is an answer."""
    return not frame.running or frame.raw[start : start + 1].isupper()


def month_at(frame: Frame, word: str, start: int) -> int | None:
    """The month that `word` at `start` names; a word such as "may" counts with its capital only."""
    month = MONTHS.get(word)
    if month is None or (word in _WORDLIKE_MONTHS and not capital(frame, start)):
        return None
    return month


def month_after(frame: Frame, word: str, start: int, end: int) -> int | None:
    """The month that `word` names behind a day; "may" without its capital only where a date ends."""
    month = month_at(frame, word, start)
    if month is not None or word == "mar":
        return month or MONTHS["mar"]
    if word == "may" and not _DATE_ENDS.match(frame.text, end):
        return None
    return MONTHS.get(word)


def lone_weekday(frame: Frame, word: str, start: int) -> bool:
    """Whether a weekday without a date names a day: no habit ("every Friday"), no "sat"."""
    if not frame.running or word in _FULL_WEEKDAYS:
        return True
    return word not in _WORDLIKE_WEEKDAYS and capital(frame, start)


def habit(frame: Frame, start: int, end: int) -> bool:
    """Whether the weekday at `start` to `end` recurs: "every Tuesday and Friday", 每周二、周五."""
    before = behind(frame, start)
    if _HABIT.search(before) or _HABIT_ZH.search(before):
        return True
    return frame.running and _HABIT_NOUN.match(frame.text, end) is not None


def slash_date(frame: Frame, start: int, end: int) -> bool:
    """Whether "12/4" at `start` to `end` stands where a date does, and no ratio."""
    before = behind(frame, start)
    if frame.text.startswith("前", end):
        return True  # 9/18前
    return (
        _BEFORE_SLASH.search(before) is not None
        and _UP_TO.search(before) is None
        and _AFTER_SLASH.match(frame.text, end) is not None
    )


def short_year_date(frame: Frame, start: int) -> bool:
    """Whether "26.12.4" at `start` stands where a date does, and no version."""
    return _BEFORE_NUMERIC.search(behind(frame, start)) is not None


def month_alone(frame: Frame, start: int) -> bool:
    """Whether a month at `start` without a day is meant as a time: "in June"."""
    return _BEFORE_MONTH.search(behind(frame, start)) is not None


def ordinal_alone(frame: Frame, start: int, end: int) -> bool:
    """Whether "12th" at `start` to `end` is a day of the month: "on the 12th."."""
    before = behind(frame, start)
    return (
        _BEFORE_ORDINAL.search(before) is not None
        and _AFTER_ORDINAL.match(frame.text, end) is not None
    ) or (_DAY_BEFORE.search(before) is not None and _DAY_AFTER.match(frame.text, end) is not None)


def moved(frame: Frame, start: int) -> bool:
    """Whether a verb of moving precedes "from": "moves from 15 to 29 May" names two dates."""
    return _MOVE.search(behind(frame, start, width=90)) is not None


def between(frame: Frame, start: int) -> bool:
    """Whether "between" stands right before `start`, so that "and" makes a stretch."""
    return re.search(r"\bbetween\s{1,2}(?:the\s)?$", behind(frame, start), FLAGS) is not None


def count_en(words: str) -> int | None:
    """A whole number in digits or words, "a" being one; None when it is none."""
    if words.isdecimal():
        return int(words)
    if words in {"a", "an"}:
        return 1
    if words.startswith("a couple"):
        return 2
    value = english_number(words)
    return int(value) if value is not None and value == int(value) else None


def near_year(frame: Frame, two_figures: int) -> bool:
    """Whether a year of two figures is one that people here speak of: ten back, fifteen ahead."""
    return -10 <= 2000 + two_figures - frame.today.year <= 15


def year_of(frame: Frame, *figures: str | None) -> int | None:
    """The year in the first of `figures` that is there; of two figures only a near one."""
    for figure in figures:
        if figure and len(figure) == 4:
            return int(figure)
        if figure and near_year(frame, int(figure)):
            return 2000 + int(figure)
    return None
