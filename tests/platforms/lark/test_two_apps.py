"""Two apps on one installation: each with its own people, its own key, its own troubles."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.core.case import text_of
from bot.core.words import TenantId
from bot.engine.deliver import deliver
from bot.engine.errors import Later
from bot.engine.keeping.vault import Vault, new_key
from bot.platforms.lark.app import PATH
from bot.platforms.lark.codes import MENDED
from bot.platforms.lark.config import NAME, App
from bot.platforms.lark.further import MEND
from bot.platforms.lark.seal import CHECK, Forged, Seal, whose
from tests.platforms.lark import bot as first
from tests.platforms.lark import two as further
from tests.platforms.lark.bot import Bot, Mode, until
from tests.platforms.lark.fake.clock import MONDAY
from tests.platforms.lark.fake.envelopes import RECEIVED
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.signing import sealed, signature
from tests.platforms.lark.fake.tenant import Person
from tests.platforms.lark.two import ABROAD, kept, rotated, twins, two

PAIRS: tuple[tuple[Mode, Mode], ...] = (
    ("http", "http"),
    ("http", "socket"),
    ("socket", "http"),
    ("socket", "socket"),
)


@pytest.fixture
def abroad() -> Iterator[FakeLark]:
    """The Lark of the further app."""
    with FakeLark() as lark:
        yield lark


async def begins(bot: Bot, person: Person, project: str) -> None:
    """A conversation begins and shows its first step."""
    await bot.say(person, f"/delay {project}")
    await bot.reads(person, "Step 1 of")


async def cases(bot: Bot) -> list[str]:
    """The projects of a tenant's cases."""
    return [text_of(f.case, "project") for f in await bot.store.cases_of_all(bot.tenant)]


def message(bot: Bot, words: str, *, app: str, token: str, key: str = "") -> dict[str, Any]:
    """A message of somebody, as the platform pushes it for that app."""
    person = next(iter(bot.fake.tenant.people))
    body = {
        "message_id": f"om_{words}", "chat_id": "oc_1", "chat_type": "p2p",
        "message_type": "text", "content": json.dumps({"text": words}),
    }  # fmt: skip
    sender = {"sender_id": {"open_id": person}, "sender_type": "user"}
    found = bot.fake.envelopes.wrap(RECEIVED, {"sender": sender, "message": body})
    found["header"] |= {"token": token, "app_id": app, "tenant_key": key or bot.fake.tenant.key}
    return found


async def posted(bot: Bot, event: dict[str, Any], *, sealed_with: str, signed_with: str) -> int:
    """Post a push to the one address, made with these keys."""
    body = sealed(json.dumps(event).encode(), sealed_with)
    stamp = str(int(bot.fake.clock().timestamp()))
    headers = {
        "X-Lark-Request-Timestamp": stamp,
        "X-Lark-Request-Nonce": "n",
        "X-Lark-Signature": signature(stamp, "n", signed_with, body),
    }
    async with httpx.AsyncClient(base_url=bot.url, trust_env=False) as http:
        return (await http.post(PATH, content=body, headers=headers)).status_code


@pytest.mark.parametrize("modes", PAIRS)
async def test_two_tenants_walk_at_once_and_neither_hears_of_the_other(
    fake: FakeLark,
    abroad: FakeLark,
    modes: tuple[Mode, Mode],
    capsys: pytest.CaptureFixture[str],
) -> None:
    maya, lena = twins(fake, abroad)
    async with two(fake, abroad, modes=modes) as both:
        await asyncio.gather(
            begins(both.home, maya, "Apollo"), begins(both.abroad, lena, "Borealis")
        )
        pressed = await asyncio.gather(
            both.home.press(maya, "Why do you ask?"), both.abroad.press(lena, "Why do you ask?")
        )
        await both.home.quiet()
        assert [p.says() for p in pressed] == ["Taken in", "Taken in"]
        assert (await cases(both.home), await cases(both.abroad)) == (["Apollo"], ["Borealis"])
        assert "Borealis" not in both.home.texts(maya)
        assert "Apollo" not in both.abroad.texts(lena)
        assert await both.home.front(maya) != await both.abroad.front(lena)
    said = capsys.readouterr().out
    for tenant in (both.home.tenant, both.abroad.tenant):
        assert said.count(f"tenant={tenant}\n") == 1


