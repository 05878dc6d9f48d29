"""A database that does not answer: whoever presses is told so in time, and presses once more."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.platforms import in_time
from bot.store.postgres.database import PostgresDatabase
from bot.store.sql import SqlStore
from tests import postgres
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, Served, standing

STOP, FORM = "Save and stop", "Answer in a form"
LATER, LATER_ZH = "Nothing can be saved just now", "暂时无法保存"


@contextmanager
def held(file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another process has the right to write meanwhile, and nobody waits long for it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other, monkeypatch.context() as m:
        other.execute("BEGIN IMMEDIATE")
        m.setattr(in_time, "ANSWER", 0.2)
        yield
        other.execute("ROLLBACK")


async def begun(candor: Served, user: str = MAYA) -> None:
    await candor.slack.people.command(user, "/delay", "Wind farm")
    await candor.settle()


async def told(candor: Served) -> str:
    """What only Maya sees, the last of it."""
    await candor.platform.settled()
    return candor.slack.ephemerals(MAYA)[-1].text


async def pressed(candor: Served, wanted: str) -> str:
    """What Maya is told when she presses, which Slack sees answered."""
    assert (await candor.slack.people.press(MAYA, candor.live(), wanted)).status == 200
    return await told(candor)


async def test_a_press_that_another_process_keeps_waiting_is_broken_off_in_time_and_told(
    candor: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(candor)
    before = await candor.case()
    with held(tmp_path / "candor.db", monkeypatch):
        assert "I broke this off" in await pressed(candor, STOP)
    assert await candor.case() == before
    await candor.press(STOP)
    assert (await candor.case()).revision > before.revision


async def test_a_line_that_another_process_keeps_waiting_comes_again_and_is_kept_once(
    candor: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await begun(candor)
    before = await candor.case()
    with held(tmp_path / "candor.db", monkeypatch):
        await candor.slack.happenings.say(MAYA, "Hollow Hill")
    assert {v.rpartition(" ")[2] for v in candor.slack.forgive()} == {"503"}
    assert await candor.case() == before


@pytest.mark.slow
async def test_whatever_is_pressed_while_the_server_is_down_is_answered_in_words(
    slack: FakeSlack,
) -> None:
    with closing(postgres.Own(f"away-{os.getpid()}")) as server:
        store = SqlStore(PostgresDatabase(postgres.prepared(server.address, "away")))
        async with standing(slack, store) as candor:
            await begun(candor)
            before = await candor.case()
            server.close()
            assert LATER in await pressed(candor, STOP)
            assert LATER in await pressed(candor, FORM)
            await slack.people.command(MAYA, "/delay", "list")
            assert LATER in await told(candor)
            server.restart("fast")
            assert await candor.case() == before
            await candor.press(STOP)
            assert (await candor.case()).revision > before.revision
        await store.close()
