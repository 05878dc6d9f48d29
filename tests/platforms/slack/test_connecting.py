"""An admin connects a tracker in Slack: in a window, so that the key stands in no message."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.core.approving.organisation import Member, Organisation
from bot.core.words import PersonId
from bot.engine.keeping.vault import new_key
from bot.settings import Settings
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, TEAM, Served, serving
from tests.platforms.slack.test_entries import words
from tests.sources.fakes import linear
from tests.sources.fakes.vendor import Clock

MINE = PersonId(MAYA)
OURS = Organisation(people=(Member(MINE, "Maya"),), roles={"admin": (MINE,)})


@pytest.fixture
async def candor(tmp_path: Path) -> AsyncIterator[Served]:
    """Candor beside a Linear, of which Maya is an admin."""
    fake, tracker = FakeSlack(), linear.Linear(Clock())
    await tracker.start()
    settings = Settings(keys=SecretStr(new_key()), linear_base_url=tracker.base)
    async with (
        running(fake),
        serving(fake, tmp_path, organisation=OURS, settings=settings) as served,
    ):
        yield served
        assert served.house.own is not None
        await served.house.own.close()
        assert fake.violations == []
    await tracker.stop()


def on_disk(folder: Path) -> bytes:
    return b"".join(f.read_bytes() for f in folder.glob("candor.db*"))


def everything(candor: Served) -> str:
    """All messages that anybody has seen."""
    slack = candor.slack
    return str([words(m) for m in slack.ephemerals(MAYA)]) + str(candor.told())


async def test_a_key_is_given_in_a_window_from_the_home_tab_and_stands_nowhere(
    candor: Served, tmp_path: Path
) -> None:
    slack = candor.slack
    await slack.happenings.open_home(MAYA)
    await candor.settle()
    await slack.people.press_at_home(MAYA, "Connections")
    await candor.settle()
    await slack.people.press(MAYA, slack.ephemerals(MAYA)[-1], "Connect Linear")
    await candor.settle()
    assert "into no message" in words(slack.view(MAYA))
    await slack.people.submit(MAYA, {"API key": linear.KEY})
    await candor.settle()
    assert slack.view(MAYA) is None
    assert "Linear shows 1 project; read Tram depot" in words(slack.ephemerals(MAYA)[-1])
    assert candor.house.own is not None
    assert list(await candor.house.own.connections.of(TEAM)) == ["linear"]
    assert linear.KEY.encode() not in on_disk(tmp_path)
    assert linear.KEY not in everything(candor)


async def test_what_cannot_be_taken_is_said_in_the_window(candor: Served) -> None:
    slack = candor.slack
    await slack.people.command(MAYA, "/delay", "connections")
    await candor.settle()
    await slack.people.press(MAYA, slack.ephemerals(MAYA)[-1], "Connect Jira")
    await candor.settle()
    await slack.people.submit(MAYA, {"Address": "http://10.0.0.7", "Token": "t"})
    await candor.settle()
    assert "One in a private network is for whoever runs Candor" in words(slack.view(MAYA))
