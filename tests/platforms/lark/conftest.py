"""The fake Lark for the tests of this folder."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.stand_in import StandIn


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    """A running fake. A test that means to break a card rule empties `fake.violations`."""
    with FakeLark() as lark:
        yield lark


@pytest.fixture
async def plain(fake: FakeLark) -> AsyncIterator[Plain]:
    """A client of the fake that has a token."""
    async with Plain(fake) as client:
        await client.log_in()
        yield client


@pytest.fixture
async def app(fake: FakeLark) -> AsyncIterator[StandIn]:
    """A stand-in for the bot that hears every push, sealed and signed."""
    stand_in = StandIn(encrypt_key="a key to seal with")
    stand_in.start()
    assert await fake.subscribe(stand_in.url, encrypt_key=stand_in.key, token="a token")
    yield stand_in
    stand_in.stop()
