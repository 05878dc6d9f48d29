"""A body above a mebibyte is refused at the door, on every route, before any work."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.platforms.playground.guard import HEADERS
from bot.web.door import LARGEST, Door
from tests.operating.test_health import served

WORK: list[int] = []


async def pieces(number: int) -> AsyncIterator[bytes]:
    """A body whose length nobody states: so many of 64 KiB."""
    for _ in range(number):
        yield b"x" * 65536


async def _work(request: Request) -> Response:
    WORK.append(len(await request.body()))
    return PlainTextResponse("done")


@pytest.fixture
async def door() -> AsyncIterator[httpx.AsyncClient]:
    """A route behind the door."""
    WORK.clear()
    app = Starlette(routes=[Route("/work", _work, methods=["POST"])], middleware=[Middleware(Door)])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        yield client


async def test_a_body_at_the_limit_passes(door: httpx.AsyncClient) -> None:
    assert (await door.post("/work", content=b"x" * LARGEST)).status_code == 200
    assert [LARGEST] == WORK


async def test_a_stated_length_above_it_is_refused_unread(door: httpx.AsyncClient) -> None:
    assert (await door.post("/work", content=b"x" * (LARGEST + 1))).status_code == 413
    assert WORK == []


async def test_a_length_that_nobody_states_is_counted(door: httpx.AsyncClient) -> None:
    assert (await door.post("/work", content=pieces(16))).status_code == 200
    assert (await door.post("/work", content=pieces(17))).status_code == 413
    assert [LARGEST] == WORK


@pytest.mark.parametrize("length", ["-1", "one", "9" * 40, "１"])
async def test_a_length_that_is_none_is_refused(door: httpx.AsyncClient, length: str) -> None:
    request = door.build_request("POST", "/work", content=b"x")
    request.headers["content-length"] = length.encode().decode("latin-1")
    assert (await door.send(request)).status_code == 413


async def test_the_wired_server_has_it_before_every_route(tmp_path: Path) -> None:
    async with served(tmp_path) as browser:
        for path in ("/slack/events", "/api/say", "/feedback/x", "/healthz", "/nowhere"):
            answer = await browser.post(path, content=b"x" * (LARGEST + 1))
            assert answer.status_code == 413
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
