"""The dates in a text that left: each is something the customer was promised."""

import re
from collections.abc import Iterator
from datetime import date

from bot.core.approving.release import Delivery
from bot.core.case import Case, day_of, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.foresight.ledger import Promise
from bot.core.message import claims
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE, working_calendar
from bot.core.reading.dates import Mention

_LONGEST = 160  # characters of a sentence that says what is promised
_SENTENCE = re.compile(r"[^\n。！？；.!?;]+(?:[.!?](?!\s|$)[^\n。！？；.!?;]*)*")


def promises(case: Case, delivery: Delivery) -> tuple[Promise, ...]:
    """One promise for each date in the text that was still to come, the earliest first.

    The new date is of what was promised; another date is of the sentence that it stands in.
    """
    text, told_on = delivery.release.text, local_day(case, delivery.at)
    found: dict[date, str] = {}
    for day, start in _days(text, told_on, case):
        if day > told_on and day != day_of(case, ORIGINAL_DATE):
            what = text_of(case, "promised") if day == day_of(case, NEW_DATE) else ""
            found.setdefault(day, what or _sentence(text, start))
    project = text_of(case, "project")
    return tuple(
        Promise(project, what, day, delivery.at, case.id) for day, what in sorted(found.items())
    )


def _days(text: str, today: date, case: Case) -> Iterator[tuple[date, int]]:
    for claim in claims.find(text, today=today, calendar=working_calendar(case)):
        if isinstance(claim.meaning, Mention) and claim.meaning.readings:
            reading = claim.meaning.readings[0]
            yield reading.end or reading.day, claim.span[0]


def _sentence(text: str, at: int) -> str:
    for match in _SENTENCE.finditer(text):
        if match.start() <= at < match.end():
            return " ".join(match[0].split())[:_LONGEST]
    return text[at : at + _LONGEST]
