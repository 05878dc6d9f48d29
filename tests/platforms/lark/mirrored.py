"""A case of Maya's that was told to the customer, in a house whose copies stand in the fake Lark."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from bot.core.approving.organisation import Organisation
from bot.core.case import Case, TextValue
from bot.core.events import Event, Stamp
from bot.core.following.events import PingAnswered
from bot.core.mirroring.mirrored import MIRROR, Wants
from bot.core.mirroring.wording import COLUMNS
from bot.core.pings.reminder import Key
from bot.core.words import CaseId, EventId, FieldId, PersonId
from bot.engine import sessions, turning
from bot.engine.ports import Filed, Ping, Place, Store
from bot.engine.tick import tick
from bot.platforms.lark.register import TYPES
from tests.core.followed import Followed
from tests.delivery_cases import PLAYBOOK
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Person

REGISTER = "bascnPMO/tblCases"
TOLD = datetime(2026, 5, 18, 11, tzinfo=UTC)
COPIES = Wants(tasks=True, register=REGISTER)
ID = CaseId("c1")


@cache
def told() -> Case:
    """The case, an hour after the customer was told. Ask for it before a loop begins."""
    return Followed().tell().case


def columns() -> dict[str, int]:
    """The fields of a register, with the types that they must have."""
    return {label.en: TYPES[name] for name, label in COLUMNS.items()}


def fake_of_that_day() -> FakeLark:
    """A fake with the scopes for tasks and tables, and a register without rows."""
    told()
    lark = FakeLark(Clock(TOLD))
    lark.tenant.app.scopes |= {"task:task:write", "bitable:app"}
    lark.tables.table(REGISTER, **columns())
    return lark


@dataclass
class Desk:
    """Maya's case, in its house."""

    bot: Bot
    maya: Person
    count: int = 0

    async def case(self) -> Case:
        filed = await self.bot.store.case(self.bot.tenant, ID)
        assert filed is not None
        return filed.case

    async def give(self, *events: Event) -> None:
        """Let something happen in the case, without writing what comes of it."""
        for event in events:
            async with self.bot.store.turn(self.bot.tenant) as turn:
                filed = await turn.case(ID)
                assert filed is not None
                session = await sessions.owners(self.bot.house, turn, filed)
                await turning.react(session, filed, event)

    async def answer(self, key: str) -> None:
        """A follow-up is done."""
        await self.give(PingAnswered(self.stamp(), Key(key), "done"))

    async def rename(self, project: str) -> None:
        """The project is called otherwise, so that every copy of the case wants other words."""
        async with self.bot.store.turn(self.bot.tenant) as turn:
            filed = await turn.case(ID)
            assert filed is not None
            case, name = filed.case, FieldId("project")
            answer = replace(case.answers[name], value=TextValue(project))
            answers = {**case.answers, name: answer}
            after = replace(case, answers=answers, revision=case.revision + 1)
            await turn.save(replace(filed, case=after), was=case.revision)
        await self.due()

    def stamp(self) -> Stamp:
        self.count += 1
        at = self.bot.fake.clock()
        return Stamp(EventId(f"t{self.count}"), at, PersonId(self.maya.open_id))

    async def due(self) -> None:
        """Ask for the copies, as a change of the case does."""
        async with self.bot.store.turn(self.bot.tenant) as turn:
            await turn.set_ping(Ping(self.bot.tenant, ID, MIRROR, self.bot.fake.clock()))

    async def write(self, later: timedelta = timedelta(0)) -> None:
        """What is due by then is written."""
        self.bot.fake.clock.advance(later)
        await tick(self.bot.house)
        await self.bot.house.trackers.idle()

    async def pings(self) -> list[Ping]:
        """When copies are to be written next."""
        far = self.bot.fake.clock() + timedelta(days=2)
        return [p for p in await self.bot.store.pings(far) if p.kind == MIRROR]


@asynccontextmanager
async def desk(
    fake: FakeLark,
    *,
    copies: Wants = COPIES,
    organisation: Organisation | None = None,
    store: Store | None = None,
    patience: float = 10,
) -> AsyncIterator[Desk]:
    maya = fake.tenant.person("Maya", "en_us")
    bot = Bot(
        fake, copies=copies, organisation=organisation, store=store, patience=patience, whole=True
    )
    async with bot:
        case = replace(told(), id=ID, tenant=bot.tenant, owner=PersonId(maya.open_id))
        async with bot.store.turn(bot.tenant) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, Place("lark", f"{bot.tenant}/{maya.open_id}")), was=None)
        found = Desk(bot, maya)
        await found.due()
        yield found
