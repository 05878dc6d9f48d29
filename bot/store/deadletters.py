"""Rows of the outbox that an operator must look at: listed, shown, mended, sent again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select, update

from bot.core.cards.blocks import Card
from bot.core.words import CaseId, TenantId
from bot.engine.letters import outward
from bot.engine.ports import USEFUL
from bot.store import codec
from bot.store.dialect import Database, Row, Scribe
from bot.store.tables import outbox

MOST = 500  # that are listed

_newer = outbox.alias("newer")
_is_over = (
    exists()
    .where(
        _newer.c.tenant == outbox.c.tenant,
        _newer.c.case_id == outbox.c.case_id,
        _newer.c.slot == outbox.c.slot,
        _newer.c.seq > outbox.c.seq,
    )
    .label("is_over")
)
_DEAD = select(outbox, _is_over).where(outbox.c.state == "dead")
_ALL = _DEAD.order_by(outbox.c.seq.desc()).limit(MOST)
_ONE = _DEAD.where(outbox.c.id == bindparam("id"))
_key = (outbox.c.id == bindparam("key"), outbox.c.state == "dead")
_MEND = update(outbox).where(*_key).values(body=bindparam("body"))
_AGAIN = (
    update(outbox)
    .where(*_key)
    .values(
        state="pending",
        attempt=0,
        error="",
        look_at=bindparam("look_at"),
        expires_at=bindparam("expires_at"),
    )
)


class BadCard(ValueError):
    """What was written is no card; the message names the places that do not fit."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A row that will not be tried again by itself."""

    id: str
    tenant: TenantId
    case: CaseId
    platform: str
    conversation: str
    slot: str
    error: str
    attempt: int
    made_at: datetime
    body: str  # of its card, as JSON
    is_over: bool  # a newer message of its slot has taken its place

    @property
    def is_outward(self) -> bool:
        """Whether it goes to a customer: then its owner decides, who has been told."""
        return outward.number_of(self.slot) is not None

    @property
    def is_readable(self) -> bool:
        """Whether this release can read its card."""
        try:
            codec.load(codec.CARD, self.body)
        except ValueError:
            return False
        return True


class DeadLetters:
    """Those of a database, of all tenants."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[DeadLetter, ...]:
        """The newest first, at most MOST; raises StoreUnavailable."""

        async def found(scribe: Scribe) -> tuple[DeadLetter, ...]:
            return tuple(_letter(row) for row in await scribe.rows(_ALL))

        return await self._database.read(found)

    async def one(self, id_: str) -> DeadLetter | None:
        """The one of this id."""

        async def found(scribe: Scribe) -> DeadLetter | None:
            rows = await scribe.rows(_ONE, id=id_)
            return _letter(rows[0]) if rows else None

        return await self._database.read(found)

    async def mend(self, id_: str, body: str) -> bool:
        """Put another card in its place; False when it is dead no more. Raises BadCard."""
        try:
            card: Card = codec.load(codec.CARD, body)
        except ValueError as error:
            raise BadCard(str(error)) from None
        async with self._database.writing() as scribe:
            return await scribe.change(_MEND, key=id_, body=codec.dump(codec.CARD, card)) == 1

    async def again(self, id_: str, at: datetime) -> bool:
        """Have it sent once more; False when it is dead no more."""
        values: dict[str, object] = {"key": id_, "look_at": at, "expires_at": at + USEFUL}
        async with self._database.writing() as scribe:
            return await scribe.change(_AGAIN, **values) == 1


def _letter(row: Row) -> DeadLetter:
    return DeadLetter(
        id=row.id,
        tenant=row.tenant,
        case=row.case_id,
        platform=row.platform,
        conversation=row.conversation,
        slot=row.slot,
        error=row.error,
        attempt=row.attempt,
        made_at=row.expires_at - USEFUL,
        body=row.body,
        is_over=bool(row.is_over),
    )
