"""A conversation in Lark as somebody there has it, over real HTTP."""

import pytest

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
