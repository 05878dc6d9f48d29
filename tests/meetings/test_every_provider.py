"""What holds for every way to book, the calendar file as well, which asks nobody."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.engine.meetings import ByFile, Provider
from tests.meetings.rigs import LATER, RIGS, TOPIC, WHEN
from tests.sources.fakes.vendor import Clock


@pytest.fixture(params=["ics", *sorted(RIGS)])
async def provider(request: pytest.FixtureRequest) -> AsyncIterator[Provider]:
    """Each of them in turn."""
    if request.param == "ics":
        yield ByFile("https://meet.example/here")
        return
    async with RIGS[request.param](Clock()) as rig:
        yield rig.provider


async def test_it_has_the_name_that_settings_call_it(
    provider: Provider, request: pytest.FixtureRequest
) -> None:
    assert provider.name == request.node.callspec.params["provider"]
    assert provider.label.en
    assert provider.label.zh


async def test_a_key_is_one_meeting_and_another_key_another(provider: Provider) -> None:
    one, same, other = [
        await provider.schedule(TOPIC, WHEN, 45, (), key) for key in ("k-1", "k-1", "k-2")
    ]
    assert one == same
    assert one.ref != other.ref
    assert one.join_url.startswith("https://")


async def test_two_at_once_with_one_key_get_the_same(provider: Provider) -> None:
    asked = [provider.schedule(TOPIC, WHEN, 45, (), "k-1") for _ in range(2)]
    one, two = await asyncio.gather(*asked)
    assert one == two


async def test_a_move_keeps_ref_and_link(provider: Provider) -> None:
    link = await provider.schedule(TOPIC, WHEN, 45, (), "k-1")
    moved = await provider.move(link.ref, LATER, 30)
    assert (moved.ref, moved.join_url) == (link.ref, link.join_url)


async def test_of_a_key_that_nobody_has_nothing_is_withdrawn(provider: Provider) -> None:
    link = await provider.schedule(TOPIC, WHEN, 45, (), "k-1")
    assert not await provider.withdraw(TOPIC, WHEN, 45, "k-2")
    assert await provider.schedule(TOPIC, WHEN, 45, (), "k-1") == link


async def test_a_cancel_may_be_asked_twice(provider: Provider) -> None:
    link = await provider.schedule(TOPIC, WHEN, 45, (), "k-1")
    for ref in (link.ref, link.ref, "nobody's"):
        await provider.cancel(ref)
