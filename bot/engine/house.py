"""What the engine works with, put together once by the wiring."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.approving.organisation import Organisations
from bot.core.coaching.rubric import Coaching
from bot.core.connecting.kind import Family, Kind
from bot.core.playbook import Playbook
from bot.core.rehearsal.calling import Customers
from bot.core.tracking.tracked import Origin
from bot.core.words import PersonId, TenantId
from bot.engine.buckets import Limits
from bot.engine.inbound import Profile
from bot.engine.keeping import aliases
from bot.engine.keeping.connections import kinds_among
from bot.engine.keeping.retention import Keeping, Tended
from bot.engine.links import Links
from bot.engine.measures import Measures
from bot.engine.meetings import Meetings
from bot.engine.mirrors import Mirror
from bot.engine.own import Own
from bot.engine.papers import MakeCaseFile, MakeFile, MakeMeetingFile, MakeReport
from bot.engine.ports import About, Channel, Channels, Outside, Quiet, Store, Turn
from bot.engine.tables import Fetch, ReadMilestones
from bot.engine.trackers import Tracker, Trackers

MAIL = "mail"  # the platform of mails


class Shelf:
    """The playbooks at hand: this release's by id, and every version that a case was begun with."""

    def __init__(self, playbooks: Iterable[Playbook], *, default: str = "delivery_delay") -> None:
        self._current = {p.id: p for p in playbooks}
        self._versions = {p.digest: p for p in self._current.values()}
        self.default = self._current[default]

    @property
    def names(self) -> frozenset[str]:
        """The ids of this release's."""
        return frozenset(self._current)

    def chosen(self, id_: str) -> Playbook:
        """This release's playbook of that id, else the usual one."""
        return self._current.get(id_, self.default)

    async def version(self, turn: Turn, digest: str) -> Playbook:
        """The playbook of exactly these words; raises LookupError when nobody kept it."""
        found = self._versions.get(digest) or await turn.playbook(digest)
        if found is None:
            raise LookupError(f"no playbook was kept under {digest}")
        self._versions[digest] = found
        return found


def _own_id(_platform: str, _tenant: TenantId, person: PersonId) -> str:
    """A person's id, which Slack takes as the address of their own conversation."""
    return person


@dataclass(frozen=True, slots=True)
class House:
    """The wiring, as one value: tables, playbooks, clock, ids, and the ways out by platform."""

    store: Store
    shelf: Shelf
    clock: Callable[[], datetime]  # aware, UTC
    new_id: Callable[[], str]  # unguessable; names cases, outbox rows, references
    channels: Mapping[str, Channel | Channels]  # by platform; Channels where tenants differ
    profile: Profile  # of a person of whom the platform knows nothing
    coaching: Callable[[], Coaching] | None = None  # without it the coach is silent
    customers: Callable[[], Customers] | None = None  # to practise a call with
    organisations: Organisations = field(
        default_factory=Organisations
    )  # people, roles and customers, by tenant
    make_file: MakeFile | None = None  # to send a message oneself
    make_report: MakeReport | None = None  # a month's report as a file
    about: Mapping[str, About] = field(default_factory=dict)  # channels, by platform
    make_case_file: MakeCaseFile | None = None  # of the meetings afterwards
    make_meeting_file: MakeMeetingFile | None = None  # the calendar file of one that was booked
    read_milestones: ReadMilestones | None = None  # from a file that somebody brings
    fetch: Mapping[str, Fetch] = field(default_factory=dict)  # such a file, by platform
    links: Links | None = None  # to ask customers with
    alias_key: aliases.Key = field(default_factory=aliases.passing)
    quiet: Mapping[str, Quiet] = field(default_factory=dict)  # do not disturb, by platform
    outside: Mapping[str, Outside] = field(default_factory=dict)  # conversations, by platform
    keeping: Keeping = field(default_factory=Keeping)  # for how long
    tended: Tended | None = None  # the tables, to let go of what was kept long enough
    limits: Limits | None = None  # of what is taken in from one person and one tenant
    measures: Measures = field(default_factory=Measures)  # of this process
    trackers: Trackers = field(default_factory=Trackers)  # that are read for facts
    own: Own | None = None  # what tenants have connected by themselves
    mirrors: Mapping[str, Mirror] = field(default_factory=dict)  # copies outside, by platform
    meetings: Meetings = field(default_factory=Meetings)  # in which people's meetings are booked
    takes_files: frozenset[str] = frozenset()  # platforms whose answer can bring a file
    takes_pages: frozenset[str] = frozenset()  # those that can make a page of their own of one
    direct: Callable[[str, TenantId, PersonId], str] = _own_id  # a person's own conversation

    def playbook(self, tenant: TenantId) -> Playbook:
        """What a tenant's new cases begin with."""
        return self.shelf.chosen(self.organisations.of(tenant).playbook)

    async def channel(self, platform: str, tenant: TenantId) -> Channel | None:
        """The way out to a tenant; None where there is none, or not any more."""
        if platform == MAIL and self.own is not None:
            is_own, own = await self.own.mail(tenant)
            if is_own:  # even where it cannot be used: nobody's mail leaves by another's server
                return own
        return await self._usual(platform, tenant)

    async def can_mail(self, turn: Turn, tenant: TenantId) -> bool:
        """Whether the tenant of this turn has a way out by mail."""
        own = await self._own_kinds(turn, "mail")
        return bool(own) or await self._usual(MAIL, tenant) is not None

    async def origins(self, turn: Turn, tenant: TenantId) -> tuple[Origin, ...]:
        """The trackers that a tenant's new case is told of; its own stand for the house's."""
        own = tuple(Origin(k.id, k.label) for k in await self._own_kinds(turn, "tracker"))
        names = {origin.name for origin in own}
        usual = self.trackers.origins(tenant)
        return (*own, *(origin for origin in usual if origin.name not in names))

    async def tracker(self, tenant: TenantId, name: str) -> Tracker | None:
        """The tracker of this name that a tenant may ask; its own before the house's."""
        own = await self.own.trackers(tenant) if self.own is not None else {}
        return own[name] if name in own else self.trackers.of(tenant).get(name)

    async def _usual(self, platform: str, tenant: TenantId) -> Channel | None:
        """The house's way out, as far as it is there for this tenant."""
        found = self.channels.get(platform)
        return await found.of(tenant) if isinstance(found, Channels) else found

    async def _own_kinds(self, turn: Turn, family: Family) -> tuple[Kind, ...]:
        return kinds_among(await turn.secrets(), family) if self.own is not None else ()
