"""What is let go of, taken out and written out as a whole: for retention, and for an operator.

The log takes no change but in a transaction that has said so; an entry that changes is deleted and
comes back in its place, with its link.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Executable,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.core.case import Case, text_of
from bot.core.sharing.events import ViewerNamed
from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine.keeping import chain, redaction
from bot.engine.keeping.redaction import Somebody
from bot.engine.keeping.retention import EVERYBODY, Among
from bot.engine.letters import outward
from bot.engine.ports import Entry, Line
from bot.store import aged, codec, shapes
from bot.store.dialect import Database, Row, Scribe
from bot.store.tables import (
    cases,
    inbox,
    lessons,
    log,
    meta,
    outbox,
    people,
    pings,
    playbooks,
    viewers,
)

EXPORTED: Sequence[Table] = (
    people, cases, viewers, log, outbox, pings, lessons, playbooks, inbox,
)  # fmt: skip

_tenant = bindparam("of_tenant", type_=cases.c.tenant.type)
_case = bindparam("of_case", type_=cases.c.id.type)
_person = bindparam("of_person", type_=people.c.id.type)
_needle = bindparam("needle", type_=cases.c.body.type)


def _says(body: Column[str]) -> ColumnElement[bool]:
    return body.like(_needle, escape="!")


_BEGIN = insert(meta)
_END = delete(meta).where(meta.c.key == "erasing")
_CASE = (  # held before anything of it is read or goes, as a turn holds it
    select(cases).where(cases.c.tenant == _tenant, cases.c.id == _case).with_for_update()
)
_SET_CASE = (
    update(cases)
    .where(cases.c.tenant == _tenant, cases.c.id == _case)
    .values({name: bindparam(f"new_{name}") for name in ("body", "version", "project", "customer")})
)
_OWNED = select(cases.c.id).where(cases.c.tenant == _tenant, cases.c.owner == _person)
_CASE_SAYS = select(cases.c.id).where(
    cases.c.tenant == _tenant, cases.c.owner != _person, _says(cases.c.body)
)
_OTHERS_LOG = (
    select(log.c.case_id.label("id"))
    .join(cases, (cases.c.tenant == log.c.tenant) & (cases.c.id == log.c.case_id))
    .where(log.c.tenant == _tenant, cases.c.owner != _person)
    .distinct()
)
_LOG_SAYS = _OTHERS_LOG.where(_says(log.c.body))
_LOG_BY = _OTHERS_LOG.where(log.c.by == _person)
_LOG_OF = select(log).where(log.c.tenant == _tenant, log.c.case_id == _case).order_by(log.c.seq)
_LOG = insert(log)
_DROP_LINE = delete(log).where(log.c.seq == bindparam("key_seq"))
_DROP_LOOSE = delete(log).where(
    log.c.tenant == _tenant, log.c.case_id.is_(None), log.c.by == _person, log.c.link.is_(None)
)
_LOOSE_SAY = select(log).where(
    log.c.tenant == _tenant, log.c.case_id.is_(None), log.c.link.is_(None), _says(log.c.body)
)
_LET_GO = (  # what refers to a case goes before it
    delete(pings).where(pings.c.tenant == _tenant, pings.c.case_id == _case),
    delete(viewers).where(viewers.c.tenant == _tenant, viewers.c.case_id == _case),
    delete(outbox).where(outbox.c.tenant == _tenant, outbox.c.case_id == _case),
    delete(log).where(log.c.tenant == _tenant, log.c.case_id == _case, log.c.link.is_(None)),
)
_DROP_CASE = delete(cases).where(cases.c.tenant == _tenant, cases.c.id == _case)
_CARDS_SAY = (
    select(outbox.c.case_id.label("id"))
    .join(cases, (cases.c.tenant == outbox.c.tenant) & (cases.c.id == outbox.c.case_id))
    .where(outbox.c.tenant == _tenant, cases.c.owner != _person, _says(outbox.c.body))
    .distinct()
)
_CARDS = select(outbox.c.seq, outbox.c.slot, outbox.c.look_at, outbox.c.body).where(
    outbox.c.tenant == _tenant, outbox.c.case_id == _case
)
_SET_CARD = update(outbox).where(outbox.c.seq == bindparam("key_seq"))
_SET_CARD = _SET_CARD.values(body=bindparam("new_body"))
_DROP_SENT = delete(outbox).where(
    outbox.c.tenant == _tenant, outbox.c.conversation == bindparam("place")
)
_PERSON = select(people).where(people.c.tenant == _tenant, people.c.id == _person)
_PEOPLE_SAY = (
    select(people).where(people.c.tenant == _tenant, _says(people.c.body)).with_for_update()
)
_SET_PERSON = update(people).where(people.c.tenant == _tenant, people.c.id == _person)
_SET_PERSON = _SET_PERSON.values(body=bindparam("new_body"))
_DROP_VIEWER = delete(viewers).where(
    viewers.c.tenant == _tenant, viewers.c.case_id == _case, viewers.c.person == _person
)
_SEEN_BY = (
    select(cases.c.body)
    .join(viewers, (viewers.c.tenant == cases.c.tenant) & (viewers.c.case_id == cases.c.id))
    .where(viewers.c.tenant == _tenant, viewers.c.person == _person)
)
_NAMED = select(log.c.body).where(
    log.c.tenant == _tenant, log.c.kind == ViewerNamed.__name__, _says(log.c.body)
)
_DROP_PERSON = delete(people).where(people.c.tenant == _tenant, people.c.id == _person)
_ALL = tuple(
    (table, select(table).where(table.c.tenant == _tenant).order_by(*table.primary_key.columns))
    for table in EXPORTED
)


class Upkeep:
    """The tables as an operator tends them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def ended(
        self, before: datetime, *, limit: int, among: Among = EVERYBODY
    ) -> tuple[Line, ...]:
        """Cases that are closed or abandoned and were not touched since then, the oldest first."""
        rows = await self._rows(aged.cases_of(among), before=before, most=limit)
        return tuple(Line(row.tenant, row.id) for row in rows)

    async def let_go(
        self,
        line: Line,
        *,
        event: EventId,
        at: datetime,
        why: str,
        ended: datetime | None = None,
    ) -> bool:
        """Delete a case with all that was said in it; of its record the bare chain stays.

        Lessons stay too, for they hold no name. With `ended`, only if it is closed or abandoned and
        was not touched since then; False where it was.
        """
        key = {"of_tenant": line.tenant, "of_case": line.case}
        async with self._erasing(line.tenant) as scribe:
            held = await scribe.rows(_CASE, **key)
            if ended is not None and not any(aged.has_ended(row, ended) for row in held):
                return False
            for statement in _LET_GO:
                await scribe.change(statement, **key)
            rows = await scribe.rows(_LOG_OF, **key)
            empty = [redaction.emptied(shapes.entry(row)) for row in rows]
            await _change(scribe, line, rows, empty, stamp=(event, at), why=why)
            await scribe.change(_DROP_CASE, **key)
        return True

    async def trim(self, before: datetime, *, limit: int, among: Among = EVERYBODY) -> int:
        """Delete lines of the log from before then, but for the record; gives how many."""
        rows = await self._rows(aged.lines_of(among), before=before, most=limit)
        for tenant in {row.tenant for row in rows}:
            last = max(row.seq for row in rows if row.tenant == tenant)
            async with self._erasing(tenant) as scribe:
                await scribe.change(aged.TRIM, of_tenant=tenant, before=before, last=last)
        return len(rows)

    async def owned(self, tenant: TenantId, person: PersonId) -> tuple[Line, ...]:
        """The person's own cases."""
        rows = await self._rows(_OWNED, of_tenant=tenant, of_person=person)
        return tuple(Line(tenant, CaseId(row.id)) for row in rows)

    async def called(self, tenant: TenantId, person: PersonId) -> tuple[str, ...]:
        """Under which whole names others have invited the person to read a case, or were about to.

        A handle such as “max” is none: it would be taken out of other words.
        """
        rows = await self._rows(_SEEN_BY, of_tenant=tenant, of_person=person)
        read = (codec.load(codec.CASE, row.body).sharing.viewers for row in rows)
        names = [v[person].name for v in read if person in v]
        for needle in _needles(Somebody(person, person)):
            said = await self._rows(_NAMED, of_tenant=tenant, needle=needle)
            names += [name for row in said if (name := _named(row.body, person))]
        return tuple(n for n in dict.fromkeys(names) if " " in n or not n.isascii())

    async def speaking_of(self, tenant: TenantId, who: Somebody) -> tuple[Line, ...]:
        """Other people's cases in which the person is named: in the case, its log or its cards."""
        key = {"of_tenant": tenant, "of_person": who.id}
        rows = [*await self._rows(_LOG_BY, **key)]
        for needle in _needles(who):
            for statement in (_CASE_SAYS, _LOG_SAYS, _CARDS_SAY):
                rows += await self._rows(statement, **key, needle=needle)
        return tuple(Line(tenant, id_) for id_ in sorted({CaseId(row.id) for row in rows}))

    async def take_out(self, line: Line, who: Somebody, *, event: EventId, at: datetime) -> None:
        """Take a person out of somebody else's case, its log and its cards."""
        key = {"of_tenant": line.tenant, "of_case": line.case}
        async with self._erasing(line.tenant) as scribe:
            for row in await scribe.rows(_CASE, **key):
                case = _unshared(codec.load(codec.CASE, row.body), who.id)
                case = codec.load(codec.CASE, who.out_of(codec.dump(codec.CASE, case)))
                case = replace(case, revision=case.revision + 1)
                await scribe.change(_SET_CASE, **key, **_new(case))
            await scribe.change(_DROP_VIEWER, **key, of_person=who.id)
            rows = await scribe.rows(_LOG_OF, **key)
            clean = [redaction.without(shapes.entry(each), who) for each in rows]
            await _change(scribe, line, rows, clean, stamp=(event, at), why="person")
            for card in await scribe.rows(_CARDS, **key):
                if who.is_in(card.body) and not _is_leaving(card):
                    new_body = who.out_of(card.body)
                    await scribe.change(_SET_CARD, key_seq=card.seq, new_body=new_body)

    async def forget_person(self, tenant: TenantId, who: Somebody) -> None:
        """Delete what is kept of the person alone, and what others have settled about them."""
        key = {"of_tenant": tenant, "of_person": who.id}
        places = {str(who.id), f"{tenant}/{who.id}"}  # as Slack and Lark call a person's own
        async with self._erasing(tenant) as scribe:
            await scribe.change(_DROP_LOOSE, **key)
            for needle in _needles(who):
                for row in await scribe.rows(_LOOSE_SAY, of_tenant=tenant, needle=needle):
                    clean = redaction.without(shapes.entry(row), who)
                    await scribe.change(_DROP_LINE, key_seq=row.seq)
                    await scribe.change(_LOG, seq=row.seq, **_line(tenant, clean, None))
            for row in await scribe.rows(_PERSON, **key):
                places.add(codec.load(codec.PERSON, row.body).conversation)
            for place in places - {""}:
                await scribe.change(_DROP_SENT, of_tenant=tenant, place=place)
            await scribe.change(_DROP_PERSON, **key)
            for needle in _needles(who):
                for row in await scribe.rows(_PEOPLE_SAY, of_tenant=tenant, needle=needle):
                    its = {"of_tenant": tenant, "of_person": row.id}
                    await scribe.change(_SET_PERSON, **its, new_body=_unsettled(row.body, who))

    async def everything(self, tenant: TenantId) -> AsyncIterator[Mapping[str, object]]:
        """All rows of a tenant but for its secrets, table by table, each with its table's name."""
        for table, statement in _ALL:
            for row in await self._rows(statement, of_tenant=tenant):
                values = {c.name: _plain(c.name, getattr(row, c.name)) for c in table.columns}
                yield {"table": table.name, **values}

    async def _rows(self, statement: Executable, **values: object) -> Sequence[Row]:
        async def found(scribe: Scribe) -> Sequence[Row]:
            return await scribe.rows(statement, **values)

        return await self._database.read(found)

    @asynccontextmanager
    async def _erasing(self, tenant: TenantId) -> AsyncIterator[Scribe]:
        """A transaction in which the tenant's log may be changed."""
        async with self._database.writing() as scribe:
            await scribe.change(_BEGIN, key="erasing", value=tenant)
            yield scribe
            await scribe.change(_END)


