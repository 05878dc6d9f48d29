"""Who somebody is when they are first heard, and what a platform tells of them later."""

from dataclasses import replace

from bot.core.person import Person
from bot.engine.house import House
from bot.engine.inbound import Envelope


def newcomer(house: House, envelope: Envelope) -> Person:
    """Somebody new, as their profile says, or as the house does."""
    profile = envelope.profile or house.profile
    return Person(
        envelope.person,
        envelope.tenant,
        language=profile.language,
        zone=profile.zone,
        calendar=profile.calendar,
        guessed=envelope.profile is None,
    )


def told_more(person: Person, envelope: Envelope) -> Person:
    """The person with the zone and the calendar that the platform could not tell at first."""
    profile = envelope.profile
    if profile is None or not person.guessed:
        return person
    zone = person.zone if person.zone_known else profile.zone
    return replace(person, zone=zone, calendar=profile.calendar, guessed=False)
