"""A meeting that is asked for at the table: kept with the house's own link, as without a meeting system."""

from collections.abc import Iterator

from bot.core.approving.organisation import Organisation
from bot.core.case import Case
from bot.core.meetings.events import ByProvider, MeetingBooked, MeetingCancelled
from bot.core.meetings.meeting import ICS, key_of, purpose_in
from bot.core.stamp import Stamp
from bot.engine.meetings import ByFile


def done(case: Case, kind: str, organisation: Organisation, stamp: Stamp) -> Iterator[ByProvider]:
    """What becomes of the wish that this kind of reminder carries."""
    purpose = purpose_in(kind)
    meeting = case.meetings.get(purpose) if purpose is not None else None
    if meeting is None or meeting.asking is None:
        return
    about = (meeting.purpose, meeting.number)
    if meeting.asking == "cancel":
        yield MeetingCancelled(stamp, *about)
        return
    key, link = key_of(case.id, meeting), organisation.meeting_link
    yield MeetingBooked(stamp, *about, ICS, ByFile.label, key, link)
