"""The long connection: its endpoint, its WebSockets, and what is carried over them.

Source: lark_oapi/ws/client.py, event-subscription-configure-/request-url-configuration-case: at
most 50 connections, each push to one of them at random, an answer within 3 s. The codes of a wrong
secret are not documented; 514 is the SDK's own word for it.
"""

import asyncio
import base64
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.patience import within
from tests.platforms.lark.fake.envelopes import Envelope
from tests.platforms.lark.fake.errors import Refused
from tests.platforms.lark.fake.frames import CONTROL, DATA, Frame, read, write
from tests.platforms.lark.fake.gate import Asked, Endpoint
from tests.platforms.lark.fake.pushes import Attempt
from tests.platforms.lark.fake.tenant import Tenant
from tests.platforms.lark.fake.webhook import PATIENCE, event_id, parsed

ENDPOINT = "POST /callback/ws/endpoint"
PATH = "/callback/ws/connect"
SERVICE = 7
MOST = 50
FORBIDDEN, AUTH_FAILED = 403, 514
NO_CREDENTIAL, TOO_MANY = 1000040344, 1000040350


@dataclass(slots=True)
class Connection:
    """One WebSocket of the app."""

    device: str
    socket: WebSocket
    waiting: dict[str, asyncio.Future[Frame]] = field(default_factory=dict)
    delivered: int = 0
    pings: int = 0


