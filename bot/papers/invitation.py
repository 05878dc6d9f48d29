"""An invitation to a call as a calendar file (ICS, RFC 5545)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from bot.core.approving.release import Release, Surroundings
from bot.core.words import Language, Text

LENGTH = timedelta(minutes=30)
_TITLE = Text(en="A call about {project}", zh="关于{project}的通话")
_LINK = Text(en="Join: {link}", zh="入会链接：{link}")


def invitation(
    release: Release,
    around: Surroundings,
    *,
    project: str,
    at: datetime,
    made_at: datetime,
    to: Sequence[str] = (),
) -> bytes:
    """Half an hour at `at`, as it is told there, with the tenant's meeting link.

    A request to those at `to` where somebody asks and somebody is asked; else a date to keep, since
    a request without either is none (RFC 5546, 3.2.2).
    """
    language: Language = release.language
    asks = bool(around.owner_email and to)
    calendar = Calendar()
    calendar.add("prodid", "-//Candor//Candor//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST" if asks else "PUBLISH")
    event = Event()
    event.add("uid", f"{release.digest[:32]}@candor")
    event.add("dtstamp", made_at)
    event.add("dtstart", at)
    event.add("dtend", at + LENGTH)
    event.add("summary", _TITLE.fill(project=" ".join(project.split())).to(language))
    if around.meeting_link:
        event.add("location", around.meeting_link)
        event.add("description", _LINK.fill(link=around.meeting_link).to(language))
    if around.owner_email:
        organizer = vCalAddress(f"mailto:{around.owner_email}")
        organizer.params["cn"] = vText(around.owner_name or around.owner_email)
        event["organizer"] = organizer
    for address in to if asks else ():
        attendee = vCalAddress(f"mailto:{address}")
        attendee.params["rsvp"] = vText("TRUE")
        event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
