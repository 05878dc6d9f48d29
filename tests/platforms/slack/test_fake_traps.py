"""Facts of Bolt and the SDK that Candor is built round, pinned down so that an update is noticed."""

import asyncio
import warnings
from typing import Any

import aiohttp
import httpx
import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError, SlackObjectFormationError
from slack_sdk.http_retry.builtin_async_handlers import AsyncServerErrorRetryHandler
from slack_sdk.models.blocks import HeaderBlock
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack.bolt import bare, client, serving
from tests.platforms.slack.fake.faults import Cut, RateLimited, Status
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.limit_cases import section
from tests.platforms.slack.samples import QUIET, listening

POST = "chat.postMessage"


async def post(web: AsyncWebClient, **more: Any) -> Any:
    return await web.chat_postMessage(channel="C0TEAM", text="Late.", **QUIET, **more)


def own_client(slack: FakeSlack) -> AsyncWebClient:
    """The client as it is without a word on retries."""
    return AsyncWebClient(token=slack.bot_token, base_url=slack.base_url)


async def test_the_default_client_posts_again_after_a_cut_line(slack: FakeSlack) -> None:
    slack.faults.plan(POST, Cut(after=True))
    await post(own_client(slack))
    assert len(slack.messages("C0TEAM")) == 2


async def test_a_client_without_retry_handlers_posts_once(slack: FakeSlack) -> None:
    slack.faults.plan(POST, Cut(after=True))
    with pytest.raises(aiohttp.ClientError):
        await post(client(slack))
    assert len(slack.messages("C0TEAM")) == 1


@pytest.mark.parametrize("fault", [RateLimited(1), Status(500)])
async def test_the_default_client_repeats_neither_429_nor_500(slack: FakeSlack, fault: Any) -> None:
    slack.faults.plan(POST, fault)
    with pytest.raises(SlackApiError):
        await post(own_client(slack))
    assert len(slack.called(POST)) == 1


async def test_the_server_error_handler_would_repeat_a_post(slack: FakeSlack) -> None:
    slack.faults.plan(POST, Status(500))
    await post(client(slack, retry_handlers=[AsyncServerErrorRetryHandler()]))
    assert len(slack.called(POST)) == 2


async def test_the_sdk_only_warns_of_missing_text(slack: FakeSlack) -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        await client(slack).chat_postMessage(channel="C0TEAM", blocks=[section()], **QUIET)
    assert "text" in str(said[0].message)
    assert len(slack.forgive()) == 1


async def test_the_sdk_checks_its_own_blocks_and_no_dicts(slack: FakeSlack) -> None:
    long = "x" * 151
    with pytest.raises(SlackObjectFormationError):
        await post(client(slack), blocks=[HeaderBlock(text=long)])
    header = {"type": "header", "text": {"type": "plain_text", "text": long}}
    with pytest.raises(SlackApiError):
        await post(client(slack), blocks=[header])
    assert len(slack.forgive()) == 1


@pytest.mark.parametrize("before", [True, False])
async def test_an_event_that_nobody_listens_to_is_404_and_comes_again(
    slack: FakeSlack, before: bool
) -> None:
    async with serving(bare(slack, process_before_response=before)) as url:
        slack.connect(url)
        await slack.happenings.open_home("UMAYA")
    assert [made.answer.status for made in slack.sender.made] == [404, 404]
    assert slack.forgive() == ["app_home_opened: answered 404"] * 2


async def test_an_unknown_command_and_action_are_404_at_once(slack: FakeSlack) -> None:
    async with serving(bare(slack)) as url:
        slack.connect(url)
        answer = await slack.people.command("UMAYA", "/delay")
    assert answer.status == 404
    assert answer.seconds < 1
    assert slack.forgive() == ["/delay: answered 404"]


