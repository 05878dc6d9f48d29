"""What can be made to go wrong between the fake and an app, in both directions."""

import asyncio
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.platforms.slack.bolt import bare, client, serving
from tests.platforms.slack.fake import loopback
from tests.platforms.slack.fake.faults import Cut, Hang, RateLimited, Refused, Slow, Status
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.samples import QUIET, listening

POST = "chat.postMessage"


async def post(slack: FakeSlack, channel: str = "C0TEAM", **settings: Any) -> Any:
    web = client(slack, **settings)
    return await web.chat_postMessage(channel=channel, text="The blades are late.", **QUIET)


async def test_a_rate_limit_says_how_long_to_wait(slack: FakeSlack) -> None:
    slack.faults.plan(POST, RateLimited(30))
    with pytest.raises(SlackApiError) as limited:
        await post(slack)
    assert limited.value.response.status_code == 429
    assert limited.value.response.headers["Retry-After"] == "30"
    await post(slack)
    assert [call.status for call in slack.called(POST)] == [429, 200]
    assert len(slack.messages("C0TEAM")) == 1


async def test_a_server_error_and_a_refusal_store_nothing(slack: FakeSlack) -> None:
    slack.faults.plan(POST, Status(503))
    slack.faults.plan(POST, Refused("restricted_action"))
    with pytest.raises(SlackApiError) as failed:
        await post(slack)
    with pytest.raises(SlackApiError) as refused:
        await post(slack)
    assert failed.value.response.status_code == 503
    assert refused.value.response["error"] == "restricted_action"
    assert slack.messages("C0TEAM") == []


@pytest.mark.parametrize(("after", "stored"), [(False, 0), (True, 1)])
async def test_a_line_is_cut_before_or_after_the_message_stands(
    slack: FakeSlack, after: bool, stored: int
) -> None:
    slack.faults.plan(POST, Cut(after=after))
    with pytest.raises(aiohttp.ClientError):
        await post(slack)
    assert len(slack.messages("C0TEAM")) == stored


@pytest.mark.parametrize(("after", "stored"), [(False, 0), (True, 1)])
async def test_a_call_hangs_until_the_caller_gives_up(
    slack: FakeSlack, after: bool, stored: int
) -> None:
    slack.faults.plan(POST, Hang(after=after))
    sent = asyncio.create_task(post(slack))
    await slack.faults.hung.wait()
    sent.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sent
    assert len(slack.messages("C0TEAM")) == stored


async def test_a_slow_call_is_done_all_the_same(slack: FakeSlack) -> None:
    slack.faults.plan(POST, Slow(0.05))
    await post(slack)
    assert len(slack.messages("C0TEAM")) == 1


async def test_a_fault_may_be_for_some_calls_only_and_for_good(slack: FakeSlack) -> None:
    there = {"where": lambda arguments: arguments["channel"] == "C0TEAM"}
    slack.faults.plan(POST, Status(500), times=None, **there)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await post(slack)
    await post(slack, channel="C0PRIVATE")
    slack.faults.clear()
    await post(slack)
    assert len(slack.messages("C0TEAM")) == len(slack.messages("C0PRIVATE")) == 1


async def test_a_channel_takes_a_short_burst_and_then_a_message_a_second(slack: FakeSlack) -> None:
    slack.rates.on = True
    for _ in range(4):
        await post(slack)
    with pytest.raises(SlackApiError) as limited:
        await post(slack)
    assert limited.value.response.headers["Retry-After"] == "1"
    await post(slack, channel="C0PRIVATE")
    slack.clock.move(timedelta(seconds=1))
    await post(slack)
    assert len(slack.messages("C0TEAM")) == 5


async def test_a_call_before_its_wait_is_over_is_known(slack: FakeSlack) -> None:
    slack.faults.plan(POST, RateLimited(30))
    with pytest.raises(SlackApiError):
        await post(slack)
    await post(slack, channel="C0PRIVATE")
    assert slack.rates.too_early == []
    await post(slack)
    slack.clock.move(timedelta(seconds=30))
    await post(slack)
    assert slack.rates.too_early == [POST]


async def test_methods_are_held_to_their_tier(slack: FakeSlack) -> None:
    slack.rates.on = True
    slack.rates.history_is_slow = True
    web = client(slack)
    await web.conversations_history(channel="C0TEAM")
    with pytest.raises(SlackApiError) as limited:
        await web.conversations_history(channel="C0TEAM")
    assert 58 <= int(limited.value.response.headers["Retry-After"]) <= 60
    slack.clock.move(timedelta(seconds=61))
    await web.conversations_history(channel="C0TEAM")


