"""What tenants have connected by themselves, with their keys: each sealed, under the name of its kind.

Who set one up is not kept, only whether it was somebody in the chat: their addresses are held to more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from pydantic import TypeAdapter, ValidationError

from bot.core.connecting.kind import Family, Kind, Values
from bot.core.connecting.kinds import KINDS
from bot.core.words import TenantId
from bot.engine.conflicts import persist
from bot.engine.safe import Safe, Sealed, Seals, Unreadable

_PREFIX = "connection:"  # of the names of secrets


@dataclass(frozen=True, slots=True)
class Connection:
    """One system that a tenant has connected, with all that it takes."""

    tenant: TenantId  # sealed along, so that no row opens under another's name
    kind: str
    values: Values = field(repr=False)
    at: datetime  # when it was set up
    by_admin: bool = False  # in the chat, and not by whoever runs Candor

    @property
    def account(self) -> str:
        """What names the account that it leads to, whatever the key: no other knows what stands there."""
        plain = sorted(KINDS[self.kind].plain(self.values).items())
        return sha256(repr(plain).encode()).hexdigest()[:16]


_CONNECTION = TypeAdapter(Connection)
Connected = Mapping[str, Connection | None]  # by kind; None for what our keys do not open


class Connections:
    """Those of all tenants. Every look is at the table, so that a change holds in every process."""

    def __init__(self, safe: Safe, seals: Seals) -> None:
        self._safe = safe
        self._seals = seals

    async def of(self, tenant: TenantId) -> Connected:
        """A tenant's own."""
        rows = await self._safe.of(tenant)
        return {kind: self._opened(row) for row in rows if (kind := _kind(row.name))}

    async def everything(self) -> Mapping[TenantId, Connected]:
        """Those of every tenant that has any, for an operator."""
        found: dict[TenantId, dict[str, Connection | None]] = {}
        for row in await self._safe.everything():
            if kind := _kind(row.name):
                found.setdefault(row.tenant, {})[kind] = self._opened(row)
        return found

    async def keep(self, connection: Connection) -> None:
        """Put it in the place of the one before. Raises Conflict, StoreUnavailable."""
        text = _CONNECTION.dump_json(connection).decode()
        tenant, name = connection.tenant, _PREFIX + connection.kind

        async def put() -> None:
            there = await self._safe.read(tenant, name)
            version = there.version if there is not None else 0
            sealed = self._seals.seal(text, connection.at)
            await self._safe.keep(
                Sealed(tenant, name, sealed, version + 1),
                was=there.version if there is not None else None,
            )

        await persist(put)

    async def drop(self, tenant: TenantId, kind: str) -> bool:
        """Let go of it; False when it is not there."""
        return await self._safe.drop(tenant, _PREFIX + kind)

    def _opened(self, row: Sealed) -> Connection | None:
        try:
            found = _CONNECTION.validate_json(self._seals.open_(row.body))
        except (Unreadable, ValidationError):
            return None
        is_its = (found.tenant, _PREFIX + found.kind) == (row.tenant, row.name)
        return found if is_its else None


def is_connection(row: Sealed) -> bool:
    """Whether a secret belongs to a connection."""
    return bool(_kind(row.name))


def kinds_among(secrets: tuple[str, ...], family: Family | None = None) -> tuple[Kind, ...]:
    """The kinds, of one family or of all, that stand among the names of a tenant's secrets."""
    names = {_kind(name) for name in secrets}
    return tuple(k for k in KINDS.values() if k.id in names and family in (None, k.family))


def _kind(name: str) -> str:
    """The kind of a connection by the name of its secret; empty for any other secret."""
    kind = name.removeprefix(_PREFIX)
    return kind if kind != name and kind in KINDS else ""
