"""The long connection: over a real WebSocket, through cuts, silence and pieces, to a clean stop."""

import asyncio
import subprocess
import sys
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.lark import frames, longline
from tests.platforms.lark.bot import Bot, until
from tests.platforms.lark.fake.connections import ENDPOINT
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.pushes import Push
from tests.platforms.lark.fake.tenant import Person

SDK = """
import sys, types
from importlib.util import find_spec
for name in ("lark_oapi", "lark_oapi.ws"):  # what their packages import is not wanted here
    module = types.ModuleType(name)
    module.__path__ = list(find_spec(name).submodule_search_locations)
    sys.modules[name] = module
from lark_oapi.ws.pb.pbbp2_pb2 import Frame
for line in sys.stdin:
    frame = Frame()
    frame.ParseFromString(bytes.fromhex(line))
    print(frame.SerializeToString().hex())
"""


def threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name == "lark-line"]


async def say(fake: FakeLark, person: Person, words: str) -> Push:
    return await fake.do(fake.hands.say(person, words))


async def test_an_event_is_taken_in_before_it_is_acknowledged(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    async with Bot(fake, mode="socket") as bot:
        push = await say(fake, maya, "/delay 风电场")
        assert push.answered
        assert await bot.store.person(bot.tenant, bot.id_of(maya)) is not None
        await bot.reads(maya, "第1步")
    assert threads() == []


async def test_a_line_that_is_cut_is_opened_anew(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, mode="socket") as bot:
        await fake.do(fake.connections.drop())
        await until(lambda: not fake.connections.open)
        await bot.reports("was closed")
        await until(lambda: bool(fake.connections.open))
        assert (await say(fake, maya, "/delay Apollo")).answered
        await bot.reads(maya, "Step 1 of")
        await bot.reports("")


async def test_a_line_that_has_gone_silent_is_noticed(fake: FakeLark) -> None:
    fake.connections.config = {"PingInterval": 1}
    async with Bot(fake, mode="socket"):
        [first] = fake.connections.open
        fake.connections.silent = True
        await until(lambda: first not in fake.connections.open)
        fake.connections.silent = False
        await until(lambda: bool(fake.connections.open))


async def test_an_event_in_pieces_is_put_together(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    fake.connections.fragment = 100
    async with Bot(fake, mode="socket") as bot:
        assert (await say(fake, maya, "/delay 海上风电场三期")).answered
        await bot.reads(maya, "海上风电场三期")


async def test_an_event_that_the_store_did_not_take_comes_again(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, mode="socket") as bot:
        bot.faults.down = True
        push = await say(fake, maya, "/delay Apollo")
        assert push.last.fault == "status 500"
        bot.faults.down = False
        await fake.do(fake.pushes.repeat(push))
        assert push.answered
        await bot.reads(maya, "Step 1 of")


async def test_an_event_that_takes_too_long_is_still_taken_in_and_answered(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, mode="socket") as bot:
        bot.faults.slow = longline.ANSWER + 0.4
        push = await say(fake, maya, "/delay Apollo")
        assert push.last.fault  # 500, or on a busy machine nothing within the three seconds
        await bot.reads(maya, "Step 1 of")
        bot.faults.slow = 0.0
        await bot.quiet()
        await fake.do(fake.pushes.repeat(push))
        assert push.answered
    assert len(fake.sent(maya)) == 1


async def test_a_wrong_secret_is_said_in_one_sentence(fake: FakeLark) -> None:
    fake.tenant.app.secret = "rotated"
    async with Bot(fake, mode="socket", connect=False, secret="old") as bot:
        assert "old" not in await bot.reports("CANDOR_LARK_APP_SECRET")
        assert fake.calls(ENDPOINT)
    assert threads() == []


async def test_a_stop_while_an_event_is_under_way_ends_it_first(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake, mode="socket") as bot:
        bot.faults.slow = 0.3
        saying = asyncio.create_task(say(fake, maya, "/delay Apollo"))
        await until(lambda: bot.faults.under_way > 0)
    assert (await saying).answered


def test_frames_are_those_of_the_sdk() -> None:
    ours = [
        frames.Frame(
            number % 2,
            {"type": "event", "sum": "1", "message_id": "m" * number, "词": "字" * (number % 7)},
            bytes(range(256)) * (number % 3),
            number**5,
            number,
            number * 1000,
        )
        for number in range(0, 90, 3)
    ]
    sent = "\n".join(frames.dump(f).hex() for f in ours)
    found = subprocess.run(  # the SDK is heavy, so it is loaded elsewhere
        [sys.executable, "-c", SDK], input=sent, capture_output=True, text=True, check=True
    )
    assert [frames.load(bytes.fromhex(line)) for line in found.stdout.split()] == ours


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=80))
def test_bytes_that_are_no_frame_are_refused_and_nothing_else_happens(data: bytes) -> None:
    try:
        frames.load(data)
    except frames.Unreadable:
        return


def test_a_number_that_never_ends_is_refused() -> None:
    with pytest.raises(frames.Unreadable):
        frames.load(b"\xff" * 50)
