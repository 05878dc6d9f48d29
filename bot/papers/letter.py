"""A text as a letter for a word processor (DOCX), Chinese included."""

from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from bot.core.approving.release import Release
from bot.papers.paper import blank, body, clean, saved

_RESPECTS = "此致"  # opens the end of a Chinese letter; what follows stands to the right


def letter(release: Release) -> bytes:
    """The release as a document: its subject as a heading, a paragraph for each of the text."""
    made = blank()
    is_letter = release.variant.startswith("letter.")
    if release.subject:
        heading = made.add_heading(clean(release.subject), level=1)
        if is_letter and release.language == "zh":
            heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    text, _, end = release.text.rpartition("\n\n")
    if is_letter and end.startswith(f"{_RESPECTS}\n"):
        body(made, text)
        _respects(made, end.split("\n"))
    else:
        body(made, release.text)
    return saved(made)


def _respects(made: Made, lines: list[str]) -> None:
    """The end of a Chinese letter: 此致 set in, 敬礼 at the margin, name and day to the right."""
    for number, line in enumerate(lines):
        paragraph = made.add_paragraph(clean(line))
        paragraph.paragraph_format.space_after = Pt(2)
        if number == 0:
            paragraph.paragraph_format.first_line_indent = Pt(22)
        if number > 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
