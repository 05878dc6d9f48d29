"""A disk that is full: said so, no half turn, and the same inbound goes through afterwards."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.words import EventId
from bot.engine.errors import StoreUnavailable
from bot.engine.inbound import Said
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.acceptance.script import AT, FIRST, TENANT, Counted, deliver_to, house, inbounds


@contextmanager
def no_more_than(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_full_disk_takes_nothing_in_and_loses_nothing(tmp_path: Path) -> None:
    file = tmp_path / "candor.db"
    migrate(file, at=AT)
    store, ids = SqlStore(file), Counted()
    home = house(store, ids)
    await deliver_to(home, ids, inbounds()[0])
    said = inbounds()[1]
    assert isinstance(said, Said)
    before = await store.case(TENANT, FIRST), await store.parcels(TENANT, FIRST)

    wal = file.with_name(file.name + "-wal").stat().st_size
    with no_more_than(wal + 4096), pytest.raises(StoreUnavailable):
        await deliver_to(home, ids, said)

    assert (await store.case(TENANT, FIRST), await store.parcels(TENANT, FIRST)) == before
    reply = await deliver_to(home, ids, said)
    assert (reply.seen, reply.case) == (False, FIRST)
    assert (await deliver_to(home, ids, replace(said))).seen
    events = [entry.event for entry in await store.entries(TENANT, FIRST)]
    assert events == [EventId("e0"), EventId("e1")]
    await store.close()
