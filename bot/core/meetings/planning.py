"""When a meeting is proposed, and what is read from the form: its moment, length, topic and people."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.approving import addresses, times
from bot.core.approving.release import Surroundings
from bot.core.case import Case, customer_language, text_of
from bot.core.dialogue.scalars import LINE_LIMIT, both, cleaned, local_day
from bot.core.meetings.events import Filled
from bot.core.meetings.meeting import WITH_CUSTOMER, Form, Meeting, Purpose
from bot.core.meetings.wording import MEET, NO_CUSTOMER, TOPIC
from bot.core.message.draft import working_calendar
from bot.core.playbook import Playbook
from bot.core.reading import dates
from bot.core.reading.calendars import Calendar, UnknownCalendar, calendar
from bot.core.words import FieldId, Text, same

AHEAD: Mapping[Purpose, timedelta] = {  # at least, so that people can arrange it
    "call": timedelta(0),
    "follow_up": timedelta(0),
    "retrospective": timedelta(days=2),
    "customer_meeting": timedelta(days=3),
}
LENGTH: Mapping[Purpose, int] = {  # minutes, where no agenda says it
    "call": 30,
    "follow_up": 30,
    "retrospective": 60,
    "customer_meeting": 45,
}
SHORTEST, LONGEST = 5, 480  # minutes
_LATEST_SAID = 6  # o'clock; from seven on 点 may be of the morning
_CLOCK = re.compile(
    r"(?P<half>上午|早上|中午|下午|晚上)?\s*(?P<hour>\d{1,2})\s*"
    r"(?:[:：.点时]\s*(?P<minute>\d{2}|半)?\s*分?)?\s*(?P<pm>[ap]\.?m\.?)?",
    re.IGNORECASE,
)


_LENGTH = re.compile(
    r"(?P<count>\d{1,4}|\d\.5(?=\D*[h小]))\s*(?:(?P<hours>个?小时|hours?|hrs?|h)|分钟?|min(?:ute)?s?)?"
)
_LENGTHS = {
    "半小时": 30, "一刻钟": 15, "三刻钟": 45, "一小时": 60, "一半小时": 90, "两小时": 120,
    "half an hour": 30, "an hour": 60, "one hour": 60, "an hour and a half": 90, "two hours": 120,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """What a form says; `form` holds what was typed, with each problem and remark."""

    form: Form
    topic: str = ""
    start: datetime | None = None  # aware, UTC; None where it could not be read
    minutes: int = 0
    people: tuple[str, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether it can be booked as it is."""
        return not self.form.problems and not self.form.remarks


def proposed(
    playbook: Playbook, case: Case, purpose: Purpose, at: datetime, day: date | None
) -> Form:
    """The form as it is first shown: a good slot for its people, the topic, the agenda's length.

    `day` is that of the ping it belongs to; it counts as long as it is ahead.
    """
    around = case.surroundings or Surroundings()
    theirs = purpose in WITH_CUSTOMER and around.zone
    zone, code = (around.zone, around.calendar) if theirs else (case.zone, case.calendar)
    start = times.good_slot(at + AHEAD[purpose], zone, code)
    if day is not None and day > start.astimezone(ZoneInfo(case.zone)).date():
        before = datetime.combine(day, time(0), tzinfo=ZoneInfo(zone or "UTC"))
        start = times.good_slot(before, zone, code)
    local = start.astimezone(ZoneInfo(case.zone))
    language = customer_language(case) if purpose in WITH_CUSTOMER else case.language
    project = " ".join(text_of(case, "project").split()) or "…"
    agenda = next((a for a in playbook.agendas if a.id == purpose), None)
    minutes = sum(p.minutes for p in agenda.parts) if agenda else 0
    return Form(
        topic=TOPIC[purpose].fill(project=project).to(language)[:LINE_LIMIT],
        day=local.date().isoformat(),
        time=f"{local:%H:%M}",
        minutes=str(minutes or LENGTH[purpose]),
        people=", ".join(case.to) if purpose in WITH_CUSTOMER else "",
    )


def of_meeting(case: Case, meeting: Meeting) -> Form:
    """The form for another time of a meeting, or to change what could not be booked."""
    local = (meeting.start or case.touched_at).astimezone(ZoneInfo(case.zone))
    return Form(
        meeting.topic,
        local.date().isoformat(),
        f"{local:%H:%M}",
        str(meeting.minutes),
        ", ".join(meeting.people),
    )


