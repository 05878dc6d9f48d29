"""An admin connects a tracker in Feishu: the key is typed hidden, and stands in no card."""

import json
from collections.abc import AsyncIterator, Iterator

import pytest
from pydantic import SecretStr

from bot.core.approving.organisation import Member, Organisation
from bot.engine.keeping.vault import new_key
from bot.settings import Settings
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person
from tests.sources.fakes import linear
from tests.sources.fakes.vendor import Clock


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    lark = FakeLark()
    lark.start()
    yield lark
    lark.stop()
    assert lark.violations == []


@pytest.fixture
def maya(fake: FakeLark) -> Person:
    return fake.tenant.person("Maya", "zh_cn")


@pytest.fixture
async def bot(fake: FakeLark, maya: Person) -> AsyncIterator[Bot]:
    """Candor beside a Linear, of which Maya is an admin."""
    tracker = linear.Linear(Clock())
    await tracker.start()
    settings = Settings(keys=SecretStr(new_key()), linear_base_url=tracker.base)
    me = Bot.id_of(maya)
    ours = Organisation(people=(Member(me, "Maya"),), roles={"admin": (me,)})
    async with Bot(fake, organisation=ours, settings=settings) as found:
        yield found
        assert found.house.own is not None
        await found.house.own.close()
    await tracker.stop()


async def test_a_key_is_typed_hidden_and_stands_in_no_card(
    fake: FakeLark, bot: Bot, maya: Person
) -> None:
    await bot.say(maya, "/delay 外部系统")
    await bot.reads(maya, "还没有连接任何系统")
    await bot.press(maya, "连接Linear")
    await bot.reads(maya, "不会出现在任何消息里")
    forms = [screen.fields(message.card) for message in fake.sent(maya)]
    box = next(form["box~key"] for form in reversed(forms) if "box~key" in form)
    assert box.element["input_type"] == "password"
    await bot.press(maya, "试连并保存", fill={"box~key": linear.KEY})
    await bot.reads(maya, "Linear已连接。Linear里能看到1个项目；试读了“Tram depot”")
    assert bot.house.own is not None
    assert list(await bot.house.own.connections.of(bot.tenant)) == ["linear"]
    assert linear.KEY not in json.dumps([m.card for m in fake.sent(maya)])
