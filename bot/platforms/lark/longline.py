"""The long connection: events without a public address, in a thread of its own.

The thread keeps the line alive whatever the server is busy with: it pings, notices a line that has
gone silent, and opens a new one. What comes in is handed to the server's loop, and acknowledged
when it is on the disk. Nothing in here blocks, and `stop` ends it in good order.
"""

import asyncio
import base64
import json
import random
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import structlog

from bot.platforms.lark.frames import CONTROL, DATA, Frame, Unreadable, dump, load
from bot.platforms.lark.reception import Answer

ENDPOINT = "/callback/ws/endpoint"
LARGEST = 1024 * 1024  # bytes of an event
PIECES = 64  # events that may be in pieces at once
ANSWER = 2.8  # seconds; the platform waits for three
GRACE = 3.0  # seconds for what is under way when the line is closed
SOONEST, LATEST = 1.0, 60.0  # seconds before another try
SILENCE = 2.5  # ping intervals without a word, and the line is dead
_LIMIT = aiohttp.ClientTimeout(total=10)
_REFUSED = (403, 514)  # the app is disabled; its secret is another

_log = structlog.get_logger(__name__)

Take = Callable[[bytes], Awaitable[Answer]]


class NoLine(Exception):
    """The platform gives no line; the message says why."""


@dataclass(slots=True)
class _Line:
    """One WebSocket, and what the platform wants of it."""

    socket: aiohttp.ClientWebSocketResponse
    service: int
    interval: float  # seconds between pings
    heard: float = field(default_factory=time.monotonic)
    pieces: dict[str, dict[int, bytes]] = field(default_factory=dict)