def read(case: Case, meeting: Meeting, boxes: Mapping[FieldId, Filled], at: datetime) -> Planned:
    """What the boxes say. A box that is not there stands as it was shown."""
    shown = meeting.form or of_meeting(case, meeting)
    form = Form(
        topic=_box(boxes, "topic", shown.topic),
        day=_box(boxes, "day", shown.day),
        time=_box(boxes, "time", shown.time),
        minutes=_box(boxes, "minutes", shown.minutes),
        people=_box(boxes, "people", shown.people),
    )
    topic = " ".join(cleaned(form.topic).split())[:LINE_LIMIT]
    people = addresses.split(cleaned(form.people))
    day, clock, minutes = _day(case, form.day, at), _clock(form.time), _minutes(form.minutes)
    start = _moment(day, clock, case.zone) if day is not None and clock is not None else None
    found = {
        "topic": None if topic else MEET.no_topic,
        "day": None if day is not None else MEET.no_day,
        "time": MEET.no_time if clock is None else MEET.past if start and start <= at else None,
        "minutes": None if minutes else MEET.no_minutes,
        "people": addresses.problem(people) if people else None,
    }
    problems = {name: why for name, why in found.items() if why is not None}
    form = replace(form, problems=problems)
    if problems or start is None:
        return Planned(form)
    remarks = () if shown.warned_of == start else tuple(remarked(case, meeting.purpose, start))
    form = replace(form, remarks=remarks, warned_of=start if remarks else shown.warned_of)
    return Planned(form, topic, start, minutes, people)


def remarked(case: Case, purpose: Purpose, start: datetime) -> Iterator[Text]:
    """What speaks against a moment: no working day, or outside of the hours, here or there."""
    local = start.astimezone(ZoneInfo(case.zone))
    if not working_calendar(case).is_working(local.date()):
        yield MEET.day_off.fill(day=both(local.date()))
    if not _at_work(local):
        yield MEET.outside.fill(time=f"{local:%H:%M}")
    around = case.surroundings
    if purpose not in WITH_CUSTOMER or around is None or not around.zone:
        return
    there = start.astimezone(ZoneInfo(around.zone))
    name = text_of(case, "customer")
    customer = same(name) if name else NO_CUSTOMER
    elsewhere = there.utcoffset() != local.utcoffset()
    if around.calendar and not _days(around.calendar).is_working(there.date()):
        yield MEET.their_day_off.fill(day=both(there.date()), customer=customer)
    if elsewhere and not _at_work(there):
        yield MEET.their_outside.fill(customer=customer, time=f"{there:%H:%M}")


def shifted(case: Case, start: datetime, days: int) -> datetime:
    """The same time of day so many days on, or on the next working day after that."""
    local = start.astimezone(ZoneInfo(case.zone))
    day, calendar_ = local.date() + timedelta(days=days), working_calendar(case)
    if not calendar_.is_working(day):
        day = calendar_.add(day, 1)
    return _moment(day, local.time(), case.zone)


def remarks_of(form: Form) -> Text | None:
    """The remarks as one hint; None where there is none."""
    if not form.remarks:
        return None
    said = Text(en=" ".join(r.en for r in form.remarks), zh="".join(r.zh for r in form.remarks))
    return MEET.remark.fill(remarks=said)


def _at_work(local: datetime) -> bool:
    return times.OPENS <= local.time() < times.CLOSES


def _days(code: str) -> Calendar:
    try:
        return calendar(code)
    except UnknownCalendar:
        return calendar("none")


def _box(boxes: Mapping[FieldId, Filled], name: str, shown: str) -> str:
    found = boxes.get(FieldId(name), shown)
    return found[: LINE_LIMIT * 4] if isinstance(found, str) else shown


def _day(case: Case, text: str, at: datetime) -> date | None:
    """The first day from today on that the words name."""
    today = local_day(case, at)
    found = dates.scan(cleaned(text), today=today, calendar=working_calendar(case))
    return next((r.day for m in found for r in m.readings if r.day >= today), None)


def _clock(text: str) -> time | None:
    """A time of day, such as "14:30", "2 pm" or 下午2点半; 4点 is said of the afternoon, as people do."""
    found = _CLOCK.fullmatch(cleaned(text))
    if found is None:
        return None
    hour, minute = int(found["hour"]), found["minute"] or "0"
    spoken = found["half"] is None and "点" in found[0] and 1 <= hour <= _LATEST_SAID
    late = (
        found["half"] in ("下午", "晚上") or (found["pm"] or "").lower().startswith("p") or spoken
    )
    early = (found["pm"] or "").lower().startswith("a")
    if found["pm"] and not 1 <= hour <= 12:
        return None
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    minutes = 30 if minute == "半" else int(minute)
    return time(hour, minutes) if hour < 24 and minutes < 60 else None


def _minutes(text: str) -> int:
    """Whole minutes; 0 where they are none that a meeting can have."""
    word = cleaned(text).lower()
    number, found = _LENGTHS.get(word.replace("个", ""), 0), _LENGTH.fullmatch(word)
    if found is not None:
        number = int(float(found["count"]) * (60 if found["hours"] else 1))
    return number if SHORTEST <= number <= LONGEST else 0


def _moment(day: date, clock: time, zone: str) -> datetime:
    """That moment there, in UTC; one that a clock change leaves out lies behind the gap."""
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)
