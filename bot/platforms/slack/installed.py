"""Where the app was installed by its link: a token for each workspace or enterprise, sealed.

Tokens that end are renewed in time by one process at a time: whoever moves the row's `due` ahead
has the turn. Source: docs.slack.dev, using token rotation and oauth.v2.access.
"""

import asyncio
import json
import secrets
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from bot.core.words import TenantId
from bot.engine.errors import CandorError, Conflict, Later, StoreUnavailable
from bot.engine.house import House
from bot.engine.keeping.vault import Unreadable
from bot.engine.ports import Safe, Sealed
from bot.platforms.slack import faults
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.link import Link
from bot.platforms.slack.texts import Payload
from bot.platforms.slack.workspace import Ways, Workspace
from bot.web.platforms import Site

NAME = "slack"  # of the secret
EARLY = timedelta(hours=2)  # before its end, a token is renewed; it lives for twelve
TURN = timedelta(minutes=1)  # that one process has for it
FRESH = timedelta(minutes=1)  # that a token is used before the table is asked for a newer one
REFUSED = timedelta(hours=1)  # until a renewal that Slack refused is tried again
PAUSES = (0.1, 1.0, 2.0, 4.0, 8.0, 16.0)  # seconds between tries to keep a token, within the turn
LOOKS = 30.0  # seconds between two looks for tokens to renew
REMEMBERED = 2_000  # workspaces at hand

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Installation:
    """The app in one workspace or, if it is `whole`, in all of an enterprise."""

    tenant: TenantId
    name: str
    bot_token: str = field(repr=False)
    bot_user_id: str
    bot_id: str
    team_id: str = ""
    enterprise_id: str = ""
    whole: bool = False
    refresh_token: str = field(default="", repr=False)
    expires_at: datetime | None = None

    @property
    def known(self) -> Payload:
        """As auth.test tells it."""
        return {
            "team_id": self.team_id or None,
            "enterprise_id": self.enterprise_id or None,
            "is_enterprise_install": self.whole,
            "user_id": self.bot_user_id,
            "bot_id": self.bot_id,
        }

    @property
    def due(self) -> datetime | None:
        """When the token is to be renewed; None where it does not end."""
        return self.expires_at - EARLY if self.expires_at and self.refresh_token else None


