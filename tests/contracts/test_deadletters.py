"""Dead letters, on each database: listed, shown, mended, and sent again where that harms nobody."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.words import CaseId
from bot.engine.ports import Outcome
from bot.store.deadletters import BadCard
from bot.store.postgres.shared import SharedStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT, HERE, MINUTE, card, case, die, filed, letter

C1 = CaseId("c1")


@pytest.fixture(params=["sqlite", "postgresql"])
async def kept(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A store with a case, on each database."""
    if request.param == "postgresql":
        found: SqlStore = SharedStore(request.getfixturevalue("postgres_database"))
    else:
        migrate(tmp_path / "candor.db", at=AT)
        found = SqlStore(tmp_path / "candor.db")
    async with found.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
    yield found
    await found.close()


async def test_they_are_listed_with_why_they_are_dead(kept: SqlStore) -> None:
    await die(kept, letter("o1", "live:1"), letter("o2", "live:2"))
    found = await kept.dead.all()
    assert [(x.id, x.case, x.error, x.made_at) for x in found] == [
        ("o2", "c1", "BadContent", AT),
        ("o1", "c1", "BadContent", AT),
    ]


async def test_one_that_is_mended_and_sent_again_goes_out_with_its_new_card(
    kept: SqlStore,
) -> None:
    await die(kept, letter("o1", "live:1", "too long"))
    one = await kept.dead.one("o1")
    assert one is not None
    assert await kept.dead.mend("o1", one.body.replace("too long", "short"))
    assert await kept.dead.again("o1", AT + MINUTE)
    (parcel,) = await kept.claim(AT + MINUTE, AT + 2 * MINUTE)
    assert (parcel.card, parcel.attempt, parcel.error) == (card("short"), 1, "")
    assert await kept.dead.one("o1") is None
    assert not await kept.dead.again("o1", AT)
    assert not await kept.dead.mend("o1", one.body)


async def test_what_is_no_card_is_refused(kept: SqlStore) -> None:
    await die(kept, letter("o1", "live:1"))
    with pytest.raises(BadCard, match="text"):
        await kept.dead.mend("o1", '{"text": 7}')


async def test_a_newer_message_of_its_slot_is_known(kept: SqlStore) -> None:
    async with kept.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1", "first")])
    (post,) = await kept.claim(AT, AT + MINUTE)
    await kept.settle(post, Outcome("sent"))
    await die(kept, letter("o2", "live:1", "second"))
    assert [x.is_over for x in await kept.dead.all()] == [False]
    async with kept.turn(HERE) as turn:
        await turn.put([letter("o3", "live:1", "third")])
    assert [x.is_over for x in await kept.dead.all()] == [True]
