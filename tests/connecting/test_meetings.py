"""A meeting system of a tenant's own: tried without booking, and booked in by this tenant alone."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace

import pytest
from pydantic import SecretStr

from bot.assembly import connecting
from bot.core.approving.organisation import Organisation, Organisations
from bot.core.connecting.kinds import KINDS
from bot.core.words import CaseId, TenantId
from bot.engine.keeping.connections import Connection
from bot.engine.keeping.vault import new_key
from bot.engine.own import NotConnected
from bot.settings import Settings
from tests.engine.room import HERE
from tests.engine.test_meetings import Met
from tests.meetings.fakes import teams, tencent, zoom
from tests.meetings.fakes.booking import Bookings
from tests.sources.fakes.vendor import Clock


@dataclass
class System:
    """A fake, where it is, and what an organisation has to give."""

    fake: Bookings
    settings: Settings
    values: Mapping[str, str]
    says: str


def system(name: str) -> System:
    clock = Clock()
    keys = SecretStr(new_key())
    match name:
        case "zoom":
            fake: Bookings = zoom.Zoom(clock)
            settings = Settings(
                keys=keys, zoom_base_url=f"{fake.base}/v2", zoom_sign_in_url=fake.base
            )
            values = {
                "account_id": zoom.ACCOUNT, "client_id": zoom.CLIENT,
                "client_secret": zoom.SECRET, "host": zoom.HOST,
            }  # fmt: skip
            says = f"Zoom can see the meetings of {zoom.HOST}: 0 to come. Nothing was booked."
        case "teams":
            fake = teams.Teams(clock)
            settings = Settings(
                keys=keys, teams_base_url=f"{fake.base}/v1.0", teams_sign_in_url=fake.base
            )
            values = {
                "tenant": teams.TENANT, "client_id": teams.CLIENT,
                "client_secret": teams.SECRET, "host": teams.HOST,
            }  # fmt: skip
            says = f"Microsoft Teams can open the calendar of {teams.HOST}. Nothing was booked."
        case _:
            fake = tencent.Tencent(clock)
            settings = Settings(keys=keys, tencent_base_url=fake.base)
            values = {
                "secret_id": tencent.SECRET_ID, "secret_key": tencent.SECRET,
                "app_id": tencent.APP, "sdk_id": tencent.SDK, "host": tencent.HOST,
            }  # fmt: skip
            says = (
                f"Tencent Meeting can see the meetings of {tencent.HOST}: 0 to come. Nothing was "
                "booked."
            )
    return System(fake, settings, values, says)


@pytest.mark.parametrize("name", ["tencent", "zoom", "teams"])
async def test_it_is_tried_and_nothing_is_booked(name: str) -> None:
    found = system(name)
    await found.fake.start()
    makes = connecting.Makes(found.settings, found.fake.clock.now)
    wish = Connection(HERE, name, found.values, found.fake.clock.now())
    assert not makes.problems(KINDS[name], found.values, by_admin=True)
    assert (await makes.tried(wish)).en == found.says
    secret = next(part.name for part in KINDS[name].parts if part.secret)
    wrong = replace(wish, values={**found.values, secret: "wrong"})
    with pytest.raises(NotConnected, match="does not take the key"):
        await makes.tried(wrong)
    assert found.fake.booked == []
    await found.fake.stop()
    assert found.fake.wrong == []


class Own(Met):
    """A room whose tenant has a Zoom of its own."""

    def __init__(self) -> None:
        super().__init__()
        found = system("zoom")
        self.fake, self.values = found.fake, found.values
        own = connecting.own(found.settings, found.fake.clock.now, self.store.safe)
        assert own is not None
        self.own = own
        self.house = replace(self.house, own=own)

    async def connect(self, tenant: TenantId) -> None:
        at = self.fake.clock.now()
        await self.own.connections.keep(Connection(tenant, "zoom", self.values, at))

    async def cancelled(self, id_: CaseId) -> None:
        await self.click(id_, "meeting/call/1/cancel")
        await self.click(id_, "meeting/call/1/yes")
        await self.later()


@pytest.fixture
async def room() -> AsyncIterator[Own]:
    made = Own()
    await made.fake.start()
    yield made
    await made.own.close()
    await made.fake.stop()
    assert made.fake.wrong == []


async def test_a_tenant_books_in_its_own_before_the_houses(room: Own) -> None:
    await room.connect(HERE)
    await room.booked()
    assert len(room.fake.live()) == 1
    assert room.zoom.booked == {}


async def test_nobody_books_in_what_is_another_tenants(room: Own) -> None:
    await room.connect(TenantId("elsewhere"))
    await room.booked()
    assert room.fake.live() == []
    assert len(room.zoom.booked) == 1


async def test_what_the_operator_names_for_a_tenant_comes_before_its_own(room: Own) -> None:
    await room.connect(HERE)
    named = Organisation(meetings="ics", meeting_link="https://meet.house.example/room")
    room.house = replace(room.house, organisations=Organisations((named,)))
    await room.booked()
    assert room.fake.live() == []
    assert room.zoom.booked == {}


async def test_what_stands_in_the_houses_is_cancelled_there_after_a_tenant_connects_its_own(
    room: Own,
) -> None:
    id_ = await room.booked()
    await room.connect(HERE)
    await room.cancelled(id_)
    assert room.zoom.calls == ["schedule", "cancel z1"]
    assert (await room.meeting(id_)).state == "cancelled"


async def test_what_stands_in_a_tenants_own_is_never_said_to_be_gone_from_the_houses(
    room: Own,
) -> None:
    await room.connect(HERE)
    id_ = await room.booked()
    await room.own.connections.drop(HERE, "zoom")
    await room.cancelled(id_)
    assert room.zoom.calls == []
    assert len(room.fake.live()) == 1
    assert (await room.meeting(id_)).state == "booked"
    said = "It could not be cancelled in Zoom: it is not set up here. It still stands."
    assert room.hints()[0] == said


async def test_what_stands_in_one_account_is_not_looked_for_in_the_next(room: Own) -> None:
    await room.connect(HERE)
    id_ = await room.booked()
    room.values = {**room.values, "host": "somebody.else@house.example"}
    await room.connect(HERE)
    await room.cancelled(id_)
    assert (await room.meeting(id_)).state == "booked"
    assert "it was booked with another account than is set up now" in room.hints()[0]


def test_a_new_key_leads_to_the_same_account_and_another_host_to_another() -> None:
    values = {"account_id": "A", "client_id": "C", "client_secret": "old", "host": zoom.HOST}
    wish = Connection(HERE, "zoom", values, Clock().now())
    renewed = replace(wish, values={**values, "client_secret": "renewed"})
    other = replace(wish, values={**values, "host": "somebody.else@house.example"})
    assert renewed.account == wish.account != other.account
