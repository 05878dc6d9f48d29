"""Reading a case of somebody else: who may, checked anew each time, and what they are shown."""

from collections.abc import Mapping, Sequence

from bot.core import desk, desk_sharing
from bot.core.cards import desk_cards
from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.commands import Command, Unknown
from bot.core.desk import Summary
from bot.core.sharing.react import owner_of
from bot.core.sharing.wording import SHARE
from bot.core.words import PersonId, Text
from bot.engine.house import House
from bot.engine.inbound import Envelope
from bot.engine.incoming.looking import Ahead, Sight
from bot.engine.incoming.team import Belonging
from bot.engine.ports import Filed

_WHY: Mapping[Belonging, Text] = {"outside": SHARE.not_ours, "unknown": SHARE.cannot_tell}


class Unsure(Exception):
    """Whoever acts may read a case of somebody else, if they still belong here; it is to be asked."""


async def viewed(
    sight: Sight,
    envelope: Envelope,
    ahead: Ahead,
    command: Command | Unknown,
    cases: Sequence[Summary],
) -> Card | Filed | None:
    """What of others is shared with somebody, where their command asks for it: the list with it, the
    case to be read, or the question which; None for any other. `cases` are their own. Raises Unsure.
    """
    if not isinstance(command, Command) or command.verb not in ("list", "show"):
        return None
    found = await sight.turn.shared_with(envelope.person)
    if not found or why_not(sight.house, envelope, ahead) is not None:
        return None
    shared = [desk.summary(filed.case) for filed in found]
    if command.verb == "list":
        return desk_cards.listed(cases, shared)
    meant = desk_sharing.shown(command.rest, cases, shared)
    if meant is None or isinstance(meant, Card):
        return meant
    return next(filed for filed in found if filed.case.id == meant.id)


def read_only(case: Case, person: PersonId) -> Text | None:
    """The sentence for a viewer who pressed what is not for them; None for whoever is none."""
    if person not in case.sharing.viewers:
        return None
    return SHARE.read_only.fill(owner=owner_of(case))


def why_not(house: House, envelope: Envelope, ahead: Ahead) -> Text | None:
    """The sentence for somebody who is shown nothing now; None for one of ours.

    Raises Unsure where the platform has not been asked yet.
    """
    if house.organisations.of(envelope.tenant).has_left(envelope.person):
        return SHARE.not_ours
    if envelope.platform in house.outside and ahead.belongs is None:
        raise Unsure
    return _WHY.get(ahead.belongs or "ours")
