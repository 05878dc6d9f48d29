"""What an operator does with the database as a whole: copies, and what is to be erased or exported."""

import asyncio
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import accounts, databases
from bot.content.organisations import load_organisations
from bot.core.approving.organisation import Organisations
from bot.core.words import EventId, PersonId, TenantId, same
from bot.engine.errors import BrokenRecord
from bot.engine.redaction import Somebody
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
            return Checked(*await accounts.faults(store))
        finally:
            await store.close()

    return asyncio.run(look())


@dataclass(frozen=True, slots=True)
class Found:
    """What an erasure reaches: cases that go, and cases of others in which somebody is named."""

    own: int = 0
    others: int = 0


async def person_erased(
    settings: Settings, tenant: TenantId, person: PersonId, names: Sequence[str], *, really: bool
) -> Found:
    """Erase a person from a tenant: their cases, and their name from those of others.

    Without `really`, only what it would reach is counted. What was begun goes on when it is asked
    for again.
    """
    organisation = _organisations(settings).of(tenant)
    called = dict.fromkeys(name for name in (*names, organisation.name_of(person)) if name.strip())
    who = Somebody(person, PersonId(f"erased-{secrets.token_hex(6)}"), tuple(called))
    async with accounts.opened(settings) as store:
        own = await store.upkeep.owned(tenant, person)
        others = await store.upkeep.speaking_of(tenant, who)
        if really:
            for line in own:
                await store.upkeep.let_go(line, event=_event(), at=now(), why="person")
            for line in others:
                await store.upkeep.take_out(line, who, event=_event(), at=now())
            await store.upkeep.forget_person(tenant, who)
    return Found(len(own), len(others))


async def tenant_erased(settings: Settings, tenant: TenantId, *, really: bool) -> int:
    """Erase a tenant with all that is kept of it, its record too; gives how many rows there were."""
    async with accounts.opened(settings) as store:
        rows = [row async for row in store.upkeep.everything(tenant)]
        if really:
            await store.erase(tenant)
    return len(rows)


async def tenant_exported(settings: Settings, tenant: TenantId) -> bytes:
    """All that is kept of a tenant as JSON Lines, a row a line, but for its secrets.

    Raises SettingsRefused for a tenant of whom there is nothing.
    """
    async with accounts.opened(settings) as store:
        rows = [row async for row in store.upkeep.everything(tenant)]
    if not rows:
        raise SettingsRefused(f"there is nothing of a tenant {tenant}.")
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def _event() -> EventId:
    return EventId(f"operator:{secrets.token_hex(8)}")


def _organisations(settings: Settings) -> Organisations:
    file = settings.organisation
    return Organisations(load_organisations(file) if file is not None else ())
