"""What an operator takes out of the database: a case's record, a month's report, all of a tenant."""

import json

from bot.assembly import databases
from bot.core.cards.follow_desk import month_of
from bot.core.case import Case
from bot.core.reports.report import of_month, to_csv
from bot.core.words import CaseId, TenantId
from bot.settings import Settings, SettingsRefused
from bot.wiring import now


async def exported(settings: Settings, id_: str, kind: str) -> bytes:
    """The record of a case as "jsonl", "md" or "docx". Raises SettingsRefused for no such case."""
    from bot.papers import record as papers  # heavy, and wanted here alone

    async with databases.tended(settings, now()) as store:
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
    async with databases.tended(settings, now()) as store:
        for one in await store.tenants():
            if tenant in ("", one):
                found += [filed.case for filed in await store.cases_of_all(one)]
    return to_csv(of_month(found, day, today=today))


async def tenant_exported(settings: Settings, tenant: TenantId) -> bytes:
    """All that is kept of a tenant as JSON Lines, a row a line, but for its secrets.

    Raises SettingsRefused for a tenant of whom there is nothing.
    """
    async with databases.tended(settings, now()) as store:
        rows = [row async for row in store.upkeep.everything(tenant)]
    if not rows:
        raise SettingsRefused(f"there is nothing of a tenant {tenant}.")
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
