"""The door of the whole application: what is too large is refused before anybody looks at it."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1024 * 1024  # bytes of a body


class TooLarge(Exception):
    """A body of unknown length went on for too long."""


class Door:
    """Middleware: answers 413 to a body that says it is too large, and to one that turns out so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not _fits(Headers(scope=scope).get("content-length", "0")):
            await _refuse(scope, receive, send)
            return
        read, begun = 0, False

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > LARGEST:
                raise TooLarge
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, counted, noted)
        except TooLarge:
            if not begun:
                await _refuse(scope, receive, send)


def _fits(length: str) -> bool:
    """Whether a stated length is one, and small enough; more digits than any body has are none."""
    return length.isascii() and length.isdecimal() and len(length) < 16 and int(length) <= LARGEST


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("", 413)(scope, receive, send)
