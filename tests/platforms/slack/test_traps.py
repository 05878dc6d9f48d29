"""What Slack and its SDK trip apps with: each trap named in the plan, sprung on the real app."""

import asyncio
import hashlib
import hmac
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from bot import wiring
from bot.core.case import text_of
from bot.engine.errors import StoreUnavailable
from bot.platforms.slack.guard import LARGEST
from bot.settings import Settings, SettingsRefused
from tests.engine.faults import FaultyStore
from tests.platforms.slack.cards import every
from tests.platforms.slack.fake.clock import real_epoch
from tests.platforms.slack.fake.faults import Cut, Hang, RateLimited, Refused, Status
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, Served, serving, standing


def signed(slack: FakeSlack, body: bytes, **headers: str) -> dict[str, str]:
    stamp = headers.pop("stamp", str(real_epoch()))
    key, told = slack.signing_secret.encode(), b"v0:" + stamp.encode() + b":" + body
    signature = f"v0={hmac.new(key, told, hashlib.sha256).hexdigest()}"
    return {
        "content-type": "application/json",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature,
        **headers,
    }


async def post(candor: Served, body: bytes, headers: dict[str, str]) -> int:
    async with httpx.AsyncClient() as client:
        found = await client.post(f"{candor.address}/slack/events", content=body, headers=headers)
    return found.status_code


async def test_unsigned_old_and_malformed_requests_are_refused_before_any_work(
    slack: FakeSlack, candor: Served
) -> None:
    body = b'{"type": "event_callback"}'
    good = signed(slack, body)
    old = signed(slack, body, stamp=str(real_epoch() - 301))
    assert await post(candor, body, {**good, "x-slack-signature": "v0=00"}) == 401
    assert await post(candor, body + b" ", good) == 401
    assert await post(candor, body, old) == 401
    assert await post(candor, body, {**good, "x-slack-request-timestamp": "12a"}) == 400
    assert await post(candor, body, {**good, "x-slack-request-timestamp": "-1"}) == 400
    for wrong in (b"\xff\xfe", b"[1]", b"null", b"{", b"[" * 100_000):
        assert await post(candor, wrong, signed(slack, wrong)) == 400
    form = b"payload=[1]"
    kind = "application/x-www-form-urlencoded"
    assert await post(candor, form, signed(slack, form) | {"content-type": kind}) == 400
    of_form = signed(slack, b"command=/delay") | {"content-type": kind}
    assert await post(candor, b"command=/delete", of_form) == 401
    large = b" " * (LARGEST + 1)
    assert await post(candor, large, signed(slack, large)) == 413
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{candor.address}/slack/events")).status_code == 405


async def test_the_look_at_the_certificate_is_answered_and_takes_nothing_in(candor: Served) -> None:
    address, look = f"{candor.address}/slack/events", {"token": "old", "ssl_check": "1"}
    async with httpx.AsyncClient() as client:
        asked = await client.get(address, params=look)
        posted = await client.post(address, data=look)
        other = await client.post(address, data={"token": "old", "text": "ssl_check=1"})
    assert [(a.status_code, a.text) for a in (asked, posted)] == [(200, "")] * 2
    assert other.status_code == 400


async def test_names_that_nobody_knows_are_acknowledged_all_the_same(
    slack: FakeSlack, candor: Served
) -> None:
    team, user = {"id": TEAM, "domain": "x"}, {"id": MAYA, "team_id": TEAM}
    base = {"team": team, "user": user, "trigger_id": "1.2", "api_app_id": "A", "token": "t"}
    view = {"id": "V1", "type": "modal", "callback_id": "old", "hash": "h", "state": {"values": {}}}
    action = {"action_id": "old", "block_id": "b", "type": "button", "value": "x"}
    for payload in (
        {"type": "block_actions", "actions": [action], **base},
        {"type": "view_submission", "view": view, **base},
        {"type": "view_closed", "view": view, **base},
        {"type": "shortcut", "callback_id": "old", **base},
        {"type": "message_action", "callback_id": "old", **base},
        {"type": "block_suggestion", "action_id": "old", "block_id": "b", "value": "", **base},
    ):
        body = b"payload=" + json.dumps(payload).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert await post(candor, body, signed(slack, body) | kind) == 200, payload["type"]
    assert await event(slack, candor, {"type": "reaction_added", "user": MAYA}) == 200
    await candor.settle()
    slack.forgive()  # the trigger of the made-up shortcuts


async def event(slack: FakeSlack, candor: Served, inner: dict[str, Any], id_: str = "Ev1") -> int:
    told = {"type": "event_callback", "event_id": id_, "team_id": TEAM, "event": inner}
    body = json.dumps(told).encode()
    return await post(candor, body, signed(slack, body))


