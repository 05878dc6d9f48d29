"""Two people, or two devices, at the same moment in Lark: both are heard, and one message leaves."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.approving.organisation import Away, Known, Member, Organisation
from bot.core.case import Case
from bot.engine.deliver import deliver
from bot.engine.ports import Filed, Place
from bot.engine.tick import tick
from tests.approval.scene import AT, CASE, heavy, plain
from tests.delivery_cases import PLAYBOOK
from tests.platforms.lark.bot import Bot, until
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Message, Person

TODAY = AT.date()


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake whose day is the day of the case."""
    with FakeLark(Clock(AT)) as lark:
        yield lark


class Floor:
    """Maya, who has a message to send, Omar and Lin, who may have to agree, and the customer's group."""

    def __init__(self, fake: FakeLark, *, away: bool = False) -> None:
        self.fake = fake
        people = [fake.tenant.person(name, "en_us") for name in ("Maya", "Omar", "Lin")]
        self.maya, self.omar, self.lin = people
        self.group = fake.tenant.group("with Marrow", self.maya, external=True)
        fake.tenant.app.shares_externally = True
        days = (Away(TODAY, TODAY + timedelta(days=7)),) if away else ()
        maya, omar, lin = (Member(Bot.id_of(p), p.name) for p in people)
        where = f"lark:{fake.tenant.key}/{self.group.id}"
        house = Organisation(
            people=(maya, replace(omar, away=days), lin),
            roles={"delivery_director": (omar.id, lin.id), "finance": (lin.id, omar.id)},
            customers=(Known("Marrow Bakeries", conversation=where),),
        )
        self.bot = Bot(fake, organisation=house)

    async def begin(self, case: Case) -> None:
        """A message of Maya's is made ready to send."""
        mine = replace(case, tenant=self.bot.tenant, owner=Bot.id_of(self.maya))
        async with self.bot.store.turn(self.bot.tenant) as turn:
            await turn.keep_playbook(PLAYBOOK)
            place = Place("lark", f"{self.bot.tenant}/{self.maya.open_id}")
            await turn.save(Filed(mine, place), was=None)
        await self.bot.say(self.maya, "/delay draft")
        await self.press(self.maya, "Make ready to send")

    async def press(self, person: Person, label: str) -> None:
        await self.bot.press(person, label)
        await self.settle()

    async def at_once(self, label: str, *people: Person) -> None:
        """All of them press at the same moment, on the cards before them."""
        seen = [(who, await self.card(who, label)) for who in people]
        presses = (self.fake.do(self.fake.hands.press(who, m, label)) for who, m in seen)
        await asyncio.gather(*presses)
        await self.settle()

    async def card(self, person: Person, label: str) -> Message:
        await self.bot.reads(person, label)
        return next(m for m in reversed(self.fake.sent(person)) if label in m.content)

    async def settle(self) -> None:
        await tick(self.bot.house)
        await deliver(self.bot.house)

    async def case(self) -> Case:
        filed = await self.bot.store.case(self.bot.tenant, CASE)
        assert filed is not None
        return filed.case


@asynccontextmanager
async def ready(fake: FakeLark, case: Case, *, away: bool = False) -> AsyncIterator[Floor]:
    found = Floor(fake, away=away)
    async with found.bot:
        await found.begin(case)
        yield found


async def test_two_approvers_decide_at_the_very_same_moment_and_both_count(fake: FakeLark) -> None:
    async with ready(fake, heavy(goodwill="longer_warranty")) as floor:
        await floor.press(floor.maya, "Ask for approval")
        await floor.at_once("Approve", floor.omar, floor.lin)
        case = await floor.case()
        assert case.outgoing is not None
        both = {Bot.id_of(floor.omar), Bot.id_of(floor.lin)}
        assert {a.by.id for a in case.outgoing.approvals if a.by} == both
        assert (case.phase, case.outgoing.state) == ("ready", "ready")


async def test_send_pressed_on_two_devices_at_once_leaves_once(fake: FakeLark) -> None:
    async with ready(fake, plain()) as floor:
        await floor.at_once("Send now", floor.maya, floor.maya)
        fake.clock.advance(timedelta(seconds=61))
        await floor.settle()
        await until(lambda: floor.bot.faults.state_of("customer:1") == "sent")
        fake.clock.advance(timedelta(hours=5))
        await floor.settle()
        assert len(fake.sent(floor.group)) == 1
        assert len((await floor.case()).deliveries) == 1


async def test_an_approver_who_is_away_is_passed_over_for_the_next(fake: FakeLark) -> None:
    async with ready(fake, heavy(), away=True) as floor:
        await floor.press(floor.maya, "Ask for approval")
        await floor.bot.reads(floor.lin, "asks for your approval")
        assert fake.sent(floor.omar) == []
        await floor.press(floor.lin, "Approve")
        assert (await floor.case()).phase == "ready"
