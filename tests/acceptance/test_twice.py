"""Inbounds that come twice, late, at once or from two windows leave what one of each would."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.case import Case, TextValue
from bot.core.words import CaseId, EventId, FieldId
from bot.engine.handle import handle
from bot.engine.inbound import Clicked, Inbound
from bot.engine.ports import Parcel
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.acceptance.script import (
    AT,
    FIRST,
    SECOND,
    TENANT,
    Counted,
    deliver_to,
    house,
    inbounds,
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A new database."""
    migrate(tmp_path / "candor.db", at=AT)
    found = SqlStore(tmp_path / "candor.db")
    yield found
    await found.close()


async def play(store: SqlStore, deliveries: Sequence[Inbound]) -> None:
    ids = Counted()
    home = house(store, ids)
    for inbound in deliveries:
        assert not (await deliver_to(home, ids, inbound)).fault


async def end(store: SqlStore) -> list[tuple[Case, tuple[Parcel, ...], int]]:
    """The cases, what is said for them, and the length of their logs."""
    found = []
    for id_ in (FIRST, SECOND):
        filed = await store.case(TENANT, id_)
        assert filed is not None
        entries = await store.entries(TENANT, id_)
        found.append((filed.case, await store.parcels(TENANT, id_), len(entries)))
    return found


def late(deliveries: Sequence[Inbound]) -> list[Inbound]:
    """Everything again at the end, the last first."""
    return [*deliveries, *reversed(deliveries)]


def stuttered(deliveries: Sequence[Inbound]) -> list[Inbound]:
    """Each one three times."""
    return [inbound for inbound in deliveries for _ in range(3)]


def overtaken(deliveries: Sequence[Inbound]) -> list[Inbound]:
    """Each one again after the next one."""
    return [
        deliveries[0],
        *(i for two in zip(deliveries[1:], deliveries, strict=False) for i in two),
    ]


@pytest.mark.parametrize("way", [late, stuttered, overtaken])
async def test_repeated_deliveries_leave_what_one_of_each_leaves(
    store: SqlStore, tmp_path: Path, way: object
) -> None:
    migrate(tmp_path / "calm.db", at=AT)
    calm = SqlStore(tmp_path / "calm.db")
    await play(calm, inbounds())
    assert callable(way)
    await play(store, way(inbounds()))
    assert await end(store) == await end(calm)
    await calm.close()


async def test_deliveries_of_one_inbound_at_once_are_applied_once(store: SqlStore) -> None:
    ids = Counted()
    home = house(store, ids)
    for inbound in inbounds():
        ids.begin(inbound.envelope.id)
        replies = await asyncio.gather(*(handle(home, inbound) for _ in range(4)))
        assert sum(reply.seen for reply in replies) == 3
    logged = [e for id_ in (FIRST, SECOND, None) for e in await store.entries(TENANT, id_)]
    applied = sorted(e.event for e in logged if e.kind not in ("Recalled", "Wrote"))
    assert applied == sorted(i.envelope.id for i in inbounds())


async def test_the_same_question_answered_in_two_windows_keeps_both_answers(
    store: SqlStore,
) -> None:
    await play(store, inbounds())
    filed = await store.case(TENANT, FIRST)
    assert filed is not None
    form = inbounds()[2]
    assert isinstance(form, Clicked)
    wanted = FieldId("promised")
    windows = [
        replace(
            form,
            envelope=replace(form.envelope, id=EventId(f"window-{n}")),
            boxes={wanted: words},
            seen=filed.case.revision,
        )
        for n, words in enumerate(("the gearbox, tested", "the gearbox, installed"))
    ]
    home = house(store, Counted("late"))
    await asyncio.gather(*(handle(home, window) for window in windows))
    after = await store.case(TENANT, CaseId(FIRST))
    assert after is not None
    kept = {after.case.answers[wanted].value, after.case.others[wanted].value}
    assert kept == {TextValue("the gearbox, tested"), TextValue("the gearbox, installed")}
