"""Who reads and writes on a wire: what nobody waits for travels with the next question."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import psycopg
from sqlalchemy import Executable
from sqlalchemy.exc import IntegrityError

from bot.engine.errors import StoreUnavailable
from bot.store.dialect import Row
from bot.store.postgres.ready import Ready, ready
from bot.store.postgres.wire import Failed, Sent
from bot.store.postgres.wires import Taken, Wires

if TYPE_CHECKING:
    from psycopg.pq.abc import PGresult

_BEGIN, _COMMIT, _ROLLBACK = Sent(b"BEGIN"), Sent(b"COMMIT"), Sent(b"ROLLBACK")


class Scribe:
    """Runs statements on one connection: each by itself, or all of them in a transaction."""

    def __init__(
        self, wires: Wires, taken: Taken, *, begins: bool = False, renews: bool = True
    ) -> None:
        """`renews`: a connection that is found gone is replaced, as long as nothing was done on it."""
        self._wires = wires
        self._taken = taken
        self._waiting: list[Sent] = [_BEGIN] if begins else []  # nobody asks what came of them
        self._begins = begins
        self._renews = renews

    async def rows(self, statement: Executable, **values: object) -> Sequence[Row]:
        """What a statement finds."""
        made = ready(statement, tuple(values))
        return made.found(await self._last(made.sent(values)))

    async def each(
        self, statement: Executable, many: Sequence[Mapping[str, object]]
    ) -> Sequence[Sequence[Row]]:
        """What a statement finds for each of these values."""
        if not many:
            return ()
        made: list[Ready] = [ready(statement, tuple(values)) for values in many]
        sent = [one.sent(values) for one, values in zip(made, many, strict=True)]
        answers = await self._trip(*sent)
        return [one.found(answer) for one, answer in zip(made, answers, strict=True)]

    async def value(self, statement: Executable, **values: object) -> Any:
        """The first column of the first row; None where there is none."""
        made = ready(statement, tuple(values))
        return made.first(await self._last(made.sent(values)))

    async def change(self, statement: Executable, **values: object) -> int:
        """The number of rows that a statement has changed; raises SQLAlchemy's IntegrityError."""
        made = ready(statement, tuple(values))
        return (await self._last(made.sent(values))).command_tuples or 0

    async def note(self, statement: Executable, **values: object) -> None:
        """Have a statement run before the next one; an error of its comes then, or at the end."""
        self._waiting.append(ready(statement, tuple(values)).sent(values))

    async def commit(self) -> None:
        """End the transaction so that it is on the disk; of one that did nothing, nothing is sent.

        Raises StoreUnavailable where a statement had failed: to commit would undo in silence.
        """
        if self._waiting == [_BEGIN]:
            return
        self._renews = False  # nobody knows what became of a commit whose answer was lost
        if (await self._last(_COMMIT)).command_status != b"COMMIT":
            raise StoreUnavailable

    async def undo(self) -> None:
        """Leave no transaction behind, or else no connection: one that is not idle is closed."""
        if self._taken.wire.is_in_transaction:
            try:
                await self._taken.wire.trip([_ROLLBACK])
            except (Failed, psycopg.OperationalError):
                return

    async def _last(self, sent: Sent) -> "PGresult":
        return (await self._trip(sent))[-1]

    async def _trip(self, *sent: Sent) -> "list[PGresult]":
        """The answers to these, which all that has waited goes before."""
        waiting, self._waiting = self._waiting, []
        try:
            answers = await self._sent([*waiting, *sent])
        except Failed as failed:
            raise _named(failed) from failed.error
        return answers[len(waiting) :]

    async def _sent(self, sent: Sequence[Sent]) -> "list[PGresult]":
        """The answers; where a connection that was kept is found gone, on a new one."""
        renews = self._renews
        if self._begins:
            self._renews = False
        try:
            return await self._taken.wire.trip(sent)
        except psycopg.OperationalError:
            if not renews:
                raise
        await self._wires.renew(self._taken)
        return await self._taken.wire.trip(sent)


def _named(failed: Failed) -> Exception:
    """As it is called for every database; it shows nothing that was bound."""
    if isinstance(failed.error, psycopg.IntegrityError):
        words = failed.sent.sql.decode()
        return IntegrityError(words, None, failed.error, hide_parameters=True)
    return failed.error
