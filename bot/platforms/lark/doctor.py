"""What is wrong with the app in Feishu or Lark, one sentence each with its remedy. Changes nothing."""

import json
import secrets
import time
from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

import aiohttp

from bot.engine.errors import Later
from bot.platforms.lark import console
from bot.platforms.lark.api import Api
from bot.platforms.lark.app import PATH
from bot.platforms.lark.codes import MENDED, ApiError, Cut
from bot.platforms.lark.config import Config
from bot.platforms.lark.longline import ENDPOINT
from bot.platforms.lark.register import Register
from bot.platforms.lark.seal import sealed

PATIENCE = 8  # seconds
_SCOPES = "/open-apis/application/v6/scopes"
_APP = "/open-apis/application/v6/applications/me"
_BOT = "/open-apis/bot/v3/info"
_GRANTED = 1


async def findings(config: Config, at: datetime, *, address: str = "") -> tuple[str, ...]:
    """Every problem; none when all is well. `address` is where the platform reaches this server."""
    api = Api(config.base_url, config.app_id, config.secret, patience=PATIENCE)
    api.open()
    limit = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session:
            visit = _Visit(config, api, session, at)
            return tuple([problem async for problem in visit.problems(address)])
    finally:
        await api.close()


class _Visit:
    def __init__(
        self, config: Config, api: Api, session: aiohttp.ClientSession, at: datetime
    ) -> None:
        self._config = config
        self._api = api
        self._session = session
        self._at = at

    async def problems(self, address: str) -> AsyncIterator[str]:
        """One after the other, the ones that explain others first."""
        try:
            await self._api.token()
        except ApiError as error:
            yield _sentence(error)
            return
        except Cut:
            yield (
                f"{self._config.base_url} cannot be reached from here: check the network, or the "
                "proxy in HTTPS_PROXY."
            )
            return
        for problem in [*await self._bot(), *await self._scopes(), *await self._app(address)]:
            yield problem
        for register in self._config.registers:
            if problem := await self._register(register):
                yield problem
        if self._config.mode == "socket":
            async for problem in self._line():
                yield problem
        elif address:
            async for problem in self._reached(address):
                yield problem

    async def _bot(self) -> list[str]:
        try:
            await self._api.call("GET", _BOT)
        except ApiError as error:
            return [_sentence(error)]
        except Cut:
            return ["Lark does not say whether the bot is on; try again."]
        return []

    async def _scopes(self) -> list[str]:
        try:
            found = await self._api.call("GET", _SCOPES)
        except (ApiError, Cut):
            return ["The app's scopes cannot be read; try again."]
        granted = {s["scope_name"] for s in found["scopes"] if s["grant_status"] == _GRANTED}
        wanted = console.scopes(self._config.wanted)
        missing = sorted(wanted - granted)
        if not missing:
            return []
        return [
            f"The app lacks {', '.join(missing)}: add it under Permissions & Scopes (candor setup "
            "lark writes the list to import), then publish a version."
        ]

    async def _register(self, address: str) -> str:
        """What keeps rows out of this table; columns that it lacks are added with the first one."""
        try:
            why = await Register(self._api, "en", time=time.monotonic).trouble(address)
        except (ApiError, Later) as error:
            said = error.text.en if isinstance(error, Later) else f"Lark answers {error}."
            return f"The register {address} cannot be read: {said}"
        return f"The register {address}: {why.en}" if why is not None else ""

    async def _app(self, address: str) -> list[str]:
        try:
            found = await self._api.call("GET", _APP, query={"lang": "en_us"})
        except (ApiError, Cut):
            return []  # the scope for it is among those that were named
        app = found["app"]
        events, callbacks = app.get("event", {}), app.get("callback", {})
        problems = []
        lacks = sorted(console.EVENTS.keys() - set(events.get("subscribed_events", ())))
        if lacks:
            problems.append(f"Add the events {', '.join(lacks)} under Events & Callbacks.")
        if set(console.CALLBACKS) - set(callbacks.get("subscribed_callbacks", ())):
            problems.append(
                "Presses on cards fail with 200340: add the callback card.action.trigger under "
                "Events & Callbacks, Callback Configuration."
            )
        for name, way in (
            ("Event", (events.get("subscription_type"), events.get("request_url"))),
            ("Callback", (callbacks.get("callback_type"), callbacks.get("request_url"))),
        ):
            problems += self._way(name, way, address)
        return problems

    def _way(self, name: str, way: tuple[object, object], address: str) -> list[str]:
        kind, url = way
        page = f"Events & Callbacks, {name} Configuration"
        if self._config.mode == "socket":
            if kind == "websocket":
                return []
            return [f"Choose the persistent connection under {page}, while candor serve runs."]
        wanted = f"{address.rstrip('/')}{PATH}"
        if kind != "webhook" or (address and url != wanted):
            return [f"Set the request address to {wanted if address else PATH} under {page}."]
        return []

    async def _line(self) -> AsyncIterator[str]:
        body = {"AppID": self._config.app_id, "AppSecret": self._config.secret}
        try:
            async with self._session.post(self._config.base_url + ENDPOINT, json=body) as answer:
                told = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError):
            told = {}
        if not isinstance(told, Mapping) or told.get("code") != 0:
            yield (
                "The long connection is refused: it is for custom apps only, and at most 50 may be "
                "open; check the app's type and how many servers run."
            )

    async def _reached(self, address: str) -> AsyncIterator[str]:
        """Send what the console sends to prove an address, as it sends it."""
        url, challenge = f"{address.rstrip('/')}{PATH}", secrets.token_hex(8)
        asked: dict[str, Any] = {
            "type": "url_verification",
            "challenge": challenge,
            "token": self._config.token,
        }
        body = json.dumps(asked).encode()
        if self._config.encrypt_key:
            body = sealed(body, self._config.encrypt_key, secrets.token_bytes(16))
        try:
            async with self._session.post(url, data=body) as found:
                status, said = found.status, await found.text()
        except (aiohttp.ClientError, TimeoutError, ValueError):
            yield f"{url} cannot be reached: start candor serve there, and open the way to it."
            return
        if status == 401:
            yield (
                f"{url} has other secrets: set the same CANDOR_LARK_ENCRYPT_KEY and "
                "CANDOR_LARK_VERIFICATION_TOKEN there as here."
            )
        elif status != 200 or challenge not in said:
            yield f"{url} answers {status} where Candor should: point the address at candor serve."


def _sentence(error: ApiError) -> str:
    said = MENDED.get(error.code)
    return said.en if said else f"Lark answers with code {error.code}."
