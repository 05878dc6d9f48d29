"""Who somebody is when they are first heard, and what a platform tells of them later."""

from dataclasses import replace

from bot.core.person import Person
from bot.core.pings.manners import Manners
from bot.engine.house import House
from bot.engine.inbound import Envelope


def newcomer(house: House, envelope: Envelope) -> Person:
    """Somebody new, as their profile says, or as the house does."""
    profile = envelope.profile or house.profile
    own = house.organisations.of(envelope.tenant)
    return Person(
        envelope.person,
        envelope.tenant,
        language=profile.language,
        zone=profile.zone,
        calendar=own.calendar or profile.calendar,
        guessed=envelope.profile is None,
        manners=Manners(quiet_from=own.quiet_from, quiet_until=own.quiet_until),
    )


def told_more(house: House, person: Person, envelope: Envelope) -> Person:
    """The person with the zone and the calendar that the platform could not tell at first."""
    profile = envelope.profile
    if profile is None or not person.guessed:
        return person
    zone = person.zone if person.zone_known else profile.zone
    calendar = house.organisations.of(person.tenant).calendar or profile.calendar
    return replace(person, zone=zone, calendar=calendar, guessed=False)


def met(person: Person, envelope: Envelope) -> Person:
    """The person as somebody who has been answered there; the same one where they had been."""
    here = envelope.platform, envelope.conversation
    if person.greeted and (person.platform, person.conversation) == here:
        return person
    platform, conversation = here
    return replace(person, greeted=True, platform=platform, conversation=conversation)
