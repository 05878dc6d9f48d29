"""Turns: from an inbound to the commit, on SQLite, with 1, 32 and 256 conversations at once.

The house has its coach, as it is served; the last row is the turn that asks it.
"""

import asyncio
import itertools
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.table import Row, spread
from bot.content import playbooks as content
from bot.content.coaching import default_coaching
from bot.core import flow
from bot.core.cards import screens
from bot.core.cards.blocks import Action
from bot.core.effects import Show
from bot.core.events import Begun, Raw, Stamp, Typed
from bot.core.words import CaseId, EventId, FieldId, PersonId, TenantId
from bot.engine.handle import handle
from bot.engine.house import House, Shelf
from bot.engine.inbound import Clicked, Commanded, Envelope, Profile, Said
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TENANT = TenantId("bench")
LINES = ("Acme Health", "the gearbox, tested and installed", "5 December 2026", "back")
CAUSE = {
    "cause_kind": "technical", "cause_party": "ours", "late_word": "", "internal_note": "",
    "own_part": "We ran that test three weeks too late.",
}  # fmt: skip
SETTINGS = ((1, 400), (32, 25), (256, 6))  # conversations at once, turns of each


def rows() -> Iterator[Row]:
    """All figures of this file."""
    with tempfile.TemporaryDirectory() as folder:
        for people, turns in SETTINGS:
            yield asyncio.run(_turns(Path(folder) / f"{people}.db", people, turns))
        yield asyncio.run(_coached(Path(folder) / "coached.db"))
    yield _reduce()
    yield _draw()


def _house(file: Path) -> House:
    migrate(file, at=AT)
    numbers = itertools.count()
    return House(
        store=SqlStore(file),
        shelf=Shelf(content.load_all().values()),
        clock=lambda: AT,
        new_id=lambda: f"id-{next(numbers)}",
        channels={},
        profile=Profile(language="en", zone="Europe/Paris", calendar="FR"),
        coaching=default_coaching,
    )


async def _coached(file: Path) -> Row:
    """The turn that ends a step: its answers are coached before it is committed."""
    house = _house(file)
    default_coaching()
    await _begin(house, 0)
    taken = []
    for turn in range(120):
        case = (await handle(house, Commanded(_envelope(0, f"why-{turn}"), "show"))).case
        boxes: dict[FieldId, Raw] = {FieldId(k): v for k, v in CAUSE.items()}
        boxes[FieldId("cause")] = f"On {turn % 28 + 1} May pump {turn} failed its leak test."
        click = Clicked(_envelope(0, f"cause-{turn}"), case, Action("submit"), 10_000, boxes)
        begun = time.perf_counter()
        reply = await handle(house, click)
        taken.append(time.perf_counter() - begun)
        assert reply.case
    await house.store.close()
    return Row("turn that ends a step and is coached", spread(taken[20:]))


async def _turns(file: Path, people: int, turns: int) -> Row:
    house = _house(file)
    await asyncio.gather(*(_begin(house, person) for person in range(people)))
    begun = time.perf_counter()
    taken = await asyncio.gather(*(_talk(house, person, turns) for person in range(people)))
    total = time.perf_counter() - begun
    await house.store.close()
    seconds = list(itertools.chain.from_iterable(taken))
    return Row(
        f"turn, {people} conversation{'s' if people > 1 else ''} at once",
        f"{len(seconds) / total:.0f} turns/s, {spread(seconds)}",
        "p50 ≤ 5 ms" if people == 1 else "",
    )


async def _begin(house: House, person: int) -> None:
    reply = await handle(house, Commanded(_envelope(person, "begin"), "new Apollo"))
    assert reply.case
    for turn, line in enumerate(LINES):  # the first turns fill caches
        await handle(house, Said(_envelope(person, f"warm-{turn}"), line))


async def _talk(house: House, person: int, turns: int) -> list[float]:
    taken = []
    for turn in range(turns):
        said = Said(_envelope(person, str(turn)), LINES[turn % len(LINES)])
        begun = time.perf_counter()
        reply = await handle(house, said)
        taken.append(time.perf_counter() - begun)
        assert reply.case
    return taken


def _envelope(person: int, event: str) -> Envelope:
    return Envelope(
        id=EventId(f"{person}-{event}"),
        tenant=TENANT,
        person=PersonId(f"person-{person}"),
        platform="bench",
        conversation=f"D{person}",
        at=AT,
    )


def _reduce() -> Row:
    """The core alone: a typed answer, on a case with some answers."""
    playbook = content.load_all()["delivery_delay"]
    stamp = Stamp(EventId("e"), AT, PersonId("anna"))
    case, _ = flow.begin(playbook, Begun(stamp, CaseId("c"), TENANT, "en", "UTC", "FR", "Apollo"))
    taken = []
    for turn in range(2000):
        typed = Typed(stamp, LINES[turn % 2])
        begun = time.perf_counter()
        after, _ = flow.reduce(playbook, case, typed)
        taken.append(time.perf_counter() - begun)
        assert after.revision == case.revision + 1
    median = sorted(taken)[len(taken) // 2]
    return Row("`reduce` alone, a typed answer", f"p50 {median * 1e6:.0f} µs", "< 100 µs")


def _draw() -> Row:
    """A step drawn to a card."""
    playbook = content.load_all()["delivery_delay"]
    stamp = Stamp(EventId("e"), AT, PersonId("anna"))
    case, effects = flow.begin(
        playbook, Begun(stamp, CaseId("c"), TENANT, "en", "UTC", "FR", "Apollo")
    )
    screen = next(effect.screen for effect in effects if isinstance(effect, Show))
    taken = []
    for _ in range(500):
        begun = time.perf_counter()
        screens.draw(playbook, case, screen, today=AT.date())
        taken.append(time.perf_counter() - begun)
    return Row("a step drawn to a card", spread(taken))
