"""Every way in: greeting, command, menu, mention, groups, and what is said to whom."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.cards.blocks import Action
from tests.platforms.lark.bot import Bot, acts, until
from tests.platforms.lark.fake.commands import CREATE
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import FOLLOW_UP, LIST
from tests.platforms.lark.fake.tenant import Chat, Person

GREETING = "early, honestly, with a plan"


def words(fake: FakeLark, bot: Bot, place: Person | Chat) -> str:
    return bot.texts(place) if isinstance(place, Person) else bot.texts_in(place)


async def test_the_first_opening_is_greeted_and_no_other(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        for _ in range(3):
            await fake.do(fake.hands.open(maya))
        await bot.reads(maya, GREETING)
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await fake.do(fake.hands.open(maya))
    assert bot.texts(maya).count(GREETING) == 1


async def test_the_command_is_registered_once(fake: FakeLark) -> None:
    for _ in range(2):
        async with Bot(fake):
            await until(lambda: len(fake.tenant.commands) == 1)
    assert len(fake.calls(CREATE)) == 1
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await fake.do(fake.hands.pick_command(maya, "delay", "Apollo"))
        await bot.reads(maya, "Step 1 of")


async def test_a_tenant_without_commands_is_left_in_peace(fake: FakeLark) -> None:
    fake.commands.known = False
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.reports("")


@pytest.mark.parametrize("line", ["延期 风电场", "/延期 风电场", "/delay 风电场", "/ delay 风电场"])
async def test_the_command_can_be_typed_in_either_language(fake: FakeLark, line: str) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    async with Bot(fake) as bot:
        await bot.say(maya, line)
        await bot.reads(maya, "第1步")
        await bot.reads(maya, "风电场")


async def test_the_menu_starts_and_lists(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await fake.do(fake.hands.tap_menu(maya, "delay_start"))
        await bot.reads(maya, "Step 1 of")
        await bot.quiet()
        await fake.do(fake.hands.tap_menu(maya, "delay_list"))
        await bot.reads(maya, "Go on with “(no name yet)”.")
        await bot.press(maya, "Continue")
        await bot.quiet()
        await fake.do(fake.hands.tap_menu(maya, "something else"))
        await bot.reads(maya, "What you can type")


async def test_a_mention_in_a_group_goes_on_alone(fake: FakeLark) -> None:
    maya, omar = fake.tenant.person("Maya"), fake.tenant.person("Omar")
    group = fake.tenant.group("Apollo", maya, omar)
    async with Bot(fake) as bot:
        await fake.do(fake.hands.say(maya, "/delay Apollo Acme", group, mention=True))
        await bot.reads(maya, "Step 1 of")
        await until(lambda: bool(fake.sent(group)))
    assert "written to you alone" in bot.texts_in(group)
    assert "Acme" not in bot.texts_in(group)
    assert fake.sent(group)[-1].thread


async def test_a_mention_without_a_command_brings_help(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    group = fake.tenant.group("Apollo", maya)
    async with Bot(fake) as bot:
        await fake.do(fake.hands.say(maya, "what can you do?", group, mention=True))
        await bot.reads(maya, "What you can type")
    assert await bot.store.pings(fake.clock() + timedelta(days=99)) == ()


async def test_somebody_of_another_tenant_is_told_and_nothing_begins(fake: FakeLark) -> None:
    outsider = fake.tenant.person("Grace", tenant="another")
    group = fake.tenant.group("With Acme", outsider)
    async with Bot(fake) as bot:
        await fake.do(fake.hands.say(outsider, "/delay Apollo", group, mention=True))
        await until(lambda: bool(fake.sent(group)))
        assert "of this organisation" in bot.texts_in(group)
        assert await bot.store.person(bot.tenant, bot.id_of(outsider)) is None


async def test_somebody_of_another_tenant_who_presses_a_forwarded_card_is_told(
    fake: FakeLark,
) -> None:
    maya, outsider = fake.tenant.person("Maya"), fake.tenant.person("Grace", tenant="another")
    group = fake.tenant.group("With Acme", maya, outsider, external=True)
    async with Bot(fake) as bot:
        await fake.do(fake.hands.open(maya))
        await bot.reads(maya, GREETING)
        shown = fake.tenant.put(replace(fake.sent(maya)[-1], id="om_forwarded", chat=group.id))
        press = fake.hands.press(outsider, shown, "Start a delay conversation")
        assert "of this organisation" in (await fake.do(press)).says()
        assert await bot.store.person(bot.tenant, bot.id_of(outsider)) is None
    assert fake.sent(outsider) == []


async def test_added_to_a_group_of_the_house_it_says_what_it_does(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    group = fake.tenant.group("Apollo", maya)
    async with Bot(fake) as bot:
        await fake.do(fake.hands.add_bot(maya, group))
        await until(lambda: bool(fake.sent(group)))
    assert "@Candor /delay" in bot.texts_in(group)


async def test_added_where_outsiders_read_it_is_silent_there(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    group = fake.tenant.group("With Acme", maya, external=True)
    async with Bot(fake) as bot:
        await fake.do(fake.hands.add_bot(maya, group))
        await bot.reads(maya, "has people from outside")
        await fake.do(fake.hands.remove_bot(maya, group))
        await bot.reads(maya, "removed from a group")
    assert fake.sent(group) == []


async def test_what_holds_no_words_is_answered_kindly(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await fake.do(fake.hands.send(maya, "image", '{"image_key": "img_v2"}'))
        await bot.reads(maya, "I can only read words")


async def test_a_question_has_bubbles_and_a_tap_is_an_answer(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay 风电场")
        await until(lambda: any(m.follow_ups for m in fake.sent(maya)))
        message = next(m for m in fake.sent(maya) if m.follow_ups)
        await fake.do(fake.hands.tap_follow_up(maya, message, "例子"))
        await bot.reads(maya, "好的回答")
    assert all(c.code == 0 for c in fake.calls(FOLLOW_UP)[:1])


async def test_a_zone_that_the_client_tells_is_asked_about_once(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", zone="Asia/Kolkata")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.press(maya, "Why do you ask?")
        await bot.reads(maya, "you are in Asia/Kolkata")
        await bot.press(maya, "Asia/Kolkata")
        await bot.reads(maya, "in Asia/Kolkata from now on")
        person = await bot.store.person(bot.tenant, bot.id_of(maya))
    assert person is not None
    assert person.zone == "Asia/Kolkata"
    assert bot.texts(maya).count("Your client says") == 1


async def test_a_list_opens_the_same_conversation_again(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        opened = []
        for name in ("Apollo", "Borealis"):
            await bot.say(maya, f"/delay {name}")
            await bot.quiet()
            opened.append(await bot.front(maya))
        await bot.say(maya, "/delay list")
        await bot.reads(maya, "Your open conversations")
        card = next(m for m in reversed(fake.sent(maya)) if m.kind == "interactive")
        for case in (*opened, opened[0]):
            button = next(f for a, f in acts(card) if a == Action("open", str(case)))
            await fake.do(fake.hands.use(maya, card, button, {}))
            await bot.quiet()
            assert await bot.front(maya) == case


async def test_a_newcomers_first_press_tells_where_they_are(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", zone="Asia/Kathmandu")
    async with Bot(fake) as bot:
        await fake.do(fake.hands.open(maya))
        await bot.press(maya, "Start a delay conversation")
        await bot.reads(maya, "Step 1 of")
        person = await bot.store.person(bot.tenant, bot.id_of(maya))
    assert person is not None
    assert person.zone == "Asia/Kathmandu"
    assert "Your client says" not in bot.texts(maya)


async def test_an_event_of_any_other_kind_is_answered(fake: FakeLark) -> None:
    async with Bot(fake):
        for kind in ("im.chat.updated_v1", "im.message.message_read_v1", "drive.file.edit_v1"):
            push = await fake.do(fake.hands.happen(fake.envelopes.wrap(kind, {"x": [1]})))
            assert push.answered
        old = fake.envelopes.old("app_open", {"user": "x"})
        assert (await fake.do(fake.hands.happen(old))).answered


async def test_a_second_press_on_start_begins_no_second_conversation(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await fake.do(fake.hands.open(maya))
        await bot.reads(maya, GREETING)
        card = fake.sent(maya)[-1]
        presses = [fake.hands.press(maya, card, "Start a delay conversation") for _ in range(2)]
        found = await asyncio.gather(*(fake.do(press) for press in presses))
        await bot.reads(maya, "Step 1 of")
        async with bot.store.turn(bot.tenant) as turn:
            assert len(await turn.cases(bot.id_of(maya))) == 1
    assert sorted(p.says() for p in found)[0].startswith("A new conversation is open already")


async def test_for_a_press_in_the_own_chat_no_row_is_looked_up(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    group = fake.tenant.group("Apollo", maya)
    async with Bot(fake, whole=True) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.quiet()
        card, before = fake.sent(maya)[-1], bot.faults.looked_up
        await fake.do(fake.hands.press(maya, card, "Why do you ask?"))
        assert bot.faults.looked_up == before
        shown = fake.tenant.put(replace(card, id="om_forwarded", chat=group.id))
        await fake.do(fake.hands.press(maya, shown, "Why do you ask?"))
        assert bot.faults.looked_up == before + 1


async def test_a_card_that_was_forwarded_to_a_group_leads_nothing_there(fake: FakeLark) -> None:
    maya, omar = fake.tenant.person("Maya"), fake.tenant.person("Omar")
    group = fake.tenant.group("Apollo", maya, omar)
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.quiet()
        shown = fake.tenant.put(replace(fake.sent(maya)[-1], id="om_forwarded", chat=group.id))
        assert (await fake.do(fake.hands.press(maya, shown, "Why do you ask?"))).code == 0
        await bot.quiet()
        where = f"{bot.tenant}/{maya.open_id}"
        fake.gate.calls.clear()
        ago = fake.clock() - timedelta(hours=3)
        assert await bot.channel.find(where, "no such key", ago) is None
    read = {c.query["container_id"] for c in fake.calls(LIST)}
    assert read == {fake.tenant.direct(maya).id}
    assert bot.texts_in(group).count("Why do you ask?") == 1
