"""A turn in memory: on a copy of the tables, which takes their place when it ends well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.cards.blocks import Card
from bot.core.case import Case, text_of
from bot.core.desk import Person
from bot.core.effects import StepScreen
from bot.core.lessons.lesson import Lesson, terms
from bot.core.pings.reminder import key_in
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine.errors import Conflict
from bot.engine.keeping import chain
from bot.engine.letters import slots
from bot.engine.ports import (
    ASKS_TOGETHER,
    CASES_TOGETHER,
    LESSONS_TOGETHER,
    Entry,
    Filed,
    Letter,
    Parcel,
    Ping,
    Place,
)
from bot.engine.sketch import Sketch
from bot.store.codec import fold
from bot.store.memory.safe import MemorySafe
from bot.store.memory.tables import Tables


class MemoryTurn:
    """One write transaction of one tenant, on a copy of the tables."""

    def __init__(self, tables: Tables, tenant: TenantId, safe: MemorySafe) -> None:
        self._tables = tables
        self._tenant = tenant
        self._safe = safe

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
        return tuple(sorted(mine, key=touched, reverse=True)[:100])

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
        return tuple(sorted(mine, key=touched, reverse=True)[:100])

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
            card, _ = _drawn(letter, None)
            self._tables.outbox.append(self._parcel("post", letter, letter.place, card))
            return
        (first, post), (last, newest) = rows[0], rows[-1]
        card, later = _drawn(letter, newest)
        same = (newest.card, newest.language) == (card, letter.language)
        same = same and later is newest.later is None  # of what is not drawn nobody knows
        match slots.plan(post.state, newest.state, same=same, again=letter.again):
            case "replace":
                index = first if newest.state in slots.GONE else last
                old = self._tables.outbox[index]
                new = self._parcel(old.kind, letter, old.place, card)
                self._tables.outbox[index] = replace(new, id=old.id, later=later)
            case "edit":
                self._tables.outbox.append(self._parcel("edit", letter, post.place, card))
            case "post" | "keep":
                pass

    def _parcel(self, kind: str, letter: Letter, place: Place, card: Card) -> Parcel:
        return Parcel(
            id=letter.id,
            tenant=self._tenant,
            case=letter.case,
            place=place,
            slot=letter.slot,
            kind="post" if kind == "post" else "edit",
            language=letter.language,
            card=card,
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

    async def secrets(self) -> tuple[str, ...]:
        """The names of the tenant's secrets, in order."""
        return tuple(sealed.name for sealed in await self._safe.of(self._tenant))


def _drawn(letter: Letter, newest: Parcel | None) -> tuple[Card, StepScreen | None]:
    """The card of its row; where it is put off, the one before it and what is to be drawn."""
    card = letter.card
    if not isinstance(card, Sketch):
        return card, None
    if newest is not None and slots.may_wait(newest.kind, newest.state):
        return newest.card, card.screen
    return card.drawn(), None


def touched(filed: Filed) -> tuple[datetime, CaseId]:
    """How cases are sorted: by when they were touched last."""
    return filed.case.touched_at, filed.case.id
