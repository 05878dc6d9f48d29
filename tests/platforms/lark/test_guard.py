"""What is not the platform's is refused before any work; what is, is answered as it must be."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.lark.app import LARGEST, PATH
from bot.platforms.lark.seal import OLDEST, Forged, Seal
from tests.platforms.lark.bot import KEY, TOKEN, Bot
from tests.platforms.lark.fake.clock import MONDAY
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.signing import sealed, signature


class Forger:
    """Somebody who posts to the bot's address, with or without the secrets."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.http = httpx.AsyncClient(base_url=bot.url, trust_env=False)

    def event(self, words: str = "/delay Forged", token: str = TOKEN) -> dict[str, Any]:
        """A message as the platform pushes it."""
        maya = self.bot.fake.tenant.person("Maya")
        message = {
            "message_id": "om_1", "chat_id": "oc_1", "chat_type": "p2p", "message_type": "text",
            "content": json.dumps({"text": words}),
        }  # fmt: skip
        sender = {"sender_id": {"open_id": maya.open_id}, "sender_type": "user"}
        found = self.bot.fake.envelopes.wrap(
            "im.message.receive_v1", {"sender": sender, "message": message}
        )
        found["header"]["token"] = token
        return found

    async def post(
        self,
        body: bytes,
        *,
        key: str = KEY,
        at: float | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Post a body, signed with this key unless other headers are given."""
        stamp = str(int(self.bot.fake.clock().timestamp() if at is None else at))
        signed = {
            "X-Lark-Request-Timestamp": stamp,
            "X-Lark-Request-Nonce": "n",
            "X-Lark-Signature": signature(stamp, "n", key, body),
        }
        return await self.http.post(PATH, content=body, headers={**signed, **(headers or {})})

    async def taken(self) -> bool:
        """Whether anything was taken in."""
        return bool(self.bot.faults.waits() or await self.bot.store.next_due())


@pytest.fixture
async def forger(fake: FakeLark) -> AsyncIterator[Forger]:
    async with Bot(fake) as bot:
        forger = Forger(bot)
        yield forger
        await forger.http.aclose()


def dumped(event: object) -> bytes:
    return json.dumps(event).encode()


async def test_what_the_platform_signs_is_taken(forger: Forger) -> None:
    answer = await forger.post(sealed(dumped(forger.event()), KEY))
    assert (answer.status_code, answer.json()) == (200, {})
    assert await forger.taken()


async def test_every_forgery_is_refused_and_nothing_happens(forger: Forger) -> None:
    good, now = sealed(dumped(forger.event()), KEY), forger.bot.fake.clock().timestamp()
    forged = [
        await forger.post(good, key="another key"),
        await forger.post(good, headers={"X-Lark-Signature": ""}),
        await forger.post(good, headers={"X-Lark-Request-Nonce": "other"}),
        await forger.post(good, at=now - OLDEST.total_seconds() - 60),
        await forger.post(good, at=now + 3600),
        await forger.post(good, headers={"X-Lark-Request-Timestamp": "soon"}),
        await forger.post(sealed(dumped(forger.event()), "another key")),
        await forger.post(sealed(dumped(forger.event(token="wrong")), KEY)),
        await forger.post(dumped(forger.event())),  # not encrypted
        await forger.post(b'{"encrypt": "AAAA"}'),
        await forger.post(b'{"encrypt": 7}'),
        await forger.post(b"[]"),
        await forger.post(b"\xff"),
        await forger.post(b"[" * 100_000),
        await forger.post(good[:-9]),
    ]
    assert {answer.status_code for answer in forged} == {401}
    assert not await forger.taken()


async def test_a_body_over_a_mebibyte_is_refused(forger: Forger) -> None:
    assert (await forger.post(b"x" * (LARGEST + 1))).status_code == 413


async def test_the_check_of_the_address_is_answered_only_with_the_right_token(
    forger: Forger,
) -> None:
    asked = {"type": "url_verification", "challenge": 'a "b"', "token": TOKEN}
    answer = await forger.http.post(PATH, content=sealed(dumped(asked), KEY))
    assert answer.json() == {"challenge": 'a "b"'}
    asked["token"] = "wrong"
    refused = await forger.http.post(PATH, content=sealed(dumped(asked), KEY))
    assert refused.status_code == 401


async def test_shapes_that_nobody_knows_are_answered_and_do_nothing(forger: Forger) -> None:
    header = forger.event()["header"]
    events: tuple[object, ...] = (
        None,
        3,
        {},
        {"message": {}},
        {"sender": {"sender_id": 1}, "message": []},
    )
    for event in events:
        odd = {"schema": "2.0", "header": header, "event": event}
        assert (await forger.post(sealed(dumped(odd), KEY))).status_code == 200
    wholes: tuple[dict[str, object], ...] = (
        {}, {"header": 1}, {"header": {}}, {"event": {"type": 1}},
    )  # fmt: skip
    for whole in wholes:
        odd = {**whole, "token": TOKEN}
        assert (await forger.post(sealed(dumped(odd), KEY))).status_code in (200, 401)
    assert not await forger.taken()


async def test_a_card_with_a_value_that_is_a_text_is_answered_kindly(forger: Forger) -> None:
    pressed = forger.event()
    pressed["header"]["event_type"] = "card.action.trigger"
    pressed["event"] = {"operator": {"open_id": "ou_1"}, "action": {"value": "a text"}}
    answer = await forger.post(sealed(dumped(pressed), KEY))
    assert answer.status_code == 200
    assert answer.json()["toast"]["i18n"]["zh_cn"]


async def test_a_push_that_comes_again_later_changes_nothing(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    fake.pushes.fresh_ids = True
    async with Bot(fake) as bot:
        push = await fake.do(fake.hands.say(maya, "/delay Apollo"))
        await bot.reads(maya, "Step 1 of")
        await bot.quiet()
        count = len(fake.sent(maya))
        for wait in (15, 300, 3600, 6 * 3600):
            fake.clock.advance(timedelta(seconds=wait))
            assert not (await fake.do(fake.pushes.repeat(push))).fault
        await bot.quiet()
        assert len(fake.sent(maya)) == count


async def test_a_second_press_says_so_and_does_nothing(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        await bot.quiet()
        card = fake.sent(maya)[-1]
        first = await fake.do(fake.hands.press(maya, card, "Why do you ask?", version=0))
        second = await fake.do(fake.hands.press(maya, card, "Why do you ask?", version=0))
    assert (first.says(), second.says()) == ("Taken in", "Already taken in")


async def test_a_press_while_the_database_is_down_is_told(fake: FakeLark) -> None:
    maya = fake.tenant.person("Maya")
    async with Bot(fake) as bot:
        await bot.say(maya, "/delay Apollo")
        await bot.reads(maya, "Step 1 of")
        bot.faults.down = True
        pressed = await bot.press(maya, "Why do you ask?")
        bot.faults.down = False
    assert pressed.code == 0
    assert pressed.toast["type"] == "error"
    assert "Nothing can be saved just now" in pressed.says()


async def test_the_secrets_are_shown_nowhere(
    fake: FakeLark, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Bot(fake) as bot:
        assert bot.channel is not None
        first = bot.platform.stations[0]
        shown = repr(first.config) + repr(first.seal)
        forger = Forger(bot)
        await forger.post(b"{}")
        await forger.http.aclose()
    said = capsys.readouterr()
    for secret in (KEY, TOKEN, fake.tenant.app.secret):
        assert secret not in shown + said.out + said.err


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.dictionaries(st.text(max_size=9), st.text(max_size=9)))
def test_no_bytes_get_past_the_seal(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(Forged):
        Seal(KEY, TOKEN).open(body, headers, MONDAY)


def test_without_an_encrypt_key_the_token_alone_decides() -> None:
    seal = Seal("", TOKEN)
    good = {"header": {"token": TOKEN}}
    assert seal.open(dumped(good), {}, MONDAY) == good
    bads: tuple[dict[str, object], ...] = (
        {"header": {}}, {"header": {"token": "x"}}, {"token": ""}, {"header": 5},
    )  # fmt: skip
    for bad in bads:
        with pytest.raises(Forged):
            seal.open(dumped(bad), {}, MONDAY)


def test_a_padding_that_is_off_is_refused_like_a_wrong_key() -> None:
    body = json.loads(sealed(b'{"header": {"token": "t"}}', KEY))
    assert hashlib.sha256(KEY.encode()).digest()
    with pytest.raises(Forged):
        Seal(KEY, "").open(dumped({"encrypt": body["encrypt"][:-24] + "A" * 24}), {}, MONDAY)


async def test_a_token_that_is_no_text_is_refused(forger: Forger) -> None:
    answer = await forger.post(sealed(dumped(forger.event(token="\ud800")), KEY))
    assert answer.status_code == 401
    assert not await forger.taken()
