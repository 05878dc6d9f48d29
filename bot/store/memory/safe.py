"""The secrets of tenants in memory."""

from datetime import datetime

from bot.core.words import TenantId
from bot.engine.errors import Conflict
from bot.engine.safe import Sealed


class MemorySafe:
    """The same contract as on a database."""

    def __init__(self) -> None:
        self._rows: dict[tuple[TenantId, str], Sealed] = {}

    async def read(self, tenant: TenantId, name: str) -> Sealed | None:
        """The secret of this name."""
        return self._rows.get((tenant, name))

    async def of(self, tenant: TenantId) -> tuple[Sealed, ...]:
        """All of one tenant, by their names."""
        return tuple(self._rows[key] for key in sorted(self._rows) if key[0] == tenant)

    async def due(self, name: str, at: datetime, *, limit: int = 100) -> tuple[Sealed, ...]:
        """Those of this name that something has to be done about by now, the oldest first."""
        found = [(r.due, r) for r in self._rows.values() if r.name == name and r.due is not None]
        return tuple(r for due, r in sorted(found, key=lambda each: each[0]) if due <= at)[:limit]

    async def everything(self) -> tuple[Sealed, ...]:
        """All of all tenants, for an operator."""
        return tuple(self._rows[key] for key in sorted(self._rows))

    async def keep(self, sealed: Sealed, *, was: int | None) -> None:
        """Compare and set; raises Conflict when another version stands there, or one at all."""
        there = self._rows.get((sealed.tenant, sealed.name))
        if (there.version if there else None) != was:
            raise Conflict
        self._rows[sealed.tenant, sealed.name] = sealed

    async def drop(self, tenant: TenantId, name: str, *, was: int | None = None) -> bool:
        """Let go of it, with `was` only of this version; False when it is not there."""
        there = self._rows.get((tenant, name))
        if there is None or was not in (None, there.version):
            return False
        del self._rows[tenant, name]
        return True

    def erase(self, tenant: TenantId) -> None:
        """Let go of all that is a tenant's."""
        for key in [key for key in self._rows if key[0] == tenant]:
            del self._rows[key]
