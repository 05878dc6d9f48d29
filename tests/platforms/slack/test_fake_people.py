"""People in front of the fake: what they can do reaches a Bolt app, what they cannot is refused."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncAck
from slack_sdk.errors import SlackApiError

from tests.platforms.slack.bolt import bare, client, serving
from tests.platforms.slack.fake.errors import CannotDo
from tests.platforms.slack.fake.schema import Payload
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.fake.workspace import Message
from tests.platforms.slack.limit_cases import actions, field, modal, plain, section, typed
from tests.platforms.slack.samples import CARD, FORM, QUIET, listening, named, reasons, saying


async def show(slack: FakeSlack, blocks: list[Payload]) -> Message:
    """Post blocks in a channel; gives the message as people see it."""
    words = {"channel": "C0TEAM", "text": "A card.", "blocks": blocks, **QUIET}
    await client(slack).chat_postMessage(**words)
    return slack.messages("C0TEAM")[-1]


async def put_before(slack: FakeSlack, view: Payload, user: str = "UMAYA") -> None:
    """Open a modal for a person."""
    trigger = slack.realm.passes.trigger(user, "T0CANDOR", slack.clock.passed).id
    await client(slack).views_open(trigger_id=trigger, view=view)


async def test_fields_of_a_message_are_sent_along_with_a_button(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        card = await show(slack, CARD)
        values = {"customer": "Hollow & Hill", "New date": "2026-12-18", "why": "The weather"}
        await slack.people.press("UMAYA", card, "Keep", values=values)
        await slack.people.press("UOMAR", card, "Keep")

    mine, other = (body["state"]["values"] for body in heard)
    assert mine["customer"]["typed"]["value"] == "Hollow & Hill"
    assert mine["day"]["picked"]["selected_date"] == "2026-12-18"
    assert mine["why"]["reason"]["selected_option"]["value"] == "weather"
    assert other["customer"]["typed"]["value"] is None
    assert heard[0]["message"]["blocks"][0]["block_id"] == "said"


async def test_what_is_not_there_cannot_be_pressed_or_filled_in(slack: FakeSlack) -> None:
    app = bare(slack)
    async with serving(app) as url:
        slack.connect(url)
        card = await show(slack, [*CARD, actions(named("a", "Twin"), named("b", "Twin"))])
        for wrong in ("Missing", "Twin", "Customer"):
            with pytest.raises(CannotDo):
                await slack.people.press("UMAYA", card, wrong)
        for values in ({"colour": "red"}, {"why": "Nobody"}, {"day": "18.12.2026"}):
            with pytest.raises(CannotDo):
                await slack.people.press("UMAYA", card, "Keep", values=values)

    assert slack.sender.made == []


async def test_an_old_look_at_a_message_has_its_old_buttons(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        before = await show(slack, CARD)
        after = [actions(named("done", "Done"))]
        await client(slack).chat_update(
            channel="C0TEAM", ts=before.ts, text="A card.", blocks=after
        )
        await slack.people.press("UMAYA", before, "Keep")
        await slack.people.press("UMAYA", slack.messages("C0TEAM")[0], "Done")

    assert [body["actions"][0]["action_id"] for body in heard] == ["keep", "done"]


async def test_words_on_buttons_come_back_escaped(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        said = section(text={"type": "mrkdwn", "text": "R&D <https://x.example|link>"})
        card = await show(slack, [said, actions(named("keep", "Keep <all> & go"))])
        await slack.people.press("UMAYA", card, "Keep <all> & go")

    shown = heard[0]["message"]["blocks"]
    assert heard[0]["actions"][0]["text"]["text"] == "Keep &lt;all&gt; &amp; go"
    assert shown[1]["elements"][0]["text"]["text"] == "Keep &lt;all&gt; &amp; go"
    assert shown[0]["text"]["text"] == "R&amp;D <https://x.example|link>"


async def test_what_is_live_in_a_message_is_found(slack: FakeSlack) -> None:
    texts = [
        {"type": "mrkdwn", "text": "<!channel> 3 < 4 &lt;@UMAYA&gt;"},
        {"type": "plain_text", "text": "<@UMAYA>"},
    ]
    card = await show(slack, [{"type": "context", "elements": texts}])
    assert card.live == ["<!channel>"]
    assert card.words == ["<!channel> 3 < 4 <@UMAYA>", "<@UMAYA>"]


async def test_a_menu_tells_what_was_chosen_at_once(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        card = await show(slack, [section(accessory=reasons())])
        await slack.people.choose("UMAYA", card, "reason", "A supplier")

    [chosen] = heard[0]["actions"]
    assert chosen["selected_option"] == {"text": plain("A supplier"), "value": "supplier"}


async def test_a_form_opens_is_filled_in_and_closes(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        await put_before(slack, FORM)
        await slack.people.submit("UMAYA", {"customer": "Hollow Hill", "day": "2026-12-18"})

    assert heard[0]["type"] == "view_submission"
    values = heard[0]["view"]["state"]["values"]
    assert values["customer"]["typed"]["value"] == "Hollow Hill"
    assert values["why"]["reason"]["selected_option"] is None
    assert slack.view("UMAYA") is None


async def test_a_form_with_an_empty_or_overlong_field_is_not_sent(slack: FakeSlack) -> None:
    app = bare(slack)
    async with serving(app) as url:
        slack.connect(url)
        await put_before(slack, FORM)
        with pytest.raises(CannotDo, match="customer"):
            await slack.people.submit("UMAYA", {"day": "2026-12-18"})
        with pytest.raises(CannotDo, match="customer"):
            await slack.people.submit("UMAYA", {"customer": "x" * 41, "day": "2026-12-18"})

    assert slack.sender.made == []


FILLED = {"customer": "Hollow Hill", "day": "2026-12-18"}


async def test_errors_keep_the_form_open_with_what_was_typed(slack: FakeSlack) -> None:
    app = bare(slack)
    app.view("form")(saying(response_action="errors", errors={"day": "That is a Friday."}))
    async with serving(app) as url:
        slack.connect(url)
        await put_before(slack, FORM)
        await slack.people.submit("UMAYA", FILLED)

    view = slack.view("UMAYA")
    assert view is not None
    assert view.values["customer", "typed"]["value"] == "Hollow Hill"


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"colour": "No such block."}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "errors", "errors": {"day": ""}},
        {"response_action": "update", "view": {**FORM, "title": plain("x" * 25)}},
        {"response_action": "push", "view": {"type": "home", "blocks": [section()]}},
    ],
)
async def test_a_wrong_answer_to_a_form_is_noted(slack: FakeSlack, answer: Payload) -> None:
    app = bare(slack)
    app.view("form")(saying(**answer))
    async with serving(app) as url:
        slack.connect(url)
        await put_before(slack, FORM)
        await slack.people.submit("UMAYA", FILLED)

    assert slack.forgive() != []


async def test_an_answer_may_change_the_form_or_lay_another_on_it(slack: FakeSlack) -> None:
    app = bare(slack)
    app.view("form")(saying(response_action="push", view={**FORM, "callback_id": "second"}))
    app.view("second")(saying(response_action="update", view=modal()))
    async with serving(app) as url:
        slack.connect(url)
        await put_before(slack, FORM)
        await slack.people.submit("UMAYA", FILLED)
        assert len(slack.workspace.modals["UMAYA"]) == 2
        await slack.people.submit("UMAYA", FILLED)

    view = slack.view("UMAYA")
    assert view is not None
    assert view.content["blocks"][0]["type"] == "section"


async def test_values_stay_where_a_changed_form_keeps_the_field(slack: FakeSlack) -> None:
    app = bare(slack)
    listening(app)
    async with serving(app) as url:
        slack.connect(url)
        more = actions(named("more", "Another row"))
        await put_before(slack, {**FORM, "blocks": [*FORM["blocks"], more]})
        await slack.people.press_in_view("UMAYA", "Another row", values=FILLED)
        view = slack.view("UMAYA")
        assert view is not None
        kept = [b for b in FORM["blocks"] if b["block_id"] != "day"]
        row = field(typed(), block_id="row-2", label=plain("Row"))
        await client(slack).views_update(view_id=view.id, view={**FORM, "blocks": [*kept, row]})

    assert list(view.values) == [("customer", "typed")]


async def test_an_app_hears_of_a_closed_form_only_if_it_asked(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        await put_before(slack, FORM)
        await slack.people.close_view("UMAYA")
        await put_before(slack, {**FORM, "notify_on_close": True})
        await slack.people.close_view("UMAYA")

    assert [body["type"] for body in heard] == ["view_closed"]


async def test_buttons_of_views_come_without_channel_and_response_url(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        home = {"type": "home", "blocks": [actions(named("start", "Start"))]}
        await client(slack).views_publish(user_id="UMAYA", view=home)
        await slack.people.press_at_home("UMAYA", "Start")
        await put_before(slack, modal(blocks=[actions(named("more", "More"))]))
        await slack.people.press_in_view("UMAYA", "More")

    for body in heard:
        assert body["container"]["type"] == "view"
        assert not {"channel", "response_url", "message"} & set(body)
    assert [body["view"]["type"] for body in heard] == ["home", "modal"]


async def test_shortcuts_bring_a_trigger_and_the_message_they_were_taken_on(
    slack: FakeSlack,
) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        said = slack.happenings.written("UOMAR", "C0TEAM", "blades & bolts are late")
        await slack.people.shortcut("UMAYA", "new_delay")
        await slack.people.message_shortcut("UMAYA", "from_message", said)

    general, on_message = heard
    assert "channel" not in general
    assert on_message["message"]["text"] == "blades &amp; bolts are late"
    trigger = on_message["trigger_id"]
    await client(slack).views_open(trigger_id=trigger, view=modal())
    assert slack.view("UMAYA") is not None


async def test_an_answer_to_a_command_is_for_the_one_who_typed_it(slack: FakeSlack) -> None:
    app = bare(slack)
    app.command("/delay")(saying(text="Only you.", response_type="ephemeral"))
    app.command("/loud")(saying(text="All of you.", response_type="in_channel"))
    async with serving(app) as url:
        slack.connect(url)
        await slack.people.command("UMAYA", "/delay", channel="C0TEAM")
        await slack.people.command("UMAYA", "/loud", channel="C0TEAM")

    assert [m.text for m in slack.ephemerals("UMAYA")] == ["Only you."]
    assert [m.text for m in slack.messages("C0TEAM")] == ["All of you."]


async def test_an_answer_that_does_not_say_who_sees_it_is_noted(slack: FakeSlack) -> None:
    app = bare(slack)
    app.command("/delay")(saying(text="Only you."))
    async with serving(app) as url:
        slack.connect(url)
        await slack.people.command("UMAYA", "/delay", channel="C0TEAM")

    assert "response_type" in slack.forgive()[0]


async def test_a_button_is_answered_with_nothing(slack: FakeSlack) -> None:
    app = bare(slack)
    app.action("keep")(saying(text="Kept."))
    async with serving(app) as url:
        slack.connect(url)
        card = await show(slack, CARD)
        await slack.people.press("UMAYA", card, "Keep")

    assert slack.forgive() == ["block_actions: an answer to this has no body"]


async def test_a_response_url_is_good_for_five_answers_in_half_an_hour(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url, httpx.AsyncClient() as web:
        slack.connect(url)
        await slack.people.command("UMAYA", "/delay", channel="C0TEAM")
        await slack.people.command("UMAYA", "/delay", channel="C0TEAM")
        first, second = (body["response_url"] for body in heard)
        said = {"text": "Done.", "response_type": "ephemeral"}
        codes = [(await web.post(first, json=said)).status_code for _ in range(6)]
        slack.clock.move(timedelta(minutes=31))
        late = await web.post(second, json=said)

    assert codes == [200] * 5 + [404]
    assert late.json()["error"] == "expired_url"
    assert slack.forgive() == ["response_url: used_url", "response_url: expired_url"]


async def test_a_response_url_replaces_what_only_one_person_sees(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url, httpx.AsyncClient() as web:
        slack.connect(url)
        blocks = [actions(named("ok", "All right"))]
        await client(slack).chat_postEphemeral(
            channel="C0TEAM", user="UMAYA", text="Only you.", blocks=blocks
        )
        [seen] = slack.ephemerals("UMAYA")
        with pytest.raises(CannotDo, match="does not see"):
            await slack.people.press("UOMAR", seen, "All right")
        await slack.people.press("UMAYA", seen, "All right")
        answer = {"text": "Taken.", "replace_original": True}
        await web.post(heard[0]["response_url"], json=answer)

    assert [m.text for m in slack.ephemerals("UMAYA")] == ["Taken."]
    assert heard[0]["container"]["is_ephemeral"]
    assert "message" not in heard[0]


async def test_a_search_in_a_menu_asks_the_app(slack: FakeSlack) -> None:
    app = bare(slack)

    @app.options("customer")
    async def offer(ack: AsyncAck, payload: dict[str, Any]) -> None:
        found = f"{payload['value']} & Hill"
        await ack(options=[{"text": plain(found), "value": "hh"}])

    menu = {"type": "external_select", "action_id": "customer", "min_query_length": 2}
    view = modal(blocks=[field(menu, label=plain("Customer"))], submit=plain("Send"))
    async with serving(app) as url:
        slack.connect(url)
        await put_before(slack, view)
        assert await slack.people.search("UMAYA", "customer", "H") == []
        found = await slack.people.search("UMAYA", "customer", "Hollow")
        card = await show(slack, [section(accessory=menu)])
        again = await slack.people.search("UMAYA", "customer", "Hollow", message=card)

    assert [option["value"] for option in (*found, *again)] == ["hh", "hh"]


async def test_people_elsewhere_or_gone_cannot_use_the_app(slack: FakeSlack) -> None:
    slack.workspace.users["UOMAR"].deleted = True
    for person, channel in (("UPARTNER", "C0SHARED"), ("UOMAR", "C0TEAM"), ("ULIN", "C0ELSE")):
        with pytest.raises(CannotDo):
            await slack.people.command(person, "/delay", channel=channel)


MANIFEST: Payload = {
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/delay"}],
        "shortcuts": [{"type": "global", "callback_id": "new_delay"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
}


async def test_a_manifest_says_what_there_is_to_use(slack: FakeSlack) -> None:
    slack.follow(MANIFEST)
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        await slack.people.command("UMAYA", "/delay")
        await slack.people.shortcut("UMAYA", "new_delay")
        await slack.happenings.mention("UMAYA", "C0TEAM", "hello")
        await slack.happenings.open_home("UMAYA")
        for cannot in (
            slack.people.command("UMAYA", "/late"),
            slack.people.shortcut("UMAYA", "old_delay"),
            slack.happenings.say("UMAYA", "hello"),
        ):
            with pytest.raises(CannotDo):
                await cannot

    assert len(heard) == 3
    assert slack.token_of("T0CANDOR").scopes == {"chat:write", "commands"}


async def test_a_tab_that_the_manifest_lacks_takes_nothing(slack: FakeSlack) -> None:
    slack.follow({**MANIFEST, "features": {}})
    home = {"type": "home", "blocks": [section()]}
    for call in (
        client(slack).chat_postMessage(channel="UMAYA", text="Hello.", **QUIET),
        client(slack).views_publish(user_id="UMAYA", view=home),
    ):
        with pytest.raises(SlackApiError, match=r"messages_tab_disabled|not_enabled"):
            await call
