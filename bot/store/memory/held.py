"""Rows in memory: which of the outbox are due, whose claim stands, and what is of other tenants."""

from datetime import datetime
from typing import TypeVar

from bot.core.words import TenantId
from bot.engine.ports import Line, Outcome, Parcel

K = TypeVar("K", bound=tuple[str, ...])
V = TypeVar("V")


def due(row: Parcel, at: datetime, line: Line | None) -> bool:
    """Whether it wants to be looked at by now, and is of that line if one is given."""
    if line is not None:
        if (row.tenant, row.case) != (line.tenant, line.case):
            return False
        if line.conversation and row.place.conversation != line.conversation:
            return False
    return row.look_at is not None and row.look_at <= at


def holds(row: Parcel, parcel: Parcel, outcome: Outcome) -> bool:
    """Whether the claim of that parcel still stands; one that arrived counts even when it is over."""
    claimed = row.attempt == parcel.attempt and row.state in ("sending", "unknown")
    return claimed and (row.look_at == parcel.look_at or outcome.state == "sent")


def others(rows: dict[K, V], tenant: TenantId) -> dict[K, V]:
    """The rows that are not of this tenant, which the first part of a key names."""
    return {key: row for key, row in rows.items() if key[0] != tenant}
