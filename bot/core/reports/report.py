"""What a month of delays looks like: in three sentences, one chart, a table of ten, and as CSV.

It counts cases, never people; scores are shown with their number, and not under five.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import get_args

from bot.core.case import Case, Phase, day_of, first_day_of, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.following.feedback import FEWEST
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE, working_calendar

ROWS = 10  # that a card shows
COLUMNS = (
    "case", "project", "customer", "state", "cause", "first_sign", "told", "days_silent",
    "first_date", "new_date", "delivered", "kept", "moved_before", "updates", "reaction",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One case of the month."""

    case: str
    project: str
    customer: str
    phase: Phase
    cause: str
    first_sign: date | None
    told: date | None
    silent: int | None  # working days from the first sign to telling, or until today
    first_date: date | None
    new_date: date | None
    delivered: date | None
    kept: bool | None  # whether the new date held; None as long as it is open
    moved_before: bool
    updates: int
    reaction: str  # how the customer took it, as the owner said last; empty where nobody has


@dataclass(frozen=True, slots=True)
class Report:
    """A month: which cases were alive in it, and what became of them."""

    first: date
    last: date
    rows: tuple[Row, ...]
    scores: tuple[int, ...]  # how early customers felt told, 1 to 5
    silences: int = 0  # links to feedback that nobody used

    @property
    def states(self) -> tuple[tuple[Phase, int], ...]:
        """Each state that a case is in, with how many are, in the order of the phases."""
        counted = Counter(row.phase for row in self.rows)
        return tuple((phase, counted[phase]) for phase in get_args(Phase) if counted[phase])

    @property
    def told(self) -> int:
        """Cases whose customer knows."""
        return sum(row.told is not None for row in self.rows)

    @property
    def silent(self) -> float | None:
        """The median of the working days from the first sign to telling; of those who were told."""
        days = [r.silent for r in self.rows if r.told is not None and r.silent is not None]
        return median(days) if days else None

    @property
    def kept(self) -> tuple[int, int]:
        """How many new dates held, of how many that are known."""
        known = [row.kept for row in self.rows if row.kept is not None]
        return sum(known), len(known)

    @property
    def causes(self) -> tuple[tuple[str, int], ...]:
        """The kinds of cause, the most frequent first."""
        found = Counter(row.cause for row in self.rows if row.cause)
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def reactions(self) -> tuple[tuple[str, int], ...]:
        """How customers took it, the most frequent first; who has not answered is not counted."""
        found = Counter(row.reaction for row in self.rows if row.reaction not in ("", "no_answer"))
        return tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def score(self) -> float | None:
        """The mean score; None for fewer than five, so that nobody is recognised."""
        return sum(self.scores) / len(self.scores) if len(self.scores) >= FEWEST else None


def of_month(cases: Iterable[Case], month: date, *, today: date) -> Report:
    """The report of the month that holds this day: cases begun, told, due or delivered in it."""
    first = month.replace(day=1)
    last = _last(first)
    found = [case for case in cases if _touches(case, first, last)]
    rows = [row_of(case, today) for case in found]
    rows.sort(key=lambda row: (row.new_date or date.max, row.case))
    scores = (
        said.early
        for case in found
        for said in case.feedback
        if said.early and first <= local_day(case, said.at) <= last
    )
    return Report(first, last, tuple(rows), tuple(scores), sum(c.silences for c in found))


def to_csv(report: Report) -> str:
    """All rows as CSV; a cell that a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in report.rows:
        writer.writerow([_plain(cell) for cell in cells(row)])
    return out.getvalue()


def cells(row: Row) -> Sequence[object]:
    """The values of a row, in the order of COLUMNS."""
    return (
        row.case, row.project, row.customer, row.phase, row.cause, row.first_sign, row.told,
        row.silent, row.first_date, row.new_date, row.delivered, row.kept, row.moved_before,
        row.updates, row.reaction,
    )  # fmt: skip


def _plain(cell: object) -> str:
    text = "" if cell is None else str(cell)
    text = " ".join(text.split())
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def row_of(case: Case, today: date) -> Row:
    """What a report shows of one case on that day."""
    told = local_day(case, case.told_at) if case.told_at else None
    sign, new = first_day_of(case, "first_sign"), day_of(case, NEW_DATE)
    came = local_day(case, case.recovered_at) if case.recovered_at else None
    silent = working_calendar(case).between(sign, told or today) if sign else None
    over = new is not None and came is None and told is not None and today > new
    kept = (came <= new) if came and new else (False if over else None)
    return Row(
        case=case.id,
        project=text_of(case, "project"),
        customer=text_of(case, "customer"),
        phase=case.phase,
        cause=text_of(case, "cause_kind"),
        first_sign=sign,
        told=told,
        silent=max(silent, 0) if silent is not None else None,
        first_date=day_of(case, ORIGINAL_DATE),
        new_date=new,
        delivered=came,
        kept=kept,
        moved_before=text_of(case, "moved_before") not in ("", "no"),
        updates=case.updates,
        reaction=case.outcomes[-1].reaction if case.outcomes else "",
    )


def _touches(case: Case, first: date, last: date) -> bool:
    """Whether the case was alive in the month: begun before its end, not over before its start.

    Dates that are only watched are no delay.
    """
    if case.watch or case.phase == "abandoned" or local_day(case, case.begun_at) > last:
        return False
    over = case.closed_at
    return over is None or local_day(case, over) >= first


def _last(first: date) -> date:
    following = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return date.fromordinal(following.toordinal() - 1)
