"""The store on a PostgreSQL server, shared by any number of processes.

What it puts into the outbox, and what falls due, is handed over to workers in the same transaction.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from weakref import WeakKeyDictionary

from sqlalchemy import bindparam, func, literal, select, table, update
from sqlalchemy.sql import column

from bot.core.words import TenantId
from bot.engine.dues import DEAD
from bot.engine.ports import Line
from bot.store.dialect import Scribe
from bot.store.postgres.address import Address
from bot.store.postgres.bell import Bell
from bot.store.postgres.database import PostgresDatabase
from bot.store.postgres.handing import HAND, HAND_OVER, jobs
from bot.store.postgres.holding import HoldingTurn, Wanted
from bot.store.postgres.wires import Taken
from bot.store.sql import SqlStore
from bot.store.tables import outbox
from bot.store.watching import Watched

LEAD = 4_202_611_271  # names, among the server's advisory locks, the right to hand over

_RELEASE = (
    update(outbox)
    .where(
        outbox.c.tenant == bindparam("key_tenant"),
        outbox.c.case_id == bindparam("key_case"),
        outbox.c.conversation == bindparam("key_conversation"),
        outbox.c.state == "sending",
        outbox.c.look_at > bindparam("at"),
        outbox.c.look_at <= bindparam("lease"),
    )
    .values(look_at=bindparam("at"))
)
_LEADS = select(func.pg_try_advisory_lock(literal(LEAD)))
_WORKERS = (
    select(func.count())
    .select_from(table("procrastinate_workers", column("last_heartbeat")))
    .where(column("last_heartbeat") > func.now() - DEAD)
)


class SharedWatch(Watched):
    """The same of a database whose servers hand over."""

    async def workers(self) -> int | None:
        """How many give signs of life, by the server's own clock; raises StoreUnavailable."""

        async def counted(scribe: Scribe) -> int:
            return int(await scribe.value(_WORKERS))

        return await self._database.read(counted)


class SharedStore(SqlStore):
    """The tables. Without `hands`, nothing is handed over: who wakes it looks by itself."""

    def __init__(self, address: Address, *, hands: bool = False) -> None:
        self._server = PostgresDatabase(address)
        super().__init__(self._server)
        if hands:
            self.watched = SharedWatch(self._server)
        self._hands = hands
        self._bell = Bell(self._server)
        self._wanted: Wanted = WeakKeyDictionary()
        self._lead: Taken | None = None  # that holds the right to hand over
        self._leading = asyncio.Lock()  # who asks for it at the same moment gets the same answer

    @asynccontextmanager
    async def turn(self, tenant: TenantId) -> AsyncIterator[HoldingTurn]:
        """Begin a write and commit at the end; raises StoreUnavailable and Conflict."""
        async with self._server.writing() as scribe:
            turn = HoldingTurn(scribe, tenant, self._wanted)
            yield turn
            if self._hands and turn.lines:
                await scribe.note(HAND, jobs=jobs(turn.lines))
        if self._hands and turn.lines:
            self._bell.ring()

    async def leads(self) -> bool:
        """Whether this process is the one that hands over what falls due; another takes its place
        when it ends or its line is cut. Raises StoreUnavailable.
        """
        async with self._leading:
            if self._lead is None:
                self._lead = await self._server.kept_if(_LEADS)
            return self._lead is not None

    async def hand_over(self, at: datetime) -> int:
        """Hand over what is due by then and in nobody's hands, as far as there is room; gives how
        much. Raises StoreUnavailable.
        """
        async with self._leading:
            if not self._hands or self._lead is None:
                return 0
            try:
                async with self._server.transaction(self._lead) as scribe:
                    handed = int(await scribe.value(HAND_OVER, at=at))
            except BaseException:
                await self._step_down()
                raise
        if handed:
            self._bell.ring()
        return handed

    async def release(self, line: Line, at: datetime, *, lease: datetime) -> None:
        """Let what a sender had in hand who is taken for dead be looked up now, but for what has a
        lease beyond that one: whoever took it then may be calling still.
        """
        key = {"key_tenant": line.tenant, "key_case": line.case}
        values = key | {"key_conversation": line.conversation, "at": at, "lease": lease}
        async with self._server.writing() as scribe:
            await scribe.change(_RELEASE, **values)

    async def close(self) -> None:
        """Let go of the database."""
        await self._bell.close()
        await self._step_down()
        await super().close()

    async def _step_down(self) -> None:
        lead, self._lead = self._lead, None
        if lead is not None:
            await self._server.let_go(lead)  # the right ends with the session
