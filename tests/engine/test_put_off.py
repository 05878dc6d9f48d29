"""A redraw of the owner's open card: drawn when it is sent, and never older than its case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.cards import screens
from bot.core.cards.blocks import Card
from bot.core.dialogue import live
from bot.core.dialogue.scalars import local_day
from bot.core.effects import StepScreen
from bot.core.phrases import SAY
from bot.core.words import CaseId, StepId
from bot.engine.deliver import deliver
from bot.engine.errors import Later
from bot.engine.house import Shelf
from bot.engine.ports import USEFUL, Filed, Letter
from bot.engine.sketch import Sketch
from tests.engine.room import HERE, Room, playbook

SECOND = timedelta(seconds=1)


async def filed(room: Room, id_: CaseId) -> Filed:
    found = await room.store.case(HERE, id_)
    assert found is not None
    return found


async def change(room: Room, id_: CaseId, digest: str = "") -> None:
    """The case goes on, and no redraw comes of it."""
    before = await filed(room, id_)
    was = before.case.revision
    case = replace(before.case, revision=was + 1, digest=digest or before.case.digest)
    async with room.store.turn(HERE) as turn:
        await turn.save(replace(before, case=case), was=was)


async def put(room: Room, id_: CaseId, screen: StepScreen) -> None:
    """A turn shows this screen in the place of the redraw that waits."""
    found = await filed(room, id_)
    case = found.case
    today = local_day(case, room.clock())
    async with room.store.turn(HERE) as turn:
        letter = Letter(
            id=room.house.new_id(),
            case=id_,
            place=found.place,
            slot=live.slot(case),
            language=case.language,
            card=Sketch(playbook(), case, screen, today),
            at=room.clock(),
            expires_at=room.clock() + USEFUL,
        )
        await turn.put([letter])


async def as_it_stands(room: Room, id_: CaseId) -> Card:
    """The live card of a case, drawn now."""
    case = (await filed(room, id_)).case
    today = local_day(case, room.clock())
    return screens.draw(playbook(), case, live.current(case), today=today)


async def pressed(room: Room) -> CaseId:
    """A case whose first card stands, and whose person has pressed three times since."""
    id_ = await room.begin()
    await deliver(room.house)
    for _ in range(3):
        await room.click(None, "language/switch")
    return id_


async def test_many_presses_are_one_edit_with_the_card_of_the_last(room: Room) -> None:
    id_ = await pressed(room)
    assert [p.later is not None for p in await room.store.parcels(HERE, id_)] == [False, True]
    await deliver(room.house)
    assert [call for call, _ in room.channel.calls] == ["post", "edit"]
    [message] = room.channel.messages
    assert (message.card, message.language) == (await as_it_stands(room, id_), "zh")
    assert (await room.store.parcels(HERE, id_))[-1].card == message.card


async def test_what_has_changed_without_a_redraw_stands_on_it(room: Room) -> None:
    id_ = await pressed(room)
    await change(room, id_)
    await deliver(room.house)
    assert room.channel.messages[0].card == await as_it_stands(room, id_)


async def test_one_that_waits_longer_shows_what_was_pressed_meanwhile(room: Room) -> None:
    id_ = await pressed(room)
    room.channel.before = [Later(SECOND)]
    await deliver(room.house)
    await room.click(None, "language/switch")
    room.clock.move(10 * SECOND)
    await deliver(room.house)
    [message] = room.channel.messages
    assert (message.card, message.language) == (await as_it_stands(room, id_), "en")


@pytest.mark.parametrize("words", ["stop", "review"])
async def test_where_another_screen_follows_that_one_is_sent(room: Room, words: str) -> None:
    id_ = await pressed(room)
    await room.say(words)
    await deliver(room.house)
    assert room.channel.messages[-1].card == await as_it_stands(room, id_)


async def test_the_reason_that_was_asked_for_stands_on_it(room: Room) -> None:
    id_ = await pressed(room)
    step = playbook().steps[0]
    await put(room, id_, StepScreen(step.id, "why"))
    await deliver(room.house)
    assert step.fields[1].why.en in str(room.channel.messages[0].card)  # the open question's


async def test_a_case_that_ends_says_so_in_the_place_of_its_step(room: Room) -> None:
    id_ = await pressed(room)
    await room.click(id_, "abandon")
    await deliver(room.house)
    assert [m.card.text for m in room.channel.messages] == [SAY.moved]


async def test_a_case_keeps_the_playbook_that_it_was_begun_with(room: Room) -> None:
    id_ = await pressed(room)
    newer = replace(playbook(), digest="newer", steps=playbook().steps[1:])
    room.house = replace(room.house, shelf=Shelf([newer]))
    await deliver(room.house)
    assert room.channel.messages[0].card == await as_it_stands(room, id_)


async def test_a_case_without_its_playbook_stops_nobody_else(room: Room) -> None:
    lost = await pressed(room)
    await change(room, lost, digest="gone")
    await room.begin("Depot", "ben")
    assert await deliver(room.house) == 1
    assert [p.state for p in await room.store.parcels(HERE, lost)] == ["sent", "dead"]


async def test_a_card_that_cannot_be_drawn_stops_nobody_else(room: Room) -> None:
    id_ = await pressed(room)
    await put(room, id_, StepScreen(StepId("nowhere")))
    await room.begin("Depot", "ben")
    assert await deliver(room.house) == 1
    assert [p.state for p in await room.store.parcels(HERE, id_)] == ["sent", "dead"]
    await room.click(None, "language/switch")
    await deliver(room.house)
    assert room.channel.messages[0].card == await as_it_stands(room, id_)
