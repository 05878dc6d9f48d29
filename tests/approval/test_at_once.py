"""Two people at the very same moment, on a real database: both are heard, and one message leaves."""

import asyncio
from pathlib import Path

import pytest

from bot.core.cards.blocks import Action
from bot.core.words import PersonId
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.approval.scene import AT, LIN, OMAR, PM, Scene, heavy, plain, pressable


@pytest.fixture
async def store(tmp_path: Path) -> SqlStore:
    migrate(tmp_path / "candor.db", at=AT)
    return SqlStore(tmp_path / "candor.db")


async def asked(store: SqlStore) -> Scene:
    """Two roles of two people are asked about one message."""
    scene = await Scene(heavy(goodwill="longer_warranty"), store=store).begin()
    await scene.choose("approval_ask")
    return scene


def found(scene: Scene, name: str, person: PersonId) -> Action:
    return next(a for a in pressable(scene.card(person)) if a.name == name)


async def test_two_approvers_decide_at_the_very_same_moment(store: SqlStore) -> None:
    scene = await asked(store)
    presses = [(found(scene, "approve", who), who) for who in (OMAR, LIN)]
    await asyncio.gather(*(scene.press(action, by=who) for action, who in presses))
    case = await scene.now()
    assert case.outgoing is not None
    assert {a.by.id for a in case.outgoing.approvals if a.by} == {OMAR, LIN}
    assert (case.phase, case.outgoing.state) == ("ready", "ready")
    await store.close()


async def test_one_agrees_while_the_other_wants_a_change_and_nothing_can_leave(
    store: SqlStore,
) -> None:
    scene = await asked(store)
    yes, no = found(scene, "approve", OMAR), found(scene, "change", LIN)
    await asyncio.gather(
        scene.press(yes, by=OMAR), scene.press(no, by=LIN, text="Name the bearing.")
    )
    case = await scene.now()
    assert case.outgoing is not None
    assert (case.phase, case.outgoing.state) == ("reviewing", "refused")
    assert all(a.state != "asked" for a in case.outgoing.approvals)
    await store.close()


async def test_the_question_is_taken_back_while_somebody_agrees(store: SqlStore) -> None:
    scene = await asked(store)
    yes, back = found(scene, "approve", OMAR), found(scene, "approval_back", PM)
    await asyncio.gather(scene.press(yes, by=OMAR), scene.press(back))
    case = await scene.now()
    assert (case.outgoing, case.phase) == (None, "reviewing")
    await store.close()


async def test_two_devices_press_send_at_the_very_same_moment(store: SqlStore) -> None:
    scene = await Scene(plain(), store=store).begin()
    send = found(scene, "send", PM)
    await asyncio.gather(scene.press(send), scene.press(send))
    await scene.later(seconds=60)
    await scene.later(minutes=5)
    assert len(scene.sent) == 1
    assert len((await scene.now()).deliveries) == 1
    await store.close()
