"""Working calendars of a country, with a company's own days laid over them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bot.core.words import Text

if TYPE_CHECKING:
    from holidays import HolidayBase

WEEKENDS_ONLY = "none"
_SANE_YEARS = range(1950, 2101)
# The part of a country that stands for the whole when the code names none: without it the
# United Kingdom would miss Easter Monday and the summer bank holiday.
_DEFAULT_PARTS = {"GB": "ENG"}

_NAMES = {
    "none": Text(en="weekends only", zh="只计周末"),
    "CN": Text(en="China calendar", zh="中国工作日历"),
    "HK": Text(en="Hong Kong calendar", zh="中国香港工作日历"),
    "TW": Text(en="Taiwan calendar", zh="中国台湾工作日历"),
    "MO": Text(en="Macao calendar", zh="中国澳门工作日历"),
    "GB": Text(en="UK calendar", zh="英国工作日历"),
    "US": Text(en="US calendar", zh="美国工作日历"),
    "CA": Text(en="Canada calendar", zh="加拿大工作日历"),
    "AU": Text(en="Australia calendar", zh="澳大利亚工作日历"),
    "NZ": Text(en="New Zealand calendar", zh="新西兰工作日历"),
    "DE": Text(en="Germany calendar", zh="德国工作日历"),
    "FR": Text(en="France calendar", zh="法国工作日历"),
    "IT": Text(en="Italy calendar", zh="意大利工作日历"),
    "ES": Text(en="Spain calendar", zh="西班牙工作日历"),
    "NL": Text(en="Netherlands calendar", zh="荷兰工作日历"),
    "CH": Text(en="Switzerland calendar", zh="瑞士工作日历"),
    "AT": Text(en="Austria calendar", zh="奥地利工作日历"),
    "SE": Text(en="Sweden calendar", zh="瑞典工作日历"),
    "PL": Text(en="Poland calendar", zh="波兰工作日历"),
    "IE": Text(en="Ireland calendar", zh="爱尔兰工作日历"),
    "JP": Text(en="Japan calendar", zh="日本工作日历"),
    "KR": Text(en="Korea calendar", zh="韩国工作日历"),
    "SG": Text(en="Singapore calendar", zh="新加坡工作日历"),
    "MY": Text(en="Malaysia calendar", zh="马来西亚工作日历"),
    "IN": Text(en="India calendar", zh="印度工作日历"),
    "VN": Text(en="Vietnam calendar", zh="越南工作日历"),
    "TH": Text(en="Thailand calendar", zh="泰国工作日历"),
    "ID": Text(en="Indonesia calendar", zh="印度尼西亚工作日历"),
    "AE": Text(en="UAE calendar", zh="阿联酋工作日历"),
    "BR": Text(en="Brazil calendar", zh="巴西工作日历"),
    "MX": Text(en="Mexico calendar", zh="墨西哥工作日历"),
}

_EXCHANGED = Text(en="day off in exchange for a working weekend day", zh="调休放假")
_CHINESE_NAMES = {
    "New Year's Day": "元旦",
    "Good Friday": "耶稣受难日",
    "Easter Sunday": "复活节",
    "Easter Monday": "复活节星期一",
    "Ascension Day": "耶稣升天节",
    "Whit Monday": "圣灵降临节星期一",
    "May Day": "五月节",
    "Early May Bank Holiday": "五月初银行假日",
    "May Day Bank Holiday": "五月初银行假日",
    "Spring Bank Holiday": "春季银行假日",
    "Late Summer Bank Holiday": "夏季银行假日",
    "Summer Bank Holiday": "夏季银行假日",
    "Christmas Eve": "平安夜",
    "Christmas Day": "圣诞节",
    "Second Day of Christmas": "圣诞节次日",
    "Boxing Day": "节礼日",
    "Labor Day": "劳动节",
    "Labour Day": "劳动节",
    "Martin Luther King Jr. Day": "马丁·路德·金纪念日",
    "Washington's Birthday": "华盛顿诞辰日",
    "Memorial Day": "阵亡将士纪念日",
    "Juneteenth National Independence Day": "六月节",
    "Independence Day": "独立日",
    "Columbus Day": "哥伦布日",
    "Veterans Day": "退伍军人节",
    "Thanksgiving Day": "感恩节",
    "Thanksgiving": "感恩节",
    "National Day": "国庆日",
    "German Unity Day": "德国统一日",
    "Canada Day": "加拿大国庆日",
    "Australia Day": "澳大利亚国庆日",
    "Anzac Day": "澳新军团日",
    "ANZAC Day": "澳新军团日",
}


class UnknownCalendar(LookupError):
    """No working calendar has this code: use a country code such as CN, or none."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"no working calendar for {code!r}: use a two-letter country code such as CN, GB or US,"
            " a country and part such as DE-BY, or none for weekends only"
        )


