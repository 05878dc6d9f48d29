"""Pings in real processes: days down and `kill -9` all along, and each is asked exactly once."""

import asyncio
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from bot.core.desk import Person
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId
from bot.engine.ports import Filed, Ping, Place
from bot.engine.tick import tick
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.acceptance.killed import CHECK_AT
from tests.acceptance.script import TENANT, Counted, house, playbooks
from tests.acceptance.test_kill import KILLED, Process, rows
from tests.core.followed import Followed

OWNERS = ("anna", "ben")
THREE_DAYS = 3 * 24 * 60  # minutes
KEYS = ("milestone_check/1", "new_date_in_danger/0")


@pytest.fixture
def asks() -> Iterator[Process]:
    """A process that asks what is due."""
    found = Process("asks")
    yield found
    found.close()


@pytest.fixture
def gaps() -> Iterator[Process]:
    """A process that sends what was asked."""
    found = Process("gaps")
    yield found
    found.close()


async def _lay(file: Path) -> None:
    told = Followed().tell()
    store = SqlStore(file)
    async with store.turn(TENANT) as turn:
        await turn.keep_playbook(told.playbook)
        for owner in OWNERS:
            person = Person(PersonId(owner), TENANT, "en", "Europe/London", "GB",
                            platform="slack", conversation=f"D-{owner}")  # fmt: skip
            await turn.save_person(person)
            case = replace(told.case, id=CaseId(f"of-{owner}"), tenant=TENANT, owner=person.id)
            await turn.save(Filed(case, Place("slack", f"D-{owner}")), was=None)
            for key in KEYS:
                due = case.reminders[Key(key)].due
                await turn.set_ping(Ping(TENANT, case.id, name_of(Key(key)), due))
    await store.close()


@pytest.fixture
def laid(tmp_path: Path) -> Path:
    """A database with two owners of one case each, and their pings."""
    migrate(tmp_path / "laid.db", at=CHECK_AT - timedelta(days=30))
    asyncio.run(_lay(tmp_path / "laid.db"))
    return tmp_path / "laid.db"


def posted(file: Path) -> Counter[str]:
    """How many messages each conversation got."""
    lines = file.with_suffix(".messages").read_text().splitlines()
    return Counter(line.split("\t")[1] for line in lines if line.startswith("post"))


@pytest.mark.slow
def test_days_down_and_kills_all_along_bring_each_owner_one_message(
    asks: Process, laid: Path, tmp_path: Path
) -> None:
    kills, code = 0, KILLED
    while code == KILLED:
        file = tmp_path / f"copy-{kills}.db"
        shutil.copy(laid, file)
        code, _ = asks.run(file, THREE_DAYS, fatal=2 * kills + 1)  # all is due by then
        again, _ = asks.run(file, THREE_DAYS + 2)  # later than the lease
        assert again == 0
        assert posted(file) == {"D-anna": 1, "D-ben": 1}
        asked = rows(file, "SELECT case_id, body FROM log WHERE kind = 'PingDue'")
        assert len(asked) == len(set(asked)) == len(OWNERS) * len(KEYS)
        kills += code == KILLED
    assert kills >= 25  # at every other point from the first statement to the last


@pytest.mark.slow
def test_a_hundred_kills_between_claim_and_send_bring_each_owner_one_message(
    gaps: Process, laid: Path, tmp_path: Path
) -> None:
    asyncio.run(_ask(laid))
    for n in range(100):
        file = tmp_path / f"copy-{n}.db"
        shutil.copy(laid, file)
        before = 2 * (n % len(OWNERS)) + 1  # each message's own first point
        code, _ = gaps.run(file, THREE_DAYS, fatal=before)
        assert code == KILLED
        assert "sending" in {state for (state,) in rows(file, "SELECT state FROM outbox")}
        again, _ = gaps.run(file, THREE_DAYS + 2)  # later than the lease
        assert again == 0
        assert posted(file) == {"D-anna": 1, "D-ben": 1}
        file.unlink()


async def _ask(file: Path) -> None:
    """Ask what is due, and leave it in the outbox."""
    store = SqlStore(file)
    at = CHECK_AT + timedelta(minutes=THREE_DAYS)
    await tick(replace(house(store, Counted()), clock=lambda: at))
    await store.close()


def test_a_hundred_thousand_pending_pings_slow_nothing_down(laid: Path) -> None:
    pings = [
        {"tenant": TENANT, "case_id": "of-anna", "kind": f"ping:later/{n}", "due": n}
        for n in range(100_000)
    ]

    async def look() -> tuple[float, float]:
        started = time.process_time()
        store = SqlStore(laid)
        home = replace(house(store, Counted()), clock=lambda: CHECK_AT - timedelta(days=1))
        assert await tick(home) == 0  # what a house looks for when it opens
        assert await store.next_due() is not None
        ready = time.process_time()
        wakes = []
        for _ in range(31):
            before = time.process_time()
            await store.next_due()
            wakes.append(time.process_time() - before)
        await store.close()
        return ready - started, median(wakes)

    _fill(laid, pings)
    playbooks()
    start, wake = asyncio.run(look())
    assert start < 2
    assert wake < 0.005


def _fill(file: Path, pings: list[dict[str, object]]) -> None:
    """Far more than any team has, spread over the years to come."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO pings (tenant, case_id, kind, due) VALUES "
            "(:tenant, :case_id, :kind, datetime(1900000000 + :due * 60, 'unixepoch') || '.000000')",
            pings,
        )
