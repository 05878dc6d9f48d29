"""What a tracker has to say before it counts as a first sign, and where it differs from the answers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.reading.calendars import calendar
from bot.core.tracking.facts import Kind, Milestone, ProjectFacts, State, is_late, percent
from bot.core.tracking.tracked import Count, Followed, Origin, is_stale, read
from bot.core.tracking.warning import sign
from bot.core.words import same

TODAY = date(2026, 5, 18)  # a Monday
AT = datetime(2026, 5, 18, 1, 10, tzinfo=UTC)
DAYS = calendar("none")
PINGCODE = Origin("pingcode", same("PingCode"))


def facts(*milestones: Milestone) -> ProjectFacts:
    return ProjectFacts("pingcode", "TRM", "Tram depot", None, AT, milestones)


def stone(due: date | None, state: State = "planned", kind: Kind = "milestone") -> Milestone:
    return Milestone("m1", "Rig stands", kind, due, state=state)


def whole(due: date | None) -> Milestone:
    return Milestone("p", "Tram depot", "project", due, done=60, total=100, basis="items")


def followed(now: ProjectFacts, *past: Count) -> Followed:
    return Followed(PINGCODE, "p", "Tram depot", now, past=past)


def told(was: ProjectFacts | None, now: Followed) -> str:
    found = sign(was, now, today=TODAY, days=DAYS)
    return found[1].en if found else ""


def test_a_milestone_that_was_moved_later_is_a_sign() -> None:
    was, now = facts(stone(date(2026, 5, 20))), facts(stone(date(2026, 5, 27)))
    assert told(was, followed(now)) == (
        "PingCode now has “Rig stands” on Wed 27 May 2026; it was Wed 20 May 2026."
    )


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (date(2026, 5, 20), date(2026, 5, 20), "planned"),
        (date(2026, 5, 20), date(2026, 5, 19), "planned"),  # earlier
        (date(2026, 5, 20), date(2026, 5, 27), "done"),
        (None, date(2026, 5, 27), "planned"),
        (date(2026, 5, 20), None, "planned"),
    ],
)
def test_any_other_change_of_a_day_is_none(
    before: date | None, after: date | None, state: State
) -> None:
    assert told(facts(stone(before)), followed(facts(stone(after, state)))) == ""


def test_a_milestone_past_its_day_and_not_done_is_a_sign() -> None:
    now = facts(stone(date(2026, 5, 15)))
    assert told(None, followed(now)) == (
        "“Rig stands” was due on Fri 15 May 2026 in PingCode and is not done."
    )


@pytest.mark.parametrize(
    ("state", "kind"), [("done", "milestone"), ("active", "sprint"), ("unknown", "sprint")]
)
def test_what_is_done_and_a_sprint_that_ended_is_none(state: State, kind: Kind) -> None:
    assert told(None, followed(facts(stone(date(2026, 5, 15), state, kind)))) == ""


def test_work_that_does_not_fit_the_days_left_at_the_measured_pace_is_a_sign() -> None:
    past = Count(date(2026, 5, 4), 50, 100), Count(TODAY, 60, 100)
    now = followed(facts(whole(date(2026, 6, 30))), *past)
    assert told(None, now) == (
        "40 items are left in PingCode. At the pace of the last 10 working days (10 items) they "
        "need until Mon 13 Jul 2026; due is Tue 30 Jun 2026."
    )


@pytest.mark.parametrize(
    ("first", "due"),
    [
        (Count(date(2026, 5, 4), 50, 100), date(2026, 7, 13)),  # it fits
        (Count(date(2026, 5, 14), 59, 100), date(2026, 6, 30)),  # measured over too few days
        (Count(date(2026, 3, 2), 10, 100), date(2026, 6, 30)),  # over too many
        (Count(date(2026, 5, 4), 60, 100), date(2026, 6, 30)),  # without a pace
        (Count(date(2026, 5, 4), 50, 100), None),
    ],
)
def test_without_a_pace_or_with_room_there_is_none(first: Count, due: date | None) -> None:
    assert told(None, followed(facts(whole(due)), first, Count(TODAY, 60, 100))) == ""


def test_one_count_is_kept_for_a_day_and_only_counts_of_items() -> None:
    one = read(followed(facts(whole(None))), facts(whole(None)), AT, TODAY)
    again = read(one, facts(whole(None)), AT, TODAY)
    assert again.past == (Count(TODAY, 60, 100),)
    points = Milestone("p", "Tram depot", "project", done=3, total=9, basis="points")
    assert read(one, facts(points), AT, TODAY + timedelta(days=1)).past == one.past


def test_facts_are_stale_after_ten_minutes_unless_they_are_being_read() -> None:
    now = followed(facts(whole(None)))
    later = AT + timedelta(minutes=11)
    assert not is_stale(now, AT + timedelta(minutes=9))
    assert is_stale(now, later)
    assert not is_stale(Followed(PINGCODE, "p", "x", asked_at=later), later)


def test_all_is_a_hundred_only_when_all_is_done() -> None:
    assert percent(999, 1000) == 99
    assert percent(1000, 1000) == 100
    assert percent(0, 0) is None
    assert percent(None, 3) is None
    assert percent(4, 3) is None


def test_a_day_that_is_today_is_not_late() -> None:
    assert not is_late(TODAY, "planned", TODAY)
    assert not is_late(None, "planned", TODAY)
    assert is_late(TODAY - timedelta(days=1), "unknown", TODAY)
