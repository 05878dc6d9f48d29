"""What can be made to go wrong with a call, per method and for so many times."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.slack.fake.schema import Payload


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429, with Retry-After."""

    seconds: int = 1


@dataclass(frozen=True, slots=True)
class Status:
    """An HTTP status without a body that means anything."""

    code: int = 500


@dataclass(frozen=True, slots=True)
class Refused:
    """`ok: false` with an error of Slack's."""

    error: str
    more: Payload = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hang:
    """No answer; nothing was done. Ends when the caller gives up or the fake stops."""

    after: bool = False  # it was done


@dataclass(frozen=True, slots=True)
class Cut:
    """The connection is closed without an answer: before anything was read, or after it was done."""

    after: bool = False


@dataclass(frozen=True, slots=True)
class Wait:
    """Done at once, and answered when whatever hangs is let go."""


@dataclass(frozen=True, slots=True)
class Slow:
    """Done and answered, but late."""

    seconds: float


Fault = RateLimited | Status | Refused | Hang | Cut | Wait | Slow


@dataclass(slots=True)
class _Planned:
    method: str
    fault: Fault
    times: int | None
    where: Callable[[Payload], bool] | None


class Faults:
    """The faults that are switched on, the first that fits goes."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self.ended = asyncio.Event()  # lets go of whatever hangs
        self.hung = asyncio.Event()  # a call hangs

    def plan(
        self,
        method: str,
        fault: Fault,
        *,
        times: int | None = 1,
        where: Callable[[Payload], bool] | None = None,
    ) -> None:
        """Let the next calls go wrong; `*` is every method, times None is for good."""
        self._planned.append(_Planned(method, fault, times, where))

    def clear(self) -> None:
        """All is well from now on; what hangs is let go."""
        self._planned.clear()
        self.ended.set()
        self.ended, self.hung = asyncio.Event(), asyncio.Event()

    async def hang(self) -> None:
        """Return once whatever hangs is let go."""
        self.hung.set()
        await self.ended.wait()

    def due(self, method: str, arguments: dict[str, Any]) -> Fault | None:
        """The fault of this call, counted down."""
        for planned in self._planned:
            if planned.method not in (method, "*"):
                continue
            if planned.where is not None and not planned.where(arguments):
                continue
            if planned.times is not None:
                planned.times -= 1
                if planned.times == 0:
                    self._planned.remove(planned)
            return planned.fault
        return None
