"""Files to take away in Lark: a message with the file to its owner, where files are wanted."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from icalendar import Calendar

from bot.core.approving.organisation import Member, Organisation
from bot.core.words import PersonId
from bot.engine.ports import Filed, Place
from tests.approval.scene import AT, plain
from tests.delivery_cases import PLAYBOOK
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.files import UPLOAD
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person

SCOPE = "im:resource:upload"


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake whose day is the day of the case, with the scope for files."""
    with FakeLark(Clock(AT)) as lark:
        lark.tenant.app.scopes.add(SCOPE)
        yield lark


@asynccontextmanager
async def ready(fake: FakeLark, *, files: bool = True) -> AsyncIterator[tuple[Bot, Person]]:
    """A case of Maya's that she sends herself, made ready."""
    maya = fake.tenant.person("Maya", "en_us")
    owner = PersonId(maya.open_id)
    bot = Bot(fake, organisation=Organisation(people=(Member(owner, "Maya"),)), files=files)
    async with bot:
        place = Place("lark", f"{bot.tenant}/{maya.open_id}")
        async with bot.store.turn(bot.tenant) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(
                Filed(replace(plain(), tenant=bot.tenant, owner=owner), place), was=None
            )
        await bot.say(maya, "/delay draft")
        await bot.press(maya, "Make ready to send")
        await bot.reads(maya, "How and when did you tell them?")
        yield bot, maya


@pytest.mark.parametrize(
    ("button", "ending"),
    [("As a mail file", ".eml"), ("As a letter", ".docx"), ("Invitation to a call", ".ics")],
)
async def test_a_file_stands_in_the_owners_own_conversation(
    fake: FakeLark, button: str, ending: str
) -> None:
    async with ready(fake) as (bot, maya):
        await bot.press(maya, button)
        await fake.until(lambda: any(m.kind == "file" for m in fake.sent(maya)))
        (message,) = [m for m in fake.sent(maya) if m.kind == "file"]
        file = fake.tenant.files[json.loads(message.content)["file_key"]]
        assert file.name == f"Hall 4{ending}"
        match ending:
            case ".docx":
                text = "\n".join(p.text for p in Document(BytesIO(file.content)).paragraphs)
                assert "Ms Okafor" in text
            case ".ics":
                assert Calendar.from_ical(file.content).walk("VEVENT")
            case _:
                assert b"Subject: Hall 4" in file.content


async def test_a_letter_is_called_a_document_and_everything_else_a_stream(fake: FakeLark) -> None:
    async with ready(fake) as (bot, maya):
        for button in ("As a letter", "Invitation to a call"):
            await bot.press(maya, button)
        await fake.until(lambda: sum(m.kind == "file" for m in fake.sent(maya)) == 2)
        assert sorted(c.body["file_type"] for c in fake.calls(UPLOAD)) == ["doc", "stream"]


async def test_a_file_is_brought_after_the_token_was_revoked(fake: FakeLark) -> None:
    async with ready(fake) as (bot, maya):
        fake.tokens.revoke()
        await bot.press(maya, "As a letter")
        await fake.until(lambda: any(m.kind == "file" for m in fake.sent(maya)))
        assert "I could not bring the file" not in bot.texts(maya)


async def test_a_file_that_is_refused_is_told_in_one_sentence(fake: FakeLark) -> None:
    async with ready(fake) as (bot, maya):
        fake.tenant.app.scopes.discard(SCOPE)
        await bot.press(maya, "As a letter")
        await bot.reads(maya, "I could not bring the file here. The app lacks a scope")
        assert fake.tenant.files == {}


async def test_without_the_operators_wish_the_card_says_where_files_come_from(
    fake: FakeLark,
) -> None:
    async with ready(fake, files=False) as (bot, maya):
        shown = bot.texts(maya)
        assert "ask your operator to switch files on" in shown
        assert "As a letter" not in shown
