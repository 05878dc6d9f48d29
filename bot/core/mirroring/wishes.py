"""What a case wants to stand in other systems, and what of it does not stand so yet. Pure.

Follow-ups are those of the owner that hang on a day somebody was told; nudges have no copy. A row
has what the report of a month shows, and nothing else of the case.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.core.approving.wording import REACTIONS
from bot.core.cards.desk_cards import PHASES
from bot.core.case import Case, text_of
from bot.core.mirroring.mirrored import PAGE, Copy, Wants
from bot.core.mirroring.wording import MIRRORS, NO, NONE_YET, SUMMARIES, YES
from bot.core.pings.due import OPEN
from bot.core.pings.reminder import Reminder
from bot.core.pings.rooms import Room
from bot.core.playbook import Playbook
from bot.core.reports.report import COLUMNS, Row, cells, row_of
from bot.core.words import Text, same

MORNING = time(9)  # when a calendar entry begins, on the owner's clock
LASTS = timedelta(minutes=30)
LONGEST = 500  # characters of a title
ROW = "row"
ENDED = ("task:", "entry:")  # what goes when it is not wanted any more; rows and pages stay

Cell = Text | int | date | None


@dataclass(frozen=True, slots=True)
class Task:
    """A follow-up for its owner's list; done with its instant."""

    summary: str
    note: str
    day: date
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The same in their calendar, as long as it is open."""

    summary: str
    note: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """The case as the register shows it: by column, in the order of the columns."""

    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Page:
    """The minutes as a page for the people of a channel; made once."""

    room: Room


Wish = Task | Entry | Line | Page


@dataclass(frozen=True, slots=True)
class Step:
    """What is still to be written: a wish, or the end of a copy, with what stands so far."""

    key: str
    wish: Wish | None
    copy: Copy | None
    digest: str = ""

    @property
    def made(self) -> int:
        """Which one of its key it is, from 1."""
        if self.copy is None:
            return 1
        return self.copy.made if self.copy.ref or self.copy.tried else self.copy.made + 1


def wishes(playbook: Playbook, case: Case, wants: Wants, *, today: date) -> Mapping[str, Wish]:
    """All that is to stand outside, by key."""
    found: dict[str, Wish] = {}
    if wants.tasks:
        found |= {f"task:{name}": task for name, task in _tasks(case)}
    if wants.entries:
        found |= {f"entry:{name}": entry for name, entry in _entries(case, today)}
    if wants.register and _has_row(case):
        found[ROW] = _line(playbook, row_of(case, today), told=case.told_at is not None)
    room = case.room
    if wants.pages and room is not None and room.number in case.mirrored.pages:
        found[f"{PAGE}{room.number}"] = Page(room)
    return found


def steps(case: Case, wanted: Mapping[str, Wish]) -> tuple[Step, ...]:
    """What is to be written now, new things and changes first, in the order of their keys.

    What was taken away out there by a person is left alone, as are pages that stand.
    """
    copies = case.mirrored.copies
    found = []
    for key, wish in wanted.items():
        copy, now = copies.get(key), digest(wish)
        stands = copy is not None and (copy.left or (bool(copy.ref) and copy.digest == now))
        late = (
            (copy is None or not (copy.ref or copy.tried))
            and isinstance(wish, Task)
            and wish.done_at is not None
        )
        if not stands and not late:  # what was done before it could stand there is not brought up
            found.append(Step(key, wish, copy, now))
    gone = [
        Step(key, None, copy)
        for key, copy in copies.items()
        if key not in wanted and (copy.ref or copy.tried) and key.startswith(ENDED)
    ]
    return (*found, *gone)


def digest(wish: Wish) -> str:
    """What names exactly this wish; of a page, only that it is one."""
    said = "page" if isinstance(wish, Page) else repr(wish)
    return sha256(said.encode()).hexdigest()[:16]


def _tasks(case: Case) -> Iterator[tuple[str, Task]]:
    """Each follow-up that is open or done, under its anchor and number."""
    if case.told_at is None or case.phase == "abandoned":
        return
    mine = [r for r in case.reminders.values() if r.anchor in SUMMARIES]
    mine.sort(key=lambda r: (r.anchor, r.number))
    for (anchor, number), group in groupby(mine, key=lambda r: (r.anchor, r.number)):
        task = _task(case, list(group))
        if task is not None:
            yield f"{anchor}/{number}", task


def _task(case: Case, pings: Sequence[Reminder]) -> Task | None:
    """The follow-up of these pings; None where it has ended without an answer."""
    open_ = [r for r in pings if r.state in OPEN]
    answered = [r for r in pings if r.state == "answered" and r.answered_at is not None]
    last = max(answered, key=lambda r: r.answered_at or case.begun_at, default=None)
    if not open_ and last is None:
        return None
    said = last.answer if last is not None else "at_risk"
    is_done = said == "done" or (not open_ and said != "at_risk")
    shown = max(open_ or answered, key=lambda r: r.day)
    words = SUMMARIES[shown.anchor].fill(
        project=same(text_of(case, "project") or "…"),
        customer=same(text_of(case, "customer") or "…"),
        what=same(shown.what or "…"),
    )
    done_at = last.answered_at if is_done and last is not None else None
    language = case.language
    summary = " ".join(words.to(language).split())[:LONGEST]
    return Task(summary, MIRRORS.note.to(language), shown.day, done_at)


def _entries(case: Case, today: date) -> Iterator[tuple[str, Entry]]:
    """Each that is open; one of a day that is over only where it stands already."""
    for name, task in _tasks(case):
        copy = case.mirrored.copies.get(f"entry:{name}")
        stands = copy is not None and bool(copy.ref)
        if task.done_at is None and (task.day >= today or stands):
            yield name, _entry(case, task)


def _entry(case: Case, task: Task) -> Entry:
    begins = datetime.combine(task.day, MORNING, tzinfo=ZoneInfo(case.zone))
    return Entry(task.summary, task.note, begins, begins + LASTS)


def _has_row(case: Case) -> bool:
    """Whether the register shows it: as the report does, and whatever it has shown once."""
    if case.watch or not text_of(case, "project"):
        return False
    shown = case.mirrored.copies.get(ROW)
    return case.phase != "abandoned" or (shown is not None and bool(shown.ref))


def _line(playbook: Playbook, row: Row, *, told: bool) -> Line:
    """A row of the report as a line of the register; days of silence count once they are over."""
    if not told:
        row = replace(row, silent=None)
    plain = dict(zip(COLUMNS, cells(row), strict=True))
    return Line({name: _cell(playbook, row, name, value) for name, value in plain.items()})


def _cell(playbook: Playbook, row: Row, name: str, value: object) -> Cell:
    match name, value:
        case "state", _:
            found: Cell = PHASES[row.phase]
        case (("cause" | "reaction"), str() as id_) if id_:
            found = _labels(playbook, name).get(id_, same(id_))
        case _, bool() as yes:
            found = YES if yes else NO
        case _, (int() | date()) as plain:
            found = plain
        case _, str() as words if words:
            found = same(" ".join(words.split()))
        case _:
            found = NONE_YET if name == "kept" else None
    return found


def _labels(playbook: Playbook, name: str) -> Mapping[str, Text]:
    """What the ids of a column are called."""
    if name == "reaction":
        return {str(id_): label for id_, label in REACTIONS.items()}
    field = next((f for f in playbook.fields.values() if f.id == "cause_kind"), None)
    return {c.id: c.label for c in field.choices} if field else {}
