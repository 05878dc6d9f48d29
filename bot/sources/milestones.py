"""Which columns of a table are milestones and their days, and the rows as one would type them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.reading import dates
from bot.core.reading.calendars import calendar
from bot.core.words import Text
from bot.engine.tables import Milestone, Milestones, UnreadableTable
from bot.sources.sheet import Table, UnreadableFile, read

MOST = 30  # dates that one project watches
_WORDS: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(r"milestone|name|task|title|deliverable|里程碑|名称|任务|事项|节点", re.I),
    "day": re.compile(r"finish|due|end|date|day|deadline|完成|截止|到期|日期|时间", re.I),
    "owner": re.compile(r"owner|resource|assign|responsible|who|负责|责任|执行", re.I),
}

_NO_NAME = Text(en="no name", zh="没有名称")
_TWO_WAYS = Text(en="“{raw}” can be read in more than one way", zh="“{raw}”有不止一种读法")
_NO_DATE = Text(en="“{raw}” is no date", zh="“{raw}”不是日期")


@dataclass(frozen=True, slots=True)
class Mapped:
    """One row of the table as a milestone; `problem` says why it is none."""

    name: str
    day: date | None
    owner: str = ""
    problem: Text | None = None

    @property
    def line(self) -> str:
        """As it is typed: name; day; owner."""
        parts = [self.name.replace(";", ","), self.day.isoformat() if self.day else "", self.owner]
        return " ; ".join(parts)


def milestones(name: str, data: bytes, columns: Mapping[str, int], *, today: date) -> Milestones:
    """The milestones in a file; `columns` go before what the headers say. Raises UnreadableTable."""
    try:
        table = read(name, data)
    except UnreadableFile as error:
        raise UnreadableTable(error.text) from error
    chosen = {k: v for k, v in columns.items() if 0 <= v < len(table.header)}
    found = {**guess(table), **chosen}
    rows = mapped(table, found, today=today)
    kept = tuple(Milestone(r.name, r.day, r.owner, r.problem) for r in rows[:MOST])
    return Milestones(table.header, found, kept, table.left_out + max(len(rows) - MOST, 0))


def guess(table: Table) -> Mapping[str, int]:
    """The columns by their headers: name, day, and owner where there is one."""
    found: dict[str, int] = {}
    for wanted, pattern in _WORDS.items():
        for number, cell in enumerate(table.header):
            if number not in found.values() and pattern.search(cell):
                found[wanted] = number
                break
    return found


def mapped(table: Table, columns: Mapping[str, int], *, today: date) -> tuple[Mapped, ...]:
    """The rows by these columns; a day that can be read in two ways is a problem, never a guess."""
    return tuple(_mapped(row, columns, today) for row in table.rows)


def _mapped(row: Sequence[str], columns: Mapping[str, int], today: date) -> Mapped:
    name, raw = _at(row, columns.get("name")), _at(row, columns.get("day"))
    owner = _at(row, columns.get("owner"))
    if not name:
        return Mapped("", None, owner, _NO_NAME)
    days = {r.last for r in _readings(raw, today)}
    if len(days) == 1:
        return Mapped(name, days.pop(), owner)
    why = (_TWO_WAYS if days else _NO_DATE).fill(raw=raw)
    return Mapped(name, None, owner, why)


def _readings(raw: str, today: date) -> tuple[dates.Reading, ...]:
    """What a cell can mean: as a date of its own, such as 三月, else the dates among its words."""
    days = calendar("none")
    whole = dates.read(raw, today=today, calendar=days).readings
    return whole or tuple(
        r for m in dates.scan(raw, today=today, calendar=days) for r in m.readings
    )


def _at(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""
