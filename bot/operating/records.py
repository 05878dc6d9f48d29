"""Whether the records of cases hold: of the database that is at work, or of a copy."""

from bot.assembly import databases
from bot.engine.keeping import record
from bot.settings import Settings
from bot.store.sql import SqlStore
from bot.wiring import now


async def verified(settings: Settings) -> tuple[int, tuple[str, ...]]:
    """How many records there are, and the first fault of each that has one."""
    async with databases.tended(settings, now()) as store:
        return await faults(store)


async def faults(store: SqlStore) -> tuple[int, tuple[str, ...]]:
    """The same, of an open store."""
    found: list[str] = []
    lines = await store.recorded()
    for line in lines:
        filed = await store.case(line.tenant, line.case)
        entries = await store.entries(line.tenant, line.case)
        if filed is None:
            fault = record.fault_of_none(line.case, entries)
        else:
            fault = record.fault(filed.case, entries)
        if fault:
            found.append(fault)
    return len(lines), tuple(found)
