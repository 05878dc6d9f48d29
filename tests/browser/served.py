"""The playground on a free port: the real engine, a real SQLite file, a real HTTP server."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4  # noqa: TID251 - what the wiring hands to the engine

import uvicorn
from starlette.applications import Starlette

from bot import content
from bot.engine.deliver import deliver
from bot.engine.house import House, Shelf
from bot.engine.inbound import Profile
from bot.engine.tick import tick
from bot.platforms.playground.app import Playground, begin, routes
from bot.platforms.playground.client import PlaygroundChannel
from bot.platforms.playground.clock import MovedClock
from bot.store import migrate, opening
from bot.store.sql import SqlStore


@dataclass(frozen=True, slots=True)
class Server:
    """A running playground, and the house behind it."""

    url: str
    playground: Playground


def real_time() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the edge of a process


def playground(folder: Path, port: int = 0) -> Playground:
    """A playground on the database in `folder`, made if it is not there."""
    file = folder / "candor.db"
    if opening.examine(file) != "current":
        migrate.migrate(file, at=real_time())
    clock = MovedClock(real_time, folder / "playground-clock")
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
    server = uvicorn.Server(config)
    started = threading.Event()
    thread = threading.Thread(target=_run, args=(server, started), name="playground")
    thread.start()
    try:
        assert started.wait(30), "the playground did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Server(f"http://127.0.0.1:{port}", ground)
    finally:
        server.should_exit = True
        thread.join(30)
    assert not thread.is_alive()


def _run(server: uvicorn.Server, started: threading.Event) -> None:
    async def serve() -> None:
        task = asyncio.create_task(server.serve())
        while not (server.started or task.done()):
            await asyncio.sleep(0.01)
        started.set()
        await task

    asyncio.run(serve())
