"""Settings in Lark: one card with a form, by command or menu, whatever the client leaves out."""

from datetime import time
from typing import cast

import pytest

from bot.core.person import Person as Known
from tests.platforms.lark.bot import MODES, Bot, Mode
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.entries import Blanks
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person

ASKED = "A city in your time zone."


async def known(bot: Bot, person: Person) -> Known:
    """What is kept of somebody."""
    return cast(Known, await bot.store.person(bot.tenant, bot.id_of(person)))


@pytest.mark.parametrize("mode", MODES)
async def test_what_is_settled_holds_in_the_open_conversation_too(
    fake: FakeLark, mode: Mode
) -> None:
    maya = fake.tenant.person("Maya", zone="Europe/London")
    async with Bot(fake, mode=mode) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.say(maya, "/delay settings")
        await bot.reads(maya, ASKED)
        filled = {"box~zone": "Berlin", "box~calendar": "DE", "box~work": "8:30-17:00"}
        pressed = await bot.press(maya, "Save", fill=filled)
        await bot.quiet()
        person, case = await known(bot, maya), await bot.front(maya)
        assert case is not None
        filed = await bot.store.case(bot.tenant, case)
    assert pressed.says().startswith("Saved")
    assert (person.zone, person.calendar, person.zone_known) == ("Europe/Berlin", "DE", True)
    assert (person.manners.work_from, person.manners.work_until) == (time(8, 30), time(17))
    assert filed is not None
    assert (filed.case.zone, filed.case.calendar) == ("Europe/Berlin", "DE")


@pytest.mark.parametrize("blanks", ["missing", "empty"])
async def test_a_box_that_was_emptied_is_empty_whatever_the_client_sends(
    fake: FakeLark, blanks: Blanks
) -> None:
    maya = fake.tenant.person("Maya")
    fake.hands.blanks = blanks
    async with Bot(fake) as bot:
        for quiet in ("12:00-13:30", ""):
            await fake.do(fake.hands.tap_menu(maya, "delay_settings"))
            await bot.reads(maya, ASKED)
            await bot.press(maya, "Save", fill={"box~quiet": quiet})
            found = (await known(bot, maya)).manners
            assert found.quiet_from == (time(12) if quiet else None)


async def test_what_cannot_be_read_stands_in_the_form_again_with_the_reason(
    fake: FakeLark,
) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay 设置")
        await bot.reads(maya, "写一个和您同一时间的城市")
        await bot.press(maya, "保存", fill={"box~zone": "亚特兰蒂斯", "box~level": "light"})
        await bot.reads(maya, "我不认识时区“亚特兰蒂斯”")
        forms = [screen.fields(message.card) for message in fake.sent(maya)]
        newest = next(form for form in reversed(forms) if "box~zone" in form)
        assert newest["box~zone"].element["default_value"] == "亚特兰蒂斯"
        await bot.press(maya, "保存", fill={"box~zone": "柏林"})
        assert (await known(bot, maya)).zone == "Europe/Berlin"


async def test_never_asks_for_its_reason_and_is_taken_with_it_alone(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay 提醒 关")
        await bot.reads(maya, "完全不提醒，原因是什么？")
        assert (await known(bot, maya)).manners.level == "standard"
        pressed = await bot.press(maya, "保存", fill={"box~never": "我看自己的看板"})
        manners = (await known(bot, maya)).manners
        await bot.say(maya, "/delay 提醒")
        await bot.reads(maya, "我看自己的看板")
    assert pressed.says("zh_cn").startswith("已保存")
    assert (manners.level, manners.never) == ("off", "我看自己的看板")
