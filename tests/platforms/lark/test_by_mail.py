"""A mail from Lark to a server that takes the text and never answers: its owner decides, once."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.approving.organisation import Known, Member, Organisation
from bot.core.approving.wording import TELL
from bot.core.case import Case
from bot.core.words import PersonId
from bot.engine.deliver import deliver
from bot.engine.ports import Filed, Place
from bot.engine.tick import tick
from tests.approval.scene import AT, CASE, plain
from tests.approval.wrong import wrong
from tests.delivery_cases import PLAYBOOK
from tests.platforms.lark.bot import Bot, until
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.hands import Value
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Message
from tests.platforms.mail.postoffice import PostOffice, channel, opened


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with opened(PostOffice()) as found:
        yield found


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake whose day is the day of the case."""
    with FakeLark(Clock(AT)) as lark:
        yield lark


class Desk:
    """Maya in Lark, whose customer is reached by mail."""

    def __init__(self, fake: FakeLark, office: PostOffice) -> None:
        self.fake = fake
        self.maya = fake.tenant.person("Maya", "en_us")
        me = Member(PersonId(self.maya.open_id), "Maya", email="maya@house.example")
        known = Known("Marrow Bakeries", domains=("marrow.example",))
        house = Organisation(people=(me,), customers=(known,))
        self.bot = Bot(fake, organisation=house, mail=channel(office, fake.clock))

    async def begin(self) -> None:
        """A message that is to leave by mail."""
        case = replace(plain(), tenant=self.bot.tenant, owner=self.bot.id_of(self.maya))
        place = Place("lark", f"{self.bot.tenant}/{self.maya.open_id}")
        async with self.bot.store.turn(self.bot.tenant) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, place), was=None)
        await self.bot.say(self.maya, "/delay draft")
        await self.press("Make ready to send")

    async def hang(self, office: PostOffice) -> None:
        """The message is given to the server, which falls silent after its text."""
        await self.write_to("okafor@marrow.example")
        await self.press("Send now")
        office.temper = "silent"
        await self.later(seconds=61)
        await until(lambda: self.bot.faults.state_of("customer:1") == "unknown")
        await self.later(minutes=30)

    async def write_to(self, to: str) -> None:
        """Whom the mail goes to, typed on the card."""
        await self.press(TELL.save_to.en, fill={"text~0~0": to})

    async def press(self, label: str, *, fill: Mapping[str, Value] | None = None) -> None:
        await self.bot.press(self.maya, label, fill=fill)
        await self.settle()

    async def later(self, **by: float) -> None:
        self.fake.clock.advance(timedelta(**by))
        await self.settle()

    async def settle(self) -> None:
        await tick(self.bot.house)
        await deliver(self.bot.house)

    async def case(self) -> Case:
        filed = await self.bot.store.case(self.bot.tenant, CASE)
        assert filed is not None
        return filed.case

    async def undecided(self) -> tuple[Message, int]:
        """The card that leaves it to the owner, as it stands now."""
        await self.bot.reads(self.maya, TELL.unknown.en)
        messages = [m for m in self.fake.sent(self.maya) if m.kind == "interactive"]
        card = next(m for m in reversed(messages) if TELL.arrived.en in m.content)
        return card, len(card.versions) - 1


@pytest.fixture
async def desk(fake: FakeLark, office: PostOffice) -> AsyncIterator[Desk]:
    found = Desk(fake, office)
    async with found.bot:
        await found.begin()
        yield found


async def test_a_mail_server_that_hangs_after_the_text_leaves_it_to_the_owner(
    desk: Desk, office: PostOffice
) -> None:
    await desk.hang(office)
    card, version = await desk.undecided()
    assert TELL.again.en in card.content
    assert len(office.arrived) == 1
    await desk.press(TELL.arrived.en)
    for label in (TELL.arrived.en, TELL.again.en):
        await desk.fake.do(desk.fake.hands.press(desk.maya, card, label, version=version))
    await desk.later(hours=5)
    case = await desk.case()
    assert (case.phase, [d.how for d in case.deliveries]) == ("told", ["said_arrived"])
    assert len(office.arrived) == 1


async def test_a_mail_sent_again_by_its_owner_goes_out_once_more_under_the_same_name(
    desk: Desk, office: PostOffice
) -> None:
    await desk.hang(office)
    office.temper = "kind"
    card, version = await desk.undecided()
    for _ in range(2):
        await desk.fake.do(desk.fake.hands.press(desk.maya, card, TELL.again.en, version=version))
    await desk.settle()
    await until(lambda: desk.bot.faults.state_of("customer:1") == "sent")
    await desk.later(hours=5)
    first, second = office.arrived
    assert first["Message-ID"] == second["Message-ID"]
    case = await desk.case()
    assert (case.phase, [d.how for d in case.deliveries]) == ("told", ["sent"])


async def test_what_cannot_be_written_to_is_named_in_one_sentence_and_nothing_leaves(
    desk: Desk, office: PostOffice
) -> None:
    for to, said in wrong(90):  # as many as an input of Lark's takes
        await desk.write_to(to)
        await desk.bot.reads(desk.maya, said)
        assert "Send now" not in desk.bot.texts(desk.maya)
    await desk.later(hours=1)
    assert office.arrived == []
