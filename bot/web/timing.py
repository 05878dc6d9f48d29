"""How long a platform waits for its answer, by the address that it posts to."""

from collections.abc import Mapping
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.engine.measures import Measures

PLATFORMS: Mapping[str, str] = {  # by the first part of a path
    "slack": "slack",
    "lark": "lark",
    "api": "playground",
    "feedback": "feedback",
}


class Timing:
    """Middleware: notes the time from the request to the first byte of the answer."""

    def __init__(self, app: ASGIApp, *, measures: Measures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        platform = _platform(scope)
        if not platform:
            await self._app(scope, receive, send)
            return
        began = perf_counter()

        async def timed(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = f"{int(message['status']) // 100}xx"
                self._measures.answered(platform, status, perf_counter() - began)
            await send(message)

        await self._app(scope, receive, timed)


def _platform(scope: Scope) -> str:
    """Who posts there; empty for what is no post to a platform."""
    if scope["type"] != "http" or scope["method"] != "POST":
        return ""
    first = str(scope["path"]).split("/")[1:2]
    return PLATFORMS.get(first[0] if first else "", "")
