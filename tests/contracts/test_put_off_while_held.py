"""A card that is drawn at its claim, while a turn of another process holds its case."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.core.cards.blocks import Card
from bot.core.effects import StepScreen
from bot.core.words import CaseId
from bot.engine.ports import MessageRef, Outcome, Parcel, Turn
from bot.engine.sketch import Sketch
from bot.store.postgres.address import Address
from bot.store.postgres.shared import SharedStore
from tests.contracts.rows import AT, HERE, MINUTE, card, case, filed, letter
from tests.delivery_cases import PLAYBOOK

C1 = CaseId("c1")
SKETCH = Sketch(PLAYBOOK, case(), StepScreen(PLAYBOOK.steps[0].id), date(2026, 11, 23))


@pytest.fixture
async def store(postgres_database: Address) -> AsyncIterator[SharedStore]:
    """The store of the process that has the turn, with a redraw that waits."""
    found = SharedStore(postgres_database)
    async with found.turn(HERE) as turn:
        await turn.save(filed(case()), was=None)
        await turn.put([letter("o1", "live:1")])
    [posted] = await found.claim(AT, AT + MINUTE)
    await found.settle(posted, Outcome("sent", ref=MessageRef("m1")))
    for id_ in ("o2", "o3"):
        async with found.turn(HERE) as turn:
            await turn.put([replace(letter(id_, "live:1"), card=SKETCH)])
    yield found
    await found.close()


async def draw(turn: Turn, parcel: Parcel, _at: datetime) -> Card | None:
    found = await turn.case(parcel.case)
    return card(f"revision {found.case.revision}") if found else None


async def test_neither_waits_for_the_other_and_another_redraw_follows(
    store: SharedStore, postgres_database: Address
) -> None:
    other = SharedStore(postgres_database)
    async with store.turn(HERE) as turn, asyncio.timeout(60):
        found = await turn.case(C1)
        assert found is not None
        await turn.save(filed(replace(found.case, revision=2)), was=1)
        [taken] = await other.claim(AT, AT + MINUTE, draw=draw)
        await turn.put([replace(letter("o4", "live:1"), card=SKETCH)])
    await other.close()
    assert taken.card == card("revision 1")
    found_rows = [(p.id, p.state, p.kind) for p in await store.parcels(HERE, C1)]
    assert found_rows == [
        ("o1", "sent", "post"),
        ("o2", "sending", "edit"),
        ("o4", "pending", "edit"),
    ]
