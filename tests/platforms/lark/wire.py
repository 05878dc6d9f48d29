"""A plain client of the long connection: a WebSocket and our own frames, without the SDK."""

import asyncio
import base64
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake.connections import ENDPOINT
from tests.platforms.lark.fake.frames import CONTROL, Frame, read, write
from tests.platforms.lark.fake.lark import FakeLark


class Wire:
    """One connection. `answer` goes back to every push; None keeps it without an answer."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self.heard: list[dict[str, Any]] = []
        self.pongs: list[dict[str, Any]] = []
        self.answer: dict[str, Any] | None = {}
        self.code = 200
        self._pieces: dict[str, list[bytes]] = {}
        self._listening = asyncio.create_task(self._listen())

    async def ping(self) -> None:
        """Show that the line stands."""
        await self._socket.send(write(Frame(CONTROL, {"type": "ping"})))

    async def send(self, data: bytes) -> None:
        """Send anything."""
        await self._socket.send(data)

    async def close(self) -> None:
        """Hang up."""
        await self._socket.close()
        await self._listening

    async def ended(self) -> None:
        """Wait until the other side has ended it."""
        await self._listening

    async def _listen(self) -> None:
        try:
            async for data in self._socket:
                assert isinstance(data, bytes)
                await self._hear(read(data))
        except ConnectionClosed:
            return

    async def _hear(self, frame: Frame) -> None:
        if frame.method == CONTROL:
            self.pongs.append(json.loads(frame.payload))
            return
        pieces = self._pieces.setdefault(frame.headers["message_id"], [])
        pieces.append(frame.payload)
        if len(pieces) < int(frame.headers["sum"]):
            return
        self.heard.append(json.loads(b"".join(pieces)))
        if self.answer is not None:
            await self._socket.send(write(self._acknowledged(frame)))

    def _acknowledged(self, frame: Frame) -> Frame:
        told: dict[str, Any] = {"code": self.code}
        if self.answer:
            told["data"] = base64.b64encode(json.dumps(self.answer).encode()).decode()
        headers = {**frame.headers, "biz_rt": "3"}
        return Frame(
            frame.method, headers, json.dumps(told).encode(), frame.sequence, frame.log,
            frame.service,
        )  # fmt: skip


async def address(fake: FakeLark, plain: Plain) -> str:
    """An address of a WebSocket, good once."""
    app = fake.tenant.app
    answer = await plain.call(ENDPOINT, {"AppID": app.id, "AppSecret": app.secret})
    found: str = answer["data"]["URL"]
    assert urlsplit(found).scheme == "ws"
    return found


async def wired(fake: FakeLark, plain: Plain) -> Wire:
    """A connection to the fake."""
    url = await address(fake, plain)
    wire = Wire(await connect(url, proxy=None))
    await fake.do(fake.connections.joined(parse_qs(urlsplit(url).query)["device_id"][0]))
    return wire
