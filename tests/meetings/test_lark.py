"""Lark's own ways: two codes for an entry that is gone, an owner for a number, thirty days ahead."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.engine.meetings import Guest
from bot.engine.outside import Busy, NotAllowed, NotFound, Unreachable
from tests.meetings.fakes import lark
from tests.meetings.rigs import (
    LATER,
    MO,
    TOPIC,
    WHEN,
    Rig,
    lark_event_rig,
    lark_reserve_rig,
)
from tests.sources.fakes.vendor import Answer, Clock


def fake_of(rig: Rig) -> lark.Lark:
    assert isinstance(rig.fake, lark.Lark)
    return rig.fake


@pytest.mark.parametrize("gone", [(404, 193000), (403, 193003), (400, 193001)])
async def test_an_entry_that_is_gone_is_gone_by_any_code(gone: tuple[int, int]) -> None:
    async with lark_event_rig(Clock()) as rig:
        fake_of(rig).gone = gone
        await rig.provider.cancel("00000009-ev_0")
        with pytest.raises(NotFound):
            await rig.provider.move("00000009-ev_0", LATER, 30)


async def test_whoever_was_asked_already_is_not_asked_again() -> None:
    async with lark_event_rig(Clock()) as rig:
        await rig.provider.schedule(TOPIC, WHEN, 45, [MO], "key")
        more = [MO, Guest("Bo", email="BO@depot.example")]
        for _ in range(2):
            await rig.provider.schedule(TOPIC, WHEN, 45, more, "key")
        assert rig.fake.booked[0].guests == [MO.person, "BO@depot.example"]


async def test_the_entry_is_written_in_the_zone_of_the_meeting() -> None:
    async with lark_event_rig(Clock()) as rig:
        await rig.provider.schedule(TOPIC, WHEN, 45, [], "key")
        made = next(a for a in rig.fake.asked if a.path.endswith("/events"))
        assert made.body["start_time"] == {"timestamp": "1778574600", "timezone": "Europe/London"}


async def test_a_number_belongs_to_the_first_of_the_tenant_who_is_asked() -> None:
    async with lark_reserve_rig(Clock()) as rig:
        await rig.provider.schedule(TOPIC, WHEN, 45, [Guest("Ann", email="a@b.example"), MO], "1")
        await rig.provider.schedule(TOPIC, WHEN, 45, [], "2")
        owners = [b.more["owner"] for b in rig.fake.booked]
        assert owners == [MO.person, lark.OWNER]


async def test_a_number_is_told_with_its_digits_and_without_its_password() -> None:
    async with lark_reserve_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, [], "1")
        assert link.code.isdecimal()
        assert link.code in link.join_url


async def test_a_number_whose_answer_was_cut_off_is_asked_for_anew_and_nobody_hears_of_the_first() -> (
    None
):
    async with lark_reserve_rig(Clock()) as rig:
        await rig.provider.seen()
        rig.fake.unheard = lambda a: len(rig.fake.booked) == 1 and a.path.endswith("/apply")
        with pytest.raises(Unreachable):
            await rig.provider.schedule(TOPIC, WHEN, 45, [MO], "1")
        link = await rig.provider.schedule(TOPIC, WHEN, 45, [MO], "1")
        assert [b.ref for b in rig.fake.booked][1:] == [link.ref]
        assert await rig.provider.schedule(TOPIC, WHEN, 45, [MO], "1") == link


async def test_a_number_more_than_thirty_days_ahead_is_not_asked_for() -> None:
    async with lark_reserve_rig(Clock()) as rig:
        far = rig.clock.now() + timedelta(days=30)
        with pytest.raises(NotAllowed) as raised:
            await rig.provider.schedule(TOPIC, far, 45, [MO], "1")
        assert "30 days" in raised.value.detail
        assert rig.fake.asked == []


async def test_a_changed_number_may_be_told_in_part() -> None:
    async with lark_reserve_rig(Clock()) as rig:
        link = await rig.provider.schedule(TOPIC, WHEN, 45, [MO], "1")
        fake_of(rig).whole_put = False
        assert await rig.provider.move(link.ref, LATER, 30) == link


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(400, 99991672, NotAllowed), (403, 191002, NotAllowed), (429, 190005, Busy)],
)
async def test_a_scope_that_lacks_and_a_limit_are_named_as_what_they_are(
    status: int, code: int, error: type[Exception]
) -> None:
    async with lark_event_rig(Clock()) as rig:
        limit = {"x-ogw-ratelimit-reset": "7"} if status == 429 else {}
        rig.fake.instead = lambda a: (
            None if rig.fake.is_spared(a) else Answer({"code": code}, status, limit)
        )
        with pytest.raises(error) as raised:
            await rig.provider.schedule(TOPIC, WHEN, 45, [], "key")
        if isinstance(raised.value, Busy):
            assert raised.value.retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("times", "code"),
    [
        ({"timestamp": "1778574600", "timezone": "UTC"}, 0),
        ({"timestamp": 1778574600, "timezone": "UTC"}, 190002),
        ({"timestamp": "1778574600"}, 190002),
    ],
)
async def test_the_fake_takes_times_as_texts_with_a_zone_alone(times: Any, code: int) -> None:
    async with lark_event_rig(Clock()) as rig:
        await rig.provider.schedule(TOPIC, WHEN, 45, [], "key")
        made = next(a for a in rig.fake.asked if a.path.endswith("/events"))
        headers = {"Authorization": made.headers["authorization"]}
        url = f"{rig.fake.base}{made.path}?idempotency_key={'k' * 32}"
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(url, json={**made.body, "start_time": times}) as answer,
        ):
            assert (await answer.json())["code"] == code


@pytest.mark.parametrize(("end", "code"), [("1778574600", 0), (1778574600, 121003)])
async def test_the_fake_takes_the_end_of_a_number_as_a_text_alone(end: Any, code: int) -> None:
    async with lark_reserve_rig(Clock()) as rig:
        await rig.provider.schedule(TOPIC, WHEN, 45, [MO], "key")
        made = next(a for a in rig.fake.asked if a.path.endswith("/apply"))
        headers = {"Authorization": made.headers["authorization"]}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.post(
                f"{rig.fake.base}{made.path}", json={**made.body, "end_time": end}
            ) as answer,
        ):
            assert (await answer.json())["code"] == code
