"""Which event, when, and by whom: what every event carries."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.words import EventId, PersonId


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which event, when, and by whom."""

    id: EventId
    at: datetime
    by: PersonId
