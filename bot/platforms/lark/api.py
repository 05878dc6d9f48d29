"""Calls of the platform's server API over one shared session; the token is fetched when needed.

Nothing here blocks the loop. lark-oapi's own client does while it fetches a token, and opens a new
TLS context for each call; see docs/adr for what was measured.
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import aiohttp

from bot.core.words import Text
from bot.platforms.lark.codes import MENDED, TOKENS, ApiError, Cut

CALL = 10.0  # seconds that a call may take
EARLY = 600  # seconds before its end that a token is renewed, while the old one still works
SPARE = 30  # seconds before its end that a token is not used any more
_TOKEN = "/open-apis/auth/v3/tenant_access_token/internal"  # noqa: S105 - a path


class Api:
    """One app's way to the server API, between `open` and `close`."""

    def __init__(self, base_url: str, app_id: str, secret: str, *, patience: float = CALL) -> None:
        self._base = base_url.rstrip("/")
        self._app_id = app_id
        self._secret = secret
        self._limit = aiohttp.ClientTimeout(total=patience, connect=patience / 2)
        self._session: aiohttp.ClientSession | None = None
        self._token = ""
        self._until = 0.0  # by the loop's clock
        self._fetching: asyncio.Task[str] | None = None
        self.trouble: Text | None = None  # that an operator must mend, until a call goes well
        self.mend: Callable[[Text], None] = _unheard  # told of each trouble once

    def open(self) -> None:
        """Open the session, in the loop that will use it."""
        connector = aiohttp.TCPConnector(limit=40)
        self._session = aiohttp.ClientSession(
            connector=connector, timeout=self._limit, trust_env=True
        )

    async def close(self) -> None:
        """Hang up."""
        if self._fetching is not None:
            self._fetching.cancel()
            await asyncio.gather(self._fetching, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            await asyncio.sleep(0)  # aiohttp's lines end in the loop's next round

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        """The data of the answer. Raises ApiError for a code, Cut when the line broke.

        A token that the platform does not take is fetched anew, and the call repeated, once.
        """
        try:
            data = await self._called(method, path, body, query)
        except ApiError as error:
            self._mind(MENDED.get(error.code))
            raise
        self.trouble = None
        return data

    async def _called(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        query: Mapping[str, str] | None,
    ) -> Mapping[str, Any]:
        token = await self.token()
        try:
            return await self._asked(method, path, body, query, token)
        except ApiError as error:
            if error.code not in TOKENS:
                raise
        return await self._asked(method, path, body, query, await self.token(but=token))

    async def upload(
        self, path: str, fields: Mapping[str, str], name: str, content: bytes
    ) -> Mapping[str, Any]:
        """The data of the answer to a form with one file in it. Raises as `call` does."""

        def form() -> aiohttp.FormData:  # of which each call takes a new one
            made = aiohttp.FormData()
            for field, value in fields.items():
                made.add_field(field, value)
            made.add_field("file", content, filename=name, content_type="application/octet-stream")
            return made

        token = await self.token()
        try:
            return await self._asked("POST", path, form(), None, token)
        except ApiError as error:
            if error.code not in TOKENS:
                raise
        return await self._asked("POST", path, form(), None, await self.token(but=token))

    async def download(self, path: str, query: Mapping[str, str], *, most: int) -> bytes:
        """The bytes of a file, one over `most` at most. Raises as `call` does."""
        token = await self.token()
        try:
            return await self._streamed(path, query, token, most + 1)
        except ApiError as error:
            self._mind(MENDED.get(error.code))
            if error.code not in TOKENS:
                raise
        return await self._streamed(path, query, await self.token(but=token), most + 1)

    async def token(self, *, but: str = "") -> str:
        """A tenant access token, other than `but`. One call fetches it for all who wait.

        Near its end it is renewed beside the work that goes on with it.
        """
        left = self._until - asyncio.get_running_loop().time()
        usable = self._token and self._token != but and left > SPARE
        if not usable or left < EARLY:
            fetching = self._fetch()
            if not usable:
                return await asyncio.shield(fetching)
        return self._token

    def _mind(self, trouble: Text | None) -> None:
        if trouble is not None and trouble != self.trouble:
            self.trouble = trouble
            self.mend(trouble)

    def _fetch(self) -> "asyncio.Task[str]":
        if self._fetching is None or self._fetching.done():
            self._fetching = asyncio.get_running_loop().create_task(self._fetched())
            self._fetching.add_done_callback(_heard)
        return self._fetching

    async def _fetched(self) -> str:
        body = {"app_id": self._app_id, "app_secret": self._secret}
        answer = await self._request("POST", _TOKEN, body, None, {})
        self._token = str(answer["tenant_access_token"])
        self._until = asyncio.get_running_loop().time() + float(answer.get("expire", 0))
        return self._token

    async def _asked(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | aiohttp.FormData | None,
        query: Mapping[str, str] | None,
        token: str,
    ) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        answer = await self._request(method, path, body, query, headers)
        data = answer.get("data")
        return data if isinstance(data, dict) else answer

    async def _streamed(self, path: str, query: Mapping[str, str], token: str, most: int) -> bytes:
        if self._session is None:
            raise Cut(sent=False)
        headers = {"Authorization": f"Bearer {token}"}
        try:
            async with self._session.get(
                self._base + path, params=query, headers=headers, allow_redirects=False
            ) as answer:
                return await _bytes(answer, most)
        except (aiohttp.ClientError, TimeoutError):
            raise Cut(sent=True) from None

    async def _request(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | aiohttp.FormData | None,
        query: Mapping[str, str] | None,
        headers: Mapping[str, str],
    ) -> Mapping[str, Any]:
        if self._session is None:
            raise Cut(sent=False)
        try:
            async with self._session.request(
                method,
                self._base + path,
                **({"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}),
                params=query,
                headers=headers,
                allow_redirects=False,
            ) as answer:
                return await _read(answer)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise Cut(sent=False) from None
        except (aiohttp.ClientError, TimeoutError):
            raise Cut(sent=True) from None


async def _bytes(answer: aiohttp.ClientResponse, most: int) -> bytes:
    """What it holds, up to so many bytes; a refusal comes as JSON, with a code."""
    if answer.status != 200:
        await _read(answer)
        raise ApiError(-1, "", answer.status)
    found = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        found += piece[: most - len(found)]
        if len(found) >= most:
            break
    return bytes(found)


async def _read(answer: aiohttp.ClientResponse) -> Mapping[str, Any]:
    try:
        found = await answer.json(content_type=None)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not isinstance(found.get("code"), int):
        raise ApiError(-1, "", answer.status if answer.status >= 400 else 502, _reset(answer))
    if found["code"] != 0:
        raise ApiError(found["code"], str(found.get("msg", "")), answer.status, _reset(answer))
    return found


def _reset(answer: aiohttp.ClientResponse) -> timedelta | None:
    """When a rate limit ends, by the platform's own header or the usual one."""
    for name in ("x-ogw-ratelimit-reset", "retry-after"):
        given = answer.headers.get(name, "")
        if given.isdecimal():
            return timedelta(seconds=min(int(given), 3600))
    return None


def _unheard(_: Text) -> None:
    return None


def _heard(task: "asyncio.Task[str]") -> None:
    """Nobody may have waited for a renewal that failed; the next call fetches again."""
    if not task.cancelled():
        task.exception()
