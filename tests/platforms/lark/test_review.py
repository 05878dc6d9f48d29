"""The review before sending, walked in Lark: buttons, a box on the card, a typed reply."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.core.case import Case
from bot.core.message import draft
from bot.core.phrases import SAY
from bot.engine.ports import Filed, Place
from bot.platforms.lark.forms import TEXT
from bot.platforms.lark.parts import split
from tests.approval.scene import AT, CASE
from tests.approval.walk import Hands, mixed, walk
from tests.delivery_cases import PLAYBOOK
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.lark import FakeLark


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake whose day is the day of the case."""
    with FakeLark(Clock(AT)) as lark:
        yield lark


async def test_the_review_is_walked_from_all_answers_to_a_text_of_ones_own(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "en_us")
    async with Bot(fake, whole=True) as bot:
        mine = replace(mixed(), tenant=bot.tenant, owner=bot.id_of(maya))
        async with bot.store.turn(bot.tenant) as turn:
            await turn.keep_playbook(PLAYBOOK)
            place = Place("lark", f"{bot.tenant}/{maya.open_id}")
            await turn.save(Filed(mine, place), was=None)

        async def press(label: str) -> None:
            await bot.press(maya, label)
            await bot.quiet()

        async def edit(text: str) -> None:
            now = await case()
            assert now.variant is not None
            shown = draft.text_on_screen(PLAYBOOK, now, now.variant, AT.date()).text
            fill = {name: "" for name, _ in split(shown, TEXT)}
            await bot.press(maya, SAY.save_edit.en, fill={**fill, next(iter(fill)): text})
            await bot.quiet()

        async def say(text: str) -> None:
            await bot.say(maya, text)
            await bot.quiet()

        async def shown() -> str:
            return bot.texts(maya)

        async def case() -> Case:
            filed = await bot.store.case(bot.tenant, CASE)
            assert filed is not None
            return filed.case

        await say("/delay review")
        await walk(Hands(press, edit, say, shown, case))
