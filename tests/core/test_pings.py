"""What falls due when, how often it is asked, and what ends it: pure, with a given instant."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import playbooks as content
from bot.core.pings.due import ASKS, Anchored, Fallen, fall, laid, lay, renewed, settles
from bot.core.pings.kinds import (
    Anchor,
    PingKind,
    PingPlan,
    Severity,
    gap,
    problems,
)
from bot.core.pings.manners import Manners, Schedule, allowed
from bot.core.pings.reminder import Key, Reminder, key_in, name_of
from bot.core.words import Text, same
from tests.core.test_manners import EDGES, INSTANTS, schedules

UK = Schedule("Europe/London", "GB")
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)  # a Monday
KIND = PingKind("check", "milestone", same("{what}?"), ("done", "snooze"))


@cache
def plan() -> PingPlan:
    """The one that ships."""
    return content.load_all(thorough=False)["delivery_delay"].pings


def anchored(day: date, *, anchor: Anchor = "milestone") -> Anchored:
    return Anchored(anchor, day, what="Seals", number=1)


@pytest.mark.parametrize(
    ("changes", "day", "due"),
    [
        ({}, "2026-03-12", "2026-03-12 09:00"),
        ({"at": time(16)}, "2026-03-12", "2026-03-12 16:00"),
        ({"working_days": -2}, "2026-03-12", "2026-03-10 09:00"),
        ({"working_days": -2}, "2026-03-16", "2026-03-12 09:00"),  # over a weekend
        ({"working_days": -2}, "2026-04-08", "2026-04-02 08:00"),  # over Easter, in summer time
        ({"working_days": 3}, "2026-03-12", "2026-03-17 09:00"),
        ({}, "2026-03-14", "2026-03-16 09:00"),  # a Saturday: the Monday after
        ({"roll": "back"}, "2026-03-14", "2026-03-13 09:00"),  # or the Friday before
        ({"at": time(20)}, "2026-03-12", "2026-03-13 09:00"),  # after work: the next morning
        ({"working_days": -2}, "2026-03-03", "2026-03-02 10:00"),  # late, and still of use: now
    ],
)
def test_a_ping_falls_due_by_its_anchor(changes: Mapping[str, object], day: str, due: str) -> None:
    kind = replace(KIND, **changes)  # type: ignore[arg-type]
    found = lay(kind, NOW, anchored(date.fromisoformat(day)), UK, who="anna")
    wanted = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert found.state == "laid"
    assert wanted <= found.due < wanted + timedelta(minutes=10)


def test_what_is_long_past_is_not_asked() -> None:
    found = lay(KIND, NOW, anchored(date(2026, 2, 20)), UK, who="anna")
    assert found.state == "lapsed"


def test_a_pause_keeps_what_fell_due_in_it() -> None:
    paused = replace(UK, manners=Manners(paused_until=datetime(2026, 3, 30, tzinfo=UTC)))
    found = lay(KIND, NOW, anchored(date(2026, 3, 12)), paused, who="anna")
    assert found.state == "laid"
    assert found.due.date() == date(2026, 3, 30)


@pytest.mark.parametrize(
    ("severity", "met", "missed", "days"),
    [
        ("low", 0, False, 14),
        ("medium", 0, False, 7),
        ("high", 0, False, 4),
        ("critical", 0, False, 2),
        ("medium", 1, False, 7),  # one in a row is not two
        ("medium", 2, False, 14),
        ("low", 5, False, 14),  # never slower than the slowest
        ("medium", 0, True, 4),
        ("critical", 0, True, 2),
        ("high", 3, True, 2),  # a missed one outweighs
    ],
)
def test_the_gap_between_updates_follows_severity_and_milestones(
    severity: Severity, met: int, missed: bool, days: int
) -> None:
    assert gap(plan(), severity, met=met, missed=missed) == days


def test_without_gaps_an_update_is_due_every_week() -> None:
    assert gap(PingPlan(), "high") == 7


def asked(reminder: Reminder, *, at: datetime, schedule: Schedule = UK) -> Fallen:
    return fall(KIND, reminder, schedule, at, who="anna")


def reminder() -> Reminder:
    return lay(KIND, NOW, anchored(date(2026, 3, 12)), UK, who="anna")


def test_two_unanswered_then_the_lead_once_then_silence() -> None:
    told: list[str] = []
    now = reminder()
    for _ in range(6):
        fallen = asked(now, at=now.due)
        told.append(fallen.tell)
        now = fallen.reminder
    assert told == ["person", "person", "lead", "nobody", "nobody", "nobody"]
    assert now.state == "parked"
    assert len(now.asked) == ASKS


def test_it_is_asked_again_on_the_next_working_day() -> None:
    friday = lay(KIND, NOW, anchored(date(2026, 3, 13)), UK, who="anna")
    again = asked(friday, at=friday.due).reminder
    assert again.due.date() == date(2026, 3, 16)


@pytest.mark.parametrize("state", ["answered", "stopped", "parked", "lapsed"])
def test_what_is_settled_is_not_asked(state: str) -> None:
    settled = replace(reminder(), state=state)  # type: ignore[arg-type]
    assert asked(settled, at=settled.due + timedelta(days=9)) == Fallen(settled)


def test_what_is_not_due_yet_is_not_asked() -> None:
    early = reminder()
    assert asked(early, at=early.due - timedelta(seconds=1)) == Fallen(early)


def test_after_a_long_time_down_what_helps_no_more_lapses() -> None:
    late = reminder()
    fallen = asked(late, at=late.due + timedelta(days=20))
    assert (fallen.tell, fallen.reminder.state) == ("nobody", "lapsed")
    assert asked(late, at=late.due + timedelta(days=5)).tell == "person"


@pytest.mark.parametrize(
    ("level", "of", "tell"),
    [
        ("standard", "standard", "person"),
        ("light", "standard", "nobody"),
        ("light", "light", "person"),
        ("off", "light", "nobody"),
    ],
)
def test_who_wants_few_pings_gets_few(level: str, of: str, tell: str) -> None:
    schedule = replace(UK, manners=Manners(level=level))  # type: ignore[arg-type]
    kind = replace(KIND, level=of)  # type: ignore[arg-type]
    due = reminder()
    fallen = fall(kind, due, schedule, due.due, who="anna")
    assert fallen.tell == tell
    assert (fallen.reminder.state == "parked") == (tell == "nobody")  # it stands on the Home page


def test_nobody_is_asked_what_they_just_said() -> None:
    check = replace(reminder(), state="answered", answer="on_track")
    reached = replace(reminder(), kind="reached", due=NOW + timedelta(hours=20))
    assert settles(check, NOW, reached)
    assert not settles(check, NOW, replace(reached, due=NOW + timedelta(days=3)))
    assert settles(replace(check, answer="done"), NOW, replace(reached, due=NOW + timedelta(9)))
    assert not settles(check, NOW, replace(reached, number=2))
    assert not settles(check, NOW, replace(reached, state="answered"))
    assert not settles(check, NOW, check)


def test_what_waits_on_home_is_spared_by_a_word_that_it_is_done() -> None:
    done = replace(reminder(), state="answered", answer="done")
    reached = replace(reminder(), kind="reached", state="parked")
    assert settles(done, NOW, reached)
    assert not settles(replace(done, answer="on_track"), NOW, reached)


def test_a_moved_anchor_takes_its_pings_along() -> None:
    old = reminder()
    moved = lay(KIND, NOW, anchored(date(2026, 3, 19)), UK, who="anna")
    other = replace(old, anchor="new_date", kind="other")
    standing = {old.key: old, other.key: other}
    assert renewed(standing, [moved], ["milestone"]) == {old.key: moved, other.key: other}
    gone = renewed(standing, [], ["milestone"])
    assert (gone[old.key].state, gone[other.key].state) == ("lapsed", "laid")


@pytest.mark.parametrize("state", ["asked", "answered", "parked"])
def test_a_ping_for_the_same_day_is_not_laid_twice(state: str) -> None:
    old = replace(reminder(), state=state)  # type: ignore[arg-type]
    assert renewed({old.key: old}, [reminder()], ["milestone"]) == {old.key: old}


def test_never_means_never_also_for_another_day() -> None:
    old = replace(reminder(), state="stopped", reason="They call us.")
    moved = lay(KIND, NOW, anchored(date(2026, 3, 19)), UK, who="anna")
    assert renewed({old.key: old}, [moved], ["milestone"]) == {old.key: old}


def test_only_kinds_of_the_severity_are_laid() -> None:
    high = PingPlan((replace(KIND, severity=("high",)), replace(KIND, id="all")))
    on = [anchored(date(2026, 3, 12))]
    assert [r.kind for r in laid(high, on, UK, at=NOW, who="anna", severity="low")] == ["all"]
    assert len(laid(high, on, UK, at=NOW, who="anna", severity="high")) == 2


def test_the_plan_that_ships_knows_every_anchor() -> None:
    on = [Anchored(anchor, date(2026, 3, 20)) for anchor in {kind.anchor for kind in plan().pings}]
    found = laid(plan(), on, UK, at=NOW, who="anna")
    assert {r.kind for r in found} == {kind.id for kind in plan().pings}
    assert [r.due for r in found] == sorted(r.due for r in found)


def test_a_name_in_the_store_leads_back_to_its_ping() -> None:
    key = reminder().key
    assert key_in(name_of(key)) == key == Key("check/1")
    assert key_in("nudge") is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "a/b"}, "slash"),
        ({"buttons": ()}, "at least one button"),
        ({"again": 0}, "from 1 on"),
        ({"text": Text(en="{who}?", zh="?")}, "{who}"),
        ({"text": Text(en="fine", zh="{")}, "{…}"),
    ],
)
def test_a_slip_in_a_ping_is_named(changes: Mapping[str, object], said: str) -> None:
    (problem,) = problems(PingPlan((replace(KIND, **changes),)))  # type: ignore[arg-type]
    assert said in problem


def test_a_gap_of_no_days_and_a_ping_that_stands_twice_are_named() -> None:
    found = list(problems(PingPlan((KIND, KIND), {"low": 0})))
    assert ["stands twice" in p or "low is 0" in p for p in found] == [True, True]


@given(schedules(), INSTANTS | EDGES, st.integers(-30, 60), st.integers(-5, 10))
def test_a_ping_is_never_early_and_never_in_quiet_hours(
    schedule: Schedule, now: datetime, ahead: int, offset: int
) -> None:
    kind = replace(KIND, working_days=offset)
    day = schedule.day(now) + timedelta(days=ahead)
    found = lay(kind, now, anchored(day), schedule, who="anna")
    earliest = schedule.days.add(day, offset) if offset else day
    assert found.state == "lapsed" or allowed(schedule, found.due)
    assert found.state == "lapsed" or found.due >= now
    assert schedule.day(found.due) >= earliest


@given(schedules(), INSTANTS | EDGES, st.lists(st.integers(0, 200), max_size=12))
def test_a_ping_is_asked_twice_at_most_and_always_ends(
    schedule: Schedule, now: datetime, waits: list[int]
) -> None:
    """However late the alarms ring, in whatever order: never twice at once, never lost."""
    one = lay(KIND, now, anchored(schedule.day(now) + timedelta(days=4)), schedule, who="anna")
    told: list[str] = []
    at = now
    for hours in [*waits, 10_000, 10_000, 10_000, 10_000]:
        at += timedelta(hours=hours)
        fallen = fall(KIND, one, schedule, at, who="anna")
        assert fallen.tell == "nobody" or at >= one.due
        told += [fallen.tell] if fallen.tell != "nobody" else []
        one = fallen.reminder
    assert not one.is_open
    assert told in ([], ["person", "person", "lead"])
