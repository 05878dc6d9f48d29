"""A mail from the playground's page to a server that hangs after the text: its owner decides, once."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.core.approving.wording import TELL
from bot.platforms.playground.people import ORGANISATION
from tests.approval.scene import plain
from tests.approval.wrong import wrong
from tests.platforms.mail.postoffice import PostOffice, channel, opened
from tests.platforms.playground.page import Page

BAKERY = replace(
    ORGANISATION.customers[0], name="Marrow Bakeries", domains=("marrow.example",), conversation=""
)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with opened(PostOffice()) as found:
        yield found


@pytest.fixture
async def page(office: PostOffice) -> Page:
    """The page with a message that is to leave by mail."""
    house = replace(ORGANISATION, customers=(BAKERY,))
    mail = channel(office, lambda: found.house.clock())
    found = Page(plain(), house, mail=mail)
    await found.begin()
    return found


async def hang(page: Page, office: PostOffice) -> None:
    """The message is given to the server, which falls silent after its text."""
    await page.press("recipients", text="okafor@marrow.example")
    await page.press("send")
    office.temper = "silent"
    await page.later(seconds=61)
    await page.later(minutes=30)


async def test_a_mail_server_that_hangs_after_the_text_leaves_it_to_the_owner(
    page: Page, office: PostOffice
) -> None:
    await hang(page, office)
    assert TELL.unknown.en in str(await page.shown())
    assert TELL.again.en in str(await page.shown())
    assert len(office.arrived) == 1
    arrived, again = await page.action("arrived"), await page.action("send_again")
    for action in (arrived, arrived, again):
        await page.post(action)
    await page.later(hours=5)
    case = await page.case()
    assert (case.phase, [d.how for d in case.deliveries]) == ("told", ["said_arrived"])
    assert len(office.arrived) == 1


async def test_a_mail_sent_again_by_its_owner_goes_out_once_more_under_the_same_name(
    page: Page, office: PostOffice
) -> None:
    await hang(page, office)
    office.temper = "kind"
    again = await page.action("send_again")
    for _ in range(2):
        await page.post(again)
    await page.later(hours=5)
    first, second = office.arrived
    assert first["Message-ID"] == second["Message-ID"]
    case = await page.case()
    assert (case.phase, [d.how for d in case.deliveries]) == ("told", ["sent"])


async def test_what_cannot_be_written_to_is_named_in_one_sentence_and_nothing_leaves(
    page: Page, office: PostOffice
) -> None:
    for to, said in wrong():
        await page.press("recipients", text=to)
        shown = str(await page.shown())
        assert said in shown
        assert "'name': 'send'" not in shown
    await page.later(hours=1)
    assert office.arrived == []
