"""The calendar file of a meeting that was booked (ICS, RFC 5545).

The same meeting keeps its UID; its SEQUENCE rises when it moves and when it is cancelled, so that a
calendar that has it already changes it.
"""

from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from bot.core.approving.release import Surroundings
from bot.core.case import Case, customer_language
from bot.core.meetings.meeting import WITH_CUSTOMER, Meeting, Purpose, key_of
from bot.core.words import Language, Text
from bot.engine.papers import File
from bot.papers.files import safe_name

_LINK = Text(en="Join: {link}", zh="入会链接：{link}")
_CODE = Text(en="Number: {code}", zh="会议号：{code}")


def file(case: Case, purpose: Purpose, *, at: datetime) -> File:
    """The file of the meeting as it stands. Raises KeyError where there is none."""
    meeting = case.meetings[purpose]
    return File(
        f"{safe_name(meeting.topic)}.ics", "text/calendar", invitation(case, meeting, at=at)
    )


def invitation(case: Case, meeting: Meeting, *, at: datetime) -> bytes:
    """A date to keep, or word that it is cancelled. The time is in UTC, which every calendar reads."""
    around = case.surroundings or Surroundings()
    language = customer_language(case) if meeting.purpose in WITH_CUSTOMER else case.language
    cancelled = meeting.state == "cancelled"
    event = Event()
    event.add("uid", f"{key_of(case.id, meeting)}@candor")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at)
    start = meeting.start or at
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=meeting.minutes))
    event.add("summary", " ".join(meeting.topic.split()))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if meeting.join_url:
        event.add("location", meeting.join_url)
        event.add("url", meeting.join_url)
        event.add("description", "\n".join(_lines(meeting, language)))
    if around.owner_email:
        organizer = vCalAddress(f"mailto:{around.owner_email}")
        organizer.params["cn"] = vText(around.owner_name or around.owner_email)
        event["organizer"] = organizer
    made = Calendar()
    made.add("prodid", "-//Candor//Candor//EN")
    made.add("version", "2.0")
    # CANCEL needs an organiser (RFC 5546, 3.2.5); without one the status says it
    made.add("method", "CANCEL" if cancelled and around.owner_email else "PUBLISH")
    made.add_component(event)
    return bytes(made.to_ical())


def _lines(meeting: Meeting, language: Language) -> list[str]:
    code = [_CODE.fill(code=meeting.code).to(language)] if meeting.code else []
    return [_LINK.fill(link=meeting.join_url).to(language), *code]
