"""A mail, a letter and an invitation to take away, opened again by another program."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from icalendar import Calendar

from bot.core.approving.release import Release, Surroundings
from bot.core.case import Case, TextValue
from bot.core.words import FieldId
from bot.papers.files import file, safe_name
from tests.approval.scene import heavy

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
TEXT = "苏工，您好：\n\n要晚两周，到6月12日。\n- 第一步\n- 第二步\n\nKind regards"
RELEASE = Release(
    "email.day_to_day.zh", "zh", "email", ("su@qinghe.example",), "三号泵站：6月12日", TEXT,
    date(2026, 5, 18),
)  # fmt: skip
AROUND = Surroundings(
    zone="Asia/Shanghai",
    calendar="CN",
    meeting_link="https://meet.house.example/room",
    owner_name="莫怡",
    owner_email="moyi@house.example",
)


def case(project: str = "三号泵站改造") -> Case:
    found = replace(heavy(), surroundings=AROUND)
    answer = replace(found.answers[FieldId("project")], value=TextValue(project))
    return replace(found, answers={**found.answers, FieldId("project"): answer})


def test_the_letter_holds_every_paragraph_and_knows_a_chinese_font() -> None:
    made = file(case(), RELEASE, "docx", at=AT)
    opened = Document(BytesIO(made.content))
    assert [p.text for p in opened.paragraphs] == [
        "三号泵站：6月12日", "苏工，您好：", "要晚两周，到6月12日。", "第一步", "第二步", "Kind regards",
    ]  # fmt: skip
    listed = [p.text for p in opened.paragraphs if p.style and p.style.name == "List Bullet"]
    assert listed == ["第一步", "第二步"]
    styles = ZipFile(BytesIO(made.content)).read("word/styles.xml").decode()
    assert 'w:eastAsia="Microsoft YaHei"' in styles
    assert made.name == "三号泵站改造.docx"


def test_the_invitation_is_half_an_hour_in_the_customers_morning() -> None:
    made = file(case(), RELEASE, "ics", at=AT)
    opened = Calendar.from_ical(made.content)
    (event,) = opened.walk("VEVENT")
    assert event.decoded("dtstart") == datetime(2026, 5, 19, 1, 30, tzinfo=UTC)
    assert event.decoded("dtend") == datetime(2026, 5, 19, 2, 0, tzinfo=UTC)
    assert str(event["summary"]) == "关于三号泵站改造的通话"
    assert str(event["location"]) == "https://meet.house.example/room"
    assert str(event["attendee"]) == "mailto:su@qinghe.example"
    assert str(event["organizer"]) == "mailto:moyi@house.example"
    assert any(part.name == "VTIMEZONE" for part in opened.walk())


def test_the_letter_is_a_document_also_to_a_program_that_did_not_make_it() -> None:
    made = ZipFile(BytesIO(file(case(), RELEASE, "docx", at=AT).content))
    assert made.testzip() is None
    kinds = made.read("[Content_Types].xml").decode()
    assert "wordprocessingml.document.main+xml" in kinds
    body = fromstring(made.read("word/document.xml"))
    words = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    lines = ["".join(t.text or "" for t in p.iter(f"{words}t")) for p in body.iter(f"{words}p")]
    assert lines == [
        "三号泵站：6月12日", "苏工，您好：", "要晚两周，到6月12日。", "第一步", "第二步", "Kind regards",
    ]  # fmt: skip


def test_the_invitation_is_a_calendar_file_also_to_a_program_that_did_not_make_it() -> None:
    content = file(case("三号泵站改造" * 8), RELEASE, "ics", at=AT).content
    folded = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in folded)  # octets (RFC 5545, 3.1)
    lines = content.replace(b"\r\n ", b"").decode().splitlines()
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART;TZID=Asia/Shanghai:20260519T093000" in lines
    assert f"SUMMARY:关于{'三号泵站改造' * 8}的通话" in lines
    assert "ORGANIZER;CN=莫怡:mailto:moyi@house.example" in lines


def test_the_end_of_a_chinese_letter_stands_as_letters_do() -> None:
    text = "三号泵站要晚两周。\n\n此致\n敬礼\n莫怡\n2026年5月18日"
    formal = replace(RELEASE, variant="letter.executive.zh", way="self", to=(), text=text)
    opened = Document(BytesIO(file(case(), formal, "docx", at=AT).content))
    sides = {p.text: p.alignment for p in opened.paragraphs}
    assert sides["三号泵站：6月12日"] == WD_ALIGN_PARAGRAPH.CENTER
    assert sides["莫怡"] == sides["2026年5月18日"] == WD_ALIGN_PARAGRAPH.RIGHT
    assert sides["敬礼"] is None


def test_an_invitation_without_anybody_to_ask_is_a_date_to_keep() -> None:
    alone = replace(RELEASE, way="self", to=())
    opened = Calendar.from_ical(file(case(), alone, "ics", at=AT).content)
    assert str(opened["method"]) == "PUBLISH"
    asked = Calendar.from_ical(file(case(), RELEASE, "ics", at=AT).content)
    assert str(asked["method"]) == "REQUEST"


def test_the_mail_file_opens_as_a_draft_with_the_very_words() -> None:
    made = file(case(), RELEASE, "eml", at=AT)
    opened = message_from_bytes(made.content, policy=default)
    assert opened["Subject"] == "三号泵站：6月12日"
    assert opened["To"] == "su@qinghe.example"
    assert opened["X-Unsent"] == "1"
    assert str(opened.get_content()).replace("\r\n", "\n").strip() == TEXT


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\x", "C-temp-x"),
        ("三号泵站/改造", "三号泵站-改造"),
        ("a\r\nb\x00c", "a-b-c"),
        ("...", "message"),
        ("", "message"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_file_s_name_holds_no_path(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_line_break_in_a_project_adds_no_line_to_a_header() -> None:
    hostile = case("Hall\r\nBcc: everybody@else.example\r\nATTACH:file:///etc/passwd")
    bare = replace(RELEASE, subject="", text="x")
    mail = message_from_bytes(file(hostile, bare, "eml", at=AT).content, policy=default)
    assert mail["Bcc"] is None
    (event,) = Calendar.from_ical(file(hostile, bare, "ics", at=AT).content).walk("VEVENT")
    assert "attach" not in event
