"""The smaller rooms of the fake: people, chats, commands, documents, the update by token."""

from datetime import timedelta
from typing import Any

import pytest

from tests.platforms.lark.client import Plain
from tests.platforms.lark.fake import commands, documents, people, updates
from tests.platforms.lark.fake.answers import Pressed
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.screen import NotThere
from tests.platforms.lark.samples import button, card, text
from tests.platforms.lark.stand_in import StandIn

DELAY = {
    "command": "delay",
    "description": {
        "default_value": "Tell a customer about a delay",
        "i18n": {"en_us": "Tell a customer about a delay", "zh_cn": "把延期告诉客户"},
    },
}


async def test_a_person_is_told_without_language_and_zone(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya", "zh_cn")
    answer = await plain.call(people.USER, user_id=maya.open_id)
    assert set(answer["data"]["user"]) == {"open_id", "union_id", "name", "en_name"}


async def test_people_of_other_tenants_are_not_told(fake: FakeLark, plain: Plain) -> None:
    guest = fake.tenant.person("Guest", tenant="another")
    assert (await plain.call(people.USER, user_id=guest.open_id))["code"] == 41050
    assert (await plain.call(people.USER, user_id="ou_none"))["code"] == 41012


async def test_a_group_is_told_with_its_people(fake: FakeLark, plain: Plain) -> None:
    maya, jun = fake.tenant.person("Maya"), fake.tenant.person("Jun")
    group = fake.tenant.group("Wind farm", maya, jun)
    chat = (await plain.call(people.CHAT, chat_id=group.id))["data"]
    members = (await plain.call(people.MEMBERS, chat_id=group.id))["data"]
    chats = (await plain.call(people.CHATS))["data"]

    assert (chat["name"], chat["external"], chat["chat_mode"]) == ("Wind farm", False, "group")
    assert [m["member_id"] for m in members["items"]] == [maya.open_id, jun.open_id]
    assert [c["chat_id"] for c in chats["items"]] == [group.id]


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("disbanded", True, 232009), ("bot_in", False, 232011), ("external", True, 232033)],
)
async def test_a_group_out_of_reach_is_not_told(
    fake: FakeLark, plain: Plain, name: str, value: bool, code: int
) -> None:
    group = fake.tenant.group("Wind farm", fake.tenant.person("Maya"))
    setattr(group, name, value)
    assert (await plain.call(people.CHAT, chat_id=group.id))["code"] == code


async def test_a_command_is_there_once_and_can_be_picked(
    fake: FakeLark, plain: Plain, app: StandIn
) -> None:
    maya = fake.tenant.person("Maya")
    with pytest.raises(NotThere):
        await fake.do(fake.hands.pick_command(maya, "delay"))
    made = await plain.call(commands.CREATE, DELAY)
    again = await plain.call(commands.CREATE, DELAY)
    await fake.do(fake.hands.pick_command(maya, "delay", "Wind farm"))

    listed = (await plain.call(commands.LIST))["data"]["items"]
    assert again["msg"] == "Invalid Param 'command'. command already exists."
    assert again["code"] == 40000000
    assert [c["command_id"] for c in listed] == [made["data"]["command_id"]]
    assert app.heard[-1]["event"]["message"]["content"] == '{"text": "/delay Wind farm"}'


async def test_a_command_s_words_can_be_changed_and_it_can_go(fake: FakeLark, plain: Plain) -> None:
    made = (await plain.call(commands.CREATE, DELAY))["data"]
    other = {"description": {"default_value": "Other words"}}
    changed = await plain.call(commands.CHANGE, other, command_id=made["command_id"])
    gone = await plain.call(commands.DELETE, command_id=made["command_id"])

    assert changed["data"]["description"] == {"default_value": "Other words"}
    assert gone["code"] == 0
    assert (await plain.call(commands.LIST))["data"]["items"] == []


