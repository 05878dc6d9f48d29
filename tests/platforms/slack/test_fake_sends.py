"""What the fake sends reaches a real Bolt app, and what the app answers is judged."""

from tests.platforms.slack.bolt import bare, client, serving
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.samples import BUTTONS, QUIET, listening


async def test_a_command_arrives_signed_with_its_words_escaped(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        answer = await slack.people.command("UMAYA", "/delay", "A & B <soon>", channel="C0TEAM")

    assert answer.status == 200
    assert heard[0]["text"] == "A &amp; B &lt;soon&gt;"
    assert (heard[0]["channel_id"], heard[0]["user_id"]) == ("C0TEAM", "UMAYA")


async def test_a_button_is_pressed_in_a_message_that_stands(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        dm = slack.dm("UMAYA")
        posted = await client(slack).chat_postMessage(
            channel=dm, text="Shall we begin?", blocks=[BUTTONS], **QUIET
        )
        await slack.people.press("UMAYA", slack.latest("UMAYA"), "Begin")

    assert heard[0]["actions"][0]["value"] == "case-1"
    assert heard[0]["container"]["message_ts"] == posted["ts"]
    assert heard[0]["channel"] == {"id": dm, "name": "directmessage"}


async def test_a_typed_line_a_mention_and_the_home_tab_arrive_as_events(slack: FakeSlack) -> None:
    app = bare(slack)
    heard = listening(app)
    async with serving(app) as url:
        slack.connect(url)
        await slack.happenings.say("UMAYA", "we are <late>")
        await slack.happenings.mention("UMAYA", "C0TEAM", "help")
        await slack.happenings.open_home("UMAYA")

    kinds = [body["event"]["type"] for body in heard]
    assert kinds == ["message", "app_mention", "app_home_opened"]
    assert heard[0]["event"]["text"] == "we are &lt;late&gt;"
    assert heard[0]["event"]["channel_type"] == "im"
