"""What a customer sees and says by a link: read from their case, and told to it as an event."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256

from bot.core.case import Case, customer_language, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.following.events import FeedbackGiven
from bot.core.following.feedback import Feedback
from bot.core.stamp import Stamp
from bot.core.words import EventId, Language, PersonId
from bot.engine import sessions, turning
from bot.engine.conflicts import persist
from bot.engine.house import House
from bot.engine.links import Ticket
from bot.engine.ports import Line

_CUSTOMER = PersonId("customer")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of one link: nothing in it that the customer was not told."""

    project: str
    language: Language
    until: date  # the last day on which it can be answered, where its owner is
    given: Feedback | None = None  # what was answered by this link so far


@dataclass(frozen=True, slots=True)
class Said:
    """What the customer chose and wrote."""

    early: int
    trust: int
    quote: str = ""


async def sheet(house: House, ticket: Ticket) -> Sheet | None:
    """The page of a link; None where its case is not there any more, or never made it."""
    filed = await house.store.case(ticket.tenant, ticket.case)
    return _sheet(filed.case, ticket) if filed is not None else None


async def give(house: House, ticket: Ticket, said: Said) -> Line | None:
    """Tell the case, once for the same words; None where there is no such case. Raises Conflict."""
    return await persist(partial(_give, house, ticket, said))


async def _give(house: House, ticket: Ticket, said: Said) -> Line | None:
    now = house.clock()
    async with house.store.turn(ticket.tenant) as turn:
        filed = await turn.case(ticket.case)
        if filed is None or _sheet(filed.case, ticket) is None:
            return None
        stamp = Stamp(_id(ticket, said, filed.case.revision), now, _CUSTOMER)
        event = FeedbackGiven(stamp, ticket.number, said.early, said.trust, said.quote)
        await turning.react(await sessions.owners(house, turn, filed), filed, event)
    return Line(ticket.tenant, ticket.case)


def _sheet(case: Case, ticket: Ticket) -> Sheet | None:
    if not 0 < ticket.number <= case.links:
        return None
    given = next((f for f in case.feedback if f.link == ticket.number), None)
    until = local_day(case, ticket.until)
    return Sheet(text_of(case, "project"), customer_language(case), until, given)


def _id(ticket: Ticket, said: Said, revision: int) -> EventId:
    words = f"{ticket.case}/{ticket.number}/{revision}/{said.early}/{said.trust}/{said.quote}"
    return EventId(f"link-{sha256(words.encode()).hexdigest()[:24]}")
