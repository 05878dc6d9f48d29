"""Sending: each once and in its time, whatever the platform answers, and who is told what."""

import asyncio
import json
import time
from datetime import timedelta

import pytest

from bot.core.cards.blocks import Action, Card, Editor, Paragraph, Quote
from bot.core.words import Text, same
from bot.engine.deliver import deliver
from bot.engine.errors import (
    BadContent,
    CannotLook,
    Later,
    OutcomeUnknown,
    Outdated,
    Refused,
)
from bot.engine.ports import MessageRef
from bot.platforms.lark.client import PAGE, PAGES, LarkChannel
from bot.platforms.lark.codes import CONTENT, GONE, MENDED, OLD
from bot.platforms.lark.pace import LINE
from bot.platforms.lark.references import conversation, posted
from bot.platforms.lark.wire import A_SECOND
from tests.platforms.lark.bot import Bot, Faults, until
from tests.platforms.lark.fake.access import TOKEN as TOKEN_CALL
from tests.platforms.lark.fake.faults import Code, Cut, Hang, Slow, Status
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import LIST, PATCH, SEND
from tests.platforms.lark.fake.tenant import Message, Person

HELLO = Card(Text(en="Hello", zh="你好"), (Paragraph(Text(en="Hello", zh="你好")),))


async def post(bot: Bot, person: Person, key: str = "key-1") -> MessageRef:
    where = conversation(bot.tenant, person.open_id)
    return await bot.channel.post(where, key, HELLO, "en")


async def find(bot: Bot, person: Person, key: str, ago: timedelta) -> MessageRef | None:
    where = conversation(bot.tenant, person.open_id)
    return await bot.channel.find(where, key, bot.fake.clock() - ago)


