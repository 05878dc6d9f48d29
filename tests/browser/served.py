"""The playground on a free port: the real engine, a real SQLite file, a real HTTP server."""

import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from time import monotonic
from uuid import uuid4  # noqa: TID251 - what the wiring hands to the engine

import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.assembly import connecting
from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.approving.organisation import Organisations
from bot.core.desk import Person
from bot.core.playbook import Playbook
from bot.engine.deliver import deliver
from bot.engine.house import House, Shelf
from bot.engine.inbound import Profile
from bot.engine.keeping.vault import new_key
from bot.engine.tick import tick
from bot.papers import files as papers
from bot.platforms.lark.look import look as lark
from bot.platforms.playground.app import Playground, begin, routes
from bot.platforms.playground.client import PlaygroundChannel
from bot.platforms.playground.clock import MovedClock
from bot.platforms.playground.people import ORGANISATION, direct
from bot.platforms.slack.look import look as slack
from bot.settings import Settings
from bot.sources.milestones import milestones
from bot.store.sql import SqlStore
from bot.store.sqlite import migrate, opening

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Server:
    """A running playground, and the house behind it."""

    url: str
    playground: Playground


@dataclass(frozen=True, slots=True)
class Setting:
    """When the playground's clock begins, and who is known there already; then no sample is laid out.

    A full house has a coach and customers to practise with. A clock that `stands` is moved by hand.
    With keys, systems of one's own can be connected.
    """

    begins_at: datetime = MONDAY
    known: tuple[Person, ...] = ()
    full: bool = False
    stands: bool = False
    keys: bool = False


class Ticking:
    """A real clock that began at that moment, whatever the day is."""

    def __init__(self, begins_at: datetime = MONDAY) -> None:
        self._begins_at = begins_at
        self._began = monotonic()

    def __call__(self) -> datetime:
        return self._begins_at + timedelta(seconds=monotonic() - self._began)


class StandingClock(MovedClock):
    """A playground's clock that stands at the moment it was moved to; the real time goes on."""

    _at: datetime | None = None

    def __call__(self) -> datetime:
        return self._at or super().__call__()

    def move_to(self, at: datetime) -> None:
        super().move_to(at)
        self._at = at


@cache
def playbooks() -> tuple[Playbook, ...]:
    """The playbooks of this release, read once."""
    return tuple(content.load_all().values())


def playground(folder: Path, setting: Setting) -> Playground:
    """A playground on the database in `folder`, made if it is not there."""
    real = Ticking(setting.begins_at)
    file = folder / "candor.db"
    if opening.examine(file) != "current":
        migrate.migrate(file, at=real())
    kind = StandingClock if setting.stands else MovedClock
    clock = kind(real, folder / "playground-clock")
    channel = PlaygroundChannel(clock)
    store = SqlStore(file)
    keys = Settings(keys=SecretStr(new_key())) if setting.keys else None
    house = House(
        store=store,
        shelf=Shelf(playbooks()),
        clock=clock,
        new_id=lambda: uuid4().hex,
        channels={"playground": channel},
        about={"playground": channel.about},
        profile=Profile("en", "UTC", "none"),
        coaching=default_coaching if setting.full else None,
        customers=default_customers if setting.full else None,
        organisations=Organisations((ORGANISATION,)),
        read_milestones=milestones,
        make_file=lambda case, release, kind, at: papers.file(case, release, kind, at=at),
        takes_files=frozenset({"playground"}),
        own=connecting.own(keys, clock, store.safe) if keys else None,
        direct=lambda _, __, person: direct(person),
    )

    async def settle() -> None:
        await tick(house)
        await deliver(house)

    looks = {"slack": slack, "lark": lark}
    return Playground(house, channel, clock, settle, kept_in=str(file), looks=looks)


@contextmanager
def served(folder: Path, setting: Setting = Setting()) -> Iterator[Server]:
    """Serve the playground from a thread with a loop of its own, until the block ends."""
    ground = playground(folder, setting)

    @asynccontextmanager
    async def life(_: Starlette) -> AsyncIterator[None]:
        for person in setting.known:
            async with ground.house.store.turn(person.tenant) as turn:
                await turn.save_person(person)
        await begin(ground)
        yield
        await ground.house.store.close()

    with running(Starlette(routes=routes(ground), lifespan=life)) as url:
        yield Server(url, ground)


@contextmanager
def running(app: Starlette, port: int = 0) -> Iterator[str]:
    """Serve an application from a thread with a loop of its own, and give its address."""
    config = uvicorn.Config(app, port=port, log_level="warning", timeout_graceful_shutdown=2)
    started = threading.Event()
    server = _Telling(config, started)
    thread = threading.Thread(target=server.run, name="playground")
    thread.start()
    try:
        assert started.wait(30), "the playground did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
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
