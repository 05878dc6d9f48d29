"""What is erased for good: a person from all cases of a tenant, or a tenant."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC

from bot.assembly import databases
from bot.content.organisations import load_organisations
from bot.core.approving.organisation import Organisations
from bot.core.case import Case
from bot.core.meetings import strays
from bot.core.meetings.meeting import ICS
from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine.keeping.redaction import Somebody
from bot.engine.mirrors import standing
from bot.settings import Settings
from bot.wiring import now

NOBODY = PersonId("")


@dataclass(frozen=True, slots=True)
class Left:
    """What of a case stands in another system, by what that calls it."""

    case: CaseId
    kind: str
    ref: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """What an erasure reaches: cases that go, and cases of others in which somebody is named."""

    own: int = 0
    others: int = 0


async def person_erased(
    settings: Settings, tenant: TenantId, person: PersonId, names: Sequence[str], *, really: bool
) -> Found:
    """Erase a person from a tenant: their cases, and their name from those of others.

    Without `really`, only what it would reach is counted. What was begun goes on when it is asked
    for again.
    """
    organisation = _organisations(settings).of(tenant)
    async with databases.tended(settings, now()) as store:
        invited_as = await store.upkeep.called(tenant, person)
        found = (*names, organisation.name_of(person), *invited_as)
        called = dict.fromkeys(name for name in found if name.strip())
        who = Somebody(person, PersonId(f"erased-{secrets.token_hex(6)}"), tuple(called))
        own = await store.upkeep.owned(tenant, person)
        others = await store.upkeep.speaking_of(tenant, who)
        if really:
            for line in own:
                await store.upkeep.let_go(line, event=_event(), at=now(), why="person")
            for line in others:
                await store.upkeep.take_out(line, who, event=_event(), at=now())
            await store.upkeep.forget_person(tenant, who)
    return Found(len(own), len(others))


async def tenant_erased(settings: Settings, tenant: TenantId, *, really: bool) -> int:
    """Erase a tenant with all that is kept of it, its record too; gives how many rows there were."""
    async with databases.tended(settings, now()) as store:
        rows = [row async for row in store.upkeep.everything(tenant)]
        if really:
            await store.erase(tenant)
    return len(rows)


async def outside(
    settings: Settings, tenant: TenantId, person: PersonId = NOBODY
) -> Sequence[Left]:
    """What of a tenant's cases, or of those of one person, stands in other systems: no erasure reaches it."""
    async with databases.tended(settings, now()) as store:
        cases = [filed.case for filed in await store.cases_of_all(tenant)]
    mine = (case for case in cases if person in (NOBODY, case.owner))
    return tuple(left for case in mine for left in _left(case))


def _left(case: Case) -> Iterator[Left]:
    for key, copy in standing(case):
        yield Left(case.id, key.partition(":")[0], copy.ref, copy.url)
    for meeting in case.meetings.values():
        if meeting.state == "booked" and meeting.provider != ICS:
            yield Left(case.id, f"meeting in {meeting.provider}", meeting.ref, meeting.join_url)
        for stray in strays.left(meeting):
            if stray.became in ("", "unknown"):
                at = f"{stray.start.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
                yield Left(case.id, f"perhaps a meeting in {stray.provider}", at, "")


def _event() -> EventId:
    return EventId(f"operator:{secrets.token_hex(8)}")


def _organisations(settings: Settings) -> Organisations:
    file = settings.organisation
    return Organisations(load_organisations(file) if file is not None else ())
