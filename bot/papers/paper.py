"""What every document of ours is made of: A4, fonts for both languages, lists, tables of facts."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Made
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table

LATIN, EAST_ASIAN = "Calibri", "Microsoft YaHei"
_INK = RGBColor(0x1F, 0x2A, 0x37)
_SHADE = "EEF1F5"
_BULLETS = ("- ", "• ", "– ", "* ")
_STYLES = ("Normal", "Heading 1", "Heading 2", "List Bullet")


def blank() -> Made:
    """An empty A4 document whose fonts know both languages."""
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.2)
    for name in _STYLES:
        style = made.styles[name]
        style.font.name = LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), EAST_ASIAN)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)  # a theme's font would win over the named one
        style.font.color.rgb = _INK
    made.styles["Normal"].font.size = Pt(11)
    made.styles["Normal"].paragraph_format.space_after = Pt(8)
    made.styles["Heading 1"].font.size = Pt(15)
    made.styles["Heading 2"].font.size = Pt(12.5)
    for name in ("Heading 1", "Heading 2"):
        made.styles[name].paragraph_format.space_after = Pt(6)
    made.styles["List Bullet"].paragraph_format.space_after = Pt(2)
    return made


def saved(made: Made) -> bytes:
    """The document as the bytes of its file."""
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def clean(text: str) -> str:
    """Without the characters that no XML may hold."""
    return "".join(c for c in text if c in "\t" or ord(c) >= 0x20)


def bullet(line: str) -> str | None:
    """The words of a line that is an item of a list; None for any other."""
    mark = next((m for m in _BULLETS if line.startswith(m)), None)
    return line.removeprefix(mark).strip() if mark else None


def body(made: Made, text: str, *, inset: float = 0) -> None:
    """The paragraphs of a text, its lists as lists; `inset` centimetres in from the margin."""
    for paragraph in text.split("\n\n"):
        lines: list[str] = []
        listed = None
        for line in paragraph.split("\n"):
            item = bullet(line)
            if item is None:
                lines.append(line)
                continue
            _plain(made, lines, inset)
            lines = []
            listed = made.add_paragraph(clean(item), style="List Bullet")
            if inset:
                listed.paragraph_format.left_indent = Cm(inset + 0.6)
        if listed is not None and not lines:
            listed.paragraph_format.space_after = Pt(8)  # as after any paragraph
        _plain(made, lines, inset)


def facts(made: Made, rows: Iterable[tuple[str, str]]) -> None:
    """A table of two columns: what it is, and what is known."""
    table = made.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in rows:
        left, right = table.add_row().cells
        left.text, right.text = clean(name), clean(value)
        shade(left._tc)
    fit(table, (4.5, 11.5))
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def shade(cell: object) -> None:
    """A quiet ground behind a cell that names what stands beside or below it."""
    ground = OxmlElement("w:shd")
    ground.set(qn("w:val"), "clear")
    ground.set(qn("w:fill"), _SHADE)
    cell.get_or_add_tcPr().append(ground)  # type: ignore[attr-defined]


def fit(table: Table, widths: Sequence[float]) -> None:
    """Widths of the columns in centimetres, and cells without a paragraph's usual air."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = Pt(2)
                paragraph.paragraph_format.space_after = Pt(2)
                for run in paragraph.runs:
                    run.font.size = Pt(9.5)


def _plain(made: Made, lines: Sequence[str], inset: float) -> None:
    if not lines:
        return
    paragraph = made.add_paragraph()
    if inset:
        paragraph.paragraph_format.left_indent = Cm(inset)
    for number, line in enumerate(lines):
        if number:
            paragraph.add_run().add_break()
        paragraph.add_run(clean(line))
