"""A whole conversation through a real server with marked words and secrets: none is written anywhere."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA
from tests.platforms.slack.test_serve import free

ROOT = Path(__file__).parents[2]
PATIENCE = 60  # seconds
MARK = "Zanzibar"
SECRET = "hush-7c1e"
SAID = (
    f"{MARK} Wharf",
    f"{MARK} harbour crane",
    "5 December 2026",
    "back",
    f"@{MARK} <!channel> {MARK}",
    "review",
    "draft",
    "why",
    "list",
    "settings",
    f"/delay lessons {MARK}",
    f"feedback {MARK}\nERROR {MARK} forged line",
)


@dataclass
class Process:
    """`candor serve` for Slack, and what it has written by its end."""

    address: str
    environment: dict[str, str]
    written: bytes = b""
    pages: list[str] = field(default_factory=list)


@asynccontextmanager
async def candor(slack: FakeSlack, folder: Path) -> AsyncIterator[Process]:
    """Until the block ends; then its output is whole."""
    bind = f"127.0.0.1:{free()}"
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    environment = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "CANDOR_BIND": bind,
        "CANDOR_DATA": str(folder),
        "CANDOR_SLACK_BOT_TOKEN": slack.bot_token,
        "CANDOR_SLACK_SIGNING_SECRET": slack.signing_secret,
        "CANDOR_SLACK_APP_TOKEN": f"xapp-{SECRET}",
        "CANDOR_SLACK_BASE_URL": slack.base_url.removesuffix("/api/"),
        "CANDOR_SMTP_HOST": "127.0.0.1",
        "CANDOR_SMTP_FROM": "candor@example.com",
        "CANDOR_SMTP_USER": "mailer",
        "CANDOR_SMTP_PASSWORD": SECRET,
        "CANDOR_SMTP_TLS": "none",
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "serve"),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    found = Process(f"http://{bind}", environment)
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            found.written += await process.stdout.readline()
            await slack.until_called("auth.test")
        yield found
    finally:
        process.terminate()
        rest, _ = await process.communicate()
        found.written += rest


async def converse(slack: FakeSlack, process: Process, folder: Path) -> None:
    """Say all of it, then what is forged, garbled and damaged, and look at the figures."""
    slack.connect(f"{process.address}/slack/events")
    await slack.people.command(MAYA, "/delay", f"{MARK} tower")
    async with asyncio.timeout(PATIENCE):
        await slack.until_called("chat.postMessage")
    for line in SAID:
        await slack.happenings.say(MAYA, line)
    with closing(sqlite3.connect(folder / "candor.db")) as database:
        database.execute("UPDATE cases SET body = ?", (f'{{"{MARK}": "{MARK}"}}',))
        database.commit()
    await slack.happenings.say(MAYA, f"{MARK} after the damage")
    async with httpx.AsyncClient(base_url=process.address) as client:
        for body in (f"payload={MARK}", f'{{"{MARK}": ', f'{{"type": "{MARK}"}}'):
            forged = {"X-Slack-Request-Timestamp": "1700000000", "X-Slack-Signature": f"v0={MARK}"}
            answer = await client.post("/slack/events", content=body, headers=forged)
            process.pages.append(answer.text)
        for path in ("/metrics", "/readyz", "/healthz", f"/feedback/{MARK}", "/nowhere"):
            process.pages.append((await client.get(path)).text)


def told(process: Process, *command: str) -> str:
    """What a command says, to either stream."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command],
        cwd=ROOT,
        env=process.environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout + done.stderr


@pytest.mark.slow
async def test_no_marked_word_and_no_secret_is_written_anywhere(
    slack: FakeSlack, tmp_path: Path
) -> None:
    async with candor(slack, tmp_path) as process:
        await converse(slack, process, tmp_path)
        process.pages.append(told(process, "export", "report", "--tenant", "another"))
        process.pages.append(told(process, "export", "case", "of-another"))

    written = process.written.decode()
    assert "turn failed" in written  # the damage was met, and is told
    assert 'candor_turn_seconds_count{ended="done",kind="said"}' in "".join(process.pages)
    secrets = (slack.bot_token, slack.signing_secret, SECRET)
    for text in (written, *process.pages):
        assert [word for word in (MARK, *secrets) if word in text] == []
