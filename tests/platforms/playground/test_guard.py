"""Who may read and who may post; what every answer wears."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.platforms.playground.guard import LARGEST, Guard

OURS = "http://127.0.0.1:8765"
GOOD = {"Origin": OURS, "X-Candor-Token": "right", "Content-Type": "application/json"}


async def taken(_: Request) -> Response:
    return JSONResponse({})


def client(hosts: tuple[str, ...] = (), base: str = OURS) -> httpx.AsyncClient:
    guard = [Middleware(Guard, token="right", hosts=hosts)]
    app = Starlette(
        routes=[
            Route("/", taken, methods=["GET"], middleware=guard),
            Route("/api/state", taken, methods=["GET"], middleware=guard),
            Route("/api/say", taken, methods=["POST"], middleware=guard),
        ]
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=base)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST:8765", 200),
        ("[::1]:8765", 200),
        ("127.9.9.9:8765", 200),
        ("127.0.0.1", 421),
        ("127.0.0.1:80", 421),
        ("localhost.evil.example:8765", 421),
        ("evil.example:8765", 421),
        ("0.0.0.0:8765", 421),
        ("10.0.0.5:8765", 421),
        ("127.0.0.1:8765@evil.example", 421),
        ("", 421),
    ],
)
async def test_only_names_of_this_machine_with_the_port_are_served(host: str, status: int) -> None:
    async with client() as browser:
        answer = await browser.get("/api/state", headers={"Host": host})

    assert answer.status_code == status


async def test_a_host_that_was_named_in_the_settings_is_served_on_the_port_only() -> None:
    async with client(("candor.example",)) as browser:
        named = await browser.get("/", headers={"Host": "candor.example:8765"})
        elsewhere = await browser.get("/", headers={"Host": "candor.example:1"})

    assert (named.status_code, elsewhere.status_code) == (200, 421)


@pytest.mark.parametrize(
    ("path", "site", "status"),
    [
        ("/", "cross-site", 200),  # a link from elsewhere may lead here
        ("/api/state", "cross-site", 403),
        ("/api/state", "same-site", 403),  # another port of this machine
        ("/api/state", "same-origin", 200),
        ("/api/state", "none", 200),
    ],
)
async def test_the_state_is_read_by_the_page_alone(path: str, site: str, status: int) -> None:
    async with client() as browser:
        answer = await browser.get(path, headers={"Sec-Fetch-Site": site})

    assert answer.status_code == status


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:8766"}, 403),
        ({"Origin": "https://127.0.0.1:8765"}, 403),
        ({"Origin": "http://localhost:8765"}, 403),
        ({"X-Candor-Token": "wrong"}, 403),
        ({"X-Candor-Token": "rightx"}, 403),
        ({"X-Candor-Token": ""}, 403),
        ({"X-Candor-Token": "r\u00edght"}, 403),
        ({"Content-Type": "application/json; charset=utf-8"}, 200),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Length": str(LARGEST + 1)}, 413),
        ({"Content-Length": "-1"}, 413),
    ],
)
async def test_a_post_needs_origin_token_type_and_measure(
    change: dict[str, str], status: int
) -> None:
    sent = {**GOOD, **change}
    headers = {name.encode(): value.encode("latin-1") for name, value in sent.items()}
    async with client() as browser:
        answer = await browser.post("/api/say", content=b"{}", headers=headers)

    assert answer.status_code == status


async def test_every_answer_forbids_inline_script_frames_and_sniffing() -> None:
    async with client() as browser:
        for answer in (await browser.get("/"), await browser.get("/", headers={"Host": "evil"})):
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-store"
