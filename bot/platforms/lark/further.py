"""The apps beside the first: kept sealed in the tables, put up and taken down as they change there.

Every process on a database has them all: it looks every few seconds, and starts nothing anew for it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.core.words import TenantId, Text
from bot.engine.errors import Later, StoreUnavailable
from bot.engine.keeping.vault import Vault
from bot.engine.safe import Safe, Sealed, Unreadable
from bot.platforms.lark.config import MOST, NAME, App, Config, loaded
from bot.platforms.lark.station import Station
from bot.web.platforms import Site

LOOKS = 10.0  # seconds between two looks
MEND = Text(
    en="What was kept of this Feishu or Lark app cannot be read; put the key that it was sealed with "
    "back into CANDOR_KEYS.",
    zh="读不出这个飞书或 Lark 应用的配置；请把当时加密用的密钥放回 CANDOR_KEYS。",
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """What opens them, and what each works with."""

    vault: Vault
    config: Callable[[App], Config]


@dataclass(slots=True)
class _Seen:
    """A row as it was last read."""

    version: int
    app: App | None = None  # None where no key of ours opens it


class Further:
    """All of them. Open it before the first is asked for. `first` is the app of the settings."""

    def __init__(self, kept: Kept, first: str, now: Callable[[], datetime]) -> None:
        self._kept = kept
        self._first = first
        self._now = now
        self._site: Site | None = None
        self._seen: dict[str, _Seen] = {}
        self._up: dict[str, Station] = {}
        self._looking = asyncio.Lock()

    @property
    def stations(self) -> tuple[Station, ...]:
        """Those that are at work."""
        return tuple(self._up.values())

    @property
    def safe(self) -> Safe:
        """Where they are kept."""
        if self._site is None:
            raise RuntimeError("open it first")
        return self._site.house.store.safe

    async def of(self, app: str) -> Station | None:
        """That app; None where it was taken out. Raises Later where it is not at work, StoreUnavailable."""
        if app not in self._up and await self.safe.read(TenantId(app), NAME) is not None:
            await self.look()
            if app not in self._up:
                raise Later(None, MEND)
        return self._up.get(app)

    async def open(self, site: Site) -> None:
        """Begin with what is kept; a database that is away is asked again."""
        self._site = site
        try:
            await self.look()
        except StoreUnavailable:
            _log.warning("further lark apps were not read")

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(LOOKS)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - the top of a loop; the apps stay as they are
                _log.warning("further lark apps were not looked at", error=type(error).__name__)

    async def look(self) -> None:
        """Put up what came, change what changed, take down what was taken out. Raises StoreUnavailable."""
        async with self._looking:
            rows = await self.safe.due(NAME, self._now(), limit=MOST)
            kept = {str(row.tenant): row for row in rows if row.tenant != self._first}
            for app in self._seen.keys() - kept.keys():
                await self._take_down(app)
            for app, row in kept.items():
                await self._read(app, row)

    async def close(self) -> None:
        """Take all down."""
        async with self._looking:
            for app in tuple(self._seen):
                await self._take_down(app)

    async def _read(self, app: str, row: Sealed) -> None:
        seen = self._seen.get(app)
        if seen is not None and seen.version == row.version:
            return
        found = self._opened(row)
        before = seen.app if seen is not None else None
        self._seen[app] = _Seen(row.version, found or before)
        if found is not None and found != before:
            await self._put_up(found)

    async def _put_up(self, app: App) -> None:
        """In the place of what it was before, which ends once the new one stands."""
        assert self._site is not None  # noqa: S101 - `open` has set it
        station = Station(self._kept.config(app), self._now, further=True)
        station.begin(self._site)
        before = self._up.get(app.app_id)
        self._up[app.app_id] = station
        _log.info("lark app is at work", app=app.app_id)
        if before is not None:
            await before.stop()

    async def _take_down(self, app: str) -> None:
        del self._seen[app]
        station = self._up.pop(app, None)
        if station is not None:
            await station.stop()
            _log.info("lark app was taken out", app=app)

    def _opened(self, row: Sealed) -> App | None:
        try:
            found = loaded(self._kept.vault.open_(row.body))
        except (Unreadable, ValueError, TypeError):
            found = None
        if found is None or found.app_id != row.tenant:
            _log.error("a lark app cannot be read", app=row.tenant, remedy=MEND.en)
            return None
        return found
