"""A sample that a kill cut short is laid out anew; what people did is never touched."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.core.words import PersonId
from bot.platforms.playground.app import Playground, begin
from bot.platforms.playground.people import TENANT
from tests.platforms.playground.ground import Ground


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
async def ground() -> AsyncIterator[Ground]:
    found = Ground()
    async with found.browser:
        yield found


def dying(playground: Playground, *, after: int) -> Playground:
    """The same playground, whose process ends when it settles for the so manieth time."""
    left = [after]

    async def settle() -> None:
        left[0] -= 1
        if not left[0]:
            raise Killed
        await playground.settle()

    return replace(playground, settle=settle)


async def cases(ground: Ground, who: str) -> int:
    """How many cases somebody has."""
    async with ground.store.turn(TENANT) as turn:
        return len(await turn.cases(PersonId(who)))


@pytest.mark.parametrize("after", [1, 5, 14])
async def test_the_next_start_lays_it_out_once_and_whole(ground: Ground, after: int) -> None:
    with pytest.raises(Killed):
        await begin(dying(ground.playground, after=after))

    assert await begin(ground.playground)

    english, chinese = [str((await ground.state(w))["messages"]) for w in ("maya", "chenyu")]
    assert "next Friday" in english
    assert "options" in chinese
    assert [await cases(ground, who) for who in ("maya", "chenyu")] == [1, 1]
    assert not await begin(ground.playground)


async def test_people_who_were_here_before_there_was_a_mark_are_left_alone(ground: Ground) -> None:
    await ground.say("/delay Wind farm")

    assert not await begin(ground.playground)

    assert "Wind farm" in str((await ground.state())["messages"])


async def test_what_people_did_after_the_sample_stays(ground: Ground) -> None:
    await begin(ground.playground)
    await ground.say("/delay Wind farm")

    assert not await begin(ground.playground)

    assert "Wind farm" in str((await ground.state())["messages"])
