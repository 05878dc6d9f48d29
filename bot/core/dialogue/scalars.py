"""One value read from what a person typed or picked; or the input kept, with one clear sentence.

A reader never guesses in silence: where two readings are possible, both come back to choose from.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.core.case import (
    Case,
    ChoicesValue,
    ChoiceValue,
    DateValue,
    MoneyValue,
    NumberValue,
    Pending,
    PercentValue,
    PersonValue,
    Reading,
    TextValue,
    Value,
    YesNoValue,
    day_of,
)
from bot.core.dialogue.wording import READ
from bot.core.foresight.samples import read_samples
from bot.core.phrases import SAY
from bot.core.playbook import Choice, Field, FieldKind, Playbook
from bot.core.reading import dates, formats, quantities
from bot.core.reading.calendars import Calendar, calendar
from bot.core.words import Text, same

LINE_LIMIT = 300  # characters of one line
TEXT_LIMIT = 60_000  # characters of a long text
_RAW_SHOWN = 60  # characters of an input that a sentence quotes
_SHORTEST = 2  # letters of a word that is looked for in a longer line
_SHORT_STRETCH = 5  # days; "the end of the month" spans at most a long weekend
_MOST_DAYS = 3  # days in a sentence that are offered to choose from
_DOUBT_FIRST = re.compile(
    r"^(?:(?:应该|大概|可能|好像)就?是|(?:probably|maybe|i think)\s+)", re.IGNORECASE
)
_DOUBT_LAST = re.compile(
    r"(?:吧?[,，、]?\s*(?:应该|大概|可能|好像)就?是?[他她]?吧?|吧|,?\s+(?:i (?:think|guess|believe)|probably))[.。?？]*$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，。；！？]|[,;.!?](?=\s|$)")
_TOLD_HAN, _TOLD_WORDS = 14, 8  # characters, words; with fewer it may be a name with a comma
_BIDI = dict.fromkeys([0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])


@dataclass(frozen=True, slots=True)
class Place:
    """Where an input is read: its case and field, and the day it is there."""

    playbook: Playbook
    case: Case
    field: Field
    today: date
    calendar: Calendar


def place_of(playbook: Playbook, case: Case, field: Field, at: datetime) -> Place:
    """Where an input of this field is read at that time."""
    return Place(playbook, case, field, local_day(case, at), calendar(case.calendar))


def local_day(case: Case, at: datetime) -> date:
    """The day it is for the owner of the case."""
    return at.astimezone(_zone(case.zone)).date()


def end_of_day(case: Case, at: datetime) -> datetime:
    """The last minute of the owner's day on which `at` lies."""
    zone = _zone(case.zone)
    return datetime.combine(at.astimezone(zone).date(), time(23, 59), tzinfo=zone).astimezone(UTC)


def cleaned(text: str) -> str:
    """The text without invisible direction marks and outer space."""
    return text.translate(_BIDI).strip()


def quoted(raw: str) -> str:
    """The input, cut to what a sentence can quote."""
    line = " ".join(raw.split())
    return line if len(line) <= _RAW_SHOWN else line[:_RAW_SHOWN] + "…"


def both(day: date) -> Text:
    """A day, shown in both languages."""
    return Text(en=formats.show_date(day, "en"), zh=formats.show_date(day, "zh"))


def scalar(place: Place, raw: str) -> Value | Pending:
    """The value of a single input that is not blank."""
    return _READERS[place.field.kind](place, raw)


def choices(place: Place, picks: tuple[str, ...]) -> Value | Pending:
    """Several picks, each an id, a label or a number of the list; in the playbook's order."""
    if not picks:
        return _not_offered(place, raw="…", pick="…")
    found: set[str] = set()
    for pick in picks:
        choice = find_choice(place.field.choices, pick)
        if choice is None:
            return _not_offered(place, ", ".join(picks), pick)
        found.add(choice.id)
    return ChoicesValue(tuple(c.id for c in place.field.choices if c.id in found))


def find_choice(offered: tuple[Choice, ...], raw: str) -> Choice | None:
    """The choice that was meant: by id, label, further word, or its number in the list."""
    wanted = _folded(raw)
    if wanted.isdecimal() and len(wanted) < 4 and 1 <= int(wanted) <= len(offered):
        return offered[int(wanted) - 1]
    named = next((c for c in offered if is_named(c, raw)), None)
    if named is not None:
        return named
    near = [c for c in offered if _begins(c, wanted)]
    return near[0] if len(near) == 1 else _yes_or_no(offered, raw)


def _yes_or_no(offered: tuple[Choice, ...], raw: str) -> Choice | None:
    """The choice of a plain yes or no, where the list has one, in whatever words that was said."""
    meant = quantities.leans(cleaned(raw))
    if meant is None:
        return None
    return next((c for c in offered if c.id == ("yes" if meant else "no")), None)


