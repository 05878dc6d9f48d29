"""The composition root: the only room that knows everybody. It makes the house and takes it down.

What is heavy and seldom needed is imported here, late and by name.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.content import playbooks as content
from bot.content.coaching import load_coaching
from bot.content.rehearsals import default_customers
from bot.engine.deliver import deliver
from bot.engine.errors import CandorError
from bot.engine.house import House, Shelf
from bot.engine.inbound import Profile
from bot.engine.ports import Store
from bot.engine.tick import tick
from bot.platforms.playground import app as playground_app
from bot.platforms.playground.client import PlaygroundChannel
from bot.platforms.playground.clock import MovedClock
from bot.platforms.playground.guard import Dress
from bot.platforms.playground.people import PLATFORM
from bot.settings import Settings, SettingsRefused
from bot.store import opening
from bot.store.sql import SqlStore
from bot.wakers.embedded import EmbeddedWaker
from bot.web import app as web

T = TypeVar("T")
_SQLITE = "sqlite:///"


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


def database_file(settings: Settings) -> Path:
    """The SQLite file that the settings name. Raises SettingsRefused for another database."""
    address = settings.database
    if not address.startswith(_SQLITE):
        raise SettingsRefused(
            f"CANDOR_DATABASE_URL={address.partition('://')[0]}://… is not known here; write "
            "sqlite:///path/to/candor.db, or leave it out."
        )
    return Path(address.removeprefix(_SQLITE))


def migrate(settings: Settings) -> Path | None:
    """Make the database or bring it up to date; gives the backup made before, if there was one.

    Raises a class of engine.errors.Unopenable with the sentence to show.
    """
    file = database_file(settings)
    if opening.examine(file) == "current":
        return None
    from bot.store.migrate import migrate as run

    return run(file, at=now())


def shelf(settings: Settings) -> Shelf:
    """The playbooks. Raises content.BadFile with every problem found."""
    playbooks = dict(content.load_all(thorough=False))
    if settings.playbooks is not None:
        playbooks |= content.load_all(settings.playbooks)
    return Shelf(playbooks.values())


def _in_the_background(load: Callable[[], T]) -> "Future[T]":
    """What `load` gives, begun at once in a thread."""
    reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
    found = reader.submit(load)
    reader.shutdown(wait=False)
    return found


def _given(value: T) -> Callable[[], T]:
    return lambda: value


@dataclass(frozen=True, slots=True)
class Served:
    """A house that is ready to be served, and where its data is."""

    app: Starlette
    file: Path


def served(settings: Settings) -> Served:
    """The playground's house, behind one web application.

    Everything that it reads has been read when this returns, so that no turn ever waits for a
    file. Raises BadFile with every problem found, or a class of engine.errors.Unopenable.
    """
    file = database_file(settings)
    clock = MovedClock(now, kept_in=file.with_suffix(".clock"))
    channel = PlaygroundChannel(clock)
    house = _house(settings, file, clock, channel)
    waker = EmbeddedWaker(house, now=now)

    async def settle() -> None:
        await tick(house)
        await deliver(house)

    playground = playground_app.Playground(
        house=house,
        channel=channel,
        clock=clock,
        settle=settle,
        kept_in=str(file),
        hosts=settings.host_names,
    )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await waker.start()
        await playground_app.begin(playground)
        try:
            yield
        finally:
            channel.close()
            await waker.stop()
            await house.store.close()

    app = web.build(
        playground_app.routes(playground),
        ready=partial(_ready, house.store),
        lifespan=lifespan,
        middleware=[Middleware(Dress)],
    )
    return Served(app, file)


async def _ready(store: Store) -> str:
    """Empty when the database answers, else one sentence."""
    try:
        async with asyncio.timeout(2):
            await store.next_due()
    except (CandorError, TimeoutError):
        return "The database does not answer.\n"
    return ""


def _house(settings: Settings, file: Path, clock: MovedClock, channel: PlaygroundChannel) -> House:
    coaching = _in_the_background(load_coaching)
    customers = _in_the_background(default_customers)
    migrate(settings)
    return House(
        store=SqlStore(file),
        shelf=shelf(settings),
        clock=clock,
        new_id=lambda: secrets.token_urlsafe(9),
        channels={PLATFORM: channel},
        profile=Profile(language="en", zone=settings.zone, calendar=settings.calendar),
        coaching=_given(coaching.result()),
        customers=_given(customers.result()),
    )
