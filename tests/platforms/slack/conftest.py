"""A fake Slack for each test, which must have seen nothing that breaks a rule of Slack's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.platforms.slack import manifest
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import Served, serving


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with running(FakeSlack()) as fake:
        yield fake
        assert fake.violations == []


@pytest.fixture
async def candor(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Served]:
    """Candor at work over HTTP, with the manifest that ships and no more."""
    slack.follow(manifest.read(manifest.shipped()))
    async with serving(slack, tmp_path) as served:
        yield served
