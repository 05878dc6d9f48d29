"""Deliveries doubled, posts cut, a storm of refusals, `kill -9`: each thing once, in order."""

import asyncio
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.slack.texts import Payload
from tests.platforms.slack import cards
from tests.platforms.slack.driven import PM, Driven, a_slack
from tests.platforms.slack.fake.faults import Cut, RateLimited
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, Served, serving
from tests.script.test_engine import alike

KILLED = -9
SENDERS = ("UMAYA", "UOMAR", "ULIN")
FORMS = next(f for f in cards.FILES if f.stem == "clinic_forms_zh")
TYPED = next(f for f in cards.FILES if f.stem == "depot_typed_en")


def keys(slack: FakeSlack, user: str) -> Counter[str]:
    """How often each row of the outbox stands in a person's conversation."""
    found = (m.metadata for m in slack.messages(slack.dm(user)) if m.metadata)
    return Counter(metadata["event_payload"]["id"] for metadata in found)


def first_time() -> Callable[[Payload], bool]:
    """Whether a call is made for the first time."""
    made: set[str] = set()

    def is_first(arguments: Payload) -> bool:
        name = repr([arguments.get(part) for part in ("channel", "ts", "metadata", "blocks")])
        is_new = name not in made
        made.add(name)
        return is_new

    return is_first


@pytest.mark.parametrize("file", [FORMS, TYPED], ids=lambda file: file.stem)
async def test_every_delivery_made_twice_is_applied_once(file: Path, tmp_path: Path) -> None:
    played = cards.played(file)
    slack, time = a_slack(played)
    async with running(slack), serving(slack, tmp_path) as candor:
        slack.sender.twice = "after" if file is FORMS else "together"
        found = await Driven(candor, played, time).run()
        for case in played.cases:
            assert alike(found[case.id]) == alike(case)
        assert set(keys(slack, PM).values()) == {1}
    slack.forgive()  # the second delivery of a press has a trigger that was used


@pytest.mark.parametrize("file", [FORMS, TYPED], ids=lambda file: file.stem)
async def test_every_post_that_is_cut_after_acceptance_stands_once(
    file: Path, tmp_path: Path
) -> None:
    played = cards.played(file)
    slack, time = a_slack(played)
    async with running(slack), serving(slack, tmp_path) as candor:
        for method in ("chat.postMessage", "chat.update"):
            slack.faults.plan(method, Cut(after=True), times=None, where=first_time())
        found = await Driven(candor, played, time, looks=3).run()
        for case in played.cases:
            assert found[case.id].answers.keys() == case.answers.keys()
        assert set(keys(slack, PM).values()) == {1}
        rows = [p for c in found.values() for p in await candor.house.store.parcels(c.tenant, c.id)]
        posted = [p for p in rows if p.kind == "post"]
        assert {p.state for p in posted} == {"sent"}
        assert sum(keys(slack, PM).values()) == len(posted)
    assert slack.violations == []


async def test_a_storm_of_refusals_is_waited_out_in_order_and_within_the_rate(
    slack: FakeSlack, candor: Served
) -> None:
    people = [slack.workspace.add_user(f"U{n:03}", f"p{n}").id for n in range(40)]
    slack.faults.plan("chat.postMessage", RateLimited(20), times=120)
    for user in people:
        await slack.people.command(user, "/delay", "Wind farm")
        await slack.happenings.say(user, "Hollow Hill")
    for _ in range(40):
        await candor.settle()
        slack.clock.move(timedelta(seconds=30))
    for user in people:
        assert len(candor.told(user)) == 2
        assert set(keys(slack, user).values()) == {1}


async def test_one_message_a_second_goes_into_a_conversation(
    slack: FakeSlack, tmp_path: Path
) -> None:
    slack.rates.on = True
    async with serving(slack, tmp_path, pace=0.2) as candor:
        await slack.people.command(MAYA, "/delay", "Wind farm")
        for line in ("Hollow Hill", "the turbine"):
            await slack.happenings.say(MAYA, line)
        begun = asyncio.get_running_loop().time()
        await candor.settle()
        assert asyncio.get_running_loop().time() - begun >= 0.4
    assert len(slack.called("chat.postMessage")) == 3
    assert len(candor.told()) == 3


@asynccontextmanager
async def process() -> AsyncIterator[asyncio.subprocess.Process]:
    """The process that sends and dies."""
    pipe = asyncio.subprocess.PIPE
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.platforms.slack.killed", stdin=pipe, stdout=pipe
    )
    try:
        yield started
    finally:
        assert started.stdin is not None
        started.stdin.close()
        assert await started.wait() == 0


async def sent(
    by: asyncio.subprocess.Process, file: Path, slack: FakeSlack, *, later: int, fatal: int
) -> int:
    """One run so many seconds later; its exit code."""
    assert by.stdin is not None
    assert by.stdout is not None
    epoch = slack.clock.epoch + later
    line = f"{file}\t{epoch}\t{slack.base_url}\t{slack.bot_token}\t{fatal}\n"
    by.stdin.write(line.encode())
    await by.stdin.drain()
    said = (await by.stdout.readline()).decode()
    return int(said.removeprefix("end "))


async def outbox(folder: Path) -> Path:
    """A database whose outbox holds some posts and edits that nobody has sent."""
    slack = FakeSlack()
    async with running(slack), serving(slack, folder) as candor:
        for user, lines in zip(SENDERS, (4, 3, 3), strict=True):
            await slack.people.command(user, "/delay", "Wind farm")
            for line in ("Hollow Hill", "the turbine", "27 November 2030", "no")[:lines]:
                await slack.happenings.say(user, line)
        await candor.platform.settled()
    return folder / "candor.db"


@pytest.mark.slow
async def test_a_hundred_kills_while_sending_bring_each_message_exactly_once(
    tmp_path: Path,
) -> None:
    calm = await outbox(tmp_path)
    kills, code = 0, KILLED
    async with process() as sender:
        while code == KILLED:
            file = tmp_path / f"copy-{kills}.db"
            shutil.copy(calm, file)
            slack = FakeSlack()
            async with running(slack):
                code = await sent(sender, file, slack, later=1, fatal=kills + 1)
                assert await sent(sender, file, slack, later=90, fatal=0) == 0
                with closing(sqlite3.connect(file)) as connection:
                    rows = connection.execute("SELECT state, kind, id FROM outbox").fetchall()
                assert {state for state, _, _ in rows} == {"sent"}
                stand = sum((keys(slack, u) for u in SENDERS), Counter())
                assert stand == Counter(id_ for _, kind, id_ in rows if kind == "post")
                assert slack.violations == []
            file.unlink()
            kills += code == KILLED
    assert kills >= 100
