"""For how long things are kept, and what is let go of when that is over."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.core.approving.organisation import Organisation, Organisations
from bot.core.words import EventId, TenantId
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


@dataclass(frozen=True, slots=True)
class Among:
    """Whose things are meant: those of one tenant alone, or of all but some."""

    only: TenantId | None = None
    but: frozenset[TenantId] = frozenset()


EVERYBODY = Among()
Own = Mapping[TenantId, Keeping]
Parted = Callable[[Line], Awaitable[bool]]  # whether a case may go; may raise


class Tended(Protocol):
    """The tables, as retention sees them."""

    async def ended(
        self, before: datetime, *, limit: int, among: Among = EVERYBODY
    ) -> Sequence[Line]:
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

    async def trim(self, before: datetime, *, limit: int, among: Among = EVERYBODY) -> int:
        """Delete lines of the log from before then, but for the record; gives how many."""
        ...


def keeping_of(organisations: Organisations, house: Keeping) -> tuple[Keeping, Own]:
    """For how long the house keeps, and whoever of its tenants has settled otherwise.

    A tenant that is named by itself has nothing of "*", as in all of its settings.
    """
    named = {o.id: _kept(o, house) for o in organisations.tenants}
    usual = named.pop("*", house)
    return usual, {TenantId(id_): own for id_, own in named.items() if own != usual}


async def at_once(_: Line) -> bool:
    """Nothing has to be done before a case may go."""
    return True


async def tidy(
    tended: Tended,
    keeping: Keeping,
    now: datetime,
    *,
    own: Own | None = None,
    parted: Parted = at_once,
) -> int:
    """Let go of what has been kept long enough; gives how many cases. Raises StoreUnavailable.

    `own` has the tenants for whom that is another time. What has not `parted` waits for the next go.
    """
    others = dict(own or {})
    gone = await _tidied(tended, keeping, now, Among(but=frozenset(others)), parted)
    for tenant, theirs in others.items():
        gone += await _tidied(tended, theirs, now, Among(only=tenant), parted)
    if gone:
        _log.info("cases let go of", cases=gone)
    return gone


async def _tidied(
    tended: Tended, keeping: Keeping, now: datetime, among: Among, parted: Parted
) -> int:
    gone = 0
    if keeping.cases is not None:
        before, waiting = now - keeping.cases, set[Line]()  # those that stay hold up no other
        while gone + len(waiting) < MOST:
            limit = AT_A_TIME + len(waiting)
            found = await tended.ended(before, limit=limit, among=among)
            fresh = [line for line in found if line not in waiting]
            if not fresh:
                break
            for line in fresh:
                if await parted(line) and await _let_go(tended, line, now, before):
                    gone += 1
                else:
                    waiting.add(line)
    if keeping.log is not None:
        trimmed = LINES_AT_A_TIME
        while trimmed == LINES_AT_A_TIME:
            trimmed = await tended.trim(now - keeping.log, limit=LINES_AT_A_TIME, among=among)
    return gone


async def _let_go(tended: Tended, line: Line, now: datetime, before: datetime) -> bool:
    event = EventId(f"retention:{line.case}")
    return await tended.let_go(line, event=event, at=now, why="retention", ended=before)


def _kept(of: Organisation, house: Keeping) -> Keeping:
    return replace(
        house,
        cases=house.cases if of.keep_cases_days is None else days(of.keep_cases_days),
        log=house.log if of.keep_log_days is None else days(of.keep_log_days),
    )


def days(number: int) -> timedelta | None:
    """So many; none is for ever."""
    return timedelta(days=number) if number else None
