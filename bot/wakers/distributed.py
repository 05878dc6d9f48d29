"""The waker of many machines: servers hand over what is due, workers do it, the tables remember.

Every process has a clock, APScheduler; one of them leads, by a lock of the database, and hands over
what falls due. What a turn writes it hands over itself. A worker whose heartbeat stops has its work
taken from it.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from procrastinate import exceptions
from procrastinate.jobs import DeleteJobCondition

from bot.engine import dues
from bot.engine.conflicts import persist
from bot.engine.deliver import CALL, LEASE, deliver
from bot.engine.errors import CandorError
from bot.engine.house import House
from bot.engine.ports import Line, Ping
from bot.engine.tick import fire, forget
from bot.wakers.queue import Queue

LOOK = timedelta(seconds=1)  # between two looks at what has fallen due
BEAT = 10  # seconds between two signs of life of a worker
DEAD = dues.DEAD.total_seconds()  # without one
OVER = timedelta(seconds=CALL + 5)  # whoever took a row before then has ended its call
KEPT = 24  # hours that jobs which have ended are kept, for whoever looks for a fault
LONG_AGO = datetime.fromtimestamp(0, UTC)
GRACE = 25  # seconds that a send may take to end when a worker closes
AT_ONCE = 32  # jobs of one worker
LONGEST = 30.0  # seconds until a worker that lost its database tries again

_log = structlog.get_logger(__name__)


class Handing(Protocol):
    """What is asked of the store."""

    async def leads(self) -> bool: ...

    async def hand_over(self, at: datetime) -> int: ...

    async def release(self, line: Line, at: datetime, *, lease: datetime) -> None: ...


class DistributedWaker:
    """A server's: it hands over, and does nothing of it itself."""

    def __init__(self, house: House, store: Handing, queue: Queue) -> None:
        self._house = house
        self._store = store
        self._queue = queue
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._looking = asyncio.Lock()
        self._looks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Look once at what fell due in the meantime, then go by the clock."""
        await self._queue.app.connector.open_async()
        for name, task, every in (
            ("look", self._ring, LOOK),
            ("dead", self._take_over, timedelta(seconds=BEAT)),
            ("forget", self._forget, timedelta(hours=1)),
        ):
            trigger = IntervalTrigger(seconds=int(every.total_seconds()), timezone=UTC)
            self._scheduler.add_job(
                task, trigger, id=name, coalesce=True, max_instances=1, misfire_grace_time=None
            )
        self._scheduler.start()
        self.wake()

    def wake(self, line: Line | None = None) -> None:
        """Look now at what is due. What was written for a line has been handed over with it."""
        if line is None:
            self._own(self._look())

    async def stop(self) -> None:
        """Hand over nothing more; another process leads."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        for look in self._looks:
            look.cancel()
        await asyncio.gather(*self._looks, return_exceptions=True)
        await self._queue.app.connector.close_async()

    async def _ring(self) -> None:
        if not self._looking.locked():
            self.wake()

    def _own(self, look: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(look)
        self._looks.add(task)
        task.add_done_callback(self._looks.discard)

    async def _look(self) -> None:
        async with self._looking:
            try:
                if await self._store.leads():
                    await self._store.hand_over(self._house.clock())
                self._house.measures.tick()
            except CandorError as error:
                _log.warning("look failed", error=type(error).__name__)
            except Exception as error:  # noqa: BLE001 - the top of a waker's loop; it comes back
                _log.error("look failed", error=type(error).__name__)

    async def _take_over(self) -> None:
        """Give the jobs of workers that are dead to the others."""
        jobs = self._queue.app.job_manager
        try:
            if not await self._store.leads():
                return
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=DEAD):
                if job.task_name == dues.DELIVER:
                    line = dues.line(dict(job.task_kwargs))
                    now = self._house.clock()
                    await self._store.release(line, now, lease=now + LEASE - OVER)
                with suppress(exceptions.ConnectorException):  # it has ended after all
                    await jobs.retry_job(job, retry_at=LONG_AGO)
                _log.warning("a worker died", case=job.task_kwargs["case"], job=job.task_name)
            await jobs.prune_stalled_workers(DEAD)
        except (CandorError, exceptions.ProcrastinateException) as error:
            _log.warning("the dead are not looked after", error=type(error).__name__)

    async def _forget(self) -> None:
        try:
            if await self._store.leads():
                await forget(self._house)
                await self._queue.app.job_manager.delete_old_jobs(KEPT, include_failed=True)
        except (CandorError, exceptions.ProcrastinateException) as error:
            _log.warning("old inbounds kept", error=type(error).__name__)


class WorkingWaker(DistributedWaker):
    """A worker's: it has the clock, too, and does what was handed over by whomever."""

    def __init__(self, house: House, store: Handing, queue: Queue) -> None:
        super().__init__(house, store, queue)
        queue.works(self._send, self._fire)
        self._working: asyncio.Task[None] | None = None
        self._ends = False

    async def start(self) -> None:
        """Look, then take jobs until it is stopped."""
        await super().start()
        self._working = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Take no more jobs, let what is being sent end; what does not is looked up later."""
        self._ends = True  # without its database a worker answers a cancellation with a fault
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        await super().stop()

    async def _work(self) -> None:
        """Work; where the database goes away, come back when it does."""
        pause = 1.0
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._queue.app.run_worker_async(
                    queues=[dues.QUEUE],
                    concurrency=AT_ONCE,
                    fetch_job_polling_interval=LOOK.total_seconds(),
                    shutdown_graceful_timeout=GRACE,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL.value,
                    install_signal_handlers=False,
                    update_heartbeat_interval=BEAT,
                    stalled_worker_timeout=DEAD,
                )
            except exceptions.ProcrastinateException as error:
                _log.warning("the worker lost its database", error=type(error).__name__)
            if self._ends:
                return
            lasted = asyncio.get_running_loop().time() - began
            pause = 1.0 if lasted > LONGEST else min(pause * 2, LONGEST)
            await asyncio.sleep(pause)

    async def _send(self, line: Line) -> None:
        await deliver(self._house, line)

    async def _fire(self, ping: Ping) -> bool:
        return await persist(partial(fire, self._house, ping))
