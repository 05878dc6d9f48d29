"""A process that takes inbounds in and kills itself between two statements.

    python -m tests.acceptance.killed DATABASE

reads lines "START POINT": from the START-th inbound of the script on, each is handled and then
acknowledged on a line "ack N"; before the POINT-th statement, commit or acknowledgement the process
gets SIGKILL (0: never). Each run is a fork of this warmed one. A line "end CODE" closes each run.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.store.sql import SqlStore
from tests.acceptance.script import Counted, deliver_to, house, inbounds, playbooks


class Points:
    """Counts the points between statements, and dies at the one that was chosen."""

    def __init__(self, fatal: int) -> None:
        self._left = fatal

    def __call__(self, *_: object) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


async def run(file: Path, start: int, fatal: int) -> None:
    """Handle and acknowledge, one after the other."""
    point = Points(fatal)
    store = SqlStore(file)
    await store.next_due()  # so that opening the file is not one of the points
    event.listen(Engine, "before_cursor_execute", point)
    event.listen(Engine, "commit", point)
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
    file = Path(sys.argv[1])
    playbooks()
    for line in sys.stdin:
        start, fatal = (int(word) for word in line.split())
        child = os.fork()
        if child == 0:
            asyncio.run(run(file, start, fatal))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"end {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
