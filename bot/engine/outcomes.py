"""What became of a message, told to its case as an event like any other where that matters."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import structlog

from bot.core.approving.events import Delivered, DeliveryFailed
from bot.core.approving.showing import asked_by
from bot.core.approving.wording import WHY, WHY_ELSE
from bot.core.events import Event, PingDue
from bot.core.following.events import DeputyLost, OwnerLost, RoomLost
from bot.core.pings.rooms import number_of
from bot.core.sharing.events import ViewerLost
from bot.core.sharing.react import viewer_in, viewer_told
from bot.core.stamp import Stamp
from bot.core.standing_in import appointed
from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine import reminding, sessions, turning
from bot.engine.conflicts import persist
from bot.engine.errors import StoreUnavailable
from bot.engine.house import House
from bot.engine.letters import outward
from bot.engine.letters.slots import GONE
from bot.engine.ports import Filed, Outcome, Parcel, Place
from bot.engine.sessions import Session

_PASSING = ("no message to edit", "expired")  # of the message, not of the channel

OUTSIDERS = "outsiders"  # why a card is kept from somebody who is none of ours
LOST = ("closed", "gone")  # why a conversation with a person takes nothing more
LEAD = "account_lead"  # the role that is told when an owner is silent
MEND = (
    "an admin can open it again; the account_lead in CANDOR_ORGANISATION is told, if one is named"
)

_log = structlog.get_logger(__name__)


async def tell(house: House, parcel: Parcel, outcome: Outcome) -> None:
    """Tell the case of a message to its customer how that ended, and of somebody out of reach."""
    number, asked = outward.number_of(parcel.slot), asked_by(parcel.slot)
    room = number_of(parcel.slot)
    is_refused = outcome.state == "dropped" and outcome.error not in _PASSING
    is_told = number is not None or asked is not None or room is not None
    if viewer_told(parcel.slot) and not is_refused:
        return  # only shown: a viewer asks for it again
    if not is_told and not (outcome.state in GONE and parcel.kind == "post"):
        return
    try:
        if room is not None and is_refused:
            why = WHY.get(outcome.error, WHY_ELSE)
            await _react(house, parcel, partial(RoomLost, number=room, why=why))
        if viewer_told(parcel.slot):
            await persist(partial(_viewer_lost, house, parcel, outcome))
        elif number is not None:
            await look(house, parcel.tenant, parcel.case, number)
        elif asked is not None and outcome.state in GONE and parcel.kind == "post":
            await _react(house, parcel, partial(PingDue, kind=asked))
        elif not is_told:
            await persist(partial(_deputy_lost, house, parcel, outcome))
            if outcome.error in LOST:
                await persist(partial(_owner_lost, house, parcel))
    except StoreUnavailable:
        raise
    except Exception as error:  # noqa: BLE001 - a reminder looks again, so nothing is lost
        _log.error("outcome not told", case=parcel.case, error=type(error).__name__)


async def _react(house: House, parcel: Parcel, event: Callable[[Stamp], Event]) -> None:
    """Tell the case of a message what became of it, as its owner's, where the case still is."""

    async def turn_it() -> None:
        async with house.store.turn(parcel.tenant) as turn:
            filed = await turn.case(parcel.case)
            if filed is not None:
                stamp = Stamp(EventId(house.new_id()), house.clock(), filed.case.owner)
                session = await sessions.owners(house, turn, filed)
                await turning.react(session, filed, event(stamp))

    await persist(turn_it)


async def _viewer_lost(house: House, parcel: Parcel, outcome: Outcome) -> None:
    """Whoever cannot be told that a case is shared with them, or is none of ours, reads nothing."""
    async with house.store.turn(parcel.tenant) as turn:
        filed = await turn.case(parcel.case)
        who = viewer_in(filed.case, parcel.slot) if filed else None
        if filed is None or who is None:
            return
        stamp = Stamp(EventId(house.new_id()), house.clock(), filed.case.owner)
        lost = ViewerLost(stamp, who, outside=outcome.error == OUTSIDERS)
        await turning.react(await sessions.owners(house, turn, filed), filed, lost)


async def _deputy_lost(house: House, parcel: Parcel, outcome: Outcome) -> None:
    """What did not reach a deputy counts as never asked.

    Refused, it waits for the owner, who hears so once: nobody stands in now. A card that no
    platform takes waits for the owner as well; one that came too late is asked anew.
    """
    async with house.store.turn(parcel.tenant) as turn:
        filed = await turn.case(parcel.case)
        owner = await turn.person(filed.case.owner) if filed else None
        cases = await turn.cases(owner.id) if owner else ()
        deputy = _asked_instead(cases, parcel.slot)
        if owner is None or deputy is None:
            return
        name, back = "", reminding.with_absence(house, owner).manners.away_until
        is_refused = outcome.state == "dropped" and outcome.error not in _PASSING
        if is_refused and owner.manners.deputy == deputy:
            known = house.organisations.of(parcel.tenant).name_of(deputy)
            name = known or owner.manners.deputy_name or deputy
            manners = appointed(owner.manners, "deputy", None)
            await turn.save_person(replace(owner, manners=manners))
        for each in cases:
            is_here = each.case.id == parcel.case
            if not is_here and _asked_instead((each,), parcel.slot) is None:
                continue
            stamp = Stamp(EventId(house.new_id()), house.clock(), owner.id)
            session = Session(house, turn, each.place, owner.language)
            until = back if outcome.state == "dead" else None
            event = DeputyLost(stamp, parcel.slot, name if is_here else "", until)
            await turning.react(session, each, event)
    _log.warning("deputy not reached", case=parcel.case)


def _asked_instead(cases: Iterable[Filed], slot: str) -> PersonId | None:
    """Who was asked in this slot in the place of the owner; None where the owner was."""
    boards = (r.board for f in cases for r in f.case.reminders.values())
    return next((b.to for b in boards if b is not None and b.slot == slot), None)


async def _owner_lost(house: House, parcel: Parcel) -> None:
    """Nobody reads what is said to an owner whose account is closed: their lead hears so, once."""
    async with house.store.turn(parcel.tenant) as turn:
        filed = await turn.case(parcel.case)
        owner = await turn.person(filed.case.owner) if filed else None
        if owner is None or parcel.place != Place(owner.platform, owner.conversation):
            return
        leads = house.organisations.of(parcel.tenant).roles.get(LEAD, ())
        lead = owner.manners.lead or next((p for p in leads if p != owner.id), None)
        stamp = Stamp(EventId(house.new_id()), house.clock(), owner.id)
        for each in await turn.cases(owner.id):
            session = Session(house, turn, each.place, owner.language)
            await turning.react(session, each, OwnerLost(stamp, lead))
    _log.error("an owner's account is closed", case=parcel.case, remedy=MEND)


async def look(house: House, tenant: TenantId, case: CaseId, number: int) -> None:
    """Read in the outbox what became of a message, and tell its case when that is known.

    The outbox is the truth, so that an outcome is told however often one looks, and applied once.
    """
    for parcel in await house.store.parcels(tenant, case):
        if outward.number_of(parcel.slot) == number and parcel.kind == "post":
            return await _told(house, parcel, number)
    return None


async def _told(house: House, parcel: Parcel, number: int) -> None:
    if parcel.state == "sent":
        event: Callable[[Stamp], Event] = partial(Delivered, number=number, ref=parcel.ref or "")
        await _react(house, parcel, event)
    elif parcel.look_at is None:
        is_unknown = parcel.state == "unknown"
        event = partial(DeliveryFailed, number=number, why=parcel.error, unknown=is_unknown)
        await _react(house, parcel, event)
