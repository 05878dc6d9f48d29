"""Socket Mode: envelopes over real WebSockets, each to be acknowledged by its id."""

import asyncio
import itertools
import json
from typing import Any, Literal
from uuid import UUID

from starlette.websockets import WebSocket, WebSocketDisconnect

from tests.patience import passed, within
from tests.platforms.slack.fake.realm import Realm
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.sending import PATIENCE, Answer, Delivery, Kind
from tests.platforms.slack.fake.workspace import APP_ID

MOST_LINKS = 10
ENVELOPES: dict[Kind, str] = {
    "event": "events_api",
    "command": "slash_commands",
    "interaction": "interactive",
}
Reason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]


class Sockets:
    """The open links of the app. As a line, it gives each delivery to one of them in turn."""

    def __init__(self, realm: Realm, *, patience: float = PATIENCE) -> None:
        self._realm = realm
        self.patience = patience
        self.links: list[WebSocket] = []
        self.shut = False  # no new link is taken
        self.deaf = False  # the next acknowledgement is lost, and its link with it
        self.acknowledged: list[Payload] = []  # every frame of the app's, as it came
        self._open: dict[str, tuple[WebSocket, asyncio.Future[Payload | None]]] = {}
        self._count = itertools.count(1)
        self._turn = itertools.count()
        self._changed = asyncio.Condition()

    async def take(self, socket: WebSocket) -> None:
        """Answer `/link/`, with a ticket of apps.connections.open."""
        ticket = socket.query_params.get("ticket", "")
        if self.shut or ticket not in self._realm.tickets:
            await socket.close(code=1008)
            return
        self._realm.tickets.discard(ticket)
        await socket.accept()
        if len(self.links) >= MOST_LINKS:
            await self.disconnect(socket, "too_many_websockets")
            return
        await self._hello(socket)
        try:
            while True:
                self._acknowledge(await socket.receive_text())
        except WebSocketDisconnect:
            await self._lost(socket)

    async def carry(self, delivery: Delivery) -> Answer:
        began = passed()
        if not self.links:
            return Answer(0, reason="connection_failed")
        link = self.links[next(self._turn) % len(self.links)]
        envelope = self._envelope(delivery)
        acknowledged: asyncio.Future[Payload | None] = asyncio.get_running_loop().create_future()
        self._open[envelope["envelope_id"]] = (link, acknowledged)
        try:
            await link.send_text(json.dumps(envelope))
            payload = await within(self.patience, acknowledged)
        except TimeoutError:
            return Answer(0, seconds=passed() - began, reason="timeout")
        except (ConnectionError, RuntimeError, WebSocketDisconnect):
            return Answer(0, seconds=passed() - began, reason="connection_failed")
        finally:
            self._open.pop(envelope["envelope_id"], None)
        if payload is not None and delivery.kind == "event":
            self._realm.blame(delivery.name, "this envelope accepts no payload")
        text = "" if payload is None else json.dumps(payload)
        return Answer(200, text, passed() - began)

    async def wait_for_links(self, count: int = 1) -> None:
        """Return once so many links are open, no more and no fewer."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.links) == count)

    async def disconnect(self, socket: WebSocket, reason: Reason = "refresh_requested") -> None:
        """Tell a link that it ends; only a warning leaves it open for a while."""
        debug = {"host": "applink-1"}
        await socket.send_text(
            json.dumps({"type": "disconnect", "reason": reason, "debug_info": debug})
        )
        if reason != "warning":
            await self._lost(socket)
            await socket.close()

    async def renew(self, socket: WebSocket) -> None:
        """End a link as Slack does: a warning, time to open another, no more on it, its end."""
        before = len(self.links)
        await self.disconnect(socket, "warning")
        async with self._changed, asyncio.timeout(self.patience):
            await self._changed.wait_for(lambda: len(self.links) > before)
            self.links.remove(socket)
        waiting = [done for link, done in self._open.values() if link is socket]
        if waiting:
            await asyncio.wait(waiting)
        await self.disconnect(socket, "refresh_requested")

    async def drop(self, socket: WebSocket) -> None:
        """End a link without a word."""
        await self._lost(socket)
        await socket.close(code=1011)

    async def close(self) -> None:
        for link in list(self.links):
            await self.drop(link)

    async def _hello(self, socket: WebSocket) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self.links) + 1,
            "debug_info": {"host": "applink-1", "approximate_connection_time": 18_060},
            "connection_info": {"app_id": APP_ID},
        }
        await socket.send_text(json.dumps(hello))
        async with self._changed:
            self.links.append(socket)
            self._changed.notify_all()

    async def _lost(self, socket: WebSocket) -> None:
        async with self._changed:
            if socket in self.links:
                self.links.remove(socket)
            self._changed.notify_all()
        for link, acknowledged in self._open.values():
            if link is socket and not acknowledged.done():
                acknowledged.set_exception(ConnectionResetError())

    def _envelope(self, delivery: Delivery) -> dict[str, Any]:
        number = next(self._count)
        envelope: dict[str, Any] = {
            "envelope_id": str(UUID(int=number, version=4)),
            "type": ENVELOPES[delivery.kind],
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "event",
        }
        if delivery.kind == "event":
            envelope |= {"retry_attempt": delivery.retry, "retry_reason": delivery.reason}
        return envelope

    def _acknowledge(self, text: str) -> None:
        if self.deaf:
            self.deaf = False
            raise WebSocketDisconnect
        frame = json.loads(text)
        self.acknowledged.append(frame)
        extra = sorted(set(frame) - {"envelope_id", "payload"})
        self._realm.blame("socket", *(f"unknown property: {name}" for name in extra))
        waiting = self._open.get(str(frame.get("envelope_id")))
        if waiting is not None and not waiting[1].done():
            waiting[1].set_result(frame.get("payload"))
