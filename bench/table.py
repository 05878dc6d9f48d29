"""One line of the benchmark table, and how it is written."""

import platform
import sqlite3
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, the figure with its unit, and what was aimed at."""

    what: str
    figure: str
    aim: str = ""


def spread(seconds: Sequence[float]) -> str:
    """The median and the 99th percentile, in milliseconds."""
    ranked = sorted(seconds)
    high = ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
    return f"p50 {1000 * statistics.median(ranked):.2f} ms, p99 {1000 * high:.2f} ms"


def markdown(rows: Iterable[Row]) -> str:
    """The rows as one table."""
    lines = [f"| {row.what} | {row.figure} | {row.aim} |" for row in rows]
    return "\n".join(["| measured | figure | aim |", "|---|---|---|", *lines])


def machine() -> str:
    """The machine that this ran on, in one line."""
    cores = Path("/proc/cpuinfo")
    text = cores.read_text() if cores.exists() else ""
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return (
        f"Machine: {names[0] if names else platform.machine()}, {len(names) or '?'} cores, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version} (WAL, synchronous FULL)"
    )
