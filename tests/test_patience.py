"""A limit in seconds counts waiting and our own work, never the time that the machine gave to others."""

import asyncio
from time import process_time, sleep

import pytest

from tests.patience import TICK, counted, passed, within


def block() -> None:
    """Nobody else gets the loop meanwhile."""
    sleep(TICK)


@pytest.mark.parametrize(
    ("wall", "worked", "counts"),
    [
        (TICK, 0.0, TICK),  # waited
        (3.0, 0.0, TICK),  # others had the machine
        (3.0, 2.5, TICK + 2.5),  # worked
        (0.2, 0.8, 0.2),  # worked on several cores
    ],
)
def test_work_counts_in_full_and_what_others_took_does_not(
    wall: float, worked: float, counts: float
) -> None:
    assert counted(wall, worked) == counts


async def test_time_passes_while_one_waits_works_and_blocks_the_loop() -> None:
    async def waiting() -> None:
        await asyncio.sleep(TICK)

    async def working() -> None:
        until = process_time() + TICK
        while process_time() < until:
            pass

    async def blocking() -> None:
        block()

    for kind in (waiting, working, blocking):
        began = passed()
        while passed() - began < 5 * TICK:  # else this never ends
            await kind()


async def test_what_comes_in_time_is_given_and_what_never_comes_is_ended() -> None:
    async def soon() -> str:
        return "here"

    ended = asyncio.Event()

    async def never() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    assert await within(60, soon()) == "here"
    with pytest.raises(TimeoutError):
        await within(3 * TICK, never())
    assert ended.is_set()


async def test_what_comes_late_is_late_though_it_let_nobody_look() -> None:
    async def blocks() -> str:
        began = passed()
        while passed() - began < 10 * TICK:
            block()
        return "late"

    with pytest.raises(TimeoutError):
        await within(3 * TICK, blocks())


async def test_an_error_in_time_is_the_works_own() -> None:
    async def fails() -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await within(60, fails())
