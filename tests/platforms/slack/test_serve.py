"""`candor serve` with Slack configured: a process of its own, over HTTP and over a socket."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from bot.platforms.slack.links import LINKS
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA

PATIENCE = 30  # seconds


def free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


@asynccontextmanager
async def candor(slack: FakeSlack, folder: Path, mode: str) -> AsyncIterator[str]:
    """The process, once it is ready; its address."""
    address = f"127.0.0.1:{free()}"
    environment = {
        **os.environ,
        "CANDOR_BIND": address,
        "CANDOR_DATA": str(folder),
        "CANDOR_SLACK_BOT_TOKEN": slack.bot_token,
        "CANDOR_SLACK_SIGNING_SECRET": slack.signing_secret,
        "CANDOR_SLACK_APP_TOKEN": slack.app_token,
        "CANDOR_SLACK_MODE": mode,
        "CANDOR_SLACK_BASE_URL": slack.base_url.removesuffix("/api/"),
    }
    command = [sys.executable, "-m", "bot", "serve"]
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            assert b"Candor is at" in await process.stdout.readline()
            await slack.until_called("auth.test")
            if mode == "socket":
                await slack.connect_sockets(links=LINKS)
        yield f"http://{address}"
    finally:
        process.terminate()
        said, _ = await process.communicate()
        assert slack.bot_token.encode() not in said
        assert slack.signing_secret.encode() not in said


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["http", "socket"])
async def test_it_serves_slack_alone_and_answers_in_the_dm(
    slack: FakeSlack, tmp_path: Path, mode: str
) -> None:
    async with candor(slack, tmp_path, mode) as address, httpx.AsyncClient() as client:
        assert (await client.get(f"{address}/")).status_code == 404  # the playground is off
        if mode == "http":
            slack.connect(f"{address}/slack/events")
        await slack.people.command(MAYA, "/delay", "Wind farm")
        async with asyncio.timeout(PATIENCE):
            await slack.until_called("chat.postMessage")
        await slack.happenings.say(MAYA, "Hollow Hill")
        async with asyncio.timeout(PATIENCE):
            await slack.until_called("chat.postMessage", 2)


def test_nothing_of_slack_is_imported_where_it_is_not_configured() -> None:
    code = (
        "import sys; from bot.settings import Settings; import bot.wiring, bot.cli;"
        "assert Settings().has_playground;"
        "print([m for m in sys.modules if m.startswith(('slack_', 'bot.platforms.slack', 'aiohttp'))])"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=clean
    )
    assert done.stdout.strip() == "[]"
