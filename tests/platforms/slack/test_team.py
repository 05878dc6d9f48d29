"""A case in its project's channel in Slack: bound there, asked in a thread, answered by the team."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.case import Case
from bot.core.pings.reminder import Key
from bot.core.words import CaseId, PersonId
from bot.engine.ports import Place, Quiet
from bot.engine.tick import tick
from bot.platforms.slack import manifest
from bot.platforms.slack.quiet import Quiet as Dnd
from bot.platforms.slack.quiet import ending
from bot.platforms.slack.texts import Payload
from tests.core.followed import Followed
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.faults import Cut
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.fake.workspace import Message
from tests.platforms.slack.served import MAYA, TEAM, Served, has, serving
from tests.platforms.told import keep

OMAR, ROOM = "UOMAR", "C0TEAM"
CHECK = Key("milestone_check/1")
TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=UTC)  # the day of the first milestone's check


@pytest.fixture
async def candor(tmp_path: Path) -> AsyncIterator[Served]:
    """A case of Maya's that was told, on the day of its first check."""
    real = Clock()
    start = real()
    fake = FakeSlack(Clock(lambda: TUESDAY + (real() - start)))
    told = Followed().tell()
    maya = PersonId(MAYA)
    async with running(fake), serving(fake, tmp_path) as served:
        place = Place("slack", MAYA)
        await keep(served.house.store, told, maya, place, tenant=TEAM, due=CHECK)
        yield served
        assert fake.violations == []


def heeding(candor: Served) -> Quiet:
    """Asks Slack until when somebody wants no message."""
    asks = Dnd(candor.calls)
    return lambda _, person, now: asks.until(person, now)


async def bind(candor: Served, channel: str = ROOM) -> str:
    answer = await candor.slack.people.command(MAYA, "/delay", "channel", channel=channel)
    await candor.settle()
    return answer.text


async def asked(candor: Served) -> tuple[Message, Message]:
    """The first message in the channel, and the question below it."""
    await bind(candor)
    await tick(candor.house)
    await candor.settle()
    first, question = candor.slack.messages(ROOM)
    return first, question


async def stored(candor: Served) -> Case:
    filed = await candor.house.store.case(TEAM, CaseId("c1"))
    assert filed is not None
    return filed.case


async def test_the_team_is_asked_in_the_thread_of_the_first_message(candor: Served) -> None:
    first, question = await asked(candor)
    assert first.thread_ts is None
    assert question.thread_ts == first.ts
    assert question.live == []
    assert all(has(question, b) for b in ("On track", "At risk", "Done", "Update", "Snooze"))
    assert candor.told() == []


async def test_a_colleagues_press_is_kept_with_their_name_and_edits_the_message(
    candor: Served,
) -> None:
    _, question = await asked(candor)
    await candor.slack.people.press(OMAR, question, "On track")
    await candor.settle()
    reminder = (await stored(candor)).reminders[CHECK]
    assert (reminder.answer, reminder.answered_by) == ("on_track", "omar")
    _, edited = candor.slack.messages(ROOM)
    assert edited.ts == question.ts
    assert "On track, omar said on Tue 9 Jun 2026." in str(edited.blocks)


async def test_what_was_put_off_comes_back_in_the_same_message(candor: Served) -> None:
    _, question = await asked(candor)
    await candor.slack.people.press(OMAR, question, "Snooze")
    await candor.settle()
    await candor.slack.people.press(OMAR, candor.slack.messages(ROOM)[1], "Later today")
    await candor.settle()
    assert not has(candor.slack.messages(ROOM)[1], "On track")
    due = (await stored(candor)).reminders[CHECK].due
    candor.slack.clock.move(due - candor.slack.clock() + timedelta(seconds=1))
    await tick(candor.house)
    await candor.settle()
    _, again = candor.slack.messages(ROOM)
    assert again.ts == question.ts
    assert has(again, "On track")
    assert "Asked again on Tue 9 Jun 2026;" in str(again.blocks)
    assert has(candor.live(), "On track")


async def test_a_colleague_writes_in_a_window_how_it_stands(candor: Served) -> None:
    _, question = await asked(candor)
    await candor.slack.people.press(OMAR, question, "Update")
    await candor.settle()
    _, question = candor.slack.messages(ROOM)
    await candor.slack.people.press(OMAR, question, "How does it stand? One line")
    await candor.slack.people.submit(OMAR, {"How does it stand? One line": "rods here <!channel>"})
    await candor.settle()
    _, question = candor.slack.messages(ROOM)
    assert (await stored(candor)).reminders[CHECK].note == "rods here <!channel>"
    assert "rods here" in str(question.blocks)
    assert question.live == []


@pytest.mark.parametrize(
    ("channel", "said"),
    [
        ("C0SHARED", "from outside"),
        ("C0GUEST", "from outside"),
        ("C0ELSE", "not in #elsewhere"),
        ("C0CLOSED", "not in this channel yet"),
    ],
)
async def test_where_others_may_read_it_is_refused_only_to_the_owner(
    candor: Served, channel: str, said: str
) -> None:
    answer = await bind(candor, channel)
    assert said in answer
    assert (await stored(candor)).room is None
    assert candor.slack.messages(channel) == []


