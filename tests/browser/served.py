"""The playground on a free port: the real engine, a real SQLite file, a real HTTP server."""

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from uuid import uuid4  # noqa: TID251 - what the wiring hands to the engine

import uvicorn
from starlette.applications import Starlette

from bot.content import playbooks as content
from bot.engine.deliver import deliver
from bot.engine.house import House, Shelf
from bot.engine.inbound import Profile
from bot.engine.tick import tick
from bot.platforms.playground.app import Playground, begin, routes
from bot.platforms.playground.client import PlaygroundChannel
from bot.platforms.playground.clock import MovedClock
from bot.store import migrate, opening
from bot.store.sql import SqlStore

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Server:
    """A running playground, and the house behind it."""

    url: str
    playground: Playground


class Ticking:
    """A real clock that began on a Monday morning, whatever the day is."""

    def __init__(self) -> None:
        self._began = monotonic()

    def __call__(self) -> datetime:
        return MONDAY + timedelta(seconds=monotonic() - self._began)


def playground(folder: Path) -> Playground:
    """A playground on the database in `folder`, made if it is not there."""
    real = Ticking()
    file = folder / "candor.db"
    if opening.examine(file) != "current":
        migrate.migrate(file, at=real())
    clock = MovedClock(real, folder / "playground-clock")
    channel = PlaygroundChannel(clock)
    playbooks = content.load_all().values()
    house = House(
        store=SqlStore(file),
        shelf=Shelf(playbooks),
        clock=clock,
        new_id=lambda: uuid4().hex,
        channels={"playground": channel},
        profile=Profile("en", "UTC", "none"),
    )

    async def settle() -> None:
        await tick(house)
        await deliver(house)

    return Playground(house, channel, clock, settle, kept_in=str(file))


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """Serve the playground from a thread with a loop of its own, until the block ends."""
    ground = playground(folder)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        await begin(ground)
        yield
        await ground.house.store.close()

    app = Starlette(routes=routes(ground), lifespan=life)
    config = uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=2)
    started = threading.Event()
    server = _Telling(config, started)
    thread = threading.Thread(target=server.run, name="playground")
    thread.start()
    try:
        assert started.wait(30), "the playground did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Server(f"http://127.0.0.1:{port}", ground)
    finally:
        server.should_exit = True
        thread.join(30)
    assert not thread.is_alive()


class _Telling(uvicorn.Server):
    """Says when it takes requests."""

    def __init__(self, config: uvicorn.Config, started: threading.Event) -> None:
        super().__init__(config)
        self._told = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._told.set()
