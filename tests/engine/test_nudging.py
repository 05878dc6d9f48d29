"""Conversations of one person that fell silent together are nudged in one message."""

from datetime import timedelta

from bot.core.cards.blocks import Buttons, Paragraph
from bot.core.case import Case
from bot.core.words import CaseId
from bot.engine.deliver import deliver
from bot.engine.tick import tick
from tests.engine.room import HERE, Message, Room


async def case_of(room: Room, id_: CaseId) -> Case:
    filed = await room.store.case(HERE, id_)
    assert filed is not None
    return filed.case


async def next_nudges(room: Room) -> list[Message]:
    """What comes when the next nudge falls due, and in the quarter of an hour after it."""
    await deliver(room.house)
    before = len(room.channel.messages)
    due = await room.store.next_due()
    assert due is not None
    for at in (due, due + timedelta(minutes=15)):
        room.clock.at = at
        await tick(room.house)
        await deliver(room.house)
    return room.channel.messages[before:]


def paragraphs(message: Message) -> list[str]:
    return [b.text.en for b in message.card.blocks if isinstance(b, Paragraph)]


def labels(message: Message) -> list[str]:
    rows = [b for b in message.card.blocks if isinstance(b, Buttons)]
    return [button.label.en for row in rows for button in row.buttons]


async def test_two_silent_conversations_of_one_person_are_one_message(room: Room) -> None:
    await room.begin("Apollo")
    await room.begin("Kiosk")
    (message,) = await next_nudges(room)
    first, second = paragraphs(message)
    names = {"Apollo", "Kiosk"}
    assert sum(name in first for name in names) == sum(name in second for name in names) == 1
    assert set(labels(message)) == {"Continue Apollo", "Continue Kiosk"}


async def test_both_have_had_their_nudge_and_are_parked_together(room: Room) -> None:
    ids = [await room.begin("Apollo"), await room.begin("Kiosk")]
    await next_nudges(room)
    assert [(await case_of(room, id_)).nudges for id_ in ids] == [1, 1]
    await next_nudges(room)
    assert [(await case_of(room, id_)).stopped for id_ in ids] == [True, True]


async def test_the_button_of_the_other_one_brings_it_to_the_front(room: Room) -> None:
    ids = [await room.begin("Apollo"), await room.begin("Kiosk")]
    (message,) = await next_nudges(room)
    rows = [b for b in message.card.blocks if isinstance(b, Buttons)]
    action = next(b.action for row in rows for b in row.buttons if b.action.name == "open")
    reply = await room.click(None, f"{action.name}/{action.argument}")
    assert reply.case in ids
    person = await room.store.person(HERE, room.envelope().person)
    assert person is not None
    assert person.front == action.argument


async def test_each_person_is_nudged_about_their_own(room: Room) -> None:
    await room.begin("Apollo")
    await room.begin("Kiosk", "ben")
    messages = await next_nudges(room)
    assert len(messages) == 2
    assert all(len(paragraphs(m)) == 1 for m in messages)
    assert all(labels(m) == ["Continue"] for m in messages)
