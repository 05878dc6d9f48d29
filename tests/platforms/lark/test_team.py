"""A case in its project's group in Lark: bound there, asked in a thread, answered by the team."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.approving.organisation import Member, Organisation
from bot.core.case import Case
from bot.core.pings.reminder import Key
from bot.core.words import CaseId, PersonId
from bot.engine.deliver import deliver
from bot.engine.ports import Place
from bot.engine.tick import tick
from tests.core.followed import Followed
from tests.platforms.lark.bot import Bot, until
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Message
from tests.platforms.told import keep

CHECK = Key("milestone_check/1")
ALONE = "I have written to you alone"
TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=UTC)  # the day of the first milestone's check


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake whose day is that of the check."""
    with FakeLark(Clock(TUESDAY)) as lark:
        yield lark


class Team:
    """Maya, whose case was told, Omar of her team, and their group."""

    def __init__(self, fake: FakeLark) -> None:
        self.fake = fake
        self.maya = fake.tenant.person("Maya", "en_us")
        self.omar = fake.tenant.person("Omar", "zh_cn")
        self.group = fake.tenant.group("Wind farm", self.maya, self.omar)
        people = (Member(PersonId(self.omar.open_id), "Omar Haddad"),)
        self.bot = Bot(fake, organisation=Organisation(people=people))

    async def begin(self) -> None:
        """The case and its owner are in the store, the bot is in the group."""
        told, tenant = Followed().tell(), self.bot.tenant
        maya = PersonId(self.maya.open_id)
        alone = f"{tenant}/{self.maya.open_id}"
        await keep(self.bot.store, told, maya, Place("lark", alone), tenant=tenant, due=CHECK)
        await self.fake.do(self.fake.hands.add_bot(self.maya, self.group))

    async def bind(self) -> None:
        """Maya names the bot in the group."""
        await self.fake.do(
            self.fake.hands.say(self.maya, "/delay channel", self.group, mention=True)
        )
        await self.bot.quiet()

    async def said(self) -> int:
        """How much stands in the group once it is told there that the bot has written to her alone."""
        await until(lambda: any(ALONE in str(m.card) for m in self.fake.sent(self.group)))
        return len(self.fake.sent(self.group))

    async def settle(self) -> None:
        """What is due is asked and sent."""
        await tick(self.bot.house)
        await deliver(self.bot.house)
        await self.bot.quiet()

    def question(self) -> Message:
        """The check of the milestone in the group."""
        return next(m for m in self.fake.sent(self.group) if CHECK in str(m.card))

    async def stored(self) -> Case:
        """The case as it is kept."""
        filed = await self.bot.store.case(self.bot.tenant, CaseId("c1"))
        assert filed is not None
        return filed.case


@pytest.fixture
async def team(fake: FakeLark) -> AsyncIterator[Team]:
    """The team with its bot at work."""
    found = Team(fake)
    async with found.bot:
        await found.begin()
        yield found


async def test_the_team_is_asked_in_a_thread_and_may_answer(team: Team) -> None:
    await team.bind()
    await team.settle()
    question = team.question()
    roots = [m for m in team.fake.sent(team.group) if m.id == question.root]
    assert len(roots) == 1
    assert question.thread
    assert "Follow-ups" in str(roots[0].card)
    await team.fake.do(team.fake.hands.press(team.omar, question, "按计划"))
    await team.settle()
    reminder = (await team.stored()).reminders[CHECK]
    assert (reminder.answer, reminder.answered_by) == ("on_track", "Omar Haddad")
    assert "On track, Omar Haddad said" in str(question.card)


async def put_off(team: Team, day: str) -> Message:
    """The question in the group, put off by Omar until then and asked again when it is due."""
    await team.bind()
    await team.settle()
    question = team.question()
    await team.fake.do(team.fake.hands.press(team.omar, question, "稍后"))
    await team.settle()
    await team.fake.do(team.fake.hands.press(team.omar, question, "save", fill={"text~0~0": day}))
    await team.settle()
    assert "On track" not in str(question.card)
    due = (await team.stored()).reminders[CHECK].due
    team.fake.clock.advance(due - team.fake.clock() + timedelta(seconds=1))
    await team.settle()
    return question


async def test_what_was_put_off_comes_back_in_the_same_message(team: Team) -> None:
    question = await put_off(team, "11 June")
    below = [m for m in team.fake.sent(team.group) if m.root == question.root and m.root]
    assert below == [question]
    assert "Asked again on Thu 11 Jun 2026;" in str(question.card)
    await team.bot.reads(team.maya, "Still on track?")


async def test_after_its_fourteen_days_it_comes_back_as_a_new_message_of_the_thread(
    team: Team,
) -> None:
    question = await put_off(team, "25 June")
    below = [m for m in team.fake.sent(team.group) if m.root == question.root and m.root]
    assert below[0] is question
    assert len(below) == 2
    assert "Asked again on Thu 25 Jun 2026;" in str(below[-1].card)


async def test_a_press_in_the_group_does_not_move_anybodys_own_conversation(team: Team) -> None:
    await team.bind()
    await team.settle()
    question = team.question()
    await team.fake.do(team.fake.hands.press(team.omar, question, "有风险"))
    await team.settle()
    await team.bot.say(team.omar, "/delay help")
    await team.bot.reads(team.omar, "/delay")
    await team.bot.reads(team.maya, "sees a risk")
    assert "sees a risk" not in team.bot.texts_in(team.group)


async def test_a_card_that_was_forwarded_out_of_the_group_makes_nobody_of_the_team(
    team: Team,
) -> None:
    await team.bind()
    await team.settle()
    ana = team.fake.tenant.person("Ana", "en_us")
    elsewhere = team.fake.tenant.group("Canteen", team.omar, ana)
    question = team.question()
    shown = team.fake.tenant.put(replace(question, id="om_forwarded", chat=elsewhere.id))
    await team.fake.do(team.fake.hands.press(ana, shown, "On track"))
    await team.settle()
    reminder = (await team.stored()).reminders[CHECK]
    assert (reminder.state, reminder.answer) == ("asked", "")


async def test_a_group_with_people_from_outside_is_refused(team: Team) -> None:
    team.group.external = True
    await team.bind()
    await team.bot.reads(team.maya, "Somebody from outside can read")
    assert (await team.stored()).room is None


async def test_once_people_from_outside_are_in_it_nothing_more_is_said_there(team: Team) -> None:
    await team.bind()
    said = await team.said()
    team.group.external = True
    team.fake.clock.advance(timedelta(minutes=6))
    await team.settle()
    await team.settle()
    assert len(team.fake.sent(team.group)) == said
    await team.bot.reads(team.maya, "Nothing more is posted in Wind farm")
    assert (await team.stored()).room is None


async def test_where_lark_does_not_say_who_is_in_the_group_nothing_internal_is_said(
    team: Team,
) -> None:
    await team.bind()
    said = await team.said()
    team.fake.tenant.tells_external = False
    await team.settle()
    assert len(team.fake.sent(team.group)) == said
