"""Tables that people have: CSV, XLSX and Microsoft Project's XML, as rows of text.

Pure parsing of bytes, within limits: archives that unfold without end, and XML with a document
type or entities of its own, are refused before anything large is made.
"""

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from xml.parsers import expat

from bot.core.words import Text
from bot.engine.tables import LARGEST, TOO_LARGE
from bot.sources import project

UNFOLDED = 16 * 1024 * 1024  # bytes of one part of an archive
ROWS, COLUMNS, CELL = 2_000, 40, 500  # rows, cells of a row, characters of a cell
_EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet, as Excel counts
_ENCODINGS = ("utf-8-sig", "gb18030")
_BROKEN = (  # what the archive's reader says of bytes that are off
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError,
    OSError,
)  # fmt: skip
_DAYS = range(20_000, 80_000)  # numbers that are days of 1954 to 2119

_OTHER_KINDS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_OFFICE = b"\xd0\xcf\x11\xe0"  # what is locked with a password is kept in the old format, too

_EMPTY = Text(en="{name} is empty; export it again", zh="{name}是空的，请重新导出")
_OTHER = Text(
    en="{name} is no table; send CSV, XLSX, or Microsoft Project's XML, or type what it says",
    zh="{name}不是表格，请发CSV、XLSX，或 Microsoft Project 的XML，也可以直接打字",
)
_OLD = Text(
    en="{name} is locked or in an old format; save it without a password as XLSX or CSV, a project "
    "as XML",
    zh="{name}加了密或是旧格式，请去掉密码存为XLSX或CSV，项目文件存为XML",
)
_NO_ROWS = Text(
    en="{name} holds no rows below a header; export the table again",
    zh="{name}里表头下面没有内容，请重新导出",
)
_NO_TABLE = Text(
    en="{name} is no table ({error}); save it again as CSV",
    zh="{name}不是表格（{error}），请另存为CSV",
)
_NO_ENCODING = Text(
    en="{name} is neither UTF-8 nor GB18030; save it as UTF-8",
    zh="{name}既不是UTF-8也不是GB18030，请存为UTF-8",
)
_NO_SHEET = Text(
    en="{name} is no spreadsheet; save it as XLSX or CSV",
    zh="{name}不是电子表格，请存为XLSX或CSV",
)
_DAMAGED = Text(
    en="{name} is damaged or locked; save it again as XLSX",
    zh="{name}已损坏或加了密，请重新存为XLSX",
)
_UNFOLDS = Text(
    en="{name} unfolds to more than {most} MB; cut it down",
    zh="{name}展开后超过{most} MB，请删减",
)
_NO_TASKS = Text(
    en="{name} holds no tasks; save it from the project program as XML",
    zh="{name}里没有任务，请从项目软件里存为XML",
)
_OWN_TYPES = Text(
    en="{name} declares types or entities of its own; export it again",
    zh="{name}带有自定义类型或实体，请重新导出",
)
_NO_XML = Text(
    en="{name} is no well-formed XML; export it again",
    zh="{name}不是完整的XML，请重新导出",
)


_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]*)?")


class UnreadableFile(ValueError):
    """The file cannot be read as a table; the sentence says what to do."""

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in the file: its first row apart, and all cells as text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0  # rows beyond the limit


