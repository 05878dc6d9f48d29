"""A report on all cases of a tenant lets others go on while it is made."""

import asyncio
from pathlib import Path

from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT, HERE, case, filed

CASES = 60


async def test_others_come_in_between_the_cases_and_before_the_last(tmp_path: Path) -> None:
    migrate(tmp_path / "candor.db", at=AT)
    store = SqlStore(tmp_path / "candor.db")
    async with store.turn(HERE) as turn:
        for n in range(CASES):
            await turn.save(filed(case(f"c{n}", touched=n)), was=None)
    looking = asyncio.create_task(store.cases_of_all(HERE))
    steps = 0
    while not looking.done():
        steps += 1
        await asyncio.sleep(0)
    assert len(looking.result()) == CASES
    assert steps >= CASES
    await store.close()
