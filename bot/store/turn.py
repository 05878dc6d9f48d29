"""A turn on a database: one transaction of one tenant, read and written by one scribe."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

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
    Ping,
    Place,
)
from bot.engine.sketch import Sketch
from bot.store import codec, lookups, shapes
from bot.store import statements as s
from bot.store.dialect import Dialect, Row, Scribe


class SqlTurn:
    """One write transaction of one tenant, on an open connection."""

    def __init__(self, scribe: Scribe, tenant: TenantId, words: Dialect) -> None:
        self._scribe = scribe
        self._read, self._write, self._note = scribe.rows, scribe.change, scribe.note
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
        await self._note(
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
        await self._note(
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
        keys = [self._slot(letter) for letter in letters]
        found = await self._scribe.each(s.SLOT, keys)
        for at, letter in enumerate(letters):
            rows = found[at]
            if keys[at] in keys[:at]:  # the one before has changed it
                rows = await self._read(s.SLOT, **keys[at])
            while not await self._put(letter, rows):  # its row was taken to be sent meanwhile
                rows = await self._read(s.SLOT, **keys[at])

    def _slot(self, letter: Letter) -> dict[str, str]:
        return {"tenant": self._tenant, "case_id": letter.case, "slot": letter.slot}

    async def _put(self, letter: Letter, rows: Sequence[Row]) -> bool:
        post = next((row for row in rows if row.kind == "post"), None)
        newest = max(rows, key=lambda row: int(row.seq), default=None)
        body, is_put_off = _body(letter, newest)
        same = newest is not None and (newest.body, newest.language) == (body, letter.language)
        same = same and not is_put_off  # of what is not drawn nobody knows
        states = post and post.state, newest and newest.state
        match slots.plan(*states, same=same, again=letter.again):
            case "keep":
                pass
            case "replace" if newest is not None and post is not None:
                row = post if newest.state in slots.GONE else newest
                if not await self._replace(row, letter, body):
                    return False
                self.lines[Line(self._tenant, letter.case, row.conversation)] = None
            case kind:
                place = Place(post.platform, post.conversation) if post else letter.place
                row = shapes.row(self._tenant, kind, replace(letter, place=place), body)
                await self._note(s.PUT, **row)
                self.lines[Line(self._tenant, letter.case, place.conversation)] = None
        return True

    async def _replace(self, row: Row, letter: Letter, body: str) -> bool:
        """Whether the card stands in the row, which is still as it was seen."""
        return (
            await self._write(
                s.REPLACE,
                key_tenant=self._tenant,
                key_seq=row.seq,
                key_state=row.state,
                body=body,
                language=letter.language,
                state="pending",
                attempt=0,
                look_at=letter.at,
                expires_at=letter.expires_at,
                error="",
            )
            == 1
        )

    async def set_ping(self, ping: Ping) -> None:
        """Remember it, in place of an earlier one of its kind."""
        await self._note(
            self._words.set_ping,
            tenant=self._tenant,
            case_id=ping.case,
            kind=ping.kind,
            due=ping.due,
        )

    async def drop_ping(self, case: CaseId, kind: str) -> None:
        """Forget it."""
        await self._note(s.DROP_PING, tenant=self._tenant, case_id=case, kind=kind)

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
        await self._note(
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
            await self._note(self._words.keep_playbook, **key, id=playbook.id, body=body)

    async def secrets(self) -> tuple[str, ...]:
        """The names of the tenant's secrets, in order."""
        return tuple(row.name for row in await self._read(s.SECRETS, tenant=self._tenant))

    async def _pings(self, statement: Executable, **values: object) -> tuple[Ping, ...]:
        rows = await self._read(statement, tenant=self._tenant, **values)
        return tuple(shapes.ping(row) for row in rows)


def _body(letter: Letter, newest: Row | None) -> tuple[str, bool]:
    """What stands in the letter's row, and whether its card is only drawn when the row is taken."""
    card = letter.card
    if not isinstance(card, Sketch):
        return codec.dump(codec.CARD, card), False
    if newest is not None and slots.may_wait(newest.kind, newest.state):
        return codec.put_off(newest.body, card.screen), True
    return codec.dump(codec.CARD, card.drawn()), False
