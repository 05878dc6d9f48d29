"""The one way to an outside system over HTTP: by an allow-list, within limits, to one host.

A call that is not on the list never leaves, and a list that changes anything says so by name. Logs
hold host, path template, status, the vendor's code and how long it took; never a query, where some
systems carry secrets, and never a body.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, TypedDict
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
import structlog
from yarl import URL

from bot.engine.outside import Busy, NotAllowed, NotFound, SignInRefused, Unreachable, Unreadable
from bot.outside.addresses import Guarded, check_base

CALL = 10.0  # seconds that a call may take
LARGEST = 2 * 2**20  # bytes of an answer
MINUTE = 60.0  # seconds
NAME = 400  # characters of an id
CODE = 40  # characters of a vendor's code
PAUSE = timedelta(minutes=1)  # where a system asks for one and does not say how long
LONGEST_PAUSE = timedelta(hours=1)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """What is allowed: a method, and a path with {slots} for ids."""

    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
    path: str


@dataclass(frozen=True, slots=True)
class Form:
    """A body that is sent as a form."""

    fields: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Exact:
    """A body of JSON that is sent byte by byte, because these bytes were signed."""

    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `body` is the JSON, None where it was none."""

    status: int
    headers: Mapping[str, str]  # names in lower case
    body: object = None
    is_json: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one system bears. `a_minute` calls; 0 is as many as come."""

    a_minute: int = 0
    in_flight: int = 4
    patience: float = CALL  # seconds a call
    largest: int = LARGEST  # bytes an answer
    clock: Callable[[], float] = time.monotonic  # seconds that only rise


class _Sent(TypedDict, total=False):
    """What goes to the library for one call."""

    headers: Mapping[str, str]
    json: object
    data: bytes | Mapping[str, str]


@dataclass(slots=True)
class _Pace:
    """Refuses what a system would, so that nobody waits in a queue of ours."""

    a_minute: int
    clock: Callable[[], float]  # seconds that only rise
    _calls: deque[float] = field(default_factory=deque)
    _until: float = 0.0

    def take(self) -> None:
        """Count one call; raises Busy where it would be one too many."""
        now = self.clock()
        if now < self._until:
            raise Busy(timedelta(seconds=self._until - now), "still in the pause it asked for")
        while self._calls and self._calls[0] <= now - MINUTE:
            self._calls.popleft()
        if self.a_minute and len(self._calls) >= self.a_minute:
            wait = self._calls[0] + MINUTE - now
            raise Busy(timedelta(seconds=wait), "as many calls as it takes in a minute")
        self._calls.append(now)

    def rest(self, pause: timedelta) -> None:
        """Ask nothing until the pause is over."""
        self._until = self.clock() + pause.total_seconds()


class Http:
    """The way to one system. `private` names the hosts that may stand in a private network; None:
    there is no setting for it, and none may. Without `may_change` the list holds reads alone.

    Raises ValueError for an address that is never asked, with the remedy, and for such a list.
    """

    def __init__(
        self,
        base_url: str,
        allowed: Collection[Call],
        *,
        private: Collection[str] | None = None,
        limits: Limits | None = None,
        may_change: bool = False,
    ) -> None:
        if not may_change and (found := {c.method for c in allowed} - {"GET", "POST"}):
            raise ValueError(f"{' and '.join(sorted(found))} on a list of reads")
        self._limits = limits or Limits()
        self._base = check_base(base_url, private)
        self._host = urlsplit(self._base).hostname or ""
        self._allowed = frozenset(allowed)
        self._private = private
        self._pace = _Pace(self._limits.a_minute, self._limits.clock)
        self._gate = asyncio.Semaphore(self._limits.in_flight)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            await self._session.close()
            await asyncio.sleep(0)  # aiohttp's lines end in the loop's next round

    async def ask(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer, whatever its status below 300 or from 400. `body`: a Form, Exact, or what
        becomes JSON.

        Raises Unreachable, Unreadable, NotFound for an id that is none, Busy where the pace is
        used up; ValueError for a call that is not on the list.
        """
        if call not in self._allowed:
            raise ValueError(f"{call.method} {call.path} is not on the list of calls")
        url = URL(self._base + _path(call.path, ids or {}) + _query(query or {}), encoded=True)
        async with self._gate:
            self._pace.take()
            began, status, found = time.monotonic(), 0, None
            try:
                answer = await self._asked(call.method, url, body, headers or {})
                status, found = answer.status, answer.body
                if status == 429:
                    self._pace.rest(pause_of(answer))
                return answer
            finally:
                _log.info(
                    "outside system asked",
                    host=self._host,
                    path=call.path,
                    status=status,
                    code=code_of(found),
                    seconds=round(time.monotonic() - began, 3),
                )

    def target(
        self,
        call: Call,
        ids: Mapping[str, str] | None = None,
        query: Mapping[str, str | int] | None = None,
    ) -> str:
        """Path and query as they are sent, for a signature. Raises NotFound for an id that is none."""
        path = _path(call.path, ids or {}) + _query(query or {})
        return URL(self._base + path, encoded=True).raw_path_qs

    async def _asked(
        self, method: str, url: URL, body: object, headers: Mapping[str, str]
    ) -> Answer:
        session = self._opened()
        try:
            async with session.request(
                method, url, **_sent(body, headers), allow_redirects=False
            ) as answer:
                if 300 <= answer.status < 400:
                    raise Unreachable("it sends us on to another address, which is not followed")
                data = await _bytes(answer, self._limits.largest)
                return _read(answer, data)
        except (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError):
            raise Unreachable("the line broke") from None
        except TimeoutError:
            raise Unreachable(f"no answer within {self._limits.patience:g} seconds") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise Unreachable(_why(error)) from None

    def _opened(self) -> aiohttp.ClientSession:
        """The session, made in the loop that uses it; no proxy is taken from the environment."""
        if self._session is None:
            limit = aiohttp.ClientTimeout(total=self._limits.patience)
            connector = aiohttp.TCPConnector(
                limit=self._limits.in_flight, resolver=Guarded(self._private)
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                timeout=limit,
                trust_env=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"Accept": "application/json", "User-Agent": "Candor"},
            )
        return self._session


