"""Somebody who talks to the bot, and what they have settled for themselves."""

from dataclasses import dataclass, field

from bot.core.pings.manners import Manners, Schedule
from bot.core.words import CaseId, Language, PersonId, TenantId


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks to the bot. `front` is the case that a typed line belongs to."""

    id: PersonId
    tenant: TenantId
    language: Language = "en"
    zone: str = "UTC"  # IANA name
    calendar: str = "none"  # country code
    front: CaseId | None = None
    greeted: bool = False
    zone_known: bool = False  # they said so themselves
    guessed: bool = False  # zone and calendar are the house's, until the platform tells theirs
    platform: str = ""  # where they were last heard, with the conversation there
    conversation: str = ""
    manners: Manners = field(default_factory=Manners)

    @property
    def schedule(self) -> Schedule:
        """When they may be reminded."""
        return Schedule(self.zone, self.calendar, self.manners)