def read(name: str, data: bytes) -> Table:
    """The table in a file of that name. Raises UnreadableFile."""
    if len(data) > LARGEST:
        raise UnreadableFile(TOO_LARGE.fill(name=name, most=LARGEST // 2**20))
    if not data.strip():
        raise UnreadableFile(_EMPTY.fill(name=name))
    if data.startswith(_OFFICE):
        raise UnreadableFile(_OLD.fill(name=name))
    if data.startswith(_OTHER_KINDS):
        raise UnreadableFile(_OTHER.fill(name=name))
    if data[:2] == b"PK":
        return _table(name, _xlsx(name, data))
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _table(name, _project(name, data))
    return _table(name, _csv(name, data))


def _table(name: str, rows: Iterator[list[str]]) -> Table:
    found: list[tuple[str, ...]] = []
    left_out = 0
    for row in rows:
        cells = tuple(" ".join(cell.split())[:CELL] for cell in row[:COLUMNS])
        if not any(cells):
            continue
        if len(found) > ROWS:
            left_out += 1
        else:
            found.append(cells)
    if len(found) < 2:
        raise UnreadableFile(_NO_ROWS.fill(name=name))
    return Table(found[0], tuple(found[1:]), left_out)


def _csv(name: str, data: bytes) -> Iterator[list[str]]:
    text = _decoded(name, data)
    head = text[:4096]
    comma = max((",", ";", "\t", "，"), key=head.count)
    try:
        yield from csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=comma)
    except csv.Error as error:
        raise UnreadableFile(_NO_TABLE.fill(name=name, error=str(error))) from error


def _decoded(name: str, data: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(_NO_ENCODING.fill(name=name))


def _xlsx(name: str, data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            sheet = next((n for n in sorted(names) if n.startswith("xl/worksheets/sheet")), "")
            if not sheet:
                raise UnreadableFile(_NO_SHEET.fill(name=name))
            strings = "xl/sharedStrings.xml"
            shared = _strings(name, _part(name, archive, strings)) if strings in names else []
            yield from _sheet(name, _part(name, archive, sheet), shared)
    except _BROKEN as error:
        raise UnreadableFile(_DAMAGED.fill(name=name)) from error


def _part(name: str, archive: zipfile.ZipFile, part: str) -> bytes:
    """One part, read no further than the limit, whatever the archive says of its size."""
    try:
        with archive.open(part) as file:
            data = file.read(UNFOLDED + 1)
    except ValueError as error:  # its place is before the beginning
        raise UnreadableFile(_DAMAGED.fill(name=name)) from error
    if len(data) > UNFOLDED:
        raise UnreadableFile(_UNFOLDS.fill(name=name, most=UNFOLDED // 2**20))
    return data


def _strings(name: str, data: bytes) -> list[str]:
    found: list[str] = []
    for event, tag, text in _walk(name, data):
        if event == "start" and tag == "si":
            found.append("")
        elif event == "text" and tag == "t" and found:
            found[-1] += text
    return found


def _sheet(name: str, data: bytes, shared: list[str]) -> Iterator[list[str]]:
    row: dict[int, str] = {}
    column, kind = 0, ""
    for event, tag, text in _walk(name, data):
        if event == "start" and tag == "row":
            row = {}
        elif event == "start" and tag == "c":
            place, _, kind = text.partition(" ")
            column = _column(place, len(row))
        elif event == "text" and tag in ("v", "t"):
            row[column] = row.get(column, "") + text
        elif event == "end" and tag == "c" and column in row:
            row[column] = _cell(row[column], kind, shared)
        elif event == "end" and tag == "row":
            yield [row.get(n, "") for n in range(min(max(row, default=-1) + 1, COLUMNS))]


def _column(place: str, following: int) -> int:
    """The column of a place such as "AB12"; the next one where a cell names none."""
    letters = "".join(c for c in place if c.isalpha() and c.isascii()).upper()[:3]
    if not letters:
        return following
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _cell(text: str, kind: str, shared: list[str]) -> str:
    if kind == "s":
        return shared[int(text)] if text.isdecimal() and int(text) < len(shared) else ""
    if kind == "" and _NUMBER.fullmatch(text):
        days = int(text.partition(".")[0])
        if days in _DAYS:
            return (_EPOCH + timedelta(days=days)).isoformat()
    return text


def _project(name: str, data: bytes) -> Iterator[list[str]]:
    """The tasks of a project: its milestones if there are any, else all of them."""
    found = project.Gathered()
    for event, tag, text in _walk(name, data):
        found.take(event, tag, text)
    if not found.tasks:
        raise UnreadableFile(_NO_TASKS.fill(name=name))
    yield from project.table(found)


def _walk(name: str, data: bytes) -> Iterator[tuple[str, str, str]]:
    """What an XML file holds, as (start | text | end, local tag, text). No types, no entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    found: list[tuple[str, str, str]] = []
    tags: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        tags.append(tag.rpartition(" ")[2])
        about = f"{attributes.get('r', '')} {attributes.get('t', '')}" if tags[-1] == "c" else ""
        found.append(("start", tags[-1], about))

    def end(_tag: str) -> None:
        found.append(("end", tags.pop(), ""))

    def refuse(*_: object) -> None:
        raise UnreadableFile(_OWN_TYPES.fill(name=name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append(("text", tags[-1], text))
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        for at in range(0, max(len(data), 1), 65_536):
            chunk = data[at : at + 65_536]
            parser.Parse(chunk, at + 65_536 >= len(data))
            yield from found
            found.clear()
    except (expat.ExpatError, LookupError) as error:  # the latter for an encoding of no name
        raise UnreadableFile(_NO_XML.fill(name=name)) from error
