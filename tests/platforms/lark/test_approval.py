"""From a draft to a customer's group in Lark, by the hands of two people."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.approving.organisation import Known, Member, Organisation
from bot.core.approving.wording import WHY
from bot.core.case import Case
from bot.core.words import PersonId
from bot.engine.deliver import deliver
from bot.engine.ports import Filed, Place
from bot.engine.tick import tick
from tests.approval.scene import AT, CASE, heavy
from tests.delivery_cases import PLAYBOOK
from tests.platforms.lark.bot import Bot
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.clock import Clock
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tenant import Chat, Person


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A fake whose day is the day of the case."""
    with FakeLark(Clock(AT)) as lark:
        yield lark


class Room:
    """Maya, who owns a case whose answers all stand, Omar, and a group with the customer."""

    def __init__(self, fake: FakeLark) -> None:
        self.maya = fake.tenant.person("Maya", "en_us")
        self.omar = fake.tenant.person("Omar", "en_us")
        self.group: Chat = fake.tenant.group("with Marrow", self.maya, external=True)
        fake.tenant.app.shares_externally = True
        tenant = fake.tenant.key
        self.organisation = Organisation(
            people=tuple(Member(self.id(p), p.name) for p in (self.maya, self.omar)),
            roles={"delivery_director": (self.id(self.omar),)},
            customers=(Known("Marrow Bakeries", conversation=f"lark:{tenant}/{self.group.id}"),),
        )
        self.bot = Bot(fake, organisation=self.organisation)
        self.fake = fake

    def id(self, person: Person) -> PersonId:
        return PersonId(person.open_id)

    async def begin(self) -> None:
        """The case is in the store, and the draft is asked for."""
        case = replace(heavy(), tenant=self.bot.tenant, owner=self.id(self.maya))
        place = Place("lark", f"{self.bot.tenant}/{self.maya.open_id}")
        async with self.bot.store.turn(self.bot.tenant) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, place), was=None)
        await self.bot.say(self.maya, "/delay draft")
        await self.bot.reads(self.maya, "Message to Marrow Bakeries")

    async def settle(self) -> None:
        await tick(self.bot.house)
        await deliver(self.bot.house)

    async def case(self) -> Case:
        filed = await self.bot.store.case(self.bot.tenant, CASE)
        assert filed is not None
        return filed.case


@pytest.fixture
async def room(fake: FakeLark) -> AsyncIterator[Room]:
    found = Room(fake)
    async with found.bot:
        await found.begin()
        yield found


async def test_a_message_is_approved_sent_and_stands_in_the_customers_group(room: Room) -> None:
    for label in ("Make ready to send", "Ask for approval"):
        await room.bot.press(room.maya, label)
        await room.settle()
    await room.bot.reads(room.omar, "asks for your approval: Marrow Bakeries")
    await room.bot.press(room.omar, "Approve")
    await room.settle()
    await room.bot.reads(room.omar, "Approved by Omar")
    for label in ("Show it", "Send now"):
        await room.bot.press(room.maya, label)
        await room.settle()
    assert room.fake.sent(room.group) == []
    room.fake.clock.advance(timedelta(seconds=61))
    await room.settle()
    (message,) = room.fake.sent(room.group)
    case = await room.case()
    assert (message.kind, case.phase) == ("post", "told")
    lines = [
        part["text"] for line in json.loads(message.content)["en_us"]["content"] for part in line
    ]
    assert "\n".join(lines) == case.deliveries[0].release.text


@pytest.mark.parametrize("reason", ["no_sharing", "not_in_group", "muted", "gone"])
async def test_where_it_may_not_speak_the_owner_reads_why_beside_the_text(
    room: Room, reason: str
) -> None:
    for label in ("Make ready to send", "Ask for approval"):
        await room.bot.press(room.maya, label)
        await room.settle()
    await room.bot.press(room.omar, "Approve")
    await room.settle()
    for label in ("Show it", "Send now"):
        await room.bot.press(room.maya, label)
        await room.settle()
    room.fake.tenant.app.shares_externally = reason != "no_sharing"
    room.group.bot_in = reason != "not_in_group"
    room.group.muted, room.group.disbanded = reason == "muted", reason == "gone"
    room.fake.clock.advance(timedelta(seconds=61))
    await room.settle()
    await room.bot.reads(room.maya, WHY[reason].en)
    case = await room.case()
    assert case.outgoing is not None
    cards = [screen.texts(m.card) for m in room.fake.sent(room.maya)]
    told = next(texts for texts in cards if any(WHY[reason].en in text for text in texts))
    assert case.outgoing.release.text in told  # to be copied
    assert (case.deliveries, room.fake.sent(room.group)) == ((), [])


async def test_a_wish_for_a_change_is_typed_on_the_card(room: Room) -> None:
    for label in ("Make ready to send", "Ask for approval"):
        await room.bot.press(room.maya, label)
        await room.settle()
    await room.bot.reads(room.omar, "What should change?")
    await room.bot.press(room.omar, "Ask for this change", fill={"text~0~0": "Name the fitter."})
    case = await room.case()
    assert case.outgoing is not None
    assert case.outgoing.approvals[0].comment == "Name the fitter."


async def test_undo_at_second_61_comes_too_late_on_a_card_as_it_stood(room: Room) -> None:
    for label in ("Make ready to send", "Ask for approval"):
        await room.bot.press(room.maya, label)
        await room.settle()
    await room.bot.press(room.omar, "Approve")
    await room.settle()
    for label in ("Show it", "Send now"):
        await room.bot.press(room.maya, label)
        await room.settle()
    await room.bot.reads(room.maya, "Undo")
    old = next(m for m in reversed(room.fake.sent(room.maya)) if "Undo" in m.content)
    version = len(old.versions) - 1
    room.fake.clock.advance(timedelta(seconds=61))
    await room.settle()
    await room.fake.until(lambda: bool(room.fake.sent(room.group)))
    press = room.fake.hands.press(room.maya, old, "Undo", version=version)
    pressed = await room.fake.do(press)
    assert "It has left already" in pressed.says()
    assert len(room.fake.sent(room.group)) == 1
    assert (await room.case()).phase == "told"
