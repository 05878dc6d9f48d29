"""The look back in a project's group in Lark: each of the team writes in the card's own form."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import pytest

from bot.core.following.voices import LookBack
from bot.core.words import CaseId, PersonId
from bot.engine.ports import Place
from tests.core.test_look_back import ANONYMOUS, unbound
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Message, Person
from tests.platforms.lark.test_team import Team
from tests.platforms.told import keep

HELPED = "box~voice_helped~0~0"


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake whose day is that of the look back."""
    with FakeLark(Clock(unbound().reminder("retrospective/0").due)) as lark:
        yield lark


class LookingBack(Team):
    """The team whose case was delivered; `anonymous` as its playbook says."""

    anonymous = False

    async def begin(self) -> None:
        """The case and its owner are in the store, the bot is in the group, the team is asked."""
        told, tenant = unbound(ANONYMOUS) if self.anonymous else unbound(), self.bot.tenant
        maya = PersonId(self.maya.open_id)
        alone = f"{tenant}/{self.maya.open_id}"
        due = told.reminder("retrospective/0").key
        await keep(self.bot.store, told, maya, Place("lark", alone), tenant=tenant, due=due)
        await self.fake.do(self.fake.hands.add_bot(self.maya, self.group))
        await self.bind()
        await self.settle()

    def asking(self) -> Message:
        """The card with the form."""
        return next(m for m in self.fake.sent(self.group) if HELPED in str(m.card))

    async def answer(self, person: Person, words: str) -> None:
        """Fills one box of the form and sends it."""
        label = "Add my answer" if person.locale == "en_us" else "写下我的看法"
        await self.fake.do(
            self.fake.hands.press(person, self.asking(), label, fill={HELPED: words})
        )
        await self.settle()

    async def back(self) -> LookBack:
        """What the case keeps of it."""
        found = (await self.stored()).look_back
        assert found is not None
        return found


async def _team(fake: FakeLark, *, anonymous: bool) -> AsyncIterator[LookingBack]:
    found = LookingBack(fake)
    found.anonymous = anonymous
    async with found.bot:
        await found.begin()
        yield found


@pytest.fixture
async def team(fake: FakeLark) -> AsyncIterator[LookingBack]:
    """With names."""
    async for found in _team(fake, anonymous=False):
        yield found


@pytest.fixture
async def nameless(fake: FakeLark) -> AsyncIterator[LookingBack]:
    """Without names."""
    async for found in _team(fake, anonymous=True):
        yield found


async def test_each_writes_in_the_thread_and_nobodys_form_is_drawn_anew(team: LookingBack) -> None:
    asked = team.asking()
    assert asked.thread
    before = asked.card
    await team.answer(team.omar, "先打电话。")
    await team.answer(team.maya, "Testing.")
    await team.answer(team.omar, "早点打电话。")
    assert team.asking().card == before
    shown = "".join(str(m.card) for m in team.fake.sent(team.group))
    assert "2 people have answered." in shown
    assert "打电话。" not in shown
    assert [(v.name, v.words["voice_helped"]) for v in (await team.back()).in_order] == [
        ("Omar Haddad", "早点打电话。"),
        ("Ida Moreau", "Testing."),
    ]


async def test_what_was_forwarded_out_of_the_group_takes_no_answer(team: LookingBack) -> None:
    ana = team.fake.tenant.person("Ana", "en_us")
    elsewhere = team.fake.tenant.group("Canteen", team.omar, ana)
    shown = team.fake.tenant.put(replace(team.asking(), id="om_forwarded", chat=elsewhere.id))
    await team.fake.do(
        team.fake.hands.press(ana, shown, "Add my answer", fill={HELPED: "Something."})
    )
    await team.settle()
    assert (await team.back()).voices == {}


async def test_without_names_the_form_says_so_and_none_is_kept(nameless: LookingBack) -> None:
    form = str(nameless.asking().card)
    assert "Your name is not kept with your words" in form
    assert "您的名字不会和您的话一起保存" in form
    await nameless.answer(nameless.omar, "先打电话。")
    entries = await nameless.bot.store.entries(nameless.bot.tenant, CaseId("c1"))
    kept = f"{await nameless.back()} {[e for e in entries if '先打电话' in e.body]}"
    assert "先打电话" in kept
    assert "Omar" not in kept
    assert nameless.omar.open_id not in kept
