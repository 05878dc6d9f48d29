"""A workspace of Slack for the tests that run a whole server."""

from collections.abc import AsyncIterator

import pytest

from tests.platforms.slack.fake.slack import FakeSlack, running


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A workspace of its own; at the end, no rule of Slack's was broken."""
    async with running(FakeSlack()) as found:
        yield found
        assert found.violations == []
