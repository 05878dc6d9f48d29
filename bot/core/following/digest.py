"""What stands in a digest: the dates of somebody's cases, and what has stayed without an answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.core.case import Case, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.following.anchors import anchored
from bot.core.pings.kinds import Anchor, Digest
from bot.core.pings.reminder import Reminder
from bot.core.reading.calendars import Calendar
from bot.core.words import Text

SHOWN = 12  # lines of one digest
WEEK = timedelta(days=7)
_WORDS: Final[Mapping[Anchor, Text]] = {
    "milestone": Text(en="{project}: “{what}”", zh="{project}：“{what}”"),
    "action": Text(en="{project}: {what}", zh="{project}：{what}"),
    "new_date": Text(en="{project} is promised to {customer}", zh="答应{customer}交付{project}"),
    "next_update": Text(
        en="{customer} hears from you ({project})", zh="给{customer}发{project}的进展"
    ),
    "meeting": Text(en="meeting: {what}", zh="会议：{what}"),
    "decision": Text(en="{customer} chooses ({project})", zh="{customer}选方案（{project}）"),
    "contract_notice": Text(
        en="last day for the written notice ({project})", zh="{project}书面通知的最后一天"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One date of one case; without a day, how many questions of it have no answer."""

    case: Case
    day: date | None
    words: Text
    count: int = 0


def lines(
    digest: Digest, cases: Sequence[Case], *, today: date, days: Calendar
) -> tuple[Line, ...]:
    """All that the digest holds, by day; of one of the day, what is asked about anyway is left out,
    and so is a case that was put off as a whole.
    """
    found: list[Line] = []
    for case in cases:
        if case.quiet_until is not None and today < local_day(case, case.quiet_until):
            continue
        found += _dates(digest, case, today=today, days=days)
        silent = sum(r.state == "parked" for r in case.reminders.values())
        if "silent" in digest.holds and silent:
            found.append(Line(case, None, _about(case), silent))
    return tuple(sorted(found, key=lambda x: (x.day or date.max, x.case.id, x.words.en)))


def _dates(digest: Digest, case: Case, *, today: date, days: Calendar) -> Iterator[Line]:
    last = {"today": today, "tomorrow": days.add(today, 1), "week": today + WEEK}
    until = max((last[p] for p in digest.holds if p in last), default=None)
    if until is None:
        return
    asked = {
        (r.anchor, r.number)
        for r in case.reminders.values()
        if digest.every == "working_day" and _is_asked(case, r, today)
    }
    for of in anchored(case, today=today):
        words = _WORDS.get(of.anchor)
        if words is None or not today <= of.day <= until or (of.anchor, of.number) in asked:
            continue
        yield Line(case, of.day, _filled(words, case, of.what))


def _is_asked(case: Case, reminder: Reminder, today: date) -> bool:
    """Whether it is asked about on this very day, in its own words."""
    moments = [*reminder.asked[-1:], *([reminder.due] if reminder.is_open else [])]
    return any(local_day(case, at) == today for at in moments)


def _about(case: Case) -> Text:
    return _filled(Text(en="{project}", zh="{project}"), case, "")


def _filled(words: Text, case: Case, what: str) -> Text:
    return words.fill(
        project=text_of(case, "project") or "…",
        customer=text_of(case, "customer") or "…",
        what=what or "…",
    )
