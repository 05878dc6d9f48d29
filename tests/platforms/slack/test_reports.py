"""A report over all cases: Slack has its answer before one of them is read."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.core.approving.organisation import Organisation
from bot.core.words import CaseId, PersonId, TenantId
from bot.engine.ports import CASES_REPORTED, Filed
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, standing
from tests.platforms.slack.test_charts import told
from tests.platforms.slack.test_entries import words

OFFICE = Organisation(str(TEAM), roles={"pmo": (PersonId(MAYA),)})


class Shut(SqlStore):
    """Thousands of cases behind a door."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.door = asyncio.Event()

    async def cases_of_all(self, tenant: TenantId) -> tuple[Filed, ...]:
        """One case many times over, once the door is open."""
        await self.door.wait()
        (filed,) = await super().cases_of_all(tenant)
        many = (replace(filed.case, id=CaseId(f"c{n}")) for n in range(CASES_REPORTED))
        return tuple(replace(filed, case=case) for case in many)


async def test_a_command_and_a_line_are_answered_before_a_case_is_read(
    slack: FakeSlack, tmp_path: Path
) -> None:
    migrate(tmp_path / "candor.db", at=slack.clock())
    store = Shut(tmp_path / "candor.db")
    async with standing(slack, store, organisation=OFFICE) as candor:
        await told(candor)
        await slack.people.command(MAYA, "/delay", "report 2026-05", channel="C0TEAM")
        await slack.happenings.say(MAYA, "/delay report 2026-05")
        store.door.set()  # Slack has both its answers by now
        await candor.settle()
        said = [words(message) for message in slack.ephemerals(MAYA)]
        assert len([s for s in said if "putting the report together" in s]) == 2
        assert len([s for s in said if f"Delays: {CASES_REPORTED}" in s]) == 2
    await store.close()