@pytest.mark.parametrize(
    "inner",
    [
        {"subtype": "message_changed", "message": {"text": "x"}},
        {"subtype": "message_deleted", "deleted_ts": "1.2"},
        {"user": MAYA, "text": "x", "bot_id": "B1"},
        {"user": MAYA, "text": "x", "subtype": "bot_message"},
        {"user": MAYA, "text": "x", "channel_type": "channel"},
        {"text": "x"},
        {"user": None, "text": 7},
    ],
)
async def test_what_no_person_wrote_to_the_bot_is_not_an_answer(
    slack: FakeSlack, candor: Served, inner: dict[str, Any]
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    before = await candor.case()
    told = {"type": "message", "channel": "D1", "channel_type": "im", "ts": "1.2", **inner}
    assert await event(slack, candor, told) == 200
    assert await candor.case() == before


async def test_an_event_that_comes_again_is_applied_once(slack: FakeSlack, candor: Served) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": MAYA, "ts": "1.2"}
    sent = [event(slack, candor, {**said, "text": "Hollow Hill"}, "Ev7") for _ in range(4)]
    assert await asyncio.gather(*sent) == [200] * 4
    case = await candor.case()
    assert text_of(case, "customer") == "Hollow Hill"
    assert case.revision == 2


async def test_an_event_that_cannot_be_kept_is_refused_so_that_slack_sends_it_again(
    slack: FakeSlack,
) -> None:
    store = FaultyStore()
    async with standing(slack, store) as shaky:
        await slack.people.command(MAYA, "/delay", "Wind farm")
        store.errors.append(StoreUnavailable())
        await slack.happenings.say(MAYA, "Hollow Hill")  # Slack's first retry comes at once
        assert text_of(await shaky.case(), "customer") == "Hollow Hill"
    assert slack.forgive() == ["message: answered 503"]


async def test_a_command_that_cannot_be_kept_says_so_to_the_person(
    slack: FakeSlack,
) -> None:
    store = FaultyStore()
    async with standing(slack, store):
        store.errors.append(StoreUnavailable())
        await slack.people.command(MAYA, "/delay", "Wind farm")
    assert "please try again in a minute" in slack.ephemerals(MAYA)[0].text


async def test_a_form_that_cannot_be_kept_stays_open_with_its_words(
    slack: FakeSlack,
) -> None:
    store = FaultyStore()
    async with standing(slack, store) as shaky:
        await slack.people.command(MAYA, "/delay", "Wind farm")
        await shaky.settle()
        await shaky.press("Answer in a form")
        store.errors.append(StoreUnavailable())
        await slack.people.submit(MAYA, {"What was promised": "the turbine"})
        assert slack.view(MAYA) is not None
        await slack.people.submit(MAYA)
        assert slack.view(MAYA) is None
        assert text_of(await shaky.case(), "promised") == "the turbine"


async def test_a_second_click_changes_nothing(slack: FakeSlack, candor: Served) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.say("Hollow Hill")
    before, message = await candor.case(), candor.live()
    for _ in range(2):
        await slack.people.press(MAYA, message, "Save and stop")
    await candor.settle()
    case = await candor.case()
    assert (case.stopped, case.revision) == (True, before.revision + 1)


@pytest.mark.parametrize("fault", [Cut(after=True), Hang(after=True), Status(503)])
async def test_a_post_whose_fate_is_unknown_is_looked_up_and_never_repeated_blindly(
    slack: FakeSlack, tmp_path: Path, fault: Cut | Hang | Status
) -> None:
    async with serving(slack, tmp_path, patience=0.5) as candor:
        slack.faults.plan("chat.postMessage", fault)
        await slack.people.command(MAYA, "/delay", "Wind farm")
        await candor.settle()
        slack.faults.clear()
        slack.clock.move(timedelta(seconds=30))
        await candor.settle()
        assert len(candor.told()) == 1
        posts = len(slack.called("chat.postMessage"))
        assert posts == (1 if isinstance(fault, Cut | Hang) else 2)
        assert slack.called("conversations.history")


async def test_a_rate_limit_is_waited_out_by_the_outbox(slack: FakeSlack, candor: Served) -> None:
    slack.faults.plan("chat.postMessage", RateLimited(40), times=2)
    await slack.people.command(MAYA, "/delay", "Wind farm")
    for _ in range(3):
        await candor.settle()
        slack.clock.move(timedelta(seconds=41))
    assert len(slack.called("chat.postMessage")) == 3
    assert len(candor.told()) == 1


async def test_a_deleted_message_is_said_anew_and_edited_there_afterwards(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    gone = candor.live()
    slack.faults.plan("chat.update", Refused("message_not_found"))
    await slack.people.press(MAYA, gone, "Why do you ask?")
    await candor.settle()
    assert len(candor.told()) == 2
    anew = candor.live()
    await slack.people.press(MAYA, anew, "Show me an example")
    await candor.settle()
    assert [c.arguments["ts"] for c in slack.called("chat.update")][-1] == anew.ts


async def test_messages_carry_the_rows_id_and_nothing_else_in_their_metadata(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Secret project")
    await candor.settle()
    [call] = slack.called("chat.postMessage")
    metadata = call.arguments["metadata"]
    assert list(metadata["event_payload"]) == ["id"]
    assert "Secret" not in json.dumps(metadata)
    assert call.arguments["unfurl_links"] is call.arguments["unfurl_media"] is False


async def test_words_that_slack_would_act_on_are_shown_as_they_were_typed(
    slack: FakeSlack, candor: Served
) -> None:
    tricks = "<!channel> <@U1> &amp; <https://a.example|x> *b*"
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.say(tricks)
    assert text_of(await candor.case(), "customer") == tricks
    assert any(tricks in text for m in candor.told() for text in every(m.blocks, "text"))


def test_slack_without_its_signing_secret_does_not_start() -> None:
    half = Settings.model_validate({"slack_bot_token": "xoxb-1"})
    with pytest.raises(SettingsRefused, match="CANDOR_SLACK_SIGNING_SECRET"):
        half.refuse_half_a_slack()
    socket = Settings.model_validate({"slack_bot_token": "xoxb-1", "slack_mode": "socket"})
    with pytest.raises(SettingsRefused, match="CANDOR_SLACK_APP_TOKEN"):
        socket.refuse_half_a_slack()
    assert not half.has_playground
    assert "xoxb" not in repr(half)


@pytest.mark.parametrize("blank", ["", "  "])
@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"slack_bot_token": "xoxb-1", "slack_signing_secret": ...}, "SLACK_SIGNING_SECRET"),
        (
            {"slack_bot_token": "xoxb-1", "slack_mode": "socket", "slack_app_token": ...},
            "SLACK_APP_TOKEN",
        ),
        ({"lark_app_id": "cli_1", "lark_app_secret": ...}, "LARK_APP_SECRET"),
        (
            {
                "lark_app_id": "cli_1",
                "lark_app_secret": "s",
                "lark_mode": "http",
                "lark_encrypt_key": ...,
                "lark_verification_token": ...,
            },
            "LARK_ENCRYPT_KEY",
        ),
    ],
)
def test_a_secret_that_is_empty_or_blank_is_refused_as_a_missing_one(
    given: dict[str, Any], named: str, blank: str, tmp_path: Path
) -> None:
    said = {name: blank if value is ... else value for name, value in given.items()}
    settings = Settings.model_validate({**said, "data": tmp_path})
    with pytest.raises(SettingsRefused, match=named):
        wiring.served(settings)


