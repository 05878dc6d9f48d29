"""Words that ask for something, without the day by which they say it is needed.

That day is an answer of its own; a sentence that names it would name it twice.
"""

import re

from bot.core.words import Language

_LEAD_ZH = re.compile(
    r"(?:请|麻烦)?(?:您|贵方|你们)?(?:最晚|最迟|务必)?[在于]?"
    r"(?P<day>(?:\d{1,2}月)?\d{1,2}[日号]|[本这]?(?:周|星期)[一二三四五六日天])"
    r"(?:[（(][^（）()]{1,6}[）)])?[之以]?前(?![的后])[，,]?"
)
_TELL_ZH = re.compile(
    r"(?:请|麻烦)?(?:您|贵方|你们)?(?:告诉|告知|回复|答复)(?:我们|我|一下)?[：:，,]\s*"
)
_DAY_EN = (
    r"(?P<day>(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?\b,?\s*)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}|[a-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?)?)"
)
_LEAD_EN = re.compile(
    rf"(?:(?:please\s+)?(?:tell us|let us know)\s+)?by\s+{_DAY_EN}\s*[:,]\s*(?:please\s+)?",
    re.IGNORECASE,
)
_END_EN = re.compile(rf",?\s+by\s+{_DAY_EN}\s*[.?]?\s*$", re.IGNORECASE)


def undated(words: str, by: str, language: Language) -> str:
    """The words without that day, where they name the day that `by` names; else as they are."""
    if language == "zh":
        lead = _LEAD_ZH.match(words)
        if lead is None or not _is_zh(lead["day"], by):
            return words
        rest = words[lead.end() :]
        tell = _TELL_ZH.match(rest)
        return (rest[tell.end() :] if tell else rest) or words
    lead, end = _LEAD_EN.match(words), _END_EN.search(words)
    if lead is not None and _is_en(lead["day"], by):
        return words[lead.end() :] or words
    if end is not None and _is_en(end["day"], by):
        return words[: end.start()] or words
    return words


def _is_zh(day: str, by: str) -> bool:
    named = day.replace("号", "日").replace("星期", "周").lstrip("本这")
    named = f"{named[:-1]}日" if named in ("周天", "周日") else named
    return re.search(rf"(?<!\d){named}", by) is not None


def _is_en(day: str, by: str) -> bool:
    """Whether each figure and each name of a day or a month in it stands in `by`, too."""
    there = {word[:3] for word in re.findall(r"\d+|[a-z]+", by.lower())}
    parts = re.findall(r"\d+|[a-z]+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", day.lower()))
    return bool(parts) and all(part[:3] in there for part in parts)