def refuse(answer: Answer) -> None:
    """Raise what a status means everywhere, for a vendor without a word of its own on it."""
    if answer.status < 400:
        return
    detail = f"HTTP {answer.status}" + (f", code {c}" if (c := code_of(answer.body)) else "")
    if answer.status == 401:
        raise SignInRefused(detail)
    if answer.status == 403:
        raise NotAllowed(detail)
    if answer.status in (404, 410):
        raise NotFound(detail)
    if answer.status == 429:
        raise Busy(pause_of(answer), detail)
    if answer.status >= 500:
        raise Unreachable(detail)
    raise Unreadable(detail)


def pause_of(answer: Answer) -> timedelta:
    """How long it asks us to wait, in seconds by the usual headers; an hour at most."""
    for name in ("retry-after", "x-pc-retry-after"):
        given = answer.headers.get(name, "").strip()
        if given.isdecimal() and given.isascii() and len(given) < 10:
            return min(timedelta(seconds=int(given)), LONGEST_PAUSE)
    return PAUSE


def code_of(body: object) -> str:
    """A vendor's own code, where an answer has one, also within a record that tells of the error."""
    if not isinstance(body, dict):
        return ""
    for name in ("code", "error_code", "err_code", "error"):
        found = body.get(name)
        if isinstance(found, str | int) and not isinstance(found, bool):
            code = str(found)[:CODE]
            return code if code.isascii() and code.replace("_", "").isalnum() else ""
    return code_of(body.get("error_info")) or code_of(body.get("error"))


def _path(template: str, ids: Mapping[str, str]) -> str:
    for name in ids.values():
        if not name or name in (".", "..") or len(name) > NAME:
            raise NotFound("no such id")
    return template.format_map({k: quote(v, safe="") for k, v in ids.items()})


def _query(query: Mapping[str, str | int]) -> str:
    return "?" + urlencode(query, quote_via=quote) if query else ""


def _sent(body: object, headers: Mapping[str, str]) -> _Sent:
    if isinstance(body, Form):
        return {"headers": headers, "data": dict(body.fields)}
    if isinstance(body, Exact):
        return {"headers": {"Content-Type": "application/json", **headers}, "data": body.data}
    return {"headers": headers, "json": body}


async def _bytes(answer: aiohttp.ClientResponse, largest: int) -> bytes:
    found = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        found += piece
        if len(found) > largest:
            answer.close()
            raise Unreadable(f"an answer of more than {largest // 2**20} MB")
    return bytes(found)


def _read(answer: aiohttp.ClientResponse, data: bytes) -> Answer:
    headers = {k.lower(): v for k, v in answer.headers.items()}
    try:
        return Answer(answer.status, headers, json.loads(data), is_json=True)
    except (ValueError, RecursionError):  # bytes that are no text, and numbers without end, too
        return Answer(answer.status, headers)


def _why(error: Exception) -> str:
    """What can be told of a failure without its address, which may hold a query."""
    reason = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    said = str(reason.strerror or "") if isinstance(reason, OSError) else ""
    return said or type(error).__name__
