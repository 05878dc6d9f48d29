"""What stands in front of Bolt: a cap on the body, and a time stamp that it can read."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 1 << 20  # bytes of a request
TIMESTAMP = "x-slack-request-timestamp"


class Guard:
    """Lets a POST through that is small enough, with a timestamp of digits; answers Slack's look at
    the certificate itself.

    What has not been signed is not looked at any further here; Bolt checks the signature next.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 400, 405 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["method"] == "GET" and _is_ssl_check(scope["query_string"]):
            await PlainTextResponse("")(scope, receive, send)
            return
        if scope["method"] != "POST":
            await PlainTextResponse("", 405, {"Allow": "POST"})(scope, receive, send)
            return
        body = await _read(receive)
        if body is None:
            await PlainTextResponse("", 413)(scope, receive, send)
        elif _is_fit(Headers(scope=scope)):
            await self._app(scope, _again(body, receive), send)
        else:
            status = 200 if _is_ssl_check(body) else 400
            await PlainTextResponse("", status)(scope, receive, send)


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


def _is_ssl_check(form: bytes) -> bool:
    """Whether Slack only looks whether the address of a command has its certificate; it asks by GET,
    or without a signature, and wants a 200.

    Source: docs.slack.dev, implementing slash commands.
    """
    return b"ssl_check=1" in form.split(b"&")


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
