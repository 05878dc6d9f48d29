"""Long texts as documents: written, open to one reader, and else sent as text."""

import asyncio
import json

import pytest

from bot.core.cards.blocks import Card, Quote
from bot.core.words import Text, same
from bot.platforms.lark.documents import PARAGRAPH, TOGETHER
from bot.platforms.lark.references import conversation
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.documents import FILL_FLAT, NEW, SHARE
from tests.platforms.lark.fake.faults import Code, Fault, Hang
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import SEND
from tests.platforms.lark.fake.tenant import Document, Message, Person

LINES = [f"{n}. " + "The base is late. <b>**As typed**</b> " * 10 for n in range(TOGETHER * 2)]
LONG = "\n".join([*LINES, "", "海" * (PARAGRAPH + 5)])
DRAFT = Card(Text(en="Draft", zh="草稿"), (Quote(same(LONG), copy=True),))


async def post(bot: Bot, person: Person, key: str = "key-1") -> list[Message]:
    """What the bot says when it is to show the long draft."""
    where = conversation(bot.tenant, person.open_id)
    await bot.channel.post(where, key, DRAFT, "en")
    return bot.fake.sent(person)


def text(document: Document) -> str:
    return "\n".join(b["text"]["elements"][0]["text_run"]["content"] for b in document.blocks)


async def test_a_text_that_no_card_holds_stands_in_a_document_for_its_reader_alone(
    fake: FakeLark,
) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, documents=True) as bot:
        _, led = await post(bot, maya)
        [document] = fake.tenant.documents.values()
        assert text(document).replace("海\n海", "海海") == LONG
        assert document.readers == [maya.open_id]
        assert "Open the whole text" in screen.buttons(led.card)
        assert f"/docx/{document.id}" in json.dumps(led.card)
        assert len(await post(bot, maya, "key-2")) == 3  # the same text makes no second document
    assert len(fake.tenant.documents) == 1
    assert {c.code for c in fake.calls(FILL_FLAT)} == {0}


@pytest.mark.parametrize("call", [NEW, FILL_FLAT, SHARE])
@pytest.mark.parametrize("fault", [Code(99991672), Code(99991400), Hang()])
async def test_where_no_document_can_be_made_the_text_is_sent(
    fake: FakeLark, call: str, fault: Fault
) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, documents=True, patience=0.5) as bot:
        fake.faults.put(call, fault)
        _, *whole = await post(bot, maya)
    assert "".join(json.loads(m.content)["text"] for m in whole) == LONG
    assert all(document.readers == [] for document in fake.tenant.documents.values())


async def test_nothing_is_written_unless_the_operator_wants_it(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        _, *whole = await post(bot, maya)
    assert {message.kind for message in whole} == {"text"}
    assert fake.calls(NEW) == []


async def test_what_follows_a_card_counts_among_the_five_of_a_second(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    where = conversation(fake.tenant.key, maya.open_id)
    long = [Card(DRAFT.text, (Quote(same(f"{n}{LONG}"), copy=True),)) for n in range(3)]
    async with Bot(fake) as bot:
        channel = bot.channel
        await asyncio.gather(*(channel.post(where, f"k{n}", c, "en") for n, c in enumerate(long)))
    assert len(fake.sent(maya)) == 9
    assert {c.code for c in fake.calls(SEND)} == {0}
