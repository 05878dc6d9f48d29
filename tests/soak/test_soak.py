"""The soak in its short form: two servers, two workers, PostgreSQL and both platforms, all failing."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.postgres import Own
from tests.soak import plan
from tests.soak.soak import soak

SEED, SECONDS = 8, 30


@pytest.fixture
def server() -> Iterator[Own]:
    """A server of its own, for it is restarted."""
    with closing(Own(f"soaking-{os.getpid()}")) as found:
        yield found


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whatever_goes_wrong_nothing_is_lost_and_nothing_comes_twice(
    server: Own, tmp_path: Path
) -> None:
    result = asyncio.run(soak(plan.drawn(SEED, SECONDS), server, tmp_path))
    assert result.broken == ()
    assert result.counts["lines acknowledged"] > 0
    assert result.counts["lines taken in"] > 0
    assert result.counts["messages to customers"] > 0
    assert result.counts["processes killed"] > 0
