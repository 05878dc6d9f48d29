"""A file with dates sent to Candor in Lark: looked at, another column chosen, taken; or why not."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.core.cards.shown import in_box
from bot.core.case import RowsValue
from bot.core.words import FieldId
from bot.engine.tables import LARGEST
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.faults import Code
from tests.platforms.lark.fake.files import RESOURCE
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person
from tests.sources.samples import BOMB, PLAN, PROJECT, xlsx

DATES = FieldId("watch_dates")


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    with FakeLark() as lark:
        yield lark


class Watching:
    """Maya, who is about to watch the dates of a project."""

    def __init__(self, fake: FakeLark, locale: str = "en_us") -> None:
        self.fake = fake
        self.maya: Person = fake.tenant.person("Maya", "zh_cn" if locale == "zh_cn" else "en_us")
        self.bot = Bot(fake)

    async def hand(self, name: str, content: bytes, reads: str) -> None:
        """Send a file, and wait until the answer stands there."""
        await self.fake.do(self.fake.hands.hand(self.maya, name, content))
        await self.bot.reads(self.maya, reads)

    async def rows(self) -> list[tuple[str, str]]:
        front = await self.bot.front(self.maya)
        filed = await self.bot.store.case(self.bot.tenant, front) if front else None
        answer = filed.case.answers.get(DATES) if filed else None
        found = in_box(answer.value) if answer and isinstance(answer.value, RowsValue) else ()
        return [(r["name"], r["day"]) for r in found if isinstance(r, dict)]


@pytest.fixture
async def watching(fake: FakeLark) -> AsyncIterator[Watching]:
    found = Watching(fake)
    async with found.bot:
        await found.bot.say(found.maya, "/delay watch Rig 7")
        await found.bot.reads(found.maya, "Dates to watch")
        yield found


async def test_whoever_begins_to_watch_hears_that_a_file_will_do(watching: Watching) -> None:
    await watching.bot.reads(watching.maya, "You can also send me a file with the dates")


async def test_a_plan_is_looked_at_mapped_and_taken(watching: Watching) -> None:
    await watching.hand("plan.csv", PLAN, "plan.csv: 2 of 3 rows can be read")
    shown = watching.bot.texts(watching.maya)
    assert "“soon” is no date" in shown
    await watching.bot.press(watching.maya, "Day from elsewhere")
    await watching.bot.press(watching.maya, "Finish")
    await watching.bot.reads(watching.maya, "2027-05-28 · Ida")
    await watching.bot.press(watching.maya, "Watch these dates (2)")
    await watching.bot.reads(watching.maya, "Watching Rig 7")
    assert await watching.rows() == [
        ("Frame welded", "2027-05-28"), ("Rig stands", "2027-06-11"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [("plan.xlsx", xlsx(["Task", "Date"], ["Rig stands", "2027-06-11"])), ("plan.xml", PROJECT)],
)
async def test_spreadsheets_and_project_files_are_read(
    watching: Watching, name: str, content: bytes
) -> None:
    await watching.hand(name, content, "1 of 1 rows can be read")
    await watching.bot.press(watching.maya, "Watch these dates (1)")
    await watching.bot.reads(watching.maya, "Watching Rig 7")
    assert await watching.rows() == [("Rig stands", "2027-06-11")]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"%PDF-1.7 ", "plan.pdf不是表格"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0 locked", "加了密或是旧格式"),
        ("plan.csv", b" ", "plan.csv是空的"),
        ("plan.csv", b"a,b\n" * (LARGEST // 4 + 1), "超过4 MB"),
        ("plan.xlsx", BOMB, "展开后超过16 MB"),
    ],
    ids=["kind", "locked", "empty", "large", "bomb"],
)
async def test_what_cannot_be_read_is_one_sentence_in_ones_own_language(
    fake: FakeLark, name: str, content: bytes, said: str
) -> None:
    found = Watching(fake, "zh_cn")
    async with found.bot:
        await found.hand(name, content, said)


async def test_without_a_watched_project_it_is_asked_for(fake: FakeLark) -> None:
    found = Watching(fake)
    async with found.bot:
        await found.hand("plan.csv", PLAN, "Which project are these dates of?")


async def test_what_was_recalled_is_said(watching: Watching) -> None:
    watching.fake.faults.put(RESOURCE, Code(234003))
    await watching.hand("plan.csv", PLAN, "plan.csv could not be fetched")


async def test_a_file_is_fetched_after_the_token_was_revoked(watching: Watching) -> None:
    watching.fake.tokens.revoke()
    await watching.hand("plan.csv", PLAN, "2 of 3 rows can be read")


async def test_a_picture_is_no_file(watching: Watching) -> None:
    hands = watching.fake.hands
    await watching.fake.do(hands.send(watching.maya, "image", '{"image_key": "img_1"}'))
    await watching.bot.reads(watching.maya, "I can only read words")
    assert watching.fake.calls(RESOURCE) == []
