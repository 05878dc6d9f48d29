"""Alive, and able to work: each part that fails is named in one sentence."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

import httpx
import pytest
from starlette.applications import Starlette

from bot import wiring
from bot.engine.errors import StoreUnavailable
from bot.engine.measures import Measures, Standing
from bot.settings import Settings
from bot.web import app as web
from bot.web import health


@dataclass
class Database:
    """A database as an operator's questions see it."""

    is_current: bool = True
    is_there: bool = True
    alive: int | None = None

    async def is_at_head(self) -> bool:
        if not self.is_there:
            raise StoreUnavailable
        return self.is_current

    async def standing(self, at: datetime) -> Standing:
        if not self.is_there:
            raise StoreUnavailable
        return Standing()

    async def workers(self) -> int | None:
        if not self.is_there:
            raise StoreUnavailable
        return self.alive


class Reached:
    """A platform that says what it is told to; with nothing to say, it never answers."""

    name = "slack"

    def __init__(self, says: str | None) -> None:
        self._says = says

    async def ready(self) -> str:
        if self._says is None:
            await asyncio.Event().wait()
        return self._says or ""


async def said(
    database: Database | None = None,
    platforms: Sequence[Reached] = (),
    measures: Measures | None = None,
) -> tuple[str, ...]:
    """The sentences for an operator."""
    of = database or Database()
    return await health.troubles(of, platforms, measures or Measures(), patience=0.01)


async def test_where_all_can_work_nothing_is_said() -> None:
    measures = Measures()
    measures.tick()
    assert await said(platforms=[Reached("")], measures=measures) == ()


async def test_each_part_that_fails_has_its_own_sentence() -> None:
    measures = Measures(ticked=monotonic() - 600)
    found = await said(
        Database(is_there=False), [Reached("Slack is away."), Reached(None)], measures
    )
    assert found == (
        "The database does not answer.",
        "Slack is away.",
        "The platform slack does not answer within 0.01 seconds.",
        "What is due was last looked at 10 minutes ago: restart this server.",
    )


async def test_a_database_of_another_release_is_told_with_its_remedy() -> None:
    (sentence,) = await said(Database(is_current=False))
    assert "run candor migrate" in sentence


@pytest.mark.parametrize("alive", [None, 1, 2])
async def test_where_somebody_sends_nothing_is_noted(alive: int | None) -> None:
    assert await health.noted(Database(alive=alive)) == ()


async def test_where_no_worker_is_alive_it_is_said_that_nothing_is_sent() -> None:
    (sentence,) = await health.noted(Database(alive=0))
    assert "No candor work is alive" in sentence
    assert await health.noted(Database(is_there=False)) == ()  # that is said already


async def test_a_platform_that_works_in_part_is_noted_and_one_that_says_nothing_is_passed_over() -> (
    None
):
    class Half:
        async def noted(self) -> tuple[str, ...]:
            return ("One of two apps is disabled.",)

    class Slow:
        async def noted(self) -> tuple[str, ...]:
            await asyncio.Event().wait()
            return ()

    found = await health.noted(Database(), [Half(), Slow(), object()], patience=0.01)
    assert found == ("One of two apps is disabled.",)


async def test_what_is_noted_leaves_a_server_ready() -> None:
    async def asked(*troubles: str) -> httpx.Response:
        app = web.build(
            [], ready=given(*troubles), noted=given("Look."), figures=figures, lifespan=living
        )
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
            return await browser.get("/readyz")

    answers = [await asked(), await asked("Away.")]
    assert [(a.status_code, a.text) for a in answers] == [
        (200, "ready\nLook.\n"),
        (503, "Away.\nLook.\n"),
    ]


async def test_a_server_that_has_never_looked_is_not_called_late() -> None:
    assert await said(measures=Measures()) == ()


def given(*sentences: str) -> web.Ready:
    """Says these."""

    async def found() -> tuple[str, ...]:
        return sentences

    return found


async def figures() -> bytes:
    """None."""
    return b""


@asynccontextmanager
async def living(_: Starlette) -> AsyncIterator[None]:
    """Nothing to open."""
    yield


@asynccontextmanager
async def served(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    """The house as it is wired, and somebody who asks it."""
    app = wiring.served(Settings(data=folder)).app
    transport = httpx.ASGITransport(app=app)
    browser = httpx.AsyncClient(transport=transport, base_url="http://localhost")
    async with app.router.lifespan_context(app), browser:
        yield browser


async def test_the_wired_server_lives_and_can_work(tmp_path: Path) -> None:
    async with served(tmp_path) as browser:
        assert (await browser.get("/healthz")).text == "alive\n"
        answer = await browser.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")


async def test_a_migration_that_is_missing_makes_it_unready_and_not_dead(tmp_path: Path) -> None:
    async with served(tmp_path) as browser:
        with closing(sqlite3.connect(tmp_path / "candor.db")) as database:
            database.execute("UPDATE alembic_version SET version_num = '9999'")
            database.commit()
        answer = await browser.get("/readyz")
        alive = await browser.get("/healthz")
    assert answer.status_code == 503
    assert answer.text.startswith("The database is of another release: ")
    assert alive.status_code == 200
