"""Where the app was installed by its link: the workspaces or enterprises that somebody acts in."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import aiohttp
import structlog
from starlette.routing import BaseRoute

from bot.core.words import TenantId
from bot.engine.errors import CandorError, StoreUnavailable
from bot.engine.house import House
from bot.platforms.slack import faults, installing
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.installation import Installation
from bot.platforms.slack.link import Link
from bot.platforms.slack.tokens import NAME, Tokens
from bot.platforms.slack.workspace import Ways, Workspace
from bot.web.platforms import Site

FRESH = timedelta(minutes=1)  # that a token is used before the table is asked for a newer one
LOOKS = 30.0  # seconds between two looks for tokens to renew
REMEMBERED = 2_000  # workspaces at hand

_log = structlog.get_logger(__name__)


class Installed:
    """All workspaces, read when somebody acts there. Open it before the first is asked for."""

    def __init__(
        self,
        link: Link,
        base_url: str,
        *,
        pace: float,
        patience: float = CALL,
    ) -> None:
        self._link = link
        self._base_url = base_url
        self._pace = pace
        self._patience = patience
        self._tokens = Tokens(link, base_url, patience=patience, told=self._use)
        self._at_hand: OrderedDict[TenantId, _Open] = OrderedDict()
        self._session: aiohttp.ClientSession | None = None
        self._now: Callable[[], datetime] = lambda: datetime.max.replace(tzinfo=UTC)

    @property
    def channel(self) -> Ways:
        """The ways out by tenant."""
        return Ways(self)

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """The way out to Slack's page and the way back."""
        return installing.routes(self, self._link, site)

    async def open(self, house: House) -> None:
        """Begin, with where the tokens are kept and what time it is."""
        self._now, self._session = house.clock, Calls.session(self._patience)
        self._tokens.open(house.store.safe, house.clock, self._session)

    async def close(self) -> None:
        """Close the one session."""
        if self._session is not None:
            await self._session.close()

    async def of(self, tenant: TenantId) -> Workspace | None:
        """The workspace of a tenant; None where the app is not installed, or not any more.

        Raises Later where its token cannot be read, and StoreUnavailable.
        """
        found, now = self._at_hand.get(tenant), self._now()
        if found is not None and now - found.read_at < FRESH:
            return found.workspace
        try:
            installation = await self._tokens.of(tenant)
        except StoreUnavailable:
            if found is None:
                raise
            return found.workspace  # whoever acts there is told of it where they act
        if installation is None:
            self._at_hand.pop(tenant, None)
            return None
        found = self._at_hand.get(tenant)  # somebody else may have been faster
        if found is None:
            found = _Open(await self._put_up(installation), now)
            self._at_hand[tenant] = found
            while len(self._at_hand) > REMEMBERED:
                self._at_hand.popitem(last=False)
        found.workspace.calls.use(installation.bot_token)
        found.read_at = now
        self._at_hand.move_to_end(tenant)
        return found.workspace

    async def gone(self, tenant: TenantId) -> None:
        """Let go of a token that Slack took back; one of a newer installation still works."""
        safe = self._tokens.safe
        sealed, found = await safe.read(tenant, NAME), await self.of(tenant)
        if sealed is None or found is None:
            return
        try:
            await found.calls.call("auth.test")
        except CandorError as error:
            if not faults.is_of_the_token(error.__cause__):  # nobody knows
                return
        else:
            return
        if not await safe.drop(tenant, NAME, was=sealed.version):
            return  # it was installed anew meanwhile
        self._at_hand.pop(tenant, None)
        _log.info("slack app was taken out", tenant=tenant)

    @property
    def authorize(self) -> str:
        """Slack's page on which somebody agrees."""
        return f"{self._base_url}/oauth/v2/authorize"

    async def exchange(self, code: str) -> Installation:
        """The installation that a code stands for, kept. Raises a CandorError, or ValueError."""
        found = await self._tokens.exchange(code)
        self._at_hand.pop(found.tenant, None)
        return found

    def trouble(self) -> str:
        """One sentence while a token cannot be read; or empty."""
        return self._tokens.trouble()

    async def run(self) -> None:
        """Renew tokens before they end, until cancelled."""
        while True:
            try:
                await self.renew()
            except Exception as error:  # noqa: BLE001 - the top of a loop; without it all tokens end
                _log.error("tokens were not looked at", error=type(error).__name__)
            await asyncio.sleep(LOOKS)

    async def renew(self) -> int:
        """Renew those that are due; gives how many were."""
        return await self._tokens.renew()

    def _use(self, renewed: Installation) -> None:
        found = self._at_hand.get(renewed.tenant)
        if found is not None:
            found.workspace.calls.use(renewed.bot_token)

    async def _put_up(self, installation: Installation) -> Workspace:
        calls = Calls(
            installation.bot_token,
            self._tokens.api,
            patience=self._patience,
            newer=partial(self._tokens.newest, installation.tenant),
        )
        await calls.open(self._session)
        workspace = Workspace(calls, pace=self._pace)
        workspace.meet(installation.known)
        return workspace


@dataclass(slots=True)
class _Open:
    """A workspace at hand, and when its token was read."""

    workspace: Workspace
    read_at: datetime