async def _change(
    scribe: Scribe,
    line: Line,
    rows: Sequence[Row],
    entries: Sequence[Entry],
    *,
    stamp: tuple[EventId, datetime],
    why: str,
) -> None:
    """Put entries in the place of those rows, and the word that vouches for it behind them."""
    before = [shapes.entry(row) for row in rows]
    for row, old, new in zip(rows, before, entries, strict=True):
        if new != old:
            await scribe.change(_DROP_LINE, key_seq=row.seq)
            await scribe.change(_LOG, seq=row.seq, **_line(line.tenant, new, row.link))
    event, at = stamp
    word = redaction.vouched(before, entries, event=event, at=at, why=why, case=line.case)
    if word is not None:
        last = next((e.link for e in reversed(before) if e.chained), chain.FIRST)
        await scribe.change(_LOG, **_line(line.tenant, word, chain.link(last, word)))


def _line(tenant: TenantId, entry: Entry, link: str | None) -> dict[str, object]:
    return {
        "tenant": tenant,
        "case_id": entry.case,
        "event": entry.event,
        "kind": entry.kind,
        "at": entry.at,
        "by": entry.by,
        "revision": entry.revision,
        "body": entry.body,
        "link": link,
    }


def _new(case: Case) -> dict[str, object]:
    """What stands in the row of a case from now on."""
    return {
        "new_body": codec.dump(codec.CASE, case),
        "new_version": case.revision,
        "new_project": codec.plain(text_of(case, "project")),
        "new_customer": codec.fold(text_of(case, "customer")),
    }


