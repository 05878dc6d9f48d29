"""Dates in figures and in English: what the text at one place names; each rule reads one form."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.core.reading.date_figures import day_list, slash, year_first, year_last
from bot.core.reading.date_words import (
    COUNT_EN,
    FLAGS,
    ORDINAL,
    UNIT_EN,
    WEEKDAYS,
    behind,
    count_en,
    habit,
    lone_weekday,
    month_after,
    month_alone,
    month_at,
    ordinal_alone,
    year_of,
)
from bot.core.reading.readings import (
    Found,
    Frame,
    Reading,
    add_months,
    bare_weekday,
    closing,
    coming,
    day_of_month,
    distance,
    last_weekday,
    month_part,
    month_readings,
    next_ordinal,
    next_weekday,
    numbered_week,
    quarter_readings,
    shift_month,
    this_weekday,
    week_of,
    week_part,
    weekend,
    whole_week,
    year_readings,
)

_DAY = rf"\d{{1,2}}(?:{ORDINAL})?"
_RANGE = r"(?:\s{0,2}(?:[~→-]|->)\s{0,2}|\s{1,3}(?:to|until|till|through)\s{1,3})"
_AND = r"(?:\s{0,2},\s{0,2}(?:and\s{1,2})?|\s{0,2}&\s{0,2}|\s{1,3}(?:and|or)\s{1,3})"
_YEAR = r"(?:(?:,?\s{1,2}|-)((?:19|20|21)\d\d)(?![\d/])|\s?'(\d\d)(?!\d)|\s(\d\d)(?=\s*$))"
_DAYS_MONTH = re.compile(
    rf"({_DAY}(?:(?:{_RANGE}|{_AND})(?:the\s)?{_DAY}(?![\d/:])){{0,8}})"
    rf"(?:\s{{0,2}}|-)(?:(?:of\s)?([a-z]{{3,9}}))(?![a-z\d_])(?:\.?{_YEAR})?",
    FLAGS,
)
_LIST_ENDS = r"(?=\s{0,2}(?:[,&;.)~\n]|$)|\s{1,2}(?:and|or)\b)"
_MONTH_DAYS = re.compile(
    rf"([a-z]{{3,9}})(?:(?<![a-z]{{5}})(?<!june)(?<!july)(?<!\bmay)\.)?\s{{1,2}}(?:the\s)?({_DAY}(?![\d%/]|[:.]\d)"
    rf"(?:{_RANGE}{_DAY}(?![\d:%/]|\s[a-z]{{3}})|{_AND}{_DAY}(?![\d:%/]){_LIST_ENDS}){{0,8}}){_YEAR}?",
    FLAGS,
)
# "20 bays, 29 May": a number before a comma is a day only where "and" closes the list.
_LOOSE_LIST = re.compile(rf",\s{{0,2}}(?:the\s)?{_DAY}$", FLAGS)
_MONTH_YEAR = re.compile(r"([a-z]{3,9})\.?,?\s{1,2}(?:of\s)?((?:19|20|21)\d\d)(?!\d)", FLAGS)
_TH = re.compile(rf"(\d{{1,2}}){ORDINAL}(?:\sof\s(this|next|the)\smonth)?(?![a-z])", FLAGS)
_WEEKDAY = re.compile(r"([a-z]{3,9})\b(?:(?<!day)\.)?", FLAGS)
_WEEKDAY_GAP = re.compile(r"(?:\s{0,2}(\()|,?\s{1,2}(?:the\s{1,2})?)", FLAGS)
_OF_WEEK = re.compile(r"\s{1,2}(?:of\s|in\s)?(next|this|last)\sweek\b|\s{1,2}(week)\b", FLAGS)
_AFTER_NEXT = re.compile(r"\bnext\s[a-z]{3,6}day(?:,?\s(?:and|or|to)\s|,\s)$", FLAGS)
_NEAR = re.compile(
    r"(this\scoming|next|this|last|coming|upcoming|past)\s{1,2}(week\s(?:on\s)?|week,\s|week's\s)?"
    r"([a-z]{3,9})\b",
    FLAGS,
)
_IN = re.compile(
    rf"(in|within)\s{{1,2}}(?:about\s|around\s|the\snext\s|another\s)?{COUNT_EN}[-\s]{{1,2}}(?:more\s)?"
    rf"{UNIT_EN}\b(?:'s?\stime\b)?(?:\sfrom\s(?:now|today)\b)?(?!\s(?:of|after|from|once|per|before)\b)",
    FLAGS,
)
_PACE = re.compile(
    r"(?<!the\s)(?<!this\s)(?<!next\s)\b(?:\d{1,3}|one|two|three|four|five|six|eight|ten)(?:\s[a-z-]{2,15}){0,2}\s$",
    FLAGS,
)
_FROM = re.compile(
    rf"{COUNT_EN}[-\s]{{1,2}}{UNIT_EN}\s(from\s(?:now\b|today\b)|hence\b|ago\b|(?:from|on|after)\s([a-z]{{3,9}})\b)",
    FLAGS,
)
_PART = re.compile(
    r"(the\slast\sday|last\sday|the\send|end|the\sbeginning|beginning|the\sstart|start|the\smiddle|middle|mid|early|late)"
    r"(?:\s{1,2}of\s{1,2}|[-\s]{1,2})(?:(the|this|next|last|current)\s)?"
    rf"(?:(month|quarter|year|week)\b|q([1-4])\b|((?:19|20|21)\d\d)\b|([a-z]{{3,9}})\b)(?:\.?{_YEAR})?",
    FLAGS,
)
_PERIOD_END = re.compile(r"(month|quarter|year|week)(?:'s)?[-\s]end\b|eo([mqyw])\b", FLAGS)
_QUARTER = re.compile(r"q([1-4])\b(?:[,/\s]{0,2}(20\d\d)\b)?(?:\s?([末底]))?", FLAGS)
_WEEK_NUMBER = re.compile(
    r"(?:(calendar\sweek|iso\sweek|cw|kw)\s?|(week|wk)\.?\s)(\d{1,2})(?![\d.:%])(?:(?:,?\s|/)(20\d\d)\b)?(?!\sof\b)",
    FLAGS,
)
_NAMED = re.compile(
    r"(today|tomorrow|tommorow|tomorow|tommorrow|tmrw?|yesterday|(?:the\s)?day\safter\stomorrow|"
    r"(?:the\s)?day\sbefore\syesterday|(?:the\s)?week\safter\snext)\b",
    FLAGS,
)
_NAMED_DAYS = {"today": 0, "yesterday": -1, "tmr": 1, "tmrw": 1}
_PARTS = {"end": "end", "last day": "end", "beginning": "early", "start": "early", "early": "early", "late": "late",
          "middle": "mid", "mid": "mid"}  # fmt: skip


def days_month(frame: Frame, at: int) -> tuple[Found, ...]:
    """4 December, 4th of Dec 2026, 4 and 11 June, 9-16 June."""
    match = _DAYS_MONTH.match(frame.text, at)
    month = month_after(frame, match[2], match.start(2), match.end(2)) if match else None
    if match is None or month is None or (frame.running and _LOOSE_LIST.search(match[1])):
        return ()
    year = year_of(frame, *match.groups()[2:])
    return day_list(frame, match.span(1), (at, match.end()), month, year)


def month_days(frame: Frame, at: int) -> tuple[Found, ...]:
    """December 4, Dec. 4th, 2026, June 4 and 11, June 9-16; a month with a year, or "in June"."""
    match = _MONTH_DAYS.match(frame.text, at)
    if match and (month := month_at(frame, match[1], at)):
        year = year_of(frame, *match.groups()[2:])
        found = day_list(frame, match.span(2), (at, match.end()), month, year)
        if found:
            return found
    match = _MONTH_YEAR.match(frame.text, at)
    if match and (month := month_at(frame, match[1], at)):
        readings = month_readings(frame, month, int(match[2]), "whole")
        return (Found(at, match.end(), readings),) if readings else ()
    match = _WEEKDAY.match(frame.text, at)
    month = month_at(frame, match[1], at) if match else None
    if match is None or month is None or (frame.running and not month_alone(frame, at)):
        return ()
    return (Found(at, match.end(1), month_readings(frame, month, None, "whole")),)


def ordinal(frame: Frame, at: int) -> tuple[Found, ...]:
    """The 12th; the 5th of next month."""
    match = _TH.match(frame.text, at)
    if not match:
        return ()
    if match[2]:
        year, month = shift_month(frame.today, 1 if match[2] == "next" else 0)
        readings, fault = day_of_month(frame, month, int(match[1]), year)
        plain = tuple(replace(r, year_given=False) for r in readings)
        return (Found(at, match.end(), plain, fault=fault),)
    if frame.running and not ordinal_alone(frame, at, match.end()):
        return ()
    readings, fault = next_ordinal(frame, int(match[1]))
    return () if frame.running and fault else (Found(at, match.end(), readings, fault=fault),)


def weekday(frame: Frame, at: int) -> tuple[Found, ...]:
    """Friday; Fri 4 Dec; Friday the 4th; Friday week; Friday of next week."""
    match = _WEEKDAY.match(frame.text, at)
    number = WEEKDAYS.get(match[1]) if match else None
    if match is None or number is None or habit(frame, at, match.end(1)):
        return ()
    dated = _dated_weekday(frame, at, match.end(), number)
    if dated:
        return dated
    if not lone_weekday(frame, match[1], at):
        return ()
    week = _OF_WEEK.match(frame.text, match.end(1))
    if week is None:
        # "Next Tuesday or Wednesday": the second day is meant like the first.
        meant = next_weekday if _AFTER_NEXT.search(behind(frame, at)) else bare_weekday
        return (Found(at, match.end(1), meant(frame.today, number), number),)
    if week[2]:
        day = coming(frame.today, number) + timedelta(days=7)
    else:
        weeks = {"next": 1, "this": 0, "last": -1}[week[1]]
        day = week_of(frame.today, weeks) + timedelta(days=number)
    return (Found(at, week.end(), (Reading(day),), number),)


def near(frame: Frame, at: int) -> tuple[Found, ...]:
    """Next Friday, this week, coming Friday, next week Friday, last month."""
    match = _NEAR.match(frame.text, at)
    if not match:
        return ()
    which, word, today = match[1], match[3], frame.today
    weeks = {"next": 1, "this": 0, "last": -1, "past": -1}.get(which)
    number = WEEKDAYS.get(word)
    if match[2]:
        if number is None or weeks is None:
            return _unit_near(frame, at, match.start(2) + 4, which, "week")
        day = week_of(today, weeks) + timedelta(days=number)
        return (Found(at, match.end(), (Reading(day),), number),)
    if number is None:
        return _unit_near(frame, at, match.end(), which, word)
    dated = _dated_weekday(frame, match.start(3), match.end(), number)
    if dated:
        return (replace(dated[0], start=at), *dated[1:])
    readings = {
        "next": next_weekday, "this": this_weekday, "last": last_weekday, "past": last_weekday,
    }.get(which, _coming_weekday)(today, number)  # fmt: skip
    return (Found(at, match.end(), readings, number),)


def ahead(frame: Frame, at: int) -> tuple[Found, ...]:
    """In two weeks; within 10 working days; not "one hall in two days", which is a pace."""
    match = _IN.match(frame.text, at)
    if frame.running and match and _PACE.search(behind(frame, at, width=40)):
        return ()
    count = count_en(match[2]) if match else None
    if match is None or count is None:
        return ()
    readings = _units(frame, count, match[3], match[4])
    if match[1] == "within" or match[2].startswith("a couple"):
        readings = tuple(replace(r, exact=False) for r in readings)
    return (Found(at, match.end(), readings),) if readings else ()


def counted(frame: Frame, at: int) -> tuple[Found, ...]:
    """10 working days from now; three weeks ago; a week on Friday."""
    match = _FROM.match(frame.text, at)
    count = count_en(match[1]) if match else None
    if match is None or count is None:
        return ()
    base = frame
    if match[5]:
        number = WEEKDAYS.get(match[5])
        if number is None or (match[4].startswith("on") and match[3] != "week"):
            return ()
        base = replace(frame, today=coming(frame.today, number))
    readings = _units(base, count, match[2], match[3], back=match[4] == "ago")
    return (Found(at, match.end(), readings),) if readings else ()


def part(frame: Frame, at: int) -> tuple[Found, ...]:
    """End of the month, end of next month, mid-June, end of Q1, month end, EOM."""
    match = _PERIOD_END.match(frame.text, at)
    if match:
        unit = match[1] or {"m": "month", "q": "quarter", "y": "year", "w": "week"}[match[2]]
        return (Found(at, match.end(), _period(frame, unit, 0, "end")),)
    match = _PART.match(frame.text, at)
    if not match:
        return ()
    which = _PARTS[match[1].removeprefix("the ")]
    offset = {"next": 1, "last": -1}.get(match[2], 0)
    year = year_of(frame, *match.groups()[6:])
    readings: tuple[Reading, ...] = ()
    end = match.end()
    if match[3]:
        readings, end = _period(frame, match[3], offset, which), match.end(3)
    elif match[4] and which == "end":
        readings = quarter_readings(frame, int(match[4]), year, end=True)
    elif match[5] and which == "end":
        readings, end = year_readings(frame, int(match[5]), given=True), match.end(5)
    elif match[6] and (month := month_at(frame, match[6], match.start(6))):
        readings = month_readings(frame, month, year, which)
    return (Found(at, end, readings),) if readings else ()


def quarter(frame: Frame, at: int) -> tuple[Found, ...]:
    """Q1 2027, "in Q1"."""
    match = _QUARTER.match(frame.text, at)
    if not match:
        return ()
    end = match[3] is not None
    if frame.running and not match[2] and not end and not month_alone(frame, at):
        return ()
    year = int(match[2]) if match[2] else None
    return (Found(at, match.end(), quarter_readings(frame, int(match[1]), year, end=end)),)


def week_number(frame: Frame, at: int) -> tuple[Found, ...]:
    """Week 23, CW 23. In running text a bare "week 3" may count a plan's weeks: from 10 only."""
    match = _WEEK_NUMBER.match(frame.text, at)
    if not match or (frame.running and match[2] and int(match[3]) < 10):
        return ()
    readings = numbered_week(frame, int(match[3]), int(match[4]) if match[4] else None)
    return (Found(at, match.end(), readings),) if readings else ()


