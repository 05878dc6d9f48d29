"""How little is asked of Slack: few methods, few events, few calls, and nothing that it limits hard."""

import ast
import json
import re
from pathlib import Path

import bot.platforms.slack
from bot.platforms.slack import manifest
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, Served
from tests.platforms.slack.test_traps import post, signed

METHODS = {
    "auth.test", "apps.connections.open", "apps.manifest.export", "bots.info",
    "chat.postMessage", "chat.update", "chat.postEphemeral",
    "conversations.open", "conversations.info", "conversations.members",
    "conversations.history", "conversations.replies",  # to look a post of unknown fate up; no more
    "files.getUploadURLExternal", "files.completeUploadExternal",
    "files.info",  # of a file that was sent to us, where the operator wants files
    "users.info", "views.open", "views.push", "views.update", "views.publish",
}  # fmt: skip
EVENTS = {
    "app_home_opened", "app_mention", "app_uninstalled", "channel_archive", "channel_shared",
    "channel_unshared", "group_archive", "member_joined_channel", "member_left_channel",
    "message.im", "tokens_revoked",
}  # fmt: skip
_METHOD = re.compile(r"(?:apps|auth|bots|chat|conversations|files|team|users|views)(?:\.\w+)+")


def strings() -> set[str]:
    """Every string in the code of this platform."""
    found: set[str] = set()
    for folder in bot.platforms.slack.__path__:
        for file in Path(folder).glob("*.py"):
            tree = ast.parse(file.read_text("utf-8"))
            found |= {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str)
            }
    return found


def test_only_these_methods_are_ever_called() -> None:
    """No scheduled messages, no lists of channels or people, no old upload, no thread for its own sake."""
    assert {text for text in strings() if _METHOD.fullmatch(text)} <= METHODS


def test_only_these_events_are_heard_and_no_agent_is_declared() -> None:
    shipped = manifest.read(manifest.shipped())
    assert set(shipped["settings"]["event_subscriptions"]["bot_events"]) <= EVENTS
    assert "agent_view" not in shipped["features"]
    assert "assistant_view" not in shipped["features"]
    assert shipped["features"]["slash_commands"][0]["should_escape"] is True


async def test_no_request_asks_slack_who_we_are(slack: FakeSlack, candor: Served) -> None:
    for _ in range(3):
        await slack.people.command(MAYA, "/delay", "list")
    await candor.say("hello")
    assert len(slack.called("auth.test")) == 1


async def test_the_request_url_is_verified_by_the_app(slack: FakeSlack, candor: Served) -> None:
    answer = await slack.happenings.verify_url()
    assert answer.ok


async def test_that_events_are_held_back_is_acknowledged(slack: FakeSlack, candor: Served) -> None:
    told = {
        "type": "app_rate_limited", "token": "t", "team_id": "T0CANDOR",
        "minute_rate_limited": 1795773418, "api_app_id": "A0CANDOR",
    }  # fmt: skip
    body = json.dumps(told).encode()
    assert await post(candor, body, signed(slack, body)) == 200
