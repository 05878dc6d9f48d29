"""The tokens of all installations: exchanged for a code, kept sealed, renewed before they end.

One process at a time renews a token: whoever moves the row's `due` ahead has the turn. Source:
docs.slack.dev, using token rotation and oauth.v2.access.
"""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.words import TenantId
from bot.engine.errors import CandorError, Conflict, Later, StoreUnavailable
from bot.engine.safe import Safe, Sealed, Unreadable
from bot.platforms.slack import faults
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.installation import Installation, dumped, ends, loaded, read
from bot.platforms.slack.link import Link
from bot.platforms.slack.texts import Payload

NAME = "slack"  # of the secret
TURN = timedelta(minutes=1)  # that one process has for it
REFUSED = timedelta(hours=1)  # until a renewal that Slack refused is tried again
PAUSES = (0.1, 1.0, 2.0, 4.0, 8.0, 16.0)  # seconds between tries to keep a token, within the turn

_log = structlog.get_logger(__name__)


class Tokens:
    """Read from the tables each time. Open it before the first is asked for.

    `told` hears of each that was renewed here.
    """

    def __init__(
        self, link: Link, base_url: str, *, patience: float, told: Callable[[Installation], None]
    ) -> None:
        self.api = f"{base_url}/api/"
        self._link = link
        self._vault = link.vault
        self._patience = patience
        self._told = told
        self._unread: set[TenantId] = set()  # whose token no key of ours opens
        self._session: aiohttp.ClientSession | None = None
        self._safe: Safe | None = None
        self._now: Callable[[], datetime] = lambda: datetime.max.replace(tzinfo=UTC)

    def open(self, safe: Safe, now: Callable[[], datetime], session: aiohttp.ClientSession) -> None:
        """Begin, with where they are kept, what time it is, and the way to Slack."""
        self._safe, self._now, self._session = safe, now, session

    @property
    def safe(self) -> Safe:
        """Where they are kept."""
        if self._safe is None:
            raise RuntimeError("open it first")
        return self._safe

    async def of(self, tenant: TenantId) -> Installation | None:
        """The installation of a tenant; None where the app is not installed, or not any more.

        Raises Later where its token cannot be read, and StoreUnavailable.
        """
        sealed = await self.safe.read(tenant, NAME)
        if sealed is None:
            self._unread.discard(tenant)
            return None
        found = self._opened(sealed)
        if found is None:  # it is installed, and an operator has to mend the keys
            raise Later(faults.MEND)
        return found

    async def newest(self, tenant: TenantId) -> str:
        """The token that is kept now; empty where there is none that can be read."""
        sealed = await self.safe.read(tenant, NAME)
        found = self._opened(sealed) if sealed else None
        return found.bot_token if found else ""

    async def exchange(self, code: str) -> Installation:
        """The installation that a code stands for, kept. Raises a CandorError, or ValueError."""
        answer = await self._authorise(code=code, redirect_uri=self._link.back)
        calls = Calls(str(answer.get("access_token") or ""), self.api, patience=self._patience)
        await calls.open(self._session)
        found = read(answer, await calls.call("auth.test"), self._now())
        await self._keep(found)
        return found

    def trouble(self) -> str:
        """One sentence while a token cannot be read; or empty."""
        if not self._unread:
            return ""
        return (
            f"{len(self._unread)} tokens of Slack workspaces cannot be read; put the key that they were "
            "sealed with back into CANDOR_KEYS."
        )

    async def renew(self) -> int:
        """Renew those that are due; gives how many were."""
        done = 0
        for sealed in await self.safe.due(NAME, self._now()):
            installation = self._opened(sealed)
            if installation is None:  # it stands in nobody's way
                later = self._now() + REFUSED
                await self._rest(replace(sealed, version=sealed.version + 1, due=later))
                continue
            try:
                done += await self._renewed(sealed, installation)
            except (ValueError, TypeError) as error:  # an answer that makes no sense
                _log.error("token not renewed", tenant=sealed.tenant, error=type(error).__name__)
        return done

    async def _renewed(self, sealed: Sealed, old: Installation) -> bool:
        safe, now = self.safe, self._now()
        mine = replace(sealed, version=sealed.version + 1, due=now + TURN)
        try:
            await safe.keep(mine, was=sealed.version)
        except Conflict:  # another process has it, or it was installed anew
            return False
        try:
            answer = await self._authorise(
                grant_type="refresh_token", refresh_token=old.refresh_token
            )
        except CandorError as error:  # it is tried again after this turn
            if faults.is_final(error.__cause__):
                await self._rest(replace(mine, version=mine.version + 1, due=now + REFUSED))
            return False
        token, renews = answer.get("access_token"), answer.get("refresh_token")
        if not token or not renews:
            return False
        new = replace(
            old,
            bot_token=str(token),
            refresh_token=str(renews),
            expires_at=ends(answer, now),
        )
        if not await self._kept(self._sealed(new, mine.version + 1)):
            return False
        self._told(new)
        return True

    async def _kept(self, sealed: Sealed) -> bool:
        """Keep what Slack gives once only, also where the tables are away for a moment."""
        for pause in (*PAUSES, None):
            try:
                await self.safe.keep(sealed, was=sealed.version - 1)
            except Conflict:
                return False
            except StoreUnavailable:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
            else:
                return True
        return False

    async def _rest(self, sealed: Sealed) -> None:
        with suppress(Conflict):  # it was installed anew
            await self.safe.keep(sealed, was=sealed.version - 1)

    async def _authorise(self, **arguments: str) -> Payload:
        client = AsyncWebClient(
            base_url=self.api, session=self._session, timeout=CALL, retry_handlers=[]
        )
        try:
            async with asyncio.timeout(self._patience):
                found = await client.api_call(
                    "oauth.v2.access", data=arguments, headers=self._link.signed
                )
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            _log.warning("slack gave no token", error=faults.named(error))
            raise faults.translated(error) from error
        return found.data if isinstance(found.data, dict) else {}

    async def _keep(self, installation: Installation) -> None:
        """In place of an earlier installation, whose token Slack has ended or ends."""
        safe = self.safe
        while True:
            there = await safe.read(installation.tenant, NAME)
            was = there.version if there else None
            first = secrets.randbelow(1 << 30)  # so that none is taken for one of before
            try:
                await safe.keep(self._sealed(installation, (was or first) + 1), was=was)
            except Conflict:
                continue
            return

    def _opened(self, sealed: Sealed) -> Installation | None:
        try:
            found = loaded(self._vault.open_(sealed.body))
        except (Unreadable, ValueError, TypeError):
            _log.error(
                "a token cannot be read",
                tenant=sealed.tenant,
                remedy="put the key that it was sealed with back into CANDOR_KEYS",
            )
            self._unread.add(sealed.tenant)
            return None
        self._unread.discard(sealed.tenant)
        return found

    def _sealed(self, installation: Installation, version: int) -> Sealed:
        body = self._vault.seal(dumped(installation), self._now())
        return Sealed(installation.tenant, NAME, body, version, installation.due)
