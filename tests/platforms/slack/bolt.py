"""A bare Bolt app behind Starlette on loopback, as an app of Slack's is made."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.platforms.slack.fake import loopback
from tests.platforms.slack.fake.slack import FakeSlack


def client(slack: FakeSlack, **more: Any) -> AsyncWebClient:
    """The SDK's client with its own session per call, retrying nothing unless told otherwise."""
    settings = {"token": slack.bot_token, "base_url": slack.base_url, "retry_handlers": [], **more}
    return AsyncWebClient(**settings)


def bare(slack: FakeSlack, **more: Any) -> AsyncApp:
    """A Bolt app that answers only once its listener has."""
    settings = {
        "signing_secret": slack.signing_secret,
        "process_before_response": True,
        **more,
    }
    return AsyncApp(client=client(slack), **settings)


@asynccontextmanager
async def serving(app: AsyncApp) -> AsyncIterator[str]:
    """Serve a Bolt app; gives its request URL."""
    handler = AsyncSlackRequestHandler(app)

    async def take(request: Request) -> Response:
        return await handler.handle(request)

    routes = [Route("/slack/events", take, methods=["POST"])]
    async with loopback.serving(Starlette(routes=routes)) as address:
        yield f"{address}/slack/events"
