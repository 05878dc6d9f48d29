"""What is wrong with the app in Slack, one sentence each with its remedy. Nothing is changed."""

import hashlib
import hmac
import json
import secrets
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack import faults, manifest
from bot.platforms.slack.link import Link
from bot.platforms.slack.platform import Credentials

PATIENCE = 8  # seconds
_OF_THE_APP: Mapping[str, str] = {
    "invalid_client_id": "Slack does not know this app: copy Client ID from Basic Information to "
    "CANDOR_SLACK_CLIENT_ID.",
    "bad_client_secret": "The secret is not this app's: copy Client Secret from Basic Information to "
    "CANDOR_SLACK_CLIENT_SECRET.",
}


async def findings(
    credentials: Credentials, at: datetime, *, address: str = "", config_token: str = ""
) -> tuple[str, ...]:
    """Every problem; none when all is well.

    `address` is where Slack reaches this server, `config_token` lets Slack tell the app's manifest.
    """
    limit = aiohttp.ClientTimeout(total=PATIENCE)
    async with aiohttp.ClientSession(timeout=limit) as session:
        visit = _Visit(credentials, session, at)
        return tuple([problem async for problem in visit.problems(address, config_token)])


class _Visit:
    def __init__(
        self, credentials: Credentials, session: aiohttp.ClientSession, at: datetime
    ) -> None:
        self._with = credentials
        self._at = at
        self._session = session

    async def problems(self, address: str, config_token: str) -> AsyncIterator[str]:
        """One after the other, the ones that explain others first."""
        if self._with.link is not None:
            async for problem in self._installs(self._with.link, address):
                yield problem
            return
        for problem in _tokens(self._with):
            yield problem
        try:
            found = await self._call(self._with.bot_token, "auth.test")
        except _Unwell as unwell:
            yield str(unwell)
            return
        granted = str(found.headers.get("x-oauth-scopes", "")).split(",")
        ours = manifest.read(
            manifest.written(
                address or "https://candor.example.com",
                self._with.mode,
                files=self._with.files,
                quiet=self._with.quiet,
                canvases=self._with.canvases,
            )
        )
        missing = sorted(manifest.scopes(ours) - {s.strip() for s in granted})
        if missing:
            yield (
                f"The app lacks {', '.join(missing)}: add it under OAuth & Permissions, then "
                "Reinstall to Workspace."
            )
        if self._with.mode == "socket":
            async for problem in self._socket():
                yield problem
        elif address:
            async for problem in self._reached(address):
                yield problem
        if config_token:
            async for problem in self._drift(ours, config_token, str(found.get("bot_id", ""))):
                yield problem

    async def _installs(self, link: Link, address: str) -> AsyncIterator[str]:
        """Ask with a code that is none: Slack looks at the app's own secrets before it."""
        client = AsyncWebClient(
            base_url=f"{self._with.base_url}/api/", session=self._session, retry_handlers=[]
        )
        try:
            await client.api_call(
                "oauth.v2.access", data={"code": "candor-doctor"}, headers=link.signed
            )
        except SlackApiError as error:
            if said := _OF_THE_APP.get(faults.named(error)):
                yield said
        except (aiohttp.ClientError, TimeoutError, OSError):
            yield self._unreached()
            return
        if address:
            async for problem in self._reached(address):
                yield problem

    def _unreached(self) -> str:
        return (
            f"{self._with.base_url} cannot be reached from here: check the network, or the proxy "
            "in HTTPS_PROXY."
        )

    async def _call(self, token: str, method: str, **arguments: Any) -> Any:
        client = AsyncWebClient(
            token=token,
            base_url=f"{self._with.base_url}/api/",
            session=self._session,
            retry_handlers=[],
        )
        try:
            return await client.api_call(method, params=arguments or None)
        except SlackApiError as error:
            name = faults.named(error)
            said = faults.TO_MEND.get(name)
            raise _Unwell(said.en if said else f"Slack answers {method} with {name}.") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _Unwell(self._unreached()) from error

    async def _socket(self) -> AsyncIterator[str]:
        try:
            await self._call(self._with.app_token, "apps.connections.open")
        except _Unwell:
            yield (
                "Socket Mode is refused: turn it on under Socket Mode, and make an app-level token "
                "with connections:write for CANDOR_SLACK_APP_TOKEN."
            )

    async def _reached(self, address: str) -> AsyncIterator[str]:
        """Send what Slack sends to prove an address, signed as Slack signs."""
        url, challenge = f"{address.rstrip('/')}{manifest.PATH}", secrets.token_hex(8)
        body = json.dumps({"type": "url_verification", "challenge": challenge}).encode()
        stamp = str(int(self._at.timestamp()))
        signed = hmac.new(
            self._with.signing_secret.encode(),
            b"v0:" + stamp.encode() + b":" + body,
            hashlib.sha256,
        )
        headers = {
            "content-type": "application/json",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": f"v0={signed.hexdigest()}",
        }
        try:
            async with self._session.post(url, data=body, headers=headers) as found:
                status, said = found.status, await found.text()
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
            yield f"{url} cannot be reached: start candor serve there, and open the way to it."
            return
        if status == 401:
            yield (
                f"{url} refuses what is signed with this secret: set the same "
                "CANDOR_SLACK_SIGNING_SECRET there as here."
            )
        elif status != 200 or challenge not in said:
            yield f"{url} answers {status} where Candor should: point the address at candor serve."

    async def _drift(
        self, ours: Mapping[str, Any], config_token: str, bot: str
    ) -> AsyncIterator[str]:
        try:
            app = await self._call(self._with.bot_token, "bots.info", bot=bot)
            asked = {"app_id": app["bot"]["app_id"]}
            theirs = await self._call(config_token, "apps.manifest.export", **asked)
        except _Unwell:
            yield (
                "The manifest cannot be read: make a new configuration token at api.slack.com/apps "
                "and set CANDOR_SLACK_CONFIG_TOKEN."
            )
            return
        installed = theirs["manifest"]
        lacks = manifest.drift(ours, installed)
        if lacks:
            yield (
                f"The app lacks {', '.join(lacks)}: paste the manifest of candor setup slack under "
                "App Manifest, then Reinstall to Workspace."
            )
        elsewhere = sorted(manifest.request_urls(installed) - manifest.request_urls(ours))
        if self._with.mode == "http" and elsewhere and manifest.PLACEHOLDER not in str(ours):
            yield f"Slack sends to {', '.join(elsewhere)}: change it under App Manifest."


class _Unwell(Exception):
    """A call that did not succeed, in one sentence."""


def _tokens(credentials: Credentials) -> list[str]:
    found = []
    if not credentials.bot_token.startswith("xoxb-"):
        found.append(
            "CANDOR_SLACK_BOT_TOKEN is not a bot token: copy the one that begins with xoxb- from "
            "OAuth & Permissions."
        )
    if credentials.mode == "socket" and not credentials.app_token.startswith("xapp-"):
        found.append(
            "CANDOR_SLACK_APP_TOKEN is not an app-level token: make one that begins with xapp- under "
            "Basic Information."
        )
    return found
