"""Minutes that are shared in a group of Lark, as a document for its people: made once, linked, or a file instead."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.engine.tick import tick
from tests.core.looked_back import LAST, nearly
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.documents import FILL_FLAT, NEW, SHARE
from tests.platforms.lark.fake.faults import Code, Cut, Fault
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Chat, Person
from tests.platforms.lark.test_minutes import bound

LATER = timedelta(minutes=3)


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    nearly()
    with FakeLark(Clock(datetime(2026, 6, 23, 13, tzinfo=UTC))) as lark:
        lark.tenant.app.scopes.add("im:resource:upload")
        yield lark


@asynccontextmanager
async def shared(
    fake: FakeLark, *, documents: bool = True
) -> AsyncIterator[tuple[Bot, Person, Chat]]:
    """Maya has just shared the minutes in the group of her case."""
    maya = fake.tenant.person("Maya", "en_us")
    group = fake.tenant.group("Wind farm", maya)
    async with Bot(fake, documents=documents, files=True) as bot:
        await bound(bot, maya, group)
        await bot.say(maya, LAST)
        await bot.press(maya, "Share in the channel")
        await bot.reads(maya, "What each of the team wrote to you is not in it.")
        fake.clock.advance(timedelta(minutes=6))
        await bot.press(maya, "Post it in Wind farm")
        await bot.quiet()
        yield bot, maya, group


def led(bot: Bot, group: Chat) -> str:
    """Where the buttons in the group lead to."""
    return "\n".join(m.content for m in bot.fake.sent(group))


async def write(bot: Bot, later: timedelta = timedelta(0)) -> None:
    bot.fake.clock.advance(later)
    await tick(bot.house)
    await bot.house.trackers.idle()
    await bot.quiet()


async def test_a_document_of_them_is_open_to_the_groups_people_and_linked_below_them(
    fake: FakeLark,
) -> None:
    async with shared(fake) as (bot, _, group):
        await write(bot)
        (document,) = fake.tenant.documents.values()
        assert (document.chats, document.readers) == ([group.id], [])
        assert LAST in str(document.blocks)
        assert f"/docx/{document.id}" in led(bot, group)
        assert "Open as a document" in bot.texts_in(group)
        await write(bot, LATER)
    assert len(fake.tenant.documents) == 1


@pytest.mark.parametrize("call", [NEW, FILL_FLAT, SHARE])
@pytest.mark.parametrize("fault", [Cut(accepted=True), Code(99991400, reset=1)])
async def test_whatever_happens_on_the_way_the_group_reads_one_link(
    fake: FakeLark, call: str, fault: Fault
) -> None:
    async with shared(fake) as (bot, _, group):
        fake.faults.put(call, fault)
        await write(bot)
        await write(bot, LATER)
        await write(bot, LATER)
        linked = [d for d in fake.tenant.documents.values() if d.id in led(bot, group)]
        assert [d.chats for d in linked] == [[group.id]]


@pytest.mark.parametrize("code", [99991672, 1063003])
async def test_refused_it_is_said_to_the_owner_and_the_file_without_the_teams_words_is_offered(
    fake: FakeLark, code: int
) -> None:
    async with shared(fake) as (bot, maya, group):
        fake.faults.put(SHARE, Code(code))
        await write(bot)
        await bot.reads(maya, "no document came of them")
        assert "/docx/" not in led(bot, group)
        await bot.press(maya, "Minutes for the team (DOCX)")
        await fake.until(lambda: any(m.kind == "file" for m in fake.sent(maya)))
        calls = len(fake.calls(NEW))
        await write(bot, timedelta(days=1))
        assert len(fake.calls(NEW)) == calls  # only a person tries it again
        await bot.press(maya, "Share in the channel")
        await bot.quiet()
        await bot.press(maya, "Post it in Wind farm")
        await write(bot)
        assert "/docx/" in led(bot, group)


async def test_without_the_switch_there_is_none(fake: FakeLark) -> None:
    async with shared(fake, documents=False) as (bot, _, group):
        await write(bot)
        assert "/docx/" not in led(bot, group)
    assert fake.calls(NEW) == []
