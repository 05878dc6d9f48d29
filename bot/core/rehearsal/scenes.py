"""From a case to the scene of a rehearsal: the facts that the customer's lines may use."""

from collections.abc import Mapping
from datetime import date

from bot.core.case import Case, customer_language, day_of, text_of
from bot.core.message.tongues import is_foreign
from bot.core.reading.calendars import calendar
from bot.core.reading.formats import show_date, show_days, write_date
from bot.core.rehearsal.call import Scene
from bot.core.rehearsal.replies import Ears, Notice
from bot.core.words import Language, Text, same

_LONGEST = 90  # characters of a fact inside a spoken line
_TIMES = {"once": Text(en="once", zh="一次"), "more": Text(en="more than once", zh="不止一次")}


def scene_of(case: Case, *, today: date, notice: Notice, approved: bool) -> Scene:
    """The scene of a case in the customer's language; `approved` is of its remedy, as it stands.

    An answer in the other language is left out of the lines: no customer would say it so. Without
    answers the scene still works, on the lines that need no fact.
    """
    language = customer_language(case)
    ears = Ears(
        today=today,
        calendar=calendar(case.calendar),
        notice=notice,
        cause=text_of(case, "cause"),
        impact=text_of(case, "impact"),
        new_date=day_of(case, "new_date"),
        remedy_approved=approved,
    )
    return Scene({**_dates(case, today), **_words(case, language)}, ears)


def _dates(case: Case, today: date) -> Mapping[str, Text]:
    found = {
        "original_date": day_of(case, "original_date"),
        "new_date": day_of(case, "new_date"),
        "deadline": day_of(case, "customer_deadline"),
    }
    shown = {
        name: Text(
            en=write_date(day, "en", today), zh=show_date(day, "zh", year=False, weekday=False)
        )
        for name, day in found.items()
        if day
    }
    old, new = found["original_date"], found["new_date"]
    if old and new and old < new:
        late = calendar(case.calendar).between(old, new)
        shown["slip"] = Text(en=show_days(late, "en"), zh=show_days(late, "zh"))
    return shown


def _words(case: Case, language: Language) -> Mapping[str, Text]:
    found = {
        "project": text_of(case, "project"),
        "promised": text_of(case, "promised"),
        "customer": text_of(case, "customer"),
        "cause": text_of(case, "cause"),
        "impact": text_of(case, "impact"),
        "deadline_what": text_of(case, "customer_deadline_what"),
        "remedy": text_of(case, "goodwill_detail"),
    }
    words = {
        name: same(_spoken(text))
        for name, text in found.items()
        if _spoken(text) and not is_foreign(text, language)
    }
    times = _TIMES.get(text_of(case, "moved_before"))
    return words if times is None else {**words, "times_moved": times}


def _spoken(text: str) -> str:
    """A fact as short as a line on the phone can hold it: its first sentence, cut if it must be."""
    line = " ".join(text.split())
    for mark in ("。", "；", ";", ". "):
        line = line.partition(mark)[0]
    line = line.strip(" .。")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
