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
    noted: Ready | None = None,
    middleware: Sequence[Middleware] = (),
) -> Starlette:
    """The application. `/healthz` says that it lives, `/readyz` that it can work, `/metrics` how.

    What is `noted` stands in the answer of `/readyz` and does not make it unready.
    """

    async def readyz(_: Request) -> Response:
        why = await ready()
        more = await noted() if noted is not None else ()
        said = (*(why or ("ready",)), *more)
        return PlainTextResponse(
            "".join(f"{sentence}\n" for sentence in said), status_code=503 if why else 200
        )

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