def offered() -> Mapping[str, Text]:
    """The calendars that somebody can pick by name, by their codes."""
    return _NAMES


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one country or company; make one with `calendar()`.

    `extra_holidays` and `extra_working` are the company's own days; they win over the country's.
    """

    code: str
    extra_holidays: tuple[tuple[date, Text], ...] = ()
    extra_working: frozenset[date] = frozenset()

    @property
    def name(self) -> Text:
        """What to call this calendar in front of people."""
        country, _, part = self.code.partition("-")
        known = _NAMES.get(country, Text(en=f"{country} calendar", zh=f"{country}工作日历"))
        return known if not part else Text(en=f"{known.en} ({part})", zh=f"{known.zh}（{part}）")

    def is_working(self, day: date) -> bool:
        """Whether people of this calendar work on `day`."""
        if day in self.extra_working:
            return True
        if any(day == extra for extra, _ in self.extra_holidays):
            return False
        year = _year(self.code, day.year)
        if day in year.weekend:
            return day in year.make_up
        return day not in year.names

    def between(self, a: date, b: date) -> int:
        """Working days after `a` up to and including `b`; negative when `b` is before `a`.

        Backwards it counts the working days before `a` down to and including `b`, so that
        `between(day, add(day, n)) == n` for every n.
        """
        if b < a:
            return -self._count(b, a - timedelta(days=1))
        return self._count(a + timedelta(days=1), b) if b > a else 0

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, before it when n is negative; `day` itself for 0.

        Raises OverflowError when that lies outside the years that a date can have.
        """
        year, left = day.year, abs(n)
        while left:
            if not date.min.year < year < date.max.year:
                raise OverflowError(f"{n} working days from {day} is outside the calendar")
            days = _working_days(self, year)
            if n > 0:
                at = bisect_right(days, day.toordinal())
                if len(days) - at >= left:
                    return date.fromordinal(days[at + left - 1])
                left -= len(days) - at
            else:
                at = bisect_left(days, day.toordinal())
                if at >= left:
                    return date.fromordinal(days[at - left])
                left -= at
            year += 1 if n > 0 else -1
        return day

    def next_working(self, day: date) -> date:
        """`day` when it is a working day, else the first working day after it."""
        return day if self.is_working(day) else self.add(day, 1)

    def holiday(self, day: date) -> Text | None:
        """The name of the public or company holiday on `day`, if it is one."""
        if day in self.extra_working:
            return None
        for extra, name in self.extra_holidays:
            if day == extra:
                return name
        return _year(self.code, day.year).names.get(day)

    def day_of(self, name: str, year: int) -> date | None:
        """The first day of the public holiday of this English name; None where it is not known."""
        if year not in _SANE_YEARS:
            return None
        names = _year(self.code, year).names
        return min((day for day, known in names.items() if known.en == name), default=None)

    def make_up(self, day: date) -> bool:
        """Whether `day` is a weekend day on which people work."""
        return day in _year(self.code, day.year).weekend and self.is_working(day)

    def announced(self, year: int) -> bool:
        """Whether the holidays of `year` are settled.

        China publishes each year's make-up workdays in the November before; a year without any
        in the data is not announced. Elsewhere holidays follow from law: true from 1950 to 2100.
        """
        if self.code.partition("-")[0] == "CN":
            return bool(_year(self.code, year).make_up)
        return year in _SANE_YEARS

    def _count(self, first: date, last: date) -> int:
        """Working days from `first` to `last`, both included."""
        return sum(
            bisect_right(days, last.toordinal()) - bisect_left(days, first.toordinal())
            for days in (_working_days(self, y) for y in range(first.year, last.year + 1))
        )