def _unshared(case: Case, person: PersonId) -> Case:
    """The case without them among those who may read it or are to be asked."""
    named, viewers = case.sharing.named, case.sharing.viewers
    rest = {id_: v for id_, v in viewers.items() if id_ != person}
    asked = named if named is not None and named.id != person else None
    return replace(case, sharing=replace(case.sharing, viewers=rest, named=asked))


def _named(body: str, person: PersonId) -> str:
    """What the person is called in this line of the log; empty where it is about somebody else."""
    who = json.loads(body).get("who")
    return str(who["name"]) if who and who["id"] == person else ""


def _is_leaving(card: Row) -> bool:
    """Whether it is on its way to a customer, in the words that were agreed to."""
    return card.look_at is not None and outward.number_of(card.slot) is not None


def _needles(who: Somebody) -> list[str]:
    """What a body holds that may name the person, as LIKE takes it."""
    plain = (e.replace("!", "!!").replace("%", "!%").replace("_", "!_") for e in who.spellings)
    return [f"%{each}%" for each in plain]


def _unsettled(body: str, who: Somebody) -> str:
    """Somebody else's own row, without the person as their lead or deputy."""
    other = codec.load(codec.PERSON, body)
    manners = other.manners
    if manners.lead == who.id:
        manners = replace(manners, lead=None, lead_name="")
    if manners.deputy == who.id:
        manners = replace(manners, deputy=None, deputy_name="")
    return who.out_of(codec.dump(codec.PERSON, replace(other, manners=manners)))


def _plain(name: str, value: object) -> object:
    """A value as JSON takes it; a body is JSON already."""
    if isinstance(value, datetime):
        return value.isoformat()
    return json.loads(value) if name == "body" and isinstance(value, str) else value
