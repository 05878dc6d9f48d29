"""The report as the operator writes it out: of one tenant or of all, on a real database."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.words import CaseId, TenantId
from bot.engine.ports import Filed, Place
from bot.operating import exports
from bot.settings import Settings, SettingsRefused
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.core.followed import Followed


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """Two tenants with a case each."""
    file = tmp_path / "candor.db"
    migrate(file, at=datetime(2026, 6, 1, tzinfo=UTC))
    store = SqlStore(file)
    for tenant in (TenantId("north"), TenantId("south")):
        case = replace(Followed().tell().case, id=CaseId(f"of-{tenant}"), tenant=tenant)
        async with store.turn(tenant) as turn:
            await turn.save(Filed(case, Place("slack", "D1")), was=None)
    await store.close()
    return Settings(database_url=f"sqlite:///{file}")


def cases(content: str) -> list[str]:
    return [row["case"] for row in csv.DictReader(io.StringIO(content))]


async def test_a_month_is_written_out_for_all_or_for_one(settings: Settings) -> None:
    assert cases(await exports.reported(settings, "2026-06", "")) == ["of-north", "of-south"]
    assert cases(await exports.reported(settings, "2026-06", "south")) == ["of-south"]
    assert cases(await exports.reported(settings, "2026-04", "")) == []


async def test_what_is_no_month_is_said_so(settings: Settings) -> None:
    with pytest.raises(SettingsRefused, match="no month"):
        await exports.reported(settings, "soon", "")