def named(frame: Frame, at: int) -> tuple[Found, ...]:
    """Today, tomorrow, the day after tomorrow, yesterday, the week after next."""
    match = _NAMED.match(frame.text, at)
    if not match:
        return ()
    if match[1].endswith("after next"):
        return (Found(at, match.end(), (whole_week(week_of(frame.today, 2)),)),)
    if "day after" in match[1] or "day before" in match[1]:
        days = 2 if "after" in match[1] else -2
    else:
        days = _NAMED_DAYS.get(match[1], 1)
    return (Found(at, match.end(), (Reading(frame.today + timedelta(days=days)),)),)


def _dated_weekday(frame: Frame, at: int, end: int, number: int) -> tuple[Found, ...]:
    """The date right after a weekday that ends at `end`, if there is one."""
    gap = _WEEKDAY_GAP.match(frame.text, end)
    if not gap:
        return ()
    here, bracket = gap.end(), gap[1] is not None
    for rule in (year_first, year_last, days_month, slash, _plain_ordinal, month_days):
        found = rule(frame, here)
        if found and (not bracket or frame.text.startswith(")", found[-1].end)):
            first = replace(found[0], start=at, weekday=number)
            first = replace(first, readings=_matching_first(first.readings, number))
            rest = found[1:]
            if bracket and not rest:
                first = replace(first, end=first.end + 1)
            return (first, *rest)
    return ()


