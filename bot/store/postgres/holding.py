"""A turn on a database that many processes write to: what it reads of a case nobody else changes.

No two turns ever wait for one another in a circle: a turn waits for cases only in the order of
their ids. Where it meets one out of order that another turn holds, it is given up as a Conflict,
and whoever tries again in the same task holds all of them from the beginning, in order.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy import Executable

from bot.core.desk import Person
from bot.core.words import CaseId, TenantId
from bot.engine.ports import Entry, Filed, Letter, Ping
from bot.store import shapes
from bot.store import statements as s
from bot.store.dialect import Row, Scribe
from bot.store.postgres.dialect import DIALECT
from bot.store.turn import SqlTurn

Wanted = WeakKeyDictionary[asyncio.Task[Any], tuple[CaseId, ...]]

# FOR NO KEY UPDATE: rows that refer to a case may be written by others meanwhile
_HOLD: Executable = s.CASE.with_for_update(key_share=True)
_HOLD_AT_ONCE: Executable = s.CASE.with_for_update(key_share=True, nowait=True)


class HoldingTurn(SqlTurn):
    """One write transaction of one tenant; `wanted` remembers turns that had to be given up."""

    def __init__(self, scribe: Scribe, tenant: TenantId, wanted: Wanted) -> None:
        super().__init__(scribe, tenant, DIALECT)
        self._held: set[CaseId] = set()
        self._wanted = wanted
        self._ends = False  # a person is saved: from now on it waits for no case
        task = asyncio.current_task()
        # what this task's last turn was given up for is held along with the first case
        self._again = set(wanted.pop(task, ())) if task is not None else set()

    async def case(self, id_: CaseId) -> Filed | None:
        """The case with its place, held until the end."""
        if self._again:
            await self._hold([id_])
        if id_ in self._held:
            return await super().case(id_)
        row = await self._take(id_)
        return shapes.filed(row.body, row.platform, row.conversation) if row else None

    async def save(self, filed: Filed, *, was: int | None) -> None:
        """Compare and set; raises Conflict when another revision stands there."""
        if was is not None:
            await self._hold([filed.case.id])
        await super().save(filed, was=was)
        self._held.add(filed.case.id)

    async def save_person(self, person: Person) -> None:
        """Put the person in place."""
        self._ends = True
        await super().save_person(person)

    async def log(self, entry: Entry) -> None:
        """Append one line; where it is linked, nobody else links one meanwhile."""
        if entry.chained and entry.case is not None:
            await self._hold([entry.case])
        await super().log(entry)

    async def put(self, letters: Sequence[Letter]) -> None:
        """Write letters to the outbox, in order."""
        await self._hold({each.case for each in letters})
        await super().put(letters)

    async def set_ping(self, ping: Ping) -> None:
        """Remember it, in place of an earlier one of its kind."""
        await self._hold([ping.case])
        await super().set_ping(ping)

    async def drop_ping(self, case: CaseId, kind: str) -> None:
        """Forget it."""
        await self._hold([case])
        await super().drop_ping(case, kind)

    async def take_ping(self, ping: Ping) -> bool:
        """Take exactly this reminder away; False when it is gone or has moved."""
        await self._hold([ping.case])
        return await super().take_ping(ping)

    async def _hold(self, ids: Iterable[CaseId]) -> None:
        again, self._again = self._again, set()
        for id_ in sorted({*ids, *again} - self._held):
            await self._take(id_)

    async def _take(self, id_: CaseId) -> Row | None:
        """The row, held; one that is not there is none. Raises Conflict out of order."""
        in_order = not self._ends and all(held < id_ for held in self._held)
        values = {"tenant": self._tenant, "id": id_}
        try:
            found = await self._scribe.rows(_HOLD if in_order else _HOLD_AT_ONCE, **values)
        except psycopg.Error:
            self._want(id_)
            raise
        if not found:
            return None
        self._held.add(id_)
        return found[0]

    def _want(self, id_: CaseId) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._wanted[task] = (*self._held, id_)
