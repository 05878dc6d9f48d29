"""What a tracker says of a project: milestones, done and total, what is late. Read, never written.

What a tracker does not say is None, never 0 and never today; a percentage is never made a count.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.core.words import Text

Kind = Literal["release", "sprint", "milestone", "project"]
Basis = Literal["items", "points", "none"]
State = Literal["planned", "active", "done", "unknown"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A release, a sprint, a milestone, or the project as a whole."""

    ref: str
    name: str
    kind: Kind
    due: date | None = None  # the day in the project's own zone
    has_time: bool = False  # whether somebody set a time of day, too
    done: int | None = None
    total: int | None = None
    basis: Basis = "none"  # of what done and total are counts
    state: State = "unknown"
    state_name: str = ""  # as the tracker calls it
    owner: str | None = None  # a name for the screen
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of work that is past its day."""

    ref: str
    title: str
    state: State
    state_name: str
    due: date | None
    assignee: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What was read of one project at one moment.

    `truncated`: there was more than is read, so that nothing was counted from rows.
    """

    source: str
    key: str
    name: str
    url: str | None
    read_at: datetime
    milestones: tuple[Milestone, ...] = ()
    late_items: tuple[Item, ...] = ()
    truncated: bool = False
    notes: tuple[Text, ...] = ()  # what could not be read, a sentence each

    @property
    def whole(self) -> Milestone | None:
        """The project as a whole."""
        return next((m for m in self.milestones if m.kind == "project"), None)


@dataclass(frozen=True, slots=True)
class Listed:
    """A project that can be chosen."""

    ref: str
    name: str
    key: str = ""  # how people call it for short


def is_late(due: date | None, state: State, today: date) -> bool:
    """Whether something is past its day and not done; by our clock, whatever the tracker says."""
    return due is not None and due < today and state != "done"


def percent(done: int | None, total: int | None) -> int | None:
    """How much is done of 100, rounded down, so that all is 100 only when all is."""
    if done is None or not total or not 0 <= done <= total:
        return None
    return done * 100 // total
