"""The tests' own PostgreSQL server: it ends with the last process that uses it, even a killed one."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from subprocess import Popen

import psycopg
import pytest

HERE = Path(__file__).parents[2]
USER = (
    "import sys; from tests import postgres; "
    "print(postgres.server(sys.argv[1]), flush=True); sys.stdin.read()"
)


@pytest.fixture
def begin() -> Iterator[Callable[[str], "Popen[str]"]]:
    """Begins a process that uses the server of a run; all are killed in the end."""
    begun: list[Popen[str]] = []
    own = {n: v for n, v in os.environ.items() if n != "CANDOR_DATABASE_URL"}

    def start(run: str) -> "Popen[str]":
        pipe = subprocess.PIPE
        command = (sys.executable, "-c", USER, run)
        begun.append(Popen(command, cwd=HERE, env=own, stdin=pipe, stdout=pipe, text=True))
        return begun[-1]

    yield start
    for process in begun:
        _kill(process)


def test_a_server_outlives_a_killed_user_and_ends_with_the_last_one(
    begin: Callable[[str], "Popen[str]"],
) -> None:
    run = f"keeper-{secrets.token_hex(4)}"
    folder = Path(tempfile.gettempdir()).resolve() / f"candor-postgres-{run}"
    first, second = begin(run), begin(run)
    address = _line(first)
    assert _line(second) == address
    server = int((folder / "postmaster.pid").read_text().split("\n")[0])

    _kill(first)
    with closing(psycopg.connect(address)) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)

    _kill(second)
    while folder.exists():  # the time limit of the test is the limit
        time.sleep(0.05)
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def _line(process: "Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _kill(process: "Popen[str]") -> None:
    process.kill()
    process.communicate()
