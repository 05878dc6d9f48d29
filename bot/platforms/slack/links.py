"""Socket Mode: two links to Slack, each renewed before it ends, so that one is always open.

The SDK's own client closes a link before it opens the next. What Slack sends in between is lost: it
never repeats a command or a press. Here the next link is open first, and the one that is to end is
read and answered until Slack closes it.
"""

import asyncio
import json
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import aiohttp
import structlog
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.platforms.slack import faults

LINKS = 2
CONNECT = 10.0  # seconds that a link may take to be opened
ENDING = 60.0  # seconds that a link which is to end is still read; Slack gives it about ten
HEARTBEAT = 15.0  # seconds between our pings; without an answer to one, a link is dead
AT_ONCE = 0.2  # seconds until a link that was cut is opened anew
LONGEST = 30.0  # seconds between two tries
LAST = 3.0  # seconds that what was taken in gets to be answered when all ends
REMEDIES: Mapping[str, str] = {
    "link_disabled": "turn Socket Mode on in the app's settings, or set CANDOR_SLACK_MODE=http",
    "too_many_websockets": "end other processes of this app; Slack allows ten links in all",
}

_log = structlog.get_logger(__name__)


class Links:
    """The links of one process. Hold `run` in a task; cancel it to end them all."""

    def __init__(
        self, bolt: AsyncApp, app_token: str, *, again: float, answered: Callable[[float], None]
    ) -> None:
        self._bolt = bolt
        self._token = app_token
        self._again = again  # seconds until the first new try
        self._answered = answered  # told how many seconds an answer took
        self._all: set[aiohttp.ClientWebSocketResponse] = set()
        self._open: set[aiohttp.ClientWebSocketResponse] = set()  # on which Slack has said hello
        self._ending: set[asyncio.Task[None]] = set()
        self._answers: set[asyncio.Task[None]] = set()

    @property
    def are_up(self) -> bool:
        """Whether Slack has a way to us now."""
        return bool(self._open)

    async def run(self) -> None:
        """Keep the links until cancelled; then what was taken in is still answered."""
        async with aiohttp.ClientSession() as session:
            keepers = [asyncio.create_task(self._keep(session)) for _ in range(LINKS)]
            try:
                await asyncio.gather(*keepers)
            finally:
                for keeper in keepers:
                    keeper.cancel()
                await asyncio.gather(*keepers, return_exceptions=True)
                if self._answers:
                    await asyncio.wait(self._answers, timeout=LAST)
                for task in [*self._ending, *self._answers]:
                    task.cancel()
                await asyncio.gather(*self._ending, *self._answers, return_exceptions=True)
                await asyncio.gather(*(self._ended(link) for link in list(self._all)))

    async def _keep(self, session: aiohttp.ClientSession) -> None:
        """One link after the other."""
        pause = self._again
        while True:
            try:
                link = await self._connected(session)
            except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack passes
                _log.warning("socket not connected", error=faults.named(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST)
                continue
            reason = await self._read(link)
            if reason is not None and reason not in REMEDIES:
                pause = self._again  # it goes on at once
                self._in_background(self._ending, self._read_on(link))
                continue
            if reason is not None:
                _log.error("slack ended a link", reason=reason, remedy=REMEDIES[reason])
            was_up = link in self._open and reason is None
            await self._ended(link)
            await asyncio.sleep(min(pause, AT_ONCE) if was_up else pause)
            pause = self._again if was_up else min(pause * 2, LONGEST)

    async def _connected(self, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        web = self._bolt.client
        async with asyncio.timeout(CONNECT):
            opened = await web.apps_connections_open(app_token=self._token)
            link = await session.ws_connect(
                str(opened["url"]),
                heartbeat=HEARTBEAT,
                proxy=web.proxy,
                ssl=web.ssl if web.ssl is not None else True,
            )
        self._all.add(link)
        return link

    async def _read(self, link: aiohttp.ClientWebSocketResponse) -> str | None:
        """Until the link is to end, with Slack's reason; None when it has ended without a word."""
        async for message in link:
            frame = _frame(message)
            match frame.get("type"):
                case "hello":
                    self._open.add(link)
                case "disconnect":
                    return str(frame.get("reason", ""))
                case _:
                    self._in_background(self._answers, self._answer(link, frame))
        return None

    async def _read_on(self, link: aiohttp.ClientWebSocketResponse) -> None:
        """What still comes on a link that is to end."""
        try:
            async with asyncio.timeout(ENDING):
                while await self._read(link) is not None:
                    continue
        except TimeoutError:
            pass
        finally:
            await self._ended(link)

    async def _ended(self, link: aiohttp.ClientWebSocketResponse) -> None:
        self._open.discard(link)
        self._all.discard(link)
        await link.close()

    async def _answer(
        self, link: aiohttp.ClientWebSocketResponse, frame: Mapping[str, Any]
    ) -> None:
        """Take an envelope in and acknowledge it where it came; what is refused comes again."""
        request = SocketModeRequest.from_dict(dict(frame))
        if request is None:
            return
        began = perf_counter()
        try:
            response = await run_async_bolt_app(self._bolt, request)
            self._answered(perf_counter() - began)
            if response.status == 200:
                said = {"envelope_id": request.envelope_id, **_payload(response)}
                await link.send_str(json.dumps(said))
        except (ConnectionError, aiohttp.ClientError) as error:
            _log.info("taken in, but the link had ended", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the top of a delivery
            _log.error("a delivery failed", error=type(error).__name__)

    @staticmethod
    def _in_background(tasks: set[asyncio.Task[None]], what: Any) -> None:
        task = asyncio.create_task(what)
        tasks.add(task)
        task.add_done_callback(tasks.discard)


def _payload(response: BoltResponse) -> Mapping[str, Any]:
    """What goes back with an acknowledgement; nothing for most."""
    if not response.body:
        return {}
    kind = response.first_headers().get("content-type", "")
    is_json = kind.startswith("application/json")
    return {"payload": json.loads(response.body) if is_json else {"text": response.body}}


def _frame(message: aiohttp.WSMessage) -> Mapping[str, Any]:
    """A text frame as an object; empty for what is none."""
    if message.type is not aiohttp.WSMsgType.TEXT:
        return {}
    try:
        found = json.loads(message.data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
