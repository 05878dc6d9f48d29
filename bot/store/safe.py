"""The secrets of tenants on a database: what is kept here is sealed before it comes."""

from datetime import datetime

from sqlalchemy import Executable, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.words import TenantId
from bot.engine.errors import Conflict
from bot.engine.safe import Sealed
from bot.store.dialect import Database, Row, Scribe
from bot.store.tables import secrets

_is_it = (secrets.c.tenant == bindparam("key_tenant")) & (secrets.c.name == bindparam("key_name"))
READ = select(secrets).where(_is_it)
OF = select(secrets).where(secrets.c.tenant == bindparam("tenant")).order_by(secrets.c.name)
DUE = (
    select(secrets)
    .where(secrets.c.name == bindparam("key_name"), secrets.c.due <= bindparam("at"))
    .order_by(secrets.c.due)
    .limit(bindparam("limit"))
)
EVERYTHING = select(secrets).order_by(secrets.c.tenant, secrets.c.name)
NEW = insert(secrets)
SET = update(secrets).where(_is_it, secrets.c.version == bindparam("was"))
DROP = delete(secrets).where(_is_it)
DROP_VERSION = DROP.where(secrets.c.version == bindparam("was"))


class SqlSafe:
    """The table of secrets."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, tenant: TenantId, name: str) -> Sealed | None:
        """The secret of this name."""
        found = await self._rows(READ, _key(tenant, name))
        return found[0] if found else None

    async def of(self, tenant: TenantId) -> tuple[Sealed, ...]:
        """All of one tenant, by their names."""
        return await self._rows(OF, {"tenant": tenant})

    async def due(self, name: str, at: datetime, *, limit: int = 100) -> tuple[Sealed, ...]:
        """Those of this name that something has to be done about by now, the oldest first."""
        return await self._rows(DUE, {"key_name": name, "at": at, "limit": limit})

    async def everything(self) -> tuple[Sealed, ...]:
        """All of all tenants, for an operator."""
        return await self._rows(EVERYTHING, {})

    async def keep(self, sealed: Sealed, *, was: int | None) -> None:
        """Compare and set; raises Conflict when another version stands there, or one at all."""
        values = {"body": sealed.body, "version": sealed.version, "due": sealed.due}
        async with self._database.writing() as scribe:
            if was is None:
                try:
                    await scribe.change(NEW, tenant=sealed.tenant, name=sealed.name, **values)
                except IntegrityError as error:
                    raise Conflict from error
                return
            key = _key(sealed.tenant, sealed.name) | {"was": was}
            if await scribe.change(SET, **values, **key) != 1:
                raise Conflict

    async def drop(self, tenant: TenantId, name: str, *, was: int | None = None) -> bool:
        """Let go of it, with `was` only of this version; False when it is not there."""
        key = _key(tenant, name)
        async with self._database.writing() as scribe:
            if was is None:
                return await scribe.change(DROP, **key) == 1
            return await scribe.change(DROP_VERSION, **key, was=was) == 1

    async def _rows(self, statement: Executable, values: dict[str, object]) -> tuple[Sealed, ...]:
        async def found(scribe: Scribe) -> tuple[Sealed, ...]:
            return tuple(_sealed(row) for row in await scribe.rows(statement, **values))

        return await self._database.read(found)


def _key(tenant: TenantId, name: str) -> dict[str, object]:
    return {"key_tenant": tenant, "key_name": name}


def _sealed(row: Row) -> Sealed:
    return Sealed(TenantId(row.tenant), row.name, row.body, row.version, row.due)
