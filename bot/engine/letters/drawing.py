"""Cards that were put off: drawn when their row is taken to be sent, from the case as it stands then."""

from datetime import datetime

import structlog

from bot.core.cards import screens
from bot.core.cards.blocks import Card
from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.effects import StepScreen
from bot.core.playbook import Playbook
from bot.engine.house import House
from bot.engine.ports import Parcel, Turn

_log = structlog.get_logger(__name__)


async def draw(house: House, turn: Turn, parcel: Parcel, at: datetime) -> Card | None:
    """The card of a row as its case stands in this turn; None where no card comes of it, so that
    one row in trouble stops nobody else's.
    """
    if parcel.later is None:
        return parcel.card
    try:
        filed = await turn.case(parcel.case)
        playbook = await house.shelf.version(turn, filed.case.digest) if filed else None
    except (LookupError, ValueError) as error:  # the case or its playbook cannot be read
        _tell(parcel, error)
        return None
    if filed is None or playbook is None:
        return None
    return _drawn(playbook, filed.case, parcel, parcel.later, at)


def _drawn(
    playbook: Playbook, case: Case, parcel: Parcel, screen: StepScreen, at: datetime
) -> Card | None:
    try:
        return screens.draw(playbook, case, screen, today=local_day(case, at))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one card, the others go out
        _tell(parcel, error)
        return None


def _tell(parcel: Parcel, error: Exception) -> None:
    _log.error("card not drawn", case=parcel.case, row=parcel.id, error=type(error).__name__)
