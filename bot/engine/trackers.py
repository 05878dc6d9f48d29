"""What the engine asks of a tracker: the projects it knows, and the facts of one. Nothing is written.

Every call ends in facts or in an OutsideError.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.core.tracking.facts import Listed, ProjectFacts
from bot.core.tracking.tracked import Origin
from bot.core.words import TenantId, Text
from bot.engine.errands import Errands


@dataclass(frozen=True, slots=True)
class Listing:
    """The projects that can be chosen; `truncated` when there are more than are read."""

    projects: tuple[Listed, ...]
    truncated: bool = False


class Tracker(Protocol):
    """One tracker, read only. Each call raises a class of OutsideError."""

    @property
    def name(self) -> str:
        """What it is called in settings and in the store."""
        ...

    @property
    def label(self) -> Text:
        """What people call it."""
        ...

    async def projects(self) -> Listing:
        """The projects it shows us, those that are archived left out."""
        ...

    async def facts(self, ref: str) -> ProjectFacts:
        """What it says of one project."""
        ...

    async def close(self) -> None: ...


def _everybody(_: TenantId) -> bool:
    return True


class Trackers(Errands):
    """The trackers of a house, and the readings that are under way. `tenants`: who may see them;
    empty is whoever is `ours`.
    """

    def __init__(
        self,
        found: Mapping[str, Tracker] | None = None,
        tenants: frozenset[str] = frozenset(),
        ours: Callable[[TenantId], bool] = _everybody,
    ) -> None:
        super().__init__()
        self._found = found or {}
        self._tenants = tenants
        self._ours = ours

    def of(self, tenant: TenantId) -> Mapping[str, Tracker]:
        """Those that a tenant may ask."""
        sees = tenant in self._tenants if self._tenants else self._ours(tenant)
        return self._found if sees else {}

    def origins(self, tenant: TenantId) -> tuple[Origin, ...]:
        """What a new case is told of them."""
        return tuple(Origin(name, tracker.label) for name, tracker in self.of(tenant).items())

    async def close(self) -> None:
        """Let readings end for a few seconds, and hang up; what did not end is read again later."""
        await super().close()
        for tracker in self._found.values():
            await tracker.close()
