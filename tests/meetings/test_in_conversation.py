"""From a press in a conversation to a meeting in the product, for each meeting system, over real HTTP."""

from dataclasses import replace

import pytest

from bot.core.words import FieldId
from bot.engine.meetings import Meetings
from tests.engine.test_meetings import BOXES, Met
from tests.meetings.rigs import ANN, RIGS, Rig
from tests.sources.fakes.vendor import Clock

OUTSIDE = sorted(set(RIGS) - {"lark_event", "lark_reserve"})  # Lark's are for people on Lark


def met(rig: Rig) -> Met:
    """A room whose meetings are booked with the fake."""
    room = Met()
    name = rig.provider.name
    room.house = replace(room.house, meetings=Meetings({name: rig.provider}, name))
    return room


@pytest.mark.parametrize("name", OUTSIDE)
async def test_a_meeting_is_booked_moved_and_cancelled_by_presses(name: str) -> None:
    async with RIGS[name](Clock()) as rig:
        room = met(rig)
        id_ = await room.begin("Apollo")
        await room.click(id_, "meet/call")
        await room.click(id_, "meet_send/call", boxes={**BOXES, FieldId("people"): ANN.email})
        await room.later()
        [meeting] = rig.fake.live()
        assert room.facts()["Join"].startswith("https://")
        assert meeting.guests == ([ANN.email] if rig.invites else [])
        before = meeting.start
        await room.click(id_, "meeting/call/1/move")
        await room.click(id_, "meet_send/call", boxes={FieldId("day"): "2026-11-27"})
        await room.later()
        assert (meeting.start - before).days == 1
        await room.click(id_, "meeting/call/1/cancel")
        await room.click(id_, "meeting/call/1/yes")
        await room.later()
        assert rig.fake.live() == []
        assert (await room.meeting(id_)).state == "cancelled"


@pytest.mark.parametrize("name", OUTSIDE)
async def test_a_press_on_try_again_finds_what_was_booked_when_the_line_broke(name: str) -> None:
    async with RIGS[name](Clock()) as rig:
        room = met(rig)
        rig.fake.unheard = lambda _: len(rig.fake.booked) == 1
        id_ = await room.booked()
        assert (await room.meeting(id_)).unsure
        rig.fake.unheard = lambda _: False
        await room.click(id_, "meeting/call/1/again")
        await room.later()
        assert len(rig.fake.booked) == 1
        assert room.facts()["Join"].startswith("https://")
