"""A deputy who is reached and stays silent: the lead hears so once, and it waits for the owner."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.following.wording import FOLLOW
from bot.core.pings.reminder import Key, Reminder
from bot.core.words import CaseId, PersonId
from bot.engine.deliver import deliver
from bot.engine.errors import BadContent
from bot.engine.tick import tick
from tests.engine.room import Message, Room
from tests.engine.test_a_deputy_out_of_reach import days
from tests.engine.test_reminding import TUESDAY, follow, labels, stored
from tests.engine.test_standing_in import CHECK, staff


async def away(room: Room, *, lead: str = "lin", until: str = "22 June") -> None:
    """An owner who is away from the day before the check on, with a deputy and a lead."""
    staff(room)
    await follow(room, "c1")
    room.clock.at = TUESDAY - timedelta(days=1)
    await be_away(room, lead=lead, until=until)
    room.clock.at = TUESDAY


async def be_away(room: Room, *, lead: str = "lin", until: str = "22 June") -> None:
    for line in (f"lead @{lead}", "deputy Ben Ode", f"away until {until}"):
        named = {"@lin": PersonId("lin"), "@ben": PersonId("ben")}
        await room.command(line, replace(room.envelope(), named=named))


async def reminder(room: Room, key: Key = CHECK) -> Reminder:
    return (await stored(room, CaseId("c1"))).reminders[key]


def to(messages: list[Message], who: str) -> list[Message]:
    return [m for m in messages if m.conversation == who]


async def test_the_deputy_is_asked_twice_and_the_lead_is_told_once(room: Room) -> None:
    await away(room)
    messages = await days(room, 9)
    assert [m.conversation for m in messages] == ["ben", "ben", "lin"]
    assert messages[2].card.text.en == (
        "Asked twice about Marrow Bakeries and still open: Hall 4: “Belt fitted” is due on "
        "Thu 11 Jun 2026. Still on track? Ida Moreau is away until Mon 22 Jun 2026; Ben Ode was "
        "asked meanwhile and may not have got to it."
    )


def test_it_blames_nobody_in_either_language() -> None:
    for text in (FOLLOW.lead_deputy.en, FOLLOW.lead_deputy.zh):
        assert not any(w in text for w in ("has not", "did not", "silent", "ignored", "没有回复"))


async def test_nobody_counts_as_unheard_and_the_question_can_still_be_answered(room: Room) -> None:
    await away(room)
    messages = await days(room, 5)
    case = await stored(room, CaseId("c1"))
    assert not case.unheard
    assert case.reminders[CHECK].state == "asked"
    assert "Done" in labels(to(messages, "ben")[1])
    await room.click(None, f"ping/c1/{CHECK}/done/", envelope=room.envelope("ben"))
    assert (await reminder(room)).answered_by == "Ben Ode"


async def test_back_again_the_owner_is_asked_as_for_the_first_time(room: Room) -> None:
    await away(room, until="15 June")
    messages = await days(room, 7)
    (asked,) = to(messages, "D-anna")
    assert asked.card.text.en.startswith("Hall 4") or "2 things" in asked.card.text.en
    assert [at.date() for at in (await reminder(room)).asked] == [date(2026, 6, 15)]
    messages = await days(room, 3)
    assert len(to(messages, "lin")) == 2  # of the owner now, who has left two unanswered
    assert "has not answered twice" in to(messages, "lin")[1].card.text.en


async def test_back_early_the_owner_is_asked_at_once(room: Room) -> None:
    await away(room)
    await days(room, 3)
    await room.command("away off")
    messages = await days(room, 1)
    assert "On track" in labels(to(messages, "D-anna")[-1])


async def test_one_silence_is_not_counted_with_anothers(room: Room) -> None:
    staff(room)
    await follow(room, "c1")
    room.clock.at = TUESDAY
    await days(room, 1)  # the owner is asked, and leaves before they answer
    await be_away(room)
    messages = await days(room, 2)
    assert [m.conversation for m in messages] == ["D-anna", "ben", "ben"]
    assert len((await reminder(room)).asked) == 2
    assert len(to(await days(room, 3), "lin")) == 1


async def test_another_deputy_is_asked_as_for_the_first_time(room: Room) -> None:
    await away(room)
    await days(room, 3)
    named = {"@Zoe": PersonId("zoe")}
    await room.command("deputy @Zoe", replace(room.envelope(), named=named))
    assert len(to(await days(room, 1), "zoe")) == 1


async def test_where_the_lead_stands_in_the_account_lead_is_told(room: Room) -> None:
    await away(room, lead="ben")
    assert [m.conversation for m in await days(room, 3)] == ["ben", "ben", "account_lead-1"]


async def test_who_has_done_something_since_is_not_called_silent(room: Room) -> None:
    await away(room)
    await days(room, 1)
    await room.click(None, f"ping/c1/{CHECK}/snooze/", envelope=room.envelope("ben"))
    assert to(await days(room, 3), "lin") == []
    assert (await reminder(room)).state == "asked"  # and waits for the owner


async def _refused_as_it_is(room: Room) -> None:
    room.channel.before += [BadContent()]
    await tick(room.house)
    await deliver(room.house)


async def _too_late(room: Room) -> None:
    channels = room.house.channels
    await tick(room.house)
    room.house = replace(room.house, channels={})
    await deliver(room.house)
    room.clock.move(timedelta(days=7))
    await deliver(room.house)
    room.house = replace(room.house, channels=channels)


@pytest.mark.parametrize("happens", [_refused_as_it_is, _too_late])
async def test_what_never_reached_the_deputy_counts_as_never_asked(
    room: Room, happens: Callable[[Room], Awaitable[None]]
) -> None:
    await away(room)
    await happens(room)
    assert (await reminder(room)).asked == ()
    assert (await stored(room, CaseId("c1"))).silent is None
    person = await room.store.person((await stored(room, CaseId("c1"))).tenant, PersonId("anna"))
    assert person is not None
    assert person.manners.deputy == "ben"  # who is not out of reach


async def test_a_card_that_no_platform_takes_waits_for_the_owner(room: Room) -> None:
    await away(room, until="15 June")
    await _refused_as_it_is(room)
    messages = await days(room, 7)
    assert [m.conversation for m in messages] == ["ben", "D-anna"]
    assert "Belt fitted" not in messages[0].card.text.en  # but what fell due on Friday
    assert [at.date() for at in (await reminder(room)).asked] == [date(2026, 6, 15)]


async def test_what_came_too_late_is_asked_anew_while_it_helps(room: Room) -> None:
    await away(room, until="30 June")
    await _too_late(room)
    messages = await days(room, 1)
    assert [m.conversation for m in messages] == ["ben"]
