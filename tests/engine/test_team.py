"""A case in its project's channel: bound by its owner, asked below one message, answered by the team."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.cards.blocks import Buttons, Card, Editor, Hint, Paragraph, Quote
from bot.core.pings.reminder import Key, name_of
from bot.core.pings.rooms import Company, Here
from bot.core.words import CaseId, TenantId
from bot.engine.deliver import deliver
from bot.engine.errors import Conflict
from bot.engine.inbound import Reply
from bot.engine.ports import MessageRef, Ping
from bot.engine.tick import tick
from tests.engine.faults import FaultyStore
from tests.engine.room import HERE, Message, Room
from tests.engine.test_digesting import lay
from tests.engine.test_reminding import TUESDAY, follow, labels, run, stored

TEAM = "C0TEAM"
CHECK = "milestone_check/1"


def look(room: Room, company: Company = "internal") -> None:
    """Lets the platform say who reads in its channels."""

    async def about(_tenant: TenantId, conversation: str) -> Here:
        return Here("slack", conversation, "#apollo", company)

    room.house = replace(room.house, about={"slack": about})


async def bind(room: Room, words: str = "channel") -> Reply:
    return await room.command(words, room.envelope("anna", heard_in=TEAM))


async def bound(room: Room) -> CaseId:
    """A case that was told, bound to its channel, on the day of its first check."""
    case = await follow(room, "c1")
    look(room)
    await bind(room)
    room.clock.at = TUESDAY
    return case


async def press(
    room: Room, case: CaseId, what: str, *, by: str = "bo", where: str = TEAM, text: str = ""
) -> Reply:
    envelope = room.envelope(by, heard_in=where, name=by.capitalize())
    return await room.click(None, f"ping/{case}/{CHECK}/{what}", envelope=envelope, text=text)


def at(messages: list[Message], where: str) -> list[Message]:
    return [m for m in messages if m.conversation == where]


def words(card: Card) -> str:
    found = [b.text.en for b in card.blocks if isinstance(b, Paragraph | Hint | Quote)]
    return " ".join(found)


async def test_the_team_is_asked_below_the_first_message(room: Room) -> None:
    await bound(room)
    first, asked = at(await run(room), TEAM)
    assert first.card.text.en.startswith("Follow-ups:")
    assert first.under is None
    assert asked.under == MessageRef("0")
    assert labels(asked) == ["On track", "At risk", "Done", "Update", "Snooze"]


async def test_what_is_confidential_stays_with_the_owner(room: Room) -> None:
    case = await bound(room)
    key = Key("customer_silent/0")
    await set_due(room, case, key, TUESDAY)
    messages = await run(room)
    assert "Nothing new from" in at(messages, "D-anna")[0].card.text.en
    assert all("Nothing new from" not in words(m.card) for m in at(messages, TEAM))


@pytest.mark.parametrize(
    ("company", "said"),
    [("external", "from outside"), ("unknown", "could not see"), ("absent", "not in")],
)
async def test_a_channel_that_others_may_read_is_refused_in_a_sentence(
    room: Room, company: Company, said: str
) -> None:
    case = await follow(room, "c1")
    look(room, company)
    reply = await bind(room)
    assert said in reply.cards[0].text.en
    assert (await stored(room, case)).room is None
    assert await run(room) == []


async def test_only_what_was_told_can_be_bound(room: Room) -> None:
    look(room)
    await room.begin()
    reply = await bind(room)
    assert reply.cards[0].text.en.startswith("First the customer is told")


async def test_outside_of_a_channel_it_is_said_where_to_type_it(room: Room) -> None:
    await follow(room, "c1")
    reply = await room.command("channel")
    assert "in the project's channel" in reply.cards[0].text.en


async def test_anybody_there_may_answer_and_stands_with_their_name(room: Room) -> None:
    case = await bound(room)
    await run(room)
    reply = await press(room, case, "on_track/")
    messages = at(await run(room), TEAM)
    reminder = (await stored(room, case)).reminders[Key(CHECK)]
    assert (reminder.answer, reminder.answered_by) == ("on_track", "Bo")
    assert "On track, Bo said on Tue 9 Jun 2026." in words(messages[1].card)
    assert len(messages) == 2
    assert reply.case == case


@pytest.mark.parametrize("where", ["", "C0OTHER"])
async def test_a_press_from_anywhere_else_counts_for_nothing(room: Room, where: str) -> None:
    case = await bound(room)
    await run(room)
    reply = await press(room, case, "done/", where=where)
    assert reply.toast is not None
    assert reply.toast.en.startswith("This conversation belongs")
    assert (await stored(room, case)).reminders[Key(CHECK)].state == "asked"


@pytest.mark.parametrize("what", ["stop/", "stop/because", "retune/later", "next/", "close/"])
async def test_the_team_may_answer_and_nothing_else(room: Room, what: str) -> None:
    case = await bound(room)
    await run(room)
    before = await stored(room, case)
    await press(room, case, what, text="no more")
    assert await stored(room, case) == before


async def test_a_risk_opens_the_plan_for_the_owner_and_says_to_tell_in_time(room: Room) -> None:
    case = await bound(room)
    await run(room)
    await press(room, case, "at_risk/")
    alone = at(await run(room), "D-anna")
    assert any("Bo sees a risk:" in words(m.card) for m in alone)
    assert any("passes: a date that is moved in time" in words(m.card) for m in alone)
    assert (await stored(room, case)).step == "plan"
    assert "At risk, Bo said" in words(at(room.channel.messages, TEAM)[1].card)


async def test_a_word_on_how_it_stands_is_shown_and_lets_it_rest(room: Room) -> None:
    case = await bound(room)
    await run(room)
    await press(room, case, "update/")
    (asked,) = at(await run(room), TEAM)[1:]
    assert any(isinstance(b, Editor) for b in asked.card.blocks)
    await press(room, case, "update/word", text="  the rods came,\nfitting has begun ")
    (asked,) = at(await run(room), TEAM)[1:]
    assert "Bo, Tue 9 Jun 2026: the rods came, fitting has begun" in words(asked.card)
    assert "On track" in labels(asked)
    due = (await stored(room, case)).reminders[Key(CHECK)].due
    assert due.date() == (TUESDAY + timedelta(days=2)).date()


async def test_what_nobody_answers_there_is_asked_of_the_owner_too(room: Room) -> None:
    case = await bound(room)
    await run(room)
    room.clock.at = (await stored(room, case)).reminders[Key(CHECK)].due
    messages = await run(room)
    assert "so Ida Moreau was asked too" in words(at(messages, TEAM)[1].card)
    assert len(at(messages, TEAM)) == 2
    (alone,) = at(messages, "D-anna")
    assert "On track" in labels(alone)
    await room.click(
        None, f"ping/{case}/{CHECK}/done/", envelope=room.envelope("anna")
    )  # the owner, alone
    there = at(await run(room), TEAM)[1]
    assert [b for b in there.card.blocks if isinstance(b, Buttons)] == []


@pytest.mark.parametrize("how", ["snooze/later_today", "update/word"])
async def test_what_comes_back_is_edited_in_its_thread_and_asked_of_the_owner_too(
    room: Room, how: str
) -> None:
    case = await bound(room)
    _, first = at(await run(room), TEAM)
    await press(room, case, how, text="the rods came")
    room.clock.at = (await stored(room, case)).reminders[Key(CHECK)].due
    messages = await run(room)
    _, again = at(messages, TEAM)
    assert len(at(messages, TEAM)) == 2
    assert again is first
    assert labels(again) == ["On track", "At risk", "Done", "Update", "Snooze"]
    assert "; Ida Moreau was asked too." in words(again.card)
    (alone,) = at(messages, "D-anna")
    assert "On track" in labels(alone)


async def test_in_another_channel_what_was_put_off_stands_in_a_message_of_its_own(
    room: Room,
) -> None:
    case = await bound(room)
    await run(room)
    await press(room, case, "snooze/later_today")
    await room.command("channel", room.envelope("anna", heard_in="C0OTHER"))
    room.clock.at = (await stored(room, case)).reminders[Key(CHECK)].due
    messages = await run(room)
    first, asked = at(messages, "C0OTHER")
    assert asked.under == MessageRef(str(messages.index(first)))
    assert "On track" in labels(asked)
    assert at(messages, "D-anna") == []


async def test_a_channel_that_is_lost_is_told_once_and_asked_alone_again(room: Room) -> None:
    case = await bound(room)
    room.channel.gone = {TEAM}
    room.channel.messages.clear()
    messages = await run(room)
    assert at(messages, TEAM) == []
    told = [m for m in messages if "Nothing more is posted in #apollo" in m.card.text.en]
    assert len(told) == 1
    assert "/invite" in told[0].card.text.en
    assert (await stored(room, case)).room is None
    asked = [m for m in at(messages, "D-anna") if "On track" in labels(m)]
    assert len(asked) == 1


async def test_a_channel_that_is_lost_is_told_also_where_two_wrote_at_once() -> None:
    store = FaultyStore()
    room = Room(store)
    case = await bound(room)
    room.channel.gone = {TEAM}
    await tick(room.house)
    store.errors.append(Conflict())
    await deliver(room.house)
    assert store.errors == []
    assert (await stored(room, case)).room is None
    told = [m for m in room.channel.messages if "Nothing more is posted" in m.card.text.en]
    assert len(told) == 1


async def test_the_owner_takes_it_out_of_the_channel(room: Room) -> None:
    case = await bound(room)
    await run(room)
    await room.command("channel off")
    messages = await run(room)
    assert "no longer come here" in at(messages, TEAM)[0].card.text.en
    assert (await stored(room, case)).room is None
    assert [labels(m) for m in at(messages, "D-anna")] == [
        ["On track", "At risk", "Done", "Snooze"]
    ]


async def test_of_several_the_one_that_is_named_is_bound(room: Room) -> None:
    await follow(room, "c1")
    await follow(room, "c2")
    look(room)
    reply = await bind(room)
    assert reply.cards[0].text.en.startswith("Which one?")
    reply = await bind(room, "channel c2")
    assert (await stored(room, CaseId("c2"))).room is not None
    assert (await stored(room, CaseId("c1"))).room is None


async def set_due(room: Room, case: CaseId, key: Key, due: datetime) -> None:
    """Lets one more ping of the case fall due."""
    async with room.store.turn(HERE) as turn:
        filed = await turn.case(case)
        assert filed is not None
        reminder = replace(filed.case.reminders[key], due=due.astimezone(UTC))
        after = replace(filed.case, reminders={**filed.case.reminders, key: reminder})
        changed = replace(after, revision=after.revision + 1)
        await turn.save(replace(filed, case=changed), was=filed.case.revision)
        await turn.set_ping(Ping(HERE, case, name_of(key), due))


async def test_a_digest_beside_what_only_the_team_is_asked_comes_to_the_owner(room: Room) -> None:
    case = await bound(room)
    room.clock.at = TUESDAY + timedelta(days=2)  # the milestone's own day
    await lay(room, "day", room.clock.at, case)
    messages = await run(room)
    assert len(at(messages, TEAM)) == 2
    [digest] = [m for m in at(messages, "D-anna") if m.card.text.en.startswith("Your day: ")]
    assert digest.under is None
