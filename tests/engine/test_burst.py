"""A burst of pings due at once: it ends, at the pace that each conversation takes, each asked once."""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Sequence
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
from bot.engine.ports import ASKS_TOGETHER, Filed, MessageRef, Ping, Place
from bot.engine.tick import tick
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.core.followed import Followed
from tests.engine.room import HERE, Clock, FakeChannel, Room

TUESDAY = datetime(2026, 6, 9, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
IN_ALL = 50  # messages a second that the platform takes, of which one to each conversation
OWNERS, CASES, IN_ROOM = 60, 240, 40
CHECK = Key("milestone_check/1")
TEN_THOUSAND, WEEK_AFTER = 10_000, TUESDAY + timedelta(days=7)
MANY = tuple(  # of one case, all due a week after the check
    Key(k)
    for k in (
        "milestone_check/1",
        "milestone_reached/1",
        "new_date_in_danger/0",
        "milestone_check/2",
    )
)


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
    """A house on a real file, whose platform is strict."""
    migrate(tmp_path / "candor.db", at=TUESDAY)
    store = SqlStore(tmp_path / "candor.db")
    found = Room(store)
    found.channel = Strict(clock=found.clock)
    found.house = replace(found.house, channels={"slack": found.channel})
    yield found
    await store.close()


async def fill(
    room: Room, keys: Sequence[Key], *, owners: int, cases: int, in_room: int = 0
) -> None:
    """Cases of some owners with these pings, the first ones bound to one channel."""
    told = Followed().tell()
    async with room.store.turn(HERE) as turn:
        await turn.keep_playbook(told.playbook)
        for n in range(owners):
            await turn.save_person(
                Person(PersonId(f"o{n}"), HERE, "en", "Europe/London", "GB",
                       platform="slack", conversation=f"D-o{n}")
            )  # fmt: skip
        for n in range(cases):
            owner = PersonId(f"o{n % owners}")
            bound = Bound("slack", "C-all", "#all", 1) if n < in_room else None
            case = replace(
                told.case, id=CaseId(f"c{n}"), tenant=HERE, owner=owner, room=bound, rooms=1
            )
            await turn.save(Filed(case, Place("slack", f"D-{owner}")), was=None)
            for key in keys:
                await turn.set_ping(Ping(HERE, case.id, name_of(key), case.reminders[key].due))


async def end(room: Room, at: datetime) -> Strict:
    """All that is due from then on is asked and sent, second by second; gives the platform."""
    channel, room.clock.at = room.channel, at
    assert isinstance(channel, Strict)
    for _ in range(20_000):
        due = await room.store.next_due()
        if due is None or due > at + timedelta(hours=6):
            break
        room.clock.at = max(room.clock.at, due)
        await tick(room.house)
        await deliver(room.house)
    assert all(max(second.values()) == 1 for second in channel.taken.values())
    assert all(second.total() <= IN_ALL for second in channel.taken.values())
    assert channel.refused < 12 * len(channel.messages)
    return channel


async def asked(room: Room, keys: Sequence[Key], cases: int) -> Counter[int]:
    """How often each of these pings was asked."""
    found: Counter[int] = Counter()
    for n in range(cases):
        filed = await room.store.case(HERE, CaseId(f"c{n}"))
        assert filed is not None
        found.update(len(filed.case.reminders[key].asked) for key in keys)
    return found


async def test_a_burst_ends_at_the_pace_of_each_conversation_and_asks_each_once(
    room: Room,
) -> None:
    await fill(room, [CHECK], owners=OWNERS, cases=CASES, in_room=IN_ROOM)
    channel = await end(room, TUESDAY)
    posted = Counter(m.conversation for m in channel.messages)
    assert (
        posted["C-all"] == 2 * IN_ROOM
    )  # of each case the first message and the question below it
    assert {posted[f"D-o{n}"] for n in range(OWNERS)} == {1}  # all of an owner's in one message
    assert await asked(room, [CHECK], CASES) == {1: CASES}


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_ten_thousand_due_at_once_end_at_the_pace_of_each_conversation(room: Room) -> None:
    owners, cases = 250, TEN_THOUSAND // len(MANY)
    await fill(room, MANY, owners=owners, cases=cases)
    channel = await end(room, WEEK_AFTER)
    posted = Counter(m.conversation for m in channel.messages)
    each = TEN_THOUSAND // owners
    assert set(posted) == {f"D-o{n}" for n in range(owners)}
    assert max(posted.values()) <= -(-each // ASKS_TOGETHER)
    assert await asked(room, MANY, cases) == {1: TEN_THOUSAND}
