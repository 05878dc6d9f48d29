"""The waker of one machine: APScheduler as the clock. It remembers nothing; the tables do."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.engine.deliver import deliver
from bot.engine.errors import CandorError
from bot.engine.house import House
from bot.engine.ports import Line
from bot.engine.tick import forget, tick

SWEEP = timedelta(minutes=1)
SOONEST = timedelta(seconds=1)  # between two looks, so that a row in trouble cannot spin
GRACE = 5  # seconds that a send may take to end when the house closes
SHARE = 0.05  # seconds that a line rests after a look, for each line that rests just now
LONGEST_REST = 2.0  # seconds
AT_ONCE = 8  # lines that may rest before another one has to wait for its first look
APART = 0.01  # seconds between the first looks of those above

_log = structlog.get_logger(__name__)


class EmbeddedWaker:
    """One alarm at the next due instant, and a sweep each minute in case an alarm was missed.

    A line that is told of again rests a moment first, the longer the more of them there are: the
    newest card of a message is then sent once for all that came in between, and while many people
    press at once their answers come before the redraws. For the same reason the first looks at many
    lines that are told of together come one after the other.
    """

    def __init__(self, house: House, *, now: Callable[[], datetime]) -> None:
        """`now` is the machine's clock; the house's own may have been moved."""
        self._house = house
        self._now = now
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._looks: set[asyncio.Task[None]] = set()
        self._resting: dict[Line, bool] = {}  # whether it was told of again meanwhile
        self._is_setting = self._is_stale = False  # of the alarm

    async def start(self) -> None:
        """Look once at what fell due in the meantime, then go by the clock."""
        trigger = IntervalTrigger(seconds=int(SWEEP.total_seconds()), timezone=UTC)
        self._scheduler.add_job(self._ring, trigger, id="sweep", coalesce=True)
        hourly = IntervalTrigger(hours=1, timezone=UTC)
        self._scheduler.add_job(self._forget, hourly, id="forget", coalesce=True)
        self._scheduler.start()
        self.wake()

    def wake(self, line: Line | None = None) -> None:
        """Something was written; look now. With a line, at its rows only."""
        if line is None:
            self._own(self._look(None))
        elif line in self._resting:
            self._resting[line] = True
        elif len(self._resting) < AT_ONCE:
            self._look_and_rest(line)
        else:
            wait = APART * (len(self._resting) - AT_ONCE + 1)
            self._rest(line, min(wait, LONGEST_REST), told=True)

    async def stop(self) -> None:
        """Let what is being sent end, for a few seconds; what does not is looked up next time."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for line in [line for line, told in self._resting.items() if told]:
            self._resting[line] = False
            self._own(self._look(line))
        if self._looks:
            _, late = await asyncio.wait(self._looks, timeout=GRACE)
            for look in late:
                look.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _look_and_rest(self, line: Line) -> None:
        self._rest(line, min(SHARE * (len(self._resting) + 1), LONGEST_REST), told=False)
        self._own(self._look(line))

    def _rest(self, line: Line, seconds: float, *, told: bool) -> None:
        self._resting[line] = told
        asyncio.get_running_loop().call_later(seconds, self._rested, line)

    def _rested(self, line: Line) -> None:
        if self._resting.pop(line):
            self._look_and_rest(line)

    async def _ring(self) -> None:
        self.wake()

    async def _forget(self) -> None:
        try:
            await forget(self._house)
        except CandorError as error:
            _log.warning("old inbounds kept", error=type(error).__name__)

    def _own(self, look: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(look)
        self._looks.add(task)
        task.add_done_callback(self._looks.discard)

    async def _look(self, line: Line | None) -> None:
        try:
            if line is None:
                await tick(self._house)
            await deliver(self._house, line, is_enough=partial(self._is_told_again, line))
            await self._set_alarm()
        except CandorError as error:
            _log.warning("look failed", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the top of a waker's loop; the sweep comes back
            _log.error("look failed", error=type(error).__name__)

    def _is_told_again(self, line: Line | None) -> bool:
        """Whether what waits in a line is left to the look that follows its rest."""
        return line is not None and self._resting.get(line, False)

    async def _set_alarm(self) -> None:
        """One question to the tables for all looks that end while it is asked."""
        self._is_stale = True
        if self._is_setting:
            return
        self._is_setting = True
        try:
            while self._is_stale:
                self._is_stale = False
                await self._set_next()
        finally:
            self._is_setting = False

    async def _set_next(self) -> None:
        due = await self._house.store.next_due()
        if due is None or not self._scheduler.running:
            return
        ahead = max(due - self._house.clock(), SOONEST)
        self._scheduler.add_job(
            self._ring,
            DateTrigger(self._now() + ahead, timezone=UTC),
            id="alarm",
            replace_existing=True,
            coalesce=True,
            misfire_grace_time=None,
        )
