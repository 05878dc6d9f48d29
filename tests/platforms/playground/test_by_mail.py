"""A mail from the playground's page to a server that hangs after the text: its owner decides, once."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.approving.wording import TELL
from bot.core.case import Case
from bot.core.words import PersonId
from bot.engine.deliver import deliver
from bot.engine.ports import Filed, Place
from bot.engine.tick import tick
from bot.platforms.playground.people import ORGANISATION, TENANT
from tests.approval.scene import AT, CASE, plain
from tests.delivery_cases import PLAYBOOK
from tests.platforms.mail.postoffice import PostOffice, channel, opened
from tests.platforms.playground.ground import Ground

BAKERY = replace(
    ORGANISATION.customers[0], name="Marrow Bakeries", domains=("marrow.example",), conversation=""
)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with opened(PostOffice()) as found:
        yield found


class Page:
    """What Maya's page shows and posts."""

    def __init__(self, office: PostOffice) -> None:
        house = replace(ORGANISATION, customers=(BAKERY,))
        mail = channel(office, lambda: self.ground.playground.house.clock())
        self.ground = Ground(at=AT, organisation=house, mail=mail)
        self.house = self.ground.playground.house

    async def begin(self) -> None:
        """A message that is to leave by mail in a minute."""
        case = replace(plain(), tenant=TENANT, owner=PersonId("maya"))
        async with self.ground.store.turn(TENANT) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, Place("playground", "dm:maya")), was=None)
        await self.ground.say("/delay draft")
        await self.press("make_ready")
        await self.press("recipients", text="okafor@marrow.example")
        await self.press("send")

    async def press(self, name: str, *, text: str = "") -> None:
        await self.post(await self.action(name), text=text)

    async def action(self, name: str) -> dict[str, str]:
        """The button or box of this name that stands on the page, the newest."""
        await deliver(self.house)
        found = [a for a in _actions(await self.shown()) if a["name"] == name]
        assert found, f"nothing on the page is called {name}"
        return {"name": name, "argument": found[-1]["argument"]}

    async def post(self, action: dict[str, str], *, text: str = "") -> str:
        seen = (await self.case()).revision
        body = {"id": self.ground.fresh(), "case": CASE, "action": action, "seen": seen}
        answer = await self.ground.post("/api/click", {**body, "boxes": {}, "text": text})
        assert answer.status_code == 200
        return answer.text

    async def shown(self) -> Any:
        return (await self.ground.state())["messages"]

    async def later(self, **by: float) -> None:
        self.ground.at += timedelta(**by)
        await tick(self.house)
        await deliver(self.house)

    async def case(self) -> Case:
        filed = await self.ground.store.case(TENANT, CASE)
        assert filed is not None
        return filed.case


def _actions(value: object) -> list[dict[str, str]]:
    """Every action anywhere on the page, in order."""
    if isinstance(value, dict):
        here = [value] if {"name", "argument"} <= set(value) else []
        return [*here, *(a for one in value.values() for a in _actions(one))]
    if isinstance(value, list):
        return [a for one in value for a in _actions(one)]
    return []


@pytest.fixture
async def page(office: PostOffice) -> Page:
    found = Page(office)
    await found.begin()
    office.temper = "silent"
    await found.later(seconds=61)
    await found.later(minutes=30)
    return found


async def test_a_mail_server_that_hangs_after_the_text_leaves_it_to_the_owner(
    page: Page, office: PostOffice
) -> None:
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
    office.temper = "kind"
    again = await page.action("send_again")
    for _ in range(2):
        await page.post(again)
    await page.later(hours=5)
    first, second = office.arrived
    assert first["Message-ID"] == second["Message-ID"]
    case = await page.case()
    assert (case.phase, [d.how for d in case.deliveries]) == ("told", ["sent"])
