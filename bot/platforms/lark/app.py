"""The address that the console knows: POST /lark/events, for events and for presses on cards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.platforms.lark import inbound
from bot.platforms.lark.reception import Answer, Reception
from bot.platforms.lark.seal import Forged, Seal, whose

PATH = "/lark/events"
LARGEST = 1024 * 1024  # bytes of a body

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Gate:
    """How an app's pushes are known, and where they arrive."""

    seal: Seal
    reception: Reception


def routes(gates: Callable[[], Sequence[Gate]], now: Callable[[], datetime]) -> list[Route]:
    """The one route, for however many apps there are when a push comes."""

    async def events(request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        there = gates()
        try:
            place, payload = whose([gate.seal for gate in there], body, request.headers, now())
        except Forged as error:
            _log.warning("push refused", why=str(error))
            return Response(status_code=401)
        wanted = inbound.challenge(payload)
        if wanted is not None:
            return JSONResponse({"challenge": wanted})
        return _answered(await there[place].reception.take(payload))

    return [Route(PATH, events, methods=["POST"])]


def _answered(answer: Answer) -> Response:
    """What was not taken in is answered so that it is pushed again."""
    if not answer.taken:
        return JSONResponse({}, 503)
    return JSONResponse(dict(answer.body), background=BackgroundTask(answer.act))


async def _body(request: Request) -> bytes | None:
    """The body; None when it is too large, which is known before all of it has come."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST:
            return None
    return bytes(read)
