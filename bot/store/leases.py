"""Rows of the outbox that are taken to be sent, or put aside, in an open transaction."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Executable

from bot.core.cards.blocks import Card
from bot.engine.ports import Line, Parcel
from bot.store import codec, shapes
from bot.store import statements as s
from bot.store.dialect import Dialect, Row, Scribe

UNREADABLE = "the stored card cannot be read"  # the error of a row of another format


def claim(words: Dialect, line: Line | None) -> tuple[Executable, dict[str, object]]:
    """What finds the rows of a line that are due, or of all; and what it is bound with."""
    if line is None:
        return words.claim, {}
    of_case: dict[str, object] = {"tenant": line.tenant, "case_id": line.case}
    if line.conversation:
        return words.claim_conversation, of_case | {"conversation": line.conversation}
    return words.claim_line, of_case


async def bury(scribe: Scribe, row: Row, why: str) -> None:
    """Put a row aside of which no card comes."""
    await scribe.note(s.BURY, key_tenant=row.tenant, key_seq=row.seq, error=why)


async def lease(
    scribe: Scribe, seq: int, parcel: Parcel, card: Card, lease_until: datetime
) -> Parcel:
    """The row in the hands of whoever asked for it, until then; with the card that was drawn."""
    leased = shapes.claimed(parcel, lease_until)
    key = {"key_tenant": leased.tenant, "key_seq": seq}
    change = {"state": leased.state, "attempt": leased.attempt, "look_at": lease_until}
    if parcel.later is None:
        await scribe.note(s.LEASE, **key, **change)
        return leased
    await scribe.note(s.LEASE_DRAWN, **key, **change, body=codec.dump(codec.CARD, card))
    return replace(leased, card=card, later=None)
