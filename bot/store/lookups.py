"""What is read of people and cases, in a turn and outside of any; and who may read which case."""

from collections.abc import Iterable

from bot.core.desk import Person
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import Filed
from bot.store import codec, shapes
from bot.store import statements as s
from bot.store.dialect import Scribe


async def person(scribe: Scribe, tenant: TenantId, id_: PersonId) -> Person | None:
    """The person, if they have been here."""
    body = await scribe.value(s.PERSON, tenant=tenant, id=id_)
    return codec.load(codec.PERSON, body) if body else None


async def case(scribe: Scribe, tenant: TenantId, id_: CaseId) -> Filed | None:
    """The case with its place."""
    rows = await scribe.rows(s.CASE, tenant=tenant, id=id_)
    return next((shapes.filed(r.body, r.platform, r.conversation) for r in rows), None)


async def share(scribe: Scribe, tenant: TenantId, id_: CaseId, viewers: Iterable[PersonId]) -> None:
    """Put who may read a case in the place of who could before."""
    await scribe.note(s.UNSHARE, tenant=tenant, case_id=id_)
    for viewer in viewers:
        await scribe.note(s.SHARE, tenant=tenant, case_id=id_, person=viewer)


async def shared_with(scribe: Scribe, tenant: TenantId, viewer: PersonId) -> tuple[Filed, ...]:
    """The cases that somebody may read, the one touched last first."""
    rows = await scribe.rows(s.SHARED_WITH, tenant=tenant, person=viewer)
    found = (shapes.filed(r.body, r.platform, r.conversation) for r in rows)
    return tuple(f for f in found if viewer in f.case.sharing.viewers)