class LongLine:
    """Opened by `start`, kept open until `stop`. `take` runs in the loop that called `start`."""

    def __init__(self, base_url: str, app_id: str, secret: str, take: Take) -> None:
        self._base = base_url.rstrip("/")
        self._credentials = {"AppID": app_id, "AppSecret": secret}
        self._take = take
        self._main: asyncio.AbstractEventLoop | None = None
        self._loop = asyncio.new_event_loop()
        self._stopped = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="lark-line", daemon=True)
        self._handling: set[asyncio.Task[None]] = set()
        self._acting: set[Future[None]] = set()
        self._late: set[asyncio.Task[None]] = set()  # of the loop that called `start`
        self._wait = 0.0
        self.why = "The long connection to Lark is being opened."  # empty while it stands

    def start(self) -> None:
        """Begin; returns at once."""
        self._main = asyncio.get_running_loop()
        self._thread.start()

    async def stop(self) -> None:
        """Close the line; what is under way may end first."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        await asyncio.to_thread(self._thread.join)
        acting = [asyncio.wrap_future(f) for f in self._acting]
        if acting or self._late:
            await asyncio.wait([*acting, *self._late], timeout=GRACE)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._keep())
        finally:
            self._loop.close()

    async def _keep(self) -> None:
        """Open line after line until it is stopped."""
        async with aiohttp.ClientSession(timeout=_LIMIT, trust_env=True) as session:
            while not self._stopped.is_set():
                try:
                    await self._one(session)
                except NoLine as error:
                    self._down(str(error))
                except (aiohttp.ClientError, TimeoutError, OSError) as error:
                    self._down("The long connection to Lark is down.", type(error).__name__)
                except Exception as error:  # noqa: BLE001 - the top of the thread; try again
                    self._down("The long connection to Lark is down.", type(error).__name__)
                await self._pause()
        await asyncio.sleep(0)  # aiohttp's lines end in the loop's next round

    def _down(self, why: str, error: str = "") -> None:
        if not self._stopped.is_set():
            self.why = why
            _log.warning("long connection is down", why=why, error=error)

    async def _pause(self) -> None:
        self._wait = min(max(2 * self._wait, SOONEST), LATEST)
        spread = random.uniform(0.5, 1.0)  # noqa: S311 - so that not all come back at once
        try:
            async with asyncio.timeout(self._wait * spread):
                await self._stopped.wait()
        except TimeoutError:
            pass

    async def _one(self, session: aiohttp.ClientSession) -> None:
        """One line, from its opening to its end."""
        url, config = await self._address(session)
        try:
            socket = await session.ws_connect(url, max_msg_size=2 * LARGEST)
        except aiohttp.WSServerHandshakeError as error:
            raise NoLine(_refusal(error.headers or {})) from None
        service = parse_qs(urlsplit(url).query).get("service_id", ["0"])[0]
        line = _Line(socket, int(service) if service.isdecimal() else 0, _interval(config, 120.0))
        self.why, self._wait = "", 0.0
        _log.info("long connection stands")
        watching = asyncio.create_task(self._watch(line))
        stopping = asyncio.create_task(self._close_when_stopped(line))
        try:
            await self._listen(line)
        finally:
            for task in (watching, stopping):
                task.cancel()
            await asyncio.gather(watching, stopping, return_exceptions=True)
            await socket.close()
        if not self._stopped.is_set():
            raise NoLine("The long connection to Lark was closed.")

    async def _address(self, session: aiohttp.ClientSession) -> tuple[str, Mapping[str, Any]]:
        """Where to connect, good once, and what the platform wants of the line."""
        async with session.post(self._base + ENDPOINT, json=self._credentials) as answer:
            told = await answer.json(content_type=None)
        code = told.get("code") if isinstance(told, dict) else None
        if code in _REFUSED:
            raise NoLine(
                "Lark refuses the long connection: check CANDOR_LARK_APP_ID and "
                "CANDOR_LARK_APP_SECRET, and that the app is enabled."
            )
        if code != 0:
            raise NoLine(f"Lark gives no long connection now (code {code}).")
        data = told.get("data", told)
        url = str(data.get("URL") or told.get("URL", ""))
        here = urlsplit(self._base).hostname in ("127.0.0.1", "localhost", "::1")
        if not url.startswith("wss://") and not (here and url.startswith("ws://")):
            raise NoLine("Lark named an address that is not encrypted.")
        return url, data.get("ClientConfig") or {}

    async def _listen(self, line: _Line) -> None:
        async for message in line.socket:
            line.heard = time.monotonic()
            if message.type is not aiohttp.WSMsgType.BINARY:
                continue
            try:
                frame = load(message.data)
            except Unreadable:
                _log.warning("frame not readable")
                continue
            if frame.method == CONTROL:
                self._controlled(line, frame)
            elif frame.method == DATA:
                self._received(line, frame)
        if self._handling:
            await asyncio.wait(set(self._handling), timeout=GRACE)

    def _controlled(self, line: _Line, frame: Frame) -> None:
        """A pong may bring a new interval."""
        if frame.payload:
            try:
                config = json.loads(frame.payload)
            except ValueError:
                return
            if isinstance(config, dict):
                line.interval = _interval(config, line.interval)

    def _received(self, line: _Line, frame: Frame) -> None:
        if frame.headers.get("type") != "event":
            return
        payload = _whole(line, frame)
        if payload is None:
            return
        task = asyncio.get_running_loop().create_task(self._handle(line, frame, payload))
        self._handling.add(task)
        task.add_done_callback(self._handling.discard)

    async def _handle(self, line: _Line, frame: Frame, payload: bytes) -> None:
        """Have it taken in, acknowledge it, then act. Without an answer it is pushed again."""
        began = time.monotonic()
        answer = await self._answered(payload)
        told: dict[str, Any] = {"code": 200 if answer is not None and answer.taken else 500}
        if answer is not None and answer.taken:
            told["data"] = base64.b64encode(json.dumps(answer.body).encode()).decode()
        took = str(int(1000 * (time.monotonic() - began)))
        ack = frame.answered(json.dumps(told).encode(), biz_rt=took)
        try:
            await line.socket.send_bytes(dump(ack))
        except (ConnectionError, aiohttp.ClientError):
            _log.info("acknowledgement not sent; it will be pushed again")
        if answer is not None and answer.after:
            self._act(answer)

    async def _answered(self, payload: bytes) -> Answer | None:
        assert self._main is not None  # noqa: S101 - `start` has set it
        asked = asyncio.run_coroutine_threadsafe(self._in_time(payload), self._main)
        try:
            return await asyncio.wrap_future(asked)
        except Exception as error:  # noqa: BLE001 - not acknowledged, so it comes again
            _log.error("event failed", error=type(error).__name__)
            return None

    async def _in_time(self, payload: bytes) -> Answer | None:
        """The answer; None when it takes longer than the platform waits, though it goes on."""
        taking = asyncio.create_task(_call(self._take, payload))
        await asyncio.wait({taking}, timeout=ANSWER)
        if taking.done():
            return taking.result()
        _log.warning("event takes long; it will be pushed again")
        finishing = asyncio.create_task(_finish(taking))
        self._late.add(finishing)
        finishing.add_done_callback(self._late.discard)
        return None

    def _act(self, answer: Answer) -> None:
        assert self._main is not None  # noqa: S101 - `start` has set it
        future = asyncio.run_coroutine_threadsafe(answer.act(), self._main)
        self._acting.add(future)
        future.add_done_callback(self._acting.discard)

    async def _watch(self, line: _Line) -> None:
        """Ping; a line that has been silent for too long is closed, and so opened anew."""
        ping = dump(Frame(CONTROL, {"type": "ping"}, service=line.service))
        while not line.socket.closed:
            await line.socket.send_bytes(ping)
            await asyncio.sleep(line.interval)
            if time.monotonic() - line.heard > SILENCE * line.interval:
                _log.warning("long connection is silent")
                await line.socket.close()

    async def _close_when_stopped(self, line: _Line) -> None:
        await self._stopped.wait()
        if self._handling:
            await asyncio.wait(set(self._handling), timeout=GRACE)
        await line.socket.close()


async def _call(take: Take, payload: bytes) -> Answer:
    return await take(payload)


async def _finish(taking: "asyncio.Task[Answer]") -> None:
    """Do what comes of an event that was taken in late: pushed again, it is known and does nothing."""
    try:
        answer = await taking
    except Exception as error:  # noqa: BLE001 - not acknowledged, so it comes again
        _log.error("event failed", error=type(error).__name__)
    else:
        await answer.act()


def _whole(line: _Line, frame: Frame) -> bytes | None:
    """The event, once all its pieces are there."""
    count, number = _int(frame.headers.get("sum")), _int(frame.headers.get("seq"))
    if count <= 1:
        return frame.payload
    id_ = frame.headers.get("message_id", "")
    pieces = line.pieces.setdefault(id_, {})
    pieces[number] = frame.payload
    if sum(map(len, pieces.values())) > LARGEST:
        del line.pieces[id_]
        return None
    if len(pieces) < count:
        while len(line.pieces) > PIECES:
            del line.pieces[next(iter(line.pieces))]
        return None
    del line.pieces[id_]
    return b"".join(pieces[n] for n in sorted(pieces))


def _int(digits: str | None) -> int:
    return int(digits) if digits and digits.isdecimal() and len(digits) < 6 else 0


def _interval(config: Mapping[str, Any], otherwise: float) -> float:
    given = config.get("PingInterval")
    return float(min(max(given, 1), 600)) if isinstance(given, int | float) else otherwise


def _refusal(headers: Mapping[str, str]) -> str:
    """Why a handshake was refused, in the platform's own words."""
    if headers.get("Handshake-Autherrcode") == "1000040350":
        return "Too many long connections of this app are open (50 at most)."
    said = headers.get("Handshake-Msg", "")[:100]
    return f"Lark refuses the long connection: {said or 'no reason given'}."
