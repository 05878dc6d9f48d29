"""What somebody settles for themselves: one form, read whole, and what it does to an open case."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from bot.core import settling
from bot.core.approving.release import Colleague
from bot.core.cards.blocks import Box, Card, Form
from bot.core.effects import SetPing, Show
from bot.core.events import Raw, SettingsChanged
from bot.core.person import Person
from bot.core.pings.manners import Manners, Schedule, allowed, carried
from bot.core.words import FieldId, PersonId, TenantId
from tests.core.followed import Followed
from tests.core.talk import Talk
from tests.core.test_manners import INSTANTS, schedules

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)  # a Monday
ANNA = Person(PersonId("anna"), TenantId("t"), "en", "Europe/London", "GB")


def boxes(card: Card) -> dict[str, Box]:
    form = next(b for b in card.blocks if isinstance(b, Form))
    return {box.field: box for box in form.boxes}


def given_(**words: Raw) -> Mapping[FieldId, Raw]:
    return {FieldId(name): value for name, value in words.items()}


def settled(person: Person, **words: Raw) -> Person:
    after, problems = settling.settled(person, given_(**words), at=AT, named=named)
    assert problems == {}
    return after


def refused(person: Person, **words: Raw) -> set[str]:
    return set(settling.settled(person, given_(**words), at=AT, named=named)[1])


def named(name: str) -> Colleague | None:
    """Whom the words name: Omar, or Anna herself."""
    known = {"omar": ("omar", "Omar Haddad"), "Anna Berg": ("anna", "Anna Berg")}
    id_, called = known.get(name, ("", ""))
    return Colleague(PersonId(id_), called) if id_ else None


def test_the_form_shows_what_is_settled_now() -> None:
    until = datetime(2026, 12, 7, tzinfo=UTC)
    person = replace(
        ANNA, zone_known=True, manners=Manners(time(8, 30), time(17), time(12), time(13), until)
    )
    shown = {name: box.value for name, box in boxes(settling.card(person, at=AT)).items()}
    assert shown == {
        "language": "en",
        "zone": "Europe/London",
        "calendar": "GB",
        "work": "08:30-17:00",
        "quiet": "12:00-13:00",
        "level": "standard",
        "never": "",
        "digests": "both",
        "paused": "2026-12-07",
        "lead": "",
        "deputy": "",
    }


def test_a_form_that_is_sent_as_it_stands_changes_nothing_but_that_the_zone_is_known() -> None:
    person = replace(ANNA, manners=Manners(quiet_from=time(12), quiet_until=time(13)))
    standing = {name: box.value for name, box in boxes(settling.card(person, at=AT)).items()}
    after, problems = settling.settled(person, given_(**standing), at=AT)
    assert (after, problems) == (replace(person, zone_known=True), {})


def test_all_of_it_is_taken_at_once() -> None:
    after = settled(
        ANNA, language="zh", zone="上海", calendar="CN", work="8:30 - 17:00", quiet="12-13:30",
        level="light", paused="2026-12-01",
    )  # fmt: skip
    assert (after.language, after.zone, after.calendar) == ("zh", "Asia/Shanghai", "CN")
    manners = after.manners
    assert (manners.work_from, manners.work_until) == (time(8, 30), time(17))
    assert (manners.quiet_from, manners.quiet_until) == (time(12), time(13, 30))
    assert manners.level == "light"
    assert manners.paused_until == datetime(2026, 11, 30, 16, tzinfo=UTC)


def test_what_is_left_empty_is_taken_back_and_what_is_left_out_stays() -> None:
    until = datetime(2026, 12, 7, tzinfo=UTC)
    person = replace(ANNA, manners=Manners(time(8), time(17), time(12), time(13), until))
    assert settled(person, level="light").manners == replace(person.manners, level="light")
    after = settled(person, quiet="", paused="").manners
    assert (after.quiet_from, after.quiet_until, after.paused_until) == (None, None, None)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("language", "fr"),
        ("zone", "Mars"),
        ("zone", ""),
        ("calendar", "XX"),
        ("work", "late"),
        ("work", "18:00-9:00"),
        ("work", ""),
        ("quiet", "lunch"),
        ("quiet", "12:00-12:00"),
        ("quiet", "25-26"),
        ("quiet", "0:00-23:59"),
        ("level", "many"),
        ("digests", "hourly"),
        ("lead", "Nobody Known"),
        ("deputy", "Anna Berg"),
        ("paused", "never"),
        ("paused", "2026-11-22"),
        ("paused", "2028-01-01"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_box_and_nothing_changes(
    field: str, words: str
) -> None:
    assert refused(ANNA, **{"language": "zh", field: words}) == {field}


@pytest.mark.parametrize(
    ("overview", "morning", "weekly"),
    [
        ("both", True, True),
        ("day", True, False),
        ("week", False, True),
        ("none", False, False),
    ],
)
def test_the_digests_come_as_they_are_wished_for(
    overview: str, morning: bool, weekly: bool
) -> None:
    after = settled(ANNA, digests=overview)
    assert (after.manners.morning, after.manners.weekly) == (morning, weekly)
    assert boxes(settling.card(after, at=AT))["digests"].value == overview


def test_a_lead_and_a_deputy_are_found_by_their_name_and_taken_back_when_emptied() -> None:
    after = settled(ANNA, lead="omar", deputy=" omar ")
    assert (after.manners.lead, after.manners.lead_name) == ("omar", "Omar Haddad")
    assert (after.manners.deputy, after.manners.deputy_name) == ("omar", "Omar Haddad")
    shown = boxes(settling.card(after, at=AT))
    assert (shown["lead"].value, shown["deputy"].value) == ("Omar Haddad", "Omar Haddad")
    assert settled(after, lead="Omar Haddad") == after  # as it stands; nobody has to be found
    gone = settled(after, lead="", deputy="").manners
    assert (gone.lead, gone.lead_name, gone.deputy, gone.deputy_name) == (None, "", None, "")


def test_what_was_written_stays_in_the_form_that_comes_back() -> None:
    given_words = given_(zone="Mars", work="8-16")
    card = settling.card(ANNA, at=AT, standing=given_words, problems={"zone": settling.SETTINGS})
    shown = boxes(card)
    assert (shown["zone"].value, shown["work"].value) == ("Mars", "8-16")
    assert shown["zone"].problem is not None
    assert shown["work"].problem is None


def test_a_calendar_that_is_in_no_list_stays_what_it_is() -> None:
    person = replace(ANNA, calendar="DE-BY")
    assert "DE-BY" in [o.id for o in boxes(settling.card(person, at=AT))["calendar"].options]
    assert settled(person, calendar="DE-BY").calendar == "DE-BY"


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("port of spain", "America/Port_of_Spain"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("北京时间", "Asia/Shanghai"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_has_many_names(words: str, zone: str) -> None:
    assert settled(ANNA, zone=words).zone == zone


def changed(case_of: Talk | Followed, zone: str, calendar: str) -> SettingsChanged:
    return SettingsChanged(case_of.stamp(), "zh", zone, calendar)


def test_an_open_case_takes_over_what_was_settled_and_shows_itself_anew() -> None:
    talk = Talk().type("Depot")
    touched = talk.case.touched_at
    talk.give(changed(talk, "Asia/Shanghai", "CN"))
    assert (talk.case.language, talk.case.zone, talk.case.calendar) == (
        "zh",
        "Asia/Shanghai",
        "CN",
    )
    assert [e.slot for e in talk.effects if isinstance(e, Show)] == ["live:2"]
    assert (talk.case.touched_at, talk.case.nudges) == (touched, 0)


def test_what_is_the_same_changes_nothing() -> None:
    talk = Talk().type("Depot")
    event = SettingsChanged(talk.stamp(), talk.case.language, talk.case.zone, talk.case.calendar)
    before = talk.case
    talk.give(event)
    assert talk.case is before


def test_what_is_to_come_comes_at_the_same_time_of_day_by_the_new_clock() -> None:
    followed = Followed().tell()
    before = {key: r.due for key, r in followed.case.reminders.items() if r.is_open}
    followed.give(changed(followed, "America/New_York", "GB"))
    later = {e.kind: e.due for e in followed.effects if isinstance(e, SetPing)}
    assert later
    for key, due in before.items():
        now = followed.case.reminders[key].due
        assert now == later[f"ping:{key}"]
        there = due.astimezone(ZoneInfo("Europe/London")).replace(tzinfo=None)
        assert now.astimezone(ZoneInfo("America/New_York")).replace(tzinfo=None) == there


@given(schedules(), schedules(), INSTANTS, INSTANTS)
def test_what_is_carried_to_another_clock_is_never_where_nobody_may_be_reminded(
    old: Schedule, new: Schedule, due: datetime, at: datetime
) -> None:
    found = carried(old, new, due, at)
    assert found == due or (allowed(new, found) and found >= at)
    if due > at:
        local = due.astimezone(old.place).replace(tzinfo=None)
        assert found.astimezone(new.place).replace(tzinfo=None) >= local - timedelta(hours=1)


def test_none_at_all_wants_a_reason_that_stands_as_long_as_it_holds() -> None:
    assert refused(ANNA, level="off", never=" ") == {"never"}
    never = settled(ANNA, level="off", never="I work from our own board")
    assert (never.manners.level, never.manners.never) == ("off", "I work from our own board")
    assert boxes(settling.card(never, at=AT))["never"].value == "I work from our own board"
    assert settled(never, work="8-16").manners.never == "I work from our own board"
    assert settled(never, level="light", never="I work").manners.never == ""


def test_the_reason_alone_means_that_nothing_is_to_come() -> None:
    assert refused(ANNA, never="") == {"never"}
    assert settled(ANNA, never="On leave until spring").manners.level == "off"
