"""Who else is there: who reads in a channel, who may press or decide, and under which name."""

import asyncio
from dataclasses import replace

import structlog

from bot.core import commands
from bot.core.approving.release import Colleague
from bot.core.case import Case
from bot.core.commands import Command, Unknown
from bot.core.events import Event
from bot.core.following.events import (
    LookBackAnswered,
    PingAnswered,
    PingMenuOpened,
    PingSnoozed,
    PingUpdated,
)
from bot.core.pings.rooms import Here, Room
from bot.core.words import PersonId, Text
from bot.engine.errors import CandorError, Refused
from bot.engine.house import House
from bot.engine.inbound import Commanded, Envelope, Inbound, Said
from bot.engine.keeping.aliases import NOBODY, alias

PATIENCE = 1.8  # seconds that somebody may wait for the platform to say who reads or presses
A_GUEST = Text(
    en="You are a guest here now, so this is no longer yours to decide. Nothing was changed.",
    zh="您现在是访客，这件事不再由您批准，没有改动。",
)
CANNOT_TELL = Text(
    en="I could not make sure just now that this is yours to decide. Nothing was changed; please "
    "press again in a moment.",
    zh="暂时没能确认这件事能否由您批准，没有改动，请稍后再点一次。",
)

_log = structlog.get_logger(__name__)


async def look(house: House, inbound: Inbound) -> Here | None:
    """Who reads in the channel in which a command about it was written; None for anything else.

    Asked before the turn is opened, so that nobody waits for a platform.
    """
    envelope = inbound.envelope
    if not isinstance(inbound, Commanded) or not envelope.heard_in:
        return None
    command = commands.slash(inbound.words)
    about = house.about.get(envelope.platform)
    if not isinstance(command, Command) or command.verb != "channel" or about is None:
        return None
    unknown = Here(envelope.platform, envelope.heard_in, "", "unknown")
    if house.organisations.of(envelope.tenant).customer_sees(envelope.platform, envelope.heard_in):
        return replace(unknown, company="external")
    try:
        async with asyncio.timeout(PATIENCE):
            return await about(envelope.tenant, envelope.heard_in)
    except Exception as error:  # noqa: BLE001 - whatever keeps us from knowing, we do not know
        _log.info("channel not looked at", error=type(error).__name__)
        return unknown


async def why_not_heard(house: House, envelope: Envelope) -> Text | None:
    """The sentence for an approver who is none of ours any more; None for one of ours.

    Asked before the turn is opened; where the platform does not tell in time, nothing is decided.
    """
    outside = house.outside.get(envelope.platform)
    if outside is None:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            return A_GUEST if await outside(envelope.tenant, envelope.person) else None
    except Refused:
        return A_GUEST
    except (CandorError, TimeoutError):
        return CANNOT_TELL


def mentioned(inbound: Inbound) -> PersonId | None:
    """Whom a command about the lead or the deputy mentions; None for anything else."""
    command: Command | Unknown | None = None
    if isinstance(inbound, Commanded):
        command = commands.slash(inbound.words)
    elif isinstance(inbound, Said):
        command = commands.typed(inbound.text)
    if not isinstance(command, Command) or command.verb not in ("lead", "deputy"):
        return None
    return inbound.envelope.named.get(" ".join(command.rest.split()))


def named(house: House, envelope: Envelope, words: str) -> Colleague | None:
    """The one colleague whom these words mention or name."""
    organisation, wish = house.organisations.of(envelope.tenant), " ".join(words.split())
    mentioned = envelope.named.get(wish)
    if mentioned is None:
        return organisation.named(wish) if wish else None
    return Colleague(mentioned, organisation.name_of(mentioned) or wish.lstrip("@"))


def signed(house: House, event: Event | None, case: Case, envelope: Envelope) -> Event | None:
    """The event with the name of whoever pressed, where others see it or it was not the owner."""
    if isinstance(event, LookBackAnswered):
        return _voiced(house, event, case, envelope)
    return named_by(_name(house, envelope), event, case, envelope) if event else None


def named_by(name: str, event: Event, case: Case, envelope: Envelope) -> Event:
    """The event with this name, where others see it or it was not the owner."""
    if not isinstance(event, PingAnswered | PingUpdated):
        return event
    if case.owner == envelope.person and not envelope.heard_in:
        return event
    return replace(event, name=name)


def may_press(case: Case, event: Event | None, envelope: Envelope) -> bool:
    """Whether somebody else may do this: it was asked of them while the owner is
    away, or of the team and is pressed before the team.
    """
    if isinstance(event, LookBackAnswered):
        return case.look_back is not None and _is_before(case.room, envelope)
    if not isinstance(event, PingAnswered | PingMenuOpened | PingSnoozed | PingUpdated):
        return False
    reminder = case.reminders.get(event.key) if event.key is not None else None
    if reminder is None or (isinstance(event, PingMenuOpened) and event.menu == "stop"):
        return False
    if reminder.board is not None and reminder.board.to == envelope.person:
        return True
    return _is_before(reminder.thread.room if reminder.thread is not None else None, envelope)


def nameless(envelope: Envelope) -> Envelope:
    """The same from nobody, to be kept where a name could stand beside words that shall bear none."""
    return replace(envelope, person=NOBODY, conversation="", profile=None, named={}, name="")


def _voiced(
    house: House, event: LookBackAnswered, case: Case, envelope: Envelope
) -> LookBackAnswered:
    """With the name of whoever speaks; where none is to be known, with an alias, and by nobody."""
    if case.look_back is None or not case.look_back.anonymous:
        return replace(event, name=_name(house, envelope))
    known_as = alias(house.alias_key(), envelope.tenant, case.id, envelope.person)
    return replace(event, stamp=replace(event.stamp, by=NOBODY), alias=known_as)


def _name(house: House, envelope: Envelope) -> str:
    known = house.organisations.of(envelope.tenant).name_of(envelope.person)
    return known or envelope.name


def _is_before(room: Room | None, envelope: Envelope) -> bool:
    """Whether it came from this channel."""
    if room is None:
        return False
    return (room.platform, room.conversation) == (envelope.platform, envelope.heard_in)
