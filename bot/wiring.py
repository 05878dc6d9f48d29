"""The composition root: the only room that knows everybody. It makes the house and takes it down.

What is heavy and seldom needed is imported here, late and by name.
"""

import asyncio
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.assembly import (
    chats,
    connecting,
    databases,
    mail,
    meeting_systems,
    takeaways,
    traces,
)
from bot.assembly import trackers as tracking
from bot.content import playbooks as content
from bot.content.coaching import load_coaching
from bot.content.organisations import load_organisations
from bot.content.rehearsals import default_customers
from bot.core.approving.organisation import Organisation, Organisations
from bot.core.cards.blocks import Card
from bot.core.words import Language, PersonId, TenantId
from bot.engine.buckets import Limits
from bot.engine.house import House, Shelf
from bot.engine.keeping.retention import Keeping, days
from bot.engine.measures import Watch
from bot.engine.ports import Waker
from bot.platforms.playground import people as playground
from bot.platforms.playground.guard import Dress
from bot.platforms.playground.platform import PlaygroundPlatform
from bot.settings import Settings, SettingsRefused
from bot.sources.milestones import milestones
from bot.store.sql import SqlStore
from bot.wakers.embedded import EmbeddedWaker
from bot.web import app as web
from bot.web import feedback, health
from bot.web.door import Door
from bot.web.platforms import Drawing, Look, Platform, Site
from bot.web.serve import beside, listen
from bot.web.timing import Timing

if TYPE_CHECKING:
    from bot.platforms.lark import config as lark_apps
    from bot.wakers.queue import Queue

T = TypeVar("T")


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


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
    kept_in: str
    platforms: tuple[str, ...]  # their names


def served(settings: Settings) -> Served:
    """The house with whatever platforms are configured, behind one web application.

    Everything that it reads has been read when this returns, so that no turn ever waits for a
    file. Raises BadFile with every problem found, or a class of engine.errors.Unopenable.
    """
    kept_in = str(databases.place(settings))
    platforms = _platforms(settings)
    queue = databases.queue(settings)
    house, store = _house(settings, platforms, queue)
    waker: Waker = EmbeddedWaker(house, now=now)
    if queue is not None:
        from bot.wakers.distributed import DistributedWaker

        waker = DistributedWaker(house, databases.handing(store), queue)
    site = Site(house, waker.wake, kept_in=kept_in)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as open_:
            await _open(open_, site, platforms, waker)
            yield

    app = web.build(
        [
            *feedback.routes(house, waker.wake),
            *(route for platform in platforms for route in platform.routes(site)),
        ],
        ready=partial(health.troubles, store.watched, platforms, house.measures),
        noted=partial(health.noted, store.watched, platforms),
        figures=partial(_figures, house, store.watched),
        lifespan=lifespan,
        middleware=[
            Middleware(Dress),
            Middleware(Timing, measures=house.measures),
            Middleware(Door),
        ],
    )
    return Served(app, kept_in, tuple(p.name for p in platforms))


async def _open(
    open_: AsyncExitStack, site: Site, platforms: Sequence[Platform], waker: Waker
) -> None:
    open_.push_async_callback(site.house.store.close)
    if site.house.own is not None:
        open_.push_async_callback(site.house.own.close)
    for errands in (site.house.trackers, site.house.meetings):
        errands.wake = waker.wake
        open_.push_async_callback(errands.close)
    for platform in platforms:
        await open_.enter_async_context(platform.running(site))
    open_.push_async_callback(waker.stop)  # first, so that what is being sent can end
    await waker.start()


@dataclass(frozen=True, slots=True)
class Worked:
    """A worker that is ready to begin."""

    run: Callable[[], Coroutine[None, None, None]]  # until the process is told to end
    kept_in: str


def worked(settings: Settings) -> Worked:
    """A worker that sends what servers on the same database hand over.

    Raises SettingsRefused where there is none, BadFile, or a class of engine.errors.Unopenable.
    """
    queue = databases.queue(settings)
    if queue is None:
        raise SettingsRefused(
            "candor work needs PostgreSQL and Slack, Feishu or Lark; with a SQLite file, and in the "
            "playground, candor serve sends by itself. See docs/howto/postgresql.md."
        )
    from bot.wakers.distributed import WorkingWaker

    platforms = _platforms(settings)
    house, store = _house(settings, platforms, queue)
    kept_in = str(databases.place(settings))

    async def run() -> None:
        waker = WorkingWaker(house, databases.handing(store), queue)
        site = Site(house, waker.wake, kept_in=kept_in, outward=True)
        ended, loop = asyncio.Event(), asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, ended.set)
        async with AsyncExitStack() as open_:
            if settings.work_bind:
                listening = open_.enter_context(listen(settings, worker=True))
                watched = _watched(house, store, platforms)
                await open_.enter_async_context(beside(watched, listening))
            await _open(open_, site, platforms, waker)
            await ended.wait()

    return Worked(run, kept_in)


