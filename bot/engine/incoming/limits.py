"""How much is taken in from one person and from one tenant, so that a flood harms nobody else.

Each has a bucket that fills evenly. What is above is turned away before the database is asked.
"""

import structlog

from bot.core.cards.blocks import Card, Paragraph
from bot.core.words import Text
from bot.engine.errors import TooMany
from bot.engine.house import House
from bot.engine.inbound import Inbound, Reply, Said

SLOWER = Text(
    en="That was a great deal at once, and not all of it is kept. Please wait a minute, look at what "
    "stands here, and go on from there.",
    zh="消息来得太密，没有全部记下。请等一分钟，看看已经记下了什么，再接着往下说。",
)

_log = structlog.get_logger(__name__)


async def turned_away(house: House, inbound: Inbound) -> Reply | None:
    """What goes back for an inbound above a limit; None for one that may come in.

    A typed line is acknowledged, for a platform that had to repeat thousands would turn against
    all; its person is told once a minute that it was not kept. Anything else raises TooMany, so
    that a form stays open and a press can be pressed again.
    """
    limits, envelope = house.limits, inbound.envelope
    if limits is None:
        return None
    who = f"{envelope.tenant}/{envelope.person}"
    limit = "" if limits.person.take(who) else "person"
    if not limit and not limits.tenant.take(envelope.tenant):
        limit = "tenant"
    if not limit:
        return None
    house.measures.too_many[limit] += 1
    first = limits.told.take(who)
    if first:
        _log.warning("turned away", limit=limit, tenant=envelope.tenant, person=envelope.person)
    if not isinstance(inbound, Said):
        raise TooMany
    if not first:
        return Reply(seen=True)
    known = await house.store.person(envelope.tenant, envelope.person)
    language = known.language if known else (envelope.profile or house.profile).language
    return Reply(language, cards=(Card(SLOWER, (Paragraph(SLOWER),)),))
