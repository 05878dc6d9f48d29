"""Every store there is, one after the other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.engine.ports import Store
from bot.store.memory.store import MemoryStore
from bot.store.postgres.shared import SharedStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store."""
    found: Store
    if request.param == "memory":
        found = MemoryStore()
    elif request.param == "postgresql":
        found = SharedStore(request.getfixturevalue("postgres_database"))
    else:
        migrate(tmp_path / "candor.db", at=AT)
        found = SqlStore(tmp_path / "candor.db")
    yield found
    await found.close()
