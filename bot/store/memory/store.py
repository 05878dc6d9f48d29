"""The store in memory: the same contract as on a database, for tests and for trying things out."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice

from bot.core.case import Case, text_of
from bot.core.desk import Person
from bot.core.lessons.lesson import Lesson, terms
from bot.core.pings.reminder import key_in
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine.errors import Conflict
from bot.engine.keeping import chain
from bot.engine.letters import slots
from bot.engine.ports import (
    ASKS_TOGETHER,
    CASES_REPORTED,
    CASES_TOGETHER,
    LESSONS_TOGETHER,
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
from bot.store.codec import fold
from bot.store.memory import held
from bot.store.memory.safe import MemorySafe
from bot.store.memory.tables import Tables


class MemoryTurn:
    """One write transaction of one tenant, on a copy of the tables."""

    def __init__(self, tables: Tables, tenant: TenantId) -> None:
        self._tables = tables
        self._tenant = tenant

    async def take_in(self, id_: EventId, at: datetime) -> bool:
        """Note an inbound's id; False when it had been noted before."""
        new = (self._tenant, id_) not in self._tables.inbox
        self._tables.inbox.setdefault((self._tenant, id_), at)
        return new

    async def person(self, id_: PersonId) -> Person | None:
        """The person, if they have been here."""
        return self._tables.people.get((self._tenant, id_))

    async def save_person(self, person: Person) -> None:
        """Put the person in place."""
        self._tables.people[self._tenant, person.id] = person

    async def case(self, id_: CaseId) -> Filed | None:
        """The case with its place."""
        return self._tables.cases.get((self._tenant, id_))

    async def cases(self, owner: PersonId) -> tuple[Filed, ...]:
        """The owner's cases, the one touched last first, at most a hundred."""
        mine = [
            filed
            for (tenant, _), filed in self._tables.cases.items()
            if tenant == self._tenant and filed.case.owner == owner
        ]
        return tuple(sorted(mine, key=_touched, reverse=True)[:100])

    async def cases_with(self, owner: PersonId, customer: str, *, but: CaseId) -> tuple[Case, ...]:
        """The owner's cases with this customer other than `but`, the one touched last first."""
        wanted = fold(customer)
        mine = (
            filed.case
            for (tenant, _), filed in self._tables.cases.items()
            if tenant == self._tenant and filed.case.owner == owner
        )
        found = (c for c in mine if c.id != but and fold(text_of(c, "customer")) == wanted)
        latest = sorted(found, key=lambda c: (c.touched_at, c.id), reverse=True)
        return tuple(latest[:CASES_TOGETHER])

    async def share(self, case: CaseId, viewers: Sequence[PersonId]) -> None:
        """Let exactly these read a case: it says so itself, and is looked through here."""

    async def shared_with(self, viewer: PersonId) -> tuple[Filed, ...]:
        """The cases that they may read besides their own, the one touched last first."""
        mine = [
            filed
            for (tenant, _), filed in self._tables.cases.items()
            if tenant == self._tenant and viewer in filed.case.sharing.viewers
        ]
        return tuple(sorted(mine, key=_touched, reverse=True)[:100])

    async def save(self, filed: Filed, *, was: int | None) -> None:
        """Compare and set; raises Conflict when another revision stands there."""
        key = self._tenant, filed.case.id
        standing = self._tables.cases.get(key)
        if (standing.case.revision if standing else None) != was:
            raise Conflict
        self._tables.cases[key] = filed

    async def log(self, entry: Entry) -> None:
        """Append one line, linked to the one before where it belongs to the record."""
        if entry.chained:
            mine = (
                e for who, e in self._tables.log if who == self._tenant and e.case == entry.case
            )
            last = [e.link for e in mine if e.chained]
            entry = replace(entry, link=chain.link(last[-1] if last else chain.FIRST, entry))
        self._tables.log.append((self._tenant, entry))

    async def put(self, letters: Sequence[Letter]) -> None:
        """Write letters to the outbox, in order; `slots.plan` says what becomes of each."""
        for letter in letters:
            self._put(letter)

    def _put(self, letter: Letter) -> None:
        key = self._tenant, letter.case, letter.slot
        rows = [
            (i, row)
            for i, row in enumerate(self._tables.outbox)
            if (row.tenant, row.case, row.slot) == key
        ]
        if not rows:
            self._tables.outbox.append(self._parcel("post", letter, letter.place))
            return
        (first, post), (last, newest) = rows[0], rows[-1]
        same = (newest.card, newest.language) == (letter.card, letter.language)
        match slots.plan(post.state, newest.state, same=same, again=letter.again):
            case "replace":
                index = first if newest.state in slots.GONE else last
                old = self._tables.outbox[index]
                new = self._parcel(old.kind, letter, old.place)
                self._tables.outbox[index] = replace(new, id=old.id)
            case "edit":
                self._tables.outbox.append(self._parcel("edit", letter, post.place))
            case "post" | "keep":
                pass

    def _parcel(self, kind: str, letter: Letter, place: Place) -> Parcel:
        return Parcel(
            id=letter.id,
            tenant=self._tenant,
            case=letter.case,
            place=place,
            slot=letter.slot,
            kind="post" if kind == "post" else "edit",
            language=letter.language,
            card=letter.card,
            state="pending",
            attempt=0,
            look_at=letter.at,
            expires_at=letter.expires_at,
            ref=None,
        )

    async def set_ping(self, ping: Ping) -> None:
        """Remember it, in place of an earlier one of its kind."""
        self._tables.pings[self._tenant, ping.case, ping.kind] = ping

    async def drop_ping(self, case: CaseId, kind: str) -> None:
        """Forget it."""
        self._tables.pings.pop((self._tenant, case, kind), None)

    async def take_ping(self, ping: Ping) -> bool:
        """Take exactly this reminder away; False when it is gone or has moved."""
        key = self._tenant, ping.case, ping.kind
        standing = self._tables.pings.get(key)
        if standing is None or standing.due != ping.due:
            return False
        del self._tables.pings[key]
        return True

    async def due_asks(self, owner: PersonId, at: datetime) -> tuple[Ping, ...]:
        """What is to be asked of this owner by now, the oldest first."""
        mine = self._of(owner)
        due = [
            ping
            for (tenant, case, kind), ping in self._tables.pings.items()
            if tenant == self._tenant and case in mine and key_in(kind) and ping.due <= at
        ]
        return tuple(sorted(due, key=lambda p: (p.due, p.case, p.kind))[:ASKS_TOGETHER])

    async def due_digests(self, owner: PersonId, kind: str, at: datetime) -> tuple[Ping, ...]:
        """The digests or nudges of this kind due by now for this owner, one a case at most."""
        mine = self._of(owner)
        pings = [p for key, p in self._tables.pings.items() if key[0] == self._tenant]
        return tuple(p for p in pings if p.case in mine and p.kind == kind and p.due <= at)

    def _of(self, owner: PersonId) -> set[CaseId]:
        return {
            filed.case.id
            for (tenant, _), filed in self._tables.cases.items()
            if tenant == self._tenant and filed.case.owner == owner
        }

    async def lesson(self, id_: str) -> Lesson | None:
        """The lesson of this name."""
        return self._tables.lessons.get((self._tenant, id_))

    async def keep_lesson(self, lesson: Lesson) -> None:
        """Keep it, in place of an earlier one of its name."""
        self._tables.lessons[self._tenant, lesson.id] = lesson

    async def lessons(self, words: str, category: str = "") -> tuple[Lesson, ...]:
        """Those that hold one of the terms or are of this kind of cause, the newest first."""
        wanted = terms(words)
        found = [
            lesson
            for (tenant, _), lesson in self._tables.lessons.items()
            if tenant == self._tenant
            and (
                (category and lesson.category == category)
                or any(term in lesson.words.casefold() for term in wanted)
            )
        ]
        return tuple(found[::-1][:LESSONS_TOGETHER])

    async def playbook(self, digest: str) -> Playbook | None:
        """The playbook that was kept under this digest."""
        return self._tables.playbooks.get((self._tenant, digest))

    async def keep_playbook(self, playbook: Playbook) -> None:
        """Keep it under its digest; nothing happens when it is there."""
        self._tables.playbooks.setdefault((self._tenant, playbook.digest), playbook)


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
            yield MemoryTurn(tables, tenant)

    async def person(self, tenant: TenantId, id_: PersonId) -> Person | None:
        """The person, if they have been here."""
        return self._tables.people.get((tenant, id_))

    async def case(self, tenant: TenantId, id_: CaseId) -> Filed | None:
        """The case with its place."""
        return self._tables.cases.get((tenant, id_))

    async def cases_of_all(self, tenant: TenantId) -> tuple[Filed, ...]:
        """The tenant's cases, the one touched last first."""
        every = [f for (whose, _), f in self._tables.cases.items() if whose == tenant]
        return tuple(sorted(every, key=_touched, reverse=True)[:CASES_REPORTED])

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
        self, at: datetime, lease_until: datetime, *, line: Line | None = None, limit: int = 16
    ) -> tuple[Parcel, ...]:
        """Take what is due at the head of its line, until the lease ends."""
        async with self._writing() as tables:
            due = [i for i in _heads(tables) if held.due(tables.outbox[i], at, line)]
            heads = sorted(due, key=lambda i: (tables.outbox[i].look_at or at, i))[:limit]
            for i in heads:
                row = tables.outbox[i]
                fresh = row.state == "pending"
                tables.outbox[i] = replace(
                    row,
                    state="sending" if fresh else "unknown",
                    attempt=row.attempt + 1 if fresh else row.attempt,
                    look_at=lease_until,
                )
        return tuple(self._addressed(self._tables.outbox[i]) for i in heads)

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
        return replace(parcel, ref=next((p.ref for p in rows if p.ref), None))


def _touched(filed: Filed) -> tuple[datetime, CaseId]:
    return filed.case.touched_at, filed.case.id


def _heads(tables: Tables) -> list[int]:
    """The first row of each line about which something is still to be done."""
    heads: dict[tuple[TenantId, CaseId, str], int] = {}
    for i, row in enumerate(tables.outbox):
        if row.look_at is not None:
            heads.setdefault((row.tenant, row.case, row.place.conversation), i)
    return sorted(heads.values())
