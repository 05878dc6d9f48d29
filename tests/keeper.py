"""Ends the tests' PostgreSQL server once nobody uses it any more, however they ended.

Each process that uses a server holds a shared lock on a file, which the system gives back when the
process is gone, also where it was killed. The keeper is a process beside them, in a session of its
own: it waits until it can have the lock for itself alone, and takes the server away.

Only the standard library is imported, for it runs as `python -I keeper.py FOLDER LOCK`.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL
from typing import BinaryIO

PATIENCE = 20.0  # seconds that a server may take to end when it is asked to
_held: list[object] = []  # for as long as this process lives


def use(folder: Path) -> None:
    """Use the server of this folder until this process ends; the first to do so sets its keeper up."""
    lock = folder.with_name(f"{folder.name}.lock")
    held = _shared(lock)
    _held.append(held)
    if not lock.stat().st_size:
        held.write(b"kept")
        held.flush()
        command = (sys.executable, "-I", __file__, str(folder), str(lock))
        _held.append(
            subprocess.Popen(
                command, start_new_session=True, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
            )
        )


def keep(folder: Path, lock: Path) -> None:
    """Wait until nobody uses the server, then end it and take its folder away."""
    with lock.open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        _end(folder)
        shutil.rmtree(folder, ignore_errors=True)
        lock.unlink(missing_ok=True)


def _shared(lock: Path) -> BinaryIO:
    """The lock, held; one that its keeper took away meanwhile is made anew."""
    while True:
        held = lock.open("ab")
        fcntl.flock(held, fcntl.LOCK_SH)
        with suppress(FileNotFoundError):
            if os.path.samestat(lock.stat(), os.fstat(held.fileno())):
                return held
        held.close()


def _end(folder: Path) -> None:
    try:
        process = int((folder / "postmaster.pid").read_text().split("\n")[0])
    except (FileNotFoundError, ValueError):
        return
    until = time.monotonic() + PATIENCE
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGINT)  # PostgreSQL's fast shutdown
        while time.monotonic() < until:
            time.sleep(0.05)
            os.kill(process, 0)
        os.kill(process, signal.SIGKILL)


if __name__ == "__main__":
    keep(*(Path(word) for word in sys.argv[1:]))
