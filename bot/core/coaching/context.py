"""What is known of a case when a text is coached: one value, every key may be missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.reading import dates
from bot.core.reading.calendars import WEEKENDS_ONLY, Calendar, UnknownCalendar, calendar

_PROSE = ("cause", "status", "impact", "date_basis", "next_update", "what_changed", "sender",
          "customer", "project", "customer_deadline_what")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """Fields of an answer or facts of a draft; None and empty mean "not known".

    Days are person-days, percents are hundredths. A calendar nobody knows counts as weekends only.
    """

    today: date | None = None
    original_date: date | None = None
    new_date: date | None = None
    date_known_by: date | None = None
    aware_date: date | None = None
    contract_notice_days: int | None = None
    previous_slips: int | None = None
    percent_done: float | None = None
    spent_days: float | None = None
    remaining_days: float | None = None
    people: float | None = None
    confidence: str | None = None
    customer_deadline: date | None = None
    customer_deadline_what: str | None = None
    remedy_approved: bool | None = None
    remedy_percent: float | None = None
    remedy_limit_percent: float | None = None
    severity: str | None = None
    calendar: str | None = None
    audience: str | None = None
    cause: str | None = None
    cause_party: str | None = None
    status: str | None = None
    impact: str | None = None
    date_basis: str | None = None
    options: tuple[str, ...] = ()
    ask: str | None = None
    ask_by: date | None = None
    remedy: str | None = None
    remedy_granted: bool = False  # the remedy in the facts is approved
    what_changed: str | None = None
    next_update: str | None = None
    sender: str | None = None
    customer: str | None = None
    project: str | None = None
    internal_only: tuple[str, ...] = ()
    weekend_ok: bool = False
    told: tuple[str, ...] = ()  # what else may stand in a draft: the assembled one, in the product

    @property
    def working(self) -> Calendar:
        """The case's calendar; weekends only where none is known."""
        return _working(self.calendar or WEEKENDS_ONLY)

    @property
    def slip(self) -> int | None:
        """Working days from the original to the new date."""
        if self.original_date is None or self.new_date is None:
            return None
        return self.working.between(self.original_date, self.new_date)

    @property
    def days(self) -> frozenset[date]:
        """Every date that was given as a field of its own."""
        given = (
            self.today, self.original_date, self.new_date, self.date_known_by, self.aware_date,
            self.customer_deadline, self.ask_by,
        )  # fmt: skip
        return frozenset(day for day in given if day is not None)

    @property
    def prose(self) -> tuple[str, ...]:
        """Every text that was given."""
        single = (getattr(self, name) for name in _PROSE)
        several = (*self.options, self.ask, self.remedy)
        return tuple(text for text in (*single, *several) if text)


@lru_cache(maxsize=256)
def _working(code: str) -> Calendar:
    try:
        return calendar(code)
    except UnknownCalendar:
        return calendar(WEEKENDS_ONLY)


def context_of(given: Mapping[str, object]) -> Context:
    """The context in a mapping of the rubric's keys; a value of the wrong kind counts as missing.

    Days are read as ISO dates, or as people write them from the first ISO date that is given.
    """
    get, day = given.get, _reader(given)
    return Context(
        today=day(get("today")),
        original_date=day(get("original_date")),
        new_date=day(get("new_date")),
        date_known_by=day(get("date_known_by")),
        aware_date=day(get("aware_date")),
        customer_deadline=day(get("customer_deadline")),
        contract_notice_days=_whole(get("contract_notice_days")),
        previous_slips=_whole(get("previous_slips")),
        percent_done=_number(get("percent_done")),
        spent_days=_number(get("spent_days")),
        remaining_days=_number(get("remaining_days")),
        people=_number(get("people")),
        remedy_percent=_number(get("remedy_percent")),
        remedy_limit_percent=_number(get("remedy_limit_percent")),
        confidence=_text(get("confidence")),
        customer_deadline_what=_text(get("customer_deadline_what")),
        severity=_text(get("severity")),
        calendar=_text(get("calendar")),
        audience=_text(get("audience")),
        cause=_text(get("cause")),
        cause_party=_text(get("cause_party")),
        status=_text(get("status")),
        impact=_text(get("impact")),
        date_basis=_text(get("date_basis")),
        what_changed=_text(get("what_changed")),
        next_update=_text(get("next_update")),
        sender=_text(get("sender")),
        customer=_text(get("customer")),
        project=_text(get("project")),
        remedy_approved=_truth(get("remedy_approved")),
        options=_options(get("options")),
        ask=_named(get("ask"), "what"),
        ask_by=day(_inside(get("ask"), "by")),
        remedy=_named(get("remedy"), "what"),
        remedy_granted=_truth(_inside(get("remedy"), "approved")) is True,
        internal_only=_options(get("internal_only")),
        weekend_ok=_truth(get("weekend_ok")) is True,
    )


def _reader(given: Mapping[str, object]) -> Callable[[object], date | None]:
    """Reads a day as these facts write theirs: what has no year is seen from their first ISO date."""
    iso = (_iso(given.get(key)) for key in ("today", "original_date", "new_date"))
    seen_from = next((day for day in iso if day is not None), None)
    return lambda value: _iso(value) or _written(value, seen_from)


def _iso(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _written(value: object, today: date | None) -> date | None:
    """The day that a text means: "9 July", 7月9日, or the only one in "noon on 9 July"."""
    if today is None or not isinstance(value, str):
        return None
    mentioned = dates.scan(value, today=today, calendar=calendar(WEEKENDS_ONLY))
    readings = mentioned[0].readings if len(mentioned) == 1 else ()
    return readings[0].day if readings else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 1e9 else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None or not -10_000 < number < 10_000 else int(number)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _inside(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None


def _named(value: object, key: str) -> str | None:
    return _text(_inside(value, key)) or _text(value)


def _options(value: object) -> tuple[str, ...]:
    """Texts in a list; an option may also be a mapping, whose texts are joined."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if not isinstance(value, Sequence):
        return ()
    joined = (
        "; ".join(str(v) for v in item.values() if v is not None)
        if isinstance(item, Mapping)
        else item
        for item in value
    )
    return tuple(item for item in joined if isinstance(item, str) and item.strip())
