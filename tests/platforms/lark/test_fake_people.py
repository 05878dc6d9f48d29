"""What people do reaches the app as the platform sends it, and its answers reach the people."""

from datetime import timedelta

import pytest

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.screen import NotThere
from tests.platforms.lark.fake.tenant import Message
from tests.platforms.lark.samples import box, button, card, day, form, select, submit, text
from tests.platforms.lark.stand_in import StandIn


async def stands(fake: FakeLark, plain: Plain, shown: object) -> Message:
    """The card, sent to Maya."""
    maya = fake.tenant.person("Maya", "zh_cn")
    answer = await plain.send(maya.open_id, shown)
    return fake.tenant.messages[answer["data"]["message_id"]]


async def test_a_text_arrives_sealed_and_signed(fake: FakeLark, app: StandIn) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    push = await fake.do(fake.hands.say(maya, "/delay 风电场"))

    [heard] = app.heard
    message = heard["event"]["message"]
    assert push.answered
    assert app.forged == 0
    assert heard["header"]["token"] == "a token"
    assert heard["event"]["sender"]["sender_id"]["open_id"] == maya.open_id
    assert message["content"] == '{"text": "/delay 风电场"}'
    assert message["chat_type"] == "p2p"
    assert "LarkLocale/zh_CN" in message["user_agent"]


async def test_a_submitted_form_brings_what_was_filled_in(
    fake: FakeLark, plain: Plain, app: StandIn
) -> None:
    message = await stands(
        fake, plain, card(form(box(), day(), select(initial_option="low"), submit()))
    )
    app.answer(
        {
            "toast": {
                "type": "success",
                "content": "Noted",
                "i18n": {"en_us": "Noted", "zh_cn": "已记下"},
            }
        }
    )
    maya = next(iter(fake.tenant.people.values()))
    filled = {"reason": "storm", "until": "2026-12-04"}
    pressed = await fake.do(fake.hands.press(maya, message, "Send（中）", fill=filled))

    event = app.heard[-1]["event"]
    assert pressed.says("zh_cn") == "已记下"
    assert event["action"]["form_value"] == {
        "reason": "storm",
        "until": "2026-12-04 +0800",
        "impact": "low",
    }
    assert event["action"]["name"] == "send"
    assert event["action"]["timezone"] == "Asia/Shanghai"
    assert event["context"] == {"open_message_id": message.id, "open_chat_id": message.chat}


async def test_a_card_in_the_answer_takes_the_place_of_the_pressed_one(
    fake: FakeLark, plain: Plain, app: StandIn
) -> None:
    message = await stands(fake, plain, card(button("Skip")))
    app.answer({"card": {"type": "raw", "data": card(text("Skipped", tag="markdown"))}})
    maya = next(iter(fake.tenant.people.values()))
    await fake.do(fake.hands.press(maya, message, "Skip（中）"))

    assert "Skipped" in screen.texts(message.card)
    with pytest.raises(NotThere):
        await fake.do(fake.hands.press(maya, message, "Skip（中）"))


async def test_an_unanswered_event_comes_again_and_again_for_seven_hours(
    fake: FakeLark, app: StandIn
) -> None:
    maya = fake.tenant.person("Maya")
    for _ in range(9):
        app.answer({}, status=500)
    push = await fake.do(fake.hands.say(maya, "/delay"))
    await fake.wait(timedelta(hours=12))

    first = push.attempts[0].at
    after = [round((a.at - first).total_seconds()) for a in push.attempts]
    assert after == [0, 15, 315, 3915, 25515]
