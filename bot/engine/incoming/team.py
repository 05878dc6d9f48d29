"""Who else is there: who reads in a channel, who may press or decide, and under which name."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

import structlog

from bot.core import commands
from bot.core.approving.asking import was_asked
from bot.core.approving.events import ApproverEvent
from bot.core.approving.organisation import Organisation
from bot.core.approving.release import Colleague
from bot.core.case import Case
from bot.core.commands import Command, Unknown
from bot.core.desk_sharing import Meant
from bot.core.events import Event
from bot.core.following.events import (
    LookBackAnswered,
    PingAnswered,
    PingMenuOpened,
    PingSnoozed,
    PingUpdated,
)
from bot.core.pings.rooms import Here, Room
from bot.core.sharing.events import ByViewer, ViewerInvited, ViewerNamed
from bot.core.words import PersonId, TenantId, Text
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

Belonging = Literal["ours", "outside", "unknown"]
_NOT_HEARD: Mapping[Belonging, Text | None] = {
    "ours": None,
    "outside": A_GUEST,
    "unknown": CANNOT_TELL,
}

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
    return _NOT_HEARD[await belonging(house, *envelope.who)]


async def belonging(house: House, platform: str, tenant: TenantId, person: PersonId) -> Belonging:
    """Whether somebody is one of ours, as the platform says now. Asked outside of any turn."""
    outside = house.outside.get(platform)
    if outside is None:
        return "ours"
    try:
        async with asyncio.timeout(PATIENCE):
            return "outside" if await outside(tenant, person) else "ours"
    except Refused:
        return "outside"
    except (CandorError, TimeoutError):
        return "unknown"


def mentioned(inbound: Inbound) -> PersonId | None:
    """Whom a command mentions as lead, as deputy or to read a case; None for anything else."""
    command: Command | Unknown | None = None
    if isinstance(inbound, Commanded):
        command = commands.slash(inbound.words)
    elif isinstance(inbound, Said):
        command = commands.typed(inbound.text)
    if isinstance(command, Command) and command.verb == "invite":
        return next(
            (inbound.envelope.named[m] for m in _mentions(inbound.envelope, command.rest)), None
        )
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


def meant(house: House, envelope: Envelope, words: str) -> Meant:
    """Whom the words name, mentioned anywhere in them or called by their first words; and the rest."""
    wish = " ".join(words.split())
    mention = next(iter(_mentions(envelope, wish)), "")
    if mention:
        rest = " ".join(f" {wish} ".replace(f" {mention} ", " ", 1).split())
        found = named(house, envelope, mention)
        outside = mention in envelope.strangers or (
            found is not None and _has_left(house, envelope, found)
        )
        return Meant(mention.lstrip("@"), None if outside else found, rest, outside)
    return called(house.organisations.of(envelope.tenant), wish)


def called(organisation: Organisation, words: str) -> Meant:
    """Whom the first words call, the longest name that is known; and the rest."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        found = organisation.named(" ".join(parts[:count]))
        if found is not None:
            return Meant(found.name, found, " ".join(parts[count:]))
    return Meant(" ".join(parts))


def signed(house: House, event: Event | None, case: Case, envelope: Envelope) -> Event | None:
    """The event with the name of whoever pressed, where others see it or it was not the owner."""
    if isinstance(event, LookBackAnswered):
        return _voiced(house, event, case, envelope)
    if isinstance(event, ViewerNamed):
        return viewer(event, meant(house, envelope, event.name))
    if isinstance(event, ViewerInvited):
        return replace(event, owner=_name(house, envelope))
    return named_by(_name(house, envelope), event, case, envelope) if event else None


def named_by(name: str, event: Event, case: Case, envelope: Envelope) -> Event:
    """The event with this name, where others see it or it was not the owner."""
    if not isinstance(event, PingAnswered | PingUpdated):
        return event
    if case.owner == envelope.person and not envelope.heard_in:
        return event
    return replace(event, name=name)


def may_decide(case: Case, event: Event, envelope: Envelope) -> bool:
    """Whether it is somebody else's word that this case waits for, or somebody who may read it."""
    if isinstance(event, ApproverEvent):
        return was_asked(case, envelope.person)
    if isinstance(event, ByViewer):
        return envelope.person in case.sharing.viewers
    return case.owner != envelope.person and may_press(case, event, envelope)


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
    return replace(
        envelope, person=NOBODY, conversation="", profile=None, named={}, strangers=(), name=""
    )


def _voiced(
    house: House, event: LookBackAnswered, case: Case, envelope: Envelope
) -> LookBackAnswered:
    """With the name of whoever speaks; where none is to be known, with an alias, and by nobody."""
    if case.look_back is None or not case.look_back.anonymous:
        return replace(event, name=_name(house, envelope))
    known_as = alias(house.alias_key(), envelope.tenant, case.id, envelope.person)
    return replace(event, stamp=replace(event.stamp, by=NOBODY), alias=known_as)


def viewer(event: ViewerNamed, meant: Meant) -> ViewerNamed:
    """The same with whom its words name; they are kept only where they name nobody."""
    name = "" if meant.who is not None else meant.name
    return replace(event, name=name, who=meant.who, outside=meant.outside)


def _mentions(envelope: Envelope, words: str) -> list[str]:
    """The people that are mentioned in the words, as they write them; the longest name first."""
    wish = f" {' '.join(words.split())} "
    found = (m for m in (*envelope.named, *envelope.strangers) if f" {m} " in wish)
    return sorted(found, key=len, reverse=True)


def _has_left(house: House, envelope: Envelope, who: Colleague) -> bool:
    return house.organisations.of(envelope.tenant).has_left(who.id)


def _name(house: House, envelope: Envelope) -> str:
    known = house.organisations.of(envelope.tenant).name_of(envelope.person)
    return known or envelope.name


def _is_before(room: Room | None, envelope: Envelope) -> bool:
    """Whether it came from this channel."""
    if room is None:
        return False
    return (room.platform, room.conversation) == (envelope.platform, envelope.heard_in)
