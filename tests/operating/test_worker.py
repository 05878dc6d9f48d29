"""A worker's health and figures, on an address of its own."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.settings import Settings, SettingsRefused
from bot.store.postgres.address import Address
from bot.web.serve import address, beside, listen
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.test_serve import free

PATIENCE = 60  # seconds
ROOT = Path(__file__).parents[2]


async def test_what_is_served_beside_the_work_ends_with_it_and_takes_no_signal() -> None:
    app = Starlette(routes=[Route("/", lambda _: PlainTextResponse("here"))])
    heard: list[int] = []
    loop = asyncio.get_running_loop()
    told = asyncio.Event()

    def hear() -> None:
        heard.append(signal.SIGUSR1)
        told.set()

    loop.add_signal_handler(signal.SIGUSR1, hear)
    before = signal.getsignal(signal.SIGTERM)
    with listen(Settings(work_bind="127.0.0.1:0"), worker=True) as listening:
        async with beside(app, listening), httpx.AsyncClient() as client:
            assert (await client.get(address(listening))).text == "here"
            assert signal.getsignal(signal.SIGTERM) == before
            os.kill(os.getpid(), signal.SIGUSR1)
            await asyncio.wait_for(told.wait(), PATIENCE)
    loop.remove_signal_handler(signal.SIGUSR1)
    assert heard == [signal.SIGUSR1]


def test_a_taken_address_of_a_worker_is_named_by_its_setting() -> None:
    with listen(Settings(work_bind="127.0.0.1:0"), worker=True) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsRefused, match=f"CANDOR_WORK_BIND=127.0.0.1:{port + 1}"):
            listen(Settings(work_bind=f"127.0.0.1:{port}"), worker=True)


@pytest.mark.slow
async def test_a_worker_tells_its_health_and_figures(
    slack: FakeSlack, tmp_path: Path, postgres_database: Address
) -> None:
    bind = f"127.0.0.1:{free()}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "work"),
        cwd=ROOT,
        env={
            **kept,
            "CANDOR_DATA": str(tmp_path),
            "CANDOR_DATABASE_URL": postgres_database.for_libpq,
            "CANDOR_WORK_BIND": bind,
            "CANDOR_SLACK_BOT_TOKEN": slack.bot_token,
            "CANDOR_SLACK_SIGNING_SECRET": slack.signing_secret,
            "CANDOR_SLACK_BASE_URL": slack.base_url.removesuffix("/api/"),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            assert b"is at work" in await process.stdout.readline()
            await slack.until_called("auth.test")
        async with httpx.AsyncClient(base_url=f"http://{bind}", timeout=PATIENCE) as client:
            assert (await client.get("/healthz")).text == "alive\n"
            assert "candor_outbox_rows" in (await client.get("/metrics")).text
            assert (await client.get("/slack/events")).status_code == 404
    finally:
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
