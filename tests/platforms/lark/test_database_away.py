"""A file that another process holds: a press is told so while Lark still waits for its answer."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.platforms import in_time
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.platforms.lark.bot import Bot, until
from tests.platforms.lark.fake.lark import FakeLark

OPEN = "SELECT count(*) FROM outbox WHERE look_at IS NOT NULL"


async def test_a_press_that_another_process_keeps_waiting_is_broken_off_in_time_and_told(
    fake: FakeLark, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maya, file = fake.tenant.person("Maya", "zh_cn"), tmp_path / "candor.db"
    migrate(file, at=fake.clock())
    store = SqlStore(file)
    async with Bot(fake, store=store) as bot:
        await bot.say(maya, "/delay 海上风电场三期")
        await bot.reads(maya, "海上风电场三期")
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            await until(lambda: other.execute(OPEN).fetchone() == (0,))
            other.execute("BEGIN IMMEDIATE")
            with monkeypatch.context() as patched:
                patched.setattr(in_time, "ANSWER", 0.2)
                pressed = await bot.press(maya, "保存，先停一下")
            other.execute("ROLLBACK")
        assert (pressed.code, pressed.toast["type"]) == (0, "error")
        assert "我先中断了" in pressed.says("zh_cn")
        assert (await bot.press(maya, "保存，先停一下")).toast["type"] != "error"
    await store.close()
