"""The tables of the store in memory."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.core.desk import Person
from bot.core.lessons.lesson import Lesson
from bot.core.playbook import Playbook
from bot.core.words import CaseId, EventId, PersonId, TenantId
from bot.engine.ports import Entry, Filed, Parcel, Ping


@dataclass(slots=True)
class Tables:
    """Rows by their keys."""

    people: dict[tuple[TenantId, PersonId], Person] = field(default_factory=dict)
    cases: dict[tuple[TenantId, CaseId], Filed] = field(default_factory=dict)
    inbox: dict[tuple[TenantId, EventId], datetime] = field(default_factory=dict)
    log: list[tuple[TenantId, Entry]] = field(default_factory=list)
    outbox: list[Parcel] = field(default_factory=list)
    pings: dict[tuple[TenantId, CaseId, str], Ping] = field(default_factory=dict)
    playbooks: dict[tuple[TenantId, str], Playbook] = field(default_factory=dict)
    lessons: dict[tuple[TenantId, str], Lesson] = field(default_factory=dict)

    def copy(self) -> "Tables":
        """These tables, to be changed without changing them; the rows are frozen."""
        return Tables(
            dict(self.people),
            dict(self.cases),
            dict(self.inbox),
            list(self.log),
            list(self.outbox),
            dict(self.pings),
            dict(self.playbooks),
            dict(self.lessons),
        )
