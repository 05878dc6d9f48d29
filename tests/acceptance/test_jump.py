"""`candor serve` itself: killed, its clock three days on, killed again; and each is asked exactly once."""

import asyncio
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest

from bot.core.desk import Person
from bot.core.pings.manners import Manners
from bot.core.pings.reminder import Key, name_of
from bot.core.words import CaseId, PersonId
from bot.engine.ports import Filed, Ping, Place
from bot.platforms.playground.people import TENANT
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.acceptance.test_commands import CANDOR, ROOT
from tests.acceptance.test_kill import KILLED, rows
from tests.core.followed import Followed

OWNERS = ("maya", "omar")  # of the playground, so that it lays out no sample of its own
KEYS = (Key("milestone_check/1"), Key("new_date_in_danger/0"))
AT_ALL_HOURS = Manners(clock_time(0), clock_time(23, 59), morning=False, weekly=False)
PATIENCE = 120  # seconds; only a process that is broken takes them


def a_tuesday() -> datetime:
    """The morning of a Tuesday at least a week from now, whenever this runs."""
    now = datetime.now(UTC)  # noqa: TID251 - the clock of the process that is started
    ahead = now + timedelta(days=7 + (1 - now.weekday()) % 7)
    return ahead.replace(hour=9, minute=30, second=0, microsecond=0)


async def _lay(file: Path, due: datetime) -> None:
    told, store = Followed().tell(), SqlStore(file)
    async with store.turn(TENANT) as turn:
        await turn.keep_playbook(told.playbook)
        for owner in OWNERS:
            where = f"dm:{owner}"
            person = Person(PersonId(owner), TENANT, "en", "UTC", "none", greeted=True,
                            manners=AT_ALL_HOURS, platform="playground", conversation=where)  # fmt: skip
            await turn.save_person(person)
            of = {key: replace(told.case.reminders[key], due=due) for key in KEYS}
            case = replace(told.case, id=CaseId(f"of-{owner}"), tenant=TENANT, owner=person.id,
                           zone="UTC", calendar="none", reminders=of)  # fmt: skip
            await turn.save(Filed(case, Place("playground", where)), was=None)
            for key in KEYS:
                await turn.set_ping(Ping(TENANT, case.id, name_of(key), due))
    await store.close()


@contextmanager
def serving(folder: Path, at: datetime) -> Iterator[None]:
    """The served house, on a clock that shows this moment; it is killed at the end."""
    ahead = at - datetime.now(UTC)  # noqa: TID251 - as above
    (folder / "candor.clock").write_text(str(int(ahead.total_seconds())), encoding="ascii")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CANDOR_")}
    own = {"CANDOR_BIND": "127.0.0.1:0", "CANDOR_DATA": str(folder)}
    env = {**kept, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **own}
    with subprocess.Popen(
        [*CANDOR, "serve"], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Candor is at ")
        try:
            yield
        finally:
            process.kill()
            assert process.wait(timeout=20) == KILLED


def until(met: Callable[[], bool]) -> None:
    """Look until it is so."""
    ends = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < ends, "it never came to that"
        time.sleep(0.02)


def asked(file: Path) -> list[tuple[str, str]]:
    found = rows(file, "SELECT case_id, body FROM log WHERE kind = 'PingDue'")
    return [(str(case), str(body)) for case, body in found]


def sent(file: Path) -> Counter[str]:
    """How many messages with questions each conversation has."""
    found = rows(
        file, "SELECT conversation FROM outbox WHERE kind = 'post' AND state = 'sent' "
        "AND slot LIKE 'pings:%'",
    )  # fmt: skip
    return Counter(str(where) for (where,) in found)


@pytest.mark.slow
def test_served_and_killed_across_three_days_each_owner_gets_one_message(tmp_path: Path) -> None:
    file, due = tmp_path / "candor.db", a_tuesday()
    migrate(file, at=due - timedelta(days=30))
    asyncio.run(_lay(file, due))
    with serving(tmp_path, due - timedelta(hours=1)):
        assert asked(file) == []
    after = due + timedelta(days=3)
    with serving(tmp_path, after):
        until(lambda: bool(asked(file)))  # and killed before or while it is sent
    with serving(tmp_path, after + timedelta(minutes=2)):  # later than the lease
        until(lambda: sum(sent(file).values()) >= len(OWNERS))
    with serving(tmp_path, after + timedelta(minutes=4)):
        until(lambda: not rows(file, "SELECT id FROM outbox WHERE state <> 'sent'"))
    assert sent(file) == {f"dm:{owner}": 1 for owner in OWNERS}
    assert len(asked(file)) == len(set(asked(file))) == len(OWNERS) * len(KEYS)
