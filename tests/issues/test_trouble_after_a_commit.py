"""What was committed is taken in, whatever becomes of the sending afterwards."""

from collections.abc import AsyncIterator, Mapping
from typing import NoReturn

import pytest

from bot.core.words import PersonId, TenantId
from bot.engine.errors import StoreUnavailable
from bot.engine.ports import Ping
from bot.store.memory.store import MemoryStore
from tests.engine.faults import FaultyStore
from tests.platforms.playground.ground import Ground


class Away(MemoryStore):
    """A store that is away: neither written nor read."""

    def turn(self, tenant: TenantId) -> NoReturn:
        raise StoreUnavailable

    async def person(self, tenant: TenantId, id_: PersonId) -> NoReturn:
        raise StoreUnavailable

    async def pings(self, at: object, *, limit: int = 100) -> tuple[Ping, ...]:
        raise StoreUnavailable

    async def erase(self, tenant: TenantId) -> NoReturn:
        raise StoreUnavailable


@pytest.fixture
async def away() -> AsyncIterator[Ground]:
    found = Ground(Away())
    async with found.browser:
        yield found


@pytest.mark.parametrize("error", [StoreUnavailable(), OSError("disk")])
async def test_a_line_stays_taken_when_it_cannot_be_answered_at_once(error: Exception) -> None:
    store = FaultyStore()
    store.looking.append(error)
    ground = Ground(store)
    async with ground.browser:
        answer = await ground.say("/delay Wind farm")
        await ground.playground.settle()
        state = await ground.state()
    assert answer.json()["taken"]
    assert "Wind farm" in str(state["messages"])


async def test_the_clock_moves_although_nothing_can_be_sent() -> None:
    store = FaultyStore()
    store.looking.append(StoreUnavailable())
    ground = Ground(store)
    async with ground.browser:
        answer = await ground.post("/api/clock", {"to": "hour"})
    assert answer.status_code == 200
    assert ground.playground.clock.is_moved


async def test_a_language_that_was_not_taken_in_is_said(away: Ground) -> None:
    answer = await away.post("/api/language", {"id": away.fresh(), "language": "zh"})
    assert answer.json()["taken"] is False
    assert answer.json()["toast"]["zh"] == StoreUnavailable.sentence.zh


@pytest.mark.parametrize(("path", "body"), [("/api/clock", {"to": "monday"}), ("/api/reset", {})])
async def test_a_post_that_needs_the_store_says_that_it_is_away(
    away: Ground, path: str, body: Mapping[str, object]
) -> None:
    answer = await away.post(path, body)
    assert answer.status_code == 503
    assert answer.json()["error"]["en"] == StoreUnavailable.sentence.en


async def test_the_state_says_that_the_store_is_away(away: Ground) -> None:
    answer = await away.browser.get("/api/state", params={"person": "maya"})
    assert answer.status_code == 503
    assert answer.json()["error"]["zh"] == StoreUnavailable.sentence.zh
