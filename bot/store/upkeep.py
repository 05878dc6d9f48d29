"""What is let go of, taken out and written out as a whole: for retention, and for an operator.

The log takes no change but in a transaction that has said so; an entry that changes is deleted and
comes back in its place, with its link.
"""

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine import chain, redaction
from bot.engine.ports import Entry, Line
from bot.engine.redaction import Somebody
from bot.store import codec, shapes
from bot.store.dialect import Database
from bot.store.tables import cases, inbox, lessons, log, meta, outbox, people, pings, playbooks

ENDED = ("closed", "abandoned")
EXPORTED: Sequence[Table] = (people, cases, log, outbox, pings, lessons, playbooks, inbox)
TOGETHER = 200  # rows that are looked through at a time

_tenant = bindparam("of_tenant", type_=cases.c.tenant.type)
_case = bindparam("of_case", type_=cases.c.id.type)
_BEGIN = insert(meta).values(key="erasing", value=_tenant)
_END = delete(meta).where(meta.c.key == "erasing")
_OLD = (
    select(cases.c.tenant, cases.c.id)
    .where(cases.c.phase.in_(ENDED), cases.c.updated_at < bindparam("before"))
    .order_by(cases.c.updated_at)
    .limit(bindparam("most"))
)
_LOG_OF = select(log).where(log.c.tenant == _tenant, log.c.case_id == _case).order_by(log.c.seq)
_DROP = delete(log).where(log.c.tenant == _tenant, log.c.seq.in_(bindparam("rows", expanding=True)))
_OLD_LINES = (
    select(log.c.tenant, log.c.seq)
    .where(log.c.at < bindparam("before"), log.c.link.is_(None))
    .order_by(log.c.seq)
    .limit(bindparam("most"))
)


class Upkeep:
    """The tables as an operator tends them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ended(self, before: datetime, *, limit: int) -> tuple[Line, ...]:
        """Cases that are closed or abandoned and were not touched since then, the oldest first."""
        rows = await self._rows(_OLD, {"before": before, "most": limit})
        return tuple(Line(row.tenant, row.id) for row in rows)

    async def let_go(self, line: Line, *, event: EventId, at: datetime, why: str) -> None:
        """Delete a case with all that was said in it; of its record the bare chain stays.

        Lessons stay too, for they hold no name.
        """
        key = {"of_tenant": line.tenant, "of_case": line.case}
        async with self._erasing(line.tenant) as connection:
            for table in (pings, outbox):
                of_case = table.c.case_id == _case
                await connection.execute(
                    delete(table).where(table.c.tenant == _tenant, of_case), key
                )
            rows = (await connection.execute(_LOG_OF, key)).all()
            await _drop(connection, line.tenant, [r.seq for r in rows if r.link is None])
            linked = [row for row in rows if row.link is not None]
            empty = [redaction.emptied(shapes.entry(row)) for row in linked]
            await _change(connection, line, linked, empty, stamp=(event, at), why=why)
            its_case = delete(cases).where(cases.c.tenant == _tenant, cases.c.id == _case)
            await connection.execute(its_case, key)

    async def trim(self, before: datetime, *, limit: int) -> int:
        """Delete lines of the log from before then, but for the record; gives how many."""
        rows = await self._rows(_OLD_LINES, {"before": before, "most": limit})
        for tenant in {row.tenant for row in rows}:
            async with self._erasing(tenant) as connection:
                await _drop(connection, tenant, [r.seq for r in rows if r.tenant == tenant])
        return len(rows)

    async def owned(self, tenant: TenantId, person: PersonId) -> tuple[Line, ...]:
        """The person's own cases."""
        its = select(cases.c.id).where(cases.c.tenant == _tenant, cases.c.owner == bindparam("who"))
        rows = await self._rows(its, {"of_tenant": tenant, "who": person})
        return tuple(Line(tenant, CaseId(row.id)) for row in rows)

    async def speaking_of(self, tenant: TenantId, who: Somebody) -> tuple[Line, ...]:
        """Other people's cases in which the person is named, in the case or in its log."""
        in_case = select(cases.c.id.label("id")).where(
            cases.c.tenant == _tenant, cases.c.owner != who.id, _speaks(cases, who)
        )
        in_log = (
            select(log.c.case_id.label("id"))
            .join(cases, (cases.c.tenant == log.c.tenant) & (cases.c.id == log.c.case_id))
            .where(log.c.tenant == _tenant, cases.c.owner != who.id)
            .where(or_(log.c.by == who.id, _speaks(log, who)))
        )
        rows = await self._rows(in_case.union(in_log), {"of_tenant": tenant})
        return tuple(Line(tenant, CaseId(row.id)) for row in rows)

    async def take_out(self, line: Line, who: Somebody, *, event: EventId, at: datetime) -> None:
        """Take a person out of somebody else's case, its log and its cards."""
        key = {"of_tenant": line.tenant, "of_case": line.case}
        async with self._erasing(line.tenant) as connection:
            found = select(cases).where(cases.c.tenant == _tenant, cases.c.id == _case)
            row = (await connection.execute(found, key)).one_or_none()
            if row is not None:
                case = codec.load(codec.CASE, who.out_of(row.body))
                case = replace(case, revision=case.revision + 1)
                body = codec.dump(codec.CASE, case)
                its = update(cases).where(cases.c.tenant == _tenant, cases.c.id == _case)
                await connection.execute(its.values(body=body, version=case.revision), key)
            rows = (await connection.execute(_LOG_OF, key)).all()
            clean = [redaction.without(shapes.entry(each), who) for each in rows]
            await _change(connection, line, rows, clean, stamp=(event, at), why="person")
            cards = select(outbox).where(outbox.c.tenant == _tenant, outbox.c.case_id == _case)
            for each in (await connection.execute(cards, key)).all():
                if who.is_in(each.body) and each.look_at is None:
                    its = update(outbox).where(outbox.c.seq == each.seq)
                    await connection.execute(its.values(body=who.out_of(each.body)))

    async def forget_person(self, tenant: TenantId, who: Somebody) -> None:
        """Delete what is kept of the person alone, and what others have settled about them."""
        key = {"of_tenant": tenant}
        async with self._erasing(tenant) as connection:
            loose = select(log.c.seq).where(
                log.c.tenant == _tenant, log.c.case_id.is_(None), log.c.by == who.id
            )
            rows = (await connection.execute(loose, key)).all()
            await _drop(connection, tenant, [row.seq for row in rows])
            its = select(people).where(people.c.tenant == _tenant, people.c.id == who.id)
            own = (await connection.execute(its, key)).one_or_none()
            places = [
                str(who.id),
                f"{tenant}/{who.id}",
            ]  # as Slack and Lark call their own conversation
            if own is not None:
                places.append(codec.load(codec.PERSON, own.body).conversation)
            sent = delete(outbox).where(outbox.c.tenant == _tenant)
            await connection.execute(sent.where(outbox.c.conversation.in_(places)), key)
            itself = delete(people).where(people.c.tenant == _tenant, people.c.id == who.id)
            await connection.execute(itself, key)
            others = select(people).where(people.c.tenant == _tenant, _speaks(people, who))
            for row in (await connection.execute(others, key)).all():
                body = _unsettled(row.body, who)
                one = update(people).where(people.c.tenant == _tenant, people.c.id == row.id)
                await connection.execute(one.values(body=body), key)

    async def everything(self, tenant: TenantId) -> AsyncIterator[Mapping[str, object]]:
        """All rows of a tenant but for its secrets, table by table, each with its table's name."""
        for table in EXPORTED:
            order = [*table.primary_key.columns]
            of_it = select(table).where(table.c.tenant == _tenant).order_by(*order)
            for row in await self._rows(of_it, {"of_tenant": tenant}):
                yield {"table": table.name, **dict(_plain(row._mapping.items()))}

    async def _rows(self, statement: Any, values: Mapping[str, object]) -> Sequence[Row[Any]]:
        async def found(connection: AsyncConnection) -> Sequence[Row[Any]]:
            return (await connection.execute(statement, dict(values))).all()

        return await self._database.read(found)

    @asynccontextmanager
    async def _erasing(self, tenant: TenantId) -> AsyncIterator[AsyncConnection]:
        """A transaction in which the tenant's log may be changed."""
        async with self._database.writing() as connection:
            await connection.execute(_BEGIN, {"of_tenant": tenant})
            yield connection
            await connection.execute(_END)


