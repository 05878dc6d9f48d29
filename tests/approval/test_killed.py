"""`kill -9` at every point round a customer's message: never twice, never lost without a word."""

import asyncio
import itertools
import json
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.approving.organisation import Organisation
from bot.core.case import Case
from bot.engine.keeping.record import fault
from bot.engine.tick import tick
from bot.platforms.mail.client import MailChannel, Server
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.approval.killed import DESK, SENT_AT
from tests.approval.scene import AT, CASE, HERE, ORGANISATION, Scene, plain
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.playing import Still
from tests.platforms.mail.postoffice import PostOffice
from tests.platforms.mail.postoffice import opened as post_opened
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.slack import FakeSlack, running

KILLED, SHARED = -9, "C0SHARED"
pytestmark = pytest.mark.slow


class Process:
    """The process under test."""

    def __init__(self, process: asyncio.subprocess.Process, way: str, address: object) -> None:
        self._process = process
        self._wish = {"way": way, "address": address}

    async def run(self, file: Path, point: int) -> int:
        """One run, to its end or its kill."""
        assert self._process.stdin
        assert self._process.stdout
        wish = {**self._wish, "file": str(file), "point": point}
        self._process.stdin.write(f"{json.dumps(wish)}\n".encode())
        while not (line := (await self._process.stdout.readline()).decode()).startswith("end "):
            assert line  # what it logs comes between
        return int(line.removeprefix("end "))


@asynccontextmanager
async def process(way: str, address: Mapping[str, str]) -> AsyncIterator[Process]:
    """Started once, forked for each run."""
    found = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.approval.killed",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Process(found, way, address)
    finally:
        assert found.stdin
        found.stdin.close()
        assert await found.wait() == 0


async def prepared(file: Path, conversation: str) -> Path:
    """A database in which a message has just begun to leave, by mail where none is named."""
    migrate(file, at=AT)
    store = SqlStore(file)
    customer = replace(ORGANISATION.customers[0], conversation=conversation)
    house: Organisation = replace(ORGANISATION, customers=(customer,))
    mail = MailChannel(Server("127.0.0.1", 1, "none", "a@house.example"), lambda: AT)
    more = {} if conversation else {"mail": mail}
    scene = Scene(plain(), store=store, organisation=house, more=more, desk=DESK)
    await scene.begin()
    if not conversation:
        await scene.choose("recipients", text="okafor@marrow.example")
    await scene.choose("send")
    scene.clock.move(timedelta(seconds=61))
    await tick(scene.house)
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    assert outgoing.state == "leaving"
    await store.close()
    return file


async def ended(file: Path) -> Case:
    """The case as the second process left it; its record holds."""
    store = SqlStore(file)
    filed = await store.case(HERE, CASE)
    entries = await store.entries(HERE, CASE)
    await store.close()
    assert filed is not None
    assert fault(filed.case, entries) == ""
    return filed.case


async def killed_everywhere(
    under: Process,
    calm: Path,
    count: Callable[[], int],
    clear: Callable[[], None],
    *,
    points: Iterator[int],
) -> list[tuple[int, str]]:
    """Of each kill: how many messages the customer has in the end, and what the case says of it."""
    found: list[tuple[int, str]] = []
    code = KILLED
    while code == KILLED:
        clear()
        file = calm.with_name(f"copy-{len(found)}.db")
        shutil.copy(calm, file)
        code = await under.run(file, next(points))
        assert await under.run(file, 0) == 0
        case = await ended(file)
        assert case.outgoing is not None
        assert (case.phase == "told") is (case.outgoing.state == "delivered")
        assert len(case.deliveries) == (case.outgoing.state == "delivered")
        found.append((count(), case.outgoing.state))
        file.unlink()
    return found


async def test_a_mail_is_never_sent_twice_and_never_lost_without_a_word(tmp_path: Path) -> None:
    office = PostOffice()
    calm = await prepared(tmp_path / "calm.db", "")
    async with (
        post_opened(office),
        process("mail", {"port": str(office.port)}) as under,
    ):
        found = await killed_everywhere(
            under,
            calm,
            lambda: len(office.arrived),
            office.arrived.clear,
            points=itertools.count(1),
        )
    assert len(found) > 40
    assert set(found) == {(1, "delivered"), (1, "unknown"), (0, "unknown")}
    assert found[-1] == (1, "delivered")


async def test_a_message_in_slack_stands_exactly_once(tmp_path: Path) -> None:
    calm = await prepared(tmp_path / "calm.db", f"slack:{SHARED}")
    fake = FakeSlack(Clock(lambda: SENT_AT))
    fake.rates.on = False
    channel = fake.workspace.channels[SHARED]
    address = {"token": fake.bot_token}
    async with running(fake), process("slack", address | {"url": fake.base_url}) as under:
        found = await killed_everywhere(
            under,
            calm,
            lambda: len(fake.messages(SHARED)),
            channel.messages.clear,
            points=itertools.count(1, 2),
        )
    assert len(found) > 20  # every second point; the other platform takes those between
    assert set(found) == {(1, "delivered")}


async def test_a_message_in_a_group_of_lark_stands_exactly_once(tmp_path: Path) -> None:
    fake = FakeLark(Still(SENT_AT))
    fake.limits.on = False
    fake.tenant.app.shares_externally = True
    group = fake.tenant.group("with Marrow", fake.tenant.person("Maya"), external=True)
    calm = await prepared(tmp_path / "calm.db", f"lark:{fake.tenant.key}/{group.id}")
    app = fake.tenant.app
    fake.start()
    try:
        async with process("lark", {"url": fake.url, "app": app.id, "secret": app.secret}) as under:
            found = await killed_everywhere(
                under,
                calm,
                lambda: len(fake.sent(group)),
                fake.tenant.messages.clear,
                points=itertools.count(2, 2),
            )
    finally:
        fake.stop()
    assert len(found) > 20  # every second point; the other platform takes those between
    assert set(found) == {(1, "delivered")}
