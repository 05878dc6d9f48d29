"""Start-up: the processor time of a new process until the house is imported, or a database ready."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from bench.table import Row

TIMES = 5
AS_STARTED = (  # as the command does it: not looked through, and without rich
    "import gc; gc.disable(); from bot.__main__ import load_plainly; load_plainly();"
)
IMPORT = (
    f"{AS_STARTED}import bot.store.sql, bot.store.sqlite.opening, bot.engine.handle,"
    "bot.engine.deliver"
)
WIRING = f"{AS_STARTED}import bot.wiring"
OPEN = (
    f"{AS_STARTED}import sys, asyncio; from pathlib import Path; from datetime import UTC, datetime;"
    "from bot.store.sqlite.opening import examine; from bot.store.sql import SqlStore;"
    "file = Path(sys.argv[1]) / 'candor.db';"
    "found = examine(file);"
    "exec('from bot.store.sqlite.migrate import migrate; migrate(file, at=datetime.now(UTC))'"
    " if found == 'new' else 'pass');"
    "asyncio.run(SqlStore(file).next_due())"
)


def rows() -> Iterator[Row]:
    """All figures of this file."""
    floor = _seconds("pass")
    yield Row("start: Python alone", f"{floor:.2f} s")
    yield Row("start: engine and store imported", f"{_seconds(IMPORT):.2f} s", "< 0.5 s")
    yield Row("start: the whole wiring imported", f"{_seconds(WIRING):.2f} s", "no SDK")
    with tempfile.TemporaryDirectory() as folder:
        yield Row("start: database made", f"{_seconds(OPEN, folder, times=1):.2f} s")
        yield Row("start: database opened again", f"{_seconds(OPEN, folder):.2f} s")


def _seconds(code: str, *arguments: str, times: int = TIMES) -> float:
    """The processor's seconds up to the end of `code`, the median of some starts."""
    report = "; import time; print(time.process_time())"
    taken = []
    for _ in range(times):
        done = subprocess.run(
            [sys.executable, "-c", code + report, *arguments],
            check=True,
            capture_output=True,
            text=True,
        )
        taken.append(float(done.stdout))
    return statistics.median(taken)
