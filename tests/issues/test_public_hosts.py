"""Served for others, the playground answers to the names that the settings give."""

from pathlib import Path

import httpx
import pytest

from bot import cli, wiring
from bot.settings import Settings
from tests.platforms.playground.test_guard import GOOD, client

MANY = "9" * 5000  # more digits than int() takes


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("candor.example", 200),  # behind a server on the scheme's own port
        ("candor.example:8765", 200),
        ("candor.example:80", 200),
        ("candor.example:443", 421),  # the port of another scheme
        ("candor.example:8766", 421),
        ("evil.example", 421),
        ("localhost", 421),
    ],
)
async def test_a_named_host_is_served_on_the_scheme_s_port_too(host: str, status: int) -> None:
    async with client(("Candor.example",)) as browser:
        answer = await browser.get("/", headers={"Host": host})
    assert answer.status_code == status


async def test_the_scheme_s_port_may_be_left_out() -> None:
    async with client(base="http://127.0.0.1:80") as browser:
        answer = await browser.get("/", headers={"Host": "127.0.0.1"})
        bracketed = await browser.get("/", headers={"Host": "[::1]"})
    assert (answer.status_code, bracketed.status_code) == (200, 200)


async def test_a_page_under_a_named_host_may_post() -> None:
    headers = {**GOOD, "Host": "candor.example", "Origin": "http://candor.example"}
    async with client(("candor.example",)) as browser:
        answer = await browser.post("/api/say", json={}, headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["Host", "Content-Length"])
async def test_a_number_without_end_is_refused(name: str) -> None:
    value = f"localhost:{MANY}" if name == "Host" else MANY
    async with client() as browser:
        request = httpx.Request("POST", browser.base_url.join("/api/say"), headers=GOOD)
        request.headers[name] = value
        answer = await browser.send(request)
    assert answer.status_code in (413, 421)


async def test_the_settings_name_the_hosts(tmp_path: Path) -> None:
    open_ = Settings(data=tmp_path, bind="0.0.0.0:8765", hosts="candor.example, candor.local")
    app = wiring.served(open_).app
    way = httpx.ASGITransport(app=app)  # which leaves out its start
    async with httpx.AsyncClient(transport=way, base_url="http://candor.local") as browser:
        named = await browser.get("/")
        foreign = await browser.get("/", headers={"Host": "evil.example"})
    assert (named.status_code, foreign.status_code) == (200, 421)


def test_a_host_with_a_port_or_a_scheme_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CANDOR_HOSTS", "https://candor.example")
    with pytest.raises(SystemExit):
        cli.serve()
    assert "CANDOR_HOSTS: write names alone" in capsys.readouterr().err
