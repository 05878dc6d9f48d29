"""Two servers and two workers, real processes, on one PostgreSQL database, before a strict Slack."""

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.platforms.slack import manifest
from bot.store.postgres.address import Address
from tests import postgres
from tests.platforms.slack.fake.faults import Hang
from tests.platforms.slack.fake.slack import FakeSlack, running

PEOPLE = [f"UPM{n}" for n in range(8)]
PATIENCE = 100  # seconds; a dead worker is noticed after thirty to forty


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack with some project managers in it."""
    async with running(FakeSlack()) as fake:
        fake.follow(manifest.read(manifest.shipped()))
        for person in PEOPLE:
            fake.workspace.add_user(person, person.lower())
        yield fake
        assert fake.violations == []


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
            assert await process.wait() in (0, -signal.SIGTERM)
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


def keys(slack: FakeSlack) -> Counter[str]:
    """The rows of the outbox whose messages stand in the conversations, and how often."""
    posted = (m for person in PEOPLE for m in slack.messages(slack.dm(person)) if m.metadata)
    return Counter(m.metadata["event_payload"]["id"] for m in posted if m.metadata)


OPEN = "SELECT count(*) FROM outbox WHERE look_at IS NOT NULL"
WORKERS = "SELECT count(*) FROM procrastinate_workers"
HELD = "SELECT coalesce(min(worker_id), 0) FROM procrastinate_jobs WHERE status = 'doing'"
FIRST = "SELECT min(id) FROM procrastinate_workers"


@pytest.mark.slow
async def test_when_a_worker_is_killed_in_a_send_every_message_arrives_once(
    slack: FakeSlack, postgres_database: Address, tmp_path: Path
) -> None:
    async with AsyncExitStack() as open_:

        async def begin(command: str) -> tuple[Process, str]:
            return await open_.enter_async_context(
                candor(command, slack, postgres_database, tmp_path)
            )

        servers = [await begin("serve"), await begin("serve")]
        lines = [slack.connect(f"{said.split()[-1]}/slack/events") for _, said in servers]
        workers: list[Process] = []
        for count in (1, 2):
            workers.append((await begin("work"))[0])
            await until(partial(answers, postgres_database, WORKERS, count))
        for turn, person in enumerate(PEOPLE):
            slack.sender.line = lines[turn % 2]
            if turn == 0:
                slack.faults.plan("chat.postMessage", Hang(after=True))
            await slack.people.command(person, "/delay", "new Apollo")
            if turn == 0:  # its message has arrived, and its sender waits to hear so
                await until(lambda: len(keys(slack)) == 1)
                holder = one(postgres_database, HELD)
                assert holder
                workers[holder - one(postgres_database, FIRST)].kill()
        for turn, person in enumerate(PEOPLE):
            slack.sender.line = lines[(turn + 1) % 2]
            await slack.happenings.say(person, "Acme Health")
        await until(partial(answers, postgres_database, OPEN, 0))
    arrived = keys(slack)
    assert set(arrived.values()) == {1}
    posts = "SELECT count(*) FROM outbox WHERE kind = 'post' AND state = 'sent'"
    assert one(postgres_database, posts) == len(arrived)
    assert one(postgres_database, "SELECT count(*) FROM outbox WHERE state <> 'sent'") == 0
