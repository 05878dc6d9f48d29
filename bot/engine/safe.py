"""What is kept of a tenant that nobody may read from the file: its secrets, sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.words import TenantId


class Unreadable(Exception):
    """It was sealed with a key that is not among ours, was changed, or is too old."""


class Seals(Protocol):
    """What seals, and opens what it has sealed; see keeping/vault.py, which is heavy."""

    def seal(self, text: str, at: datetime) -> str: ...

    def open_(self, sealed: str) -> str:
        """The text. Raises Unreadable."""
        ...


@dataclass(frozen=True, slots=True)
class Sealed:
    """A secret of a tenant as it is kept: unreadable without the keys."""

    tenant: TenantId
    name: str
    body: str
    version: int = 1
    due: datetime | None = None  # when something has to be done about it


class Safe(Protocol):
    """Where they are kept."""

    async def read(self, tenant: TenantId, name: str) -> Sealed | None: ...

    async def of(self, tenant: TenantId) -> tuple[Sealed, ...]:
        """All of one tenant, by their names."""
        ...

    async def due(self, name: str, at: datetime, *, limit: int = 100) -> tuple[Sealed, ...]:
        """Those of this name that something has to be done about by now, the oldest first."""
        ...

    async def everything(self) -> tuple[Sealed, ...]:
        """All of all tenants, for an operator."""
        ...

    async def keep(self, sealed: Sealed, *, was: int | None) -> None:
        """Compare and set; raises Conflict when another version stands there, or one at all."""
        ...

    async def drop(self, tenant: TenantId, name: str, *, was: int | None = None) -> bool:
        """Let go of it, with `was` only of this version; False when it is not there."""
        ...
