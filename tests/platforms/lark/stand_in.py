"""An app that hears what the fake pushes: it opens and checks it, and answers as it is told."""

import asyncio
import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.platforms.lark.fake.server import Server
from tests.platforms.lark.fake.signing import opened, signature


class StandIn:
    """Serves /lark/events. `answers` are given one after the other, then `{}`."""

    def __init__(self, encrypt_key: str = "") -> None:
        self.key = encrypt_key
        self.heard: list[dict[str, Any]] = []
        self.forged = 0  # pushes whose signature did not fit
        self.headers: dict[str, str] = {}  # of the newest push
        self.answers: list[Response | float] = []  # a number: seconds before the next answer
        self.challenged: Response | None = None  # in place of the challenge
        self._server = Server()
        self.url = f"http://{self._server.address}/lark/events"

    def start(self) -> None:
        """Serve."""
        routes = [Route("/lark/events", self._hear, methods=["POST"])]
        self._server.start(Starlette(routes=routes))

    def stop(self) -> None:
        """End."""
        self._server.stop()

    def answer(self, body: Any, status: int = 200) -> None:
        """Give this to the next push."""
        self.answers.append(JSONResponse(body, status))

    def say(self, answer: Response | float | dict[str, Any] | list[Any]) -> None:
        """Give this to the next push, whatever it is."""
        if isinstance(answer, dict | list):
            answer = JSONResponse(answer)
        self.answers.append(answer)

    async def _hear(self, request: Request) -> Response:
        body = await request.body()
        said = json.loads(opened(body, self.key) if self.key else body)
        if said.get("type") == "url_verification":
            return self.challenged or JSONResponse({"challenge": said["challenge"]})
        self.headers = dict(request.headers)
        if self.key and not self._is_signed(request, body):
            self.forged += 1
        self.heard.append(said)
        answer = self.answers.pop(0) if self.answers else JSONResponse({})
        if isinstance(answer, float):
            await asyncio.sleep(answer)
            return JSONResponse({})
        return answer

    def _is_signed(self, request: Request, body: bytes) -> bool:
        parts = (
            request.headers.get("X-Lark-Request-Timestamp", ""),
            request.headers.get("X-Lark-Request-Nonce", ""),
        )
        return request.headers.get("X-Lark-Signature") == signature(*parts, self.key, body)
