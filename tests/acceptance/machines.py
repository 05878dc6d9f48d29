"""Servers and workers as real processes on one PostgreSQL database, before a strict Slack."""

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from bot.store.postgres.address import Address
from tests import postgres
from tests.platforms.slack.fake.slack import FakeSlack

PATIENCE = 100  # seconds; a dead worker is noticed after thirty to forty
OPEN = "SELECT count(*) FROM outbox WHERE look_at IS NOT NULL"
WORKERS = "SELECT count(*) FROM procrastinate_workers"


@asynccontextmanager
async def candor(
    command: str, slack: FakeSlack, database: Address, folder: Path
) -> AsyncIterator[tuple[Process, str]]:
    """A process of ours that has said its first line, and that line; told to end at the end."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    ours = {
        "CANDOR_BIND": "127.0.0.1:0",
        "CANDOR_DATA": str(folder),
        "CANDOR_DATABASE_URL": database.for_libpq,
        "CANDOR_SLACK_BOT_TOKEN": slack.bot_token,
        "CANDOR_SLACK_SIGNING_SECRET": slack.signing_secret,
        "CANDOR_SLACK_BASE_URL": slack.base_url.removesuffix("/api/"),
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", command), env=kept | ours, stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            line = (await process.stdout.readline()).decode()
        yield process, line
        if process.returncode is None:
            process.terminate()
            assert await process.wait() in (0, -signal.SIGTERM)  # which it may not mind yet
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until(is_so: Callable[[], bool]) -> None:
    """When it is so."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if is_so():
                return
            await asyncio.sleep(0.2)  # between two looks at another process's work


def one(database: Address, question: str) -> int:
    """The number that answers a question of the database."""
    with postgres.connected(database.for_libpq) as connection:
        row = connection.execute(question.encode()).fetchone()
        return int(row[0]) if row else 0


def answers(database: Address, question: str, number: int) -> bool:
    """Whether that is the answer."""
    return one(database, question) == number


def keys(slack: FakeSlack, people: Sequence[str]) -> Counter[str]:
    """The rows of the outbox whose messages stand with these people, and how often."""
    posted = (m for person in people for m in slack.messages(slack.dm(person)) if m.metadata)
    return Counter(m.metadata["event_payload"]["id"] for m in posted if m.metadata)
