"""A mail server for each tenant: tried without a mail, and every mail leaves by its own tenant's."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from json import dumps
from pathlib import Path
from typing import Literal

import pytest
import trustme
from pydantic import SecretStr

from bot.assembly import connecting
from bot.core.cards.blocks import Card, Paragraph
from bot.core.connecting.kinds import KINDS
from bot.core.words import TenantId, same
from bot.engine.errors import Later
from bot.engine.house import MAIL
from bot.engine.keeping.connections import Connection
from bot.engine.keeping.vault import new_key
from bot.engine.own import NotConnected
from bot.settings import Settings
from tests.engine.room import Room
from tests.platforms.mail.postoffice import PostOffice, channel, opened

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
ONE, TWO, THREE = TenantId("T-one"), TenantId("T-two"), TenantId("T-three")
CARD = Card(same("Hall 4: 19 June"), (Paragraph(same("It is later.")),), plain=True)
TO = dumps({"to": ["okafor@marrow.example"], "answers_to": "ida@house.example"})
SIGN_IN = ("candor", "an app's own password")


class Houses:
    """Two tenants with a mail server each, and one of whoever runs Candor."""

    def __init__(self, authorities: Path) -> None:
        self.one, self.two, self.usual = PostOffice(), PostOffice(), PostOffice()
        self.room = Room()
        settings = Settings(keys=SecretStr(new_key()), smtp_authorities=authorities)
        found = connecting.own(settings, lambda: AT, self.room.store.safe)
        assert found is not None
        self.own = found
        self.room.house = replace(self.room.house, own=found, channels={})

    def wish(
        self, tenant: TenantId, office: PostOffice, tls: Literal["starttls", "tls"], **more: str
    ) -> Connection:
        values = {
            "host": "127.0.0.1", "port": str(office.port), "tls": tls,
            "from": f"candor@{tenant.lower()}.example",
            "user": SIGN_IN[0], "password": SIGN_IN[1],
        }  # fmt: skip
        return Connection(tenant, "mail", {**values, **more}, AT)

    def first(self, **more: str) -> Connection:
        return self.wish(ONE, self.one, "starttls", **more)

    async def post(self, tenant: TenantId) -> str:
        way = await self.room.house.channel(MAIL, tenant)
        assert way is not None
        return await way.post(TO, "id-1", CARD, "en")


@pytest.fixture
async def houses(tmp_path: Path) -> AsyncIterator[Houses]:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    made = Houses(tmp_path / "ca.pem")
    async with AsyncExitStack() as open_:
        await open_.enter_async_context(opened(made.one, tls="starttls", ca=ca, sign_in=SIGN_IN))
        await open_.enter_async_context(opened(made.two, tls="tls", ca=ca))
        await open_.enter_async_context(opened(made.usual))
        ways = {MAIL: channel(made.usual, lambda: AT)}
        made.room.house = replace(made.room.house, channels=ways)
        yield made


async def test_each_tenants_mail_leaves_by_its_own_server(houses: Houses) -> None:
    await houses.own.connections.keep(houses.first())
    second = houses.wish(TWO, houses.two, "tls", user="", password="")
    await houses.own.connections.keep(second)
    for tenant in (ONE, TWO, THREE):
        await houses.post(tenant)
    offices = (houses.one, houses.two, houses.usual)
    assert [[mail["From"] for mail in office.arrived] for office in offices] == [
        ["candor@t-one.example"],
        ["candor@t-two.example"],
        ["candor@house.example"],
    ]


async def test_it_is_tried_to_the_sender_and_no_mail_is_sent(houses: Houses) -> None:
    said = await houses.own.makes.tried(houses.first())
    assert said.en == (
        "127.0.0.1 takes the sign-in over TLS, and mails from candor@t-one.example. No mail was sent."
    )
    without = houses.wish(TWO, houses.two, "tls", user="", password="")
    assert (await houses.own.makes.tried(without)).en.startswith("127.0.0.1 answers over TLS")
    assert houses.one.arrived == houses.two.arrived == []


async def test_what_does_not_work_is_said_in_one_sentence(houses: Houses) -> None:
    trials = {
        "does not take this name and password": houses.first(password="wrong"),
        "does not answer, or not over TLS": houses.wish(THREE, houses.usual, "starttls"),
    }
    for said, wish in trials.items():
        with pytest.raises(NotConnected, match=said):
            await houses.own.makes.tried(wish)
    houses.one.senders = {"candor@other.example"}
    with pytest.raises(NotConnected, match=r"does not let mails come from candor@t-one\.example"):
        await houses.own.makes.tried(houses.first())


async def test_a_tenant_whose_server_cannot_be_used_sends_by_nobody_elses(houses: Houses) -> None:
    await houses.own.connections.keep(houses.first())
    (row,) = await houses.room.store.safe.of(ONE)
    await houses.room.store.safe.keep(replace(row, body="broken", version=2), was=1)
    assert await houses.room.house.channel(MAIL, ONE) is None
    async with houses.room.store.turn(ONE) as turn:
        assert await houses.room.house.can_mail(turn, ONE)


async def test_a_tenant_can_mail_where_nobody_else_can(houses: Houses) -> None:
    houses.room.house = replace(houses.room.house, channels={})
    await houses.own.connections.keep(houses.first())
    for tenant, can in ((ONE, True), (TWO, False)):
        async with houses.room.store.turn(tenant) as turn:
            assert await houses.room.house.can_mail(turn, tenant) is can


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"host": "10.0.0.7"}, "host"),
        ({"host": "127.0.0.1"}, "host"),
        ({"host": "169.254.169.254"}, "host"),
        ({"host": "localhost"}, "host"),
        ({"host": "smtp://mail.example"}, "host"),
        ({"port": "6379"}, "port"),
        ({"port": "0"}, "port"),
        ({"tls": "none"}, "tls"),
        ({"from": "candor"}, "from"),
        ({"from": "candor@elsewhere.example"}, "from"),
        ({"from": "candor@house.example\nBcc: all@x.example"}, "from"),
        ({"password": ""}, "password"),
    ],
)
def test_what_somebody_in_the_chat_may_not_name(values: dict[str, str], part: str) -> None:
    usual = {
        "host": "smtp.house.example", "port": "587", "tls": "starttls",
        "from": "candor@house.example", "user": "candor", "password": "x",
    }  # fmt: skip
    makes = connecting.Makes(Settings(), lambda: AT)
    house = ("house.example",)
    assert not makes.problems(KINDS["mail"], usual, by_admin=True, domains=house)
    found = makes.problems(KINDS["mail"], usual | values, by_admin=True, domains=house)
    assert list(found) == [part]


async def test_a_name_of_somebody_in_the_chat_that_stands_for_this_machine_is_not_asked(
    houses: Houses,
) -> None:
    wish = replace(houses.first(host="localhost"), by_admin=True)
    with pytest.raises(NotConnected, match="localhost does not answer"):
        await houses.own.makes.tried(wish)
    way = houses.own.makes.mail(wish)
    with pytest.raises(Later):
        await way.post(TO, "id-1", CARD, "en")
    assert houses.one.arrived == []
