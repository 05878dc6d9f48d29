"""A line to a server that is cut in the midst of an answer: nothing is done twice, nothing is half done.

Between the store and the server stands a proxy that cuts both lines where it is told to.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import make_url

from bot.core.words import CaseId, EventId
from bot.engine.errors import StoreUnavailable
from bot.engine.ports import Ping
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from tests import postgres
from tests.contracts.rows import AT, HERE, MINUTE, case, entry, filed, letter
from tests.loopback import listening

C1 = CaseId("c1")
MOST = 40  # answers of anything that is tried here
END = b"Z\x00\x00\x00\x05"  # how the last word of each answer begins

Turn = Callable[[SharedStore, str], Awaitable[None]]


class Proxy:
    """Passes everything on; the so many-th answer of all it swallows, and cuts both lines."""

    def __init__(self, server: str, cut_at: int) -> None:
        self._server, self._cut_at = server, cut_at  # the server's socket
        self.answers = 0
        self._serving: list[asyncio.Task[None]] = []

    def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._serving.append(asyncio.create_task(self._serve(reader, writer)))

    async def ended(self) -> None:
        """Returns when nobody is served any more."""
        await asyncio.gather(*self._serving)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._server)
        on = asyncio.create_task(_passed(reader, back))
        while data := await there.read(1 << 16):
            before, self.answers = self.answers, self.answers + data.count(END)
            if before <= self._cut_at < self.answers:
                break
            writer.write(data)
        on.cancel()
        await asyncio.gather(on, return_exceptions=True)
        for line in (back, writer):
            line.close()
            with suppress(ConnectionError):
                await line.wait_closed()


async def _passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)
    writer.write_eof()


@asynccontextmanager
async def proxied(database: Address, cut_at: int) -> AsyncIterator[tuple[SharedStore, Proxy]]:
    """A store whose line goes through a proxy."""
    with postgres.connected(database.for_libpq) as connection:
        info = connection.info
        proxy = Proxy(f"{info.host}/.s.PGSQL.{info.port}", cut_at)
    socket = listening()
    server = await asyncio.start_server(proxy.serve, sock=socket)
    url = make_url(database.for_libpq).set(host="127.0.0.1", port=socket.getsockname()[1])
    url = url.set(query={"sslmode": "disable", "gssencmode": "disable"})
    store = SharedStore(Address.read(url.render_as_string(hide_password=False)), hands=True)
    async with server:
        yield store, proxy
        await store.close()
        await proxy.ended()


@pytest.fixture
async def store(postgres_database: Address) -> AsyncIterator[SharedStore]:
    """One whose line goes straight there."""
    found = SharedStore(postgres_database)
    async with found.turn(HERE) as turn:
        await turn.save(filed(case("c1")), was=None)
    yield found
    await found.close()


async def noted(store: SharedStore, event: str) -> None:
    """A turn that asks nothing, so that all of it travels with its commit."""
    async with store.turn(HERE) as turn:
        await turn.log(entry(event))


async def whole(store: SharedStore, event: str) -> None:
    async with store.turn(HERE) as turn:
        if not await turn.take_in(EventId(event), AT):
            return
        found = await turn.case(C1)
        assert found is not None
        was = found.case.revision
        await turn.save(filed(replace(found.case, revision=was + 1)), was=was)
        await turn.log(entry(event))
        await turn.set_ping(Ping(HERE, C1, f"nudge{event}", AT))
        await turn.put([letter(f"o{event}", f"live:{event}")])


async def cut_at_each_answer(database: Address, work: Turn) -> list[bool]:
    """Whether it was said to have been done, for a line that is cut at the first answer, the second …"""
    said: list[bool] = []
    for number in range(MOST):
        async with proxied(database, number) as (store, proxy):
            is_done = False
            with suppress(StoreUnavailable):
                await work(store, f"e{number}")
                is_done = True
            said.append(is_done)
            if proxy.answers <= number:
                return said
    raise AssertionError("it has no end")


async def test_what_was_said_to_be_done_is_done_once_and_nothing_twice(
    store: SharedStore, postgres_database: Address
) -> None:
    said = await cut_at_each_answer(postgres_database, noted)
    done = Counter(e.event for e in await store.entries(HERE, C1))
    assert all(done[EventId(f"e{n}")] == 1 for n, is_done in enumerate(said) if is_done)
    assert set(done.values()) == {1}
    assert not all(said)


async def test_what_comes_again_after_a_cut_is_done_once_and_whole(
    store: SharedStore, postgres_database: Address
) -> None:
    said = await cut_at_each_answer(postgres_database, whole)
    for number in range(len(said)):
        await whole(store, f"e{number}")
    found = await store.case(HERE, C1)
    assert found is not None
    assert found.case.revision == 1 + len(said)
    assert len(await store.entries(HERE, C1)) == len(said)
    assert len(await store.parcels(HERE, C1)) == len(said)
    assert len(await store.pings(AT + MINUTE)) == len(said)
    assert said.count(False) > 5
