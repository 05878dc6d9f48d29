"""Answers that are shuffled, cut, wrongly typed or huge: a link that opens, or a closed error."""

from collections.abc import Awaitable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.engine.meetings import Link
from bot.engine.outside import OutsideError
from bot.outside import fields
from tests.meetings.fakes.booking import DOOR
from tests.meetings.rigs import ANN, LATER, MO, RIGS, TOPIC, WHEN, Rig
from tests.sources.fakes.vendor import Clock
from tests.sources.test_fuzz import JUNK, changed, mutations, places


async def ended(answer: Awaitable[Link | str | None]) -> None:
    """Wait for what one call ends in, and hold it against what may be told."""
    try:
        found = await answer
    except OutsideError:
        return
    if isinstance(found, Link):
        assert fields.address(found.join_url) == found.join_url != ""
        assert found.ref
        assert len(found.ref) <= 400
        assert len(found.code) <= 300
        assert DOOR not in repr(found)
    elif found is not None:
        found.encode()  # no half of a character, which no terminal takes


async def fuzzed(rig: Rig, mutated: list[tuple[int, int]], turn: int) -> None:
    """All calls in a row, the answers to some of which are spoilt in these places."""
    count = [turn]

    def morph(_: str, body: Any) -> Any:
        count[0] += 1
        for place, junk in mutated if count[0] % 3 else ():
            every = list(places(body))
            body = changed(body, every[place % len(every)], JUNK[junk])
        return body

    rig.fake.morph = morph
    await ended(rig.provider.schedule(TOPIC, WHEN, 45, (MO, ANN), "key"))
    await ended(rig.provider.schedule(TOPIC, WHEN, 45, (MO, ANN), "key"))
    ref = rig.fake.booked[0].ref if rig.fake.booked else "1"
    await ended(rig.provider.move(ref, LATER, 30))
    await ended(rig.provider.seen())
    await ended(rig.provider.cancel(ref))


@given(mutated=mutations, turn=st.integers(0, 2), name=st.sampled_from(sorted(RIGS)))
@settings(max_examples=80, deadline=None)
async def test_spoilt_answers_end_in_a_link_or_a_closed_error(
    mutated: list[tuple[int, int]], turn: int, name: str
) -> None:
    async with RIGS[name](Clock()) as rig:
        await fuzzed(rig, mutated, turn)
        rig.fake.wrong.clear()  # an id that was spoilt leads to a call that nobody knows


@given(text=st.text(max_size=80), key=st.text(max_size=200))
@settings(max_examples=15, deadline=None)
async def test_any_topic_any_ref_and_any_key_ends_in_a_link_or_a_closed_error(
    text: str, key: str
) -> None:
    for name in ("lark_event", "tencent", "zoom", "teams", "google"):
        async with RIGS[name](Clock()) as rig:
            await ended(rig.provider.schedule(text or "x", WHEN, 45, (), key))
            await ended(rig.provider.move(text, LATER, 30))
            await ended(rig.provider.cancel(text))
            rig.fake.wrong.clear()
