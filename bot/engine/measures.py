"""What an operator watches, counted in memory: times, outcomes, faults. Never a word or a name.

Every label is one of a few that are known here or in the wiring, so that nothing grows with use.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic, perf_counter
from typing import Final, Literal, Protocol

TURN_BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds
ANSWER_BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0)  # seconds
ERRORS: Final = ("Refused", "BadContent", "Outdated", "Later", "OutcomeUnknown", "CannotLook")
FAULT: Final = "Fault"  # whatever is none of the errors above: most likely ours

Ended = Literal["done", "repeated", "fault", "refused"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How much waits in the tables at a moment."""

    open: int = 0  # rows of the outbox about which something is still to be done
    oldest: datetime | None = None  # when the oldest of them was written
    dead: int = 0  # rows that an operator must look at
    unknown: int = 0  # rows of which nobody can say whether they arrived
    late: int = 0  # pings that are due
    latest: datetime | None = None  # when the one that waits longest was due


class Watch(Protocol):
    """What an operator asks of the database."""

    async def standing(self, at: datetime) -> Standing:
        """What waits by then, of all tenants; raises StoreUnavailable."""
        ...

    async def is_at_head(self) -> bool:
        """Whether every migration of this release has run; raises StoreUnavailable."""
        ...

    async def workers(self) -> int | None:
        """How many workers give signs of life; None where a server needs none. Raises
        StoreUnavailable.
        """
        ...


@dataclass(slots=True)
class Spread:
    """How many took how long, for one set of labels."""

    bounds: Sequence[float]  # seconds, ascending
    counts: list[int] = field(default_factory=list)  # one for each bound, and one above them
    total: float = 0.0  # seconds

    def note(self, seconds: float) -> None:
        """One more."""
        if not self.counts:
            self.counts = [0] * (len(self.bounds) + 1)
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds


@dataclass(slots=True)
class Timing:
    """How the turn that is being timed ended; `refused` as long as nobody says."""

    ended: Ended = "refused"


Labels = dict[str, str | int]  # of a span; what is added before it ends counts


class Span(Protocol):
    """Where what takes time is told of, for whoever follows one turn from end to end."""

    def __call__(self, name: str, labels: Labels, /) -> AbstractContextManager[None]: ...


def _untold(_name: str, _labels: Labels) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(slots=True)
class Measures:
    """The counts of one process, from its start on."""

    span: Span = _untold

    turns: dict[tuple[str, str], Spread] = field(default_factory=dict)  # by kind and end
    answers: dict[tuple[str, str], Spread] = field(default_factory=dict)  # by platform and status
    deliveries: Counter[tuple[str, str]] = field(default_factory=Counter)  # by platform and state
    errors: Counter[tuple[str, str]] = field(default_factory=Counter)  # by platform and class
    too_many: Counter[str] = field(default_factory=Counter)  # by what was flooded
    ticked: float | None = None  # monotonic seconds of the last look at what is due

    @contextmanager
    def turn(self, kind: str) -> Iterator[Timing]:
        """Inside, one turn is timed."""
        timing, began = Timing(), perf_counter()
        labels: Labels = {"kind": kind}
        try:
            with self.span("turn", labels):
                yield timing
                labels["ended"] = timing.ended
        finally:
            spread = self.turns.setdefault((kind, timing.ended), Spread(TURN_BOUNDS))
            spread.note(perf_counter() - began)

    def answered(self, platform: str, status: str, seconds: float) -> None:
        """A platform had its answer after so long."""
        spread = self.answers.setdefault((platform, status), Spread(ANSWER_BOUNDS))
        spread.note(seconds)

    def delivered(self, platform: str, state: str) -> None:
        """A row of the outbox came to this."""
        self.deliveries[platform, state] += 1

    def erred(self, platform: str, error: Exception) -> None:
        """A platform's call ended in an error, counted by its class."""
        name = type(error).__name__
        if isinstance(error, TimeoutError):
            name = "OutcomeUnknown"
        self.errors[platform, name if name in ERRORS else FAULT] += 1

    def tick(self) -> None:
        """What is due was looked at just now."""
        self.ticked = monotonic()

    @property
    def since_tick(self) -> timedelta | None:
        """How long that is ago; None where this process has never looked."""
        return None if self.ticked is None else timedelta(seconds=monotonic() - self.ticked)


def known(platform: str, ways: Mapping[str, object]) -> str:
    """The platform where it is one of ours, so that no label comes out of a database."""
    return platform if platform in ways else "other"