class Connections:
    """All long connections of the app.

    `silent`: nothing comes from the platform any more, no pong and no push, and yet the line
    stands. `fragment`: payloads larger than this come in pieces. `config` goes to each client.
    `kind`: the type of frame that pushes come in; callbacks of schema 1.0 came as "card".
    """

    url = ""

    def __init__(
        self, tenant: Tenant, now: Callable[[], datetime], violations: list[str], address: str
    ) -> None:
        self._tenant = tenant
        self._now = now
        self._violations = violations
        self._address = address
        self._tickets: set[str] = set()
        self._random = random.Random(20)
        self._changed = asyncio.Condition()
        self.open: list[Connection] = []
        self.config: Mapping[str, int] = {
            "ReconnectCount": -1,
            "ReconnectInterval": 1,  # the platform says 120 and 30: too long for a test
            "ReconnectNonce": 0,
            "PingInterval": 120,
        }
        self.most = MOST
        self.patience = PATIENCE
        self.silent = False
        self.kind = "event"
        self.fragment = 0
        self.refusal: tuple[int, str] | None = None  # of the handshake: a code, and why

    def endpoint(self) -> Endpoint:
        """Where a client asks for its address."""
        return Endpoint(ENDPOINT, self.address, open=True)

    async def address(self, asked: Asked) -> Mapping[str, Any]:
        """The address of a WebSocket, good once."""
        app = self._tenant.app
        if not asked.body.get("AppID") or not asked.body.get("AppSecret"):
            raise Refused(NO_CREDENTIAL)
        if (asked.body["AppID"], asked.body["AppSecret"]) != (app.id, app.secret):
            raise Refused(AUTH_FAILED)
        if not app.enabled:
            raise Refused(FORBIDDEN)
        device = f"{self._tenant.number():019d}"
        self._tickets.add(device)
        query = f"device_id={device}&service_id={SERVICE}&access_key=a"
        return {"URL": f"ws://{self._address}{PATH}?{query}", "ClientConfig": dict(self.config)}

    async def serve(self, socket: WebSocket) -> None:
        """One connection, from its handshake to its end."""
        device = socket.query_params.get("device_id", "")
        refusal = self._refusal(device)
        if refusal is not None:
            await socket.send_denial_response(_denied(*refusal))
            return
        self._tickets.discard(device)
        await socket.accept()
        connection = Connection(device, socket)
        await self._change(self.open.append, connection)
        try:
            while True:
                await self._hear(connection, await socket.receive_bytes())
        except (WebSocketDisconnect, KeyError):
            pass
        finally:
            await self._change(self.open.remove, connection)
            for waiting in connection.waiting.values():
                if not waiting.done():
                    waiting.set_exception(ConnectionResetError())

    async def carry(self, envelope: Envelope) -> Attempt:
        """One delivery, to one connection."""
        at, began, id_ = self._now(), monotonic(), event_id(envelope)
        if not self.open or self.silent:
            return Attempt(id_, at, fault="no connection")
        connection = self._random.choice(self.open)
        connection.delivered += 1
        message = f"{self._tenant.number():032x}"
        answered: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        connection.waiting[message] = answered

        async def asked() -> Frame:
            for frame in self._frames(envelope, message):
                await connection.socket.send_bytes(write(frame))
            return await answered

        try:
            answer = await within(self.patience, asked())
        except TimeoutError:
            return Attempt(id_, at, took=monotonic() - began, fault="too slow")
        except (ConnectionResetError, WebSocketDisconnect, RuntimeError):
            return Attempt(id_, at, took=monotonic() - began, fault="unreachable: line cut")
        finally:
            connection.waiting.pop(message, None)
        return self._read(answer, id_, at, monotonic() - began)

    async def connected(self, count: int) -> None:
        """Wait until there are exactly so many connections."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.open) == count)

    async def joined(self, device: str) -> None:
        """Wait until the connection with this device id stands."""
        async with self._changed:
            await self._changed.wait_for(lambda: device in {c.device for c in self.open})

    async def drop(self) -> None:
        """End every connection in good order, as before a restart of the platform."""
        for connection in list(self.open):
            await connection.socket.close(1001)

    async def _hear(self, connection: Connection, data: bytes) -> None:
        try:
            frame = read(data)
        except (ValueError, KeyError) as error:
            self._violations.append(f"a frame that cannot be read: {error}")
            return
        if frame.method == CONTROL and frame.kind == "ping":
            connection.pings += 1
            async with self._changed:
                self._changed.notify_all()
            if not self.silent:
                pong = Frame(CONTROL, {"type": "pong"}, _json(self.config), service=SERVICE)
                await connection.socket.send_bytes(write(pong))
            return
        waiting = connection.waiting.get(frame.headers.get("message_id", ""))
        if waiting is not None and not waiting.done():
            waiting.set_result(frame)

    async def pinged(self, count: int) -> None:
        """Wait until so many pings have come, of all connections together."""
        async with self._changed:
            await self._changed.wait_for(lambda: sum(c.pings for c in self.open) >= count)

    def _frames(self, envelope: Envelope, message: str) -> list[Frame]:
        payload = json.dumps(envelope, ensure_ascii=False).encode()
        size = self.fragment or len(payload)
        pieces = [payload[at : at + size] for at in range(0, len(payload), size)]
        headers = {
            "type": self.kind,
            "message_id": message,
            "trace_id": f"trace-{message[-8:]}",
            "sum": str(len(pieces)),
        }
        sequence = self._tenant.number()
        return [
            Frame(DATA, {**headers, "seq": str(n)}, piece, sequence, sequence, SERVICE)
            for n, piece in enumerate(pieces)
        ]

    def _read(self, frame: Frame, id_: str, at: datetime, took: float) -> Attempt:
        told = parsed(frame.payload)
        if frame.method != DATA or not isinstance(told, dict) or "code" not in told:
            self._violations.append(f"an acknowledgement that is none: {frame.payload[:80]!r}")
            return Attempt(id_, at, took=took, fault="no acknowledgement")
        if "biz_rt" not in frame.headers and told["code"] == 200:
            self._violations.append("an acknowledgement without biz_rt")
        body = base64.b64decode(told.get("data") or "") or b"{}"
        fault = "" if told["code"] == 200 else f"status {told['code']}"
        return Attempt(id_, at, int(told["code"]), body, took, fault)

    def _refusal(self, device: str) -> tuple[int, str, int] | None:
        if self.refusal is not None:
            code, why = self.refusal
            return code, why, code
        if len(self.open) >= self.most:
            return AUTH_FAILED, "exceed connection limit", TOO_MANY
        if device not in self._tickets:
            return FORBIDDEN, "forbidden", FORBIDDEN
        return None

    async def _change(self, change: Callable[[Connection], None], connection: Connection) -> None:
        async with self._changed:
            change(connection)
            self._changed.notify_all()


def _denied(code: int, why: str, inner: int) -> Response:
    headers = {
        "handshake-status": str(code),
        "handshake-msg": why,
        "handshake-autherrcode": str(inner),
    }
    return Response(status_code=403, headers=headers)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()
