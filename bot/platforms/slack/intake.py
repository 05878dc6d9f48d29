"""Takes in what Slack sends, within the three seconds that it waits, and says so where that fails.

Somebody whose press finds no database is told in the language that they were last answered in.
"""

from dataclasses import replace

from bot.core.words import Language, PersonId, TenantId, Text, same
from bot.engine.errors import CandorError
from bot.engine.handle import handle
from bot.engine.inbound import Inbound, Reply
from bot.engine.incoming import team
from bot.engine.ports import Line, Parcel
from bot.platforms.in_time import InTime
from bot.platforms.slack.ours import Ours
from bot.platforms.slack.people import People
from bot.web.platforms import Site

REMEMBERED = 20_000  # people whose language is known


class Intake:
    """The one way from the desk to the engine and its tables."""

    def __init__(self, site: Site, ours: Ours, people: People) -> None:
        self._site = site
        self._house = site.house
        self._ours = ours
        self._people = people
        self._in_time = InTime()
        self._languages: dict[PersonId, Language] = {}

    async def take(self, what: Inbound, *, awaited: bool = True) -> tuple[Reply, bool]:
        """What goes back, and whether it was taken in, which is for `handle` alone to say.

        Not `awaited`: Slack has its answer already, so that it may take its time.
        """
        by, work = what.envelope, self._handled(what)
        try:
            reply = await (self._in_time.of(work) if awaited else work)
        except CandorError as error:
            return self.sorry(by.person, error), False
        if not reply.seen:  # which says nothing of them
            self._remember(by.person, reply.language)
        for case in (reply.case, *reply.also):
            if case is not None:
                self._site.wake(Line(by.tenant, case))
        return reply, not reply.fault

    async def parcel(self, tenant: TenantId, key: str) -> Parcel | None:
        """The row of the outbox with this id. Raises StoreUnavailable."""
        return await self._in_time.of(self._house.store.parcel(tenant, key))

    def sorry(self, person: PersonId, error: CandorError) -> Reply:
        """Why it was not taken in; in both languages where nobody knows theirs."""
        language = self._languages.get(person)
        if language is not None:
            return Reply(language, toast=error.text)
        both = same(f"{error.text.en}\n{error.text.zh}")
        return Reply(self._house.profile.language, toast=both)

    def _remember(self, person: PersonId, language: Language) -> None:
        if len(self._languages) >= REMEMBERED:
            self._languages.clear()
        self._languages[person] = language

    async def _handled(self, what: Inbound) -> Reply:
        by = what.envelope
        profile = await self._people.profile(by.tenant, by.person)
        if profile is not None:
            what = replace(what, envelope=replace(by, profile=profile))
        why = await self._why_not_named(what)
        if why is not None:
            return Reply(await self._language(what), toast=why)
        return await handle(self._house, what)

    async def _why_not_named(self, what: Inbound) -> Text | None:
        """Why whom a command mentions becomes neither lead nor deputy. Asked before the turn."""
        who = team.mentioned(what)
        return await self._ours.why_not_told(who) if who is not None else None

    async def _language(self, what: Inbound) -> Language:
        by = what.envelope
        known = await self._house.store.person(by.tenant, by.person)
        return (known or by.profile or self._house.profile).language
