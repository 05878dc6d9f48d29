"""A look-up that fails says nothing of the message: it may have arrived."""

from datetime import timedelta

import pytest

from bot.core.words import CaseId
from bot.engine.deliver import deliver
from bot.engine.errors import BadContent, OutcomeUnknown, Refused
from tests.engine.room import HERE, Room


async def state(room: Room, case: CaseId) -> tuple[str, bool]:
    """The state of the one row, and whether it will be looked at again."""
    (parcel,) = await room.store.parcels(HERE, case)
    return parcel.state, parcel.look_at is not None


@pytest.mark.parametrize("error", [Refused(), BadContent()])
async def test_a_refused_look_up_leaves_it_unknown(room: Room, error: Exception) -> None:
    case = await room.begin()
    room.channel.after, room.channel.lost = [OutcomeUnknown()], [error]
    for _ in range(2):
        await deliver(room.house)
        room.clock.move(timedelta(hours=1))
    assert await state(room, case) == ("unknown", False)
