"""Turns that wait for one another share a commit: the disk is waited for once for all of them.

Each turn stands in a savepoint of its own, so that one that fails takes nothing with it. Nobody
goes on before the commit that holds their turn; where that fails, it fails for all of them.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

from bot.engine.errors import StoreUnavailable
from bot.store.sqlite.onetrip import OneTripConnection, Openings
from bot.store.sqlite.ready import Scribe

TOGETHER = 32  # turns in one commit; the first of them waits for the others


class Writer:
    """Lets one turn at a time write, and commits when nobody waits or enough turns are together."""

    def __init__(self, file: Path, *, patience: timedelta) -> None:
        self._openings = Openings(file, patience)
        self._connection: OneTripConnection | None = None  # from the first turn on
        self._door = asyncio.Lock()  # so that conversations queue here and do not spin on busy
        self._waiting = 0
        self._group: _Group | None = None
        self._ending: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Scribe]:
        """Who writes for a turn; left in peace, the turn is on the disk. Raises what SQLite does."""
        await self._pass_the_door()
        try:
            if self._group is None:
                self._group = _Group(await self._opened())
            group = self._group
            await group.save()
            yield group.scribe
            await group.keep()
        except BaseException:
            if self._group is not None:
                await self._group.undo()
            self._leave()
            raise
        self._leave()
        await asyncio.shield(group.committed)

    async def close(self) -> None:
        """Close the connection, after a commit that is under way."""
        async with self._door:
            if self._connection is not None:
                await self._connection.close()
                self._connection = None
            await self._openings.close()

    async def _opened(self) -> OneTripConnection:
        if self._connection is None:
            self._connection = await self._openings.one()
        return self._connection

    async def _pass_the_door(self) -> None:
        self._waiting += 1
        try:
            await self._door.acquire()
        except asyncio.CancelledError:
            self._waiting -= 1
            if not self._waiting and not self._door.locked():
                await self._door.acquire()  # at once; those before may have left the commit to us
                self._leave()
            raise
        self._waiting -= 1

    def _leave(self) -> None:
        """Let the next one in, or end the group first."""
        group = self._group
        if group is None or self._may_go_on(group):
            self._door.release()
            return
        task = asyncio.create_task(self._end(group))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    def _may_go_on(self, group: "_Group") -> bool:
        """Whether somebody waits who can share the commit."""
        return self._waiting > 0 and group.goes_on

    async def _end(self, group: "_Group") -> None:
        if self._may_go_on(group):  # those who ask in one moment come a moment later
            self._door.release()
            return
        try:
            await group.end()
        finally:
            self._group = None
            self._door.release()


class _Group:
    """The turns of one transaction."""

    def __init__(self, driver: OneTripConnection) -> None:
        driver.writes = True  # with the first statement
        self.scribe = Scribe(driver)
        self.committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._driver = driver
        self._let_in = 0
        self._kept = 0
        self._lost = False  # the database gave the whole transaction up

    @property
    def goes_on(self) -> bool:
        """Whether another turn may come in."""
        return not self._lost and self._let_in < TOGETHER

    async def save(self) -> None:
        self._let_in += 1
        await self._driver.run("SAVEPOINT turn")

    async def keep(self) -> None:
        await self._driver.run("RELEASE turn")
        self._kept += 1

    async def undo(self) -> None:
        """Take the turn back alone; where that cannot be, the whole transaction is given up."""
        if self._driver.in_transaction:
            with suppress(sqlite3.Error):
                await self._driver.run("ROLLBACK TO turn")
                await self._driver.run("RELEASE turn")
                return
        self._lost = True

    async def end(self) -> None:
        """Commit, and let everybody go on, be it with an error. No transaction is left behind."""
        try:
            try:
                await self._commit()
            finally:
                self._driver.writes = False
                await self._driver.rollback()
        except Exception as error:  # noqa: BLE001 - raised again where the turns wait
            self.committed.set_exception(error)
            self.committed.exception()  # the turn that failed may have been the only one
        else:
            self.committed.set_result(None)

    async def _commit(self) -> None:
        if self._lost:
            raise StoreUnavailable
        if self._kept:
            await self._driver.commit()