async def test_no_push_is_taken_with_the_key_the_token_or_the_name_of_another_app(
    fake: FakeLark, abroad: FakeLark
) -> None:
    twins(fake, abroad)
    ours, theirs = (first.KEY, first.TOKEN), (further.KEY, further.TOKEN)
    home = fake.tenant.app.id
    crossed = [
        (ABROAD, theirs[1], ours[0], ours[0]),
        (home, ours[1], theirs[0], theirs[0]),
        (home, theirs[1], ours[0], ours[0]),
        (home, theirs[1], theirs[0], theirs[0]),
        (ABROAD, ours[1], theirs[0], theirs[0]),
        (ABROAD, theirs[1], theirs[0], ours[0]),
        (ABROAD, theirs[1], ours[0], theirs[0]),
        ("cli_nobody", theirs[1], theirs[0], theirs[0]),
    ]
    async with two(fake, abroad) as both:
        for app, token, key, sign in crossed:
            event = message(both.abroad, "/delay Forged", app=app, token=token)
            assert await posted(both.home, event, sealed_with=key, signed_with=sign) == 401
        assert (await cases(both.home), await cases(both.abroad)) == ([], [])
        good = message(both.abroad, "/delay Borealis", app=ABROAD, token=theirs[1])
        made = {"sealed_with": theirs[0], "signed_with": theirs[0]}
        assert await posted(both.home, good, **made) == 200
        assert await cases(both.abroad) == ["Borealis"]
        assert await cases(both.home) == []


async def test_the_first_app_cannot_name_a_tenant_of_another(
    fake: FakeLark, abroad: FakeLark
) -> None:
    twins(fake, abroad)
    async with two(fake, abroad) as both:
        event = message(
            both.home, "/delay Forged", app=fake.tenant.app.id, token=first.TOKEN,
            key=both.abroad.tenant,
        )  # fmt: skip
        made = {"sealed_with": first.KEY, "signed_with": first.KEY}
        assert await posted(both.home, event, **made) == 200
        assert (await cases(both.home), await cases(both.abroad)) == ([], [])


async def test_over_its_long_connection_an_app_speaks_for_itself_alone(
    fake: FakeLark, abroad: FakeLark
) -> None:
    twins(fake, abroad)
    async with two(fake, abroad, modes=("socket", "socket")) as both:
        event = message(both.abroad, "/delay Forged", app=fake.tenant.app.id, token=first.TOKEN)
        push = await abroad.do(abroad.pushes.push(RECEIVED, event))
        assert push.answered  # so that it is not pushed for hours
        assert (await cases(both.home), await cases(both.abroad)) == ([], [])


async def test_a_secret_that_was_rotated_leaves_the_other_app_going(
    fake: FakeLark, abroad: FakeLark, capsys: pytest.CaptureFixture[str]
) -> None:
    maya, lena = twins(fake, abroad)
    async with two(fake, abroad) as both:
        abroad.tenant.app.secret = "rotated"
        abroad.tokens.revoke()
        await both.abroad.say(lena, "/delay Borealis")
        await begins(both.home, maya, "Apollo")
        assert await cases(both.abroad) == ["Borealis"]
        station = both.further.stations[0]
        await until(lambda: station.api.trouble == MENDED[10014])
        assert await both.home.platform.ready() == ""
        assert both.abroad.texts(lena) == ""
        await both.keep(rotated(further.app(abroad, "http"), "rotated"))
        for each in (fake, abroad):
            each.clock.advance(timedelta(hours=1))
        await deliver(both.home.house)
        await both.abroad.reads(lena, "Step 1 of")
    said = capsys.readouterr().out
    assert f"It is about the app {ABROAD}, which candor setup lark --add changes." in said


