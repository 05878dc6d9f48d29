"""A real PostgreSQL that is restarted while a turn is in its middle, in peace or as in a crash."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from bot.core.words import CaseId, EventId
from bot.engine.errors import StoreUnavailable
from bot.engine.ports import Ping
from bot.store.postgres.shared import SharedStore
from tests import postgres
from tests.contracts.rows import AT, HERE, MINUTE, case, entry, filed, letter
from tests.contracts.test_handing import comes_to_lead

CASE, EVENT = CaseId("c1"), EventId("e1")
WAYS = ("fast", "immediate")


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Own]:
    """A server of its own, for others would notice."""
    with closing(postgres.Own(f"restarted-{os.getpid()}")) as found:
        yield found


@pytest.fixture
async def store(server: postgres.Own) -> AsyncIterator[SharedStore]:
    """A store with one case."""
    address = postgres.prepared(server.address, "restarted")
    found = SharedStore(address, hands=True)
    async with found.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
    yield found
    await found.close()


async def go_on(store: SharedStore, server: postgres.Own, how: str = "") -> None:
    """A turn that writes everywhere; with `how`, the server is restarted in its middle."""
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EVENT, AT)
        await turn.save(filed(replace(case(), revision=2)), was=1)
        if how:
            server.restart(how)
        await turn.log(replace(entry(EVENT), chained=True))
        await turn.set_ping(Ping(HERE, CASE, "nudge", AT + MINUTE))
        await turn.put([letter("o1", "live:1", of=CASE)])


async def revision(store: SharedStore) -> int:
    found = await store.case(HERE, CASE)
    assert found is not None
    return found.case.revision


@pytest.mark.parametrize("how", WAYS)
async def test_a_restart_in_a_turn_undoes_it_whole_and_the_same_event_is_then_taken_in(
    server: postgres.Own, store: SharedStore, how: str
) -> None:
    with pytest.raises(StoreUnavailable):
        await go_on(store, server, how)
    assert await revision(store) == 1
    assert not await store.entries(HERE, CASE)
    assert not await store.pings(AT + MINUTE)
    await go_on(store, server)
    assert await revision(store) == 2
    assert len(await store.entries(HERE, CASE)) == 1


@pytest.mark.parametrize("how", WAYS)
async def test_what_a_turn_has_committed_outlives_a_restart(
    server: postgres.Own, store: SharedStore, how: str
) -> None:
    await go_on(store, server)
    server.restart(how)
    assert await revision(store) == 2
    assert len(await store.pings(AT + MINUTE)) == 1


@pytest.mark.parametrize("how", WAYS)
async def test_who_handed_over_before_a_restart_does_so_again_after_it(
    server: postgres.Own, store: SharedStore, how: str
) -> None:
    await comes_to_lead(store)
    server.restart(how)
    with pytest.raises(StoreUnavailable):
        await store.hand_over(AT)
    await comes_to_lead(store)
    async with store.turn(HERE) as turn:
        await turn.set_ping(Ping(HERE, CASE, "nudge", AT))
    assert await store.hand_over(AT) == 1
