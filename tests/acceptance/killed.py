"""A process that takes inbounds in, or sends the outbox, and kills itself between two statements.

    python -m tests.acceptance.killed turns
    python -m tests.acceptance.killed sends
    python -m tests.acceptance.killed asks

reads lines "DATABASE START POINT", with tabs between. For `turns`, each inbound of the script from the START-th on is handled
and then acknowledged on a line "ack N"; for `sends`, the outbox is delivered START minutes after
the script's beginning; for `asks`, what is due START minutes after a milestone's check is asked. Before the POINT-th statement, commit, acknowledgement or call of a platform
the process gets SIGKILL (0: never). Each run is a fork of this warmed one; "end CODE" closes it.
"""

import asyncio
import os
import secrets
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.core.cards.blocks import Card
from bot.core.words import Language
from bot.engine.deliver import deliver
from bot.engine.ports import MessageRef
from bot.engine.tick import tick
from bot.store.sql import SqlStore
from tests.acceptance.script import AT, Counted, deliver_to, house, inbounds, playbooks
from tests.contracts.rows import HERE, driver

CHECK_AT = datetime(2026, 6, 9, 9, 30, tzinfo=UTC)  # when the milestone's check is due


class Points:
    """Counts the points between statements, and dies at the one that was chosen."""

    def __init__(self, fatal: int) -> None:
        self._left = fatal

    def __call__(self, *_: object) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class FileChannel:
    """A platform in a file beside the database: one line for each message, on the disk at once."""

    def __init__(self, file: Path, point: Points) -> None:
        self._file = file.with_suffix(".messages")
        self._point = point

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """Append the message; its key is its name."""
        self._append("post", conversation, key, card)
        return MessageRef(key)

    async def edit(self, ref: MessageRef, key: str, card: Card, language: Language) -> None:
        """Append what the message says now."""
        self._append("edit", ref, key, card)

    async def find(
        self,
        conversation: str,
        key: str,
        since: datetime,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef | None:
        """The message that was posted with this key."""
        lines = self._file.read_text().splitlines() if self._file.exists() else []
        found = any(line.split("\t")[:3] == ["post", conversation, key] for line in lines)
        return MessageRef(key) if found else None

    def _append(self, what: str, where: str, key: str, card: Card) -> None:
        self._point()
        with self._file.open("a") as file:
            file.write(f"{what}\t{where}\t{key}\t{card.text.en}\n")
            file.flush()
            os.fsync(file.fileno())
        self._point()


async def opened(file: Path, point: Points) -> SqlStore:
    """The store, with a point before each statement of a turn from now on, be it a commit."""
    store = SqlStore(file)
    async with store.turn(HERE) as turn:
        connection = driver(turn)
    # SQLite itself says what it is about to do, so that nothing passes by unseen
    connection._conn.set_trace_callback(partial(_unless_within, point))
    return store


def _unless_within(point: Points, statement: str) -> None:
    """A point, but for what leaves the disk and the next statement as they are."""
    if not statement.startswith(("SAVEPOINT", "RELEASE", "--")):
        point()


async def sends(file: Path, minutes: int, fatal: int) -> None:
    """Deliver what is due so many minutes later."""
    point = Points(fatal)
    store = await opened(file, point)
    home = replace(
        house(store, Counted()),
        clock=lambda: AT + minutes * timedelta(minutes=1),
        channels={"slack": FileChannel(file, point)},
    )
    await deliver(home)
    await store.close()


async def asks(file: Path, minutes: int, fatal: int) -> None:
    """Ask what is due so many minutes later, and send it; ids are new with each run."""
    point = Points(fatal)
    store = await opened(file, point)
    home = replace(
        house(store, Counted()),
        clock=lambda: CHECK_AT + minutes * timedelta(minutes=1),
        new_id=lambda: secrets.token_hex(8),
        channels={"slack": FileChannel(file, point)},
    )
    await tick(home)
    await deliver(home)
    await store.close()


async def gaps(file: Path, minutes: int, fatal: int) -> None:
    """Deliver what was asked so many minutes ago; its points are before and after each message."""
    store = SqlStore(file)
    home = replace(
        house(store, Counted()),
        clock=lambda: CHECK_AT + minutes * timedelta(minutes=1),
        channels={"slack": FileChannel(file, Points(fatal))},
    )
    await deliver(home)
    await store.close()


async def turns(file: Path, start: int, fatal: int) -> None:
    """Handle and acknowledge, one after the other."""
    point = Points(fatal)
    store = await opened(file, point)
    ids = Counted()
    home = house(store, ids)
    for number, inbound in enumerate(inbounds()[start:], start):
        reply = await deliver_to(home, ids, inbound)
        if reply.fault:
            raise SystemExit(f"fault in {number}")
        point()  # after the commit, before the platform is told
        os.write(1, f"ack {number}\n".encode())
    await store.close()


def main() -> None:
    """Fork a run for each line."""
    run = {"turns": turns, "sends": sends, "asks": asks, "gaps": gaps}[sys.argv[1]]
    playbooks()
    for line in sys.stdin:
        file, start, fatal = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            asyncio.run(run(Path(file), int(start), int(fatal)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"end {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
