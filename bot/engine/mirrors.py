"""What the engine asks of a platform that keeps copies of a case: to write one, or to take it away.

A copy is written with a name that stays the same however often it is tried, so that it comes once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from bot.core.approving.organisation import Organisation
from bot.core.case import Case
from bot.core.mirroring.mirrored import Copy, Kind, Wants
from bot.core.mirroring.wishes import Step
from bot.core.words import Language, PersonId, TenantId
from bot.engine.papers import File


@dataclass(frozen=True, slots=True)
class Order:
    """One copy to be written. `token` names it, and is the same whenever it is tried again.

    `register` is where a row goes; `file` holds the text of a page.
    """

    tenant: TenantId
    owner: PersonId
    language: Language
    step: Step
    token: str  # in the form of a random UUID, as platforms want it
    register: str = ""
    file: File | None = None


class Mirror(Protocol):
    """One platform's copies. `write` raises Refused for what a person must mend, Later for a while."""

    @property
    def can(self) -> frozenset[Kind]:
        """The kinds of copies that this platform has at all."""
        ...

    def usual(self, tenant: TenantId) -> Wants:
        """What the operator wants of it, where the tenant has not settled otherwise."""
        ...

    async def write(self, order: Order) -> Copy:
        """The copy as it stands now. To write one again with the same token is the same as once."""
        ...


def wants_of(mirror: Mirror, tenant: TenantId, organisation: Organisation) -> Wants:
    """What a tenant wants of it: as the operator does, but for what it has settled itself."""
    of, usual, can = organisation, mirror.usual(tenant), mirror.can
    tasks = usual.tasks if of.lark_tasks is None else of.lark_tasks
    entries = usual.entries if of.lark_calendar is None else of.lark_calendar
    register = of.lark_register or usual.register
    return Wants(
        tasks=tasks and "task" in can,
        entries=entries and "entry" in can,
        pages=usual.pages and of.documents is not False,
        register=register if "row" in can else "",
    )


def order(case: Case, step: Step, wants: Wants, file: File | None = None) -> Order:
    """What is asked of a platform for this step of this case."""
    named = f"{case.tenant}/{case.id}/{step.key}/{step.made}"
    token = str(UUID(bytes=sha256(named.encode()).digest()[:16], version=4))
    return Order(case.tenant, case.owner, case.language, step, token, wants.register, file)


def standing(case: Case) -> Sequence[tuple[str, Copy]]:
    """What of a case stands outside, by key."""
    return [(key, copy) for key, copy in case.mirrored.copies.items() if copy.ref]
