"""A card that was offered and what can still be pressed on it, as the case remembers it."""

from dataclasses import dataclass
from typing import Final

from bot.core.words import Text

SIGN, NEXT, CLOSE, ANYWAY, DELIVERED = "sign", "next", "close", "close_anyway", "delivered"
POST: Final = "share_now"  # the minutes, in the project's channel


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on the card: its sentence, and the names of its buttons. `seal` names the exact
    minutes that it shows.
    """

    text: Text
    offers: tuple[str, ...]
    seal: str = ""
