"""im/v1/messages of the fake: who may be written to, how often, and what may be changed."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.messages import FOLLOW_UP, GET, LIST, REPLY, SEND
from tests.platforms.lark.fake.tenant import Chat, Message, Person
from tests.platforms.lark.samples import card, text

REFUSED: dict[str, tuple[int, Callable[[FakeLark, Person, Chat], object], str]] = {
    "a person outside the availability": (
        230013, lambda f, p, c: setattr(p, "available", False), "person",
    ),
    "a person who stopped the bot": (230053, lambda f, p, c: setattr(p, "stopped", True), "person"),
    "a person of another tenant": (230038, lambda f, p, c: setattr(p, "tenant", "x"), "person"),
    "a group without the bot": (230002, lambda f, p, c: setattr(c, "bot_in", False), "group"),
    "a dissolved group": (232009, lambda f, p, c: setattr(c, "disbanded", True), "group"),
    "a group with another tenant": (230027, lambda f, p, c: setattr(c, "external", True), "group"),
    "a group where the bot is muted": (230018, lambda f, p, c: setattr(c, "muted", True), "group"),
    "an encrypted chat": (230075, lambda f, p, c: setattr(c, "encrypted", True), "group"),
    "a group that takes no cards": (
        230054, lambda f, p, c: setattr(c, "takes_cards", False), "group",
    ),
    "an app without a bot": (230006, lambda f, p, c: setattr(f.tenant.app, "has_bot", False), "group"),
}  # fmt: skip


def shown() -> dict[str, Any]:
    return card(text("Step 1", tag="markdown"))


async def sent(fake: FakeLark, plain: Plain, to: str, **more: str) -> Message:
    answer = await plain.send(to, shown(), **more)
    assert answer["code"] == 0, answer
    return fake.tenant.messages[answer["data"]["message_id"]]


@pytest.mark.parametrize("case", REFUSED)
async def test_who_cannot_be_reached_is_told_apart(fake: FakeLark, plain: Plain, case: str) -> None:
    code, change, to = REFUSED[case]
    maya = fake.tenant.person("Maya")
    group = fake.tenant.group("Wind farm", maya)
    change(fake, maya, group)

    answer = await plain.send(maya.open_id if to == "person" else group.id, shown())
    assert (plain.status, answer["code"]) == (400, code)
    assert fake.sent(group) == fake.sent(maya) == []


async def test_the_bot_speaks_in_external_groups_once_sharing_is_on(
    fake: FakeLark, plain: Plain
) -> None:
    group = fake.tenant.group("With the customer", fake.tenant.person("Maya"), external=True)
    fake.tenant.app.shares_externally = True
    assert (await plain.send(group.id, shown()))["code"] == 0


@pytest.mark.parametrize("kind", ["open_id", "union_id", "user_id"])
async def test_a_person_is_found_by_each_id(fake: FakeLark, plain: Plain, kind: str) -> None:
    maya = fake.tenant.person("Maya")
    body = {"receive_id": getattr(maya, kind), "msg_type": "text", "content": '{"text": "hello"}'}
    answer = await plain.call(SEND, body, {"receive_id_type": kind})
    assert answer["data"]["chat_id"] == fake.tenant.direct(maya).id


@pytest.mark.parametrize(
    ("query", "body", "code"),
    [
        ({}, {}, 99992402),
        ({"receive_id_type": "open_id"}, {"receive_id": ""}, 99992402),
        ({"receive_id_type": "chat_id"}, {"receive_id": "oc_none"}, 230001),
        ({"receive_id_type": "open_id"}, {"msg_type": "picture"}, 230001),
        ({"receive_id_type": "open_id"}, {"content": "hello"}, 230001),
        ({"receive_id_type": "open_id"}, {"content": {"text": "hello"}}, 99992402),
        ({"receive_id_type": "open_id"}, {"uuid": "u" * 51}, 230001),
        ({"receive_id_type": "open_id"}, {"content": '{"text": "%s"}' % ("a" * 153_600)}, 230025),
    ],
)
async def test_a_request_that_is_off_is_refused(
    fake: FakeLark, plain: Plain, query: dict[str, str], body: dict[str, Any], code: int
) -> None:
    maya = fake.tenant.person("Maya")
    usual = {"receive_id": maya.open_id, "msg_type": "text", "content": '{"text": "hello"}'}
    answer = await plain.call(SEND, usual | body, query)
    assert answer["code"] == code
    assert fake.sent(maya) == []


async def test_one_uuid_makes_one_message_within_the_hour(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    first = await sent(fake, plain, maya.open_id, uuid="row-1")
    await fake.wait(timedelta(minutes=59))
    again = await sent(fake, plain, maya.open_id, uuid="row-1")
    await fake.wait(timedelta(minutes=2))
    later = await sent(fake, plain, maya.open_id, uuid="row-1")

    assert again.id == first.id
    assert later.id != first.id
    assert len(fake.sent(maya)) == 2


async def test_a_repeated_uuid_may_be_refused_instead(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    fake.messages.repeated = "refused"
    await sent(fake, plain, maya.open_id, uuid="row-1")
    assert (await plain.send(maya.open_id, shown(), uuid="row-1"))["code"] == 230049


async def test_the_sixth_message_of_a_second_to_one_person_is_too_many(
    fake: FakeLark, plain: Plain
) -> None:
    fake.clock.stand()
    maya, jun = fake.tenant.person("Maya"), fake.tenant.person("Jun")
    codes = [(await plain.send(maya.open_id, "hello"))["code"] for _ in range(6)]
    other = await plain.send(jun.open_id, "hello")
    await fake.wait(timedelta(seconds=1))

    assert codes == [0] * 5 + [230020]
    assert other["code"] == 0
    assert (await plain.send(maya.open_id, "hello"))["code"] == 0


async def test_a_reply_stands_under_its_message(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    await fake.do(fake.hands.say(maya, "/delay"))
    [asked] = fake.shown(maya)
    body = {"msg_type": "text", "content": '{"text": "here"}', "reply_in_thread": True}
    answer = (await plain.call(REPLY, body, message_id=asked.id))["data"]

    assert (answer["parent_id"], answer["root_id"]) == (asked.id, asked.id)
    assert answer["thread_id"] == asked.thread
    assert answer["sender"] == {
        "id": fake.tenant.app.id,
        "id_type": "app_id",
        "sender_type": "app",
        "tenant_key": fake.tenant.key,
    }


async def test_a_patched_card_shows_the_new_content(fake: FakeLark, plain: Plain) -> None:
    message = await sent(fake, plain, fake.tenant.person("Maya").open_id)
    await plain.patch(message.id, card(text("Step 2", tag="markdown")))
    [item] = (await plain.call(GET, message_id=message.id))["data"]["items"]

    assert message.card["body"]["elements"][0]["content"] == "Step 2"
    assert item["updated"] is True
    assert len(message.versions) == 2


async def test_a_card_is_read_only_by_those_who_ask_for_cards(fake: FakeLark, plain: Plain) -> None:
    message = await sent(fake, plain, fake.tenant.person("Maya").open_id)
    asked = {"card_msg_content_type": "user_card_content"}
    [usual] = (await plain.call(GET, message_id=message.id))["data"]["items"]
    [whole] = (await plain.call(GET, query=asked, message_id=message.id))["data"]["items"]

    assert "Step 1" not in usual["body"]["content"]
    assert json.loads(json.loads(whole["body"]["content"])["user_dsl"]) == message.card


async def test_a_group_is_read_only_with_a_scope_of_its_own(fake: FakeLark, plain: Plain) -> None:
    group = fake.tenant.group("Wind farm", fake.tenant.person("Maya"))
    message = await sent(fake, plain, group.id)
    refused = await plain.call(GET, message_id=message.id)
    fake.tenant.app.scopes.add("im:message.group_msg")

    assert refused["code"] == 230027
    assert (await plain.call(GET, message_id=message.id))["code"] == 0


CHANGED: dict[str, tuple[int, Callable[[FakeLark, Message], object]]] = {
    "somebody else's": (230012, lambda f, m: setattr(m, "sender", "cli_other")),
    "recalled": (230011, lambda f, m: setattr(m, "recalled", True)),
    "fifteen days old": (230031, lambda f, m: f.clock.advance(timedelta(days=14, seconds=1))),
    "being pressed": (230099, lambda f, m: f.messages.pressed.append(m.id)),
    "no card": (230001, lambda f, m: setattr(m, "kind", "text")),
    "in a conversation that was left": (
        230013,
        lambda f, m: setattr(next(iter(f.tenant.people.values())), "available", False),
    ),
}


@pytest.mark.parametrize("case", CHANGED)
async def test_a_card_that_cannot_be_patched_says_why(
    fake: FakeLark, plain: Plain, case: str
) -> None:
    code, change = CHANGED[case]
    message = await sent(fake, plain, fake.tenant.person("Maya").open_id)
    change(fake, message)
    if case == "fifteen days old":
        await plain.log_in()

    answer = await plain.patch(message.id, card(text("Step 2", tag="markdown")))
    assert (plain.status, answer["code"]) == (400, code)
    assert len(message.versions) == 1


async def test_the_sixth_patch_of_a_second_is_too_many(fake: FakeLark, plain: Plain) -> None:
    fake.clock.stand()
    maya = fake.tenant.person("Maya")
    first, other = [await sent(fake, plain, maya.open_id) for _ in range(2)]
    codes = [(await plain.patch(first.id, shown()))["code"] for _ in range(6)]

    assert codes == [0] * 5 + [230020]
    assert (await plain.patch(other.id, shown()))["code"] == 0


async def test_a_chat_is_read_page_by_page(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    ids = [(await sent(fake, plain, maya.open_id)).id for _ in range(3)]
    query = {
        "container_id_type": "chat",
        "container_id": fake.tenant.direct(maya).id,
        "sort_type": "ByCreateTimeDesc",
        "page_size": "2",
    }
    first = (await plain.call(LIST, query=query))["data"]
    rest = (await plain.call(LIST, query=query | {"page_token": first["page_token"]}))["data"]

    assert [m["message_id"] for m in first["items"] + rest["items"]] == ids[::-1]
    assert (first["has_more"], rest["has_more"]) == (True, False)


async def test_a_chat_is_read_between_two_times(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    await sent(fake, plain, maya.open_id)
    await fake.wait(timedelta(minutes=10))
    late = await sent(fake, plain, maya.open_id)
    query = {
        "container_id_type": "chat",
        "container_id": fake.tenant.direct(maya).id,
        "start_time": str(int(late.at.timestamp()) - 60),
        "end_time": str(int(late.at.timestamp()) + 60),
    }
    items = (await plain.call(LIST, query=query))["data"]["items"]
    assert [m["message_id"] for m in items] == [late.id]


async def test_bubbles_stand_under_the_newest_message_and_speak_for_the_person(
    fake: FakeLark, plain: Plain
) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    message = await sent(fake, plain, maya.open_id)
    skip = {"content": "Skip", "i18n_contents": [{"language": "zh_cn", "content": "跳过"}]}
    bubbles = {"follow_ups": [skip, {"content": "Back"}]}
    answer = await plain.call(FOLLOW_UP, bubbles, message_id=message.id)
    assert message.bubbles("zh_cn") == ["跳过", "Back"]
    await fake.do(fake.hands.tap_follow_up(maya, message, "跳过"))

    assert answer["code"] == 0
    assert fake.shown(maya)[-1].content == '{"text": "跳过"}'
    again = await plain.call(FOLLOW_UP, bubbles, message_id=message.id)
    assert again["code"] == 230001


@pytest.mark.parametrize("count", [0, 4])
async def test_there_are_one_to_three_bubbles(fake: FakeLark, plain: Plain, count: int) -> None:
    message = await sent(fake, plain, fake.tenant.person("Maya").open_id)
    bubbles = {"follow_ups": [{"content": "Skip"}] * count}
    answer = await plain.call(FOLLOW_UP, bubbles, message_id=message.id)
    assert answer["code"] == 230001


async def test_bubbles_come_within_ten_minutes(fake: FakeLark, plain: Plain) -> None:
    message = await sent(fake, plain, fake.tenant.person("Maya").open_id)
    await fake.wait(timedelta(minutes=10))
    answer = await plain.call(FOLLOW_UP, {"follow_ups": [{"content": "a"}]}, message_id=message.id)
    assert answer["code"] == 230001
