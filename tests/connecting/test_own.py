"""What tenants have connected: each has its own, sealed, and a change holds at once everywhere."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.assembly import connecting
from bot.core.words import EventId, TenantId
from bot.engine.keeping.connections import Connection
from bot.engine.keeping.vault import new_key
from bot.engine.outside import SignInRefused
from bot.engine.own import ENDED, NotConnected, Own
from bot.engine.trackers import Tracker
from bot.operating import exports
from bot.operating.keys import sealed_anew
from bot.settings import Settings
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.sources.fakes import linear
from tests.sources.fakes.vendor import Clock

ONE, TWO = TenantId("T-one"), TenantId("T-two")
KEYS = {ONE: "lin_api_key_of_one", TWO: "lin_api_key_of_two"}


class House:
    """A database, keys, a Linear that knows two tenants, and what two processes make of it."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.linear = linear.Linear(self.clock)
        self.linear.keys = {KEYS[ONE]: "Tram depot", KEYS[TWO]: "Wash hall"}
        self.folder = folder
        self.settings = Settings(
            data=folder, keys=SecretStr(new_key()), linear_base_url=self.linear.base
        )
        migrate(folder / "candor.db", at=self.clock.now())
        self.store = SqlStore(folder / "candor.db")
        self.here, self.beside = self.process(), self.process()

    def process(self) -> Own:
        found = connecting.own(self.settings, self.clock.now, self.store.safe)
        assert found is not None
        return found

    def wish(self, tenant: TenantId, key: str = "") -> Connection:
        return Connection(tenant, "linear", {"key": key or KEYS[tenant]}, self.clock.now())

    async def connect(self, tenant: TenantId, key: str = "") -> None:
        await self.here.connections.keep(self.wish(tenant, key))

    def raw(self) -> bytes:
        """All that stands on the disk."""
        return b"".join(f.read_bytes() for f in sorted(self.folder.glob("candor.db*")))

    async def close(self) -> None:
        for process in (self.here, self.beside):
            await process.close()
        await self.store.close()
        await self.linear.stop()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    made = House(tmp_path)
    await made.linear.start()
    yield made
    await made.close()
    assert made.linear.wrong == []


async def its(own: Own, tenant: TenantId) -> Tracker:
    found = (await own.trackers(tenant))["linear"]
    assert found is not None
    return found


async def first(own: Own, tenant: TenantId) -> str:
    """The name of the first project that a tenant sees."""
    return (await (await its(own, tenant)).projects()).projects[0].name


async def test_two_tenants_with_the_same_tracker_read_each_its_own(house: House) -> None:
    for tenant in (ONE, TWO):
        await house.connect(tenant)
    for _ in range(2):  # the second time from memory
        assert await first(house.here, ONE) == "Tram depot"
        assert await first(house.here, TWO) == "Wash hall"
    asked = [call.headers["authorization"] for call in house.linear.asked]
    assert sorted(asked) == sorted(KEYS.values())
    assert await house.here.trackers(TenantId("T-three")) == {}


async def test_a_key_that_is_set_anew_holds_at_once_in_every_process(house: House) -> None:
    await house.connect(ONE, "a key that Linear does not know")
    with pytest.raises(SignInRefused):
        await first(house.beside, ONE)
    await house.connect(ONE)
    assert await first(house.beside, ONE) == "Tram depot"
    assert await house.here.connections.drop(ONE, "linear")
    assert await house.beside.trackers(ONE) == {}


async def test_after_a_rotation_the_newest_key_is_enough_and_the_oldest_opens_nothing(
    house: House,
) -> None:
    await house.connect(ONE)
    newest = new_key()
    both = SecretStr(f"{newest},{house.settings.key_list[0]}")
    assert await sealed_anew(house.settings.model_copy(update={"keys": both})) == (1, ())
    house.settings = house.settings.model_copy(update={"keys": SecretStr(newest)})
    after = house.process()
    assert await first(after, ONE) == "Tram depot"
    assert await house.here.trackers(ONE) == {"linear": None}
    await after.close()


async def test_sealing_anew_with_the_same_words_makes_no_new_tracker(house: House) -> None:
    await house.connect(ONE)
    before = await its(house.here, ONE)
    assert await sealed_anew(house.settings) == (1, ())
    assert await its(house.here, ONE) is before


async def test_who_still_reads_is_not_cut_off_by_a_new_key(house: House) -> None:
    await house.connect(ONE)
    before = await its(house.here, ONE)
    await before.projects()
    house.clock.pass_(timedelta(minutes=40))  # what it remembered is old
    await house.connect(ONE)
    assert await its(house.here, ONE) is not before
    assert (await before.projects()).projects[0].name == "Tram depot"
    house.clock.pass_(ENDED + timedelta(minutes=40))
    await its(house.here, ONE)
    with pytest.raises(RuntimeError, match="closed"):
        await before.projects()


async def test_what_was_disconnected_is_hung_up_with_its_key(house: House) -> None:
    await house.connect(ONE)
    before = await its(house.here, ONE)
    await before.projects()
    await house.here.connections.drop(ONE, "linear")
    assert await house.here.trackers(ONE) == {}
    house.clock.pass_(ENDED + timedelta(minutes=40))
    assert await house.here.trackers(ONE) == {}
    with pytest.raises(RuntimeError, match="closed"):
        await before.projects()


async def test_a_row_that_was_moved_to_another_tenant_opens_nothing(house: House) -> None:
    await house.connect(ONE)
    (row,) = await house.store.safe.of(ONE)
    await house.store.safe.keep(replace(row, tenant=TWO), was=None)
    await house.store.safe.keep(replace(row, name="connection:jira"), was=None)
    assert await house.here.trackers(TWO) == {"linear": None}
    assert (await house.here.trackers(ONE))["jira"] is None


async def test_no_key_stands_on_the_disk_in_a_copy_or_in_an_export(
    house: House, tmp_path: Path
) -> None:
    await house.connect(ONE)
    async with house.store.turn(ONE) as turn:
        assert await turn.secrets() == ("connection:linear",)
        await turn.take_in(EventId("e1"), house.clock.now())
    copy = tmp_path / "copy.sqlite"
    with (
        closing(sqlite3.connect(tmp_path / "candor.db")) as from_,
        closing(sqlite3.connect(copy)) as to,
    ):
        from_.backup(to)
    written = house.raw() + copy.read_bytes()
    exported = await exports.tenant_exported(house.settings, ONE)
    assert b"connection:linear" in written
    for words in (written, exported, repr(house.wish(ONE)).encode()):
        assert KEYS[ONE].encode() not in words
    assert b"connection" not in exported


async def test_a_tenant_that_is_erased_takes_its_keys_along(house: House) -> None:
    for tenant in (ONE, TWO):
        await house.connect(tenant)
    await house.store.erase(ONE)
    assert await house.here.trackers(ONE) == {}
    assert await first(house.here, TWO) == "Wash hall"


async def test_without_keys_nothing_is_connected(house: House) -> None:
    assert connecting.own(Settings(), house.clock.now, house.store.safe) is None


async def test_it_is_tried_and_says_in_one_sentence_what_it_sees(house: House) -> None:
    said = await house.here.makes.tried(house.wish(ONE))
    assert said.en == "Linear shows 1 project; read Tram depot: 5 of 10 items done, 2 late."
    assert said.zh == "Linear里能看到1个项目；试读了“Tram depot”：10项里完成5项，有2项过期。"
    with pytest.raises(NotConnected, match="does not take the key"):
        await house.here.makes.tried(house.wish(ONE, "wrong"))
