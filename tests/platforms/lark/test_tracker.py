"""A project picked from a tracker in Feishu, in Chinese: the list, what was read, and what stands ready."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.case import text_of
from bot.core.words import FieldId
from bot.engine.trackers import Trackers
from bot.sources.files import FolderTracker
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.lark import FakeLark
from tests.sources.samples import MEASURED


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    lark = FakeLark()
    lark.start()
    yield lark
    lark.stop()
    assert lark.violations == []


@pytest.fixture
async def bot(fake: FakeLark, tmp_path: Path) -> AsyncIterator[Bot]:
    """Candor with a folder of plans."""
    (tmp_path / "七号试验台.csv").write_bytes(MEASURED)
    plans = FolderTracker(tmp_path, fake.clock, ZoneInfo("Asia/Shanghai"))
    async with Bot(fake, trackers=Trackers({"files": plans})) as found:
        yield found


async def test_a_project_is_picked_and_its_facts_stand_in_the_conversation(
    fake: FakeLark, bot: Bot
) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    await bot.say(maya, "/delay 新建")
    await bot.press(maya, "从计划文件取数据")
    await bot.press(maya, "七号试验台")
    await bot.reads(maya, "计划文件里的“七号试验台”")
    await bot.reads(maya, "8项里完成5项")
    front = await bot.front(maya)
    filed = await bot.store.case(bot.tenant, front) if front else None
    assert filed is not None
    assert text_of(filed.case, "project") == "七号试验台"
    assert FieldId("percent_done") in filed.case.offers
