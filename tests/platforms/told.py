"""A case that was told, kept in a platform's store as if its owner had been there all along."""

from dataclasses import replace

from bot.core.case import Case
from bot.core.person import Person
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import Filed, Ping, Place, Store
from tests.core.followed import Followed


async def keep(
    store: Store,
    told: Followed,
    owner: PersonId,
    place: Place,
    *,
    tenant: TenantId,
    due: Key,
) -> Case:
    """The case as this owner's, with them and the reminder that is due in the tables."""
    case = replace(told.case, id=CaseId("c1"), tenant=tenant, owner=owner)
    person = Person(owner, tenant, "en", "Europe/London", "GB", greeted=True)
    async with store.turn(tenant) as turn:
        await turn.keep_playbook(told.playbook)
        await turn.save_person(
            replace(person, platform=place.platform, conversation=place.conversation)
        )
        await turn.save(Filed(case, place), was=None)
        await turn.set_ping(Ping(tenant, case.id, name_of(due), case.reminders[due].due))
    return case
