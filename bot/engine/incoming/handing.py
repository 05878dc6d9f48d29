"""A file with dates that somebody sent: fetched and read before the turn, looked at, then taken."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.cards import table_card
from bot.core.cards.blocks import Card
from bot.core.cards.shown import in_box
from bot.core.cards.table_card import ROLES, TABLE, WORDS, Mark, Row, Sheet
from bot.core.case import Case, RowsValue, text_of
from bot.core.events import EditOpened, Submitted
from bot.core.stamp import Stamp
from bot.core.words import CaseId, EventId, FieldId, StepId, Text
from bot.engine import turning
from bot.engine.errors import CandorError
from bot.engine.house import House
from bot.engine.inbound import Clicked, Handed, Inbound
from bot.engine.ports import Filed
from bot.engine.sessions import Session
from bot.engine.tables import Milestones
from bot.engine.turning import Turned

FIRST, AGAIN = 20.0, 2.0  # seconds that a file may take: when it comes, and behind a press
WATCH, DATES = StepId("watch"), FieldId("watch_dates")


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it was read, or the sentence on why not."""

    mark: Mark
    sheet: Sheet | None = None
    why: Text | None = None


async def ahead(house: House, inbound: Inbound) -> Looked | None:
    """The file that this inbound is about; None for anything else."""
    mark = _marked(inbound)
    if mark is None:
        return None
    fetch, read = house.fetch.get(inbound.envelope.platform), house.read_milestones
    if fetch is None or read is None:
        return Looked(mark, why=WORDS.not_here)
    columns = {role: n for role, n in mark.columns.items() if n >= 0}
    today = inbound.envelope.at.date()
    try:
        async with asyncio.timeout(FIRST if isinstance(inbound, Handed) else AGAIN):
            brought = await fetch(inbound.envelope.tenant, mark.handle)
            found = await asyncio.to_thread(read, brought.name, brought.data, columns, today=today)
    except CandorError as error:
        return Looked(mark, why=error.text)
    except TimeoutError:
        return Looked(mark, why=WORDS.slow)
    if isinstance(inbound, Handed):
        mark = replace(mark, columns=found.columns)
    return Looked(mark, _sheet(brought.name, found))


def may_send(house: House, platform: str) -> tuple[Card, ...]:
    """A word to whoever begins to watch dates that a file will do; nothing where none is read."""
    reads = platform in house.fetch and house.read_milestones is not None
    return (table_card.sentence(WORDS.may_send),) if reads else ()


def target(looked: Looked, cases: Sequence[Filed], front: CaseId | None) -> Filed | None:
    """The watched project that the file is for: the one that was named, at the front, or latest."""
    watched = [f for f in cases if f.case.watch]
    wanted = looked.mark.case or front
    return next((f for f in watched if f.case.id == wanted), None) or next(
        (f for f in watched if not looked.mark.case), None
    )


def shown(looked: Looked, filed: Filed | None) -> Card:
    """What the person sees of it."""
    if looked.sheet is None:
        return table_card.sentence(looked.why or WORDS.slow)
    if filed is None:
        return table_card.sentence(WORDS.no_project)
    mark = replace(looked.mark, case=filed.case.id)
    role = next((r for r in ROLES if r == mark.what), None)
    if role is not None:
        return table_card.choose(looked.sheet, mark, role)
    return table_card.look(text_of(filed.case, "project") or "…", looked.sheet, mark)


def takes(looked: Looked, filed: Filed | None) -> bool:
    """Whether the rows are to be taken now."""
    wants = looked.mark.what == "take" and looked.sheet is not None
    return wants and filed is not None and bool(looked.sheet and looked.sheet.good)


async def take(session: Session, filed: Filed, looked: Looked, stamp: Stamp) -> Turned:
    """The rows stand in the watched project, after those that stood there. Raises Conflict."""
    rows = looked.sheet.good if looked.sheet is not None else ()
    if filed.case.step != WATCH:
        opened = await turning.react(session, filed, EditOpened(stamp, WATCH))
        filed = replace(filed, case=opened.case)
    sent = Stamp(EventId(f"{stamp.id}:rows"), stamp.at, stamp.by)
    box = {DATES: _together(filed.case, rows)}
    turned = await turning.react(session, filed, Submitted(sent, box, filed.case.revision))
    return replace(turned, toast=WORDS.taken.fill(count=len(rows)))


def _marked(inbound: Inbound) -> Mark | None:
    if isinstance(inbound, Handed):
        return Mark("show", CaseId(""), {}, inbound.handle)
    if isinstance(inbound, Clicked) and inbound.action.name == TABLE:
        return table_card.read_mark(inbound.action.argument)
    return None


def _sheet(name: str, found: Milestones) -> Sheet:
    rows = tuple(
        Row(r.name, r.day.isoformat() if r.day else "", r.owner, r.problem) for r in found.rows
    )
    return Sheet(name, found.header, rows, found.left_out)


def _together(case: Case, rows: Sequence[Row]) -> tuple[dict[str, str], ...]:
    """What stood there and what is new; of one name, what is new."""
    answer = case.answers.get(DATES)
    stood = in_box(answer.value) if answer and isinstance(answer.value, RowsValue) else ()
    names = {r.name.casefold() for r in rows}
    kept = [r for r in stood if isinstance(r, dict) and r.get("name", "").casefold() not in names]
    return (*kept, *({"name": r.name, "day": r.day, "owner": r.owner} for r in rows))
