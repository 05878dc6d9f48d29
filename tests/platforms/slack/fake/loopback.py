"""An ASGI app on a free port of loopback, up in milliseconds and gone as fast."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from tests.loopback import listening

GRACE = 0.2  # seconds


@asynccontextmanager
async def serving(app: Any, http: type[asyncio.Protocol] = H11Protocol) -> AsyncIterator[str]:
    """Serve an app; gives scheme, host and port. Connections are closed at the end."""
    config = uvicorn.Config(
        app, http=http, ws="websockets-sansio", lifespan="off", log_config=None, access_log=False
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    door = listening()
    await server.startup(sockets=[door])
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
    finally:
        await _close(server)
        door.close()


async def _close(server: uvicorn.Server) -> None:
    """Server.shutdown without its waits: what is still being answered is given up."""
    for entrance in server.servers:
        entrance.close()
    for connection in list(server.server_state.connections):
        connection.shutdown()
    running = set(server.server_state.tasks)
    if running:
        _, late = await asyncio.wait(running, timeout=GRACE)
        for task in late:
            task.cancel()
    for connection in list(server.server_state.connections):
        connection.transport.abort()
    for entrance in server.servers:
        await entrance.wait_closed()
    await asyncio.sleep(0)  # lets the aborted ones be told
