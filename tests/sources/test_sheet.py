"""Tables from CSV, XLSX and Microsoft Project: what is read, and what is refused in time."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.engine.tables import LARGEST, UnreadableTable
from bot.sources.milestones import Mapped, guess, mapped, milestones
from bot.sources.sheet import ROWS, UNFOLDED, Table, UnreadableFile, read

TODAY = date(2026, 5, 4)
WORKBOOK = {
    "xl/sharedStrings.xml": "<sst><si><t>Milestone</t></si><si><t>Due</t></si>"
    "<si><r><t>Test </t></r><r><t>rig</t></r></si></sst>",
    "xl/worksheets/sheet1.xml": '<worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c>'
    '<c r="C1" t="s"><v>1</v></c></row><row><c r="A2" t="s"><v>2</v></c>'
    '<c r="C2"><v>46185</v></c></row><row><c r="A3" t="inlineStr"><is><t>Beam</t></is></c>'
    '<c r="C3" t="str"><v>1 July 2026</v></c></row></sheetData></worksheet>',
}
PROJECT = (
    '<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Tasks>'
    "<Task><Name>Build</Name><Summary>1</Summary><Finish>2026-07-01T17:00:00</Finish></Task>"
    "<Task><Name>Rig stands</Name><Milestone>1</Milestone><Finish>2026-06-12T17:00:00</Finish>"
    "</Task><Task><Name>Weld</Name><Finish>2026-06-02T17:00:00</Finish></Task></Tasks></Project>"
)


def workbook(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Milestone,Due\nTest rig,2026-06-12\n", "utf-8"),
        ("Milestone,Due\r\nTest rig,2026-06-12\r\n", "utf-8-sig"),
        ("Milestone;Due\n\nTest rig;2026-06-12", "utf-8"),
        ('Milestone\tDue\n"Test rig"\t2026-06-12', "utf-8"),
    ],
)
def test_a_table_of_commas_semicolons_or_tabs_is_read(text: str, encoding: str) -> None:
    found = read("plan.csv", text.encode(encoding))
    assert found == Table(("Milestone", "Due"), (("Test rig", "2026-06-12"),))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_tables_are_read_in_both_encodings(encoding: str) -> None:
    found = read("计划.csv", "里程碑,完成日期,负责人\n试验台就位,6月12日,莫怡\n".encode(encoding))
    rows = mapped(found, guess(found), today=TODAY)
    assert rows == (Mapped("试验台就位", date(2026, 6, 12), "莫怡"),)
    assert rows[0].line == "试验台就位 ; 2026-06-12 ; 莫怡"


def test_a_spreadsheet_is_read_with_its_days() -> None:
    found = read("plan.xlsx", workbook(WORKBOOK))
    rows = mapped(found, guess(found), today=TODAY)
    assert [(r.name, r.day) for r in rows] == [
        ("Test rig", date(2026, 6, 12)),
        ("Beam", date(2026, 7, 1)),
    ]


def test_of_a_project_its_milestones_are_read() -> None:
    found = read("plan.xml", PROJECT.encode())
    assert found.rows == (("Rig stands", "2026-06-12"),)


def test_without_milestones_all_tasks_but_summaries_are_read() -> None:
    plain = PROJECT.replace("<Milestone>1</Milestone>", "")
    assert [r[0] for r in read("plan.xml", plain.encode()).rows] == ["Rig stands", "Weld"]


def test_a_day_that_reads_in_two_ways_is_told_and_not_guessed() -> None:
    found = read("plan.csv", b"Name,Date\nRig,5/6/2026\nBeam,soon\n,2026-06-01\n")
    rows = mapped(found, guess(found), today=TODAY)
    assert [r.day for r in rows] == [None, None, None]
    assert [r.problem.en if r.problem else "" for r in rows] == [
        "“5/6/2026” can be read in more than one way", "“soon” is no date", "no name",
    ]  # fmt: skip


def test_the_chosen_columns_go_before_what_the_headers_say() -> None:
    data = b"Task,Baseline date,Finish\nRig,2026-06-05,2026-06-12\n"
    usual = milestones("plan.csv", data, {}, today=TODAY)
    chosen = milestones("plan.csv", data, {"day": 2, "owner": 9, "name": -1}, today=TODAY)
    assert [r.day for r in (*usual.rows, *chosen.rows)] == [date(2026, 6, 5), date(2026, 6, 12)]
    assert chosen.columns == {"name": 0, "day": 2}


def test_a_file_that_is_no_table_is_refused_in_both_languages() -> None:
    with pytest.raises(UnreadableTable) as refused:
        milestones("计划.csv", b"x", {}, today=TODAY)
    assert refused.value.text.zh == "计划.csv里表头下面没有内容，请重新导出"


BOMB = (
    "<!DOCTYPE b [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]><Project><Task>&b;</Task></Project>"
)
OUTSIDE = "<!DOCTYPE p SYSTEM 'file:///etc/passwd'><Project/>"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"a,b\n1,2" + b" " * LARGEST, "larger than"),
        ("a.csv", b"\xff\xff\xff,\n", "UTF-8"),
        ("a.csv", b"only a header\n", "no rows"),
        ("a.csv", b'a,b\n"' + b"x" * 200_000, "no table"),
        ("a.csv", b"", "is empty"),
        ("a.csv", b" \r\n", "is empty"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "locked or in an old format"),
        ("a.pdf", b"%PDF-1.7\n", "is no table"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "is no table"),
        ("a.xml", BOMB.encode(), "entities"),
        ("a.xml", OUTSIDE.encode(), "entities"),
        ("a.xml", b"<Project><Task>", "well-formed"),
        ("a.xml", b"<html></html>", "no tasks"),
        ("a.xml", b'<?xml version="1.0" encoding="klingon"?><Project/>', "well-formed"),
        ("a.xlsx", b"PK\x03\x04 nothing", "damaged"),
        ("a.xlsx", workbook({"word/document.xml": "<w/>"}), "no spreadsheet"),
        ("a.xlsx", workbook({"xl/worksheets/sheet1.xml": " " * (UNFOLDED + 1)}), "unfolds"),
        ("a.xlsx", workbook({"xl/worksheets/sheet1.xml": BOMB}), "entities"),
    ],
)
def test_what_cannot_or_must_not_be_read_is_refused_in_one_sentence(
    name: str, data: bytes, said: str
) -> None:
    with pytest.raises(UnreadableFile, match=said):
        read(name, data)


def test_rows_beyond_the_limit_are_counted_and_left_out() -> None:
    found = read("a.csv", b"a,b\n" + b"1,2\n" * (ROWS + 7))
    assert (len(found.rows), found.left_out) == (ROWS, 7)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"<a>"):
        said = ""
        try:
            said = "a " + read("a", start + data).header[0]
        except UnreadableFile as error:
            said = str(error)
        assert said.startswith("a ")


_PLAN = workbook(WORKBOOK)


@given(st.lists(st.tuples(st.integers(2, len(_PLAN) - 1), st.integers(0, 255)), max_size=6))
@example([(_PLAN.rindex(b"PK\x01\x02") + 42, 0xFF), (_PLAN.rindex(b"PK\x01\x02") + 45, 0xBA)])
def test_a_damaged_spreadsheet_is_a_table_or_a_sentence(changes: list[tuple[int, int]]) -> None:
    data = bytearray(_PLAN)
    for place, byte in changes:
        data[place] = byte
    said = ""
    try:
        said = "plan.xlsx " + read("plan.xlsx", bytes(data)).header[0]
    except UnreadableFile as error:
        said = str(error)
    assert said.startswith("plan.xlsx ")
