"""Rows of the tables as values, and letters as rows."""

from dataclasses import replace
from datetime import datetime

import structlog

from bot.core.cards.blocks import Card
from bot.core.words import TenantId
from bot.engine.ports import (
    Draw,
    Entry,
    Filed,
    Letter,
    MessageRef,
    Parcel,
    Ping,
    Place,
    Turn,
)
from bot.store import codec
from bot.store.dialect import Row

UNDRAWN = "the card cannot be drawn"  # the error of a row of whose case no card comes

_log = structlog.get_logger(__name__)


def entry(row: Row) -> Entry:
    """A line of the log."""
    return Entry(
        row.event,
        row.kind,
        row.at,
        row.by,
        row.body,
        case=row.case_id,
        revision=row.revision,
        chained=row.link is not None,
        link=row.link or "",
    )


def row(tenant: TenantId, kind: str, letter: Letter, body: str) -> dict[str, object]:
    """A letter as a row of the outbox that waits."""
    return {
        "id": letter.id,
        "tenant": tenant,
        "case_id": letter.case,
        "platform": letter.place.platform,
        "conversation": letter.place.conversation,
        "slot": letter.slot,
        "kind": kind,
        "language": letter.language,
        "body": body,
        "state": "pending",
        "attempt": 0,
        "look_at": letter.at,
        "expires_at": letter.expires_at,
        "ref": None,
        "error": "",
    }


def filed(body: str, platform: str, conversation: str) -> Filed:
    """A case with its place."""
    return Filed(codec.load(codec.CASE, body), Place(platform, conversation))


def parcel(row: Row) -> Parcel:
    """A row of the outbox; raises ValueError for a card of another format."""
    return Parcel(
        id=row.id,
        tenant=row.tenant,
        case=row.case_id,
        place=Place(row.platform, row.conversation),
        slot=row.slot,
        kind=row.kind,
        language=row.language,
        card=codec.load(codec.CARD, row.body),
        state=row.state,
        attempt=row.attempt,
        look_at=row.look_at,
        expires_at=row.expires_at,
        ref=MessageRef(row.slot_ref) if row.slot_ref else None,
        error=row.error,
        at_home=row.at_home,
        later=codec.later(row.body),
    )


def readable(row: Row) -> Parcel | None:
    """The row's parcel; None when its card is of a format that this release does not know."""
    try:
        return parcel(row)
    except ValueError as error:  # whose words may be those of the card
        _log.error(
            "stored card not readable", case=row.case_id, row=row.id, error=type(error).__name__
        )
        return None


async def card_of(turn: Turn, parcel: Parcel, at: datetime, draw: Draw | None) -> Card | None:
    """The card that a row is sent with; None where none comes of it."""
    if parcel.later is None or draw is None:
        return parcel.card
    return await draw(turn, parcel, at)


def claimed(parcel: Parcel, lease_until: datetime) -> Parcel:
    """The row in the hands of whoever leased it."""
    if parcel.state == "pending":
        return replace(parcel, state="sending", attempt=parcel.attempt + 1, look_at=lease_until)
    return replace(parcel, state="unknown", look_at=lease_until)


def ping(row: Row) -> Ping:
    """A reminder."""
    return Ping(row.tenant, row.case_id, row.kind, row.due)
