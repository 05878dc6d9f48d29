"""A burst of pings due at once: it ends, at the pace that each conversation takes, each asked once."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.cards.blocks import Card
from bot.core.desk import Person
from bot.core.pings.reminder import Key, name_of
from bot.core.pings.rooms import Room as Bound
from bot.core.words import CaseId, Language, PersonId
from bot.engine.deliver import deliver
from bot.engine.errors import Later
from bot.engine.ports import Filed, MessageRef, Ping, Place
from bot.engine.tick import tick
from bot.store.migrate import migrate
from bot.store.sql import SqlStore
from tests.core.followed import Followed
from tests.engine.room import HERE, Clock, FakeChannel, Room

TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
IN_ALL = 50  # messages a second that the platform takes, of which one to each conversation
OWNERS, CASES, IN_ROOM = 60, 240, 40
CHECK = Key("milestone_check/1")


@dataclass
class Strict(FakeChannel):
    """A platform that refuses what comes too fast, by the house's clock."""

    clock: Clock = field(default_factory=Clock)
    taken: dict[datetime, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    refused: int = 0

    async def post(
        self,
        conversation: str,
        key: str,
        card: Card,
        language: Language,
        *,
        under: MessageRef | None = None,
    ) -> MessageRef:
        """A new message, unless the second is full."""
        now = self.taken[self.clock().replace(microsecond=0)]
        if now[conversation] or now.total() >= IN_ALL:
            self.refused += 1
            raise Later(SECOND)
        now[conversation] += 1
        return await super().post(conversation, key, card, language, under=under)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """A house whose platform is strict, with many cases of whom a check is due."""
    migrate(tmp_path / "candor.db", at=TUESDAY)
    store = SqlStore(tmp_path / "candor.db")
    found = Room(store)
    found.channel = Strict(clock=found.clock)
    found.house = replace(found.house, channels={"slack": found.channel})
    await fill(store)
    found.clock.at = TUESDAY
    yield found
    await store.close()


async def fill(store: SqlStore) -> None:
    """Cases of some owners, the first ones bound to one channel."""
    told = Followed().tell()
    async with store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        for n in range(OWNERS):
            await turn.save_person(
                Person(PersonId(f"o{n}"), HERE, "en", "Europe/London", "GB",
                       platform="slack", conversation=f"D-o{n}")
            )  # fmt: skip
        for n in range(CASES):
            owner = PersonId(f"o{n % OWNERS}")
            bound = Bound("slack", "C-all", "#all", 1) if n < IN_ROOM else None
            case = replace(
                told.case, id=CaseId(f"c{n}"), tenant=HERE, owner=owner, room=bound, rooms=1
            )
            await turn.save(Filed(case, Place("slack", f"D-{owner}")), was=None)
            await turn.set_ping(Ping(HERE, case.id, name_of(CHECK), case.reminders[CHECK].due))


async def test_a_burst_ends_at_the_pace_of_each_conversation_and_asks_each_once(
    room: Room,
) -> None:
    channel = room.channel
    assert isinstance(channel, Strict)
    for _ in range(20_000):
        due = await room.store.next_due()
        if due is None or due > TUESDAY + timedelta(hours=6):
            break
        room.clock.at = max(room.clock.at, due)
        await tick(room.house)
        await deliver(room.house)
    posted = Counter(m.conversation for m in channel.messages)
    assert (
        posted["C-all"] == 2 * IN_ROOM
    )  # of each case the first message and the question below it
    assert {posted[f"D-o{n}"] for n in range(OWNERS)} == {1}  # all of an owner's in one message
    assert all(max(second.values()) == 1 for second in channel.taken.values())
    assert all(second.total() <= IN_ALL for second in channel.taken.values())
    assert channel.refused < 12 * len(channel.messages)
    for n in range(CASES):
        filed = await room.store.case(HERE, CaseId(f"c{n}"))
        assert filed is not None
        assert len(filed.case.reminders[CHECK].asked) == 1
