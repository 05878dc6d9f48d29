"""A rig for each meeting system, by its name."""

from collections.abc import AsyncIterator

import pytest

from tests.meetings.rigs import FORGETFUL, LATE, PLATFORM, RIGS, SIGNED, Rig
from tests.sources.fakes.vendor import Clock


@pytest.fixture(params=sorted(RIGS))
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Every meeting system in turn."""
    async with RIGS[request.param](Clock()) as made:
        yield made


@pytest.fixture(params=sorted(set(RIGS) - FORGETFUL))
async def mindful(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Every meeting system in which what was booked is found again."""
    async with RIGS[request.param](Clock()) as made:
        yield made


@pytest.fixture(params=sorted(set(RIGS) - SIGNED))
async def keyed(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Every meeting system whose key is fetched, and may be over."""
    async with RIGS[request.param](Clock()) as made:
        yield made


@pytest.fixture(params=sorted(set(RIGS) - PLATFORM))
async def outside(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Every meeting system that is asked by the one way to outside systems."""
    async with RIGS[request.param](Clock()) as made:
        yield made


@pytest.fixture(params=sorted(LATE))
async def late(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Every meeting system whose link may come a moment after the meeting."""
    async with RIGS[request.param](Clock()) as made:
        yield made
