"""Which columns of a table are milestones and their days, and the rows as one would type them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.reading import dates
from bot.core.reading.calendars import calendar
from bot.sources.sheet import Table

MOST = 30  # dates that one project watches
_WORDS: Mapping[str, re.Pattern[str]] = {
    "name": re.compile(r"milestone|name|task|title|deliverable|里程碑|名称|任务|事项|节点", re.I),
    "day": re.compile(r"finish|due|end|date|day|deadline|完成|截止|到期|日期|时间", re.I),
    "owner": re.compile(r"owner|resource|assign|responsible|who|负责|责任|执行", re.I),
}


@dataclass(frozen=True, slots=True)
class Mapped:
    """One row of the table as a milestone; `problem` says why it is none."""

    name: str
    day: date | None
    owner: str = ""
    problem: str = ""

    @property
    def line(self) -> str:
        """As it is typed: name; day; owner."""
        parts = [self.name.replace(";", ","), self.day.isoformat() if self.day else "", self.owner]
        return " ; ".join(parts)


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
        return Mapped("", None, owner, "no name")
    found = dates.scan(raw, today=today, calendar=calendar("none"))
    days = {r.end or r.day for m in found for r in m.readings}
    if len(days) == 1:
        return Mapped(name, days.pop(), owner)
    why = f"“{raw}” can be read in more than one way" if days else f"“{raw}” is no date"
    return Mapped(name, None, owner, why)


def _at(row: Sequence[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""
