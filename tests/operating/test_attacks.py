"""Attacks that no other test holds off: foreign rows, made-up presses, addresses, jumps of the clock."""

import inspect
import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import Executable
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement

from bot.core.cards.blocks import Action
from bot.core.commands import COMMANDS
from bot.core.words import PersonId, TenantId
from bot.engine.deliver import deliver
from bot.engine.handle import handle
from bot.engine.inbound import Clicked, Envelope
from bot.engine.tick import tick
from bot.settings import Settings
from bot.store import statements
from bot.store.sql import SqlStore
from bot.store.tables import metadata
from tests.approval.scene import CASE, HERE, IDA, LIN, OMAR, PM, Scene, heavy, pressable
from tests.approval.test_record import told
from tests.engine.room import Room

OF_ALL = {  # what an operator or a waker asks of all tenants, by the statement's name
    "CHAINED", "CLAIM", "CLAIM_CONVERSATION", "DELIVERED", "FORGET", "NEXT_PARCEL", "NEXT_PING",
    "PINGS", "TENANTS", "WHOSE",
}  # fmt: skip
BY_ROW = {"BURY", "LEASE"}  # of rows that were claimed in the same transaction


def _statements() -> dict[str, str]:
    """Each statement of the store in SQLite's words."""
    found = {}
    for name, value in inspect.getmembers(statements):
        if isinstance(value, ClauseElement) and isinstance(value, Executable) and name.isupper():
            found[name] = str(value.compile(dialect=sqlite.dialect()))
    return found


def test_every_statement_of_a_turn_carries_its_tenant() -> None:
    found = _statements()
    assert len(found) > 25
    without = {
        name for name, sql in found.items() if not re.search(r"tenant = \?|tenant\W.*VALUES", sql)
    }
    assert without <= OF_ALL | BY_ROW


@pytest.fixture
async def asked() -> Scene:
    """A message that waits for the word of an approver."""
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    return scene


@pytest.mark.parametrize("who", ["a-stranger", IDA])
async def test_whoever_was_not_asked_moves_nothing_by_any_button_of_any_card(
    asked: Scene, who: str
) -> None:
    before = await asked.now()
    actions = {a for m in asked.channel.messages for a in pressable(m.card)}
    assert len(actions) > 10
    for action in sorted(actions, key=str):
        await asked.press(action, by=PersonId(who))
    after = await asked.now()
    assert after == before


async def test_an_owner_cannot_agree_in_the_place_of_the_approver(asked: Scene) -> None:
    for action in asked.actions(OMAR):
        await asked.press(action, by=PM)
    outgoing = (await asked.now()).outgoing
    assert outgoing is None or all(a.state != "approved" for a in outgoing.approvals)
    assert LIN != OMAR


def _rows_of(file: Path, tenant: str) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept of a tenant, table by table."""
    with closing(sqlite3.connect(file)) as database:
        return {
            table.name: database.execute(
                f"SELECT * FROM {table.name} WHERE tenant = ? ORDER BY 1, 2, 3", (tenant,)
            ).fetchall()
            for table in metadata.sorted_tables
            if "tenant" in table.columns
        }


async def test_another_tenant_with_the_very_same_ids_moves_and_sees_no_row(tmp_path: Path) -> None:
    """Every table, by every button that stands anywhere and every command in both languages."""
    await told(tmp_path / "candor.db", times=1)
    scene = Scene(heavy(), store=SqlStore(tmp_path / "candor.db"), first=1000)
    await scene.share()
    before = _rows_of(tmp_path / "candor.db", HERE)
    assert before["viewers"]
    assert len([table for table, rows in before.items() if rows]) >= 5
    room = Room(scene.store)

    def elsewhere() -> Envelope:
        return room.envelope(PM, tenant=TenantId("elsewhere"), conversation=f"D-{PM}")

    presses = sorted(await pressable_anywhere(), key=str)
    written = [words for c in COMMANDS for words in (c.words.en, c.words.zh)]
    shown = [await handle(room.house, Clicked(elsewhere(), CASE, p, 1)) for p in presses]
    shown += [await room.command(words, elsewhere()) for words in written]

    assert len(presses) > 10
    assert _rows_of(tmp_path / "candor.db", HERE) == before
    assert [r for r in shown if "Marrow" in str(r)] == []
    await scene.store.close()


async def pressable_anywhere() -> set[Action]:
    """All that can be pressed on the cards of a case on its way to being told."""
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    await scene.choose("approve", by=OMAR)
    await scene.choose("send")
    await scene.later(seconds=60)
    await scene.share()
    return {action for m in scene.channel.messages for action in pressable(m.card)}


@pytest.mark.parametrize("name", ["slack_base_url", "lark_base_url", "public_url"])
@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254",
        "http://slack.com",
        "https://slack.com/elsewhere",
        "https://slack.com?to=elsewhere",
        "file:///etc/passwd",
        "gopher://127.0.0.1",
        "https://",
    ],
)
def test_an_address_that_is_not_a_host_over_tls_is_refused(name: str, address: str) -> None:
    with pytest.raises(ValidationError, match=r"https://|host alone"):
        Settings.model_validate({name: address})


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
async def test_a_clock_that_jumps_a_day_and_back_asks_nothing_twice(jump: timedelta) -> None:
    room = Room()
    await room.begin()
    await deliver(room.house)
    fired = []
    for by in (jump, -jump, timedelta(days=1), timedelta(days=1)):
        room.clock.move(by)
        fired.append(await tick(room.house))
        fired.append(await tick(room.house))
        await deliver(room.house)
    posted = [m.key for m in room.channel.messages]
    assert len(posted) == len(set(posted))
    assert fired[1::2] == [0, 0, 0, 0]  # a second look finds nothing more
    assert sum(fired) >= 1
