"""What is kept and said of an inbound that met a fault of ours."""

import traceback
from dataclasses import replace

import structlog
from pydantic_core import to_json

from bot.core.cards.voices_card import ADD
from bot.core.words import CaseId, Text
from bot.engine.house import House
from bot.engine.inbound import Clicked, Envelope, Inbound, Reply
from bot.engine.incoming import acquaintance, connecting, team
from bot.engine.ports import Entry

APOLOGY = Text(
    en="Something went wrong on my side, sorry. What you sent is kept under {reference}. "
    "Please try again.",
    zh="抱歉，我这边出了问题。您发来的内容已经留存，编号 {reference}。请再试一次。",
)

_log = structlog.get_logger(__name__)


async def failed(house: House, inbound: Inbound, error: Exception) -> Reply:
    """Keep an inbound that could not be applied; its id stays free, so that it can come again."""
    reference = house.new_id()
    frame = traceback.extract_tb(error.__traceback__)[-1]
    _log.error(
        "turn failed",
        reference=reference,
        inbound=inbound.envelope.id,
        error=type(error).__name__,
        where=f"{frame.filename}:{frame.lineno}",
    )
    spoken = isinstance(inbound, Clicked) and inbound.action == ADD  # perhaps without a name
    plain = connecting.bare(inbound)
    named = replace(plain, envelope=team.nameless(inbound.envelope)) if spoken else plain
    kept = {"reference": reference, "inbound": named}
    kept_as = entry(named.envelope, f"failed:{type(inbound).__name__}", kept, None)
    async with house.store.turn(inbound.envelope.tenant) as turn:
        await turn.log(kept_as)
        known = await turn.person(inbound.envelope.person)
    language = (known or acquaintance.newcomer(house, inbound.envelope)).language
    return Reply(language, toast=APOLOGY.fill(reference=reference), fault=reference)


def entry(envelope: Envelope, kind: str, what: object, case: CaseId | None) -> Entry:
    """A line of the log about something that belongs to no event of a case."""
    body = to_json(what).decode()
    return Entry(envelope.id, kind, envelope.at, envelope.person, body, case=case)
