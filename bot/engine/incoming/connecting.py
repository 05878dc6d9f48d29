"""What an admin sets in the chat of their organisation's own systems: tried and kept after the turn.

What stood in the form is nowhere written down but in its sealed row. Where a process dies before
it is kept, nothing has changed, and it is sent once more.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import structlog

from bot.core.cards import connect_cards
from bot.core.cards.blocks import Card
from bot.core.connecting.kind import Kind, Values
from bot.core.connecting.kinds import KINDS
from bot.core.connecting.wording import CONNECT
from bot.core.desk import Person
from bot.core.events import Raw
from bot.core.words import FieldId, PersonId, TenantId, Text
from bot.engine.house import House
from bot.engine.inbound import Clicked, Inbound, Reply
from bot.engine.keeping.connections import Connection, kinds_among
from bot.engine.own import NotConnected, Own
from bot.engine.ports import Turn

ADMIN = "admin"  # the role whose people connect what is their organisation's


_log = structlog.get_logger(__name__)


def may(house: House, tenant: TenantId, person: PersonId) -> bool:
    """Whether somebody may connect systems, and there is a way to keep their keys."""
    return house.own is not None and _is_admin(house, tenant, person)


async def listed(house: House, turn: Turn, person: Person) -> Reply:
    """What there is, for an admin; for all others one sentence."""
    refused = _refused(house, person)
    return Reply(toast=refused) if refused else Reply(cards=(await _list(turn),))


async def pressed(house: House, person: Person, click: Clicked) -> Reply | None:
    """What comes of a press on one of these cards; None for any other press."""
    wish, kind = click.action.name, KINDS.get(click.action.argument)
    if wish not in (connect_cards.CONNECT_ONE, connect_cards.SAVE, connect_cards.REMOVE):
        return None
    refused = _refused(house, person)
    if refused is not None or house.own is None or kind is None:
        return Reply(toast=refused)
    if wish == connect_cards.CONNECT_ONE:
        return Reply(cards=(connect_cards.form(kind),))
    if wish == connect_cards.REMOVE:
        dropped = partial(_dropped, house, house.own, person, kind)
        return Reply(later=partial(_told, person, kind, dropped))
    values = _values(kind, click.boxes)
    domains = house.organisations.of(person.tenant).domains
    problems = house.own.makes.problems(kind, values, by_admin=True, domains=domains)
    if problems:
        return Reply(cards=(connect_cards.form(kind, values, problems),))
    found = Connection(person.tenant, kind.id, values, house.clock(), by_admin=True)
    kept = partial(_kept, house, house.own, person, found)
    later = partial(_told, person, kind, kept)
    return Reply(toast=CONNECT.trying.fill(kind=kind.label), later=later)


def bare(inbound: Inbound) -> Inbound:
    """The inbound as it may be written down: without what stood in a form with a key."""
    if isinstance(inbound, Clicked) and inbound.action.name == connect_cards.SAVE:
        return Clicked(inbound.envelope, inbound.case, inbound.action, inbound.seen)
    return inbound


async def _told(person: Person, kind: Kind, work: Callable[[], Awaitable[Reply]]) -> Reply:
    """What comes of the work; whoever waits hears of a fault, too."""
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 - the top of it: whoever waits is told
        _log.error("connection not changed", kind=kind.id, error=type(error).__name__)
        return Reply(person.language, toast=CONNECT.fault.fill(kind=kind.label))


async def _kept(house: House, own: Own, person: Person, found: Connection) -> Reply:
    label = KINDS[found.kind].label
    try:
        seen = await own.makes.tried(found)
    except NotConnected as error:
        return Reply(person.language, toast=CONNECT.failed.fill(kind=label, why=error.why))
    await own.connections.keep(found)
    return await _after(house, person, CONNECT.kept.fill(kind=label, seen=seen))


async def _dropped(house: House, own: Own, person: Person, kind: Kind) -> Reply:
    gone = await own.connections.drop(person.tenant, kind.id)
    said = CONNECT.removed if gone else CONNECT.not_there
    return await _after(house, person, said.fill(kind=kind.label))


async def _after(house: House, person: Person, note: Text) -> Reply:
    """The list as it stands now, with what has become of the press."""
    async with house.store.turn(person.tenant) as turn:
        card = await _list(turn, note)
    return Reply(person.language, cards=(card,))


async def _list(turn: Turn, note: Text | None = None) -> Card:
    return connect_cards.listed(kinds_among(await turn.secrets()), note)


def _refused(house: House, person: Person) -> Text | None:
    if not _is_admin(house, person.tenant, person.id):
        return CONNECT.not_admin
    return CONNECT.no_keys if house.own is None else None


def _is_admin(house: House, tenant: TenantId, person: PersonId) -> bool:
    ours = house.organisations.of(tenant)
    return person in ours.roles.get(ADMIN, ()) and not ours.has_left(person)


def _values(kind: Kind, boxes: Mapping[FieldId, Raw]) -> Values:
    found = {part.name: boxes.get(FieldId(part.name), "") for part in kind.parts}
    return {name: raw.strip() for name, raw in found.items() if isinstance(raw, str)}