async def test_an_app_that_is_disabled_leaves_the_other_going(
    fake: FakeLark, abroad: FakeLark
) -> None:
    maya, _ = twins(fake, abroad)
    async with two(fake, abroad, modes=("http", "socket")) as both:
        await abroad.do(abroad.hands.disable_app())
        platform, said = both.home.platform, MENDED[99991662].en
        assert await both.further.stations[0].ready() == said
        assert (await platform.ready(), await platform.noted()) == ("", (f"{ABROAD}: {said}",))
        await begins(both.home, maya, "Apollo")
        await fake.do(fake.hands.disable_app())
        assert (await platform.ready(), await platform.noted()) == (said, ())


async def test_a_silent_line_of_one_app_is_opened_anew_and_no_other(
    fake: FakeLark, abroad: FakeLark
) -> None:
    abroad.connections.config = {"PingInterval": 1}
    async with two(fake, abroad, modes=("socket", "socket")):
        [ours], [theirs] = fake.connections.open, abroad.connections.open
        abroad.connections.silent = True
        await until(lambda: theirs not in abroad.connections.open)
        abroad.connections.silent = False
        await until(lambda: bool(abroad.connections.open))
        assert fake.connections.open == [ours]


async def test_an_app_that_was_taken_out_is_heard_no_more_until_it_is_kept_again(
    fake: FakeLark, abroad: FakeLark
) -> None:
    maya, lena = twins(fake, abroad)
    async with two(fake, abroad) as both:
        await both.home.store.safe.drop(TenantId(ABROAD), NAME)
        await both.further.look()
        push = await abroad.do(abroad.hands.say(lena, "/delay Borealis"))
        assert push.last.status == 401
        assert await both.home.platform.channel.of(both.abroad.tenant) is None
        await begins(both.home, maya, "Apollo")
        await both.keep(further.app(abroad, "http"))
        await abroad.do(abroad.pushes.repeat(push))
        await both.abroad.reads(lena, "Step 1 of")


async def test_an_app_that_no_key_opens_waits_and_is_taken_for_no_other(
    fake: FakeLark, abroad: FakeLark, capsys: pytest.CaptureFixture[str]
) -> None:
    maya, _ = twins(fake, abroad)
    async with two(fake, abroad) as both:
        other = TenantId("cli_lost.t")
        await kept(both.home, Vault([new_key()]), App("cli_lost", "s", "k", "t", "http", fake.url))
        await both.further.look()
        with pytest.raises(Later) as lost:
            await both.home.platform.channel.of(other)
        assert lost.value.text == MEND
        await begins(both.home, maya, "Apollo")
    assert capsys.readouterr().out.count("a lark app cannot be read") == 1


async def test_without_keys_nothing_of_a_further_app_goes_out_by_the_first(fake: FakeLark) -> None:
    async with Bot(fake) as bot:
        with pytest.raises(Later):
            await bot.platform.channel.of(TenantId(f"{ABROAD}.{fake.tenant.key}"))


def test_an_app_sealed_anew_stays_as_it_is_and_two_with_one_token_are_told_by_their_names() -> None:
    seals = [Seal("", "t", "cli_1"), Seal("", "t", "cli_2")]
    named = json.dumps({"header": {"token": "t", "app_id": "cli_2"}}).encode()
    assert whose(seals, named, {}, MONDAY)[0] == 1
    with pytest.raises(Forged):
        whose(seals, b'{"header": {"token": "t"}}', {}, MONDAY)
    with pytest.raises(Forged):
        whose([], named, {}, MONDAY)


def test_a_large_body_without_a_signature_is_not_even_decrypted() -> None:
    check = {"type": "url_verification", "challenge": "c", "token": "t"}
    small = sealed(json.dumps(check).encode(), "k")
    large = sealed(json.dumps({**check, "challenge": "c" * CHECK}).encode(), "k")
    assert whose([Seal("k", "t")], small, {}, MONDAY)[1] == check
    with pytest.raises(Forged):
        whose([Seal("k", "t")], large, {}, MONDAY)
