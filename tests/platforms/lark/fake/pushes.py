"""The way to the app: what is pushed, how it was answered, and what is pushed again.

Source: ukTMukTMukTM/uUTNz4SN1MjL1UzM on open.feishu.cn: HTTP 200 within 3 s, otherwise again after
15 s, 5 min, 1 h and 6 h; at least once, at times again even after success.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from tests.platforms.lark.fake.envelopes import Envelope, Envelopes

AGAIN = (
    timedelta(seconds=15),
    timedelta(minutes=5),
    timedelta(hours=1),
    timedelta(hours=6),
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery, and what came back. `fault` is empty when it was answered as it must be."""

    event_id: str
    at: datetime
    status: int = 0
    body: bytes = b""
    took: float = 0.0  # seconds
    fault: str = ""


@dataclass(slots=True)
class Push:
    """An event or callback and its deliveries; `due` is the next one."""

    kind: str
    envelope: Envelope
    again: bool  # whether the platform pushes it again
    attempts: list[Attempt] = field(default_factory=list)
    due: datetime | None = None
    tries: int = 0  # deliveries that were not answered

    @property
    def answered(self) -> bool:
        """Whether the last delivery was answered as it must be."""
        return bool(self.attempts) and not self.attempts[-1].fault

    @property
    def last(self) -> Attempt:
        """The newest delivery."""
        return self.attempts[-1]


class Road(Protocol):
    """What carries an envelope to the app: HTTP or the long connection."""

    url: str  # empty for the long connection

    async def carry(self, envelope: Envelope) -> Attempt:
        """Deliver once; never raises for what the app does."""
        ...


class Pushes:
    """Everything that was pushed. Without a road, or for a kind not subscribed, nothing goes out.

    `fresh_ids`: a repeated push carries a new event id, with the same message in it.
    `doubled`: every event goes out twice at once. `held`: events wait for `release`. Callbacks of
    cards are neither doubled nor held: somebody waits for their answer.
    """

    def __init__(self, envelopes: Envelopes, now: Callable[[], datetime]) -> None:
        self._envelopes = envelopes
        self._now = now
        self.road: Road | None = None
        self.all: list[Push] = []
        self.unsubscribed: set[str] = set()
        self.fresh_ids = False
        self.doubled = False
        self.held: list[Push] | None = None

    @property
    def address(self) -> str:
        """Where pushes go, as the console shows it; empty for the long connection, or nowhere."""
        return self.road.url if self.road is not None else ""

    async def push(self, kind: str, envelope: Envelope, *, again: bool = True) -> Push:
        """Deliver it now, or when it is released."""
        push = Push(kind, envelope, again)
        self.all.append(push)
        if self.held is not None and again:
            self.held.append(push)
        elif kind not in self.unsubscribed:
            await self._deliver(push)
            if self.doubled and again:
                await self.repeat(push)
        return push

    async def repeat(self, push: Push, *, fresh_id: bool | None = None) -> Attempt:
        """Deliver it once more, as the platform at times does even after success."""
        envelope = push.envelope
        if self.fresh_ids if fresh_id is None else fresh_id:
            envelope = self._renamed(envelope)
        return await self._carry(push, envelope)

    def hold(self) -> None:
        """Keep what comes from now on."""
        self.held = []

    async def release(self, order: Sequence[int] | None = None) -> None:
        """Deliver what was held, in this order; without one, the newest first."""
        held, self.held = self.held or [], None
        places = range(len(held) - 1, -1, -1) if order is None else order
        for place in places:
            await self._deliver(held[place])

    async def fire(self, until: datetime) -> datetime | None:
        """Push again the one that is due first up to then; None when there is none."""
        due = [(p.due, n) for n, p in enumerate(self.all) if p.due is not None and p.due <= until]
        if not due:
            return None
        at, number = min(due)
        push = self.all[number]
        push.due = None
        await self._deliver(push, repeated=True)
        return at

    def next_due(self, until: datetime) -> datetime | None:
        """When the next one is pushed again."""
        return min((p.due for p in self.all if p.due is not None and p.due <= until), default=None)

    async def _deliver(self, push: Push, *, repeated: bool = False) -> None:
        fresh = repeated and self.fresh_ids
        await self._carry(push, self._renamed(push.envelope) if fresh else push.envelope)

    async def _carry(self, push: Push, envelope: Envelope) -> Attempt:
        if self.road is None:
            return Attempt("", self._now(), fault="no road")
        attempt = await self.road.carry(envelope)
        push.attempts.append(attempt)
        if attempt.fault and push.again:
            push.due = attempt.at + AGAIN[push.tries] if push.tries < len(AGAIN) else None
            push.tries += 1
        return attempt

    def _renamed(self, envelope: Envelope) -> Envelope:
        renamed = deepcopy(envelope)
        if "header" in renamed:
            renamed["header"]["event_id"] = self._envelopes.fresh()
        else:
            renamed["uuid"] = self._envelopes.fresh()
        return renamed
