"""A case that is about to be let go of: nothing of it stays in the messages of whoever may read it."""

from bot.core.sharing.events import ReadingOver
from bot.core.sharing.react import viewer_told
from bot.core.stamp import Stamp
from bot.core.words import EventId, PersonId
from bot.engine import sessions, turning
from bot.engine.house import House
from bot.engine.ports import OPEN_STATES, Line

_RETENTION = PersonId("retention")


async def is_parted(house: House, line: Line) -> bool:
    """Whether it can go: whoever may read it has been told that this is over, or cannot be.

    The first time it puts the messages into the outbox. One of which nobody will know any more whether
    it came holds up nothing. Raises StoreUnavailable and Conflict.
    """
    filed = await house.store.case(line.tenant, line.case)
    if filed is None or not filed.case.sharing.invited:
        return True
    if filed.case.sharing.viewers:
        await _part(house, line)
        return False
    parcels = await house.store.parcels(line.tenant, line.case)
    coming = (p for p in parcels if p.state in OPEN_STATES and p.look_at is not None)
    return not any(viewer_told(p.slot) for p in coming)


async def _part(house: House, line: Line) -> None:
    async with house.store.turn(line.tenant) as turn:
        filed = await turn.case(line.case)
        if filed is None:
            return
        id_ = EventId(f"parting:{line.case}:{filed.case.revision}")
        event = ReadingOver(Stamp(id_, house.clock(), _RETENTION))
        await turning.react(await sessions.owners(house, turn, filed), filed, event)
