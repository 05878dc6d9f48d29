"""A due reminder becomes its event: a question, a digest, or a look at something on its way."""

from functools import partial

from bot.core.approving.leaving import OUTCOME
from bot.core.events import PingDue, Stamp
from bot.core.words import EventId
from bot.engine import digesting, outcomes, reminding, turning
from bot.engine.house import House
from bot.engine.ports import Ping
from bot.engine.turning import Session


async def fire(house: House, ping: Ping) -> bool:
    """Turn a due reminder into its event, once; False when it was gone or had moved."""
    async with house.store.turn(ping.tenant) as turn:
        if not await turn.take_ping(ping):
            return False
        filed = await turn.case(ping.case)
        if filed is None:
            return False
        owner = filed.case.owner
        person = await turn.person(owner)
        if digesting.is_digest(ping):
            return await digesting.tell(house, turn, ping, filed, person)
        if reminding.minds_manners(ping):
            also = partial(digesting.note, house, turn, filed, person)
            return await reminding.remind(house, turn, ping, filed, person, also=also)
        language = person.language if person else filed.case.language
        stamp = Stamp(EventId(house.new_id()), house.clock(), owner)
        session = Session(house, turn, filed.place, language)
        await turning.react(session, filed, PingDue(stamp, ping.kind))
    if ping.kind == OUTCOME and filed.case.outgoing is not None:
        await outcomes.look(house, ping.tenant, ping.case, filed.case.outgoing.number)
    return True
