"""A process that sends the outbox to Lark, and kills itself between two statements or calls.

    python -m tests.platforms.lark.killed URL APP SECRET

reads lines "DATABASE MINUTES POINT", with tabs between: the outbox is delivered MINUTES after the
script's beginning, and before the POINT-th statement, commit or call, or right after a call, the
process gets SIGKILL (0: never). Each run is a fork of this warmed one; "end CODE" closes it.
"""

import asyncio
import itertools
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.core.words import TenantId
from bot.engine.deliver import deliver
from bot.engine.ports import MessageRef, Place
from bot.platforms.lark.api import Api
from bot.platforms.lark.client import LarkChannel
from bot.store.sql import SqlStore
from tests.acceptance.killed import Points, opened
from tests.acceptance.script import AT, Counted, house, playbooks


class Mortal(Api):
    """The way to Lark, with a point before and after each call."""

    point: Points

    async def call(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        """The call."""
        self.point()
        found = await super().call(method, path, body, query=query)
        self.point()
        return found


async def earlier(store: SqlStore, tenant: TenantId, where: str) -> MessageRef | None:
    """A message that is known to stand there."""
    found = await store.messages(tenant, Place("lark", where))
    return next((p.ref for p in found if p.ref), None)


async def sends(api: Mortal, file: Path, minutes: int, fatal: int) -> None:
    """Deliver what is due so many minutes later."""
    api.point = Points(fatal)
    store = await opened(file, api.point)
    seconds = itertools.count(0, 100)  # the pace is for tests of its own
    at = AT + timedelta(minutes=minutes)
    channel = LarkChannel(api, now=lambda: at, time=lambda: float(next(seconds)))
    channel.known = partial(earlier, store)
    api.open()
    await deliver(replace(house(store, Counted()), clock=lambda: at, channels={"lark": channel}))
    await api.close()
    await store.close()


def main() -> None:
    """Fork a run for each line."""
    url, app, secret = sys.argv[1:]
    playbooks()
    for line in sys.stdin:
        file, minutes, fatal = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            asyncio.run(sends(Mortal(url, app, secret), Path(file), int(minutes), int(fatal)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"end {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
