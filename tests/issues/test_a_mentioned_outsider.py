"""Somebody of another tenant who is mentioned in Lark is nobody to ask or to tell."""

import json
from datetime import UTC, datetime

from bot.engine.inbound import Commanded, Profile
from bot.platforms.lark import happenings, inbound

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def test_only_people_of_the_own_tenant_are_named() -> None:
    mentions = [
        {"key": f"@_user_{n}", "name": name, "id": {"open_id": f"ou_{n}"}, "tenant_key": tenant}
        for n, (name, tenant) in enumerate([("Lin", "ours"), ("Grace", "theirs")], start=1)
    ]
    payload = {
        "schema": "2.0",
        "header": {
            "event_id": "e1",
            "event_type": "im.message.receive_v1",
            "tenant_key": "ours",
        },
        "event": {
            "sender": {"sender_id": {"open_id": "ou_9"}, "sender_type": "user"},
            "message": {
                "message_id": "om_1",
                "chat_id": "oc_1",
                "chat_type": "p2p",
                "message_type": "text",
                "content": json.dumps({"text": "/delay deputy @_user_2"}),
                "mentions": mentions,
            },
        },
    }
    found = inbound.read(payload, now=NOW, profile=Profile("en", "UTC", "none"))
    assert isinstance(found, happenings.Written)
    assert isinstance(found.inbound, Commanded)
    assert found.inbound.words == "deputy @Grace"
    assert found.inbound.envelope.named == {"@Lin": "ou_1"}
