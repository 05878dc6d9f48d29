"""Faults that a test switches on for an endpoint; each is taken by the calls that come next."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Code:
    """An error answer with one of the platform's codes."""

    code: int
    ext: str = ""
    reset: int | None = None  # seconds, in x-ogw-ratelimit-reset


@dataclass(frozen=True, slots=True)
class Status:
    """An answer that is no JSON of the platform: what a gateway in front says."""

    status: int
    body: str = "upstream fault"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer, ever; the request is read and nothing is done."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Done and answered, after a while."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Cut:
    """The line breaks: before anything is done, or after it was done."""

    accepted: bool


Fault = Code | Status | Hang | Slow | Cut


class Faults:
    """What is switched on, by endpoint."""

    def __init__(self) -> None:
        self._next: dict[str, deque[Fault]] = defaultdict(deque)
        self._always: dict[str, Fault] = {}

    def put(self, endpoint: str, *faults: Fault) -> None:
        """The next calls meet these, one each."""
        self._next[endpoint].extend(faults)

    def renew(self, endpoint: str, fault: Fault) -> None:
        """The next call meets this, and nothing that it would have met before."""
        self._next[endpoint] = deque([fault])

    def keep(self, endpoint: str, fault: Fault) -> None:
        """Every call meets it until `clear`."""
        self._always[endpoint] = fault

    def end(self, endpoint: str) -> None:
        """No more of what `keep` was told of it."""
        self._always.pop(endpoint, None)

    def clear(self) -> None:
        """Let everything work again."""
        self._next.clear()
        self._always.clear()

    def take(self, endpoint: str) -> Fault | None:
        """The fault of this call."""
        waiting = self._next[endpoint]
        return waiting.popleft() if waiting else self._always.get(endpoint)
