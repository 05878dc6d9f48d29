"""A room with a store in memory."""

import pytest

from tests.engine.room import Room


@pytest.fixture
def room() -> Room:
    """A new house."""
    return Room()
