"""When a person may be reminded: every rule as a table, and in general over zones and calendars."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.pings.manners import (
    LATER,
    SPREAD,
    Manners,
    Schedule,
    Snooze,
    allowed,
    next_moment,
    snoozed,
    snoozes,
    spread,
)

ZONES = [
    "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Europe/London", "America/New_York",
    "Asia/Shanghai", "America/St_Johns", "Pacific/Chatham", "UTC",
]  # fmt: skip
CODES = ["none", "CN", "GB", "US", "IN", "AE", "DE-BY"]
HALF_HOURS = [time(h, m) for h in range(24) for m in (0, 30)]


def at(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("zone", "code", "asked", "comes"),
    [
        ("Europe/London", "GB", "2026-03-02 10:00", "2026-03-02 10:00"),  # at work: at once
        ("Europe/London", "GB", "2026-03-02 07:00", "2026-03-02 09:00"),  # before work
        ("Europe/London", "GB", "2026-03-02 18:00", "2026-03-03 09:00"),  # work is over at six
        ("Europe/London", "GB", "2026-03-06 18:30", "2026-03-09 09:00"),  # over the weekend
        ("Europe/London", "GB", "2026-04-02 18:30", "2026-04-07 09:00"),  # over Easter
        ("Europe/London", "GB", "2026-03-27 19:00", "2026-03-30 09:00"),  # summer time begins
        ("Europe/London", "GB", "2026-10-23 19:00", "2026-10-26 09:00"),  # summer time ends
        ("Asia/Kolkata", "IN", "2026-01-25 12:00", "2026-01-27 09:00"),  # Republic Day
        ("Asia/Kathmandu", "none", "2026-03-02 08:59", "2026-03-02 09:00"),
        ("Asia/Shanghai", "CN", "2026-09-30 19:00", "2026-10-08 09:00"),  # the long holiday
        (
            "Asia/Shanghai",
            "CN",
            "2026-10-09 19:00",
            "2026-10-10 09:00",
        ),  # a Saturday that is worked
        ("Australia/Lord_Howe", "AU", "2026-04-03 12:00", "2026-04-07 09:00"),  # Easter and DST
    ],
)
def test_it_comes_at_work_on_a_working_day(zone: str, code: str, asked: str, comes: str) -> None:
    assert next_moment(Schedule(zone, code), at(asked, zone)) == at(comes, zone)


@pytest.mark.parametrize(
    ("quiet", "asked", "comes"),
    [
        ((time(12), time(14)), "2026-03-02 12:30", "2026-03-02 14:00"),
        ((time(12), time(14)), "2026-03-02 11:59", "2026-03-02 11:59"),
        ((time(16), time(10)), "2026-03-02 16:00", "2026-03-03 10:00"),  # over midnight
        ((time(16), time(10)), "2026-03-02 09:30", "2026-03-02 10:00"),
        ((time(16), time(23)), "2026-03-06 17:00", "2026-03-09 09:00"),
    ],
)
def test_nothing_comes_in_quiet_hours(quiet: tuple[time, time], asked: str, comes: str) -> None:
    manners = Manners(quiet_from=quiet[0], quiet_until=quiet[1])
    schedule = Schedule("Europe/London", "GB", manners)
    assert next_moment(schedule, at(asked, "Europe/London")) == at(comes, "Europe/London")


def test_a_pause_holds_all_until_it_ends() -> None:
    until = at("2026-03-16 00:00", "Europe/London")
    schedule = Schedule("Europe/London", "GB", Manners(paused_until=until))
    now = at("2026-03-02 10:00", "Europe/London")
    assert not allowed(schedule, now)
    assert next_moment(schedule, now) == at("2026-03-16 09:00", "Europe/London")


@pytest.mark.parametrize(
    "settings",
    [
        {"work_from": time(18), "work_until": time(9)},
        {"work_from": time(9), "work_until": time(9)},
        {"quiet_from": time(8), "quiet_until": time(20)},
        {"quiet_from": time(18), "quiet_until": time(18), "work_from": time(18)},
    ],
)
def test_hours_in_which_nobody_can_be_reached_are_refused(settings: dict[str, time]) -> None:
    with pytest.raises(ValueError, match="hours"):
        Manners(**settings)  # type: ignore[arg-type]


def test_a_calendar_that_nobody_knows_counts_weekdays() -> None:
    saturday = at("2026-03-07 10:00", "Europe/London")
    monday = at("2026-03-09 09:00", "Europe/London")
    assert next_moment(Schedule("Europe/London", "XX"), saturday) == monday


FRIDAY, MONDAY = "2026-03-06 16:00", "2026-03-02 10:00"


@pytest.mark.parametrize(
    ("wish", "day", "now", "comes"),
    [
        ("later_today", None, MONDAY, "2026-03-02 13:00"),
        ("later_today", None, FRIDAY, "2026-03-09 09:00"),
        ("tomorrow", None, MONDAY, "2026-03-03 09:00"),
        ("tomorrow", None, FRIDAY, "2026-03-09 09:00"),
        ("next_working_day", None, FRIDAY, "2026-03-09 09:00"),
        ("date", date(2026, 3, 12), MONDAY, "2026-03-12 09:00"),
        ("date", date(2026, 3, 14), MONDAY, "2026-03-16 09:00"),  # a Saturday
        ("date", date(2026, 3, 2), MONDAY, None),  # today is no day to come
        ("date", None, MONDAY, None),
    ],
)
def test_a_snooze_ends_at_work(wish: Snooze, day: date | None, now: str, comes: str | None) -> None:
    schedule = Schedule("Europe/London", "GB")
    found = snoozed(schedule, wish, at(now, "Europe/London"), day=day)
    assert found == (at(comes, "Europe/London") if comes else None)


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (MONDAY, ("later_today", "tomorrow", "date")),
        ("2026-03-02 16:30", ("tomorrow", "date")),
        (FRIDAY, ("next_working_day", "date")),
        ("2026-03-06 09:30", ("later_today", "next_working_day", "date")),
    ],
)
def test_only_snoozes_that_mean_something_are_offered(now: str, offered: tuple[Snooze]) -> None:
    assert snoozes(Schedule("Europe/London", "GB"), at(now, "Europe/London")) == offered


def test_a_team_is_not_reminded_in_one_second() -> None:
    schedule = Schedule("Europe/London", "GB")
    nine = at("2026-03-02 09:00", "Europe/London")
    moments = {spread(schedule, nine, f"case-{n}") for n in range(50)}
    assert len(moments) > 20
    assert all(nine <= m < nine + SPREAD for m in moments)


def test_the_spread_does_not_reach_into_quiet_hours() -> None:
    schedule = Schedule("Europe/London", "GB")
    late = at("2026-03-02 17:59:59", "Europe/London")
    assert {spread(schedule, late, f"case-{n}") for n in range(1, 99)} == {late}


INSTANTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
EDGES = st.sampled_from(
    [  # hours in which a clock is changed, in UTC
        datetime(2026, 3, 29, 1, tzinfo=UTC),  # London forward
        datetime(2026, 10, 25, 1, tzinfo=UTC),  # and back
        datetime(2026, 4, 4, 15, tzinfo=UTC),  # Lord Howe back, by half an hour
        datetime(2026, 10, 3, 15, 30, tzinfo=UTC),  # and forward
        datetime(2026, 3, 8, 7, tzinfo=UTC),  # New York forward
        datetime(2026, 11, 1, 6, tzinfo=UTC),  # and back
    ]
).flatmap(lambda edge: st.integers(-40 * 60, 40 * 60).map(lambda m: edge + timedelta(minutes=m)))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Any zone and calendar, any hours in which somebody can be reached."""
    begins, ends = sorted(draw(st.lists(st.sampled_from(HALF_HOURS), min_size=2, unique=True))[:2])
    quiet = draw(st.none() | st.tuples(st.sampled_from(HALF_HOURS), st.sampled_from(HALF_HOURS)))
    paused, away = draw(st.none() | INSTANTS), draw(st.none() | INSTANTS)
    quiet_from, quiet_until = quiet or (None, None)
    try:
        manners = Manners(begins, ends, quiet_from, quiet_until, paused, away_until=away)
    except ValueError:
        manners = Manners(begins, ends, paused_until=paused)
    return Schedule(draw(st.sampled_from(ZONES)), draw(st.sampled_from(CODES)), manners)


