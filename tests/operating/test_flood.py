"""One person floods: what is above their limit is turned away early, and nobody else is harmed."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.engine.buckets import REMEMBERED, Buckets, Limits
from bot.engine.errors import TooMany
from bot.engine.inbound import Reply
from bot.engine.incoming.limits import SLOWER
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.contracts.rows import AT
from tests.engine.room import Room

FLOOD = 2000
LIMIT = 50


@dataclass
class Seconds:
    """A time that stands until it is moved."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def limited(room: Room, person: int = LIMIT, tenant: int = 0) -> Seconds:
    """The room with limits, and the time they go by."""
    time = Seconds()
    room.house = replace(room.house, limits=Limits.of(person, tenant, time=time))
    return time


async def test_a_flood_is_told_once_and_costs_the_database_nothing() -> None:
    room = Room()
    time = limited(room, person=3)
    replies = [await room.say(f"line {n}") for n in range(10)]
    shown = [r for r in replies if any(card.text == SLOWER for card in r.cards)]
    assert len(shown) == 1
    assert [r.seen for r in replies] == [False] * 4 + [True] * 6
    assert room.house.measures.too_many == {"person": 7}

    time.now += 60
    assert not (await room.say("one more")).seen


async def test_a_press_above_the_limit_can_be_pressed_again() -> None:
    room = Room()
    case = await room.begin()
    time = limited(room, person=1)
    again = room.envelope(id_="the-press")
    await room.say("one")
    with pytest.raises(TooMany):
        await room.click(case, "why", envelope=again)
    time.now += 60
    assert not (await room.click(case, "why", envelope=again)).seen


async def test_a_tenant_has_a_limit_of_its_own() -> None:
    room = Room()
    limited(room, person=0, tenant=2)
    for person in ("anna", "ben"):
        await room.begin(person=person)
    with pytest.raises(TooMany):
        await room.begin(person="cleo")
    assert room.house.measures.too_many == {"tenant": 1}


async def test_others_are_served_while_one_person_floods(tmp_path: Path) -> None:
    migrate(tmp_path / "candor.db", at=AT)
    store = SqlStore(tmp_path / "candor.db")
    room = Room(store)
    limited(room)
    order: list[str] = []

    async def say(person: str, text: str) -> Reply:
        reply = await room.say(text, room.envelope(person))
        order.append(person if not reply.seen else "away")
        return reply

    flood = [say("flood", f"line {n}") for n in range(FLOOD)]
    others = [say(f"person-{n}", "hello") for n in range(20)]
    replies = await asyncio.gather(*flood, *others)
    await store.close()

    assert order.count("away") == FLOOD - LIMIT - 1
    assert all(not reply.seen for reply in replies[FLOOD:])
    worked = [person for person in order if person != "away"]
    assert len(worked) == LIMIT + 1 + 20  # no other turn of the flood was ever begun
    entries = _taken(tmp_path / "candor.db")
    assert entries == LIMIT + 20


def _taken(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        (count,) = database.execute("SELECT count(*) FROM inbox").fetchone()
    return int(count)


def test_buckets_fill_evenly_and_no_further() -> None:
    time = Seconds()
    buckets = Buckets(60, time)
    assert [buckets.take("a") for _ in range(61)] == [True] * 60 + [False]
    time.now += 2.0
    assert [buckets.take("a") for _ in range(3)] == [True, True, False]
    time.now += 3600
    assert sum(buckets.take("a") for _ in range(100)) == 60


def test_the_buckets_used_longest_ago_are_forgotten() -> None:
    buckets = Buckets(2, Seconds())
    buckets.take("first")
    for n in range(REMEMBERED):
        buckets.take(str(n))
    assert [buckets.take("first") for _ in range(3)] == [True, True, False]
