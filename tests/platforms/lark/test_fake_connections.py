"""The long connection of the fake, over a real WebSocket."""

from datetime import timedelta

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake.connections import ENDPOINT
from tests.platforms.lark.fake.faults import Code
from tests.platforms.lark.fake.frames import CONTROL, DATA, Frame, read, write
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.samples import button, card
from tests.platforms.lark.wire import address, wired

TOAST = {"type": "info", "content": "ok", "i18n": {"en_us": "Noted", "zh_cn": "已记下"}}


async def test_an_event_is_delivered_and_acknowledged(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    assert await fake.choose_long_connection()
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))

    assert push.answered
    assert wire.heard == [push.envelope]
    await wire.close()


async def test_a_press_is_answered_with_a_toast(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    maya = fake.tenant.person("Maya", "zh_cn")
    sent = await plain.send(maya.open_id, card(button("Skip")))
    message = fake.tenant.messages[sent["data"]["message_id"]]
    wire.answer = {"toast": TOAST}
    pressed = await fake.do(fake.hands.press(maya, message, "Skip（中）"))

    assert (pressed.code, pressed.says("zh_cn")) == (0, "已记下")
    assert wire.heard[-1]["event"]["action"]["value"] == {"do": "Skip"}
    await wire.close()


async def test_the_console_takes_the_long_connection_only_once_it_stands(fake: FakeLark) -> None:
    assert not await fake.choose_long_connection()


async def test_each_push_goes_to_one_of_the_connections(fake: FakeLark, plain: Plain) -> None:
    wires = [await wired(fake, plain) for _ in range(3)]
    await fake.choose_long_connection()
    maya = fake.tenant.person("Maya")
    for number in range(12):
        await fake.do(fake.hands.say(maya, str(number)))

    assert sum(len(w.heard) for w in wires) == 12
    assert all(w.heard for w in wires)
    for wire in wires:
        await wire.close()


async def test_a_push_in_pieces_comes_together_again(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    fake.connections.fragment = 100
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "风电场" * 50))
    assert push.answered
    assert wire.heard == [push.envelope]
    await wire.close()


async def test_what_is_not_acknowledged_comes_again(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    fake.connections.patience = 0.05
    wire.answer = None
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    wire.answer, fake.connections.patience = {}, 10.0
    await fake.wait(timedelta(seconds=16))

    assert [a.fault for a in push.attempts] == ["too slow", ""]
    assert len(wire.heard) == 2
    await wire.close()


async def test_a_handler_that_failed_gets_it_again(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    wire.code = 500
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    assert push.last.fault == "status 500"
    assert push.due is not None
    await wire.close()


async def test_a_line_that_breaks_before_the_answer_delivers_elsewhere_later(
    fake: FakeLark, plain: Plain
) -> None:
    first = await wired(fake, plain)
    await fake.choose_long_connection()
    first.answer = None
    fake.connections.patience = 0.05
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    fake.connections.patience = 10.0
    fake.cut()
    await first.ended()
    second = await wired(fake, plain)
    await fake.wait(timedelta(seconds=16))

    assert push.answered
    assert second.heard == first.heard == [push.envelope]
    await second.close()


async def test_without_a_connection_a_push_waits_for_its_next_time(
    fake: FakeLark, plain: Plain
) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    await fake.do(fake.connections.drop())
    await wire.ended()
    await fake.do(fake.connections.connected(0))
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    assert push.last.fault == "no connection"


async def test_a_ping_is_answered_with_the_settings(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    await wire.ping()
    await fake.do(fake.connections.pinged(1))
    await fake.do(fake.hands.say(fake.tenant.person("Maya"), "behind the pong"))
    assert wire.pongs == [fake.connections.config]
    await wire.close()


async def test_a_silent_platform_hears_pings_and_says_nothing(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    fake.connections.silent = True
    await wire.ping()
    await fake.do(fake.connections.pinged(1))
    push = await fake.do(fake.hands.say(fake.tenant.person("Maya"), "/delay"))
    await wire.close()

    assert wire.pongs == wire.heard == []
    assert not push.answered


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"AppID": "", "AppSecret": ""}, 1000040344),
        ({"AppID": "cli_a1b2c3d4e5f60708", "AppSecret": "rotated"}, 514),
    ],
)
async def test_wrong_credentials_get_no_address(
    fake: FakeLark, plain: Plain, body: dict[str, str], code: int
) -> None:
    assert (await plain.call(ENDPOINT, body))["code"] == code
    assert plain.status == 200


async def test_a_busy_platform_says_so(fake: FakeLark, plain: Plain) -> None:
    fake.faults.put(ENDPOINT, Code(1))
    assert (await plain.call(ENDPOINT))["code"] == 1


async def test_an_address_is_good_once(fake: FakeLark, plain: Plain) -> None:
    url = await address(fake, plain)
    async with connect(url, proxy=None):
        with pytest.raises(InvalidStatus) as refused:
            await connect(url, proxy=None)
    assert refused.value.response.headers["handshake-status"] == "403"


async def test_one_connection_more_than_allowed_is_refused(fake: FakeLark, plain: Plain) -> None:
    assert fake.connections.most == 50
    fake.connections.most = 1
    wire = await wired(fake, plain)
    with pytest.raises(InvalidStatus) as refused:
        await connect(await address(fake, plain), proxy=None)

    assert refused.value.response.headers["handshake-autherrcode"] == "1000040350"
    await wire.close()


async def test_a_handshake_can_be_refused_with_any_code(fake: FakeLark, plain: Plain) -> None:
    fake.connections.refusal = (1, "system busy")
    with pytest.raises(InvalidStatus) as refused:
        await connect(await address(fake, plain), proxy=None)
    assert refused.value.response.headers["handshake-msg"] == "system busy"


async def test_junk_on_the_line_is_noted(fake: FakeLark, plain: Plain) -> None:
    wire = await wired(fake, plain)
    await fake.choose_long_connection()
    await wire.send(b"\x08\x01")
    await wire.ping()
    await fake.do(fake.connections.pinged(1))
    await wire.close()

    assert fake.violations == ["a frame that cannot be read: no LogID, service, method"]
    fake.violations.clear()


def test_a_frame_is_read_as_it_was_written() -> None:
    frame = Frame(DATA, {"type": "event", "sum": "1"}, b"\x00" * 300, 1 << 40, 300, 7)
    assert read(write(frame)) == frame


@pytest.mark.parametrize("data", [b"\xff", b"\x2a\x05ab", b"\x0d\x00\x00\x00\x00", b"\x80" * 3])
def test_bytes_that_are_no_frame_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"field|number|no SeqID"):
        read(data)


def test_the_smallest_frame_is_a_ping() -> None:
    assert write(Frame(CONTROL)) == b"\x08\x00\x10\x00\x18\x00\x20\x00"
