"""Mail to a real server: what arrives, what certainly does not, and what nobody can say."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from email.message import EmailMessage
from json import dumps
from pathlib import Path
from typing import Literal

import pytest
import trustme

from bot.core.cards.blocks import Card, Paragraph
from bot.core.words import same
from bot.engine.errors import BadContent, CannotLook, DeliveryError, Later, OutcomeUnknown, Refused
from bot.platforms.mail.client import MailChannel, Server
from tests.platforms.mail.postoffice import PostOffice, Temper, opened

AT = datetime(2026, 5, 18, 9, 0, tzinfo=UTC)
CARD = Card(
    same("Hall 4: 19 June"), (Paragraph(same("Hello,\n\nit is later.\n.\nIda")),), plain=True
)
TO = dumps({"to": ["okafor@marrow.example", "b@marrow.example"], "answers_to": "ida@house.example"})


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with opened(PostOffice()) as found:
        yield found


def channel(office: PostOffice) -> MailChannel:
    server = Server("127.0.0.1", office.port, "none", "candor@house.example")
    return MailChannel(server, lambda: AT, handshake=3, answer=0.5)


def text_of(mail: EmailMessage) -> str:
    """The text as a reader sees it; on the way its lines end as the protocol wants."""
    return str(mail.get_content()).replace("\r\n", "\n")


# The library warns of a sign-in that it does not see protected; here it is meant.
open_sign_in = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


async def test_a_mail_arrives_word_for_word_with_its_own_name(office: PostOffice) -> None:
    ref = await channel(office).post(TO, "id-7", CARD, "en")
    (mail,) = office.arrived
    assert mail["Subject"] == "Hall 4: 19 June"
    assert mail["To"] == "okafor@marrow.example, b@marrow.example"
    assert mail["Reply-To"] == "ida@house.example"
    assert mail["Message-ID"] == ref == "<candor.id-7@house.example>"
    assert mail["Date"].datetime == AT
    assert text_of(mail) == "Hello,\n\nit is later.\n.\nIda\n"


async def test_chinese_arrives_as_it_was_written(office: PostOffice) -> None:
    card = Card(
        same("三号泵站：6月12日，不是5月29日"), (Paragraph(same("苏工，您好：\n要晚两周。")),)
    )
    await channel(office).post(TO, "id-8", card, "zh")
    (mail,) = office.arrived
    assert mail["Subject"] == "三号泵站：6月12日，不是5月29日"
    assert text_of(mail) == "苏工，您好：\n要晚两周。\n"


async def test_the_same_key_gives_the_same_name_again(office: PostOffice) -> None:
    for _ in range(2):
        await channel(office).post(TO, "id-7", CARD, "en")
    assert len({mail["Message-ID"] for mail in office.arrived}) == 1


@open_sign_in
@pytest.mark.parametrize("how", ["starttls", "tls"])
async def test_it_goes_over_tls_with_a_sign_in(
    how: Literal["starttls", "tls"], tmp_path: Path
) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    async with opened(PostOffice(), tls=how, ca=ca, sign_in=("candor", "s3cret")) as office:
        server = Server(
            "127.0.0.1", office.port, how, "candor@house.example", "candor", "s3cret",
            tmp_path / "ca.pem",
        )  # fmt: skip
        await MailChannel(server, lambda: AT).post(TO, "id-7", CARD, "en")
    assert len(office.arrived) == 1
    assert "s3cret" not in repr(server)


async def test_a_server_that_nobody_vouches_for_gets_nothing() -> None:
    async with opened(PostOffice(), tls="starttls", ca=trustme.CA()) as office:
        server = Server("127.0.0.1", office.port, "starttls", "candor@house.example")
        with pytest.raises(Later):
            await MailChannel(server, lambda: AT).post(TO, "id-7", CARD, "en")
    assert office.arrived == []


@open_sign_in
async def test_a_wrong_sign_in_is_for_the_operator() -> None:
    async with opened(PostOffice(), sign_in=("candor", "right")) as office:
        server = Server("127.0.0.1", office.port, "none", "candor@house.example", "candor", "wrong")
        with pytest.raises(BadContent):
            await MailChannel(server, lambda: AT).post(TO, "id-7", CARD, "en")
    assert office.arrived == []


@pytest.mark.parametrize(
    ("temper", "error"),
    [("silent", OutcomeUnknown), ("cut", OutcomeUnknown), ("later", Later), ("never", BadContent)],
)
async def test_only_a_clear_answer_says_what_became_of_it(
    office: PostOffice, temper: Temper, error: type[DeliveryError]
) -> None:
    office.temper = temper
    with pytest.raises(error):
        await channel(office).post(TO, "id-7", CARD, "en")


async def test_a_line_goes_to_the_address_that_was_looked_up(office: PostOffice) -> None:
    asked: list[str] = []

    async def look_up(name: str) -> str:
        asked.append(name)
        return "127.0.0.1"

    server = Server(
        "mail.house.example", office.port, "none", "candor@house.example", look_up=look_up
    )
    await MailChannel(server, lambda: AT).post(TO, "id-7", CARD, "en")
    assert asked == ["mail.house.example"]
    assert len(office.arrived) == 1


async def test_one_unknown_recipient_and_nobody_gets_it(office: PostOffice) -> None:
    office.refuses = {"b@marrow.example"}
    with pytest.raises(Refused):
        await channel(office).post(TO, "id-7", CARD, "en")
    assert office.arrived == []


async def test_a_server_that_is_down_gets_nothing() -> None:
    with pytest.raises(Later):
        await channel(PostOffice(port=1)).post(TO, "id-7", CARD, "en")


@pytest.mark.parametrize(
    ("subject", "to"),
    [
        ("News\r\nBcc: everybody@else.example", "okafor@marrow.example"),
        ("News", "okafor@marrow.example\r\nBcc: x@else.example"),
        ("News", "no address"),
        ("News", ""),
    ],
)
async def test_a_line_break_in_a_header_sends_nothing(
    office: PostOffice, subject: str, to: str
) -> None:
    card = Card(same(subject), (Paragraph(same("x")),))
    place = dumps({"to": [to], "answers_to": ""})
    with pytest.raises(BadContent):
        await channel(office).post(place, "id-7", card, "en")
    assert office.arrived == []


async def test_nobody_can_be_asked_and_nothing_can_be_changed(office: PostOffice) -> None:
    ref = await channel(office).post(TO, "id-7", CARD, "en")
    with pytest.raises(CannotLook):
        await channel(office).find(TO, "id-7", AT)
    with pytest.raises(Refused):
        await channel(office).edit(ref, "id-7", CARD, "en")
