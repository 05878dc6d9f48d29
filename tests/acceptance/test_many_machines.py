"""Two servers and two workers, real processes, on one PostgreSQL database, before a strict Slack."""

from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import pytest

from bot.platforms.slack import manifest
from bot.store.postgres.address import Address
from tests.acceptance.machines import OPEN, WORKERS, answers, candor, keys, one, until
from tests.platforms.slack.fake.faults import Hang
from tests.platforms.slack.fake.slack import FakeSlack, running

PEOPLE = [f"UPM{n}" for n in range(8)]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack with some project managers in it."""
    async with running(FakeSlack()) as fake:
        fake.follow(manifest.read(manifest.shipped()))
        for person in PEOPLE:
            fake.workspace.add_user(person, person.lower())
        yield fake
        assert fake.violations == []


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
                await until(lambda: len(keys(slack, PEOPLE)) == 1)
                holder = one(postgres_database, HELD)
                assert holder
                workers[holder - one(postgres_database, FIRST)].kill()
        for turn, person in enumerate(PEOPLE):
            slack.sender.line = lines[(turn + 1) % 2]
            await slack.happenings.say(person, "Acme Health")
        await until(partial(answers, postgres_database, OPEN, 0))
    arrived = keys(slack, PEOPLE)
    assert set(arrived.values()) == {1}
    posts = "SELECT count(*) FROM outbox WHERE kind = 'post' AND state = 'sent'"
    assert one(postgres_database, posts) == len(arrived)
    assert one(postgres_database, "SELECT count(*) FROM outbox WHERE state <> 'sent'") == 0
