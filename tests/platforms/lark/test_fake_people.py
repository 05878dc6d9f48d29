"""What people do reaches the app as the platform sends it, and its answers reach the people."""

import asyncio
from collections.abc import Awaitable
from typing import Any

import pytest
from starlette.responses import RedirectResponse, Response

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake import screen
from tests.platforms.lark.fake.entries import Value
from tests.platforms.lark.fake.gate import Asked
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.screen import NotThere
from tests.platforms.lark.fake.tenant import Message, Person
from tests.platforms.lark.samples import box, button, card, day, form, select, submit, text
from tests.platforms.lark.stand_in import StandIn

TOAST = {"type": "success", "content": "Noted", "i18n": {"en_us": "Noted", "zh_cn": "已记下"}}


@pytest.fixture
def maya(fake: FakeLark) -> Person:
    return fake.tenant.person("Maya", "zh_cn")


async def stands(fake: FakeLark, plain: Plain, person: Person, *elements: Any) -> Message:
    """A card with these elements, sent to the person."""
    answer = await plain.send(person.open_id, card(*elements))
    assert answer["code"] == 0, answer
    return fake.tenant.messages[answer["data"]["message_id"]]


async def test_a_text_arrives_sealed_and_signed(fake: FakeLark, app: StandIn, maya: Person) -> None:
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


async def test_an_answer_that_came_before_a_patch_is_read_before_it(
    fake: FakeLark, plain: Plain, maya: Person
) -> None:
    message = await stands(fake, plain, maya, button("Skip", {"a": "skip"}))

    async def press() -> None:
        token = fake.updates.begin(message)
        for _ in range(20):  # turns in which the answer goes from the line to whoever pressed
            await asyncio.sleep(0)
        fake.updates.end(token, answered=True)

    patch = Asked({"message_id": message.id}, {}, {"content": message.content})
    await fake.do(_both(press(), fake.messages.patch(patch)))
    assert len(message.versions) == 2


async def _both(*works: Awaitable[object]) -> None:
    await asyncio.gather(*works)


async def test_without_its_scope_the_language_is_not_told(
    fake: FakeLark, app: StandIn, maya: Person
) -> None:
    fake.tenant.app.scopes.discard("im:user_agent:read")
    await fake.do(fake.hands.say(maya, "/delay"))
    assert "user_agent" not in app.heard[0]["event"]["message"]


async def test_in_a_group_the_bot_hears_what_mentions_it(
    fake: FakeLark, app: StandIn, maya: Person
) -> None:
    group = fake.tenant.group("Wind farm", maya)
    await fake.do(fake.hands.say(maya, "lunch?", group))
    await fake.do(fake.hands.say(maya, "/delay", group, mention=True))

    [heard] = app.heard
    message = heard["event"]["message"]
    assert message["content"] == '{"text": "@_user_1 /delay"}'
    assert message["mentions"][0]["id"]["open_id"] == fake.tenant.app.bot
    assert message["chat_type"] == "group"


async def test_without_the_scope_for_direct_messages_none_arrives(
    fake: FakeLark, app: StandIn, maya: Person
) -> None:
    fake.tenant.app.scopes.discard("im:message.p2p_msg:readonly")
    await fake.do(fake.hands.say(maya, "/delay"))
    assert app.heard == []


async def test_other_things_that_people_do_arrive(
    fake: FakeLark, app: StandIn, maya: Person
) -> None:
    group = fake.tenant.group("Wind farm", maya, external=True)
    hands = fake.hands
    await fake.do(hands.open(maya))
    await fake.do(hands.tap_menu(maya, "delay"))
    await fake.do(hands.add_bot(maya, group))
    await fake.do(hands.send(maya, "image", '{"image_key": "img_1"}'))
    await fake.do(hands.other_bot_says("beep", group))
    await fake.do(hands.remove_bot(maya, group))
    await fake.do(hands.disband(maya, group))
    await fake.do(hands.happen(hands.writes.wrap("im.chat.updated_v1", {"chat_id": group.id})))

    events = {h["header"]["event_type"]: h["event"] for h in app.heard}
    assert list(events) == [
        "im.chat.access_event.bot_p2p_chat_entered_v1",
        "application.bot.menu_v6",
        "im.chat.member.bot.added_v1",
        "im.message.receive_v1",
        "im.chat.member.bot.deleted_v1",
        "im.chat.disbanded_v1",
        "im.chat.updated_v1",
    ]
    assert "chat_id" not in events["application.bot.menu_v6"]
    assert events["im.chat.member.bot.added_v1"]["external"] is True
    assert events["im.message.receive_v1"]["sender"]["sender_type"] == "bot"


async def test_that_the_app_was_stopped_is_told_in_the_older_schema(
    fake: FakeLark, app: StandIn
) -> None:
    await fake.do(fake.hands.disable_app())
    [heard] = app.heard
    assert heard["type"] == "event_callback"
    assert heard["event"]["type"] == "app_status_change"
    assert not fake.tenant.app.enabled


async def test_a_submitted_form_brings_what_was_filled_in(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person
) -> None:
    fields = (box(), day(), select(initial_option="low"), submit())
    message = await stands(fake, plain, maya, form(*fields))
    app.answer({"toast": TOAST})
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


async def test_a_picked_day_carries_the_offset_of_that_day(
    fake: FakeLark, plain: Plain, app: StandIn
) -> None:
    ana = fake.tenant.person("Ana", zone="America/New_York")
    message = await stands(fake, plain, ana, form(day(), submit()))
    for picked in ("2026-12-04", "2026-07-04"):
        await fake.do(fake.hands.press(ana, message, "Send", fill={"until": picked}))
    sent = [h["event"]["action"]["form_value"]["until"] for h in app.heard]
    assert sent == ["2026-12-04 -0500", "2026-07-04 -0400"]


