"""A connection on which several statements travel to the server at once, in libpq's pipeline mode.

To have each statement pass through SQLAlchemy and psycopg's cursors took eight times as long as libpq
itself: here what is prepared goes straight to it, and its answers are read as they come.
https://www.postgresql.org/docs/current/libpq-pipeline-mode.html
"""

import asyncio
import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, TransactionStatus

from bot.engine.errors import StoreUnavailable

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

LONGEST = timedelta(seconds=60)  # that a server may take for the answers to one trip

_DONE = ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK
_GOING = b"57P01", b"57P02", b"57P03"  # the last words of a server that hangs up
_FORGOTTEN = b"26000", b"42P05"  # what is prepared there is not what we have prepared
_REPLANNED = b"RevalidateCachedQuery"  # where the server finds that a table has other columns now
_OPEN = TransactionStatus.INTRANS, TransactionStatus.INERROR


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement of the server's wording with its values, as text."""

    sql: bytes
    values: Sequence[bytes | None] = ()


class Failed(Exception):
    """The server refused a statement; it and what followed in the same trip did nothing."""

    def __init__(self, sent: Sent, error: psycopg.Error) -> None:
        super().__init__(type(error).__name__)
        self.sent = sent
        self.error = error


_LOOKS = Sent(b"SELECT set_config('client_connection_check_interval', '2s', false)")


class Wire:
    """One connection of one event loop; one task at a time may use it."""

    def __init__(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        self._connection = connection
        self._libpq = connection.pgconn
        self._loop = asyncio.get_running_loop()
        self._news = asyncio.Event()
        self._lost: psycopg.OperationalError | None = None
        self._is_amid = False  # of a trip
        self._names: dict[bytes, bytes] = {}  # of what is prepared there
        self._socket = self._libpq.socket
        self._libpq.enter_pipeline_mode()
        self._loop.add_reader(self._socket, self._came)

    @classmethod
    async def opened(cls, conninfo: str, **settings: Any) -> "Wire":
        """A new connection, whose server looks now and then whether we are still there: what is
        broken off soon lets go of its rows. Raises psycopg.OperationalError, StoreUnavailable.
        """
        wire = cls(await psycopg.AsyncConnection.connect(conninfo, autocommit=True, **settings))
        try:
            with suppress(Failed):  # not every system that a server runs on can tell
                await wire.trip([_LOOKS])
        except BaseException:
            await wire.close()
            raise
        return wire

    @property
    def is_lost(self) -> bool:
        """Whether the server has gone, as far as is known."""
        return self._lost is not None

    @property
    def is_idle(self) -> bool:
        """Whether somebody else may use it: no transaction is open, no answer outstanding."""
        return self._is_quiet and self._libpq.transaction_status == TransactionStatus.IDLE

    @property
    def is_in_transaction(self) -> bool:
        """Whether one can be ended: it is open, no answer outstanding."""
        return self._is_quiet and self._libpq.transaction_status in _OPEN

    @property
    def _is_quiet(self) -> bool:
        return not self.is_lost and not self._is_amid

    async def trip(self, sent: Sequence[Sent]) -> "list[PGresult]":
        """What the server answers to each, in order. Raises Failed, or psycopg.OperationalError
        where the connection is lost, or StoreUnavailable where nothing came for too long; whether
        anything was done is not known then.
        """
        self._is_amid = True
        try:
            new = self._ask(sent)
            async with asyncio.timeout(LONGEST.total_seconds()):
                answers = await self._answers()
        except TimeoutError as error:
            raise StoreUnavailable from error
        except psycopg.OperationalError as error:
            self._ends(error)
            raise
        self._is_amid = False
        return self._told_apart(sent, new, answers)

    async def close(self) -> None:
        """Let go of it, in whatever state it is."""
        self._listen_no_more()
        await self._connection.close()

    def _ask(self, sent: Sequence[Sent]) -> dict[bytes, bytes]:
        """Send these; gives the names of what is prepared on the way."""
        new: dict[bytes, bytes] = {}
        for each in sent:
            name = self._names.get(each.sql) or new.get(each.sql)
            if name is None:
                name = new[each.sql] = _name(each.sql)
                self._libpq.send_prepare(name, each.sql)
            self._libpq.send_query_prepared(name, each.values)
        self._libpq.pipeline_sync()
        self._flush()
        return new

    def _told_apart(
        self, sent: Sequence[Sent], new: dict[bytes, bytes], answers: "list[PGresult]"
    ) -> "list[PGresult]":
        """The answers without those to what was prepared on the way."""
        found: list[PGresult] = []
        coming = iter(answers)
        for each in sent:
            answer = next(coming)
            if each.sql in new:
                _well(each, answer)
                self._names[each.sql] = new.pop(each.sql)
                answer = next(coming)
            _well(each, answer)
            found.append(answer)
        return found

    async def _answers(self) -> "list[PGresult]":
        """All up to the end of the trip."""
        found: list[PGresult] = []
        while True:
            while self._libpq.is_busy():
                await self._more()
            answer = self._libpq.get_result()
            if answer is None:  # between two statements
                if self._libpq.status != ConnStatus.OK:
                    raise psycopg.OperationalError(self._libpq.get_error_message())
            elif answer.status == ExecStatus.PIPELINE_SYNC:
                return found
            elif answer.status == ExecStatus.FATAL_ERROR and _is_over(answer):
                raise psycopg.OperationalError(answer.error_message.decode(errors="replace"))
            else:
                found.append(answer)

    async def _more(self) -> None:
        if self._lost is not None:
            raise self._lost
        self._news.clear()
        await self._news.wait()

    def _came(self) -> None:
        """Take what is there to be read; while nothing is asked, it can only be that the server goes."""
        try:
            self._libpq.consume_input()
        except psycopg.OperationalError as error:
            self._ends(error)
        self._news.set()

    def _flush(self) -> None:
        if self._libpq.flush():  # the socket is full; go on when it is not
            self._loop.add_writer(self._socket, self._flush_on)

    def _flush_on(self) -> None:
        try:
            if not self._libpq.flush():
                self._loop.remove_writer(self._socket)
        except psycopg.OperationalError as error:
            self._ends(error)
            self._news.set()

    def _ends(self, error: psycopg.OperationalError) -> None:
        self._lost = self._lost or error
        self._listen_no_more()

    def _listen_no_more(self) -> None:
        if self._socket >= 0:
            self._loop.remove_reader(self._socket)
            self._loop.remove_writer(self._socket)
            self._socket = -1


def _name(sql: bytes) -> bytes:
    """What a statement is prepared as: whoever has prepared this name has prepared the same."""
    return b"c" + hashlib.blake2b(sql, digest_size=16).hexdigest().encode()


def _is_over(answer: "PGresult") -> bool:
    """Whether the connection is of no more use after this error: the server hangs up, or what we
    have prepared there does not hold, as after a migration.
    """
    return (
        answer.error_field(DiagnosticField.SQLSTATE) in (*_GOING, *_FORGOTTEN)
        or answer.error_field(DiagnosticField.SOURCE_FUNCTION) == _REPLANNED
    )


def _well(sent: Sent, answer: "PGresult") -> None:
    """Raises Failed where the server says so."""
    if answer.status not in _DONE:
        raise Failed(sent, error_from_result(answer, encoding="utf-8"))
