"""The look back and the invitation to take away: nothing invented, nothing internal to the customer."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from icalendar import Calendar

from bot.core.approving.release import Surroundings
from bot.core.case import Case
from bot.core.words import Language
from bot.engine.papers import CaseFile
from bot.papers.meetings import file
from tests import delivery_cases
from tests.core.followed import Followed
from tests.core.test_later import LOOK_BACK, delivered, fill
from tests.core.test_look_back import ANONYMOUS, due, say

AT = datetime(2026, 6, 30, 9, tzinfo=UTC)  # a Tuesday


def looked_back() -> Case:
    done = delivered().until(date(2026, 6, 23)).press("retrospective/0", "retrospective")
    fill(done, LOOK_BACK)
    fill(done, {"retro_keep": "We called *before* we wrote."})
    return done.case


def made(case: Case, kind: CaseFile) -> bytes:
    return file(delivery_cases.PLAYBOOK, case, kind, at=AT).content


def test_the_minutes_hold_the_days_the_answers_and_who_does_what() -> None:
    text = made(looked_back(), "retro.md").decode()
    for line in (
        "# Look back at Hall 4",
        "- Mon 18 May 2026: Customer told",
        "4 working days from the first sign to telling the customer.",
        "The load test came after the order.",
        "- [ ] Test before ordering · Ida · Mon 6 Jul 2026",
    ):
        assert line in text
    assert "\\*before\\*" in text


def with_the_team(told: Followed) -> Case:
    """Looked back on by two of the team."""
    say(told, "bo", alias="f00d", name="Bo Hansen", helped="We called *early*.")
    say(told, "ida", alias="beef", name="Ida Berg", change="Test first.")
    return told.case


def test_the_minutes_hold_what_each_of_the_team_says() -> None:
    told = due()
    say(told, "bo", name="Bo *Hansen*", helped="We called *early*.", change="Test first.")
    text = made(told.case, "retro.md").decode()
    assert "## What the team says\n\n### Bo \\*Hansen\\*\n" in text
    assert "- What helped: We called \\*early\\*.\n- What to do differently: Test first." in text
    document = Document(BytesIO(made(told.case, "retro.docx")))
    lines = [p.text for p in document.paragraphs]
    at = lines.index("Bo *Hansen*")
    assert lines[at - 1 : at + 3] == [
        "What the team says",
        "Bo *Hansen*",
        "What helped: We called *early*.",
        "What to do differently: Test first.",
    ]


@pytest.mark.parametrize("kind", ["retro.md", "retro.docx"])
def test_the_minutes_name_nobody_where_no_name_is_to_be_known(kind: CaseFile) -> None:
    case = with_the_team(due(ANONYMOUS))
    content = file(ANONYMOUS, case, kind, at=AT).content
    words = content.decode() if kind == "retro.md" else _words(content)
    assert words.count("Without a name") == 2
    assert "Test first." in words
    assert "Hansen" not in words


def _words(content: bytes) -> str:
    return "\n".join(p.text for p in Document(BytesIO(content)).paragraphs)


def test_the_document_says_the_same() -> None:
    words = "\n".join(
        p.text for p in Document(BytesIO(made(looked_back(), "retro.docx"))).paragraphs
    )
    assert "Test before ordering · Ida · Mon 6 Jul 2026" in words
    assert "We called *before* we wrote." in words


@pytest.mark.parametrize(
    ("language", "zone", "title"),
    [
        ("en", "Europe/London", "The customer first (15 min)"),
        ("zh", "Asia/Shanghai", "请客户先讲（15分钟）"),
    ],
)
def test_the_invitation_is_in_the_customers_language_and_morning(
    language: Language, zone: str, title: str
) -> None:
    around = Surroundings(zone=zone, calendar="GB", meeting_link="https://meet.house.example/x")
    case = replace(Followed(language).tell().case, surroundings=around)
    calendar = Calendar.from_ical(made(case, "meeting.ics"))
    assert isinstance(calendar, Calendar)
    (event,) = calendar.walk("VEVENT")
    first, last = event.decoded("dtstart"), event.decoded("dtend")
    start = first.astimezone(ZoneInfo(zone))
    assert (start.date(), start.hour) == (date(2026, 7, 6), 9)  # the working day after three days
    assert (last - first).seconds == 45 * 60
    assert title in str(event["description"])


def test_what_is_ours_of_the_agenda_stays_ours() -> None:
    text = made(Followed().tell().case, "meeting.ics").decode()
    assert "No selling" not in text
    assert "worst moment" not in text
