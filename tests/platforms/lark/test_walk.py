"""A conversation in Lark as somebody there has it, over real HTTP."""

from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.lark import FakeLark


async def test_from_the_command_to_the_draft(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "en_us")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.say(maya, "Acme Health")
        await bot.reads(maya, "Acme Health")
        pressed = await bot.press(maya, "submit", fill={"box~promised": "the gearbox"})
        assert pressed.code == 0
        assert pressed.says()
        await bot.say(maya, "/delay draft")
        await bot.reads(maya, "Message to Acme Health")
