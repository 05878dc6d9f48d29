"""`kill -9` at every point of sending to Lark: each message stands exactly once."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.words import EventId
from bot.engine.inbound import Commanded
from bot.platforms.lark.references import conversation
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.acceptance.script import AT, Counted, deliver_to, house, inbounds
from tests.acceptance.script import TENANT as HERE
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.playing import Still

KILLED = -9


@contextmanager
def sender(fake: FakeLark) -> Iterator["subprocess.Popen[str]"]:
    """The process under test."""
    app = fake.tenant.app
    command = [sys.executable, "-m", "tests.platforms.lark.killed", fake.url, app.id, app.secret]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def run(process: "subprocess.Popen[str]", file: Path, minutes: int, fatal: int = 0) -> int:
    """One run, to its end or its kill."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{file}\t{minutes}\t{fatal}\n")
    process.stdin.flush()
    return int(process.stdout.readline().removeprefix("end "))


async def prepare(file: Path, where: str) -> None:
    """A database with a conversation in it, of which nothing has been said yet."""
    migrate(file, at=AT)
    store = SqlStore(file)
    ids = Counted()
    more = replace(inbounds()[0].envelope, id=EventId("e20"))
    for inbound in (*inbounds(), Commanded(more, "new Ceres")):
        envelope = replace(inbound.envelope, platform="lark", conversation=where)
        await deliver_to(house(store, ids), ids, replace(inbound, envelope=envelope))
    await store.close()


def rows(file: Path) -> list[tuple[str, str, str]]:
    """What became of the outbox."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT state, kind, id FROM outbox").fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("later", [17, 140])  # minutes: within the hour of a uuid, and after it
async def test_a_kill_at_any_point_brings_no_message_twice(tmp_path: Path, later: int) -> None:
    fake = FakeLark(Still(AT))
    fake.limits.on = False
    fake.start()
    maya = fake.tenant.person("Maya")
    await prepare(tmp_path / "calm.db", conversation(HERE, maya.open_id))
    kills, code = 0, KILLED
    try:
        with sender(fake) as process:
            while code == KILLED:
                fake.tenant.messages.clear()
                file = tmp_path / f"copy-{kills}.db"
                shutil.copy(tmp_path / "calm.db", file)
                code = run(process, file, 15, kills + 1)
                fake.clock.advance(timedelta(minutes=later))  # the uuids of this round are old
                assert run(process, file, later) == 0
                check(file, [m.uuid for m in fake.sent(maya)])
                file.unlink()
                kills += code == KILLED
    finally:
        fake.stop()
    assert kills >= 50
    assert fake.violations == []


def check(file: Path, posted: list[str]) -> None:
    """Each message once, and beside them at most the word that showed which chat to read."""
    found = rows(file)
    cards = [uuid for uuid in posted if not uuid.startswith("back-")]
    assert len(posted) == len(set(posted))
    assert len(posted) - len(cards) <= 1
    assert {state for state, _, _ in found} == {"sent"}
    assert {id_ for _, kind, id_ in found if kind == "post"} == set(cards)
