"""For how long things are kept, and what is let go of when that is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.core.words import EventId
from bot.engine.ports import Line

AT_A_TIME = 20  # cases, so that turns come in between
LINES_AT_A_TIME = 500  # of the log
MOST = 1000  # cases in one go; the next one goes on

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the operator has settled; None keeps for ever."""

    inbox: timedelta = timedelta(days=30)  # ids of inbounds; longer than any platform tries again
    cases: timedelta | None = None  # after the last touch of one that is closed or abandoned
    log: timedelta | None = None  # lines of the log, but for the record of deliveries


class Tended(Protocol):
    """The tables, as retention sees them."""

    async def ended(self, before: datetime, *, limit: int) -> Sequence[Line]:
        """Cases that are closed or abandoned and were not touched since then, the oldest first."""
        ...

    async def let_go(
        self,
        line: Line,
        *,
        event: EventId,
        at: datetime,
        why: str,
        ended: datetime | None = None,
    ) -> bool:
        """Delete a case with all that was said in it; of its record the bare chain stays.

        With `ended`, only if it has ended and was not touched since then; False where it was.
        """
        ...

    async def trim(self, before: datetime, *, limit: int) -> int:
        """Delete lines of the log from before then, but for the record; gives how many."""
        ...


async def tidy(tended: Tended, keeping: Keeping, now: datetime) -> int:
    """Let go of what has been kept long enough; gives how many cases. Raises StoreUnavailable."""
    gone = 0
    if keeping.cases is not None:
        before = now - keeping.cases
        while gone < MOST and (old := await tended.ended(before, limit=AT_A_TIME)):
            for line in old:
                event = EventId(f"retention:{line.case}")
                gone += await tended.let_go(
                    line, event=event, at=now, why="retention", ended=before
                )
    if keeping.log is not None:
        while await tended.trim(now - keeping.log, limit=LINES_AT_A_TIME) == LINES_AT_A_TIME:
            continue
    if gone:
        _log.info("cases let go of", cases=gone)
    return gone
