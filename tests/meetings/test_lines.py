"""Bookings side by side: the same one alone, and only so many of all at once."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from bot.engine.outside import Unreachable
from bot.outside import lines
from bot.outside.lines import AT_ONCE, Lines


async def test_the_same_booking_waits_for_itself() -> None:
    found, order = Lines(), list[str]()

    async def one(name: str) -> None:
        async with found.alone("key"):
            order.append(f"{name} in")
            await asyncio.sleep(0)
            order.append(f"{name} out")

    await asyncio.gather(one("a"), one("b"))
    assert order == ["a in", "a out", "b in", "b out"]


async def test_who_finds_no_place_for_too_long_is_told_that_nothing_was_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lines, "PATIENCE", timedelta(milliseconds=1))
    found = Lines()
    async with AsyncExitStack() as taken:
        for number in range(AT_ONCE):
            await taken.enter_async_context(found.alone(str(number)))
        with pytest.raises(Unreachable) as raised:
            await taken.enter_async_context(found.alone("one more"))
    assert not raised.value.unsure
    async with found.alone("one more"):
        pass


async def test_who_gives_up_while_waiting_leaves_the_place_to_the_next() -> None:
    found = Lines()
    async with found.alone("key"):
        waiting = [asyncio.create_task(_in(found)) for _ in range(2)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    await waiting[1]
    assert waiting[0].cancelled()


async def _in(found: Lines) -> None:
    async with found.alone("key"):
        pass
