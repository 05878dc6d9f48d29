"""A project picked from a tracker in Slack: the list, what was read, and what stands ready to be taken."""

from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.core.case import text_of
from bot.core.words import FieldId
from bot.engine.tick import tick
from bot.engine.trackers import Trackers
from bot.sources.files import FolderTracker
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, Served, serving
from tests.sources.samples import MEASURED


@pytest.fixture
async def candor(tmp_path: Path) -> AsyncIterator[Served]:
    """Candor with a folder of plans, and a conversation of Maya's that has just begun."""
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "Rig 7.csv").write_bytes(MEASURED)
    fake = FakeSlack()
    plans = FolderTracker(tmp_path / "plans", fake.clock, ZoneInfo("Europe/Berlin"))
    found = Trackers({"files": plans})
    async with running(fake), serving(fake, tmp_path, trackers=found) as served:
        await fake.people.command(MAYA, "/delay", "new")
        await served.settle()
        yield served
        assert fake.violations == []


async def read(candor: Served) -> None:
    await tick(candor.house)
    await candor.house.trackers.idle()
    await candor.settle()


async def test_a_project_is_picked_and_its_facts_stand_in_the_conversation(candor: Served) -> None:
    await candor.press("Take the facts from the plan file")
    await read(candor)
    await candor.press("Rig 7")
    await read(candor)
    assert "Rig 7 in the plan file, read" in str(candor.live().blocks)
    assert "5 of 8 items done" in str(candor.live().blocks)
    case = await candor.case()
    assert text_of(case, "project") == "Rig 7"
    assert FieldId("percent_done") in case.offers


async def test_a_plan_that_went_away_is_said_and_the_conversation_goes_on(
    candor: Served, tmp_path: Path
) -> None:
    await candor.press("Take the facts from the plan file")
    await read(candor)
    (tmp_path / "plans" / "Rig 7.csv").unlink()
    await candor.press("Rig 7")
    await read(candor)
    assert "could not be read: the project is not there any more" in str(candor.live().blocks)
    await candor.say("Northbay Museum")
    assert text_of(await candor.case(), "customer") == "Northbay Museum"
