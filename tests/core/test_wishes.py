"""How a person says when to be reminded: every way to say it, and what leaves no time."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import desk
from bot.core.commands import Command, slash
from bot.core.desk import Person
from bot.core.pings.manners import Manners, Schedule
from bot.core.pings.wishes import wished
from bot.core.stamp import Stamp
from bot.core.words import EventId, PersonId, TenantId

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
UK = Schedule("Europe/London", "GB")
ANNA = Person(PersonId("anna"), TenantId("t"), zone="Europe/London", calendar="GB")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("light", Manners(level="light")),
        ("少一点", Manners(level="light")),
        ("8:30-17:00", Manners(work_from=time(8, 30), work_until=time(17))),
        ("8 to 16", Manners(work_from=time(8), work_until=time(16))),
        ("10：00至19：00", Manners(work_from=time(10), work_until=time(19))),
        ("quiet 12-13:30", Manners(quiet_from=time(12), quiet_until=time(13, 30))),
        ("免打扰 22:00-8:00", Manners(quiet_from=time(22), quiet_until=time(8))),
        ("quiet off", Manners()),
        ("17:00-8:00", None),  # work that ends before it begins
        ("quiet 8-20", None),  # no time is left
        ("25-26", None),
        ("pause yesterday", None),
        ("whenever", None),
    ],
)
def test_a_wish_is_read_as_it_is_said(words: str, wanted: Manners | None) -> None:
    assert wished(words, UK, AT) == wanted


def test_a_pause_lasts_until_the_morning_of_its_day() -> None:
    found = wished("pause 12 June", UK, AT)
    assert found is not None
    assert found.paused_until == datetime(2026, 6, 11, 23, tzinfo=UTC)  # midnight in London
    paused = Schedule("Europe/London", "GB", found)
    assert wished("resume", paused, AT) == Manners()


@given(st.text(max_size=30))
def test_any_words_leave_manners_that_can_be_kept(words: str) -> None:
    found = wished(words, UK, AT)
    assert found is None or found.work_from < found.work_until


def say(words: str) -> desk.Desk:
    command = slash(words)
    assert isinstance(command, Command)
    return desk.receive(ANNA, command, (), Stamp(EventId("e"), AT, ANNA.id))


def test_the_command_keeps_the_wish_with_the_person_and_shows_it() -> None:
    came = say("pings quiet 12-13:30")
    assert came.person.manners.quiet_from == time(12)
    assert "12:00–13:30" in str(came.reply)
    assert say("提醒 少").person.manners.level == "light"


def test_a_wish_that_cannot_be_read_changes_nothing() -> None:
    came = say("pings whenever")
    assert came.person == ANNA
    assert "could not read" in str(came.reply)
    assert say("pings").person == ANNA


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("pings off I keep my own list", "I keep my own list"),
        ("pings off: because the tracker asks me", "the tracker asks me"),
        ("pings never (two bots are too many)", "two bots are too many"),
        ("提醒 关，我看自己的看板", "我看自己的看板"),
        ("提醒 关闭因为我每天看跟进", "我每天看跟进"),
        ("pings off because this week has shown me too many", "this week has shown me too many"),
        ("pings off the team asks me every Monday", "the team asks me every Monday"),
        ("提醒 关 我每周一自己看", "我每周一自己看"),
    ],
)
def test_never_is_taken_with_its_reason_and_shown_to_whoever_asks(words: str, why: str) -> None:
    came = say(words)
    assert (came.person.manners.level, came.person.manners.never) == ("off", why)
    assert why in str(came.reply)


@pytest.mark.parametrize("words", ["pings off", "pings off .", "pings off 12-13", "提醒 关"])
def test_never_without_a_reason_asks_for_one_and_changes_nothing(words: str) -> None:
    came = say(words)
    assert came.person == ANNA
    assert came.reply is not None
    assert came.reply.text.en == "No reminders at all: why?"


@pytest.mark.parametrize(
    "words",
    [
        "pings off digest", "pings off the morning digest", "pings off quiet hours", "提醒 关 早报",
        "提醒 关 周报和早报", "pings offline", "pings off on weekends", "pings off at night",
        "pings off for two weeks", "pings off this week", "pings off Friday", "pings never on Fridays",
        "pings off until the audit is over", "提醒 关 周末", "提醒 关 两周", "提醒 关 明天",
    ],
)  # fmt: skip
def test_what_means_a_part_of_it_ends_not_all_of_it(words: str) -> None:
    assert say(words).person == ANNA


@pytest.mark.parametrize(
    "words", ["off until 12 June", "off till 12 June", "关闭 到6月12日", "关到6月12日"]
)
def test_off_until_a_day_is_a_pause(words: str) -> None:
    manners = say(f"pings {words}").person.manners
    assert (manners.level, manners.never) == ("standard", "")
    assert manners.paused_until == datetime(2026, 6, 11, 23, tzinfo=UTC)  # midnight in London


def test_whoever_wants_them_again_leaves_no_reason_behind() -> None:
    never = Schedule("Europe/London", "GB", Manners(level="off", never="I keep my own list"))
    for words in ("on", "normal", "开", "打开", "正常"):
        assert wished(words, never, AT) == Manners()
