"""A field that a platform sends as null is one that it left out: no word is lost over it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.engine.inbound import Profile
from bot.platforms.lark import happenings
from bot.platforms.lark import inbound as lark
from bot.platforms.slack import inbound as slack
from bot.platforms.slack import payloads

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
PROFILE = Profile("en", "UTC", "none")


def of_lark(kind: str, event: dict[str, Any]) -> object:
    header = {"event_id": "e1", "event_type": kind, "tenant_key": "ours", "create_time": None}
    return lark.read({"header": header, "event": event}, now=NOW, profile=PROFILE)


@pytest.mark.parametrize("name", ["mentions", "user_agent", "create_time"])
def test_a_line_in_lark_is_read(name: str) -> None:
    message = {
        "message_id": "om_1",
        "chat_id": "oc_1",
        "chat_type": "p2p",
        "message_type": "text",
        "content": json.dumps({"text": "The pump leaks"}),
    }
    sender = {"sender_id": {"open_id": "ou_9"}, "sender_type": "user", "tenant_key": None}
    found = of_lark("im.message.receive_v1", {"sender": sender, "message": {**message, name: None}})
    assert isinstance(found, happenings.Written)


@pytest.mark.parametrize("name", ["form_value", "timezone"])
def test_a_press_in_lark_is_read(name: str) -> None:
    action = {"value": {"a": "why", "g": "", "c": "c1", "r": 1}, name: None}
    operator = {"open_id": "ou_9", "tenant_key": None}
    context = {"open_message_id": "om_1", "open_chat_id": "oc_1"}
    event = {"operator": operator, "action": action, "context": context}
    assert isinstance(of_lark("card.action.trigger", event), happenings.Touched)


@pytest.mark.parametrize("name", ["channel_type", "thread_ts", "ts", "subtype", "tab", "bot_id"])
def test_a_line_in_slack_is_read(name: str) -> None:
    inner = {"type": "message", "user": "U1", "text": "The pump leaks", "channel": "D1"}
    body = {"event_id": "Ev1", "team_id": "T1", "event": {**inner, name: None}}
    read = payloads.EventBody.model_validate(body)
    assert slack.said(read, NOW, None).text == "The pump leaks"


@pytest.mark.parametrize("name", ["trigger_id", "response_url", "callback_id", "actions", "team"])
def test_a_press_in_slack_is_read(name: str) -> None:
    body = {"type": "block_actions", "user": {"id": "U1", "name": None}, name: None}
    assert payloads.InteractionBody.model_validate(body).user.id == "U1"
