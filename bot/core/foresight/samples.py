"""Reads how much was finished in each period: typed, pasted, or from a CSV with a header.

It never guesses in silence. What could be read in two ways, and a day that is missing, comes back
as one sentence that says what to change.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from bot.core.foresight.forecast import FEWEST, TOO_FEW, Period, Samples
from bot.core.reading.calendars import Calendar, calendar
from bot.core.reading.formats import show_date
from bot.core.reading.numerals import chinese_number, normalise
from bot.core.words import Text, same

LONGEST = 20_000  # characters
MOST = 400  # periods
LARGEST = 1_000_000  # of one period

_EACH = r"(?:/\s?|\b(?:per|an?|each|every)\s)?"
_NUMBERED = r"(?:\s?\d{1,3}\s?[:=])?"  # "week 12:", a label
# Tried in this order, so that a working day is not taken for a day.
_PERIODS: Mapping[Period, re.Pattern[str]] = {
    "working_day": re.compile(
        rf"{_EACH}\b(?:working|business|work)[\s-]?days?\b{_NUMBERED}|(?:/|每)?个?工作日"
    ),
    "week": re.compile(
        rf"{_EACH}(?:\bweeks?\b|\bweekly\b|\bwk\b|\bw(?=\s?\d{{1,3}}\s?[:=])){_NUMBERED}"
        r"|第\s?[\d一二三四五六七八九十]{1,3}\s?周|(?:/|每|一|按)?个?(?:周|星期)(?![一二三四五六日天])"
    ),
    "day": re.compile(
        rf"{_EACH}(?:\bdays?\b|\bdaily\b|\bd(?=\s?\d{{1,3}}\s?[:=])){_NUMBERED}"
        r"|第\s?[\d一二三四五六七八九十]{1,3}\s?天|(?:/|每|一|按)?(?:天|日)"
    ),
}
_COUNTED = re.compile(
    r"^(?:(?:the|in the|over the)?\s?(?:last|past)\s|最近|过去|近|前)?\s?"
    r"(\d{1,3}|[一二两三四五六七八九十]{1,3})\s?(?=(?:working |business )?(?:day|week)s?\b|个?(?:工作日|周|天|星期))[^\d:=]{1,15}[:=]"
)
_LABEL = re.compile(r"\b(?:sprint|month|iteration)\s?\d{1,3}\s?[:=]|第\s?\d{1,3}\s?期\s?[:=]?")
_NOUN = re.compile(
    r"(?<=\d)\s?(?:items?|tickets?|stories|points?|tasks?|pieces?|done|finished|[件个项台张条单点])(?![a-z])"
    r"|\b(?:done|finished|completed|throughput|items?|tickets?)\b|完成了?"
)
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "day", "日期", "天"),
    "week": ("week", "wk", "week of", "week starting", "week ending", "周", "周次", "星期"),
    "done": (
        "done", "count", "completed", "closed", "finished", "throughput", "items", "resolved",
        "完成", "完成数", "完成量", "完成项", "数量", "件数", "已完成", "产出", "关闭数",
    ),
    "found": ("found", "new", "added", "created", "opened", "新增", "新增数", "新发现", "新建"),
}  # fmt: skip
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,4})?")
_GLUED = re.compile(r"\d,\d")
_SPACED = re.compile(r"\d,?\s+\d")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[t\s]\S{0,20})?")

_TOO_LONG = Text(
    en="That is more than can be read here: at most {most} periods.",
    zh="内容太长，读不了：最多{most}期。",
)
_NOTHING = Text(
    en="No figures found. Write how much was finished in each period, like “3, 5, 2, 4”.",
    zh="没有找到数字。请写出每期完成的数量，例如“3、5、2、4”。",
)
_WHICH_PERIOD = Text(
    en="Are these figures per day, per working day or per week? Add a word, like “per week: 3, 5, 2”.",
    zh="这些数是每天、每个工作日还是每周的？请补一个词，例如“每周：3、5、2”。",
)
_NOT_A_NUMBER = Text(
    en="“{part}” is not a number. Write one number for each period.",
    zh="“{part}”不是数字。每期写一个数。",
)
_TWO_READINGS = Text(
    en="“{part}”: is that comma between two figures or inside one? Put a space after commas that "
    "separate, and write decimals with a point and thousands without a sign.",
    zh="“{part}”里的逗号是分隔符，还是数字里面的？请用顿号或空格分隔，小数用点，千位不加逗号。",
)
_MISCOUNTED = Text(
    en="You wrote {said}, but there are {count} figures. Which is right?",
    zh="您写的是{said}期，但数字有{count}个，以哪个为准？",
)
_TOO_LARGE = Text(
    en="{part} in one period is more than can be right here. Check that figure.",
    zh="一期{part}，这个数不像真的，请核对。",
)
_NO_COLUMN = Text(
    en="The first line has no column of what was finished. Call one “done”.",
    zh="第一行里没有完成数量这一列，请把它命名为“完成”。",
)
_TWO_COLUMNS = Text(
    en="Two columns could be meant: {names}. Keep one of them.",
    zh="有两列都可能是：{names}。请只留一列。",
)
_BAD_DAY = Text(
    en="Line {line}: “{part}” is not a date. Write it as 2026-06-01.",
    zh="第{line}行：“{part}”不是日期，请写成 2026-06-01。",
)
_TWICE = Text(
    en="{day} stands twice. Keep one line for each day.", zh="{day}出现了两次，每天只留一行。"
)
_GAP = Text(
    en="{day} is missing. Write 0 if nothing was finished then, or leave it out on purpose by "
    "giving a list without dates.",
    zh="缺少{day}。那天没有完成就写0；如果有意略去，请改用不带日期的列表。",
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table: its number in the text, its date where it has one, and its figures."""

    line: int
    day: str
    done: str
    found: str


