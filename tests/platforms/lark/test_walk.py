"""A conversation in Lark as somebody there has it, over real HTTP."""

import pytest

from bot.core.case import text_of
from tests.platforms.lark.bot import MODES, Bot, Mode
from tests.platforms.lark.fake.lark import FakeLark


@pytest.mark.parametrize("mode", MODES)
async def test_from_the_command_to_the_draft(fake: FakeLark, mode: Mode) -> None:
    maya = fake.tenant.person("Maya", "en_us")
    async with Bot(fake, mode=mode) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.say(maya, "Acme Health")
        await bot.reads(maya, "Acme Health")
        pressed = await bot.press(maya, "submit", fill={"box~promised": "the gearbox"})
        assert pressed.code == 0
        assert pressed.says()
        await bot.say(maya, "/delay draft")
        await bot.reads(maya, "Message to Acme Health")


async def test_what_is_said_before_a_redraw_went_out_stands_on_it_and_its_form_works(
    fake: FakeLark,
) -> None:
    maya = fake.tenant.person("Maya", "en_us")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        for words in ("中文", "English", "中文", "English", "中文"):
            await bot.say(maya, words)
        await bot.quiet()
        pressed = await bot.press(maya, "submit", fill={"box~customer": "Acme Health"})
        assert pressed.code == 0
        await bot.quiet()
        front = await bot.front(maya)
        assert front is not None
        filed = await bot.store.case(bot.tenant, front)
        assert filed is not None
        assert text_of(filed.case, "customer") == "Acme Health"
