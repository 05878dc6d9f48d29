"""What can happen between a case and a tracker. Past tense; the time comes with it."""

from dataclasses import dataclass

from bot.core.stamp import Stamp
from bot.core.tracking.facts import Listed, ProjectFacts
from bot.core.words import Text


@dataclass(frozen=True, slots=True)
class TrackerOpened:
    """The projects of a tracker were asked for, or another page of them. `live` as in WentBack."""

    stamp: Stamp
    source: str
    page: int = 0
    live: int | None = None


@dataclass(frozen=True, slots=True)
class TrackerPicked:
    """A project of the list was chosen. `live` as in WentBack."""

    stamp: Stamp
    ref: str
    live: int | None = None


@dataclass(frozen=True, slots=True)
class TrackerLeft:
    """The list was closed, or the case goes by its tracker no more. `live` as in WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class TrackerAsked:
    """The facts were asked for once more. `live` as in WentBack."""

    stamp: Stamp
    live: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectsListed:
    """The projects of a tracker, those first that the case is most likely about; or why there are none."""

    stamp: Stamp
    source: str
    projects: tuple[Listed, ...] = ()
    more: bool = False
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class FactsRead:
    """What a tracker says of the project, or why it could not be read. `late` counts the items that
    are past their day, also those that `facts` does not name.
    """

    stamp: Stamp
    source: str
    ref: str
    facts: ProjectFacts | None = None
    why: Text | None = None
    late: int = 0


TrackerEvent = (
    TrackerOpened | TrackerPicked | TrackerLeft | TrackerAsked | ProjectsListed | FactsRead
)