async def test_a_key_makes_one_message_within_its_hour(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        assert await post(bot, maya) == await post(bot, maya)
        await post(bot, maya, "key-2")
    assert len(fake.sent(maya)) == 2


@pytest.mark.parametrize("code", sorted(GONE))
async def test_what_is_gone_for_good_is_refused_with_its_sentence(
    fake: FakeLark, code: int
) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        fake.faults.put(SEND, Code(code))
        with pytest.raises(Refused) as caught:
            await post(bot, maya)
    assert caught.value.text == GONE[code]


@pytest.mark.parametrize("code", sorted(CONTENT))
async def test_what_is_refused_for_its_content_is_for_an_operator(
    fake: FakeLark, code: int
) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        fake.faults.put(SEND, Code(code))
        with pytest.raises(BadContent):
            await post(bot, maya)


@pytest.mark.parametrize("code", [230020, 99991400])
async def test_a_rate_limit_says_when_to_come_again(fake: FakeLark, code: int) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        fake.faults.put(SEND, Code(code, reset=7))
        with pytest.raises(Later) as caught:
            await post(bot, maya)
    assert caught.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize("code", sorted(MENDED))
async def test_what_an_operator_can_mend_waits_for_it(fake: FakeLark, code: int) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        fake.faults.put(SEND, Code(code))
        with pytest.raises(Later):
            await post(bot, maya)


@pytest.mark.parametrize("fault", [Status(502), Status(503), Cut(accepted=True), Code(230049)])
async def test_what_may_have_arrived_is_unknown(fake: FakeLark, fault: Status | Cut | Code) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        fake.faults.put(SEND, fault)
        with pytest.raises(OutcomeUnknown):
            await post(bot, maya)


@pytest.mark.parametrize("code", sorted(OLD))
async def test_a_card_that_takes_no_change_is_outdated(fake: FakeLark, code: int) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        ref = await post(bot, maya)
        fake.faults.put(PATCH, Code(code))
        with pytest.raises(Outdated):
            await bot.channel.edit(ref, "key-2", HELLO, "en")


async def test_a_card_is_followed_by_a_fresh_one_before_its_fourteenth_day(
    fake: FakeLark,
) -> None:
    maya = fake.tenant.person("Maya", zone="Europe/London")
    async with Bot(fake, whole=True) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.quiet()
        old = fake.sent(maya)[-1]
        fake.clock.advance(timedelta(days=13, hours=1))
        await bot.press(maya, "Why do you ask?")
        await until(lambda: fake.sent(maya)[-1].id != old.id)
        await bot.quiet()
        assert "goes on in a newer one" in str(old.card)
        await bot.press(maya, "Show me an example")
        await bot.quiet()
        assert len(fake.sent(maya)) == 2
    assert len(fake.sent(maya)[-1].versions) == 2


async def test_a_message_whose_time_is_not_told_was_made_just_now(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    fake.messages.terse = True
    async with Bot(fake) as bot:
        ref = await post(bot, maya)
        await bot.channel.edit(ref, "key-2", HELLO, "en")
    assert len(fake.sent(maya)) == 1


async def test_after_an_hour_of_doubt_the_chat_is_read_first(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        ref = await post(bot, maya)
        assert await find(bot, maya, "key-1", timedelta(hours=3)) == ref
        assert await find(bot, maya, "key-2", timedelta(hours=3)) is None
    assert fake.calls(LIST)


async def test_a_chat_that_is_not_known_can_be_looked_into_by_an_earlier_message(
    fake: FakeLark,
) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.quiet()
        store = bot.store
    async with Bot(fake, store=store) as again:  # it has forgotten which chat that is
        assert await find(again, maya, "another", timedelta(hours=3)) is None
    assert fake.calls(LIST)


async def test_within_the_hour_a_chat_that_is_not_known_is_not_looked_for(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        assert await find(bot, maya, "key", timedelta(minutes=50)) is None
    assert fake.sent(maya) == []


async def test_after_an_hour_a_word_to_the_person_tells_which_chat_to_read(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        ref = await post(bot, maya)
    async with Bot(fake) as again:  # it has forgotten which chat that is
        assert await find(again, maya, "key-1", timedelta(hours=2)) == ref
        assert await find(again, maya, "key-2", timedelta(hours=2)) is None
        assert "Nothing is lost" in again.texts(maya)
    assert len(fake.sent(maya)) == 2


async def test_where_there_is_too_much_to_read_it_says_so(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    fake.limits.on = False
    async with Bot(fake) as bot:
        await post(bot, maya)
        for number in range(PAGE * PAGES):
            fake.tenant.put(_line(fake, maya, number))
        with pytest.raises(CannotLook):
            await find(bot, maya, "another", timedelta(hours=2))


def _line(fake: FakeLark, person: Person, number: int) -> Message:
    chat, at = fake.tenant.direct(person), fake.clock()
    return Message(f"om_{number}", chat.id, person.open_id, "user", "text", '{"text": "x"}', at)


@pytest.mark.parametrize("accepted", [True, False])
async def test_a_first_message_that_was_in_doubt_over_a_restart_stands_once(
    fake: FakeLark, *, accepted: bool
) -> None:
    maya = fake.tenant.person("Maya")
    store = Faults()
    async with Bot(fake, whole=True, store=store) as bot:
        fake.faults.put(SEND, Cut(accepted=accepted))
        await bot.say(maya, "/delay Apollo")
        await until(lambda: len(fake.calls(SEND)) == 1)
    fake.clock.advance(timedelta(hours=2))
    async with Bot(fake, whole=True, store=store) as again:
        for _ in range(3):
            await deliver(again.house)
            fake.clock.advance(timedelta(minutes=1))
        await until(lambda: not store.waits())
        found = again.texts(maya)
    assert found.count("Step 1 of") == 1
    assert found.count("Nothing is lost") == 1


async def test_a_line_behind_the_pace_that_is_too_long_waits_in_the_outbox(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        posts = [asyncio.create_task(post(bot, maya, f"key-{n}")) for n in range(200)]
        await asyncio.sleep(0)
        late = [t for t in posts if t.done()]
        for task in late:
            with pytest.raises(Later):
                await task
        for task in posts:
            task.cancel()
        await asyncio.gather(*posts, return_exceptions=True)
    assert len(late) == 200 - (1 + LINE) * A_SECOND  # those of this second went at once


@pytest.mark.parametrize("repeated", ["first", "refused"])
async def test_a_line_that_is_cut_after_it_was_accepted_brings_one_message(
    fake: FakeLark, repeated: str
) -> None:
    maya = fake.tenant.person("Maya")
    fake.messages.repeated = "refused" if repeated == "refused" else "first"
    async with Bot(fake, whole=True) as bot:
        fake.faults.put(SEND, Cut(accepted=True))
        await bot.say(maya, "/delay Apollo")
        await until(lambda: len(fake.calls(SEND)) == 1)
        for _ in range(4):
            fake.clock.advance(timedelta(seconds=20))
            await deliver(bot.house)
        await bot.quiet()
    assert len(fake.sent(maya)) == 1


async def test_an_hour_of_outage_loses_nothing_and_doubles_nothing(fake: FakeLark) -> None:
    people = [fake.tenant.person(f"P{n}") for n in range(10)]
    async with Bot(fake, whole=True) as bot:
        fake.faults.keep(SEND, Status(503))
        for person in people:
            await bot.say(person, "/delay Apollo")
        for _ in range(20):
            await deliver(bot.house)
            fake.clock.advance(timedelta(minutes=3))
        fake.faults.clear()
        for _ in range(6):
            fake.clock.advance(timedelta(minutes=16))
            await deliver(bot.house)
        await bot.quiet()
    assert [len(fake.sent(p)) for p in people] == [1] * 10


@pytest.mark.parametrize("code", [99991661, 99991663, 99991671])
async def test_a_token_that_is_not_taken_is_fetched_once_more(fake: FakeLark, code: int) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await post(bot, maya)
        fake.faults.put(SEND, Code(code))
        await post(bot, maya, "key-2")
        calls = len(fake.calls(TOKEN_CALL))
        fake.faults.keep(SEND, Code(code))
        with pytest.raises(Later):
            await post(bot, maya, "key-3")
    assert len(fake.calls(TOKEN_CALL)) == calls + 1
    assert len(fake.sent(maya)) == 2


async def test_a_revoked_token_is_fetched_once_for_all_who_send(fake: FakeLark) -> None:
    people = [fake.tenant.person(f"P{n}") for n in range(8)]
    async with Bot(fake) as bot:
        await post(bot, people[0], "first")
        before = len(fake.calls(TOKEN_CALL))
        fake.tokens.revoke()
        await asyncio.gather(*(post(bot, p, f"key-{p.open_id[-2:]}") for p in people))
    assert len(fake.calls(TOKEN_CALL)) == before + 1


@pytest.mark.slow
async def test_a_slow_token_call_delays_nobodys_answer(fake: FakeLark) -> None:
    maya, omar = fake.tenant.person("Maya"), fake.tenant.person("Omar")
    fake.faults.put(TOKEN_CALL, Slow(5))
    async with Bot(fake) as bot:
        posting = asyncio.create_task(post(bot, maya))
        began = time.monotonic()
        push = await fake.do(fake.hands.say(omar, "/delay Apollo"))
        assert push.answered
        assert time.monotonic() - began < 1
        await posting


async def test_a_secret_that_was_rotated_is_said_to_the_operator(fake: FakeLark) -> None:
    async with Bot(fake, secret="old") as bot:
        assert "CANDOR_LARK_APP_SECRET" in await bot.reports("secret")


async def test_never_more_than_five_a_second_to_one_person(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await asyncio.gather(*(post(bot, maya, f"key-{n}") for n in range(11)))
    assert len(fake.sent(maya)) == 11
    assert {c.code for c in fake.calls(SEND)} == {0}


async def test_never_more_than_five_patches_a_second_of_one_card(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        ref = await post(bot, maya)
        channel: LarkChannel = bot.channel
        await asyncio.gather(*(channel.edit(ref, f"k{n}", HELLO, "en") for n in range(8)))
    assert {c.code for c in fake.calls(PATCH)} == {0}


async def test_a_card_that_somebody_is_using_is_patched_a_moment_later(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        ref = await post(bot, maya)
        locked = Code(230099, "ErrCode: 11310; ErrMsg: card action is lock; ErrorValue: ")
        fake.faults.put(PATCH, locked, locked)
        await bot.channel.edit(ref, "key-2", HELLO, "en")
    assert [c.code for c in fake.calls(PATCH)] == [230099, 230099, 0]


async def test_a_card_of_ours_never_goes_where_people_from_outside_read(fake: FakeLark) -> None:
    fake.tenant.app.shares_externally = True
    group = fake.tenant.group("With Acme", fake.tenant.person("Maya"), external=True)
    where = conversation(fake.tenant.key, group.id)
    async with Bot(fake) as bot:
        with pytest.raises(Refused):
            await bot.channel.post(where, "key-1", HELLO, "en")
        words = 'Dear all,\n\n<at user_id="all">x</at> **late** by a week.'
        letter = Card(same("Late"), (Paragraph(same(words)),), plain=True)
        await bot.channel.post(where, "key-2", letter, "en")
    [message] = fake.sent(group)
    assert message.kind == "post"
    assert '<at user_id=\\"all\\">x</at> **late**' in message.content


async def test_a_long_letter_goes_as_text(fake: FakeLark) -> None:
    group = fake.tenant.group("With Acme", fake.tenant.person("Maya"))
    words = "很长。" * 5000 + '<at user_id="all"></at>'
    letter = Card(same("Late"), (Paragraph(same(words)),), plain=True)
    async with Bot(fake) as bot:
        await bot.channel.post(f"{bot.tenant}/{group.id}", "key", letter, "zh")
    [message] = fake.sent(group)
    assert message.kind == "text"
    assert "<at user_id" not in message.content


async def test_whoever_runs_the_app_is_told_once_of_somebody_out_of_reach(fake: FakeLark) -> None:
    maya, ops = fake.tenant.person("Maya"), fake.tenant.person("Operator", "zh_cn")
    maya.available = False
    async with Bot(fake, operator=ops.open_id) as bot:
        for key in ("key-1", "key-2"):
            with pytest.raises(Refused):
                await post(bot, maya, key)
        await bot.reads(ops, "可用范围")
        assert maya.open_id in bot.texts(ops)
    assert len(fake.sent(ops)) == 1


async def test_a_draft_too_long_for_a_card_follows_whole_below_it(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    words = "风机底座要晚两周。" * 1600
    blocks = (
        Quote(same(words), copy=True),
        Editor("c", Action("draft_edit"), HELLO.text, words, HELLO.text),
    )
    card = Card(Text(en="Draft", zh="草稿"), blocks)
    where = conversation(fake.tenant.key, maya.open_id)
    async with Bot(fake) as bot:
        ref = await bot.channel.post(where, "key-1", card, "zh")
        assert await bot.channel.post(where, "key-1", card, "zh") == ref
        await bot.channel.edit(ref, "key-2", card, "zh")
    shown, whole = fake.sent(maya)
    assert (shown.kind, whole.kind) == ("interactive", "text")
    assert json.loads(whole.content)["text"] == words


async def test_a_call_that_never_ends_ends_within_its_time(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, patience=0.3) as bot:
        fake.faults.put(SEND, Hang())
        with pytest.raises(OutcomeUnknown):
            await post(bot, maya)


def test_a_reference_says_where_and_when() -> None:
    found = posted(MessageRef("oc_1/om_2/1764000000000"))
    assert (found.chat, found.message, found.at.year) == ("oc_1", "om_2", 2025)
