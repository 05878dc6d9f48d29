"""Blocks and views that the tests of the fake put before people, and an app that takes all."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.limit_cases import actions, field, modal, option, plain, section, typed

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
Heard = list[dict[str, Any]]


def named(action: str, label: str, **more: Any) -> Payload:
    """A button of a name and words."""
    return {"type": "button", "action_id": action, "text": plain(label), **more}


def reasons() -> Payload:
    """A menu of two."""
    choices = [
        {**option(), "text": plain("A supplier"), "value": "supplier"},
        {**option(), "text": plain("The weather"), "value": "weather"},
    ]
    return {"type": "static_select", "action_id": "reason", "options": choices}


BUTTONS = {**actions(named("begin", "Begin", value="case-1")), "block_id": "row"}
FIELDS = [
    field(typed(max_length=40), block_id="customer", label=plain("Customer")),
    field({"type": "datepicker", "action_id": "picked"}, block_id="day", label=plain("New date")),
    field(reasons(), block_id="why", label=plain("Reason"), optional=True),
]
FORM = modal(title=plain("A delay"), submit=plain("Send"), callback_id="form", blocks=FIELDS)
CARD = [section(block_id="said"), *FIELDS, actions(named("keep", "Keep"))]


def saying(**answer: Any) -> Callable[[AsyncAck], Awaitable[None]]:
    """A listener that acknowledges with this."""

    async def say(ack: AsyncAck) -> None:
        await ack(**answer)

    return say


def listening(app: AsyncApp) -> Heard:
    """Let an app take everything without a word; gives what it takes."""
    heard: Heard = []

    async def take(ack: AsyncAck, body: dict[str, Any]) -> None:
        heard.append(body)
        await ack()

    async def hear(body: dict[str, Any]) -> None:
        heard.append(body)

    anything = re.compile(".*")
    app.command(anything)(take)
    app.action(anything)(take)
    app.shortcut(anything)(take)
    app.view(anything)(take)
    app.view_closed(anything)(take)
    app.event(anything)(hear)
    return heard
