"""A fake Slack for each test, which must have seen nothing that breaks a rule of Slack's."""

from collections.abc import AsyncIterator

import pytest

from tests.platforms.slack.fake.slack import FakeSlack, running


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with running(FakeSlack()) as fake:
        yield fake
        assert fake.violations == []