async def test_once_it_is_shared_nothing_more_is_posted_or_changed(candor: Served) -> None:
    first, question = await asked(candor)
    before = question.blocks
    await candor.slack.happenings.share(ROOM, "T0CUSTOMER")
    await candor.slack.people.press(OMAR, question, "Done")
    await candor.settle()
    await candor.settle()
    assert [m.ts for m in candor.slack.messages(ROOM)] == [first.ts, question.ts]
    assert candor.slack.messages(ROOM)[1].blocks == before
    assert "Nothing more is posted in #wind-farm" in candor.live().text
    assert (await stored(candor)).room is None


async def test_a_reminder_waits_until_do_not_disturb_is_over(candor: Served) -> None:
    over = int(TUESDAY.timestamp()) + 3600
    candor.slack.workspace.users[MAYA].quiet = (int(TUESDAY.timestamp()) - 60, over)
    house = replace(candor.house, quiet={"slack": heeding(candor)})
    assert await tick(house) == 0
    await candor.settle()
    assert candor.told() == []
    due = await candor.house.store.next_due()
    assert due == datetime.fromtimestamp(over, UTC)
    candor.slack.clock.move(timedelta(hours=1, minutes=1))
    assert await tick(house) == 1
    await candor.settle()
    assert has(candor.live(), "On track")


async def test_without_the_scope_a_reminder_comes_all_the_same(candor: Served) -> None:
    token = candor.slack.token_of(TEAM)
    token.scopes -= {"dnd:read"}
    house = replace(candor.house, quiet={"slack": heeding(candor)})
    assert await tick(house) == 1


async def test_a_question_of_unknown_fate_is_looked_for_in_its_thread(candor: Served) -> None:
    await bind(candor)
    candor.slack.faults.plan("chat.postMessage", Cut(after=True))
    await tick(candor.house)
    await candor.settle()
    candor.slack.clock.move(timedelta(minutes=2))
    await candor.settle()
    assert len(candor.slack.messages(ROOM)) == 2
    assert candor.slack.called("conversations.replies")


def test_the_scope_for_do_not_disturb_is_asked_for_only_where_it_is_wanted() -> None:
    usual = manifest.scopes(manifest.read(manifest.written("https://c.example", "http")))
    more = manifest.scopes(manifest.read(manifest.written("https://c.example", "http", quiet=True)))
    assert more - usual == {"dnd:read"}


@pytest.mark.parametrize(
    ("found", "ends"),
    [
        ({"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}, None),
        ({"dnd_enabled": True, "next_dnd_start_ts": 900, "next_dnd_end_ts": 1900}, 1900),
        ({"dnd_enabled": True, "next_dnd_start_ts": 1900, "next_dnd_end_ts": 2900}, None),
        ({"snooze_enabled": True, "snooze_endtime": 1500}, 1500),
        ({"snooze_enabled": True, "snooze_endtime": 500}, None),
    ],
)
def test_only_a_quiet_time_that_goes_on_now_counts(found: Payload, ends: int | None) -> None:
    expected = datetime.fromtimestamp(ends, UTC) if ends else None
    assert ending(found, datetime.fromtimestamp(1000, UTC)) == expected


@pytest.mark.parametrize("guest", [False, True])
async def test_a_deputy_who_has_become_a_guest_is_asked_nothing_and_the_owner_hears_so(
    candor: Served, *, guest: bool
) -> None:
    await candor.slack.people.command(MAYA, "/delay", "deputy @omar", channel=ROOM)
    await candor.slack.people.command(MAYA, "/delay", "away until 20 June", channel=ROOM)
    candor.slack.workspace.users[OMAR].is_restricted = guest
    await tick(candor.house)
    await candor.settle()
    assert len(candor.told(OMAR)) == (0 if guest else 1)
    told = [str(m.blocks) for m in candor.told()]
    assert len(told) == (1 if guest else 0)
    assert all("nobody answers for you now" in blocks for blocks in told)


async def test_an_owner_who_is_a_guest_is_asked_as_before(candor: Served) -> None:
    candor.slack.workspace.users[MAYA].is_restricted = True
    await tick(candor.house)
    await candor.settle()
    assert len(candor.told()) == 1


async def test_any_question_of_the_list_is_put_to_another_day_in_a_window(candor: Served) -> None:
    slack, before = candor.slack, await stored(candor)
    slack.clock.move(timedelta(days=-1))
    await slack.people.command(MAYA, "/delay", "followups", channel=ROOM)
    await candor.settle()
    await slack.people.press(MAYA, slack.ephemerals(MAYA)[-1], "Open", nth=3)
    await candor.settle()
    await slack.people.press(MAYA, slack.ephemerals(MAYA)[-1], "Another day")
    await candor.settle()
    await slack.people.submit(MAYA, {"Another day": "2026-07-15"})
    await candor.settle()
    after = (await stored(candor)).reminders
    (moved,) = (key for key, r in after.items() if r != before.reminders[key])
    assert (after[moved].state, after[moved].due.day, after[moved].due.month) == ("laid", 15, 7)
