"""A due reminder becomes its event: a question, a digest, or a look at something on its way."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.core.approving.leaving import OUTCOME
from bot.core.events import PingDue, Stamp
from bot.core.words import EventId
from bot.engine import digesting, outcomes, reminding, turning
from bot.engine.house import House
from bot.engine.ports import Ping
from bot.engine.sessions import Session

PATIENCE = 1.0  # seconds that a platform may take to say whether somebody wants no message
LONGEST = timedelta(hours=24)  # that a reminder waits for it at a time, and is looked at again
_log = structlog.get_logger(__name__)


async def fire(house: House, ping: Ping) -> bool:
    """Turn a due reminder into its event, once; False when it was gone or had moved, or waits."""
    quiet = await _quiet_until(house, ping)
    async with house.store.turn(ping.tenant) as turn:
        if not await turn.take_ping(ping):
            return False
        if quiet is not None:
            await turn.set_ping(replace(ping, due=quiet))
            return False
        filed = await turn.case(ping.case)
        if filed is None:
            return False
        owner = filed.case.owner
        person = await turn.person(owner)
        if digesting.is_digest(ping):
            return await digesting.tell(house, turn, ping, filed, person)
        if reminding.minds_manners(ping):
            also = partial(digesting.besides, house, turn, filed, person)
            return await reminding.remind(house, turn, ping, filed, person, also=also)
        language = person.language if person else filed.case.language
        stamp = Stamp(EventId(house.new_id()), house.clock(), owner)
        session = Session(house, turn, filed.place, language)
        await turning.react(session, filed, PingDue(stamp, ping.kind))
    if ping.kind == OUTCOME and filed.case.outgoing is not None:
        await outcomes.look(house, ping.tenant, ping.case, filed.case.outgoing.number)
    return True


async def _quiet_until(house: House, ping: Ping) -> datetime | None:
    """Until when the platform says that the owner wants no message; asked outside of any turn."""
    if not house.quiet or not (digesting.is_digest(ping) or reminding.minds_manners(ping)):
        return None
    filed = await house.store.case(ping.tenant, ping.case)
    person = await house.store.person(ping.tenant, filed.case.owner) if filed else None
    if filed is None:
        return None
    platform = person.platform if person and person.platform else filed.place.platform
    asked = house.quiet.get(platform)
    try:
        async with asyncio.timeout(PATIENCE):
            until = (
                await asked(ping.tenant, filed.case.owner, house.clock())
                if asked is not None
                else None
            )
    except Exception as error:  # noqa: BLE001 - what cannot be told keeps nobody from their reminder
        _log.info("do not disturb not known", error=type(error).__name__)
        return None
    now = house.clock()
    return min(until, now + LONGEST) if until is not None and until > now else None
