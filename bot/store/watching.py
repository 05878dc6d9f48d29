"""What an operator asks of the database: how much waits, and whether it is of this release."""

from datetime import datetime

from sqlalchemy import String, bindparam, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine.measures import Standing
from bot.engine.ports import USEFUL
from bot.store.dialect import Database
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


class Watched:
    """The side of a store that an operator sees."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, at: datetime) -> Standing:
        """What waits by then, of all tenants; raises StoreUnavailable."""

        async def counted(connection: AsyncConnection) -> Standing:
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

        return await self._database.read(counted)

    async def is_at_head(self) -> bool:
        """Whether every migration of this release has run; raises StoreUnavailable."""

        async def found(connection: AsyncConnection) -> list[str]:
            return list((await connection.execute(_REVISION)).scalars())

        return await self._database.read(found) == [REVISIONS[-1]]