@pytest.mark.parametrize(
    "body",
    [
        {"command": "/delay"},
        {"command": ""},
        {"description": {}},
        {"description": {"default_value": "a", "i18n": {"en": "a"}}},
    ],
)
async def test_a_command_that_is_off_is_refused(
    fake: FakeLark, plain: Plain, body: dict[str, Any]
) -> None:
    assert (await plain.call(commands.CREATE, DELAY | body))["code"] == 40000000


async def test_commands_need_their_own_scope_and_a_tenant_that_knows_them(
    fake: FakeLark, plain: Plain
) -> None:
    fake.tenant.app.scopes.discard("application:app_slash_command:write")
    without_scope = await plain.call(commands.CREATE, DELAY)
    fake.commands.known = False
    unknown = await plain.call(commands.LIST)

    assert without_scope["code"] == 99991672
    assert (plain.status, unknown["code"]) == (404, 404)


async def test_a_document_is_made_filled_and_shared(fake: FakeLark, plain: Plain) -> None:
    maya = fake.tenant.person("Maya")
    made = (await plain.call(documents.NEW, {"title": "Lessons"}))["data"]["document"]
    markdown = {"content_type": "markdown", "content": "# Lessons\n\nAsk earlier."}
    blocks = (await plain.call(documents.CONVERT, markdown))["data"]
    filled = {"children_id": blocks["first_level_block_ids"], "descendants": blocks["blocks"]}
    id_ = made["document_id"]
    await plain.call(documents.FILL, filled, document_id=id_, block_id=id_)
    shared = {"member_type": "openid", "member_id": maya.open_id, "perm": "edit"}
    answer = await plain.call(documents.SHARE, shared, {"type": "docx"}, token=id_)

    document = fake.tenant.documents[id_]
    assert answer["code"] == 0
    assert len(document.blocks) == 2
    assert document.readers == [maya.open_id]


async def test_the_fourth_change_of_a_document_in_a_second_is_too_many(
    fake: FakeLark, plain: Plain
) -> None:
    fake.clock.stand()
    id_ = (await plain.call(documents.NEW))["data"]["document"]["document_id"]
    words = {"elements": [{"text_run": {"content": "late"}}]}
    one = {"children": [{"block_type": 2, "text": words}]}
    path = {"document_id": id_, "block_id": id_}
    codes = [(await plain.call(documents.FILL_FLAT, one, **path))["code"] for _ in range(4)]

    assert codes == [0, 0, 0, 99991400]
    assert plain.status == 400


async def pressed(fake: FakeLark, plain: Plain) -> Pressed:
    maya = fake.tenant.person("Maya")
    answer = await plain.send(maya.open_id, card(button("Skip")))
    message = fake.tenant.messages[answer["data"]["message_id"]]
    return await fake.do(fake.hands.press(maya, message, "Skip"))


async def test_a_token_updates_its_card_twice(fake: FakeLark, plain: Plain, app: StandIn) -> None:
    token = (await pressed(fake, plain)).token
    body = {"token": token, "card": card(text("Done", tag="markdown"))}
    codes = [(await plain.call(updates.UPDATE, body))["code"] for _ in range(3)]

    [message] = fake.tenant.messages.values()
    assert codes == [0, 0, 11206]
    assert len(message.versions) == 3


async def test_a_token_ends_after_half_an_hour(fake: FakeLark, plain: Plain, app: StandIn) -> None:
    token = (await pressed(fake, plain)).token
    await fake.wait(timedelta(minutes=31))
    answer = await plain.call(updates.UPDATE, {"token": token, "card": card()})
    assert answer["code"] == 11206


async def test_a_token_is_good_only_once_its_callback_was_answered(
    fake: FakeLark, plain: Plain, app: StandIn
) -> None:
    app.answer({}, status=500)
    token = (await pressed(fake, plain)).token
    answer = await plain.call(updates.UPDATE, {"token": token, "card": card()})
    assert answer["code"] == 11206