@pytest.mark.parametrize(("blanks", "values"), [("missing", {}), ("empty", {"reason": ""})])
async def test_an_empty_field_is_missing_or_empty(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person, blanks: Any, values: object
) -> None:
    message = await stands(fake, plain, maya, form(box(), submit()))
    fake.hands.blanks = blanks
    await fake.do(fake.hands.press(maya, message, "Send（中）"))
    assert app.heard[-1]["event"]["action"]["form_value"] == values


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("cause", "storm"),
        ("until", "tomorrow"),
        ("impact", "huge"),
        ("reason", "a" * 11),
        ("reason", "two\nlines"),
        ("closed", "words"),
    ],
)
async def test_what_cannot_be_entered_is_not_sent(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person, name: str, value: Value
) -> None:
    fields = (box(max_length=10), day(), select(), box("closed", disabled=True), submit())
    message = await stands(fake, plain, maya, form(*fields))
    with pytest.raises(NotThere):
        await fake.do(fake.hands.press(maya, message, "Send（中）", fill={name: value}))
    assert app.heard == []


async def test_a_required_field_must_be_filled(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person
) -> None:
    message = await stands(fake, plain, maya, form(box(required=True), submit()))
    with pytest.raises(NotThere, match="required"):
        await fake.do(fake.hands.press(maya, message, "Send（中）"))


async def test_a_choice_is_given_by_its_value_or_its_words(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person
) -> None:
    message = await stands(fake, plain, maya, select("impact", "low", "high"))
    for chosen in ("high", "high（中）"):
        await fake.do(fake.hands.choose(maya, message, "impact", chosen))
    assert [h["event"]["action"]["option"] for h in app.heard] == ["high", "high"]


async def test_a_card_in_the_answer_takes_the_place_of_the_pressed_one(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person
) -> None:
    message = await stands(fake, plain, maya, button("Skip"))
    app.answer({"card": {"type": "raw", "data": card(text("Skipped", tag="markdown"))}})
    await fake.do(fake.hands.press(maya, message, "Skip（中）"))

    assert "Skipped" in screen.texts(message.card)
    with pytest.raises(NotThere):
        await fake.do(fake.hands.press(maya, message, "Skip（中）"))


async def test_a_button_can_be_pressed_on_the_card_as_it_was(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person
) -> None:
    message = await stands(fake, plain, maya, button("Skip"))
    await plain.patch(message.id, card(button("Next")))
    await fake.do(fake.hands.press(maya, message, "Skip（中）", version=0))
    assert app.heard[-1]["event"]["action"]["value"] == {"do": "Skip"}


async def test_who_is_not_in_the_conversation_cannot_press(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person
) -> None:
    message = await stands(fake, plain, maya, button("Skip"))
    with pytest.raises(NotThere):
        await fake.do(fake.hands.press(fake.tenant.person("Jun"), message, "Skip"))


def raw(shown: object) -> dict[str, Any]:
    return {"card": {"type": "raw", "data": shown}}


ANSWERS: dict[str, tuple[int, Response | float | dict[str, Any] | list[Any]]] = {
    "nothing to say": (0, {}),
    "a toast": (0, {"toast": TOAST}),
    "an answer that comes too late": (200341, 0.3),
    "a redirect": (200671, RedirectResponse("/elsewhere", 302)),
    "a fault": (200671, Response(status_code=500)),
    "no body": (200672, Response()),
    "a list": (200672, []),
    "another key": (200672, {"message": "ok"}),
    "a toast of another kind": (200672, {"toast": {**TOAST, "type": "fine"}}),
    "a card template": (200673, {"card": {"type": "template", "data": {}}}),
    "a card that breaks a rule": (200673, raw(card({"tag": "note"}))),
    "a card of schema 1.0": (200830, raw({"elements": []})),
}


@pytest.mark.parametrize("case", ANSWERS)
async def test_an_answer_is_read_as_the_client_reads_it(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person, case: str
) -> None:
    code, answer = ANSWERS[case]
    message = await stands(fake, plain, maya, button("Skip"))
    if code == 200341:
        fake.webhook.patience = 0.1
    app.say(answer)
    pressed = await fake.do(fake.hands.press(maya, message, "Skip（中）"))

    assert pressed.code == code
    assert bool(fake.violations) == (code in (200672, 200673, 200830))
    fake.violations.clear()


async def test_without_an_address_or_a_listener_the_client_says_so(
    fake: FakeLark, plain: Plain, maya: Person
) -> None:
    message = await stands(fake, plain, maya, button("Skip"))
    nowhere = await fake.do(fake.hands.press(maya, message, "Skip（中）"))
    await fake.subscribe("http://127.0.0.1:9/lark/events")
    dead = await fake.do(fake.hands.press(maya, message, "Skip（中）"))
    assert (nowhere.code, dead.code) == (200340, 200342)


async def test_a_toast_in_one_language_is_noted(
    fake: FakeLark, plain: Plain, app: StandIn, maya: Person
) -> None:
    message = await stands(fake, plain, maya, button("Skip"))
    app.answer({"toast": {"type": "info", "content": "Noted"}})
    pressed = await fake.do(fake.hands.press(maya, message, "Skip（中）"))
    assert pressed.code == 0
    assert len(fake.violations) == 1
    fake.violations.clear()


async def test_what_the_bot_writes_is_waited_for(
    fake: FakeLark, plain: Plain, maya: Person
) -> None:
    with pytest.raises(TimeoutError):
        await fake.until(lambda: bool(fake.sent(maya)), within=0.05)
    await plain.send(maya.open_id, "hello")
    await fake.until(lambda: bool(fake.sent(maya)))
    assert fake.sent(maya)[0].content == '{"text": "hello"}'