async def _change(
    connection: AsyncConnection,
    line: Line,
    rows: Sequence[Row[Any]],
    entries: Sequence[Entry],
    *,
    stamp: tuple[EventId, datetime],
    why: str,
) -> None:
    """Put entries in the place of those rows, and the word that vouches for it behind them."""
    before = [shapes.entry(row) for row in rows]
    vouching = redaction.vouched(
        before, entries, event=stamp[0], at=stamp[1], why=why, case=line.case
    )
    pairs = [(r, e) for r, e, old in zip(rows, entries, before, strict=True) if e != old]
    await _drop(connection, line.tenant, [row.seq for row, _ in pairs])
    new = [{**row._mapping, "by": entry.by, "body": entry.body} for row, entry in pairs]
    if new:
        await connection.execute(insert(log), new)
    if vouching is not None:
        last = next((e.link for e in reversed(before) if e.chained), chain.FIRST)
        await connection.execute(insert(log), [_row(line, vouching, chain.link(last, vouching))])


def _row(line: Line, entry: Entry, link: str) -> dict[str, object]:
    return {
        "tenant": line.tenant,
        "case_id": line.case,
        "event": entry.event,
        "kind": entry.kind,
        "at": entry.at,
        "by": entry.by,
        "revision": entry.revision,
        "body": entry.body,
        "link": link,
    }


async def _drop(connection: AsyncConnection, tenant: TenantId, rows: Sequence[int]) -> None:
    for start in range(0, len(rows), TOGETHER):
        some = [*rows[start : start + TOGETHER]]
        await connection.execute(_DROP, {"of_tenant": tenant, "rows": some})


def _speaks(table: Table, who: Somebody) -> Any:
    """Whether a row's body may name the person."""
    found = (json.dumps(who.id), *who.names)
    return or_(*(table.c.body.contains(each, autoescape=True) for each in found))


def _unsettled(body: str, who: Somebody) -> str:
    """Somebody else's own row, without the person as their lead or deputy."""
    other = codec.load(codec.PERSON, body)
    manners = other.manners
    if manners.lead == who.id:
        manners = replace(manners, lead=None, lead_name="")
    if manners.deputy == who.id:
        manners = replace(manners, deputy=None, deputy_name="")
    return who.out_of(codec.dump(codec.PERSON, replace(other, manners=manners)))


def _plain(items: Any) -> Iterator[tuple[str, object]]:
    """A row's values as JSON takes them; a body is JSON already."""
    for name, value in items:
        if isinstance(value, datetime):
            yield name, value.isoformat()
        elif name == "body" and isinstance(value, str):
            yield name, json.loads(value)
        else:
            yield name, value
