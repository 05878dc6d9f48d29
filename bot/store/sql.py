"""The store on a database: every turn is one transaction."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Executable

from bot.core.desk import Person
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import (
    Draw,
    Entry,
    Filed,
    Line,
    MessageRef,
    Outcome,
    Parcel,
    Ping,
    Place,
)
from bot.store import leases, lookups, shapes
from bot.store import statements as s
from bot.store.deadletters import DeadLetters
from bot.store.dialect import Database, Row, Scribe
from bot.store.safe import SqlSafe
from bot.store.sqlite.file import DatabaseFile
from bot.store.turn import SqlTurn
from bot.store.upkeep import Upkeep
from bot.store.watching import Watched

EVERYTHING = 1 << 62  # rows

_log = structlog.get_logger(__name__)


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
        self,
        at: datetime,
        lease_until: datetime,
        *,
        line: Line | None = None,
        limit: int = 16,
        draw: Draw | None = None,
    ) -> tuple[Parcel, ...]:
        """Take what is due at the head of its line, until the lease ends."""
        statement, values = leases.claim(self._database.dialect, line)
        values |= {"at": at, "limit": limit}
        taken: list[Parcel] = []
        async with self._database.writing() as scribe:
            while not taken and (rows := await scribe.rows(statement, **values)):
                for row in rows:
                    # which holds no case: a turn that holds one may wait for this very row
                    turn = SqlTurn(scribe, row.tenant, self._database.dialect)
                    parcel = shapes.readable(row)
                    card = await shapes.card_of(turn, parcel, at, draw) if parcel else None
                    if parcel is None or card is None:
                        why = shapes.UNDRAWN if parcel else leases.UNREADABLE
                        await leases.bury(scribe, row, why)
                        continue
                    taken.append(await leases.lease(scribe, row.seq, parcel, card, lease_until))
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
