"""The one web application: health, figures, and the routes of whatever platforms are at work."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

Ready = Callable[[], Awaitable[Sequence[str]]]  # a sentence for each part that fails
Figures = Callable[[], Awaitable[bytes]]  # in Prometheus' text format


def build(
    routes: Sequence[BaseRoute],
    *,
    ready: Ready,
    figures: Figures,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]],
    middleware: Sequence[Middleware] = (),
) -> Starlette:
    """The application. `/healthz` says that it lives, `/readyz` that it can work, `/metrics` how."""

    async def readyz(_: Request) -> Response:
        why = "".join(f"{sentence}\n" for sentence in await ready())
        return PlainTextResponse(why or "ready\n", status_code=503 if why else 200)

    async def metrics(_: Request) -> Response:
        return Response(await figures(), media_type="text/plain; version=0.0.4; charset=utf-8")

    return Starlette(
        routes=[
            Route("/healthz", _healthz),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
            *routes,
        ],
        lifespan=lifespan,
        middleware=middleware,
    )


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("alive\n")
