"""Every way in: commands, shortcuts, a mention, the Home tab, plain words. All meet in the DM."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.cards.blocks import Action
from bot.core.case import DateValue, TextValue
from bot.core.words import EventId, FieldId, PersonId
from bot.engine.handle import handle
from bot.engine.inbound import Commanded, Envelope, Profile
from bot.engine.incoming.overview import overview
from bot.platforms.slack.people import People
from bot.platforms.slack.texts import Payload
from tests.platforms.slack.cards import every
from tests.platforms.slack.fake.faults import Hang, Status
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.fake.workspace import Message, View
from tests.platforms.slack.served import MAYA, TEAM, Served

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def words(of: Message | View | None) -> str:
    assert of is not None
    blocks = of.blocks if isinstance(of, Message) else of.content["blocks"]
    return "\n".join(every(blocks, "text"))


async def test_a_command_in_a_channel_answers_only_the_person(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "help", channel="C0TEAM")
    await candor.settle()
    [only] = slack.ephemerals(MAYA)
    assert "/delay list" in words(only)
    assert slack.messages("C0TEAM") == candor.told() == []


async def test_a_command_in_the_dm_needs_no_word_beside_its_card(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    assert slack.ephemerals(MAYA) == []
    assert len(candor.told()) == 1


async def test_a_card_that_only_the_person_sees_is_pressed_and_gone(
    slack: FakeSlack, candor: Served
) -> None:
    for words_ in ("Wind farm", ""):
        await slack.people.command(MAYA, "/delay", words_, channel="C0TEAM")
        await candor.settle()
    choice = slack.ephemerals(MAYA)[-1]
    assert "Wind farm" in words(choice)
    await slack.people.press(MAYA, choice, "Open")
    await candor.settle()
    assert choice.ts not in [m.ts for m in slack.ephemerals(MAYA)]
    assert len(await candor.cases()) == 1
    assert len(candor.told()) == 2


async def test_the_global_shortcut_says_in_a_window_where_it_goes_on(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.shortcut(MAYA, "delay_start")
    await candor.settle()
    assert "direct conversation" in words(slack.view(MAYA))
    assert len(candor.told()) == 1


async def test_the_global_shortcut_offers_what_is_open_and_a_press_goes_there(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await slack.people.shortcut(MAYA, "delay_start")
    await slack.people.press_in_view(MAYA, "Open")
    await candor.settle()
    assert "It goes on in our conversation" in words(slack.view(MAYA))
    assert len(await candor.cases()) == 1


async def test_a_message_becomes_the_first_sign_with_its_day_words_and_link(
    slack: FakeSlack, candor: Served
) -> None:
    message = slack.happenings.written("UOMAR", "C0TEAM", "The valves come <late> & wet")
    await slack.people.message_shortcut(MAYA, "delay_from_message", message)
    await candor.settle()
    answers = (await candor.case()).answers
    sign, note = answers[FieldId("first_sign")], answers[FieldId("internal_note")]
    assert isinstance(sign.value, DateValue)
    assert sign.origin is not None
    assert isinstance(note.value, TextValue)
    assert note.value.text.startswith("The valves come <late> & wet\nhttps://")
    assert message.ts.replace(".", "") in note.value.text
    assert slack.messages("C0TEAM") == [message]
    assert len(candor.told()) == 1


async def test_a_mention_in_a_thread_moves_to_the_dm(slack: FakeSlack, candor: Served) -> None:
    root = slack.happenings.written("UOMAR", "C0TEAM", "Status?")
    await slack.happenings.mention(MAYA, "C0TEAM", "Wind farm", thread_ts=root.ts)
    await candor.settle()
    [only] = slack.ephemerals(MAYA)
    assert only.thread_ts == root.ts
    assert "direct conversation" in words(only)
    assert [m for m in slack.messages("C0TEAM") if m.bot_id] == []
    assert "Wind farm" in str((await candor.case()).answers[FieldId("project")].value)


async def test_plain_words_from_somebody_new_are_greeted(slack: FakeSlack, candor: Served) -> None:
    await candor.say("hello")
    assert "Nothing is sent to a customer without your tap" in words(slack.ephemerals(MAYA)[0])


async def test_a_typed_line_answers_in_a_thread_too_and_is_kept_as_typed(
    slack: FakeSlack, candor: Served
) -> None:
    await candor.say("/delay Wind farm")
    await slack.happenings.say(MAYA, "A & B <Ltd>, *bold*", thread_ts=candor.live().ts)
    await candor.settle()
    assert "A & B <Ltd>, *bold*" in str((await candor.case()).answers[FieldId("customer")].value)


async def test_zone_and_language_come_from_the_profile_on_first_contact(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command("ULIN", "/delay", "风场")
    await candor.settle()
    case = await candor.case("ULIN")
    assert (case.zone, case.calendar, case.language) == ("Asia/Shanghai", "CN", "zh")
    assert "第1步" in candor.live("ULIN").text or "1" in candor.live("ULIN").text
    await slack.people.command("ULIN", "/delay", "列表")
    assert len(slack.called("users.info")) == 1


async def test_a_profile_that_hangs_does_not_hold_the_answer_up(
    slack: FakeSlack, candor: Served
) -> None:
    slack.faults.plan("users.info", Hang())
    answer = await slack.people.command(MAYA, "/delay", "Wind farm")
    assert answer.status == 200
    assert (await candor.case()).zone == "Europe/Berlin"


async def test_a_profile_that_could_not_be_read_at_first_is_learned_later(
    slack: FakeSlack, candor: Served
) -> None:
    time = [0.0]
    people = People(candor.calls, candor.house, clock=lambda: time[0])
    slack.faults.plan("users.info", Status(500))
    for _ in range(2):
        assert await people.profile(TEAM, PersonId("ULIN")) is None
    assert len(slack.called("users.info")) == 1
    await handle(candor.house, Commanded(envelope(None), "风场"))
    time[0] = 61.0
    told = await people.profile(TEAM, PersonId("ULIN"))
    await handle(candor.house, Commanded(envelope(told), "列表"))
    found = (await overview(candor.house, TEAM, PersonId("ULIN"))).person
    assert (found.zone, found.calendar, found.guessed) == ("Asia/Shanghai", "CN", False)
    assert await people.profile(TEAM, PersonId("ULIN")) is None


def envelope(profile: Profile | None) -> Envelope:
    """Something that Lin does."""
    id_ = EventId(f"e-{profile is None}")
    return Envelope(id_, TEAM, PersonId("ULIN"), "slack", "ULIN", AT, profile)


async def test_the_home_tab_begins_with_two_buttons(slack: FakeSlack, candor: Served) -> None:
    await slack.happenings.open_home(MAYA)
    await candor.settle()
    home = slack.home(MAYA)
    assert "Nothing is slipping just now" in words(home)
    await slack.people.press_at_home(MAYA, "Start a delay conversation")
    await candor.settle()
    assert len(candor.told()) == 1
    assert "Open conversations" in words(slack.home(MAYA))
    assert "under Messages" in words(slack.home(MAYA))


async def test_the_home_tab_of_somebody_new_speaks_as_their_profile_does(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.happenings.open_home("ULIN")
    await candor.settle()
    assert "目前没有要延期的事" in words(slack.home("ULIN"))
    assert "Asia/Shanghai" in words(slack.home("ULIN"))
    await slack.people.press_at_home("ULIN", "开始一次延期沟通")
    await candor.settle()
    assert (await candor.case("ULIN")).zone == "Asia/Shanghai"
    assert len(slack.called("users.info")) == 1


async def test_the_home_tab_goes_on_and_confirms_the_zone_once(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await slack.happenings.open_home(MAYA)
    await candor.settle()
    assert "from your profile" in words(slack.home(MAYA))
    await slack.people.press_at_home(MAYA, "That is my zone")
    await candor.settle()
    assert "from your profile" not in words(slack.home(MAYA))
    await slack.people.press_at_home(MAYA, "Continue")
    await candor.settle()
    assert len(candor.told()) == 2


@pytest.mark.parametrize(
    ("typed", "zone"), [("zone asia/kolkata", "Asia/Kolkata"), ("zone Mars", "")]
)
async def test_the_zone_is_set_by_a_command(
    slack: FakeSlack, candor: Served, typed: str, zone: str
) -> None:
    await slack.people.command(MAYA, "/delay", typed)
    await slack.people.command(MAYA, "/delay", "Wind farm")
    assert (await candor.case()).zone == (zone or "Europe/Berlin")
    assert ("do not know the zone" in words(slack.ephemerals(MAYA)[0])) is not bool(zone)


async def test_rows_are_added_in_a_window_and_keep_what_stands_there(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    await slack.people.command(MAYA, "/delay", "show")
    await candor.settle()
    await candor.press_action(Action("edit", "plan"))
    await candor.press("Answer in a form")
    before = words(slack.view(MAYA)).count("Milestones ")
    name = first_cell(slack)
    await slack.people.press_in_view(MAYA, "Add a row", values={name["block_id"]: "Tower up"})
    assert words(slack.view(MAYA)).count("Milestones ") == before + 1
    assert first_cell(slack)["element"]["initial_value"] == "Tower up"


async def test_a_stale_trigger_is_told_in_words(slack: FakeSlack, candor: Served) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    slack.faults.plan("views.open", Hang())
    message = candor.live()
    await slack.people.press(MAYA, message, "Answer in a form")
    await candor.settle()
    assert "press it once more" in slack.ephemerals(MAYA)[-1].text
    slack.clock.move(timedelta(seconds=1))


def first_cell(slack: FakeSlack) -> Payload:
    """The first cell of the table in the open window."""
    view = slack.view(MAYA)
    assert view is not None
    cells = (
        b for b in view.content["blocks"] if b.get("block_id", "").startswith("box|milestones|r0")
    )
    found: Payload = next(cells)
    return found
