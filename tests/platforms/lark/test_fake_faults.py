"""Faults that a test switches on: each does what it says, and only to the calls it was put for."""

import asyncio

import httpx
import pytest

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake.access import BOT, TOKEN
from tests.platforms.lark.fake.faults import Code, Cut, Hang, Slow, Status
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import SEND


async def test_a_code_is_answered_once_and_nothing_is_done(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    fake.faults.put(SEND, Code(230035))
    first = await plain.send(maya.open_id, "hello")
    second = await plain.send(maya.open_id, "hello")

    assert (first["code"], second["code"]) == (230035, 0)
    assert len(fake.sent(maya)) == 1


async def test_a_rate_limit_says_when_to_come_again(fake: FakeLark, plain: Plain) -> None:
    fake.faults.put(SEND, Code(99991400, reset=7))
    answer = await plain.send(fake.tenant.person("Maya").open_id, "hello")
    assert (plain.status, answer["code"]) == (429, 99991400)
    assert plain.headers["x-ogw-ratelimit-reset"] == "7"


async def test_a_gateway_s_fault_is_no_json(fake: FakeLark, plain: Plain) -> None:
    fake.faults.keep(SEND, Status(502))
    for _ in range(2):
        with pytest.raises(ValueError, match="Expecting value"):
            await plain.send(fake.tenant.person("Maya").open_id, "hello")
    assert [c.status for c in fake.calls(SEND)] == [502, 502]


@pytest.mark.parametrize(("fault", "arrived"), [(Cut(accepted=False), 0), (Cut(accepted=True), 1)])
async def test_the_line_breaks_before_or_after_it_was_done(
    fake: FakeLark, plain: Plain, fault: Cut, arrived: int
) -> None:
    maya = fake.tenant.person("Maya")
    fake.faults.put(SEND, fault)
    with pytest.raises(httpx.TransportError):
        await plain.send(maya.open_id, "hello")

    assert len(fake.sent(maya)) == arrived
    assert fake.calls(SEND)[-1].status == 0


async def test_a_call_that_hangs_is_never_answered(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    fake.faults.put(SEND, Hang())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await plain.send(maya.open_id, "hello")
    assert fake.sent(maya) == []


async def test_a_slow_token_delays_nobody_else(fake: FakeLark, plain: Plain) -> None:
    fake.faults.put(TOKEN, Slow(0.5))
    order: list[str] = []

    async def log_in(other: Plain) -> None:
        await other.log_in()
        order.append("token")

    async with Plain(fake) as other, asyncio.TaskGroup() as both:
        both.create_task(log_in(other))
        await fake.until(lambda: len(fake.calls(TOKEN)) == 2)
        await plain.call(BOT)
        order.append("bot")
    assert order == ["bot", "token"]


async def test_cleared_faults_are_gone(fake: FakeLark, plain: Plain) -> None:
    fake.faults.keep(BOT, Code(230006))
    fake.faults.put(BOT, Code(230020))
    fake.faults.clear()
    assert (await plain.call(BOT))["code"] == 0
