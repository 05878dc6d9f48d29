"""A text as a letter for a word processor (DOCX), Chinese included."""

from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.oxml.ns import qn
from docx.shared import Pt

from bot.core.approving.release import Release

LATIN, EAST_ASIAN = "Calibri", "Microsoft YaHei"


def letter(release: Release) -> bytes:
    """The release as a document: its subject as a heading, a paragraph for each of the text."""
    made = blank()
    if release.subject:
        made.add_heading(clean(release.subject), level=1)
    for paragraph in release.text.split("\n\n"):
        _paragraph(made, paragraph)
    return saved(made)


def blank() -> Made:
    """An empty document whose fonts know both languages."""
    made = Document()
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = made.styles[name]
        style.font.name = LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), EAST_ASIAN)
    made.styles["Normal"].font.size = Pt(11)
    return made


def saved(made: Made) -> bytes:
    """The document as the bytes of its file."""
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def _paragraph(made: Made, text: str) -> None:
    paragraph = made.add_paragraph()
    for number, line in enumerate(text.split("\n")):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(clean(line))


def clean(text: str) -> str:
    """Without the characters that no XML may hold."""
    return "".join(c for c in text if c in "\t" or ord(c) >= 0x20)
