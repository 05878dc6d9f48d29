"""A real HTTP and WebSocket server on 127.0.0.1, in a thread with a loop of its own."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar, cast

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.loopback import listening

T = TypeVar("T")
Address = tuple[str, int]


class Server:
    """Serves an application from `start` to `stop`. Its port listens from the beginning."""

    def __init__(self) -> None:
        self._socket = listening()
        self._lines: dict[Address, asyncio.Transport] = {}
        self._loop = asyncio.new_event_loop()
        self._ended = asyncio.Event()
        self._thread: threading.Thread | None = None
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def start(self, app: Starlette) -> None:
        """Answer what comes in."""
        self._thread = threading.Thread(target=self._run, args=(app,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Cut every line and end the thread."""
        self._loop.call_soon_threadsafe(self._ended.set)
        if self._thread is not None:
            self._thread.join()
        self._loop.close()
        self._socket.close()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run it in the server's loop, for a caller in any thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Run it in the server's loop, for a caller in another loop."""
        return await asyncio.wrap_future(self.submit(work))

    def cut(self, client: Address) -> None:
        """Break the line to this client at once, without an answer; from the server's loop."""
        line = self._lines.get(client)
        if line is not None:
            line.abort()

    def cut_all(self) -> None:
        """Break every line, as when the process at the other end dies; from any thread."""
        self._loop.call_soon_threadsafe(self._abort)

    def _abort(self) -> None:
        for line in list(self._lines.values()):
            line.abort()

    def _run(self, app: Starlette) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve(app))

    async def _serve(self, app: Starlette) -> None:
        config = uvicorn.Config(
            app,
            http=self._protocol(),
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup([self._socket])
        await self._ended.wait()
        for door in server.servers:
            door.close()
        self._abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _protocol(self) -> type[H11Protocol]:
        lines = self._lines

        class Line(H11Protocol):
            """HTTP whose line can be cut, also after it has become a WebSocket."""

            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                line = cast(asyncio.Transport, transport)
                lines[line.get_extra_info("peername")] = line
                super().connection_made(line)

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    lines.pop(self.client, None)
                super().connection_lost(exc)

        return Line