def calendar(
    code: str,
    *,
    extra_holidays: Mapping[date, Text] | None = None,
    extra_working: Iterable[date] = (),
) -> Calendar:
    """The working calendar of `code`: a country (CN), a country and part (DE-BY), or none.

    Raises UnknownCalendar when nobody knows that code.
    """
    own = sorted((extra_holidays or {}).items(), key=lambda item: item[0])
    return _calendar(_canonical(code), tuple(own), frozenset(extra_working))


@lru_cache(maxsize=256)
def _calendar(
    code: str, extra_holidays: tuple[tuple[date, Text], ...], extra_working: frozenset[date]
) -> Calendar:
    return Calendar(code, extra_holidays, extra_working)


@cache
def _canonical(code: str) -> str:
    wanted = code.strip()
    if wanted.lower() == WEEKENDS_ONLY:
        return WEEKENDS_ONLY
    country, dash, part = wanted.upper().partition("-")
    if dash and not part:
        raise UnknownCalendar(code)
    try:
        known = _country(country, part)
    except NotImplementedError:
        raise UnknownCalendar(code) from None
    return f"{known.country}{dash}{part}"


@dataclass(frozen=True, slots=True)
class _Year:
    """One country's year: its weekend days, the weekend days worked, its holidays by day."""

    weekend: frozenset[date]
    make_up: frozenset[date]
    names: Mapping[date, Text]


@lru_cache(maxsize=1024)
def _year(code: str, year: int) -> _Year:
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range(date(year, 12, 31).timetuple().tm_yday)]
    if code == WEEKENDS_ONLY:
        return _Year(frozenset(d for d in days if d.weekday() >= 5), frozenset(), {})
    country, _, part = code.partition("-")
    part = part or _DEFAULT_PARTS.get(country, "")
    known = _holidays(country, part, year, language="en")
    chinese = _holidays(country, part, year, language="zh")
    # Where the law knows Sunday only (Hong Kong), offices still close on Saturday.
    sunday_only = known.weekend == {6}
    return _Year(
        frozenset(d for d in days if known.is_weekend(d) or (sunday_only and d.weekday() == 5)),
        frozenset(d for d in known.weekend_workdays if d.year == year),
        {d: _name(name, chinese.get(d, "")) for d, name in known.items() if d.year == year},
    )


@lru_cache(maxsize=4096)
def _working_days(of: Calendar, year: int) -> tuple[int, ...]:
    """The working days of one year, ascending, as ordinals."""
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return tuple(n for n in range(first, last + 1) if of.is_working(date.fromordinal(n)))


def _holidays(country: str, part: str, year: int, *, language: str) -> "HolidayBase":
    """The holidays of one year, named in `language` where the data has it, else in its own."""
    offered = [n for n in _country(country, part).supported_languages if n.startswith(language)]
    chosen = "zh_CN" if "zh_CN" in offered else next(iter(offered), None)
    return _country(country, part, years=year, language=chosen)


def _country(
    country: str, part: str, *, years: int | None = None, language: str | None = None
) -> "HolidayBase":
    """The library's own object; raises NotImplementedError for a country or part it lacks."""
    # Imported on first use: it takes 80 ms, and not every start needs a holiday.
    import holidays

    return holidays.country_holidays(
        country, subdiv=part or None, years=years, expand=years is None, language=language
    )


def _name(known: str, chinese: str) -> Text:
    """One holiday's name in both languages; `chinese` counts only when it is Chinese."""
    if known.startswith("Day off (substituted"):
        return _EXCHANGED
    english = known.split("; ")[0].removesuffix(" (observed)").removesuffix(" (estimated)")
    own = chinese.split("; ")[0].partition("（")[0]
    if own and any("\u4e00" <= letter <= "\u9fff" for letter in own):
        return Text(en=english, zh=own)
    return Text(en=english, zh=_CHINESE_NAMES.get(english, f"公共假日 {english}"))
