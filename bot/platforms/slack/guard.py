"""What stands in front of Bolt: a cap on the body, and a time stamp that it can read."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1 << 20  # bytes of a request
TIMESTAMP = "x-slack-request-timestamp"


class Guard:
    """Lets a POST through that is small enough, with a timestamp of digits.

    What has not been signed is not looked at any further here; Bolt checks the signature next.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 400, 405 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] != "POST":
            await PlainTextResponse("", 405, {"Allow": "POST"})(scope, receive, send)
            return
        body = await _read(receive)
        status = 413 if body is None else 200 if _is_fit(Headers(scope=scope)) else 400
        if body is None or status != 200:
            await PlainTextResponse("", status)(scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)


async def _read(receive: Receive) -> bytes | None:
    """The body; None when it is too large, or the line was cut."""
    read = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        read += message.get("body", b"")
        if len(read) > LARGEST:
            return None
        if not message.get("more_body"):
            return bytes(read)


def _is_fit(headers: Headers) -> bool:
    stamp = headers.get(TIMESTAMP, "")
    return stamp.isascii() and stamp.isdecimal() and len(stamp) < 13


def _again(body: bytes, receive: Receive) -> Receive:
    """A receive that gives the body that was read, then whatever comes."""
    waiting = [body]

    async def given() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return given