def is_named(choice: Choice, raw: str) -> bool:
    """Whether the text is this choice's id, its label or one of its words."""
    words = (choice.id, choice.label.en, choice.label.zh, *choice.words)
    return _folded(raw) in {_folded(w) for w in words}


def _line(place: Place, raw: str) -> Value | Pending:
    text = " ".join(cleaned(raw).split())
    if len(text) > LINE_LIMIT:
        return Pending(raw, READ.too_long_line.fill(limit=LINE_LIMIT, count=len(text)))
    if not _has_words(text):
        return Pending(raw, _need_words(place))
    if place.field.reads_as == "name" and _tells(text):
        said = READ.only_name.fill(example=place.field.example.good)
        return Pending(raw, said, (Reading(READ.keep_name, TextValue(text)),))
    return PersonValue(_sure(text)) if place.field.kind == "person" else TextValue(text)


def _tells(text: str) -> bool:
    """Whether a line tells of something, in clauses, where a name alone would stand."""
    clauses = [part for part in _CLAUSE.split(text) if part.strip()]
    if len(clauses) < 2:
        return False
    han = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    return han >= _TOLD_HAN or len(text.split()) >= _TOLD_WORDS


def _sure(name: str) -> str:
    """The name without words of doubt round it: "Omar吧，应该是他", "probably Omar"."""
    for doubt in (_DOUBT_FIRST, _DOUBT_LAST):
        name = doubt.sub("", name, count=1) or name
    return name


def _long(place: Place, raw: str) -> Value | Pending:
    text = cleaned(raw)
    if len(text) > TEXT_LIMIT:
        return Pending(raw, READ.too_long_text.fill(limit=TEXT_LIMIT, count=len(text)))
    if not _has_words(text):
        return Pending(raw, _need_words(place))
    if place.field.reads_as == "samples":
        read = read_samples(text, days=place.calendar)
        return Pending(raw, read) if isinstance(read, Text) else TextValue(text)
    return TextValue(text)


def _choice(place: Place, raw: str) -> Value | Pending:
    found = find_choice(place.field.choices, raw)
    if found is not None:
        return ChoiceValue(found.id)
    near = near_choice(place.field.choices, raw)
    if near is None:
        return _not_offered(place, raw, raw)
    reading = Reading(near.label, ChoiceValue(near.id))
    return Pending(raw, READ.did_you_mean.fill(raw=quoted(raw)), (reading,))


def _not_offered(place: Place, raw: str, pick: str) -> Pending:
    offered = place.field.choices
    labels = Text(
        en=" / ".join(c.label.en for c in offered), zh=" / ".join(c.label.zh for c in offered)
    )
    return Pending(raw, READ.no_choice.fill(raw=quoted(pick), choices=labels))


def near_choice(offered: tuple[Choice, ...], raw: str) -> Choice | None:
    """The one choice whose words stand in what was typed, to be asked about; never taken."""
    wanted = " ".join("".join(x if x.isalnum() else " " for x in _folded(raw)).split())
    found = [c for c in offered if any(_stands_in(w, wanted) for w in _ways(c))]
    return found[0] if len(found) == 1 else None


def _ways(choice: Choice) -> tuple[str, ...]:
    return tuple(_folded(w) for w in (choice.label.en, choice.label.zh, *choice.words))


def _stands_in(way: str, wanted: str) -> bool:
    if len(way) < _SHORTEST:
        return False
    return f" {way} " in f" {wanted} " if way.isascii() else way in wanted


def _date(place: Place, raw: str) -> Value | Pending:
    found = dates.read(cleaned(raw), today=place.today, calendar=place.calendar)
    if found.fault is not None:
        return Pending(raw, found.fault)
    values = [v for r in found.readings for v in _values(place, r)]
    fitting = [v for v in values if _date_problem(place, v) is None]
    if not values:
        return _day_within(place, raw)
    if not fitting:
        return Pending(raw, _date_problem(place, values[0]) or READ.no_date.fill(raw=quoted(raw)))
    if len(fitting) > 1:
        in_order = sorted(fitting, key=lambda v: (v.day, v.end or v.day))
        readings = tuple(Reading(_label(v), v) for v in in_order)
        return Pending(raw, SAY.which_reading.fill(raw=quoted(raw)), readings)
    return _working(place, raw, fitting[0])


def _day_within(place: Place, raw: str) -> Pending:
    """The days that a sentence names, to be asked about; one that names none is no date."""
    found = dates.scan(cleaned(raw), today=place.today, calendar=place.calendar)
    values = dict.fromkeys(v for one in found for r in one.readings for v in _values(place, r))
    fitting = [v for v in values if _date_problem(place, v) is None]
    if not 0 < len(fitting) <= _MOST_DAYS:
        said = READ.no_past_date if place.field.past else READ.no_date
        return Pending(raw, said.fill(raw=quoted(raw)))
    said = READ.did_you_mean if len(fitting) == 1 else SAY.which_reading
    return Pending(raw, said.fill(raw=quoted(raw)), tuple(Reading(_label(v), v) for v in fitting))


