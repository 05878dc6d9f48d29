"""What is asked of systems outside at the table: a tracker that tells what the script has written of it,
and a meeting that is kept with the house's own link.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.approving.organisation import Organisation
from bot.core.case import Case
from bot.core.meetings.events import ByProvider
from bot.core.meetings.meeting import purpose_in
from bot.core.stamp import Stamp
from bot.core.tracking.events import FactsRead, ProjectsListed
from bot.core.tracking.facts import Item, Listed, Milestone, ProjectFacts
from bot.core.tracking.tracked import FACTS, LIST, Origin
from bot.core.words import Text, same
from bot.engine.outside import NotFound
from bot.engine.trackers import Listing
from bot.script import booking
from bot.script.transcript import Told, Tracked

REF = "p/1"


@dataclass(frozen=True, slots=True)
class Telling:
    """A tracker with one project; it is read at this moment."""

    tracked: Tracked
    zone: ZoneInfo
    now: Callable[[], datetime]
    name: str = "tracker"

    @property
    def label(self) -> Text:
        """What people call it."""
        return same(self.tracked.name)

    async def projects(self) -> Listing:
        """The one that there is."""
        return Listing(self.listed())

    async def facts(self, ref: str) -> ProjectFacts:
        """What stands in the script for this moment. Raises NotFound for another project."""
        if ref != REF:
            raise NotFound
        return self.told(self.now())

    async def close(self) -> None:
        """Nothing is open."""

    def listed(self) -> tuple[Listed, ...]:
        """The one that there is."""
        return (Listed(REF, self.tracked.project),)

    def told(self, at: datetime) -> ProjectFacts:
        """What stands in the script for a moment."""
        local = at.astimezone(self.zone).replace(tzinfo=None)
        now = [told for told in self.tracked.told if told.since <= local][-1]
        project = self.tracked.project
        whole = Milestone("p", project, "project", done=now.done, total=now.total, basis="items")
        stones = (
            Milestone(f"m{n}", name, "milestone", date.fromisoformat(day), state="planned")
            for n, (name, day) in enumerate(now.milestones.items())
        )
        late = tuple(_late(now))
        return ProjectFacts(self.name, "", project, None, at, (whole, *stones), late)


def telling(tracked: Tracked | None, zone: str, now: Callable[[], datetime]) -> Telling | None:
    """The tracker of a script, where it has one."""
    return Telling(tracked, ZoneInfo(zone), now) if tracked is not None else None


def origins(tracker: Telling | None) -> tuple[Origin, ...]:
    """What a new case is told of it."""
    return (Origin(tracker.name, tracker.label),) if tracker is not None else ()


def is_asked(kind: str) -> bool:
    """Whether a reminder of this kind asks a system outside, and nobody here."""
    return kind in (FACTS, LIST) or purpose_in(kind) is not None


def done(
    case: Case, kind: str, organisation: Organisation, tracker: Telling | None, stamp: Stamp
) -> Iterator[ByProvider | ProjectsListed | FactsRead]:
    """What becomes of the wish that this kind of reminder carries."""
    yield from booking.done(case, kind, organisation, stamp)
    followed = case.tracking.followed
    if tracker is not None and kind == LIST:
        yield ProjectsListed(stamp, tracker.name, tracker.listed())
    elif tracker is not None and kind == FACTS and followed is not None:
        facts = tracker.told(stamp.at)
        yield FactsRead(stamp, tracker.name, followed.ref, facts, late=len(facts.late_items))


def _late(told: Told) -> Iterator[Item]:
    for number, (title, day) in enumerate(told.late.items()):
        yield Item(f"T-{number}", title, "planned", "", date.fromisoformat(day))