async def test_bolt_runs_a_repeated_event_again(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        slack.sender.twice = "after"
        await slack.happenings.say("UMAYA", "hello")
    assert [body["event_id"] for body in heard] == [heard[0]["event_id"]] * 2


async def test_message_listeners_get_edits_deletions_and_other_bots_but_not_our_own(
    slack: FakeSlack,
) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        await slack.happenings.say("UMAYA", "hello")
        said = slack.messages(slack.dm("UMAYA"))[0]
        await slack.happenings.edited("UMAYA", said.ts, "hello again")
        await slack.happenings.deleted("UMAYA", said.ts)
        for bot in ("B0OTHER", slack.workspace.bot_id):
            user = "UOTHER" if bot == "B0OTHER" else slack.workspace.bot.id
            await slack.happenings.bot_says(slack.dm("UMAYA"), "beep", bot=bot, user=user)

    assert [body["event"].get("subtype") for body in heard] == [
        None,
        "message_changed",
        "message_deleted",
        "bot_message",
    ]


async def test_by_default_a_failing_event_listener_loses_the_event(slack: FakeSlack) -> None:
    app = bare(slack, process_before_response=False)
    failed = asyncio.Event()

    @app.event("message")
    async def fail() -> None:
        failed.set()
        raise RuntimeError

    async with serving(app) as url:
        slack.connect(url)
        answer = await slack.happenings.say("UMAYA", "hello")
        await failed.wait()

    assert answer.status == 200
    assert len(slack.sender.made) == 1


async def test_processing_before_the_response_lets_a_failing_event_come_again(
    slack: FakeSlack,
) -> None:
    app = bare(slack)
    tries: list[int] = []

    @app.event("message")
    async def fail_once() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError

    async with serving(app) as url:
        slack.connect(url)
        await slack.happenings.say("UMAYA", "hello")

    assert [made.answer.status for made in slack.sender.made] == [500, 200]
    assert slack.forgive() == ["message: answered 500"]


async def test_an_error_right_after_the_ack_spoils_it(slack: FakeSlack) -> None:
    """With processing before the response it is a 500 at once."""
    app = bare(slack)

    @app.command("/delay")
    async def fail(ack: AsyncAck) -> None:
        await ack()
        raise RuntimeError

    async with serving(app) as url:
        slack.connect(url)
        answer = await slack.people.command("UMAYA", "/delay")
    assert answer.status == 500
    assert slack.forgive() == ["/delay: answered 500"]


async def test_by_default_an_error_right_after_the_ack_erases_it(slack: FakeSlack) -> None:
    """Nothing is answered for three seconds, then 404; nobody waits so long here."""
    app = bare(slack, process_before_response=False)

    @app.command("/delay")
    async def fail(ack: AsyncAck) -> None:
        await ack()
        raise RuntimeError

    async with serving(app) as url:
        slack.connect(url, patience=0.3)
        answer = await slack.people.command("UMAYA", "/delay")
    assert answer.reason == "http_timeout"
    assert slack.forgive() == ["/delay: http_timeout"]


async def test_an_error_in_lazy_work_cannot_spoil_the_ack(slack: FakeSlack) -> None:
    app = bare(slack)
    began = asyncio.Event()

    async def quickly(ack: AsyncAck) -> None:
        await ack()

    async def later(body: dict[str, Any]) -> None:
        began.set()
        raise RuntimeError

    app.command("/delay")(ack=quickly, lazy=[later])
    async with serving(app) as url:
        slack.connect(url)
        answer = await slack.people.command("UMAYA", "/delay")
        await began.wait()
    assert answer.status == 200


async def test_malformed_requests_are_a_500_of_bolt_s_and_need_a_guard(slack: FakeSlack) -> None:
    async with serving(bare(slack)) as url, httpx.AsyncClient() as web:
        stamp = {"X-Slack-Request-Timestamp": "noon", "X-Slack-Signature": "v0=00"}
        odd_time = await web.post(url, content="{}", headers=stamp)
        odd_body = await web.post(url, content=b"\xff\xfe", headers=stamp)
    assert (odd_time.status_code, odd_body.status_code) == (500, 500)


async def test_without_a_signing_secret_every_request_is_a_500(slack: FakeSlack) -> None:
    app = bare(slack, signing_secret="")
    async with serving(app) as url:
        slack.connect(url)
        answer = await slack.people.command("UMAYA", "/delay")
    assert answer.status == 500
    assert slack.forgive() == ["/delay: answered 500"]


async def test_authorizing_by_the_token_asks_slack_for_each_new_app_once(slack: FakeSlack) -> None:
    app = bare(slack)
    listening(app)
    async with serving(app) as url:
        slack.connect(url)
        for _ in range(3):
            await slack.people.command("UMAYA", "/delay")
    assert len(slack.called("auth.test")) == 1


async def test_a_method_that_reads_sees_nothing_of_what_comes_as_json(slack: FakeSlack) -> None:
    web = client(slack)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await web.api_call("users.info", json={"user": "UMAYA"})
    found = await web.api_call("users.info", http_verb="GET", params={"user": "UMAYA"})
    assert found["user"]["id"] == "UMAYA"
    assert slack.violations.pop().rule == "missing argument: user"
