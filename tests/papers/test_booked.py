"""The calendar file of a booked meeting: what RFC 5545 asks for, and what changes with it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from bot.core.approving.release import Surroundings
from bot.core.case import Case
from bot.core.meetings.meeting import Meeting
from bot.papers import booked
from tests import delivery_cases

AT = datetime(2026, 5, 18, 10, tzinfo=UTC)
START = datetime(2026, 5, 20, 13, tzinfo=UTC)
MEETING = Meeting(
    "call",
    2,
    1,
    state="booked",
    topic="关于港口起重机改造工程第二期交付时间的通话，请各位准时参加；有问题可以提前告诉我们, 谢谢",
    start=START,
    minutes=45,
    join_url="https://meet.example/j/1?pwd=a,b;c",
    code="987 654 321",
    booked_at=AT,
)
HOST = Surroundings(owner_name="Ida Moreau", owner_email="ida@house.example")


def case(meeting: Meeting = MEETING, around: Surroundings | None = None) -> Case:
    found = delivery_cases.full("zh")
    return replace(found, meetings={"call": meeting}, surroundings=around)


def written(meeting: Meeting = MEETING, around: Surroundings | None = None) -> bytes:
    return booked.file(case(meeting, around), "call", at=AT).content


def event(content: bytes) -> dict[str, str]:
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    lines = bytes(found.to_ical()).replace(b"\r\n ", b"").decode().split("\r\n")
    pairs = (line.partition(":") for line in lines if ":" in line)
    return {name.partition(";")[0]: value for name, _, value in pairs}


def test_its_lines_are_folded_at_octets_without_splitting_a_character() -> None:
    content = written()
    lines = content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None for line in lines)
    assert any(line.startswith(b" ") for line in lines)


def test_what_was_written_is_read_again() -> None:
    (found,) = Calendar.from_ical(written()).walk("VEVENT")
    assert str(found["summary"]) == MEETING.topic
    assert str(found["url"]) == MEETING.join_url
    assert str(found["location"]) == MEETING.join_url
    assert str(found["description"]).splitlines() == [
        "入会链接：https://meet.example/j/1?pwd=a,b;c",
        "会议号：987 654 321",
    ]


def test_its_times_are_in_utc_and_its_length_is_the_meetings() -> None:
    found = event(written())
    assert (found["DTSTART"], found["DTEND"]) == ("20260520T130000Z", "20260520T134500Z")
    assert found["DTSTAMP"] == "20260518T100000Z"


def test_a_move_keeps_the_name_and_raises_the_number() -> None:
    later = replace(MEETING, start=START.replace(day=21), sequence=1)
    old, new = event(written()), event(written(later))
    assert old["UID"] == new["UID"]
    assert (old["SEQUENCE"], new["SEQUENCE"]) == ("0", "1")


@pytest.mark.parametrize(("around", "method"), [(HOST, "CANCEL"), (None, "PUBLISH")])
def test_a_cancelled_one_says_so_in_every_calendar(
    around: Surroundings | None, method: str
) -> None:
    content = written(replace(MEETING, state="cancelled", sequence=2), around)
    assert Calendar.from_ical(content)["method"] == method
    assert event(content)["STATUS"] == "CANCELLED"
    assert ("ORGANIZER" in event(content)) is (method == "CANCEL")


def test_it_asks_nobody_for_an_answer() -> None:
    content = written(around=HOST)
    assert Calendar.from_ical(content)["method"] == "PUBLISH"
    assert "ATTENDEE" not in event(content)


def test_without_a_link_there_is_none_in_it() -> None:
    found = event(written(replace(MEETING, join_url="")))
    assert not {"URL", "LOCATION", "DESCRIPTION"} & set(found)


def test_a_line_break_in_the_topic_adds_no_line() -> None:
    found = event(written(replace(MEETING, topic="Call\r\nATTENDEE:mailto:eve@example.com")))
    assert "ATTENDEE" not in found
