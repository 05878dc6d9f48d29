"""A tracker is asked once for many, a key is fetched once for all, and neither is kept too long."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.tracking.facts import ProjectFacts
from bot.core.words import Text, same
from bot.engine.outside import Unreachable
from bot.engine.trackers import Listing
from bot.outside.token import Fetched, Token
from bot.sources.remembering import MOST, Remembering
from tests.sources.fakes.vendor import Clock
from tests.sources.rigs import pingcode_rig


@dataclass
class Slow:
    """A tracker that answers when its door opens."""

    clock: Clock
    name: str = "slow"
    label: Text = field(default_factory=lambda: same("Slow"))
    door: asyncio.Event = field(default_factory=asyncio.Event)
    knocked: asyncio.Event = field(default_factory=asyncio.Event)
    error: Exception | None = None
    asked: list[str] = field(default_factory=list)

    async def projects(self) -> Listing:
        return Listing(())

    async def facts(self, ref: str) -> ProjectFacts:
        self.asked.append(ref)
        self.knocked.set()
        await self.door.wait()
        if self.error is not None:
            raise self.error
        return ProjectFacts("slow", ref, ref, None, self.clock.now())

    async def close(self) -> None:
        self.asked.append("closed")


@pytest.fixture
def slow() -> Slow:
    made = Slow(Clock())
    made.door.set()
    return made


async def test_many_who_ask_at_once_are_one(slow: Slow) -> None:
    slow.door.clear()
    memory = Remembering(slow, slow.clock.now)
    waiting = [asyncio.create_task(memory.facts("a")) for _ in range(20)]
    await slow.knocked.wait()
    slow.door.set()
    found = await asyncio.gather(*waiting)
    assert slow.asked == ["a"]
    assert len({id(f) for f in found}) == 1


async def test_facts_are_good_for_ten_minutes(slow: Slow) -> None:
    memory = Remembering(slow, slow.clock.now)
    for minutes in (0, 9, 1, 5):
        slow.clock.pass_(timedelta(minutes=minutes))
        await memory.facts("a")
    assert slow.asked == ["a", "a"]


async def test_an_error_is_not_remembered(slow: Slow) -> None:
    memory = Remembering(slow, slow.clock.now)
    slow.error = Unreachable()
    with pytest.raises(Unreachable):
        await memory.facts("a")
    slow.error = None
    assert (await memory.facts("a")).key == "a"


async def test_one_slow_project_holds_up_no_other(slow: Slow) -> None:
    memory = Remembering(slow, slow.clock.now)
    await memory.facts("b")
    slow.door.clear()
    first = asyncio.create_task(memory.facts("a"))
    assert (await memory.facts("b")).key == "b"
    slow.door.set()
    assert (await first).key == "a"


async def test_only_so_many_are_kept(slow: Slow) -> None:
    memory = Remembering(slow, slow.clock.now)
    for number in range(MOST + 1):
        await memory.facts(str(number))
    await memory.facts(str(MOST))
    await memory.facts("0")
    assert slow.asked[-2:] == [str(MOST), "0"]


async def test_a_clock_that_is_set_back_lets_nothing_live_for_ever(slow: Slow) -> None:
    memory = Remembering(slow, slow.clock.now)
    await memory.facts("a")
    slow.clock.pass_(timedelta(days=-1))
    await memory.facts("a")
    assert slow.asked == ["a", "a"]


async def test_a_key_is_fetched_once_for_all_who_wait() -> None:
    clock, fetched = Clock(), []

    async def fetch() -> Fetched:
        fetched.append(clock.now())
        await asyncio.sleep(0)
        return Fetched(f"key{len(fetched)}", timedelta(hours=1))

    token = Token(fetch, clock.now)
    assert set(await asyncio.gather(*(token.get() for _ in range(9)))) == {"key1"}
    assert set(await asyncio.gather(*(token.get(but="key1") for _ in range(9)))) == {"key2"}
    clock.pass_(timedelta(minutes=49))
    assert await token.get() == "key3"
    assert "key3" not in repr(await fetch())


async def test_many_readings_at_once_share_one_key_and_one_list(tmp_path: Path) -> None:
    async with pingcode_rig(Clock(), tmp_path) as rig:
        await asyncio.gather(*(rig.tracker.facts(rig.project) for _ in range(8)))
        assert rig.fake is not None
        assert rig.fake.paths().count("/v1/auth/token") == 1
