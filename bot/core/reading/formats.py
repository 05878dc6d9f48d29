"""Dates, numbers and money as text for people, in both languages."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from bot.core.reading.calendars import Calendar
from bot.core.words import Language, Text

# Between these a date without a year is read back as the same day (see `readings.nearest`).
_YEAR_IS_PLAIN_AFTER, _YEAR_IS_PLAIN_UNTIL = timedelta(days=-60), timedelta(days=150)
_YEAR_FIRST = re.compile(
    r"(?<![A-Za-z0-9_./-])(?P<year>(?:19|20)\d\d)(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?![A-Za-z0-9_/-]|\.\d)"
)


def show_date(day: date, language: Language, *, year: bool = True, weekday: bool = True) -> str:
    """A date for cards and tables: "Fri 4 Dec 2026", "2026年12月4日（周五）"."""
    if language == "en":
        pattern = "EEE d MMM" if weekday else "d MMM"
        return format_date(day, pattern + (" y" if year else ""), locale="en")
    pattern = ("y年" if year else "") + "M月d日" + ("（EEE）" if weekday else "")
    return format_date(day, pattern, locale="zh")


def write_date(day: date, language: Language, today: date) -> str:
    """A date for prose: "Friday 4 December", "12月4日（周五）".

    The year is written where it is not today's, or where the day lies more than 60 days back or
    150 ahead, so that it may be doubted.
    """
    plain = _YEAR_IS_PLAIN_AFTER <= day - today <= _YEAR_IS_PLAIN_UNTIL
    year = day.year != today.year or not plain
    if language == "zh":
        return show_date(day, "zh", year=year)
    return format_date(day, "EEEE d MMMM y" if year else "EEEE d MMMM", locale="en")


def spell_days(text: str, language: Language, today: date) -> str:
    """The text with each day that is typed year first, as 2026-12-04, written as for prose.

    No other way of writing a day is touched: 3/4 has two readings, and nobody guesses.
    """

    def spelled(found: re.Match[str]) -> str:
        try:
            day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            return found[0]
        return write_date(day, language, today)

    return _YEAR_FIRST.sub(spelled, text)


def show_range(first: date, last: date, language: Language) -> str:
    """Two dates as one stretch: "Mon 1 Jun 2026 to Sun 7 Jun 2026", "2026年6月1日（周一）至…"."""
    ends = [show_date(day, language) for day in (first, last)]
    return (" to " if language == "en" else "至").join(ends)


def echo(day: date, today: date, calendar: Calendar, zone: str | None = None) -> Text:
    """What was read, for the person to check: the date, its distance, the calendar, and notes.

    "Fri 4 Dec 2026 · 9 working days from today · China calendar". The notes name a weekend, a
    holiday with the next working day, a make-up workday, and a year not announced yet.
    """
    date_and_zone = _both(day) if zone is None else _zoned(day, zone)
    parts = [date_and_zone, _distance(day, today, calendar), calendar.name]
    parts += _notes(day, today, calendar)
    return Text(en=" · ".join(part.en for part in parts), zh=_join_zh([part.zh for part in parts]))


def echo_range(first: date, last: date, today: date, calendar: Calendar) -> Text:
    """What was read of a stretch of days: both ends, and the distance of its last day."""
    ends = Text(en=show_range(first, last, "en"), zh=show_range(first, last, "zh"))
    away = _distance(last, today, calendar)
    parts = [
        ends,
        Text(en=f"last day {away.en}", zh=f"最后一天{away.zh}"),
        calendar.name,
        *_notes(last, today, calendar),
    ]
    return Text(en=" · ".join(part.en for part in parts), zh=_join_zh([part.zh for part in parts]))


def show_number(value: Decimal | int, language: Language) -> str:
    """A number with its thousands apart and no needless zeros: "1,234.5"."""
    return format_decimal(_plain(value), "#,##0.##########", locale=language)


def show_percent(value: Decimal | int, language: Language) -> str:
    """A percent given in hundredths: 8 is "8%"."""
    return f"{show_number(value, language)}%"


def show_money(value: Decimal | int, currency: str, language: Language) -> str:
    """A sum with its currency: "CN¥13,000", "€9.50"; cents only where there are some.

    `currency` is a code of three letters; one that Babel does not know is shown as it is.
    """
    pattern = "¤#,##0" if _plain(value) == int(value) else "¤#,##0.00"
    shown = format_currency(
        _plain(value), currency, pattern, locale=language, currency_digits=False
    )
    return shown.replace("\N{NO-BREAK SPACE}", " ")


def show_days(n: int, language: Language, *, working: bool = True) -> str:
    """A count of days: "9 working days", "1 day", "9个工作日", "9天"."""
    if language == "zh":
        return f"{n}个工作日" if working else f"{n}天"
    return f"{n} {'working ' if working else ''}day{'' if n == 1 else 's'}"


def join(items: Sequence[str], language: Language) -> str:
    """A list in a sentence: "a, b and c", "a、b和c"; empty for no items."""
    if len(items) < 2:
        return "".join(items)
    comma, last = (", ", " and ") if language == "en" else ("、", "和")
    return comma.join(items[:-1]) + last + items[-1]


def _both(day: date) -> Text:
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))


def _zoned(day: date, zone: str) -> Text:
    return Text(en=f"{_both(day).en}, {zone} time", zh=f"{_both(day).zh}，{zone}时区")


def _join_zh(parts: Sequence[str]) -> str:
    """Chinese parts with a dot between them; none is wanted before it after a closing bracket."""
    shown = " · ".join(parts)
    return shown.replace("） · ", "）· ")


def _distance(day: date, today: date, calendar: Calendar) -> Text:
    if day == today:
        return Text(en="today", zh="今天")
    n = abs(calendar.between(today, day))
    en, zh = show_days(n, "en"), show_days(n, "zh")
    if day > today:
        return Text(en=f"{en} from today", zh=f"距今{zh}")
    return Text(en=f"{en} ago", zh=f"{zh}前")


def _notes(day: date, today: date, calendar: Calendar) -> list[Text]:
    notes = []
    if calendar.make_up(day):
        notes.append(Text(en="a make-up workday", zh="调休上班日"))
    elif not calendar.is_working(day):
        notes.append(_not_working(day, calendar))
    if day.year >= today.year and not calendar.announced(day.year):
        notes.append(
            Text(
                en=f"holidays of {day.year} not announced yet, make-up workdays may change this",
                zh=f"{day.year}年放假安排尚未公布，调休可能会改变结果",
            )
        )
    return notes


def _not_working(day: date, calendar: Calendar) -> Text:
    following = calendar.next_working(day)
    why = calendar.holiday(day) or Text(
        en=format_date(day, "EEEE", locale="en"), zh=format_date(day, "EEEE", locale="zh")
    )
    return Text(
        en=f"not a working day ({why.en}), next one {show_date(following, 'en', year=False)}",
        zh=f"非工作日（{why.zh}），下一个工作日是{show_date(following, 'zh', year=False)}",
    )


def _plain(value: Decimal | int) -> Decimal:
    return Decimal(value)
