"""A colleague in Lark who may read a case: mentioned, asked about, told, and shown no more than that."""

from collections.abc import AsyncIterator

import pytest

from bot.core.approving.organisation import Member, Organisation
from bot.core.words import PersonId
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person


class Shared:
    """Maya, who has a case of Apollo, and Lin, who reads Chinese."""

    def __init__(self, fake: FakeLark) -> None:
        self.fake = fake
        self.maya = fake.tenant.person("Maya", "en_us")
        self.lin = fake.tenant.person("Lin", "zh_cn")
        people = (Member(PersonId(self.maya.open_id), "Maya Lindqvist"),)
        self.bot = Bot(fake, organisation=Organisation(people=people))

    async def name(self, words: str, *people: Person) -> None:
        """Maya writes this and mentions people."""
        assert (await self.fake.do(self.fake.hands.name(self.maya, words, *people))).answered
        await self.bot.quiet()

    async def viewers(self) -> set[str]:
        """Who may read the case."""
        front = await self.bot.front(self.maya)
        assert front is not None
        filed = await self.bot.store.case(self.bot.tenant, front)
        assert filed is not None
        return set(filed.case.sharing.viewers)


@pytest.fixture
async def shared(fake: FakeLark) -> AsyncIterator[Shared]:
    """The two of them, with the case begun."""
    found = Shared(fake)
    async with found.bot:
        await found.bot.say(found.maya, "/delay new Apollo")
        await found.bot.reads(found.maya, "Step 1 of")
        yield found


async def test_a_mentioned_colleague_is_asked_about_then_reads_and_then_no_more(
    shared: Shared,
) -> None:
    bot, maya, lin = shared.bot, shared.maya, shared.lin
    await shared.name("/delay invite @Lin", lin)
    await bot.reads(maya, "Let Lin read Apollo?")
    assert bot.texts(lin) == ""
    await bot.press(maya, "Invite Lin")
    await bot.reads(lin, "Maya Lindqvist")
    await bot.press(lin, "查看")
    await bot.reads(lin, "您只能查看，不能改动。")
    await bot.quiet()

    await shared.name("/delay uninvite @Lin", lin)
    await bot.reads(lin, "不再把“Apollo”共享给您。")
    await bot.quiet()
    assert "您只能查看" not in bot.texts(lin)
    assert await shared.viewers() == set()


async def test_a_viewer_finds_it_in_their_menu(shared: Shared) -> None:
    await shared.name("/delay 邀请 @Lin", shared.lin)
    await shared.bot.press(shared.maya, "Invite Lin")
    await shared.bot.reads(shared.lin, "邀请您查看")
    await shared.fake.do(shared.fake.hands.tap_menu(shared.lin, "delay_list"))
    await shared.bot.reads(shared.lin, "您可以查看")


async def test_somebody_of_another_tenant_is_refused_by_name(
    shared: Shared, fake: FakeLark
) -> None:
    grace = fake.tenant.person("Grace", tenant="another")
    await shared.name("/delay invite @Grace", grace)
    await shared.bot.reads(shared.maya, "Grace is not a full member of your organisation")
    assert await shared.viewers() == set()