def read_samples(
    text: str, *, period: Period | None = None, days: Calendar | None = None
) -> Samples | Text:
    """What was finished in each period, oldest first; or one sentence with what to mend.

    `period` holds where the text does not say one. `days` tells which days may be missing from
    dated lines; weekends only without it.
    """
    if len(text) > LONGEST:
        return _TOO_LONG.fill(most=MOST)
    plain = normalise(text.replace("\t", ";")).strip()
    lines = [line for line in plain.splitlines() if line.strip()]
    if not lines:
        return _NOTHING
    table = _table(lines)
    read = _from_table(table, period, days) if table else _from_list(plain, period)
    if isinstance(read, Text):
        return read
    if len(read.done) > MOST:
        return _TOO_LONG.fill(most=MOST)
    if len(read.done) < FEWEST:
        return TOO_FEW.fill(count=len(read.done), fewest=FEWEST)
    return read


def shown(samples: Samples) -> Text:
    """What was read, for the person to check: "8 weeks, oldest first: 3, 5, 2, 4, 6, 3, 4, 4"."""
    count = len(samples.done)
    figures = [f"{x:g}" for x in samples.done]
    cut = figures if count <= 12 else ["…", *figures[-12:]]
    unit = {
        "week": Text(en="weeks", zh="周"),
        "day": Text(en="days", zh="天"),
        "working_day": Text(en="working days", zh="个工作日"),
    }[samples.period]
    read = Text(
        en=f"{count} {unit.en}, oldest first: {', '.join(cut)}",
        zh=f"{count}{unit.zh}，从早到晚：{'、'.join(cut)}",
    )
    if not samples.found:
        return read
    return Text(
        en=f"{read.en}; new work found in them: {sum(samples.found):g}",
        zh=f"{read.zh}；同期新增{sum(samples.found):g}",
    )


def _from_list(plain: str, period: Period | None) -> Samples | Text:
    """Figures one after another, with or without a word for the period."""
    counted = _COUNTED.match(plain)
    said, rest = _periods_said(plain[counted.end(1) :] if counted else plain)
    rest = _NOUN.sub(" ", _LABEL.sub(" ", rest)).strip(" :=\n")
    if _GLUED.search(rest) and _SPACED.search(rest):
        return _TWO_READINGS.fill(part=_short(rest))
    figures: list[float] = []
    for part in re.split(r"[,、;|:=。\s]+", rest):
        value = _figure(part) if part else None
        if isinstance(value, Text):
            return value
        if value is not None:
            figures.append(value)
    if not figures:
        return _NOTHING
    if counted and chinese_number(counted[1]) != len(figures):
        return _MISCOUNTED.fill(said=counted[1], count=len(figures))
    chosen = said[0] if said else period
    return _WHICH_PERIOD if chosen is None or len(said) > 1 else Samples(tuple(figures), chosen)


