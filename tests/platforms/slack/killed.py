"""A process that sends the outbox to Slack and kills itself between two steps.

Reads lines "DATABASE EPOCH ADDRESS POINT", with tabs between: delivers at that time to the Slack at
the address, and gets SIGKILL before the POINT-th statement, commit, or call of Slack, or after one
(0: never). Each run is a fork of this warmed one; "end CODE" closes it.
"""

import asyncio
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.engine.deliver import deliver
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.places import Places
from bot.platforms.slack.texts import Payload
from tests.acceptance.killed import Points, opened
from tests.acceptance.script import Counted, house, playbooks


class FatalCalls(Calls):
    """Calls with a point before and after each."""

    def __init__(self, token: str, address: str, point: Points) -> None:
        super().__init__(token, address)
        self._point = point

    async def call(self, method: str, *, within: float = CALL, **arguments: Any) -> Payload:
        """As any call, unless it is the last."""
        self._point()
        found = await super().call(method, within=within, **arguments)
        self._point()
        return found


async def run(file: Path, epoch: float, address: str, token: str, fatal: int) -> None:
    """Deliver what is due at that time."""
    point = Points(fatal)
    store = await opened(file, point)
    calls = FatalCalls(token, address, point)
    await calls.open()
    channel = SlackChannel(calls, Places(calls).is_internal, pace=0)
    at = datetime.fromtimestamp(epoch, UTC)
    home = replace(house(store, Counted()), clock=lambda: at, channels={"slack": channel})
    await deliver(home)
    await calls.close()
    await store.close()


def main() -> None:
    """Fork a run for each line."""
    playbooks()
    for line in sys.stdin:
        file, epoch, address, token, fatal = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            asyncio.run(run(Path(file), float(epoch), address, token, int(fatal)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"end {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
