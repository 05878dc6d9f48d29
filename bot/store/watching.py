"""What an operator asks of the database: how much waits, and whether it is of this release."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from sqlalchemy import String, bindparam, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine.measures import Standing
from bot.engine.ports import USEFUL
from bot.store.opening import REVISIONS
from bot.store.tables import outbox, pings

_OPEN = select(func.count(), func.min(outbox.c.expires_at)).where(outbox.c.look_at.is_not(None))
_ENDED = (
    select(outbox.c.state, func.count().label("rows"))
    .where(outbox.c.look_at.is_(None), outbox.c.state.in_(["dead", "unknown"]))
    .group_by(outbox.c.state)
)
_LATE = select(func.count(), func.min(pings.c.due)).where(pings.c.due <= bindparam("at"))
_REVISION = select(column("version_num", String)).select_from(table("alembic_version"))


Reading = Callable[[], AbstractAsyncContextManager[AsyncConnection]]


class Watched:
    """The side of a store that an operator sees."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def standing(self, at: datetime) -> Standing:
        """What waits by then, of all tenants; raises StoreUnavailable."""
        async with self._reading() as connection:
            opened, expires = (await connection.execute(_OPEN)).one()
            ended = {r.state: r.rows for r in await connection.execute(_ENDED)}
            late, due = (await connection.execute(_LATE, {"at": at})).one()
        return Standing(
            open=opened,
            oldest=expires - USEFUL if expires is not None else None,
            dead=ended.get("dead", 0),
            unknown=ended.get("unknown", 0),
            late=late,
            latest=due,
        )

    async def is_at_head(self) -> bool:
        """Whether every migration of this release has run; raises StoreUnavailable."""
        async with self._reading() as connection:
            found = (await connection.execute(_REVISION)).scalars().all()
        return list(found) == [REVISIONS[-1]]
