"""`kill -9` at every point between two statements of a turn: nothing lost, nothing twice."""

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.migrate import migrate
from tests.acceptance.script import AT, inbounds

KILLED = -9


class Process:
    """The process under test; `acked` counts what it has acknowledged."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.acked = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.acceptance.killed", str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, fatal: int) -> int:
        """Deliver what was not acknowledged, until the kill; gives the exit code."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{self.acked} {fatal}\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            word, _, number = line.partition(" ")
            if word == "end":
                return int(number)
            assert int(number) == self.acked
            self.acked += 1
        raise AssertionError("the process under test is gone")

    def close(self) -> None:
        """Let it end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        assert self._process.wait(timeout=10) == 0
        self._process.stdout.close()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    """A process over a new database."""
    file = tmp_path / "candor.db"
    migrate(file, at=AT)
    found = Process(file)
    yield found
    found.close()


def rows(file: Path, question: str) -> list[tuple[object, ...]]:
    """The rows of a table."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(question).fetchall()


def applied(file: Path) -> Counter[object]:
    """How often each inbound stands in the log. (What was recalled for one bears its id too.)"""
    found = rows(file, "SELECT event FROM log WHERE kind != 'Recalled'")
    return Counter(event for (event,) in found)


def everything(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, row by row."""
    tables = ("people", "cases", "inbox", "log", "outbox", "pings")
    return {name: sorted(rows(file, f"SELECT * FROM {name}"), key=repr) for name in tables}


@pytest.mark.slow
def test_a_hundred_kills_lose_nothing_and_apply_nothing_twice(
    process: Process, tmp_path: Path
) -> None:
    calm = Process(tmp_path / "calm.db")
    migrate(calm.file, at=AT)
    assert calm.run(0) == 0
    kills, point = 0, 1
    while process.acked < len(inbounds()):
        before = process.acked
        code = process.run(point)
        assert code in (0, KILLED)
        kills += code == KILLED
        done = applied(process.file)
        assert all(done[f"e{n}"] == 1 for n in range(process.acked))
        assert set(done.values()) <= {1}
        assert len(done) - process.acked in (0, 1)
        assert set(done) == {event for (event,) in rows(process.file, "SELECT id FROM inbox")}
        # the next kill comes one point later in the same turn, or at the next turn's beginning
        point = point + 1 if process.acked == before else 1
    assert kills >= 100
    assert everything(process.file) == everything(calm.file)
    calm.close()
