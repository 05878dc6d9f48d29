"""The store on a database: every turn is one transaction."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Executable

from bot.core.case import Case, text_of
from bot.core.desk import Person
from bot.core.lessons.lesson import Lesson
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine.errors import Conflict
from bot.engine.keeping import chain
from bot.engine.letters import slots
from bot.engine.ports import (
    Entry,
    Filed,
    Letter,
    Line,
    MessageRef,
    Outcome,
    Parcel,
    Ping,
    Place,
)
from bot.store import codec, leases, lookups, shapes
from bot.store import statements as s
from bot.store.deadletters import DeadLetters
from bot.store.dialect import Database, Dialect, Row, Scribe
from bot.store.safe import SqlSafe
from bot.store.sqlite.file import DatabaseFile
from bot.store.upkeep import Upkeep
from bot.store.watching import Watched

EVERYTHING = 1 << 62  # rows

_log = structlog.get_logger(__name__)


class SqlTurn:
    """One write transaction of one tenant, on an open connection."""

    def __init__(self, scribe: Scribe, tenant: TenantId, words: Dialect) -> None:
        self._scribe = scribe
        self._tenant = tenant
        self._words = words
        self.lines: dict[Line, None] = {}  # for which something was put into the outbox

    async def take_in(self, id_: EventId, at: datetime) -> bool:
        """Note an inbound's id; False when it had been noted before."""
        return await self._write(self._words.take_in, tenant=self._tenant, id=id_, at=at) == 1

    async def person(self, id_: PersonId) -> Person | None:
        """The person, if they have been here."""
        return await lookups.person(self._scribe, self._tenant, id_)

    async def save_person(self, person: Person) -> None:
        """Put the person in place."""
        await self._write(
            self._words.save_person,
            tenant=self._tenant,
            id=person.id,
            body=codec.dump(codec.PERSON, person),
        )

    async def case(self, id_: CaseId) -> Filed | None:
        """The case with its place."""
        return await lookups.case(self._scribe, self._tenant, id_)

    async def cases(self, owner: PersonId) -> tuple[Filed, ...]:
        """The owner's cases, the one touched last first, at most a hundred."""
        rows = await self._read(s.CASES, tenant=self._tenant, owner=owner)
        return tuple(shapes.filed(r.body, r.platform, r.conversation) for r in rows)

    async def cases_with(self, owner: PersonId, customer: str, *, but: CaseId) -> tuple[Case, ...]:
        """The owner's cases with this customer other than `but`, the one touched last first."""
        rows = await self._read(
            s.CASES_WITH, tenant=self._tenant, owner=owner, customer=codec.fold(customer), but=but
        )
        return tuple(codec.load(codec.CASE, row.body) for row in rows)

    async def share(self, case: CaseId, viewers: Sequence[PersonId]) -> None:
        """Let exactly these read a case besides its owner."""
        await lookups.share(self._scribe, self._tenant, case, viewers)

    async def shared_with(self, viewer: PersonId) -> tuple[Filed, ...]:
        """The cases that they may read besides their own, the one touched last first."""
        return await lookups.shared_with(self._scribe, self._tenant, viewer)

    async def save(self, filed: Filed, *, was: int | None) -> None:
        """Compare and set; raises Conflict when another revision stands there."""
        case = filed.case
        values = {
            "version": case.revision,
            "phase": case.phase,
            "project": codec.plain(text_of(case, "project")),
            "customer": codec.fold(text_of(case, "customer")),
            "platform": filed.place.platform,
            "conversation": filed.place.conversation,
            "updated_at": case.touched_at,
            "body": codec.dump(codec.CASE, case),
        }
        if was is None:
            fixed = {"tenant": self._tenant, "id": case.id, "owner": case.owner}
            done = await self._write(self._words.new_case, **values, **fixed, digest=case.digest)
        else:
            key = {"key_tenant": self._tenant, "key_id": case.id, "was": was}
            done = await self._write(s.SET_CASE, **values, **key)
        if done != 1:
            raise Conflict

    async def log(self, entry: Entry) -> None:
        """Append one line, linked to the one before where it belongs to the record."""
        link: str | None = None
        if entry.chained:
            values = {"tenant": self._tenant, "case_id": entry.case}
            which = s.LAST_LINK if entry.case is not None else s.LAST_LOOSE_LINK
            last = await self._scribe.value(which, **values)
            link = chain.link(last or chain.FIRST, entry)
        await self._write(
            s.LOG,
            link=link,
            tenant=self._tenant,
            case_id=entry.case,
            event=entry.event,
            kind=entry.kind,
            at=entry.at,
            by=entry.by,
            revision=entry.revision,
            body=entry.body,
        )

    async def put(self, letters: Sequence[Letter]) -> None:
        """Write letters to the outbox, in order; `slots.plan` says what becomes of each."""
        for letter in letters:
            rows = await self._read(
                s.SLOT, tenant=self._tenant, case_id=letter.case, slot=letter.slot
            )
            post = next((row for row in rows if row.kind == "post"), None)
            newest = max(rows, key=lambda row: int(row.seq), default=None)
            body = codec.dump(codec.CARD, letter.card)
            same = newest is not None and (newest.body, newest.language) == (body, letter.language)
            states = post and post.state, newest and newest.state
            match slots.plan(*states, same=same, again=letter.again):
                case "keep":
                    pass
                case "replace" if newest is not None and post is not None:
                    row = post if newest.state in slots.GONE else newest
                    await self._replace(row.seq, letter, body)
                    self.lines[Line(self._tenant, letter.case, row.conversation)] = None
                case kind:
                    place = Place(post.platform, post.conversation) if post else letter.place
                    row = shapes.row(self._tenant, kind, replace(letter, place=place), body)
                    await self._write(s.PUT, **row)
                    self.lines[Line(self._tenant, letter.case, place.conversation)] = None

    async def _replace(self, seq: int, letter: Letter, body: str) -> None:
        await self._write(
            s.REPLACE,
            key_tenant=self._tenant,
            key_seq=seq,
            body=body,
            language=letter.language,
            state="pending",
            attempt=0,
            look_at=letter.at,
            expires_at=letter.expires_at,
            error="",
        )

    async def set_ping(self, ping: Ping) -> None:
        """Remember it, in place of an earlier one of its kind."""
        await self._write(
            self._words.set_ping,
            tenant=self._tenant,
            case_id=ping.case,
            kind=ping.kind,
            due=ping.due,
        )

    async def drop_ping(self, case: CaseId, kind: str) -> None:
        """Forget it."""
        await self._write(s.DROP_PING, tenant=self._tenant, case_id=case, kind=kind)

    async def take_ping(self, ping: Ping) -> bool:
        """Take exactly this reminder away; False when it is gone or has moved."""
        key = {"tenant": self._tenant, "case_id": ping.case, "kind": ping.kind}
        return await self._write(s.TAKE_PING, **key, due=ping.due) == 1

    async def due_asks(self, owner: PersonId, at: datetime) -> tuple[Ping, ...]:
        """What is to be asked of this owner by now, the oldest first."""
        return await self._pings(s.DUE_ASKS, owner=owner, at=at)

    async def due_digests(self, owner: PersonId, kind: str, at: datetime) -> tuple[Ping, ...]:
        """The digests or nudges of this kind due by now for this owner, one a case at most."""
        return await self._pings(s.DUE_DIGESTS, owner=owner, kind=kind, at=at)

    async def lesson(self, id_: str) -> Lesson | None:
        """The lesson of this name."""
        rows = await self._read(s.LESSON, tenant=self._tenant, id=id_)
        return codec.load(codec.LESSON, rows[0].body) if rows else None

    async def keep_lesson(self, lesson: Lesson) -> None:
        """Keep it, in place of an earlier one of its name."""
        await self._write(
            self._words.save_lesson,
            tenant=self._tenant,
            id=lesson.id,
            category=lesson.category,
            words=codec.plain(lesson.words.casefold()),
            body=codec.dump(codec.LESSON, lesson),
        )

    async def lessons(self, words: str, category: str = "") -> tuple[Lesson, ...]:
        """Those that hold one of the terms or are of this kind of cause, the newest first."""
        rows = await self._read(
            self._words.lessons,
            tenant=self._tenant,
            category=category or "-",
            **self._words.terms_of(words),
        )
        return tuple(codec.load(codec.LESSON, row.body) for row in rows)

    async def playbook(self, digest: str) -> Playbook | None:
        """The playbook that was kept under this digest."""
        rows = await self._read(s.PLAYBOOK, tenant=self._tenant, digest=digest)
        return codec.load(codec.PLAYBOOK, rows[0].body) if rows else None

    async def keep_playbook(self, playbook: Playbook) -> None:
        """Keep it under its digest; nothing happens when it is there."""
        key = {"tenant": self._tenant, "digest": playbook.digest}
        if not await self._read(s.HAS_PLAYBOOK, **key):
            body = codec.dump(codec.PLAYBOOK, playbook)
            await self._write(self._words.keep_playbook, **key, id=playbook.id, body=body)

    async def _pings(self, statement: Executable, **values: object) -> tuple[Ping, ...]:
        rows = await self._read(statement, tenant=self._tenant, **values)
        return tuple(shapes.ping(row) for row in rows)

    async def _read(self, statement: Executable, **values: object) -> Sequence[Row]:
        return await self._scribe.rows(statement, **values)

    async def _write(self, statement: Executable, **values: object) -> int:
        return await self._scribe.change(statement, **values)


