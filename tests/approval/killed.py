"""A process that sends a message to a customer, and kills itself between two steps.

Reads one JSON object a line: the database, the way and its address, the point. With a point, what
is in the outbox is delivered a minute after Send, and before the POINT-th statement, commit or step
of the way out, or right after one, the process gets SIGKILL; with 0 it is the process that is
started afterwards, four minutes later. Each run is a fork of this warmed one; "end CODE" closes it.
"""

import asyncio
import gc
import itertools
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtplib import SMTP

from bot.core.cards.blocks import Card
from bot.core.words import Language
from bot.engine.deliver import deliver
from bot.engine.ports import Channel, MessageRef
from bot.engine.tick import tick
from bot.platforms.lark.client import LarkChannel
from bot.platforms.mail.client import MailChannel, Server
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.places import Places
from tests.acceptance.killed import Points, opened
from tests.approval.scene import AT, Scene, plain
from tests.platforms.lark.killed import Mortal
from tests.platforms.slack.killed import FatalCalls

DESK = "desk"  # the platform of our own people, which never fails
SENT_AT, LATER = AT + timedelta(seconds=61), AT + timedelta(minutes=5)


class Desk:
    """The platform of our own people."""

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """It stands."""
        return MessageRef(key)

    async def edit(self, ref: MessageRef, key: str, card: Card, language: Language) -> None:
        """It is changed."""

    async def find(
        self, conversation: str, key: str, since: datetime, *, under: MessageRef | None = None
    ) -> MessageRef | None:
        """It stood."""
        return MessageRef(key)


class FatalMail(MailChannel):
    """The way by mail, with a point at each step: connected, greeted, handed over."""

    point: Points

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """The mail, unless it is the last."""
        self.point()
        ref = await super().post(conversation, key, card, language, under=under)
        self.point()
        return ref

    async def _handed_over(self, smtp: SMTP, mail: Any) -> None:
        self.point()
        await super()._handed_over(smtp, mail)
        self.point()


@asynccontextmanager
async def way_out(
    way: str, address: Mapping[str, str], point: Points, late: bool
) -> AsyncIterator[Channel]:
    """The channel to the customer, with a point round each of its steps."""
    at = LATER if late else SENT_AT
    match way:
        case "mail":
            server = Server("127.0.0.1", int(address["port"]), "none", "candor@house.example")
            mail = FatalMail(server, lambda: at, handshake=3, answer=3)
            mail.point = point
            yield mail
        case "slack":
            calls = FatalCalls(address["token"], address["url"], point)
            await calls.open()
            yield SlackChannel(calls, Places(calls).is_internal, pace=0)
            await calls.close()
        case _:
            api = Mortal(address["url"], address["app"], address["secret"])
            api.point = point
            seconds = itertools.count(0, 100)  # the pace is for tests of its own
            api.open()
            yield LarkChannel(api, now=lambda: at, time=lambda: float(next(seconds)))
            await api.close()


async def run(wish: Mapping[str, Any]) -> None:
    """Deliver, to the end or the kill."""
    late = wish["point"] == 0
    point = Points(wish["point"])
    store = await opened(Path(wish["file"]), point)
    async with way_out(wish["way"], wish["address"], point, late) as channel:
        house = replace(
            Scene(store=store).house,
            clock=lambda: LATER if late else SENT_AT,
            new_id=lambda: secrets.token_hex(8),
            channels={DESK: Desk(), wish["way"]: channel},
        )
        for _ in range(2 if late else 0):
            await tick(house)
            await deliver(house)
        if not late:
            await deliver(house)
    await store.close()


async def warmed() -> None:
    """The same way once in memory, so that each fork finds everything read and reckoned."""
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.later(seconds=61)


def main() -> None:
    """Fork a run for each line."""
    asyncio.run(warmed())
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(run(json.loads(line)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(1, f"end {os.waitstatus_to_exitcode(status)}\n".encode())


if __name__ == "__main__":
    main()
