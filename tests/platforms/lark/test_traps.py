"""Traps of the platform that have no other home; docs/reference/lark-traps.md leads to all of them."""

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.words import Language
from bot.engine.inbound import Profile
from bot.platforms.lark import happenings, inbound
from bot.platforms.lark.courtesies import BUBBLES
from bot.platforms.lark.forms import filled
from tests.platforms.lark.bot import Bot, until
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.faults import Code
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import FOLLOW_UP, PATCH
from tests.platforms.lark.fake.tenant import Message, Person
from tests.platforms.lark.test_sending import post

ROOT = Path(__file__).parents[3]
STEPS: tuple[dict[str, str | list[str]], ...] = (
    {
        "box~customer": "Acme Health",
        "box~promised": "the gearbox",
        "box~original_date": "2026-12-04",
        "box~moved_before": "no",
        "box~first_sign": "2026-11-20",
    },
    {
        "box~reader_name": "Ms Reyes",
        "box~reader": "day_to_day",
        "box~customer_language": "en",
        "box~channel": "email",
    },
)
WINTER = Profile("en", "UTC", "none")


async def test_a_card_changes_only_once_its_press_was_answered(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        for label in ("Why do you ask?", "Show me an example"):
            await bot.press(maya, label)
            await bot.quiet()
    assert len(fake.calls(PATCH)) >= 2
    assert {c.code for c in fake.calls(PATCH)} == {0}  # while a press is under way: 230099


async def test_each_viewer_reads_their_own_language(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay 风电场")
        await bot.reads(maya, "第1步")
        card = fake.sent(maya)[-1].card
    assert any(text.startswith("Step 1 of") for text in screen.texts(card, "en_us"))
    assert not any("Step 1" in text for text in screen.texts(card, "zh_cn"))


async def test_another_bot_is_not_heard(fake: FakeLark) -> None:
    group = fake.tenant.group("Apollo", fake.tenant.person("Maya"))
    async with Bot(fake) as bot:
        assert (await fake.do(fake.hands.other_bot_says("/delay Apollo", group))).answered
        await bot.quiet()
    assert fake.sent(group) == []


async def test_somebody_who_is_mentioned_in_an_answer_keeps_their_name(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    chat = fake.tenant.direct(maya)
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        words = json.dumps({"text": "Acme of @_user_1"})
        message = Message("om_9", chat.id, maya.open_id, "user", "text", words, fake.clock())
        message.mentions = [{"key": "@_user_1", "id": "ou_9", "name": "Omar"}]
        fake.tenant.put(message)
        await fake.do(fake.hands.happen(fake.envelopes.received(maya, message)))
        await bot.reads(maya, "Acme of @Omar")


async def test_the_time_of_a_press_is_told_in_microseconds_and_read_so(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    message = Message("om_1", fake.tenant.direct(maya).id, "cli", "app", "text", "", fake.clock())
    pressed = fake.envelopes.pressed(
        maya, message, {"tag": "button", "value": {"a": "list"}}, "c-1"
    )
    assert len(pressed["header"]["create_time"]) == 16
    came = inbound.read(pressed, now=fake.clock() + timedelta(hours=1), profile=WINTER)
    assert isinstance(came, happenings.Touched)
    assert abs(came.inbound.envelope.at - fake.clock()) < timedelta(minutes=1)


@pytest.mark.parametrize("picked", ["2024-04-01 +0800", "2024-04-01 -0330", "2024-04-01"])
def test_a_picked_day_is_that_day_whatever_its_offset(picked: str) -> None:
    sent = filled({"box~original_date": picked, "box~milestones~r0~new_date": picked})
    assert list(sent.boxes.values()) == ["2024-04-01", ({"new_date": "2024-04-01"},)]


@pytest.mark.parametrize(
    ("bubble", "language", "words"),
    [
        ("skip", "en", "Skip Cause?"),
        ("skip", "zh", "跳过"),
        ("back", "en", "Step 2 of 10"),
        ("back", "zh", "第2步"),
        ("example", "en", "A good answer"),
        ("example", "zh", "好的回答"),
    ],
)
async def test_each_bubble_does_what_it_says(
    fake: FakeLark, bubble: str, language: Language, words: str
) -> None:
    maya = fake.tenant.person("Maya", "zh_cn" if language == "zh" else "en_us")
    word = BUBBLES[bubble].to(language)
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        for fill in STEPS:
            await bot.press(maya, "submit", fill=fill)
            await bot.quiet()
        await until(lambda: word in bubbles(fake, maya))
        asked = fake.sent(maya)[-1]
        await fake.do(fake.hands.tap_follow_up(maya, asked, word))
        await until(lambda: fake.sent(maya)[-1].id != asked.id)
        newest = screen.texts(fake.sent(maya)[-1].card, maya.locale)
    assert any(words in text for text in newest)


def bubbles(fake: FakeLark, person: Person) -> list[str]:
    """Those under the newest message, as they read them."""
    shown = fake.sent(person)
    return shown[-1].bubbles(person.locale) if shown else []


async def test_where_bubbles_are_refused_nothing_is_said_of_it(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    fake.faults.keep(FOLLOW_UP, Code(230001))
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await until(lambda: bool(fake.calls(FOLLOW_UP)))
        await bot.reports("")
    assert len(fake.sent(maya)) == 1


async def test_after_weeks_of_silence_the_command_brings_a_fresh_card(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", zone="Europe/London")
    async with Bot(fake, whole=True) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.quiet()
        old = fake.sent(maya)[-1]
        fake.clock.advance(timedelta(days=20))
        await bot.say(maya, "/delay")
        await bot.press(maya, "Apollo")
        await bot.quiet()
        fresh = fake.sent(maya)[-1]
        assert fresh.id != old.id
        assert any("Step 1 of" in text for text in screen.texts(fresh.card))
        await bot.press(maya, "Why do you ask?", on=fresh)
        await bot.quiet()


async def test_too_many_long_connections_are_said(fake: FakeLark) -> None:
    fake.connections.most = 0
    async with Bot(fake, mode="socket", connect=False) as bot:
        assert "50 at most" in await bot.reports("Too many long connections")


async def test_a_token_is_renewed_beside_the_work_before_it_ends(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    fake.tokens.life = timedelta(seconds=500)
    async with Bot(fake) as bot:
        for number in range(3):
            await post(bot, maya, f"key-{number}")
            await asyncio.sleep(0)
        await until(lambda: fake.tokens.given >= 2)
    assert len(fake.sent(maya)) == 3


def test_every_test_that_the_page_of_traps_names_is_there() -> None:
    page = (ROOT / "docs" / "reference" / "lark-traps.md").read_text(encoding="utf-8")
    code = [f.read_text(encoding="utf-8") for f in (ROOT / "tests").rglob("test_*.py")]
    there = set(re.findall(r"def (test_\w+)", "\n".join(code)))
    named = set(re.findall(r"`(test_\w+)`", page))
    assert len(named) > 50
    assert named <= there