class SqlStore:
    """The tables in a database that has been made ready: a SQLite file, or whatever is given."""

    def __init__(
        self, kept_in: Path | Database, *, patience: timedelta = timedelta(seconds=5)
    ) -> None:
        """`patience` is how long a statement waits for another process that holds a file."""
        if isinstance(kept_in, Path):
            kept_in = DatabaseFile(kept_in, patience=patience)
        self._database: Database = kept_in
        self.watched, self.dead = Watched(kept_in), DeadLetters(kept_in)
        self.upkeep, self.safe = Upkeep(kept_in), SqlSafe(kept_in)

    @asynccontextmanager
    async def turn(self, tenant: TenantId) -> AsyncIterator[SqlTurn]:
        """Begin a write at once and commit at the end; raises StoreUnavailable, BrokenDatabase."""
        async with self._database.writing() as scribe:
            yield SqlTurn(scribe, tenant, self._database.dialect)

    async def person(self, tenant: TenantId, id_: PersonId) -> Person | None:
        """The person, if they have been here."""
        return await self._database.read(lambda c: lookups.person(c, tenant, id_))

    async def case(self, tenant: TenantId, id_: CaseId) -> Filed | None:
        """The case with its place."""
        return await self._database.read(lambda c: lookups.case(c, tenant, id_))

    async def cases_of_all(self, tenant: TenantId) -> tuple[Filed, ...]:
        """The tenant's cases, the one touched last first; others get their turns meanwhile."""
        found: list[Filed] = []
        for row in await self._read(s.CASES_OF_ALL, tenant=tenant):
            found.append(shapes.filed(row.body, row.platform, row.conversation))
            await asyncio.sleep(0)
        return tuple(found)

    async def entries(self, tenant: TenantId, case: CaseId | None) -> tuple[Entry, ...]:
        """The log of a case, oldest first; of None, what belongs to no case."""
        which = s.ENTRIES if case is not None else s.LOOSE_ENTRIES
        rows = await self._read(which, tenant=tenant, case_id=case)
        return tuple(shapes.entry(row) for row in rows)

    async def parcel(self, tenant: TenantId, id_: str) -> Parcel | None:
        """The row of the outbox with this id."""
        rows = await self._read(s.PARCEL, tenant=tenant, id=id_)
        return shapes.readable(rows[0]) if rows else None

    async def reference(self, tenant: TenantId, case: CaseId, slot: str) -> MessageRef | None:
        """The message of a slot, as it stands now; None as long as it does not."""
        rows = await self._read(s.REFERENCE, tenant=tenant, case_id=case, slot=slot)
        return MessageRef(rows[0].ref) if rows else None

    async def parcels(self, tenant: TenantId, case: CaseId) -> tuple[Parcel, ...]:
        """All that was ever put into the outbox for a case, in order."""
        rows = await self._read(s.PARCELS, tenant=tenant, case_id=case)
        return tuple(parcel for row in rows if (parcel := shapes.readable(row)))

    async def messages(
        self, tenant: TenantId, place: Place, *, limit: int | None = None
    ) -> tuple[Parcel, ...]:
        """What stands in a conversation: of each slot that was posted, the newest that was sent."""
        most = EVERYTHING if limit is None else limit
        rows = await self._read(s.MESSAGES, tenant=tenant, **asdict(place), limit=most)
        found = (parcel for row in rows if (parcel := shapes.readable(row)))
        return tuple({(parcel.case, parcel.slot): parcel for parcel in found}.values())

    async def claim(
        self, at: datetime, lease_until: datetime, *, line: Line | None = None, limit: int = 16
    ) -> tuple[Parcel, ...]:
        """Take what is due at the head of its line, until the lease ends."""
        statement, values = leases.claim(self._database.dialect, line)
        values |= {"at": at, "limit": limit}
        taken: list[Parcel] = []
        async with self._database.writing() as scribe:
            while not taken and (rows := await scribe.rows(statement, **values)):
                for row in rows:
                    parcel = shapes.readable(row)
                    if parcel is None:
                        await leases.bury(scribe, row)
                    else:
                        taken.append(await leases.lease(scribe, row.seq, parcel, lease_until))
        return tuple(taken)

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Record what became of a claimed parcel; False when the claim had passed to another."""
        values = {
            "key_tenant": parcel.tenant,
            "key_id": parcel.id,
            "key_attempt": parcel.attempt,
            "lease": parcel.look_at,
            "became": outcome.state,
            "state": outcome.state,
            "look_at": outcome.look_at,
            "ref": outcome.ref,
            "error": outcome.error,
        }
        async with self._database.writing() as scribe:
            return await scribe.change(s.SETTLE, **values) == 1

    async def pings(self, at: datetime, *, limit: int = 100) -> tuple[Ping, ...]:
        """What is due, the oldest first, of all tenants."""
        return tuple(shapes.ping(r) for r in await self._read(s.PINGS, at=at, limit=limit))

    async def next_due(self) -> datetime | None:
        """When the next ping or the next head of a line wants to be looked at."""

        async def both(scribe: Scribe) -> list[datetime | None]:
            return [await scribe.value(each) for each in (s.NEXT_PARCEL, s.NEXT_PING)]

        found = await self._database.read(both)
        return min((at for at in found if at is not None), default=None)

    async def whose(self, id_: CaseId) -> tuple[TenantId, ...]:
        """The tenants that have a case of this id, for an operator."""
        return tuple(TenantId(r.tenant) for r in await self._read(s.WHOSE, id=id_))

    async def tenants(self) -> tuple[TenantId, ...]:
        """Every tenant that has a case, for an operator."""
        return tuple(TenantId(r.tenant) for r in await self._read(s.TENANTS))

    async def recorded(self) -> tuple[Line, ...]:
        """Every case that has a record, or that told its customer, for an operator."""
        rows = [*await self._read(s.CHAINED), *await self._read(s.DELIVERED)]
        return tuple(dict.fromkeys(Line(r.tenant, r.case_id) for r in rows))

    async def forget(self, before: datetime, *, limit: int = 1000) -> int:
        """Let go of the ids of inbounds from before then; gives how many there were."""
        async with self._database.writing() as scribe:
            return await scribe.change(s.FORGET, before=before, limit=limit)

    async def erase(self, tenant: TenantId) -> None:
        """Delete all that is kept of a tenant, in one transaction."""
        async with self._database.writing() as scribe:
            for statement in s.ERASE:
                await scribe.change(statement, tenant=tenant)

    async def close(self) -> None:
        """Let go of the database."""
        await self._database.close()

    async def _read(self, statement: Executable, **values: object) -> Sequence[Row]:

        async def rows(scribe: Scribe) -> Sequence[Row]:
            return await scribe.rows(statement, **values)

        return await self._database.read(rows)
