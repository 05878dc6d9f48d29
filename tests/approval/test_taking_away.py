"""Files to take away come with the answer of the page, and only for words that were agreed to."""

from io import BytesIO

from docx import Document

from bot.core.approving.wording import TELL
from tests.approval.scene import Scene, heavy, plain, words


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
