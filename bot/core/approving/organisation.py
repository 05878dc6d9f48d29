"""Whom the operator has named: people, their roles, customers and how they are reached. A value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import ClassVar, Literal

from pydantic import ConfigDict

from bot.core.approving.release import Colleague, Surroundings
from bot.core.meetings.meeting import MeetingSystem
from bot.core.playbook import STRICT
from bot.core.words import PersonId, TenantId


@dataclass(frozen=True, slots=True)
class Away:
    """From the first to the last day, both included."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the own house, by the id that the platform gives them."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: PersonId
    name: str
    email: str = ""  # where a customer's answer to a mail goes
    away: tuple[Away, ...] = ()
    left: bool = False  # no longer with us; asked for nothing


@dataclass(frozen=True, slots=True)
class Known:
    """A customer: their working hours, their addresses, the conversation that they can read.

    `conversation` is "platform:conversation". The name "*" stands for whoever is not listed.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    zone: str = ""
    calendar: str = ""
    domains: tuple[str, ...] = ()
    conversation: str = ""
    conversation_name: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One tenant's people, roles, customers and settings; the id "*" stands for every tenant."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str = "*"
    people: tuple[Member, ...] = ()
    roles: Mapping[str, tuple[PersonId, ...]] = field(default_factory=dict)  # in order of asking
    customers: tuple[Known, ...] = ()
    domains: tuple[str, ...] = ()  # of our own addresses
    meeting_link: str = ""  # for invitations to a call
    meetings: MeetingSystem | Literal[""] = (
        ""  # in which its meetings are booked; empty: as the house does
    )
    playbook: str = ""  # that its cases begin with; empty: the usual one
    calendar: str = ""  # of its newcomers; empty: as the platform says
    quiet_from: time | None = None  # their quiet hours, until they settle their own
    quiet_until: time | None = None
    keep_cases_days: int | None = None  # 0: for ever; None: as the house does
    keep_log_days: int | None = None
    lark_tasks: bool | None = None  # follow-ups as tasks in Lark; None: as the operator says
    lark_calendar: bool | None = None  # and in their owner's calendar
    lark_register: str = ""  # the table that its cases are listed in, "app_token/table_id"
    documents: bool | None = None  # False: no documents and canvases, also where there could be

    def named(self, name: str) -> Colleague | None:
        """The one person who is called so, by id, whole name or a part of it."""
        wanted = " ".join(name.casefold().split()).lstrip("@")
        there = [m for m in self.people if not m.left]
        exact = [m for m in there if wanted in (m.id.casefold(), m.name.casefold())]
        found = exact or [m for m in there if wanted and wanted in m.name.casefold()]
        return Colleague(found[0].id, found[0].name) if len(found) == 1 else None

    def back_on(self, id_: PersonId, today: date) -> date | None:
        """The first day on which somebody who is away today is there again; None when they are."""
        member, day = self._member(id_), today
        absences = member.away if member is not None else ()
        while any(a.first <= day <= a.last for a in absences):
            day = max(a.last for a in absences if a.first <= day <= a.last) + timedelta(days=1)
        return day if day != today else None

    def name_of(self, id_: PersonId) -> str:
        """What somebody is called; empty for whoever is not listed."""
        member = self._member(id_)
        return member.name if member is not None else ""

    def has_left(self, id_: PersonId) -> bool:
        """Whether the operator says that they are no longer with us."""
        member = self._member(id_)
        return member is not None and member.left

    def customer_sees(self, platform: str, conversation: str) -> bool:
        """Whether a customer can read this conversation."""
        return any(c.conversation == f"{platform}:{conversation}" for c in self.customers)

    def surroundings(
        self,
        customer: str,
        owner: PersonId,
        *,
        today: date,
        can_mail: bool,
        takes_files: bool = False,
        takes_pages: bool = False,
        can_link: bool = False,
    ) -> Surroundings:
        """What a case of this owner with this customer needs to know."""
        known = self._customer(customer)
        me = self._member(owner)
        return Surroundings(
            roles={role: tuple(self._line(ids, today)) for role, ids in self.roles.items()},
            conversation=known.conversation,
            conversation_name=known.conversation_name or self._called(known, customer),
            zone=known.zone,
            calendar=known.calendar,
            domains=known.domains,
            own_domains=self.domains,
            can_mail=can_mail,
            meeting_link=self.meeting_link,
            takes_files=takes_files,
            takes_pages=takes_pages and self.documents is not False,
            can_link=can_link,
            owner_name=me.name if me else "",
            owner_email=me.email if me else "",
        )

    def _called(self, known: Known, customer: str) -> str:
        """What a conversation without a name is called; one for anybody after who reads it now."""
        is_anybody = bool(known.conversation) and known.name == "*"
        return (customer if is_anybody else "") or known.conversation

    def _line(self, ids: tuple[PersonId, ...], today: date) -> Iterator[Colleague]:
        """Those who are there, in order; who is away today comes after all others."""
        members = [m for id_ in ids if (m := self._member(id_)) is not None and not m.left]
        for gone in (False, True):
            for m in members:
                if any(a.first <= today <= a.last for a in m.away) is gone:
                    yield Colleague(m.id, m.name)

    def _member(self, id_: PersonId) -> Member | None:
        return next((m for m in self.people if m.id == id_), None)

    def _customer(self, name: str) -> Known:
        wanted = " ".join(name.casefold().split())
        for known in self.customers:
            if " ".join(known.name.casefold().split()) == wanted:
                return known
        return next((k for k in self.customers if k.name == "*"), Known(name))


@dataclass(frozen=True, slots=True)
class Organisations:
    """All tenants that the operator has named."""

    tenants: tuple[Organisation, ...] = ()

    def of(self, tenant: TenantId) -> Organisation:
        """The tenant's own, else that of every tenant, else an empty one."""
        for wanted in (str(tenant), "*"):
            found = next((o for o in self.tenants if o.id == wanted), None)
            if found is not None:
                return found
        return Organisation()
