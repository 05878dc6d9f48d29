"""What a case knows of trackers: which there are, the choice of a project, what was read of it last.

Only as much of the facts is kept as a card shows, so that a turn stays quick.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.tracking.facts import Listed, ProjectFacts
from bot.core.words import Text

FACTS, LIST = (
    "tracker_facts",
    "tracker_list",
)  # kinds of pings that read, and say nothing themselves
FRESH = timedelta(minutes=10)  # that facts are good for
KEPT_MILESTONES, KEPT_LATE, KEPT_DAYS = 30, 10, 30


@dataclass(frozen=True, slots=True)
class Origin:
    """A tracker: its name in the settings, and what people call it."""

    name: str
    label: Text


@dataclass(frozen=True, slots=True)
class Picking:
    """The choice of a project, while it is on the card; `waits` until the list is there."""

    origin: Origin
    projects: tuple[Listed, ...] = ()
    page: int = 0
    waits: bool = True
    why: Text | None = None  # it could not be read
    more: bool = False  # there are more than are listed


@dataclass(frozen=True, slots=True)
class Count:
    """How much was done on a day."""

    day: date
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Followed:
    """The project that a case goes by. `facts` are the last that were read, `why` is set when the
    last reading failed, and `asked_at` while one is under way.
    """

    origin: Origin
    ref: str
    name: str
    facts: ProjectFacts | None = None
    late: int = 0  # items that are past their day, also those that are not kept
    asked_at: datetime | None = None
    why: Text | None = None
    past: tuple[Count, ...] = ()  # one a day, the oldest first
    signed: bool = False  # a first sign was told from it
    rests: bool = False  # it was asked, and what it told is older than facts are good for


@dataclass(frozen=True, slots=True)
class Tracking:
    """All of it."""

    origins: tuple[Origin, ...] = ()
    picking: Picking | None = None
    followed: Followed | None = None


UNTRACKED = Tracking()


def kept(facts: ProjectFacts) -> ProjectFacts:
    """As much of the facts as is kept."""
    return replace(
        facts,
        milestones=facts.milestones[:KEPT_MILESTONES],
        late_items=facts.late_items[:KEPT_LATE],
        notes=facts.notes[:KEPT_LATE],
    )


def read(followed: Followed, facts: ProjectFacts, at: datetime, day: date) -> Followed:
    """With what was told at this moment, in the place of what was told before. A tracker that asks not
    to be polled tells what is known of it already; it is not asked again at once.
    """
    rests = at - facts.read_at > FRESH
    return replace(
        followed,
        facts=kept(facts),
        late=len(facts.late_items),
        asked_at=at if rests else None,
        why=None,
        rests=rests,
        past=_with(followed.past, facts, day),
    )


def _with(past: tuple[Count, ...], facts: ProjectFacts, day: date) -> tuple[Count, ...]:
    whole = facts.whole
    if whole is None or whole.done is None or whole.total is None or whole.basis != "items":
        return past
    before = tuple(c for c in past if c.day < day)
    return (*before, Count(day, whole.done, whole.total))[-KEPT_DAYS:]


def is_stale(followed: Followed, at: datetime) -> bool:
    """Whether the facts are to be read again before somebody relies on them."""
    if followed.asked_at is not None and at - followed.asked_at < FRESH:
        return False  # it is under way, or was tried just now
    facts = followed.facts
    return facts is None or at - facts.read_at > FRESH
