"""What all fakes of outside systems share: a real server on this machine, a clock, and trouble on demand."""

import asyncio
import json
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.loopback import listening

Body = Any  # JSON, as a vendor makes it
START = datetime(2026, 5, 4, 1, 10, tzinfo=UTC)  # a Monday, 09:10 in Shanghai


@dataclass(slots=True)
class Clock:
    """The time of a test, which moves when it is told to."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    def pass_(self, time: timedelta) -> None:
        self.at += time


@dataclass(slots=True)
class Asked:
    """One call as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Body = None
    raw: bytes = b""
    target: str = ""  # path and query as they came


@dataclass(slots=True)
class Answer:
    """What goes back."""

    body: Body
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


async def _at_once(_: Asked) -> None:
    return None


class Vendor(ABC):
    """A fake of one product. Whatever it is not known to answer is kept in `wrong`."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.asked: list[Asked] = []
        self.wrong: list[str] = []
        self.unknown_filters: list[str] = []
        self.troubles: deque[str] = deque()  # of the next calls: slow, html, truncated, …
        self.morph: Callable[[str, Body], Body] = lambda _, body: body  # of every good answer
        self.instead: Callable[[Asked], Answer | None] = lambda _: None  # asked before the product
        self.unheard: Callable[[Asked], bool] = lambda _: False  # done, and the line is cut
        self.late: Callable[[Asked], Awaitable[None]] = _at_once  # done, and the answer is to come
        self.forms: tuple[str, ...] = ()  # paths whose body is a form, and no JSON
        self.spared: tuple[str, ...] = ()  # paths that no trouble and no morph befalls
        self._socket = listening()
        self.base = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._over = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=2**20)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def stop(self) -> None:
        self._over.set()
        if self._runner is not None:
            await self._runner.cleanup()
        self._socket.close()

    @abstractmethod
    def answer(self, asked: Asked) -> Answer:
        """What this product says."""

    def paths(self) -> list[str]:
        return [a.path for a in self.asked]

    def is_spared(self, asked: Asked) -> bool:
        """Whether no trouble befalls this call."""
        return any(asked.path.endswith(s) for s in self.spared)

    def refuse_call(self, asked: Asked) -> Answer:
        """A call that nobody should make: the test fails by its name."""
        self.wrong.append(f"{asked.method} {asked.path}")
        return Answer({"code": "100404", "message": "no such call"}, 404)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        body = self._body(request, raw)
        headers = {k.lower(): v for k, v in request.headers.items()}
        asked = Asked(
            request.method, request.path, dict(request.query), headers, body, raw, request.raw_path
        )
        self.asked.append(asked)
        is_spared = self.is_spared(asked)
        if self.troubles and not is_spared:
            return await self._in_trouble(self.troubles.popleft(), request)
        found = self.instead(asked) or self.answer(asked)
        await self.late(asked)
        if self.unheard(asked):
            return await self._in_trouble("truncated", request)
        sent = found.body
        if found.status == 204:
            return web.Response(status=204, headers=found.headers)
        if found.status < 300 and not is_spared:
            sent = self.morph(asked.path, sent)
        return web.Response(
            text=json.dumps(sent, ensure_ascii=True),
            status=found.status,
            headers=found.headers,
            content_type="application/json",
        )

    def _body(self, request: web.Request, raw: bytes) -> Body:
        is_form = request.path in self.forms
        wanted = "application/x-www-form-urlencoded" if is_form else "application/json"
        if raw and request.content_type != wanted:
            self.wrong.append(f"{request.path}: a body that says it is {request.content_type}")
        if is_form:
            return dict(parse_qsl(raw.decode(), strict_parsing=True)) if raw else None
        return json.loads(raw) if raw else None

    async def _in_trouble(self, trouble: str, request: web.Request) -> web.StreamResponse:
        if trouble == "slow":
            await self._over.wait()
            return web.Response()
        at_once: dict[str, tuple[int, str, dict[str, str]]] = {
            "html": (200, "<html>Welcome back</html>", {}),
            "down": (502, "<html>Bad gateway</html>", {}),
            "busy": (429, "<html>Slow down</html>", {}),
            "redirect": (302, "", {"Location": f"{self.base}/elsewhere"}),
            "oversized": (200, '{"values": ["' + "x" * 2**21 + '"]}', {}),
        }
        if trouble in at_once:
            status, text, headers = at_once[trouble]
            return web.Response(text=text, status=status, headers=headers, content_type="text/html")
        half = web.StreamResponse(headers={"Content-Length": "9000"})
        half.content_type = "application/json"
        await half.prepare(request)
        await half.write(b'{"values": [')
        if request.transport is not None:
            request.transport.close()
        return half


def seconds(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0
) -> int:
    """An instant on Shanghai's clock, as Unix seconds."""
    return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()) - 8 * 3600
