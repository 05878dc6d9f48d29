"""Files to take away come with the answer of the page, and only for words that were agreed to."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from docx import Document

from bot.core.approving.release import Release
from bot.core.approving.wording import TELL
from bot.core.case import Case
from bot.core.words import EventId
from bot.engine.handle import handle
from bot.engine.inbound import Clicked, Envelope
from bot.engine.papers import File, Kind
from tests.approval.scene import CASE, HERE, PM, Scene, heavy, made, plain, words


async def test_a_letter_comes_once_nobody_has_to_agree_any_more() -> None:
    at = await Scene(plain(), files=True).begin()
    await at.choose("way", "self")
    reply = await at.choose("file", "docx")
    assert reply.file is not None
    opened = Document(BytesIO(reply.file.content))
    assert "the new date for the new bread line" in "\n".join(p.text for p in opened.paragraphs)
    assert reply.file.name == "Hall 4.docx"


async def test_nothing_can_be_taken_away_before_all_have_agreed() -> None:
    at = await Scene(heavy(), files=True).begin()
    await at.choose("way", "self")
    assert TELL.file_docx.en not in words(at.card())
    outgoing_digest = next(a.argument for a in at.actions() if a.name == "approval_ask")
    reply = await at.click("file", f"docx/{outgoing_digest}")
    assert (reply.file, reply.toast) == (None, TELL.needs_approval)


async def test_a_kind_that_is_none_is_not_understood() -> None:
    at = await Scene(plain(), files=True).begin()
    reply = await at.click("file", "exe/0")
    assert reply.file is None


async def test_a_file_that_fails_in_the_making_is_not_taken_and_can_come_again() -> None:
    at = await Scene(plain(), files=True).begin()
    await at.choose("way", "self")
    fails = [OSError()]

    def breaks(case: Case, release: Release, kind: Kind, when: datetime) -> File:
        if fails:
            raise fails.pop()
        return made(case, release, kind, when)

    at.house = replace(at.house, make_file=breaks)
    action = next(a for a in at.actions() if a.name == "file")
    envelope = Envelope(EventId("pressed"), HERE, PM, "slack", "D-pm", at.clock())
    click = Clicked(envelope, CASE, action, (await at.now()).revision)
    failed = await handle(at.house, click)
    assert failed.fault
    assert "FileTaken" not in [e.kind for e in await at.store.entries(HERE, CASE)]
    again = await handle(at.house, click)
    assert not again.seen
    assert again.file is not None
    assert "FileTaken" in [e.kind for e in await at.store.entries(HERE, CASE)]
    assert (await handle(at.house, click)).seen
