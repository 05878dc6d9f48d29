"""What the operator takes out of the database: a case's record, a month's report, whether all holds."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot import chats, databases
from bot.core.cards.follow_desk import month_of
from bot.core.case import Case
from bot.core.reports.report import of_month, to_csv
from bot.core.words import CaseId
from bot.engine import record
from bot.engine.errors import Conflict
from bot.engine.ports import Sealed
from bot.settings import Settings, SettingsRefused
from bot.store.sql import SqlStore
from bot.wiring import now


async def exported(settings: Settings, id_: str, kind: str) -> bytes:
    """The record of a case as "jsonl", "md" or "docx". Raises SettingsRefused for no such case."""
    from bot.papers import record as papers  # heavy, and wanted here alone

    async with opened(settings) as store:
        for tenant in await store.whose(CaseId(id_)):
            filed = await store.case(tenant, CaseId(id_))
            entries = await store.entries(tenant, CaseId(id_))
            if filed is not None:
                match kind:
                    case "md":
                        return papers.markdown(filed.case, entries)
                    case "docx":
                        return papers.document(filed.case, entries)
                    case _:
                        return papers.json_lines(entries)
    raise SettingsRefused(f"there is no case {id_} in {databases.place(settings)}.")


async def reported(settings: Settings, month: str, tenant: str) -> str:
    """A month's report as CSV: of one tenant, or of all. Raises SettingsRefused for no month."""
    today = now().date()
    day = month_of(month, today)
    if day is None:
        raise SettingsRefused(f"“{month}” is no month; write one such as 2026-05.")
    found: list[Case] = []
    async with opened(settings) as store:
        for one in await store.tenants():
            if tenant in ("", one):
                found += [filed.case for filed in await store.cases_of_all(one)]
    return to_csv(of_month(found, day, today=today))


async def sealed_anew(settings: Settings) -> tuple[int, tuple[str, ...]]:
    """How many secrets were sealed with the newest key, and the names of those that no key opens.

    One that another process changes meanwhile is looked at again. Raises SettingsRefused.
    """
    from bot.engine.vault import Unreadable  # heavy, and wanted here alone

    vault = chats.vault(settings)
    done, lost = 0, []
    async with opened(settings) as store:
        for found in await store.safe.everything():
            sealed: Sealed | None = found
            while sealed is not None:
                try:
                    body = vault.again(sealed.body)
                    newer = replace(sealed, body=body, version=sealed.version + 1)
                    await store.safe.keep(newer, was=sealed.version)
                    done += 1
                except Unreadable:
                    lost.append(f"{sealed.name} of {sealed.tenant}")
                except Conflict:
                    sealed = await store.safe.read(sealed.tenant, sealed.name)
                    continue
                break
    return done, tuple(lost)


async def verified(settings: Settings) -> tuple[int, tuple[str, ...]]:
    """How many records there are, and the first fault of each that has one."""
    async with opened(settings) as store:
        return await faults(store)


async def faults(store: SqlStore) -> tuple[int, tuple[str, ...]]:
    """The same of an open store."""
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


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[SqlStore]:
    """The store as it stands, for a look; brought up to date first."""
    databases.migrate(settings, now())
    store = databases.opened(settings)
    try:
        yield store
    finally:
        await store.close()
