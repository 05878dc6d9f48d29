"""The next meeting in the customer's own update: an answer like any other, with its origin."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.case import Case, Offer, TextValue, customer_language
from bot.core.meetings.meeting import Meeting
from bot.core.meetings.wording import MEET
from bot.core.reading.formats import write_date
from bot.core.words import FieldId, Language, Text

UPDATE_MEETING = FieldId("update_meeting")


def offered(case: Case, at: datetime) -> Mapping[FieldId, Offer]:
    """When the follow-up is, by the customer's clock, and the way in; nothing where none is ahead."""
    meeting = case.meetings.get("follow_up")
    if meeting is None or meeting.state != "booked" or not meeting.start or meeting.start <= at:
        return {}
    words = _words(case, meeting, meeting.start, at).to(customer_language(case))
    return {UPDATE_MEETING: Offer(TextValue(words), MEET.from_meeting)}


def looked_at_again(case: Case, meeting: Meeting) -> Case:
    """The case whose update may say what does not hold any more, now that its meeting has changed."""
    answered = UPDATE_MEETING in case.answers and UPDATE_MEETING not in case.stale
    if meeting.purpose != "follow_up" or not answered:
        return case
    return replace(case, stale=(*case.stale, UPDATE_MEETING))


def _words(case: Case, meeting: Meeting, start: datetime, at: datetime) -> Text:
    zone = (case.surroundings.zone if case.surroundings else "") or case.zone
    local, today = start.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(zone)).date()

    def day(language: Language) -> str:
        return write_date(local.date(), language, today)

    link = f", {meeting.join_url}" if meeting.join_url else ""
    return Text(
        en=f"{day('en')} at {local:%H:%M} ({zone}){link}",
        zh=f"{day('zh')}{local:%H:%M}（{zone}）{link.replace(', ', '，')}",
    )
