"""Socket Mode of the fake, driven by the real SDK's client and a bare Bolt app."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from tests.platforms.slack.bolt import bare, client
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.samples import listening


@asynccontextmanager
async def linked(slack: FakeSlack, app: AsyncApp, links: int = 1) -> AsyncIterator[None]:
    """An app whose sockets are open."""
    handlers: list[Any] = [AsyncSocketModeHandler(app, slack.app_token) for _ in range(links)]
    for handler in handlers:
        await handler.connect_async()
    await slack.connect_sockets(links=links)
    try:
        yield
    finally:
        for handler in handlers:
            await handler.close_async()


async def test_commands_buttons_and_events_arrive_over_the_socket(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with linked(slack, app):
        command = await slack.people.command("UMAYA", "/delay", "wind farm")
        event = await slack.happenings.say("UMAYA", "hello")

    assert (command.status, event.status) == (200, 200)
    assert heard[0]["command"] == "/delay"
    assert heard[1]["event"]["text"] == "hello"


async def test_an_acknowledgement_may_carry_the_answer(slack: FakeSlack) -> None:
    app = bare(slack)

    @app.command("/delay")
    async def answer(ack: AsyncAck) -> None:
        await ack(text="Only you see this.", response_type="ephemeral")

    async with linked(slack, app):
        await slack.people.command("UMAYA", "/delay", channel="C0TEAM")

    assert [m.text for m in slack.ephemerals("UMAYA")] == ["Only you see this."]
    assert slack.messages("C0TEAM") == []


async def test_each_delivery_goes_to_one_of_several_links(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with linked(slack, app, links=3):
        for _ in range(6):
            await slack.happenings.say("UMAYA", "hello")

    assert len(heard) == 6


async def test_a_link_that_is_refreshed_comes_back(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with linked(slack, app):
        first = slack.sockets.links[0]
        await slack.sockets.disconnect(first, "refresh_requested")
        await slack.sockets.wait_for_links(1)
        assert slack.sockets.links[0] is not first
        await slack.happenings.say("UMAYA", "hello")

    assert len(heard) == 1


async def test_an_event_that_is_not_acknowledged_comes_again(slack: FakeSlack) -> None:
    """A Bolt app sends no acknowledgement for what it answers with 404."""
    app = bare(slack)
    slack.sockets.patience = 0.05
    async with linked(slack, app):
        await slack.happenings.say("UMAYA", "hello")
        heard = listening(app)
        slack.sockets.patience = 3
        await slack.wait(timedelta(minutes=1))

    tries = [(m.delivery.retry, m.answer.status) for m in slack.sender.made]
    assert tries == [(0, 0), (1, 0), (2, 200)]
    assert len(heard) == 1
    assert slack.forgive() == ["message: timeout", "message: timeout"]


async def test_a_link_answers_pings_and_an_eleventh_is_turned_away(slack: FakeSlack) -> None:
    web = client(slack)
    async with aiohttp.ClientSession() as session, AsyncExitStack() as open_links:
        frames = []
        for _ in range(11):
            opened = await web.apps_connections_open(app_token=slack.app_token)
            link = session.ws_connect(str(opened["url"]), autoping=False)
            socket = await open_links.enter_async_context(link)
            frames.append(await socket.receive_json())
            await socket.ping(b"sdk-ping-pong:1")
            pong = await socket.receive()
            if frames[-1]["type"] == "hello":
                assert (pong.type, pong.data) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")

    assert [frame["type"] for frame in frames] == ["hello"] * 10 + ["disconnect"]
    assert frames[-1]["reason"] == "too_many_websockets"


async def test_a_ticket_opens_one_link(slack: FakeSlack) -> None:
    opened = await client(slack).apps_connections_open(app_token=slack.app_token)
    url = str(opened["url"])
    async with aiohttp.ClientSession() as session, session.ws_connect(url):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_only_an_app_level_token_opens_links(slack: FakeSlack) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client(slack).apps_connections_open(app_token=slack.bot_token)

    assert refused.value.response["error"] == "not_allowed_token_type"


async def test_a_dropped_link_leaves_its_envelope_unanswered(slack: FakeSlack) -> None:
    app = bare(slack)
    started = asyncio.Event()

    @app.command("/delay")
    async def slow(ack: AsyncAck, command: dict[str, Any]) -> None:
        started.set()
        await asyncio.Event().wait()

    async with linked(slack, app):
        sent = asyncio.create_task(slack.people.command("UMAYA", "/delay"))
        await started.wait()
        await slack.sockets.drop(slack.sockets.links[0])
        answer = await sent

    assert answer.reason == "connection_failed"
    assert slack.forgive() == ["/delay: connection_failed"]