def _values(place: Place, reading: dates.Reading) -> tuple[DateValue, ...]:
    """The answers that a reading can mean; a stretch that named no day gives two to choose from."""
    if reading.end is None:
        return (DateValue(reading.day),)
    if reading.exact:
        return (DateValue(reading.day, reading.end),)
    if (reading.end - reading.day).days <= _SHORT_STRETCH:
        return DateValue(reading.day), DateValue(reading.end)
    last = place.calendar.add(place.calendar.next_working(reading.end), 0)
    last = reading.end if last == reading.end else place.calendar.add(reading.end, -1)
    return DateValue(reading.day, reading.end), DateValue(last)


def _date_problem(place: Place, value: DateValue) -> Text | None:
    """Why this day cannot be the answer."""
    field, day = place.field, value.end or value.day
    if field.future and day < place.today:
        return READ.date_past.fill(day=both(day))
    if field.past and value.day > place.today:
        return READ.date_future.fill(day=both(value.day))
    if field.not_before:
        other = day_of(place.case, field.not_before)
        if other is not None and value.day < other:
            label = place.playbook.fields[field.not_before].label
            return READ.date_before.fill(day=both(value.day), label=label, other=both(other))
    return None


def _working(place: Place, raw: str, value: DateValue) -> Value | Pending:
    """The value; when it is a promise for a free day, the choice to move it."""
    last = value.end or value.day
    if not place.field.future or place.calendar.is_working(last):
        return value
    onward = place.calendar.next_working(last)
    moved = DateValue(onward) if value.end is None else DateValue(value.day, onward)
    readings = (
        Reading(READ.move_day.fill(day=both(onward)), moved),
        Reading(READ.keep_day.fill(day=both(last)), value),
    )
    return Pending(raw, READ.date_free.fill(day=both(last)), readings)


def _label(value: DateValue) -> Text:
    if value.end is None:
        return both(value.day)
    return Text(
        en=formats.show_range(value.day, value.end, "en"),
        zh=formats.show_range(value.day, value.end, "zh"),
    )


def _number(place: Place, raw: str) -> Value | Pending:
    found = quantities.read_number(cleaned(raw))
    if found is None:
        return Pending(raw, READ.no_number.fill(raw=quoted(raw)))
    low, high = place.field.minimum, place.field.maximum
    too_low = low is not None and found.value < low
    too_high = high is not None and found.value > high
    if too_low or too_high:
        bounds = READ.number_range.fill(
            raw=quoted(raw), low=str(low if low is not None else "…"), high=str(high or "…")
        )
        return Pending(raw, bounds)
    return NumberValue(found.value, found.unit)


def _percent(_: Place, raw: str) -> Value | Pending:
    found = quantities.read_percent(cleaned(raw))
    if found is None:
        return Pending(raw, READ.no_percent.fill(raw=quoted(raw)))
    if not 0 <= found <= 100:
        return Pending(raw, READ.percent_range.fill(raw=quoted(raw)))
    return PercentValue(found)


def _money(_: Place, raw: str) -> Value | Pending:
    found = quantities.read_money(cleaned(raw))
    if found is None or found.unit is None:
        return Pending(raw, READ.no_money.fill(raw=quoted(raw)))
    return MoneyValue(found.value, found.unit)


def _yes_no(_: Place, raw: str) -> Value | Pending:
    found = quantities.leans(cleaned(raw))
    return Pending(raw, READ.no_yes) if found is None else YesNoValue(found)


def _need_words(place: Place) -> Text:
    return READ.need_words.fill(example=place.field.example.good)


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _parts(raw: str) -> tuple[str, ...]:
    for mark in "，、;；\n":
        raw = raw.replace(mark, ",")
    return tuple(p.strip() for p in raw.split(","))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split()).strip(" .。\"'“”「」")


def _begins(choice: Choice, wanted: str) -> bool:
    if len(wanted) < 2:
        return False
    return any(_folded(w).startswith(wanted) for w in (choice.label.en, choice.label.zh))


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _several(place: Place, raw: str) -> Value | Pending:
    return choices(place, tuple(p for p in _parts(raw) if p))


def _table(_: Place, raw: str) -> Value | Pending:
    return Pending(raw, READ.no_rows.fill(columns=same("…")))


_READERS: Mapping[FieldKind, Callable[[Place, str], Value | Pending]] = {
    "text": _line,
    "person": _line,
    "long_text": _long,
    "choice": _choice,
    "choices": _several,
    "date": _date,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "yes_no": _yes_no,
    "rows": _table,
}
