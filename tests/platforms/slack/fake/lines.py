"""The fake's HTTP connections, so that a fault can cut one."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class Silence(Response):
    """An answer of nothing: the connection is gone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send nothing, and return only once the connection is known to be gone."""
        while (await receive())["type"] != "http.disconnect":
            pass


class Lines:
    """The open connections by the address of their other end."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.Transport] = {}

    def protocol(self) -> type[asyncio.Protocol]:
        """An HTTP protocol for uvicorn that tells of its connections here."""
        lines = self._open

        class Told(H11Protocol):
            def connection_made(self, transport: asyncio.BaseTransport) -> None:
                assert isinstance(transport, asyncio.Transport)
                lines[transport.get_extra_info("peername")[:2]] = transport
                super().connection_made(transport)

            def connection_lost(self, exc: Exception | None) -> None:
                lines.pop(self.client or ("", 0), None)
                super().connection_lost(exc)

        return Told

    def cut(self, request: Request) -> Response:
        """Close the connection that a request came on; nothing more is sent."""
        address: Any = request.scope["client"]
        transport = self._open.get((address[0], address[1]))
        if transport is not None:
            transport.abort()
        return Silence(status_code=599)
