"""Files as people send them: a plan, a spreadsheet, a project, and one that unfolds without end."""

import io
import zipfile

from bot.sources.sheet import UNFOLDED

PLAN = (
    "Task,Baseline date,Finish,Resource\n"
    "Frame welded,2027-05-20,2027-05-28,Ida\n"
    "Rig stands,2027-06-04,2027-06-11,Tom\n"
    "Sometime,soon,later,\n"
).encode("gb18030")
PROJECT = (
    b'<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Tasks>'
    b"<Task><Name>Rig stands</Name><Milestone>1</Milestone><Finish>2027-06-11T17:00:00</Finish>"
    b"</Task></Tasks></Project>"
)
MEASURED = (
    b"Milestone,Due,Done,Total,Owner\nFrame,2039-01-04,5,6,Ida\nRig stands,2039-02-03,0,2,Tom\n"
)


def packed(parts: dict[str, str]) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def xlsx(*rows: list[str]) -> bytes:
    """A spreadsheet of these rows."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in row) + "</row>"
        for row in rows
    )
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return packed({"xl/worksheets/sheet1.xml": sheet})


BOMB = packed({"xl/worksheets/sheet1.xml": " " * (UNFOLDED + 2)})