def _plain_ordinal(frame: Frame, at: int) -> tuple[Found, ...]:
    return ordinal(replace(frame, running=False), at)


def _matching_first(readings: tuple[Reading, ...], number: int) -> tuple[Reading, ...]:
    """Of several readings only those that fall on the weekday written beside them, if any do."""
    return tuple(r for r in readings if r.day.weekday() == number) or readings


def _coming_weekday(today: date, number: int) -> tuple[Reading, ...]:
    return (Reading(coming(today, number)),)


def _unit_near(frame: Frame, at: int, end: int, which: str, word: str) -> tuple[Found, ...]:
    """Next week, this month, last weekend; nothing for a quarter or year, which name no time."""
    offset = {"this": 0, "last": -1, "past": -1}.get(which, 1)
    monday = week_of(frame.today, offset)
    readings: tuple[Reading, ...]
    match word:
        case "week":
            readings = (whole_week(monday),)
        case "month":
            year, month = shift_month(frame.today, offset)
            readings = (month_part(frame, year, month, "whole", year_given=False),)
        case "weekend":
            mondays = [monday] if offset <= 0 else [monday, week_of(frame.today)]
            readings = tuple(weekend(m) for m in mondays)
        case _:
            return ()
    return (Found(at, end, readings),)


def _units(
    frame: Frame, count: int, kind: str | None, unit: str, *, back: bool = False
) -> tuple[Reading, ...]:
    if unit == "fortnight":
        return distance(frame, count * 2, "week", back=back)
    worked = unit == "day" and kind in {"working", "business", "work"}
    return distance(frame, count, "working_day" if worked else unit, back=back)


def _period(frame: Frame, unit: str, offset: int, which: str) -> tuple[Reading, ...]:
    """A part of this, the next or the last month, week, quarter or year."""
    if unit == "month":
        year, month = shift_month(frame.today, offset)
        return (month_part(frame, year, month, which, year_given=False),)
    if unit == "week":
        return (week_part(frame, week_of(frame.today, offset), which),)
    if which != "end":
        return ()
    if unit == "year":
        return year_readings(frame, frame.today.year + offset, given=False)
    first = date(frame.today.year, (frame.today.month - 1) // 3 * 3 + 1, 1)
    return (closing(frame, add_months(first, 3 * (offset + 1)) - timedelta(days=1)),)