def _watched(house: House, store: SqlStore, platforms: Sequence[Platform]) -> Starlette:
    """What an operator sees of a worker: its health and its figures, and nothing else."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield

    return web.build(
        [],
        ready=partial(health.troubles, store.watched, platforms, house.measures),
        noted=partial(health.noted, store.watched, platforms),
        figures=partial(_figures, house, store.watched),
        lifespan=lifespan,
        middleware=[Middleware(Dress), Middleware(Door)],
    )


def _platforms(settings: Settings) -> list[Platform]:
    """The platforms that are configured, the playground only where it is meant to be."""
    settings.refuse_shared_playground()
    platforms: list[Platform] = []
    if settings.has_playground:
        platforms.append(
            PlaygroundPlatform(
                now, _looks(), file=databases.beside(settings), hosts=settings.host_names
            )
        )
    if settings.has_slack:
        platforms.append(chats.slack(settings))
    if settings.has_lark:
        platforms.append(chats.lark(settings, now))
    return platforms


def doctor(settings: Settings, address: str) -> tuple[str, ...]:
    """Every problem of the database and of what is configured, one sentence each with its remedy."""
    found: list[str] = []
    more: Sequence[lark_apps.App] = ()
    if not databases.is_current(settings):
        found.append("The database is not up to date: run candor migrate.")
    else:
        found += noted(settings)
        more = asyncio.run(chats.lark_apps_kept(settings, now()))
    return (*found, *asyncio.run(chats.findings(settings, now(), address, more)))


def seen(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What can be seen of trackers, meeting systems and mail servers, and every problem with one."""
    rooms = [tracking.looked_at, meeting_systems.looked_at]
    if databases.is_current(settings):
        rooms.append(connecting.looked_at)  # tenants' own
    found = [asyncio.run(look(settings, now)) for look in rooms]
    return tuple(s for seen, _ in found for s in seen), tuple(p for _, ps in found for p in ps)


def noted(settings: Settings) -> tuple[str, ...]:
    """What is to be seen to although a server can be started, one sentence each."""
    queue = databases.queue(settings)
    if queue is None:
        return ()

    async def found() -> tuple[str, ...]:
        store = databases.opened(settings, hands=True)
        try:
            return await health.noted(store.watched)
        finally:
            await store.close()

    return asyncio.run(found())


def _clock(platforms: Sequence[Platform]) -> Callable[[], datetime]:
    """The machine's clock; where the playground is alone at work, the one its page can move."""
    match platforms:
        case [PlaygroundPlatform() as alone]:
            return alone.clock
        case _:
            return now


def _looks() -> Mapping[str, Look]:
    """How other platforms would show a card; each is imported when it is first looked at."""

    def slack(card: Card, language: Language, key: str) -> Drawing:
        from bot.platforms.slack.look import look

        return look(card, language, key)

    def lark(card: Card, language: Language, key: str) -> Drawing:
        from bot.platforms.lark.look import look

        return look(card, language, key)

    return {"slack": slack, "lark": lark}


async def _figures(house: House, watch: Watch) -> bytes:
    from bot.web import metrics

    return await metrics.written(house.measures, watch, house.clock)


def _house(
    settings: Settings, platforms: Sequence[Platform], queue: "Queue | None"
) -> tuple[House, SqlStore]:
    post = mail.ways(settings, _clock(platforms))  # first, so that a slip leaves nothing behind
    trackers = tracking.trackers(settings, _clock(platforms))
    meetings = meeting_systems.meetings(settings, _clock(platforms), platforms)
    coaching = _in_the_background(load_coaching)
    customers = _in_the_background(default_customers)
    databases.migrate(settings, now())
    store = databases.opened(settings, hands=queue is not None)
    found = shelf(settings)
    house = House(
        store=store,
        shelf=found,
        clock=_clock(platforms),
        new_id=lambda: secrets.token_urlsafe(9),
        channels={**{p.name: p.channel for p in platforms}, **post},
        profile=chats.profile(settings),
        coaching=_given(coaching.result()),
        customers=_given(customers.result()),
        organisations=_organisations(settings, platforms, found),
        links=feedback.links(settings.public_url, settings.data / "links.key"),
        alias_key=partial(feedback.key, settings.data / "aliases.key"),
        direct=_direct,
        about={p.name: p.about for p in platforms},
        quiet={p.name: p.quiet for p in platforms if p.quiet is not None},
        outside={p.name: p.outside for p in platforms if p.outside is not None},
        fetch={p.name: p.fetch for p in platforms if p.fetch is not None},
        mirrors={p.name: p.mirror for p in platforms if p.mirror is not None},
        read_milestones=milestones,
        make_file=takeaways.make_file,
        make_report=takeaways.make_report,
        make_case_file=takeaways.make_case_file,
        make_meeting_file=takeaways.make_meeting_file,
        takes_files=_takes_files(settings),
        takes_pages=takeaways.takes_pages(settings),
        keeping=_keeping(settings),
        trackers=trackers,
        meetings=meetings,
        own=connecting.own(settings, _clock(platforms), store.safe),
        measures=traces.measures(settings),
        limits=Limits.of(settings.person_a_minute, settings.tenant_a_minute),
        tended=store.upkeep,
    )
    return house, store


def _keeping(settings: Settings) -> Keeping:
    return Keeping(
        inbox=timedelta(days=settings.keep_inbox_days),
        cases=days(settings.keep_cases_days),
        log=days(settings.keep_log_days),
    )


def _takes_files(settings: Settings) -> frozenset[str]:
    """The platforms that bring files; Slack and Lark only where the operator wants it."""
    wanted = {"slack": settings.slack_files, "lark": settings.lark_files}
    return frozenset({playground.PLATFORM, *(name for name, on in wanted.items() if on)})


def _organisations(
    settings: Settings, platforms: Sequence[Platform], playbooks: Shelf
) -> Organisations:
    """Whom the operator has named, and the people of the playground where it is at work."""
    found: tuple[Organisation, ...] = ()
    if settings.organisation is not None:
        found = load_organisations(settings.organisation, playbooks.names)
    if any(isinstance(p, PlaygroundPlatform) for p in platforms):
        found = (*found, playground.ORGANISATION)
    return Organisations(found)


def _direct(platform: str, tenant: TenantId, person: PersonId) -> str:
    """A person's own conversation, as each platform calls it."""
    match platform:
        case playground.PLATFORM:
            return playground.direct(person)
        case "lark":
            return f"{tenant}/{person}"
        case _:
            return person
