"""Holidays that people name as a time: "before Christmas", 春节前.

Nobody delivers on the holiday itself, so each proposes the last working day before it; "after
Christmas" names no day.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.core.reading.calendars import calendar
from bot.core.reading.date_words import FLAGS, behind, year_of
from bot.core.reading.readings import Found, Frame, Reading, sensible

_EN: Mapping[str, str] = {
    "christmas": r"(?:christmas|xmas)(?:\sday|\seve)?",
    "new_year": r"new\syear(?:'?s)?(?:\sday|\seve)?",
    "easter": r"easter(?:\ssunday)?",
    "thanksgiving": r"thanksgiving(?:\sday)?",
    "spring_festival": r"(?:chinese|lunar)\snew\syear|(?:the\s)?spring\sfestival",
    "national_day": r"national\sday|golden\sweek",
}
_ZH: Mapping[str, str] = {
    "christmas": "圣诞节?",
    "new_year": "元旦节?",
    "easter": "复活节",
    "thanksgiving": "感恩节",
    "spring_festival": "春节|农历新年|除夕|过年",
    "tomb_sweeping": "清明节?",
    "labour_day": "五一(?:劳动)?节?|劳动节",
    "dragon_boat": "端午节?",
    "mid_autumn": "中秋节?",
    "national_day": "国庆节?|十一",
}


def _named(of: Mapping[str, str]) -> str:
    return "|".join(f"(?P<{name}>{words})" for name, words in of.items())


_ENGLISH = re.compile(
    rf"(?:{_named(_EN)})(?!\smonday\b)"
    r"(?:\s(?:holidays?|break)\b)?(?:,?\s(?P<year>20\d\d)(?!\d))?(?![\w'-])",
    FLAGS,
)
# "The Christmas rush" names no time; nor does a holiday in running text without a word of time.
_THING_FOLLOWS = re.compile(
    r"\s(?!(?:and|or|but|if|as|at|on|to|we|with|will|because|instead|when|so|is|was|for|you|then)\b)[a-z]",
    FLAGS,
)
_TIMED = re.compile(r"\b(?:before|by|until|till)\s(?:the\s|this\s|next\s|coming\s)?$", FLAGS)
_NOT_BEFORE = re.compile(r"\b(?:in|during|over|after|since)\s(?:the\s)?$", FLAGS)
_IN_NUMBER = frozenset("一二三四五六七八九十百第")  # 二十一 is no 十一
_CHINESE = re.compile(
    rf"(?:(?:(?P<figures>\d{{4}})\s?年\s?|(?P<word>[今明后去])年\s?))?(?:{_named(_ZH)})"
    r"(?:假期|长假|放假)?(?P<side>之前|以前|前(?!后)|之后|以后|过后|后)?(?P<rest>[期特促档活上调晚会市礼庙]?)"
)


def english(frame: Frame, at: int) -> tuple[Found, ...]:
    """Christmas, Easter, New Year 2027; in running text only behind "before", "by" or "until"."""
    match = _ENGLISH.match(frame.text, at)
    if match is None or _NOT_BEFORE.search(behind(frame, at)):
        return ()
    if frame.running and not _TIMED.search(behind(frame, at)):
        return ()
    if _THING_FOLLOWS.match(frame.text, match.end()):
        return ()
    name = next(n for n in _EN if match[n])
    return _found(frame, match, name, year_of(frame, match["year"]))


def chinese(frame: Frame, at: int) -> tuple[Found, ...]:
    """春节前, 元旦, 2027年国庆前; in running text only with 前 behind it."""
    match = _CHINESE.match(frame.text, at)
    if match is None or match["rest"] or behind(frame, at, width=1) in _IN_NUMBER:
        return ()
    side = match["side"]
    if side is not None and side.endswith("后"):
        return ()
    name = next(n for n in _ZH if match[n])
    if side is None and (frame.running or match[name] in ("十一", "过年")):
        return ()
    year = {"今": 0, "明": 1, "后": 2, "去": -1}.get(match["word"])
    named = frame.today.year + year if year is not None else year_of(frame, match["figures"])
    return _found(frame, match, name, named)


def _found(frame: Frame, match: re.Match[str], name: str, year: int | None) -> tuple[Found, ...]:
    """The last working day before the holiday."""
    around = range(frame.today.year - 1, frame.today.year + 2)
    days = [d for y in (around if year is None else (year,)) if (d := _day(name, y)) is not None]
    ahead = [d for d in days if d >= frame.today][:1]
    meant = days if year is not None else (*sensible(frame.today, days), *ahead)
    readings = tuple(
        Reading(frame.calendar.add(d, -1), exact=False, year_given=year is not None)
        for d in dict.fromkeys(meant)
    )
    return (Found(match.start(), match.end(), readings),) if readings else ()


def _day(name: str, year: int) -> date | None:
    """On which day a holiday begins; None where nobody can know."""
    fixed = _FIXED.get(name)
    return date(year, *fixed) if fixed else _MOVING[name](year)


def _easter(year: int) -> date | None:
    monday = calendar("GB").day_of("Easter Monday", year)
    return monday - timedelta(days=1) if monday else None


def _in(code: str, name: str) -> Callable[[int], date | None]:
    return lambda year: calendar(code).day_of(name, year)


_FIXED: Mapping[str, tuple[int, int]] = {
    "christmas": (12, 25),
    "new_year": (1, 1),
    "labour_day": (5, 1),
    "national_day": (10, 1),
}
_MOVING: Mapping[str, Callable[[int], date | None]] = {
    "easter": _easter,
    "thanksgiving": _in("US", "Thanksgiving Day"),
    "spring_festival": _in("CN", "Chinese New Year (Spring Festival)"),
    "tomb_sweeping": _in("CN", "Tomb-Sweeping Day"),
    "dragon_boat": _in("CN", "Dragon Boat Festival"),
    "mid_autumn": _in("CN", "Mid-Autumn Festival"),
}
