"""The Web API of the fake through the real SDK: who may do what, and how it is refused."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.platforms.slack.bolt import client
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.limit_cases import actions, button, modal, mrkdwn, plain, section

QUIET: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
METADATA = {"event_type": "candor", "event_payload": {"row": "r-1"}}
Call = Callable[[AsyncWebClient], Awaitable[Any]]


async def refused(call: Awaitable[Any]) -> dict[str, Any]:
    """What a call was refused with."""
    with pytest.raises(SlackApiError) as caught:
        await call
    found: dict[str, Any] = caught.value.response.data
    return found


async def post(slack: FakeSlack, channel: str = "C0TEAM", **more: Any) -> str:
    """Post a sentence; gives its ts."""
    words = {"text": "The blades are late.", **QUIET, **more}
    return str((await client(slack).chat_postMessage(channel=channel, **words))["ts"])


async def test_the_app_learns_who_it_is(slack: FakeSlack) -> None:
    told = await client(slack).auth_test()
    assert (told["team_id"], told["user_id"]) == ("T0CANDOR", slack.workspace.bot.id)
    assert "chat:write" in told.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("token", "error"),
    [
        ("", "not_authed"),
        ("xoxb-another", "invalid_auth"),
        (FakeSlack.app_token, "not_allowed_token_type"),
    ],
)
async def test_a_wrong_token_is_refused(slack: FakeSlack, token: str, error: str) -> None:
    web = client(slack, token=token)
    assert (await refused(web.users_info(user="UMAYA")))["error"] == error


@pytest.mark.parametrize("state", ["token_revoked", "account_inactive", "token_expired"])
async def test_a_token_that_lives_no_more_is_refused(slack: FakeSlack, state: Any) -> None:
    slack.token_of("T0CANDOR").state = state
    assert (await refused(client(slack).auth_test()))["error"] == state


SCOPED: list[tuple[str, Call]] = [
    ("chat:write", lambda web: web.chat_postMessage(channel="C0TEAM", text="x", **QUIET)),
    ("users:read", lambda web: web.users_info(user="UMAYA")),
    ("channels:read", lambda web: web.conversations_info(channel="C0TEAM")),
    ("groups:read", lambda web: web.conversations_members(channel="C0PRIVATE")),
    ("channels:history", lambda web: web.conversations_history(channel="C0TEAM")),
    ("groups:history", lambda web: web.conversations_history(channel="C0PRIVATE")),
    ("im:write", lambda web: web.conversations_open(users="UMAYA")),
    ("mpim:write", lambda web: web.conversations_open(users="UMAYA,UOMAR")),
    ("channels:join", lambda web: web.conversations_join(channel="C0ELSE")),
    ("channels:read", lambda web: web.users_conversations()),
    ("team:read", lambda web: web.team_info()),
    ("files:write", lambda web: web.files_getUploadURLExternal(filename="x", length=1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "call"), SCOPED, ids=[f"{s}-{n}" for n, (s, _) in enumerate(SCOPED)]
)
async def test_a_missing_scope_is_named(slack: FakeSlack, scope: str, call: Call) -> None:
    slack.token_of("T0CANDOR").scopes = {"commands"}
    answer = await refused(call(client(slack)))
    assert (answer["error"], answer["needed"], answer["provided"]) == (
        "missing_scope",
        scope,
        "commands",
    )
    slack.token_of("T0CANDOR").scopes = {scope}
    await call(client(slack))


async def test_where_the_app_is_not_it_cannot_post(slack: FakeSlack) -> None:
    web = client(slack)
    words = {"text": "x", **QUIET}
    assert (await refused(web.chat_postMessage(channel="C0ELSE", **words)))[
        "error"
    ] == "not_in_channel"
    assert (await refused(web.chat_postMessage(channel="C0NONE", **words)))[
        "error"
    ] == "channel_not_found"
    slack.workspace.channels["C0PRIVATE"].members.remove(slack.workspace.bot.id)
    answer = await refused(web.chat_postMessage(channel="C0PRIVATE", **words))
    assert answer["error"] == "channel_not_found"
    slack.workspace.channels["C0TEAM"].is_archived = True
    assert (await refused(web.chat_postMessage(channel="C0TEAM", **words)))[
        "error"
    ] == "is_archived"
    slack.token_of("T0CANDOR").scopes.add("chat:write.public")
    await web.chat_postMessage(channel="C0ELSE", **words)


async def test_a_person_s_id_is_their_dm(slack: FakeSlack) -> None:
    answer = await client(slack).chat_postMessage(channel="UMAYA", text="Hello.", **QUIET)
    opened = await client(slack).conversations_open(users="UMAYA", return_im=True)
    assert answer["channel"] == slack.dm("UMAYA") == opened["channel"]["id"]
    assert opened["channel"]["user"] == "UMAYA"


async def test_only_users_info_tells_that_a_person_is_deactivated(slack: FakeSlack) -> None:
    slack.workspace.users["UMAYA"].deleted = True
    web = client(slack)
    assert (await refused(web.conversations_open(users="UMAYA")))["error"] == "user_disabled"
    await web.chat_postMessage(channel="UMAYA", text="Nobody reads this.", **QUIET)
    assert (await web.users_info(user="UMAYA"))["user"]["deleted"] is True


async def test_only_own_messages_are_changed_and_taken_back(slack: FakeSlack) -> None:
    web = client(slack)
    own = await post(slack)
    other = slack.happenings.written("UMAYA", "C0TEAM", "hello").ts
    await web.chat_update(channel="C0TEAM", ts=own, text="Now on time.")
    assert slack.messages("C0TEAM")[0].text == "Now on time."
    changed = await refused(web.chat_update(channel="C0TEAM", ts=other, text="x"))
    deleted = await refused(web.chat_delete(channel="C0TEAM", ts=other))
    missing = await refused(web.chat_update(channel="C0TEAM", ts="1.2", text="x"))
    assert [a["error"] for a in (changed, deleted, missing)] == [
        "cant_update_message",
        "cant_delete_message",
        "message_not_found",
    ]
    await web.chat_delete(channel="C0TEAM", ts=own)
    assert [m.ts for m in slack.messages("C0TEAM")] == [other]


async def test_an_edit_without_blocks_keeps_them_and_an_empty_list_takes_them_away(
    slack: FakeSlack,
) -> None:
    web = client(slack)
    ts = await post(slack, blocks=[section()])
    await web.chat_update(channel="C0TEAM", ts=ts, text="Still late.")
    assert slack.messages("C0TEAM")[0].blocks != []
    await web.chat_update(channel="C0TEAM", ts=ts, text="On time.", blocks=[])
    assert slack.messages("C0TEAM")[0].blocks == []


async def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_changed(slack: FakeSlack) -> None:
    web = client(slack)
    told = await web.chat_postEphemeral(channel="C0TEAM", user="UMAYA", text="Only you.")
    assert [m.text for m in slack.ephemerals("UMAYA")] == ["Only you."]
    assert slack.messages("C0TEAM") == slack.ephemerals("UOMAR") == []
    ts = told["message_ts"]
    assert (await refused(web.chat_update(channel="C0TEAM", ts=ts, text="x")))[
        "error"
    ] == "message_not_found"
    answer = await refused(web.chat_postEphemeral(channel="C0TEAM", user="UGUEST", text="x"))
    assert answer["error"] == "user_not_in_channel"


async def test_a_broken_block_is_refused_in_slack_s_words_and_noted(slack: FakeSlack) -> None:
    web = client(slack)
    answer = await refused(
        web.chat_postMessage(
            channel="C0TEAM", text="x", blocks=[section(text=mrkdwn(3001))], **QUIET
        )
    )
    said = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    assert answer["error"] == "invalid_blocks"
    assert answer["errors"] == [said]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {said}"]
    assert slack.forgive() == [f"chat.postMessage: {said}"]
    assert slack.messages("C0TEAM") == []


async def test_forgotten_unfurls_text_and_unknown_arguments_are_noted(slack: FakeSlack) -> None:
    await client(slack).api_call(
        "chat.postMessage", json={"channel": "C0TEAM", "blocks": [section()], "colour": "red"}
    )
    noted = " ".join(slack.forgive())
    for word in ("unfurl_links", "unfurl_media", "/text", "unknown argument: colour"):
        assert word in noted
    assert len(slack.messages("C0TEAM")) == 1


async def test_form_and_json_are_read_alike(slack: FakeSlack) -> None:
    form = {"channel": "C0TEAM", "text": "x", "blocks": json.dumps([section()]), **QUIET}
    headers = {"Authorization": f"Bearer {slack.bot_token}"}
    async with httpx.AsyncClient(headers=headers) as web:
        answer = await web.post(f"{slack.base_url}chat.postMessage", data=form)
    assert answer.json()["ok"]
    assert slack.messages("C0TEAM")[0].blocks[0]["type"] == "section"


async def test_metadata_comes_back_only_when_asked_for(slack: FakeSlack) -> None:
    web = client(slack)
    await post(slack, metadata=METADATA)
    plainly = await web.conversations_history(channel="C0TEAM")
    fully = await web.conversations_history(channel="C0TEAM", include_all_metadata=True)
    assert "metadata" not in plainly["messages"][0]
    assert fully["messages"][0]["metadata"] == METADATA


async def test_history_is_newest_first_in_pages_after_a_time(slack: FakeSlack) -> None:
    web = client(slack)
    stamps = [await post(slack) for _ in range(5)]
    first = await web.conversations_history(channel="C0TEAM", limit=2, oldest=stamps[0])
    rest = await web.conversations_history(
        channel="C0TEAM",
        limit=2,
        oldest=stamps[0],
        cursor=first["response_metadata"]["next_cursor"],
    )
    found = [m["ts"] for page in (first, rest) for m in page["messages"]]
    assert found == stamps[:0:-1]
    assert (first["has_more"], rest["has_more"]) == (True, False)
    whole = await web.conversations_history(channel="C0TEAM", oldest=stamps[0], inclusive=True)
    assert len(whole["messages"]) == 5


async def test_a_thread_is_read_by_its_root_and_not_in_the_channel(slack: FakeSlack) -> None:
    web = client(slack)
    root = await post(slack)
    reply = await post(slack, thread_ts=root)
    replies = await web.conversations_replies(channel="C0TEAM", ts=root)
    history = await web.conversations_history(channel="C0TEAM")
    assert [m["ts"] for m in replies["messages"]] == [root, reply]
    assert [m["ts"] for m in history["messages"]] == [root]


async def test_a_channel_says_who_else_is_in_it(slack: FakeSlack) -> None:
    web = client(slack)
    shared = (await web.conversations_info(channel="C0SHARED"))["channel"]
    members = await web.conversations_members(channel="C0SHARED", limit=3)
    partner = (await web.users_info(user="UPARTNER"))["user"]
    guest = (await web.users_info(user="UGUEST"))["user"]
    assert shared["is_ext_shared"]
    assert shared["shared_team_ids"] == ["T0CANDOR", "T0CUSTOMER"]
    assert len(members["members"]) == 3
    assert members["response_metadata"]["next_cursor"]
    assert (partner["team_id"], "email" in partner["profile"]) == ("T0CUSTOMER", False)
    assert guest["is_restricted"]


async def test_the_time_zone_is_told_and_the_language_when_asked_for(slack: FakeSlack) -> None:
    web = client(slack)
    told = (await web.users_info(user="ULIN"))["user"]
    asked = (await web.users_info(user="ULIN", include_locale=True))["user"]
    assert (told["tz"], told["tz_offset"], "locale" in told) == ("Asia/Shanghai", 28_800, False)
    assert asked["locale"] == "zh-CN"


async def test_a_permalink_leads_to_a_message_that_stands(slack: FakeSlack) -> None:
    web = client(slack)
    ts = await post(slack)
    told = await web.chat_getPermalink(channel="C0TEAM", message_ts=ts)
    assert told["permalink"].endswith(f"/archives/C0TEAM/p{ts.replace('.', '')}")
    answer = await refused(web.chat_getPermalink(channel="C0TEAM", message_ts="1.2"))
    assert answer["error"] == "message_not_found"


async def test_channels_of_the_app_are_listed_by_kind(slack: FakeSlack) -> None:
    told = await client(slack).users_conversations(types="public_channel,private_channel")
    assert [c["id"] for c in told["channels"]] == ["C0TEAM", "C0PRIVATE", "C0GUEST", "C0SHARED"]


async def test_a_file_is_uploaded_in_three_steps(slack: FakeSlack) -> None:
    await client(slack).files_upload_v2(
        channel="C0TEAM",
        content="BEGIN:VCALENDAR",
        filename="call.ics",
        initial_comment="The call.",
    )
    [message] = slack.messages("C0TEAM")
    [file] = slack.workspace.files.values()
    assert (file.content, message.files[0]["name"]) == (b"BEGIN:VCALENDAR", "call.ics")


async def test_an_installation_is_granted_once(slack: FakeSlack) -> None:
    slack.add_workspace("T0OTHER", "Other Works").add_user("UOTHER", "otto")
    code = slack.agree("T0OTHER")
    web = client(slack, token=None)
    form = {
        "code": code,
        "client_id": slack.realm.client_id,
        "client_secret": slack.realm.client_secret,
    }
    granted = await web.api_call("oauth.v2.access", data=form)
    assert granted["access_token"] == slack.token_of("T0OTHER").value
    answer = await refused(web.api_call("oauth.v2.access", data=form))
    assert answer["error"] == "invalid_code"


async def test_an_app_that_uninstalls_itself_is_out(slack: FakeSlack) -> None:
    web = client(slack)
    await web.apps_uninstall(
        client_id=slack.realm.client_id, client_secret=slack.realm.client_secret
    )
    assert (await refused(web.auth_test()))["error"] == "account_inactive"


async def test_a_modal_opens_from_a_trigger_once_and_within_three_seconds(slack: FakeSlack) -> None:
    web = client(slack)
    passes = slack.realm.passes

    def trigger() -> str:
        return passes.trigger("UMAYA", "T0CANDOR", slack.clock.passed).id

    used, late = trigger(), trigger()
    await web.views_open(trigger_id=used, view=modal())
    again = await refused(web.views_open(trigger_id=used, view=modal()))
    slack.clock.move(timedelta(seconds=3.5))
    expired = await refused(web.views_open(trigger_id=late, view=modal()))
    unknown = await refused(web.views_open(trigger_id="1.2.3", view=modal()))
    assert [a["error"] for a in (again, expired, unknown)] == [
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
    ]


async def test_three_modals_lie_on_each_other_and_no_more(slack: FakeSlack) -> None:
    web = client(slack)

    def trigger(*, from_modal: bool = True) -> str:
        made = slack.realm.passes.trigger(
            "UMAYA", "T0CANDOR", slack.clock.passed, from_modal=from_modal
        )
        return made.id

    root = await web.views_open(trigger_id=trigger(from_modal=False), view=modal())
    await web.views_push(trigger_id=trigger(), view=modal())
    top = await web.views_push(trigger_id=trigger(), view=modal())
    answer = await refused(web.views_push(trigger_id=trigger(), view=modal()))
    assert top["view"]["root_view_id"] == root["view"]["id"]
    assert answer["error"] == "push_limit_reached"
    assert slack.forgive() == ["views.push: no more than 3 views in a stack"]


async def test_an_old_hash_does_not_overwrite_a_newer_view(slack: FakeSlack) -> None:
    web = client(slack)
    trigger = slack.realm.passes.trigger("UMAYA", "T0CANDOR", slack.clock.passed).id
    first = (await web.views_open(trigger_id=trigger, view=modal()))["view"]
    await web.views_update(view_id=first["id"], hash=first["hash"], view=modal())
    answer = await refused(web.views_update(view_id=first["id"], hash=first["hash"], view=modal()))
    assert answer["error"] == "hash_conflict"


async def test_a_view_is_found_by_the_app_s_own_name_for_it(slack: FakeSlack) -> None:
    web = client(slack)
    trigger = slack.realm.passes.trigger("UMAYA", "T0CANDOR", slack.clock.passed).id
    await web.views_open(trigger_id=trigger, view=modal(external_id="case-1"))
    await web.views_update(external_id="case-1", view=modal(title=plain("Changed")))
    view = slack.view("UMAYA")
    assert view is not None
    assert view.content["title"]["text"] == "Changed"
    assert (await refused(web.views_update(external_id="case-2", view=modal())))[
        "error"
    ] == "not_found"


async def test_a_broken_view_is_refused_with_its_place(slack: FakeSlack) -> None:
    trigger = slack.realm.passes.trigger("UMAYA", "T0CANDOR", slack.clock.passed).id
    view = modal(title=plain("x" * 25))
    answer = await refused(client(slack).views_open(trigger_id=trigger, view=view))
    assert answer["error"] == "invalid_arguments"
    assert "[json-pointer:/view/title/text]" in answer["response_metadata"]["messages"][0]
    assert len(slack.forgive()) == 1


async def test_each_person_has_a_home_of_their_own(slack: FakeSlack) -> None:
    web = client(slack)
    home = {"type": "home", "blocks": [section(), actions(button())]}
    await web.views_publish(user_id="UMAYA", view=home)
    assert slack.home("UMAYA") is not None
    assert slack.home("UOMAR") is None


async def test_two_workspaces_see_nothing_of_each_other(slack: FakeSlack) -> None:
    other = slack.add_workspace("T0OTHER", "Other Works")
    other.add_channel("C9OTHER", "public", (other.bot.id,))
    web = client(slack)
    words = {"text": "x", **QUIET}
    answer = await refused(web.chat_postMessage(channel="C9OTHER", **words))
    assert answer["error"] == "channel_not_found"
    elsewhere = client(slack, token=slack.token_of("T0OTHER").value)
    await elsewhere.chat_postMessage(channel="C9OTHER", **words)
    assert len(slack.messages("C9OTHER")) == 1
