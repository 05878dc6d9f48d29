"""Files to take away in Slack: brought into the owner's own conversation, where they are wanted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from icalendar import Calendar

from bot.core.approving.organisation import Member, Organisation
from bot.core.words import PersonId
from bot.platforms.slack import manifest
from tests.approval.scene import AT
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.faults import Refused
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, Served, make_ready, serving

ORGANISATION = Organisation(people=(Member(PersonId(MAYA), "Maya"),))


@asynccontextmanager
async def candor(folder: Path, *, files: bool = True) -> AsyncIterator[Served]:
    """A case of Maya's that she sends herself, made ready."""
    began = Clock()
    fake = FakeSlack(Clock(lambda: AT + (began() - start)))
    start = began()
    async with (
        running(fake),
        serving(fake, folder, organisation=ORGANISATION, files=files) as served,
    ):
        await make_ready(served)
        yield served
        assert fake.violations == []


@pytest.mark.parametrize(
    ("button", "ending"),
    [("As a mail file", ".eml"), ("As a letter", ".docx"), ("Invitation to a call", ".ics")],
)
async def test_a_file_stands_in_the_owners_own_conversation(
    tmp_path: Path, button: str, ending: str
) -> None:
    async with candor(tmp_path) as served:
        await served.press(button)
        (file,) = served.slack.workspace.files.values()
        assert (file.complete, file.channel) == (True, served.slack.dm(MAYA))
        assert file.name == f"Hall 4{ending}"
        match ending:
            case ".docx":
                text = "\n".join(p.text for p in Document(BytesIO(file.content)).paragraphs)
                assert "Ms Okafor" in text
            case ".ics":
                assert Calendar.from_ical(file.content).walk("VEVENT")
            case _:
                assert b"Subject: Hall 4" in file.content


@pytest.mark.parametrize(
    ("fault", "why"),
    [(Refused("missing_scope"), "A permission is missing"), (Refused("file_uploads_disabled"), "")],
)
async def test_a_file_that_is_refused_is_told_in_one_sentence(
    tmp_path: Path, fault: Refused, why: str
) -> None:
    async with candor(tmp_path) as served:
        served.slack.faults.plan("files.getUploadURLExternal", fault)
        await served.press("As a letter")
        (said,) = [m for m in served.slack.ephemerals(MAYA) if "could not bring" in str(m.blocks)]
        assert why in str(said.blocks)
        assert served.slack.workspace.files == {}


async def test_without_the_operators_wish_the_card_says_where_files_come_from(
    tmp_path: Path,
) -> None:
    async with candor(tmp_path, files=False) as served:
        shown = str(served.live().blocks)
        assert "ask your operator to switch files on" in shown
        assert "As a letter" not in shown


def test_the_scope_for_files_is_asked_for_only_where_they_are_wanted() -> None:
    usual = manifest.scopes(manifest.read(manifest.written("https://c.example", "http")))
    more = manifest.scopes(manifest.read(manifest.written("https://c.example", "http", files=True)))
    assert more - usual == {"files:write", "files:read"}
