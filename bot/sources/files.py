"""A folder of plans as a tracker: each CSV, XLSX or project file in it is a project.

Read by the same reader as the files that people send; nothing in the folder is ever written.
"""

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts, State, is_late
from bot.core.words import Text
from bot.engine.outside import NotFound, Unreachable, Unreadable
from bot.engine.tables import LARGEST
from bot.engine.trackers import Listing
from bot.outside import fields
from bot.sources.milestones import Mapped, guess, mapped
from bot.sources.sheet import Table, UnreadableFile, read

KINDS = (".csv", ".xlsx", ".xml")
MOST = 200  # files of a folder, and milestones of a file
LABEL = Text(en="the plan file", zh="计划文件")
_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "done": re.compile(r"done|completed|closed|已完成|完成数|完成项数", re.I),
    "total": re.compile(r"total|count|items|总数|总项数|共计", re.I),
    "status": re.compile(r"status|state|状态", re.I),
    "url": re.compile(r"url|link|链接|网址", re.I),
}
_STATES: Mapping[State, re.Pattern[str]] = {
    "done": re.compile(r"done|closed|complete|completed|finished|已完成|完成|已关闭", re.I),
    "active": re.compile(r"active|in progress|ongoing|started|进行中|处理中", re.I),
    "planned": re.compile(r"planned|open|to do|todo|not started|pending|未开始|待办|计划中", re.I),
}
_LINE = Text(en="Line {line}: {problem}", zh="第{line}行：{problem}")
_MORE = Text(en="There are {count} more rows, which were not read", zh="另有{count}行没有读")


@dataclass(frozen=True, slots=True)
class FolderTracker:
    """The plans in a folder."""

    folder: Path
    now: Callable[[], datetime]
    zone: ZoneInfo
    name: str = "files"
    label: Text = LABEL

    async def projects(self) -> Listing:
        """One for each plan."""
        found = await asyncio.to_thread(self._listed)
        listed = tuple(Listed(p.name, fields.text(p.stem) or p.name) for p in found[:MOST])
        return Listing(listed, truncated=len(found) > MOST)

    async def facts(self, ref: str) -> ProjectFacts:
        """What one plan says; NotFound for a name that is none of this folder's."""
        data = await asyncio.to_thread(self._bytes, ref)
        at = self.now()
        return await asyncio.to_thread(
            facts_of, ref, data, at=at, today=at.astimezone(self.zone).date()
        )

    async def close(self) -> None:
        """Nothing is held."""

    def _listed(self) -> list[Path]:
        try:
            return sorted(
                p for p in self.folder.iterdir() if p.suffix.lower() in KINDS and p.is_file()
            )
        except OSError as error:
            raise Unreachable(f"{self.folder}: {error.strerror}") from None

    def _bytes(self, ref: str) -> bytes:
        path = next((p for p in self._listed() if p.name == ref), None)
        if path is None:
            raise NotFound(f"no {ref[:60]} in the folder")
        try:
            with path.open("rb") as file:
                return file.read(LARGEST + 1)
        except OSError as error:
            raise Unreachable(f"{ref[:60]}: {error.strerror}") from None


def facts_of(name: str, data: bytes, *, at: datetime, today: date) -> ProjectFacts:
    """The facts in a file of that name. Raises Unreadable."""
    try:
        table = read(name, data)
    except UnreadableFile as error:
        raise Unreadable(error.text.en) from error
    columns = _columns(table)
    rows = mapped(table, columns, today=today)
    found = tuple(_milestones(table, rows, columns))
    cut = max(len(found) - MOST, 0) + table.left_out
    problems = (
        _LINE.fill(line=n, problem=r.problem) for n, r in enumerate(rows, start=2) if r.problem
    )
    notes = (*problems, *((_MORE.fill(count=cut),) if cut else ()))
    late = (
        Item(m.ref, m.name, m.state, m.state_name, m.due, m.owner, m.url)
        for m in found
        if is_late(m.due, m.state, today)
    )
    whole = () if cut else _whole(name, found)
    return ProjectFacts(
        source="files",
        key=Path(name).stem,
        name=fields.text(Path(name).stem) or name,
        url=None,
        read_at=at,
        milestones=(*whole, *found[:MOST]),
        late_items=tuple(late)[:MOST],
        truncated=bool(cut),
        notes=notes[:MOST],
    )


def _columns(table: Table) -> Mapping[str, int]:
    """Which column holds what: the counts by their whole heading first, the rest by words in it."""
    found: dict[str, int] = {}
    for wanted, pattern in _COLUMNS.items():
        for number, cell in enumerate(table.header):
            if number not in found.values() and pattern.fullmatch(cell.strip()):
                found[wanted] = number
                break
    rest = tuple("" if n in found.values() else cell for n, cell in enumerate(table.header))
    return {**guess(Table(rest, table.rows)), **found}


def _milestones(
    table: Table, rows: tuple[Mapped, ...], columns: Mapping[str, int]
) -> Iterator[Milestone]:
    for number, (cells, row) in enumerate(zip(table.rows, rows, strict=True), start=2):
        if not row.name:
            continue
        cell = {k: cells[c] if c < len(cells) else "" for k, c in columns.items()}
        done, total = fields.counts(cell.get("done"), cell.get("total"))
        said = fields.text(cell.get("status"))
        state: State = next((s for s, p in _STATES.items() if p.fullmatch(said)), "unknown")
        if state == "unknown" and total and done == total:
            state = "done"
        yield Milestone(
            ref=str(number),
            name=fields.text(row.name),
            kind="milestone",
            due=row.day,
            done=done,
            total=total,
            basis="none" if total is None else "items",
            state=state,
            state_name=said,
            owner=fields.text(row.owner) or None,
            url=fields.link(cell.get("url")),
        )


def _whole(name: str, found: tuple[Milestone, ...]) -> tuple[Milestone, ...]:
    """The plan as a whole, where each of its rows is counted."""
    done = [m.done for m in found if m.done is not None]
    total = [m.total for m in found if m.total is not None]
    if not found or len(done) < len(found) or len(total) < len(found):
        return ()
    called = fields.text(Path(name).stem) or name
    return (Milestone("", called, "project", done=sum(done), total=sum(total), basis="items"),)