def read(answer: Payload, who: Payload, now: datetime) -> Installation:
    """The installation in an answer of oauth.v2.access; `who` is what auth.test says of its token.

    Raises ValueError when it names no place or no token of a bot.
    """
    team, enterprise = answer.get("team") or {}, answer.get("enterprise") or {}
    whole = bool(answer.get("is_enterprise_install"))
    place = enterprise if whole else team
    token = str(answer.get("access_token") or "")
    if not place.get("id") or not token or answer.get("token_type", "bot") != "bot":
        raise ValueError("no place, or no token of a bot")
    return Installation(
        tenant=TenantId(str(place["id"])),
        name=str(place.get("name") or place["id"]),
        bot_token=token,
        bot_user_id=str(answer.get("bot_user_id") or who.get("user_id") or ""),
        bot_id=str(who.get("bot_id") or ""),
        team_id=str(team.get("id") or ""),
        enterprise_id=str(enterprise.get("id") or ""),
        whole=whole,
        refresh_token=str(answer.get("refresh_token") or ""),
        expires_at=_ends(answer, now),
    )


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
        self._vault = link.vault
        self._base_url = base_url
        self._pace = pace
        self._patience = patience
        self._at_hand: OrderedDict[TenantId, _Open] = OrderedDict()
        self._unread: set[TenantId] = set()  # whose token no key of ours opens
        self._session: aiohttp.ClientSession | None = None
        self._safe: Safe | None = None
        self._now: Callable[[], datetime] = lambda: datetime.max.replace(tzinfo=UTC)

    @property
    def channel(self) -> Ways:
        """The ways out by tenant."""
        return Ways(self)

    def routes(self, site: Site) -> Sequence[BaseRoute]:
        """The way out to Slack's page and the way back."""
        from bot.platforms.slack import installing  # it works with what stands here

        return installing.routes(self, self._link, site)

    async def open(self, house: House) -> None:
        """Begin, with where the tokens are kept and what time it is."""
        self._safe, self._now = house.store.safe, house.clock
        self._session = Calls.session(self._patience)

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
            sealed = await self._there().read(tenant, NAME)
        except StoreUnavailable:
            if found is None:
                raise
            return found.workspace  # whoever acts there is told of it where they act
        if sealed is None:
            self._at_hand.pop(tenant, None)
            self._unread.discard(tenant)
            return None
        installation = self._opened(sealed)
        if installation is None:  # it is installed, and an operator has to mend the keys
            raise Later(faults.MEND)
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
        sealed, found = await self._there().read(tenant, NAME), await self.of(tenant)
        if sealed is None or found is None:
            return
        try:
            await found.calls.call("auth.test")
        except CandorError as error:
            if not faults.is_of_the_token(error.__cause__):  # nobody knows
                return
        else:
            return
        if not await self._there().drop(tenant, NAME, was=sealed.version):
            return  # it was installed anew meanwhile
        self._at_hand.pop(tenant, None)
        _log.info("slack app was taken out", tenant=tenant)

    @property
    def authorize(self) -> str:
        """Slack's page on which somebody agrees."""
        return f"{self._base_url}/oauth/v2/authorize"

    async def exchange(self, code: str) -> Installation:
        """The installation that a code stands for, kept. Raises a CandorError, or ValueError."""
        answer = await self._authorise(code=code, redirect_uri=self._link.back)
        calls = Calls(str(answer.get("access_token") or ""), self._api, patience=self._patience)
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
        done = 0
        for sealed in await self._there().due(NAME, self._now()):
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
        safe, now = self._there(), self._now()
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
            expires_at=_ends(answer, now),
        )
        if not await self._kept(self._sealed(new, mine.version + 1)):
            return False
        found = self._at_hand.get(new.tenant)
        if found is not None:
            found.workspace.calls.use(new.bot_token)
        return True

    async def _kept(self, sealed: Sealed) -> bool:
        """Keep what Slack gives once only, also where the tables are away for a moment."""
        for pause in (*PAUSES, None):
            try:
                await self._there().keep(sealed, was=sealed.version - 1)
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
            await self._there().keep(sealed, was=sealed.version - 1)

    async def _authorise(self, **arguments: str) -> Payload:
        client = AsyncWebClient(
            base_url=self._api, session=self._session, timeout=CALL, retry_handlers=[]
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
        safe = self._there()
        while True:
            there = await safe.read(installation.tenant, NAME)
            was = there.version if there else None
            first = secrets.randbelow(1 << 30)  # so that none is taken for one of before
            try:
                await safe.keep(self._sealed(installation, (was or first) + 1), was=was)
            except Conflict:
                continue
            self._at_hand.pop(installation.tenant, None)
            return

    async def _put_up(self, installation: Installation) -> Workspace:
        tenant = installation.tenant

        async def newer() -> str:
            sealed = await self._there().read(tenant, NAME)
            found = self._opened(sealed) if sealed else None
            return found.bot_token if found else ""

        calls = Calls(installation.bot_token, self._api, patience=self._patience, newer=newer)
        await calls.open(self._session)
        workspace = Workspace(calls, pace=self._pace)
        workspace.meet(installation.known)
        return workspace

    def _opened(self, sealed: Sealed) -> Installation | None:
        try:
            found = _loaded(self._vault.open_(sealed.body))
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
        body = self._vault.seal(_dumped(installation), self._now())
        return Sealed(installation.tenant, NAME, body, version, installation.due)

    @property
    def _api(self) -> str:
        return f"{self._base_url}/api/"

    def _there(self) -> Safe:
        if self._safe is None:
            raise RuntimeError("open it first")
        return self._safe


@dataclass(slots=True)
class _Open:
    """A workspace at hand, and when its token was read."""

    workspace: Workspace
    read_at: datetime


def _ends(answer: Payload, now: datetime) -> datetime | None:
    seconds = answer.get("expires_in")
    return now + timedelta(seconds=int(seconds)) if seconds else None


def _dumped(installation: Installation) -> str:
    fields = {name: getattr(installation, name) for name in Installation.__slots__}
    at = installation.expires_at
    return json.dumps(fields | {"expires_at": at.isoformat() if at else None})


def _loaded(text: str) -> Installation:
    fields: dict[str, Any] = json.loads(text)
    at = fields.get("expires_at")
    return Installation(**fields | {"expires_at": datetime.fromisoformat(at) if at else None})