async def test_an_event_that_fails_comes_again_at_once_after_a_minute_and_after_five(
    slack: FakeSlack,
) -> None:
    async def fail(request: Request) -> Response:
        seen.append(dict(request.headers))
        return Response(status_code=500)

    seen: list[dict[str, str]] = []
    app = Starlette(routes=[Route("/", fail, methods=["POST"])])
    async with loopback.serving(app) as address:
        slack.connect(f"{address}/")
        await slack.happenings.say("UMAYA", "hello")
        assert len(seen) == 2
        await slack.wait(timedelta(minutes=1))
        await slack.wait(timedelta(minutes=4))
        assert len(seen) == 3
        await slack.wait(timedelta(minutes=1))
        await slack.wait(timedelta(hours=1))

    tries = [(h.get("x-slack-retry-num"), h.get("x-slack-retry-reason")) for h in seen]
    assert tries == [(None, None)] + [(str(n), "http_error") for n in (1, 2, 3)]
    assert slack.forgive() == ["message: answered 500"] * 4


async def test_an_app_may_forbid_retries(slack: FakeSlack) -> None:
    async def fail(request: Request) -> Response:
        return Response(status_code=500, headers={"X-Slack-No-Retry": "1"})

    app = Starlette(routes=[Route("/", fail, methods=["POST"])])
    async with loopback.serving(app) as address:
        slack.connect(f"{address}/")
        await slack.happenings.say("UMAYA", "hello")

    assert slack.forgive() == ["message: answered 500"]


async def test_an_app_that_is_not_there_or_too_slow_is_tried_again(slack: FakeSlack) -> None:
    async def wait(request: Request) -> Response:
        await asyncio.Event().wait()
        return Response()

    app = Starlette(routes=[Route("/", wait, methods=["POST"])])
    async with loopback.serving(app) as address:
        line = slack.connect(f"{address}/", patience=0.05)
        await slack.happenings.say("UMAYA", "hello")
    line.patience = 3
    await slack.wait(timedelta(minutes=1))

    reasons = [made.answer.reason for made in slack.sender.made]
    assert reasons == ["http_timeout", "http_timeout", "connection_failed"]
    assert len({made.delivery.payload["event_id"] for made in slack.sender.made}) == 1
    assert len(slack.forgive()) == 3


@pytest.mark.parametrize("how", ["after", "together"])
async def test_every_delivery_may_come_twice(slack: FakeSlack, how: Any) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        slack.sender.twice = how
        await slack.happenings.say("UMAYA", "hello")
        await slack.people.command("UMAYA", "/delay")

    ids = [body.get("event_id") or body["trigger_id"] for body in heard]
    assert len(ids) == 4
    assert len(set(ids)) == 2


async def test_events_may_come_out_of_order(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        slack.sender.hold()
        for text in ("one", "two", "three"):
            await slack.happenings.say("UMAYA", text)
        assert heard == []
        await slack.sender.release()

    assert [body["event"]["text"] for body in heard] == ["three", "two", "one"]


async def test_the_request_url_is_verified(slack: FakeSlack) -> None:
    async with serving(bare(slack)) as url:
        slack.connect(url)
        answer = await slack.happenings.verify_url()
    assert answer.ok


@pytest.mark.parametrize("wrong", ["secret", "old"])
async def test_a_forged_or_old_signature_is_refused_by_bolt(slack: FakeSlack, wrong: str) -> None:
    app: AsyncApp = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        line = slack.connect(url)
        if wrong == "secret":
            line.secret = "another"
        else:
            line.skew = -301
        answer = await slack.people.command("UMAYA", "/delay")

    assert (answer.status, heard) == (401, [])
    assert slack.forgive() == ["/delay: answered 401"]


async def test_a_workspace_that_removes_the_app_or_shares_a_channel_tells_it(
    slack: FakeSlack,
) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        await slack.happenings.share("C0TEAM", "T0CUSTOMER")
        await slack.happenings.mention("UMAYA", "C0TEAM", "hello")
        await slack.happenings.leave(slack.workspace.bot.id, "C0PRIVATE")
        await slack.happenings.archive("C0TEAM", "UMAYA")

    kinds = [(b["event"]["type"], b["is_ext_shared_channel"]) for b in heard]
    assert kinds == [
        ("channel_shared", True),
        ("app_mention", True),
        ("member_left_channel", False),
        ("channel_archive", True),
    ]
    info = await client(slack).conversations_info(channel="C0TEAM")
    assert info["channel"]["is_archived"]
