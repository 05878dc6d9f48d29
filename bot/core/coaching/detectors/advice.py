"""Advice: hints that are never scored and never hold anything back."""

from collections.abc import Iterator
from datetime import timedelta

from bot.core.coaching.detectors.duties import shown
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span


def stale(subject: Subject) -> Iterator[Hit]:
    """Figures of a status that are told as of a day more than a week ago."""
    today = subject.context.today
    if subject.task.place != "status" or today is None or not subject.quantities:
        return
    oldest = today - timedelta(days=subject.threshold("stale_days"))
    for day in subject.days:
        number = subject.number_of(day.span[0])
        if day.last < oldest and subject.among(number, "as_of"):
            yield Hit("status.stale", day.span, {"date": shown(subject, day.last)})
            return


def no_owner(subject: Subject) -> Iterator[Hit]:
    """A rhythm of news without anybody who writes or stands in."""
    if subject.task.place == "followup" and not subject.has("writer_named"):
        yield Hit("followup.no_owner", _rhythm(subject))


def _rhythm(subject: Subject) -> Span:
    return subject.first("cadence", "contact")
