"""The store in memory: the same contract as on a database, for tests and for trying things out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bot.core.desk import Person
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import (
    CASES_REPORTED,
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
from bot.store.memory import held
from bot.store.memory.safe import MemorySafe
from bot.store.memory.tables import Tables
from bot.store.memory.turn import MemoryTurn, touched
from bot.store.shapes import UNDRAWN, card_of, claimed


class MemoryStore:
    """The tables as dictionaries; a turn works on a copy that takes their place at its end."""

    def __init__(self) -> None:
        self._tables = Tables()
        self._writer = asyncio.Lock()
        self.safe = MemorySafe()

    @asynccontextmanager
    async def turn(self, tenant: TenantId) -> AsyncIterator[MemoryTurn]:
        """Begin a write at once and keep it at the end."""
        async with self._writing() as tables:
            yield MemoryTurn(tables, tenant, self.safe)

    async def person(self, tenant: TenantId, id_: PersonId) -> Person | None:
        """The person, if they have been here."""
        return self._tables.people.get((tenant, id_))

    async def case(self, tenant: TenantId, id_: CaseId) -> Filed | None:
        """The case with its place."""
        return self._tables.cases.get((tenant, id_))

    async def cases_of_all(self, tenant: TenantId) -> tuple[Filed, ...]:
        """The tenant's cases, the one touched last first."""
        every = [f for (whose, _), f in self._tables.cases.items() if whose == tenant]
        return tuple(sorted(every, key=touched, reverse=True)[:CASES_REPORTED])

    async def entries(self, tenant: TenantId, case: CaseId | None) -> tuple[Entry, ...]:
        """The log of a case, oldest first; of None, what belongs to no case."""
        return tuple(e for whose, e in self._tables.log if whose == tenant and e.case == case)

    async def parcel(self, tenant: TenantId, id_: str) -> Parcel | None:
        """The row of the outbox with this id."""
        rows = self._tables.outbox
        return next((self._addressed(p) for p in rows if (p.tenant, p.id) == (tenant, id_)), None)

    async def reference(self, tenant: TenantId, case: CaseId, slot: str) -> MessageRef | None:
        """The message of a slot, as it stands now; None as long as it does not."""
        rows = await self.parcels(tenant, case)
        return next((r.ref for r in reversed(rows) if r.slot == slot and r.ref), None)

    async def parcels(self, tenant: TenantId, case: CaseId) -> tuple[Parcel, ...]:
        """All that was ever put into the outbox for a case, in order."""
        return tuple(
            self._addressed(p) for p in self._tables.outbox if (p.tenant, p.case) == (tenant, case)
        )

    async def messages(
        self, tenant: TenantId, place: Place, *, limit: int | None = None
    ) -> tuple[Parcel, ...]:
        """What stands in a conversation: of each slot that was posted, the newest that was sent."""
        sent = (
            p
            for p in self._tables.outbox
            if (p.tenant, p.place) == (tenant, place) and p.state == "sent"
        )
        return tuple({(p.case, p.slot): self._addressed(p) for p in islice(sent, limit)}.values())

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
        taken: list[int] = []
        async with self._writing() as tables:
            while not taken and (heads := _due(tables, at, line)[:limit]):
                for i in heads:
                    row = tables.outbox[i]
                    turn = MemoryTurn(tables, row.tenant, self.safe)
                    card = await card_of(turn, row, at, draw)
                    if card is None:
                        tables.outbox[i] = replace(row, state="dead", look_at=None, error=UNDRAWN)
                        continue
                    tables.outbox[i] = replace(claimed(row, lease_until), card=card, later=None)
                    taken.append(i)
        return tuple(self._addressed(self._tables.outbox[i]) for i in taken)

    async def settle(self, parcel: Parcel, outcome: Outcome) -> bool:
        """Record what became of a claimed parcel; False when the claim had passed to another."""
        async with self._writing() as tables:
            for i, row in enumerate(tables.outbox):
                if (row.tenant, row.id) == (parcel.tenant, parcel.id) and held.holds(
                    row, parcel, outcome
                ):
                    tables.outbox[i] = replace(
                        row,
                        state=outcome.state,
                        look_at=outcome.look_at,
                        ref=outcome.ref,
                        error=outcome.error,
                    )
                    return True
        return False

    async def pings(self, at: datetime, *, limit: int = 100) -> tuple[Ping, ...]:
        """What is due, the oldest first, of all tenants."""
        due = (p for p in self._tables.pings.values() if p.due <= at)
        return tuple(sorted(due, key=lambda p: (p.due, p.case, p.kind))[:limit])

    async def next_due(self) -> datetime | None:
        """When the next ping or the next head of a line wants to be looked at."""
        heads = (self._tables.outbox[i].look_at for i in _heads(self._tables))
        return min(
            [*filter(None, heads), *(p.due for p in self._tables.pings.values())], default=None
        )

    async def forget(self, before: datetime, *, limit: int = 1000) -> int:
        """Let go of the ids of inbounds from before then."""
        async with self._writing() as tables:
            old = sorted((at, key) for key, at in tables.inbox.items() if at < before)[:limit]
            gone = {key for _, key in old}
            tables.inbox = {k: at for k, at in tables.inbox.items() if k not in gone}
            return len(gone)

    async def erase(self, tenant: TenantId) -> None:
        """Delete all that is kept of a tenant."""
        async with self._writing() as tables:
            tables.people = held.others(tables.people, tenant)
            tables.cases = held.others(tables.cases, tenant)
            tables.inbox = held.others(tables.inbox, tenant)
            tables.pings = held.others(tables.pings, tenant)
            tables.playbooks = held.others(tables.playbooks, tenant)
            tables.lessons = held.others(tables.lessons, tenant)
            tables.log[:] = [(whose, entry) for whose, entry in tables.log if whose != tenant]
            tables.outbox[:] = [row for row in tables.outbox if row.tenant != tenant]
        self.safe.erase(tenant)

    async def close(self) -> None:
        """Nothing is held."""

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[Tables]:
        async with self._writer:
            tables = self._tables.copy()
            yield tables
            self._tables = tables

    def _addressed(self, parcel: Parcel) -> Parcel:
        key = parcel.tenant, parcel.case, parcel.slot
        rows = (p for p in reversed(self._tables.outbox) if (p.tenant, p.case, p.slot) == key)
        filed = self._tables.cases.get(key[:2])
        return replace(
            parcel,
            ref=next((p.ref for p in rows if p.ref), None),
            at_home=filed is not None and filed.place == parcel.place,
        )


def _due(tables: Tables, at: datetime, line: Line | None) -> list[int]:
    """The heads of lines that are due, what has waited longest first."""
    due = [i for i in _heads(tables) if held.due(tables.outbox[i], at, line)]
    return sorted(due, key=lambda i: (tables.outbox[i].look_at or at, i))


def _heads(tables: Tables) -> list[int]:
    """The first row of each line about which something is still to be done."""
    heads: dict[tuple[TenantId, CaseId, str], int] = {}
    for i, row in enumerate(tables.outbox):
        if row.look_at is not None:
            heads.setdefault((row.tenant, row.case, row.place.conversation), i)
    return sorted(heads.values())
