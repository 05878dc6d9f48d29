"""The one web application: health, and the routes of whatever platforms are at work."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

Ready = Callable[[], Awaitable[str]]  # empty when ready, else one sentence that says why not


def build(
    routes: Sequence[BaseRoute],
    *,
    ready: Ready,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]],
    middleware: Sequence[Middleware] = (),
) -> Starlette:
    """The application. `/healthz` says that it lives, `/readyz` that it can work."""

    async def readyz(_: Request) -> Response:
        why = await ready()
        return PlainTextResponse(why or "ready\n", status_code=503 if why else 200)

    return Starlette(
        routes=[Route("/healthz", _healthz), Route("/readyz", readyz), *routes],
        lifespan=lifespan,
        middleware=middleware,
    )


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("alive\n")
