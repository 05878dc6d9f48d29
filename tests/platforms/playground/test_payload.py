"""The payload tab shows what the adapters send, to the letter, with the limits that it uses."""

import json
from typing import Any

import pytest

from bot.core.cards.blocks import Card, Paragraph
from bot.core.words import Language, Text, same
from bot.engine.ports import MessageRef
from bot.platforms.lark import render as lark_render
from bot.platforms.lark import wire
from bot.platforms.lark.look import look as lark_look
from bot.platforms.playground.client import posted
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.look import look as slack_look
from bot.platforms.slack.texts import Payload
from tests.platforms.playground.ground import Ground


class Wire(Calls):
    """What would go to Slack."""

    def __init__(self) -> None:
        super().__init__("xoxb-none", "http://127.0.0.1:9/api/")
        self.sent: dict[str, Any] = {}

    async def call(
        self, method: str, *, within: float = CALL, looks: bool = False, **arguments: Any
    ) -> Payload:
        if method == "chat.postMessage":
            self.sent = arguments
        return {"channel": {"id": "D1"}, "ts": "1.1"}


async def test_slack_gets_the_very_payload_that_is_shown() -> None:
    ground = Ground()
    await ground.say("/delay Wind farm")
    newest = (await ground.state())["messages"][-1]
    where = {"person": "maya", "look": "slack", "message": newest["id"]}
    shown = (await ground.browser.get("/api/payload", params=where)).json()

    card = next(m.card for m in ground.playground.channel.recent("dm:maya"))
    wire = Wire()
    channel = SlackChannel(wire, _yes, pace=0)
    await channel.post("U1", posted(MessageRef(newest["id"])).key, card, "en")
    sent = {k: v for k, v in wire.sent.items() if k not in ("channel", "metadata")}
    assert shown["payload"] == json.loads(json.dumps(sent))
    used = {u["what"]["en"]: (u["count"], u["most"]) for u in shown["used"]}
    assert used["blocks"] == (len(sent["blocks"]), 50)


async def _yes(_: str) -> bool:
    return True


@pytest.mark.parametrize("language", ["en", "zh"])
def test_lark_gets_the_very_payload_that_is_shown(language: Language) -> None:
    card = Card(Text(en="It is late.", zh="要延期了。"), (Paragraph(same("words")),))
    drawn = lark_look(card, language, "key")
    sent = wire.interactive(lark_render.render(card, language, "key"))
    assert isinstance(drawn.payload, dict)
    assert drawn.payload["msg_type"] == sent["msg_type"]
    assert lark_render.dumped(drawn.payload["content"]) == sent["content"]
    assert [u.count <= u.most for u in drawn.used] == [True, True]


@pytest.mark.parametrize("look", [slack_look, lark_look])
def test_what_goes_to_a_customer_is_shown_as_its_words_alone(look: Any) -> None:
    card = Card(same("news"), (Paragraph(same("The date moves.")),), plain=True)
    drawn = look(card, "en", "key")
    assert "The date moves." in json.dumps(drawn.payload)
    assert "button" not in json.dumps(drawn.payload)


@pytest.mark.parametrize(
    "asked", [{"look": "teams"}, {"look": "slack", "message": "1~1~x~dm:maya"}]
)
async def test_an_unknown_look_or_message_is_not_there(asked: dict[str, str]) -> None:
    ground = Ground()
    await ground.say("/delay Wind farm")
    newest = (await ground.state())["messages"][-1]["id"]
    answer = await ground.browser.get("/api/payload", params={"message": newest, **asked})
    assert answer.status_code == 404
