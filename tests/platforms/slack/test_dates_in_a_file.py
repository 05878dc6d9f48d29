"""A file with dates sent to Candor in Slack: looked at, another column chosen, taken; or why not."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.cards.shown import in_box
from bot.core.case import RowsValue
from bot.core.words import FieldId
from bot.engine.errors import DeliveryError
from bot.engine.tables import LARGEST
from bot.platforms.slack import manifest
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.fake.workspace import Message
from tests.platforms.slack.served import MAYA, Served, has, serving
from tests.sources.samples import BOMB, PLAN, PROJECT, xlsx

LIN = "ULIN"
DATES = FieldId("watch_dates")


@pytest.fixture
async def candor(tmp_path: Path) -> AsyncIterator[Served]:
    """Candor with files, and a project of Maya's that is to be watched."""
    fake = FakeSlack()
    async with running(fake), serving(fake, tmp_path, files=True) as served:
        await fake.people.command(MAYA, "/delay", "watch Rig 7")
        await served.settle()
        yield served
        assert fake.violations == []


async def hand(candor: Served, name: str, content: bytes, user: str = MAYA, **more: str) -> Message:
    """What the person sees after they sent a file."""
    await candor.slack.happenings.hand(user, name, content, **more)
    await candor.settle()
    return candor.slack.ephemerals(user)[-1]


async def press(candor: Served, wanted: str, user: str = MAYA) -> None:
    message = next(m for m in reversed(candor.slack.ephemerals(user)) if has(m, wanted))
    await candor.slack.people.press(user, message, wanted)
    await candor.settle()


async def rows(candor: Served) -> list[tuple[str, str]]:
    answer = (await candor.case()).answers.get(DATES)
    assert answer is not None
    assert isinstance(answer.value, RowsValue)
    return [(r["name"], r["day"]) for r in in_box(answer.value) if isinstance(r, dict)]


async def test_a_plan_is_looked_at_mapped_and_taken(candor: Served) -> None:
    look = await hand(candor, "plan.csv", PLAN)
    shown = str(look.blocks)
    assert "Dates for Rig 7" in shown
    assert "plan.csv: 2 of 3 rows can be read." in shown
    assert "2027-05-20 · Ida" in shown
    assert "“soon” is no date" in shown
    await press(candor, "Day from elsewhere")
    await press(candor, "Finish")
    assert "2027-05-28 · Ida" in str(candor.slack.ephemerals(MAYA)[-1].blocks)
    await press(candor, "Watch these dates (2)")
    assert await rows(candor) == [("Frame welded", "2027-05-28"), ("Rig stands", "2027-06-11")]
    assert "Watching Rig 7" in str(candor.live().blocks)


