"""What only a person can mend is said in one sentence to somebody who can, and nothing is lost."""

from datetime import timedelta

import pytest

from bot.core.words import CaseId
from bot.engine.deliver import deliver
from bot.platforms.lark.codes import GONE, MENDED
from tests.platforms.lark.bot import Bot, until
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import SEND
from tests.platforms.lark.fake.tenant import Person

HOUR = timedelta(hours=1)


async def told_where_it_is_read(bot: Bot, ops: Person, words: str) -> None:
    """The operator reads the sentence in the chat, once."""
    await bot.reads(ops, words)
    assert bot.texts(ops).count(words) == 1


async def try_again(bot: Bot) -> None:
    """Time passes, and what waits is tried again."""
    bot.fake.clock.advance(HOUR)
    await deliver(bot.house)
    await bot.quiet()


async def failed(bot: Bot) -> None:
    """Wait until a message was refused."""
    await until(lambda: any(c.code for c in bot.fake.calls(SEND)))


async def test_a_bot_that_was_removed_tells_whoever_removed_it(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    group = fake.tenant.group("Apollo", maya)
    async with Bot(fake) as bot:
        await fake.do(fake.hands.remove_bot(maya, group))
        await told_where_it_is_read(bot, maya, "I was removed from a group")


async def test_an_app_that_is_disabled_says_so_until_it_is_enabled(
    fake: FakeLark, capsys: pytest.CaptureFixture[str]
) -> None:
    maya = fake.tenant.person("Maya")
    said = MENDED[99991662].en
    async with Bot(fake, whole=True) as bot:
        await until(lambda: bool(fake.tenant.commands))
        await fake.do(fake.hands.disable_app())
        assert await bot.reports("disabled") == said
        fake.tenant.app.enabled = True
        await fake.do(
            fake.hands.happen(
                fake.envelopes.old("app_status_change", {"status": "start_by_tenant"})
            )
        )
        await bot.reports("")
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
    assert capsys.readouterr().out.count(said) == 1


async def test_an_app_that_was_disabled_unheard_says_so_at_its_first_message(
    fake: FakeLark, capsys: pytest.CaptureFixture[str]
) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, whole=True) as bot:
        await until(lambda: bool(fake.tenant.commands))
        fake.tenant.app.enabled = False
        await bot.say(maya, "/delay Apollo")
        await failed(bot)
        assert await bot.reports("disabled") == MENDED[99991662].en
        fake.tenant.app.enabled = True
        await try_again(bot)
        await bot.reads(maya, "Step 1 of")
        await bot.reports("")
    assert capsys.readouterr().out.count(MENDED[99991662].en) == 1


async def test_a_secret_that_is_rotated_meanwhile_is_said_and_what_waits_goes_out(
    fake: FakeLark,
) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, whole=True) as bot:
        await until(lambda: bool(fake.tenant.commands))
        right, fake.tenant.app.secret = fake.tenant.app.secret, "another"
        fake.tokens.revoke()
        await bot.say(maya, "/delay Apollo")
        assert "CANDOR_LARK_APP_SECRET" in await bot.reports("secret")
        assert fake.sent(maya) == []
        fake.tenant.app.secret = right
        await try_again(bot)
        await bot.reads(maya, "Step 1 of")
        await bot.reports("")


async def test_a_scope_that_is_taken_away_is_told_to_the_operator(fake: FakeLark) -> None:
    maya, ops = fake.tenant.person("Maya"), fake.tenant.person("Operator", "zh_cn")
    group = fake.tenant.group("Apollo", maya)
    async with Bot(fake, operator=ops.open_id) as bot:
        fake.tenant.app.scopes -= {"im:chat:readonly"}
        for _ in range(2):
            await fake.do(fake.hands.add_bot(maya, group))
        await told_where_it_is_read(bot, ops, MENDED[99991672].zh)


async def test_somebody_outside_the_availability_is_named_to_the_operator(fake: FakeLark) -> None:
    maya, ops = fake.tenant.person("Maya"), fake.tenant.person("Operator")
    async with Bot(fake, operator=ops.open_id, whole=True) as bot:
        maya.available = False
        await bot.say(maya, "/delay Apollo")
        await told_where_it_is_read(bot, ops, GONE[230013].en)
        await bot.quiet()
        case = await bot.front(maya)
        rows = await bot.store.parcels(bot.tenant, case or CaseId(""))
    assert {row.state for row in rows} == {"dropped"}
