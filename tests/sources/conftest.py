"""A rig for each tracker, by its name."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.sources.fakes.vendor import Clock
from tests.sources.rigs import RIGS, Rig


@pytest.fixture(params=sorted(RIGS))
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    """Every tracker in turn."""
    async with RIGS[request.param](Clock(), tmp_path) as made:
        yield made


@pytest.fixture(params=["feishu", "pingcode", "worktile"])
async def keyed(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    """Every tracker whose key is fetched, and may be over."""
    async with RIGS[request.param](Clock(), tmp_path) as made:
        yield made


@pytest.fixture(params=sorted(set(RIGS) - {"files"}))
async def asked(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    """Every tracker that is asked over HTTP."""
    async with RIGS[request.param](Clock(), tmp_path) as made:
        yield made