def _periods_said(plain: str) -> tuple[list[Period], str]:
    """The periods that the text names, and the text without those words."""
    said: list[Period] = []
    for period, pattern in _PERIODS.items():
        plain, count = pattern.subn(" ", plain)
        if count:
            said.append(period)
    return said, plain


def _figure(part: str) -> float | Text:
    value: float | None = None
    if _NUMBER.fullmatch(part):
        value = float(part)
    elif (read := chinese_number(part)) is not None:
        value = float(read)
    if value is None:
        return _NOT_A_NUMBER.fill(part=_short(part))
    return value if value <= LARGEST else _TOO_LARGE.fill(part=_short(part))


def _table(lines: Sequence[str]) -> list[list[str]]:
    """The cells of a table with a header line; empty when the text is no table."""
    if len(lines) < 2:
        return []
    mark = next((m for m in (";", ",") if m in lines[0]), "")
    if any(c.isdecimal() for c in lines[0]) or not mark:
        return []
    return [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=mark)]


def _from_table(
    table: Sequence[Sequence[str]], period: Period | None, days: Calendar | None
) -> Samples | Text:
    at = _columns(table[0])
    if isinstance(at, Text):
        return at
    rows = [
        _Row(
            n, _cell(cells, at.get("date")), _cell(cells, at["done"]), _cell(cells, at.get("found"))
        )
        for n, cells in enumerate(table[1:], start=2)
    ]
    if "date" in at:
        dated = _in_order(rows, days or calendar("none"))
        if isinstance(dated, Text):
            return dated
        rows, period = dated
    return _figures_of(rows, "week" if "week" in at and "date" not in at else period)


def _figures_of(rows: Sequence[_Row], period: Period | None) -> Samples | Text:
    if period is None:
        return _WHICH_PERIOD
    done: list[float] = []
    found: list[float] = []
    for row in rows:
        finished, new = _figure(row.done), _figure(row.found or "0")
        if isinstance(finished, Text):
            return finished
        if isinstance(new, Text):
            return new
        done.append(finished)
        found.append(new)
    return Samples(tuple(done), period, tuple(found) if any(found) else ())


def _columns(header: Sequence[str]) -> dict[str, int] | Text:
    """Where each known column stands; a sentence when there is none or more than one."""
    found: dict[str, int] = {}
    for role, words in _COLUMNS.items():
        places = [n for n, cell in enumerate(header) if cell in words]
        if len(places) > 1:
            return _TWO_COLUMNS.fill(names=same(", ".join(header[n] for n in places)))
        if places:
            found[role] = places[0]
    return found if "done" in found else _NO_COLUMN


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""


def _in_order(rows: Sequence[_Row], days: Calendar) -> tuple[list[_Row], Period] | Text:
    """Dated lines, oldest first, and the period that their distance shows."""
    dated: dict[date, _Row] = {}
    for row in rows:
        day = _day(row.day)
        if day is None:
            return _BAD_DAY.fill(line=row.line, part=_short(row.day))
        if day in dated:
            return _TWICE.fill(day=_shown(day))
        dated[day] = row
    order = sorted(dated)
    gaps = {b - a for a, b in pairwise(order)}
    rows = [dated[day] for day in order]
    if gaps == {timedelta(days=7)}:
        return rows, "week"
    period: Period = "working_day" if all(map(days.is_working, order)) else "day"
    for a, b in pairwise(order):
        due = days.add(a, 1) if period == "working_day" else a + timedelta(days=1)
        if b != due:
            return _GAP.fill(day=_shown(due))
    return rows, period


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def _shown(day: date) -> Text:
    return Text(en=show_date(day, "en"), zh=show_date(day, "zh"))


def _short(text: str) -> str:
    line = " ".join(text.split()) or "…"
    return line if len(line) <= 40 else line[:40] + "…"
