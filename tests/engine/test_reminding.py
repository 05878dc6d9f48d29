"""Pings through the engine: one message a person, in their own place, by their own manners."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from bot.core.cards.blocks import Buttons
from bot.core.case import Case
from bot.core.desk import Person
from bot.core.pings.manners import SPREAD, Manners
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId
from bot.engine.deliver import deliver
from bot.engine.firing import fire
from bot.engine.ports import Filed, Ping, Place
from bot.engine.tick import tick
from tests.core.followed import Followed
from tests.engine.room import HERE, Message, Room

ANNA = PersonId("anna")
TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=UTC)  # the day of the first milestone's check


async def follow(room: Room, id_: str, *, owner: PersonId = ANNA, **manners: object) -> CaseId:
    """A case that was told, with the alarms that were laid, and its owner."""
    told = Followed().tell()
    case = replace(told.case, id=CaseId(id_), tenant=HERE, owner=owner)
    settled = Manners(**manners)  # type: ignore[arg-type]
    person = Person(owner, HERE, "en", "Europe/London", "GB", manners=settled,
                    platform="slack", conversation=f"D-{owner}")  # fmt: skip
    async with room.store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        await turn.save_person(person)
        await turn.save(Filed(case, Place("slack", f"D-{owner}")), was=None)
        for key in ("milestone_check/1", "new_date_in_danger/0"):
            due = case.reminders[Key(key)].due
            await turn.set_ping(Ping(HERE, case.id, name_of(Key(key)), due))
    return case.id


async def stored(room: Room, id_: CaseId) -> Case:
    filed = await room.store.case(HERE, id_)
    assert filed is not None
    return filed.case


async def run(room: Room) -> list[Message]:
    await tick(room.house)
    await deliver(room.house)
    return room.channel.messages


def labels(message: Message) -> list[str]:
    return [
        b.label.en for block in message.card.blocks if isinstance(block, Buttons)
        for b in block.buttons
    ]  # fmt: skip


async def test_what_is_due_for_one_person_comes_in_one_message(room: Room) -> None:
    await follow(room, "c1")
    await follow(room, "c2")
    await follow(room, "c3", owner=PersonId("ben"))
    room.clock.at = TUESDAY
    messages = await run(room)
    assert sorted(m.conversation for m in messages) == ["D-anna", "D-ben"]
    (anna,) = [m for m in messages if m.conversation == "D-anna"]
    assert anna.card.text.en.startswith("2 things are due")
    assert labels(anna).count("On track") == 2


async def test_an_answer_edits_the_message_and_leaves_the_other_question(room: Room) -> None:
    await follow(room, "c1")
    second = await follow(room, "c2")
    room.clock.at = TUESDAY
    await run(room)
    envelope = room.envelope("anna")
    reply = await room.click(None, f"ping/{second}/milestone_check/1/on_track/", envelope=envelope)
    assert reply.case == second
    (message,) = await run(room)
    assert labels(message).count("On track") == 1
    assert (await stored(room, second)).reminders[Key("milestone_check/1")].answer == "on_track"


async def test_nobody_answers_for_somebody_else(room: Room) -> None:
    first = await follow(room, "c1")
    room.clock.at = TUESDAY
    await run(room)
    envelope = room.envelope("mallory")
    reply = await room.click(None, f"ping/{first}/milestone_check/1/done/", envelope=envelope)
    assert reply.toast is not None
    assert (await stored(room, first)).reminders[Key("milestone_check/1")].state == "asked"


async def test_what_is_due_outside_of_work_waits_for_it(room: Room) -> None:
    await follow(room, "c1", work_from=time(11))
    room.clock.at = TUESDAY
    assert await run(room) == []
    due = await room.store.next_due()
    eleven = TUESDAY.replace(hour=10, minute=0)  # in London
    assert due is not None
    assert eleven <= due < eleven + SPREAD
    room.clock.at = due
    assert len(await run(room)) == 1


async def test_days_down_bring_one_message_and_no_burst(room: Room) -> None:
    for n in range(5):
        await follow(room, f"c{n}")
    room.clock.at = TUESDAY + timedelta(days=3)  # both questions of five cases are due
    (message,) = await run(room)
    assert labels(message).count("At risk") == 10
    assert await run(room) == [message]


async def test_a_ping_that_is_gone_fires_nothing(room: Room) -> None:
    first = await follow(room, "c1")
    room.clock.at = TUESDAY
    ping = Ping(HERE, first, name_of(Key("milestone_check/1")), TUESDAY)
    assert not await fire(room.house, ping)


async def test_the_next_case_begins_with_one_tap(room: Room) -> None:
    first = await follow(room, "c1")
    room.clock.at = TUESDAY
    await run(room)
    reply = await room.click(None, f"ping/{first}///next/", envelope=room.envelope("anna"))
    assert reply.case not in (None, first)
    assert reply.also == (first,)  # what it said before has changed, too
    assert reply.toast is not None
    following = await stored(room, CaseId(reply.case or ""))
    assert (following.phase, following.step) == ("collecting", "cause")
    assert following.owner == ANNA
