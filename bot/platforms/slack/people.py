"""What Slack knows of a person: asked once, on first contact, and never waited for long."""

import time
from collections.abc import Callable

from babel.core import get_global

from bot.core.reading.calendars import UnknownCalendar, calendar
from bot.core.words import Language, PersonId, TenantId
from bot.engine.errors import CandorError
from bot.engine.house import House
from bot.engine.inbound import Profile
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.texts import Payload

REMEMBERED = 20_000
QUICK = 1.0  # seconds that a newcomer's first answer may wait for their profile
AGAIN = 60.0  # seconds until Slack is asked again for a profile that it did not tell


class People:
    """Gives the profile of somebody new; None of everybody else."""

    def __init__(
        self, calls: Calls, house: House, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._calls = calls
        self._house = house
        self._clock = clock
        self._known: set[tuple[TenantId, PersonId]] = set()
        self._tried: dict[tuple[TenantId, PersonId], float] = {}
        self._learned: dict[tuple[TenantId, PersonId], Profile] = {}  # until the house knows them

    async def profile(self, tenant: TenantId, person: PersonId) -> Profile | None:
        """Language, zone and calendar of a newcomer, when Slack says them at once.

        Otherwise the house's own apply, and Slack is asked again a while later.
        """
        who = tenant, person
        if who in self._known:
            return None
        known = await self._house.store.person(tenant, person)
        if known is not None and not known.guessed:
            self._learned.pop(who, None)
            self._remember(tenant, person)
            return None
        if who not in self._learned and self._clock() - self._tried.get(who, -AGAIN) >= AGAIN:
            await self._ask(who)
        return self._learned.get(who)

    async def _ask(self, who: tuple[TenantId, PersonId]) -> None:
        self._tried[who] = self._clock()
        try:
            found = await self._calls.call(
                "users.info", within=QUICK, user=who[1], include_locale=True
            )
        except CandorError:
            return
        self._learned[who] = read(found["user"], self._house.profile)

    def _remember(self, tenant: TenantId, person: PersonId) -> None:
        if len(self._known) >= REMEMBERED:
            self._known.clear()
            self._tried.clear()
        self._known.add((tenant, person))


def read(user: Payload, otherwise: Profile) -> Profile:
    """A profile from what users.info says; what it leaves out comes from `otherwise`."""
    locale = str(user.get("locale") or "")
    language: Language = otherwise.language
    if locale:
        language = "zh" if locale.startswith("zh") else "en"
    zone = str(user.get("tz") or "")
    territories = get_global("zone_territories")
    if zone not in territories:
        return Profile(language, otherwise.zone, otherwise.calendar)
    country = str(territories[zone])
    try:
        calendar(country)
    except UnknownCalendar:
        country = otherwise.calendar
    return Profile(language, zone, country)