@given(schedules(), INSTANTS | EDGES)
def test_never_early_never_in_quiet_hours_never_lost(schedule: Schedule, now: datetime) -> None:
    comes = next_moment(schedule, now)
    local = comes.astimezone(schedule.place)
    assert comes >= now
    assert schedule.manners.is_work(local.time())
    assert not schedule.manners.is_quiet(local.time())
    assert schedule.days.is_working(local.date())
    absences = (schedule.manners.paused_until, schedule.manners.away_until)
    assert all(comes >= until for until in absences if until is not None)
    assert next_moment(schedule, comes) == comes


@given(schedules(), INSTANTS | EDGES, st.integers(0, 30))
def test_no_moment_before_it_would_have_done(
    schedule: Schedule, now: datetime, minutes: int
) -> None:
    comes = next_moment(schedule, now)
    between = now + timedelta(minutes=30 * minutes + 7)
    assert between >= comes or not allowed(schedule, between) or _at_a_gap(schedule, comes)


def _at_a_gap(schedule: Schedule, comes: datetime) -> bool:
    """Whether hours begin at a time that the clock leaves out; then it comes when they are shown."""
    place = schedule.place
    before = (comes - timedelta(hours=3)).astimezone(place).utcoffset()
    return before != comes.astimezone(place).utcoffset()


@given(schedules(), INSTANTS | EDGES, st.text(max_size=8))
def test_a_spread_or_snoozed_moment_is_one_that_is_allowed(
    schedule: Schedule, now: datetime, key: str
) -> None:
    comes = next_moment(schedule, now)
    assert comes <= spread(schedule, comes, key) < comes + SPREAD
    assert allowed(schedule, spread(schedule, comes, key))
    for wish in snoozes(schedule, now):
        day = schedule.day(now) + timedelta(days=3)
        again = snoozed(schedule, wish, now, day=day)
        assert again is not None
        assert again > now
        assert allowed(schedule, again)
        assert wish != "later_today" or again >= now + LATER