def test_an_empty_bot_token_is_no_slack_and_a_blank_one_is_refused() -> None:
    assert not Settings.model_validate({"slack_bot_token": ""}).has_slack
    blank = Settings.model_validate({"slack_bot_token": "  ", "slack_signing_secret": "s"})
    with pytest.raises(SettingsRefused, match="CANDOR_SLACK_BOT_TOKEN"):
        blank.refuse_half_a_slack()


async def test_without_a_signing_secret_no_request_passes_whatever_it_is_signed_with(
    slack: FakeSlack, tmp_path: Path
) -> None:
    body = b'{"type": "event_callback"}'
    slack.signing_secret = ""
    async with serving(slack, tmp_path) as candor:
        assert await post(candor, body, signed(slack, body)) == 401
        slack.signing_secret = "socket mode has none"
        assert await post(candor, body, signed(slack, body)) == 401


@pytest.mark.parametrize(
    "other",
    [
        {"slack_bot_token": "xoxb-1", "slack_signing_secret": "s"},
        {"lark_app_id": "cli_1", "lark_app_secret": "s"},
    ],
)
def test_the_playground_whose_page_moves_the_clock_stands_beside_no_other_platform(
    other: dict[str, str], tmp_path: Path
) -> None:
    both = Settings.model_validate({**other, "playground": "on", "data": tmp_path})
    with pytest.raises(SettingsRefused, match="CANDOR_PLAYGROUND=on cannot stand beside"):
        wiring.served(both)
    Settings.model_validate({**other}).refuse_shared_playground()
    Settings.model_validate({"playground": "on"}).refuse_shared_playground()


async def test_events_that_come_in_another_order_lose_no_word(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    slack.sender.hold()
    for line in ("Hollow Hill", "the turbine, tested", "Ann Moss"):
        await slack.happenings.say(MAYA, line)
    await slack.sender.release(backwards=True)
    await candor.settle()
    shown = "\n".join(text for m in candor.told() for text in every(m.blocks, "text"))
    for line in ("Hollow Hill", "the turbine, tested", "Ann Moss"):
        assert line in shown


async def test_nothing_that_people_write_is_ever_logged(
    slack: FakeSlack, candor: Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with structlog.testing.capture_logs() as logs:
        slack.faults.plan("chat.postMessage", Refused("invalid_blocks"))
        await slack.people.command(MAYA, "/delay", "Topsecret farm")
        await candor.say("Topsecret Hill")
        await event(slack, candor, {"type": "message", "text": 7, "user": "Topsecret"})
    own = [r.getMessage() for r in caplog.records if not r.name.startswith("tests.")]
    ours = [m for m in own if "Topsecret" in m]
    assert "Topsecret" not in repr(logs)
    assert ours == []
    assert slack.bot_token not in repr(logs) + "".join(own)
