"""A card that this release cannot read stops nobody's messages but its own."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.words import CaseId
from bot.engine.ports import MessageRef, Outcome
from bot.store.leases import UNREADABLE
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT, DIRECT, HERE, MINUTE, case, filed, letter

LEASE = AT + MINUTE
OTHER = '{"text": {"en": "a", "zh": "a"}, "blocks": [{"block": "hologram"}]}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    migrate(tmp_path / "candor.db", at=AT)
    return tmp_path / "candor.db"


@pytest.fixture
async def store(file: Path) -> AsyncIterator[SqlStore]:
    """Two cases with a card each; the first is to be made unreadable."""
    found = SqlStore(file)
    async with found.turn(HERE) as turn:
        await turn.save(filed(case("c1")), was=None)
        await turn.save(filed(case("c2")), was=None)
        await turn.put([letter("o1", "live:1"), letter("o2", "live:1", of="c2")])
    yield found
    await found.close()


def rewrite(file: Path, row: str) -> None:
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE outbox SET body = ? WHERE id = ?", (OTHER, row))


@pytest.mark.parametrize("limit", [1, 16])
async def test_the_other_case_is_claimed_and_the_row_is_dead(
    store: SqlStore, file: Path, limit: int
) -> None:
    rewrite(file, "o1")
    assert [p.id for p in await store.claim(AT, LEASE, limit=limit)] == ["o2"]
    with closing(sqlite3.connect(file)) as other:
        found = other.execute("SELECT state, look_at, error FROM outbox WHERE id = 'o1'")
        assert found.fetchone() == ("dead", None, UNREADABLE)


async def test_a_new_card_takes_the_place_of_the_dead_one(store: SqlStore, file: Path) -> None:
    rewrite(file, "o1")
    await store.claim(AT, LEASE)
    async with store.turn(HERE) as turn:
        await turn.put([letter("o3", "live:1", "again")])
    assert [p.card.text.en for p in await store.claim(AT, LEASE)] == ["again"]


async def test_what_stands_is_shown_without_the_unreadable_one(store: SqlStore, file: Path) -> None:
    for parcel in await store.claim(AT, LEASE):
        await store.settle(parcel, Outcome("sent", ref=MessageRef(parcel.id)))
    rewrite(file, "o1")
    assert [p.id for p in await store.messages(HERE, DIRECT)] == ["o2"]
    assert await store.parcels(HERE, CaseId("c1")) == ()
