"""Tokens and scopes of the fake."""

from datetime import timedelta

import pytest

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake.access import BOT, TOKEN
from tests.platforms.lark.fake.console import APPLICATION, SCOPE_LIST
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import LIST, SEND


@pytest.mark.parametrize(
    ("id_", "secret", "code"),
    [("cli_other", "s3cret-of-the-app", 10003), ("cli_a1b2c3d4e5f60708", "rotated", 10014)],
)
async def test_wrong_credentials_get_no_token(
    fake: FakeLark, id_: str, secret: str, code: int
) -> None:
    async with Plain(fake) as plain:
        answer = await plain.call(TOKEN, {"app_id": id_, "app_secret": secret})
    assert answer["code"] == code
    assert "tenant_access_token" not in answer


@pytest.mark.parametrize(("token", "code"), [("", 99991661), ("x-1", 99991671), ("t-1", 99991663)])
async def test_a_call_without_a_good_token_is_refused(
    fake: FakeLark, plain: Plain, token: str, code: int
) -> None:
    plain.token = token
    assert (await plain.call(BOT))["code"] == code
    assert plain.status == 400


async def test_a_token_is_given_again_until_half_an_hour_is_left(
    fake: FakeLark, plain: Plain
) -> None:
    first = plain.token
    await fake.wait(timedelta(minutes=89))
    same = await plain.log_in()
    await fake.wait(timedelta(minutes=2))
    other = await plain.log_in()
    plain.token = first

    assert same == first
    assert other != first
    assert (await plain.call(BOT))["code"] == 0


async def test_a_token_ends_after_two_hours(fake: FakeLark, plain: Plain) -> None:
    await fake.wait(timedelta(hours=2))
    assert (await plain.call(BOT))["code"] == 99991663


async def test_a_revoked_token_is_refused_and_a_new_one_is_good(
    fake: FakeLark, plain: Plain
) -> None:
    fake.tokens.revoke()
    refused = await plain.call(BOT)
    await plain.log_in()

    assert refused["code"] == 99991663
    assert (await plain.call(BOT))["bot"]["open_id"] == fake.tenant.app.bot


async def test_a_missing_scope_is_named(fake: FakeLark, plain: Plain) -> None:
    fake.tenant.app.scopes -= {"im:message", "im:message:send_as_bot"}
    answer = await plain.send(fake.tenant.person("Maya").open_id, "hello")

    wanted = [v["subject"] for v in answer["error"]["permission_violations"]]
    assert answer["code"] == 99991672
    assert wanted == ["im:message", "im:message:send_as_bot"]


async def test_an_app_that_is_not_in_use_may_do_nothing(fake: FakeLark, plain: Plain) -> None:
    fake.tenant.app.enabled = False
    assert (await plain.call(BOT))["code"] == 99991662


async def test_the_fiftieth_and_first_call_of_a_second_is_told_when_to_come_again(
    fake: FakeLark, plain: Plain
) -> None:
    fake.clock.stand()
    query = {"container_id_type": "chat", "container_id": "oc_none"}
    codes = [(await plain.call(LIST, query=query))["code"] for _ in range(51)]

    assert codes == [230001] * 50 + [99991400]
    assert plain.status == 429
    assert plain.headers["x-ogw-ratelimit-reset"] == "1"


async def test_the_console_tells_what_was_granted_and_where_events_go(
    fake: FakeLark, plain: Plain
) -> None:
    fake.tenant.app.scopes -= {"docx:document:create"}
    fake.pushes.unsubscribed.add("application.bot.menu_v6")
    scopes = (await plain.call(SCOPE_LIST))["data"]["scopes"]
    app = (await plain.call(APPLICATION, app_id="me"))["data"]["app"]

    assert [s["scope_name"] for s in scopes if s["grant_status"] == 2] == ["docx:document:create"]
    assert app["event"]["subscription_type"] == "websocket"
    assert "application.bot.menu_v6" not in app["event"]["subscribed_events"]
    assert app["callback"]["subscribed_callbacks"] == ["card.action.trigger"]


async def test_every_call_is_kept_with_what_was_answered(fake: FakeLark, plain: Plain) -> None:
    await plain.send("ou_nobody", "hello")
    [call] = fake.calls(SEND)
    assert (call.status, call.code, call.acted) == (400, 230001, False)
    assert call.body["receive_id"] == "ou_nobody"