async def test_a_second_file_comes_beside_what_stands_there(candor: Served) -> None:
    await hand(candor, "plan.csv", PLAN)
    await press(candor, "Watch these dates (2)")
    more = "Milestone,Due\nRig stands,2027-06-18\nHandover,2027-07-02\n".encode("utf-8-sig")
    await hand(candor, "more.csv", more)
    await press(candor, "Watch these dates (2)")
    assert await rows(candor) == [
        ("Frame welded", "2027-05-20"), ("Rig stands", "2027-06-18"), ("Handover", "2027-07-02"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content"),
    [("plan.xlsx", xlsx(["Task", "Date"], ["Rig stands", "2027-06-11"])), ("plan.xml", PROJECT)],
)
async def test_spreadsheets_and_project_files_are_read(
    candor: Served, name: str, content: bytes
) -> None:
    await hand(candor, name, content)
    await press(candor, "Watch these dates (1)")
    assert await rows(candor) == [("Rig stands", "2027-06-11")]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("plan.pdf", b"%PDF-1.7 ", "plan.pdf不是表格"),
        ("plan.xlsx", b"\xd0\xcf\x11\xe0 locked", "加了密或是旧格式"),
        ("plan.xlsx", b"PK\x03\x04broken", "已损坏或加了密"),
        ("plan.csv", b"", "plan.csv是空的"),
        ("plan.csv", b"a,b\n" * (LARGEST // 4 + 1), "超过4 MB"),
        ("plan.xlsx", BOMB, "展开后超过16 MB"),
    ],
    ids=["kind", "locked", "damaged", "empty", "large", "bomb"],
)
async def test_what_cannot_be_read_is_one_sentence_in_ones_own_language(
    candor: Served, name: str, content: bytes, said: str
) -> None:
    look = await hand(candor, name, content, LIN)
    assert said in str(look.blocks)
    assert len(look.blocks) == 1


async def test_a_file_of_which_the_event_tells_the_id_alone_is_asked_for(candor: Served) -> None:
    look = await hand(candor, "plan.csv", PLAN, mode="check_file_info")
    assert "plan.csv: 2 of 3 rows can be read" in str(look.blocks)


@pytest.mark.parametrize("mode", ["external", "tombstone"])
async def test_what_slack_does_not_keep_is_said(candor: Served, mode: str) -> None:
    look = await hand(candor, "plan.csv", PLAN, mode=mode)
    assert len(look.blocks) == 1
    assert not candor.slack.called("download")


async def test_a_picture_beside_a_line_stays_a_line(candor: Served) -> None:
    await candor.slack.happenings.hand(MAYA, "rig.png", b"\x89PNG", text="Frame welded; 2027-05-28")
    await candor.settle()
    assert not candor.slack.called("files.info")
    assert await rows(candor) == [("Frame welded", "2027-05-28")]


MAY_SEND = "You can also send me a file with the dates"


async def test_whoever_begins_to_watch_hears_that_a_file_will_do(candor: Served) -> None:
    assert MAY_SEND in str(candor.slack.ephemerals(MAYA)[-1].blocks)


async def test_where_files_are_off_a_picture_is_answered_with_what_can_be_sent(
    tmp_path: Path,
) -> None:
    fake = FakeSlack()
    async with running(fake), serving(fake, tmp_path) as candor:
        await fake.people.command(MAYA, "/delay", "watch Rig 7")
        await candor.settle()
        assert MAY_SEND not in str([m.blocks for m in fake.ephemerals(MAYA)])
        look = await hand(candor, "rig.png", b"\x89PNG")
        assert "I cannot read files or pictures here. Write what matters" in str(look.blocks)


async def test_without_a_watched_project_it_is_asked_for(candor: Served) -> None:
    look = await hand(candor, "plan.csv", PLAN, LIN)
    assert "这些日期是哪个项目的" in str(look.blocks)


async def test_without_the_scope_the_remedy_is_said_and_the_operator_hears_it(
    candor: Served,
) -> None:
    candor.slack.token_of("T0CANDOR").scopes -= {"files:read"}
    look = await hand(candor, "plan.csv", PLAN)
    assert "The permission files:read is missing" in str(look.blocks)
    assert "files:read" in await candor.platform.ready()


async def test_a_page_to_sign_in_is_no_file(candor: Served) -> None:
    await hand(candor, "plan.csv", PLAN)
    (id_,) = candor.slack.workspace.files
    url = f"{candor.slack.realm.address}/files-pri/T0CANDOR-{id_}/download/x"
    assert await candor.calls.download(url, most=100) == PLAN[:101]
    candor.slack.token_of("T0CANDOR").scopes -= {"files:read"}
    with pytest.raises(DeliveryError):
        await candor.calls.download(url, most=100)


@pytest.mark.parametrize(
    "url", ["https://slack.com.example/x", "http://files.slack.com/x", "https://else.example/"]
)
async def test_the_token_goes_to_slack_alone(candor: Served, url: str) -> None:
    assert candor.calls.is_slacks("https://files.slack.com/files-pri/T1-F1/download/plan.csv")
    assert not candor.calls.is_slacks(url)
    with pytest.raises(DeliveryError):
        await candor.calls.download(url, most=100)


async def test_the_same_event_twice_is_looked_at_once(candor: Served) -> None:
    candor.slack.sender.twice = "together"
    await hand(candor, "plan.csv", PLAN)
    shown = [m for m in candor.slack.ephemerals(MAYA) if "rows can be read" in str(m.blocks)]
    assert len(shown) == 1


async def test_where_files_are_off_it_is_said_how_else(tmp_path: Path) -> None:
    fake = FakeSlack()
    async with running(fake), serving(fake, tmp_path) as candor:
        look = await hand(candor, "plan.csv", PLAN)
        assert "Write what matters in a line or a few. Dates to watch can be pasted" in str(
            look.blocks
        )
        assert not fake.called("files.info")


def test_the_manifest_asks_to_read_files_only_where_they_are_wanted_and_says_why() -> None:
    text = manifest.written("https://c.example", "http", files=True)
    assert '"files:read" # a file with dates to watch, sent to Candor; no other is opened' in text
    assert "files:read" not in manifest.written("https://c.example", "http")


@pytest.mark.parametrize("files", [True, False])
async def test_words_beside_a_file_are_taken_in_as_if_they_stood_alone(
    tmp_path: Path, *, files: bool
) -> None:
    fake = FakeSlack()
    async with running(fake), serving(fake, tmp_path, files=files) as candor:
        await fake.people.command(MAYA, "/delay", "new Apollo")
        await candor.settle()
        look = await hand(candor, "plan.csv", PLAN, text="Acme Health")
        assert "Acme Health" in str((await candor.case()).answers.get(FieldId("customer")))
        said = (
            "Which project are these dates of" if files else "I cannot read files or pictures here"
        )
        assert said in str(look.blocks)
