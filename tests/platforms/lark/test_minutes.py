"""The minutes of a look back as a document in Lark, open to their owner; refused, they come as a file."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.words import CaseId, PersonId
from bot.engine.ports import Filed, Place
from tests.core.looked_back import LAST, nearly
from tests.delivery_cases import PLAYBOOK
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.documents import NEW
from tests.platforms.lark.fake.faults import Code
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Chat, Person

BUTTON = "Minutes as a document"


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake on the day of the look back, with the scopes for documents and files."""
    nearly()
    with FakeLark(Clock(datetime(2026, 6, 23, 13, tzinfo=UTC))) as lark:
        lark.tenant.app.scopes |= {
            "im:resource:upload", "docx:document:create", "docx:document:write_only",
            "docs:permission.member:create",
        }  # fmt: skip
        yield lark


@asynccontextmanager
async def looked_back(fake: FakeLark) -> AsyncIterator[tuple[Bot, Person]]:
    """A case of Maya's whose look back is over."""
    maya = fake.tenant.person("Maya", "en_us")
    async with Bot(fake, documents=True, files=True) as bot:
        owner = PersonId(maya.open_id)
        case = replace(nearly(), id=CaseId("c1"), tenant=bot.tenant, owner=owner)
        async with bot.store.turn(bot.tenant) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, Place("lark", f"{bot.tenant}/{maya.open_id}")), was=None)
        await bot.say(maya, LAST)
        yield bot, maya


async def test_the_minutes_become_a_document_that_their_owner_alone_can_open(
    fake: FakeLark,
) -> None:
    async with looked_back(fake) as (bot, maya):
        await bot.press(maya, BUTTON)
        await fake.until(lambda: any(d.readers for d in fake.tenant.documents.values()))
        (document,) = fake.tenant.documents.values()
        assert document.readers == [maya.open_id]
        assert LAST in str(document.blocks)
        await fake.until(lambda: any(document.id in m.content for m in fake.sent(maya)))
        assert fake.tenant.files == {}


async def test_where_none_can_be_made_it_is_said_and_the_file_comes(fake: FakeLark) -> None:
    async with looked_back(fake) as (bot, maya):
        fake.faults.put(NEW, Code(99991672))
        await bot.press(maya, BUTTON)
        await bot.reads(maya, "No document came of it.")
        await fake.until(lambda: any(m.kind == "file" for m in fake.sent(maya)))
        (file,) = fake.tenant.files.values()
        assert LAST in file.content.decode()


async def shared(fake: FakeLark, *, outside: bool) -> list[str]:
    """What the group reads once Maya has shared the minutes there."""
    maya = fake.tenant.person("Maya", "en_us")
    group = fake.tenant.group("Wind farm", maya)
    async with Bot(fake) as bot:
        await bound(bot, maya, group)
        await bot.say(maya, LAST)
        await bot.press(maya, "Share in the channel")
        await bot.reads(maya, "What each of the team wrote to you is not in it.")
        before = [m.id for m in fake.sent(group)]
        group.external = outside
        fake.clock.advance(timedelta(minutes=6))
        await bot.press(maya, "Post it in Wind farm")
        await bot.quiet()
        if outside:
            await bot.reads(maya, "Nothing more is posted in Wind farm")
        return [str(m.card) for m in fake.sent(group) if m.id not in before]


async def bound(bot: Bot, maya: Person, group: Chat) -> None:
    """The case that is nearly looked back on, in its group."""
    owner = PersonId(maya.open_id)
    case = replace(nearly(), id=CaseId("c1"), tenant=bot.tenant, owner=owner)
    async with bot.store.turn(bot.tenant) as turn:
        await turn.keep_playbook(PLAYBOOK)
        await turn.save(Filed(case, Place("lark", f"{bot.tenant}/{maya.open_id}")), was=None)
    await bot.fake.do(bot.fake.hands.add_bot(maya, group))
    await bot.fake.do(bot.fake.hands.say(maya, "/delay channel", group, mention=True))
    await bot.quiet()


async def test_the_minutes_are_shared_in_the_thread_of_the_group(fake: FakeLark) -> None:
    (minutes,) = await shared(fake, outside=False)
    assert LAST in minutes


async def test_minutes_are_kept_out_of_a_group_that_people_from_outside_read(
    fake: FakeLark,
) -> None:
    assert await shared(fake, outside=True) == []
