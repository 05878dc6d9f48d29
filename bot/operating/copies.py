"""Whole copies of a SQLite database: made, checked, put back."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from bot.assembly import databases
from bot.core.words import same
from bot.engine.errors import BrokenRecord
from bot.operating import records
from bot.settings import Settings, SettingsRefused
from bot.store.sql import SqlStore
from bot.store.sqlite import copies
from bot.wiring import now


@dataclass(frozen=True, slots=True)
class Checked:
    """How many records a copy holds, and what is wrong with each that does not hold."""

    records: int = 0
    faults: tuple[str, ...] = ()


def backed_up(settings: Settings, target: Path) -> Checked:
    """A whole copy in a new file, with what is to be said of its records.

    Raises SettingsRefused for a file that is there, or a class of engine.errors.Unopenable.
    """
    file = _file(settings)
    if target.exists():
        raise SettingsRefused(f"{target} is there already; name a new file.")
    if not file.exists():
        raise SettingsRefused(f"{file} is not there yet, so there is nothing to copy.")
    found: list[Checked] = []
    copies.copy(file, target, look=lambda part: found.append(_checked(part)))
    return found[0]


def restored(settings: Settings, source: Path, *, anyway: bool) -> tuple[Checked, Path | None]:
    """What the copy that is now the database holds, and where the state from before is kept.

    Raises SettingsRefused for no such file, a class of engine.errors.Unopenable; and BrokenRecord,
    unless `anyway`.
    """
    if not source.is_file():
        raise SettingsRefused(f"{source} is not there; check its name.")
    found: list[Checked] = []

    def look(part: Path) -> None:
        found.append(_checked(part))
        if found[0].faults and not anyway:
            raise BrokenRecord(BrokenRecord.sentence.fill(fault=same(found[0].faults[0])))

    kept = copies.put_back(source, _file(settings), at=now(), look=look)
    return found[0], kept


def _file(settings: Settings) -> Path:
    where = databases.place(settings)
    if not isinstance(where, Path):
        raise SettingsRefused(
            "This is for SQLite alone; PostgreSQL has pg_dump and pg_restore, see "
            "docs/howto/operate.md."
        )
    return where


def _checked(file: Path) -> Checked:
    """What the records in a copy of this release say."""

    async def look() -> Checked:
        store = SqlStore(file)
        try:
            return Checked(*await records.faults(store))
        finally:
            await store.close()

    return asyncio.run(look())
