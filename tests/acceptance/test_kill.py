"""`kill -9` at every point between two statements of a turn: nothing lost, nothing twice."""

import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite.migrate import migrate
from tests.acceptance.script import AT, inbounds

KILLED = -9


class Process:
    """The process under test."""

    def __init__(self, what: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.killed", what],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, file: Path, start: int, *, fatal: int = 0) -> tuple[int, list[int]]:
        """One run, to its end or its kill: the exit code, and what was acknowledged."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{file}\t{start}\t{fatal}\n")
        self._process.stdin.flush()
        acked: list[int] = []
        for line in self._process.stdout:
            word, _, number = line.partition(" ")
            if word == "end":
                return int(number), acked
            acked.append(int(number))
        raise AssertionError("the process under test is gone")

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        assert self._process.wait(timeout=10) == 0
        self._process.stdout.close()


@pytest.fixture
def turns() -> Iterator[Process]:
    """A process that takes inbounds in."""
    found = Process("turns")
    yield found
    found.close()


@pytest.fixture
def sends() -> Iterator[Process]:
    """A process that sends the outbox."""
    found = Process("sends")
    yield found
    found.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A new database."""
    migrate(tmp_path / "candor.db", at=AT)
    return tmp_path / "candor.db"


@pytest.fixture
def calm(tmp_path: Path, turns: Process) -> Path:
    """A database after the whole script, without a kill."""
    migrate(tmp_path / "calm.db", at=AT)
    code, acked = turns.run(tmp_path / "calm.db", 0)
    assert (code, acked) == (0, list(range(len(inbounds()))))
    return tmp_path / "calm.db"


def rows(file: Path, question: str) -> list[tuple[object, ...]]:
    """The rows of a table."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


def applied(file: Path) -> Counter[object]:
    """How often each inbound stands in the log. (What was recalled for one bears its id too.)"""
    found = rows(file, "SELECT event FROM log WHERE kind NOT IN ('Recalled', 'Wrote')")
    return Counter(event for (event,) in found)


def everything(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, row by row."""
    tables = ("people", "cases", "inbox", "log", "outbox", "pings")
    return {name: sorted(rows(file, f"SELECT * FROM {name}"), key=repr) for name in tables}


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing_and_apply_nothing_twice(
    turns: Process, file: Path, calm: Path
) -> None:
    kills = acknowledged = 0
    fatal = 1
    while acknowledged < len(inbounds()):
        code, acked = turns.run(file, acknowledged, fatal=fatal)
        assert code in (0, KILLED)
        kills += code == KILLED
        acknowledged += len(acked)
        done = applied(file)
        assert all(done[f"e{n}"] == 1 for n in range(acknowledged))
        assert set(done.values()) <= {1}
        assert len(done) - acknowledged in (0, 1)
        assert set(done) == {event for (event,) in rows(file, "SELECT id FROM inbox")}
        # the next kill comes one point later in the same turn, or at the next turn's beginning
        fatal = 1 if acked else fatal + 1
    assert kills >= 100
    assert everything(file) == everything(calm)


@pytest.mark.slow
def test_a_kill_at_any_point_of_sending_brings_each_message_exactly_once(
    sends: Process, calm: Path, tmp_path: Path
) -> None:
    kills = 0
    code = KILLED
    while code == KILLED:
        file = tmp_path / f"copy-{kills}.db"
        shutil.copy(calm, file)
        code, _ = sends.run(file, 15, fatal=kills + 1)
        again, _ = sends.run(file, 17)  # later than the lease
        assert again == 0
        found = rows(file, "SELECT state, kind, id FROM outbox")
        assert {state for state, _, _ in found} == {"sent"}
        lines = [line.split("\t") for line in file.with_suffix(".messages").read_text().split("\n")]
        posted = [key for what, _, key, _ in lines[:-1] if what == "post"]
        assert sorted(posted) == sorted(str(id_) for _, kind, id_ in found if kind == "post")
        kills += code == KILLED
    assert kills >= 50
