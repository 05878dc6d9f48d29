"""A server and a worker that are told to end while they are at something, as real processes."""

import asyncio
import os
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from bot.platforms.slack import manifest
from bot.store.postgres.address import Address
from tests import postgres
from tests.acceptance.machines import (
    OPEN,
    PATIENCE,
    WORKERS,
    answers,
    candor,
    keys,
    one,
    until,
)
from tests.platforms.slack.fake.faults import Wait
from tests.platforms.slack.fake.slack import FakeSlack, running

ANNA, BEN = PEOPLE = ("UANNA", "UBEN")
TYPED = "SELECT count(*) FROM log WHERE kind = 'Typed'"
WAIT_FOR_A_ROW = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
IN_HAND = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'"
LEADERS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
UNSENT = "SELECT count(*) FROM outbox WHERE state <> 'sent'"


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack with two project managers in it."""
    async with running(FakeSlack()) as fake:
        fake.follow(manifest.read(manifest.shipped()))
        for person in PEOPLE:
            fake.workspace.add_user(person, person.lower())
        yield fake


@contextmanager
def held(database: Address) -> Iterator[psycopg.Connection]:
    """All cases are held by somebody else, so that a turn has to wait in its middle."""
    with psycopg.connect(database.for_libpq) as connection:
        connection.execute("SELECT 1 FROM cases FOR UPDATE")
        yield connection


async def ended(process: Process) -> int:
    """How it ended."""
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


async def refuses(address: str) -> None:
    """When nobody listens there any more."""
    place = urlsplit(address)
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                _, line = await asyncio.open_connection(place.hostname, place.port)
            except OSError:
                return
            line.close()


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_server_that_is_told_to_end_answers_the_turn_that_it_is_in(
    slack: FakeSlack, postgres_database: Address, tmp_path: Path
) -> None:
    async with candor("serve", slack, postgres_database, tmp_path) as (server, said):
        slack.connect(f"{said.split()[-1]}/slack/events", patience=PATIENCE)
        await slack.people.command(ANNA, "/delay", "new Apollo")
        with held(postgres_database) as holder:
            turn = asyncio.create_task(slack.happenings.say(ANNA, "Acme Health"))
            await until(partial(answers, postgres_database, WAIT_FOR_A_ROW, 1))
            server.terminate()
            await refuses(said.split()[-1])
            holder.rollback()
            answer = await turn
        assert await ended(server) == 0
    assert answer.ok
    assert one(postgres_database, TYPED) == 1


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_turn_that_cannot_end_does_not_keep_a_server_and_is_taken_in_by_another(
    slack: FakeSlack, postgres_database: Address, tmp_path: Path
) -> None:
    async with candor("serve", slack, postgres_database, tmp_path) as (server, said):
        slack.connect(f"{said.split()[-1]}/slack/events", patience=PATIENCE)
        await slack.people.command(ANNA, "/delay", "new Apollo")
        with held(postgres_database):
            turn = asyncio.create_task(slack.happenings.say(ANNA, "Acme Health"))
            await until(partial(answers, postgres_database, WAIT_FOR_A_ROW, 1))
            server.terminate()
            assert await ended(server) == 0
            assert not (await turn).ok
    assert one(postgres_database, TYPED) == 0
    async with candor("serve", slack, postgres_database, tmp_path) as (_, said):
        slack.connect(f"{said.split()[-1]}/slack/events", patience=PATIENCE)
        await slack.wait(timedelta(minutes=1))
        assert one(postgres_database, TYPED) == 1


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_worker_that_is_told_to_end_ends_its_send_and_leaves_the_rest_to_another(
    slack: FakeSlack, postgres_database: Address, tmp_path: Path
) -> None:
    async with candor("serve", slack, postgres_database, tmp_path) as (_, said):
        slack.connect(f"{said.split()[-1]}/slack/events", patience=PATIENCE)
        async with candor("work", slack, postgres_database, tmp_path) as (worker, _):
            await until(partial(answers, postgres_database, WORKERS, 1))
            slack.faults.plan("chat.postMessage", Wait())
            await slack.people.command(ANNA, "/delay", "new Apollo")
            await until(lambda: len(keys(slack, [ANNA])) == 1)
            worker.terminate()
            slack.faults.clear()
            assert await ended(worker) == 0
        await slack.people.command(BEN, "/delay", "new Borealis")
        assert not keys(slack, [BEN])
        assert one(postgres_database, IN_HAND) == 0
        async with candor("work", slack, postgres_database, tmp_path):
            await until(partial(answers, postgres_database, OPEN, 0))
    assert one(postgres_database, UNSENT) == 0
    assert set(keys(slack, PEOPLE).values()) == {1}


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("command", "begun"), [("serve", LEADERS), ("work", WORKERS)], ids=["serve", "work"]
)
async def test_whoever_is_told_to_end_while_the_database_is_gone_ends(
    command: str, begun: str, slack: FakeSlack, tmp_path: Path
) -> None:
    with closing(postgres.Own(f"gone-{command}-{os.getpid()}")) as server:
        database = postgres.prepared(server.address, "gone")
        async with candor(command, slack, database, tmp_path) as (process, _):
            await until(partial(answers, database, begun, 1))
            server.close()
            process.terminate()
            assert await ended(process) == 0
