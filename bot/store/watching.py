"""What an operator asks of the database: how much waits, and whether it is of this release."""

from datetime import datetime

from sqlalchemy import String, bindparam, column, func, literal_column, select, table

from bot.engine.measures import Standing
from bot.engine.ports import USEFUL
from bot.store.dialect import Database, Scribe
from bot.store.revisions import REVISIONS
from bot.store.tables import outbox, pings

_OPEN = select(func.count().label("rows"), func.min(outbox.c.expires_at).label("expires")).where(
    outbox.c.look_at.is_not(None)
)
_ENDED = (
    select(outbox.c.state, func.count().label("rows"))
    .where(
        outbox.c.look_at.is_(None),
        literal_column("state IN ('dead', 'unknown')"),  # word for word as the index has it
    )
    .group_by(outbox.c.state)
)
_LATE = select(func.count().label("rows"), func.min(pings.c.due).label("due")).where(
    pings.c.due <= bindparam("at")
)
_REVISION = select(column("version_num", String)).select_from(table("alembic_version"))


class Watched:
    """The side of a store that an operator sees."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, at: datetime) -> Standing:
        """What waits by then, of all tenants; raises StoreUnavailable."""

        async def counted(scribe: Scribe) -> Standing:
            (opened,) = await scribe.rows(_OPEN)
            ended = {r.state: r.rows for r in await scribe.rows(_ENDED)}
            (late,) = await scribe.rows(_LATE, at=at)
            return Standing(
                open=opened.rows,
                oldest=opened.expires - USEFUL if opened.expires is not None else None,
                dead=ended.get("dead", 0),
                unknown=ended.get("unknown", 0),
                late=late.rows,
                latest=late.due,
            )

        return await self._database.read(counted)

    async def is_at_head(self) -> bool:
        """Whether every migration of this release has run; raises StoreUnavailable."""

        async def found(scribe: Scribe) -> list[str]:
            return [row.version_num for row in await scribe.rows(_REVISION)]

        return await self._database.read(found) == [REVISIONS[-1]]

    async def workers(self) -> int | None:
        """None: who opens this database sends by itself."""
        return None
