"""Settings in Slack: one window from the command, the Home tab or a card, and what comes of it."""

import pytest

from bot.core.words import PersonId
from tests.platforms.slack.fake.faults import Refused
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, Served
from tests.platforms.slack.test_entries import words


async def zone_of(candor: Served, user: str = MAYA) -> str:
    person = await candor.house.store.person(TEAM, PersonId(user))
    assert person is not None
    return person.zone


async def test_the_command_opens_a_window_and_says_nothing_beside_it(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "settings", channel="C0TEAM")
    await candor.settle()
    assert "Whose public holidays you keep" in words(slack.view(MAYA))
    assert slack.ephemerals(MAYA) == candor.told() == []


async def test_what_is_saved_holds_in_the_open_case_and_stands_on_the_home_tab(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await slack.happenings.open_home(MAYA)
    await candor.settle()
    await slack.people.press_at_home(MAYA, "Change settings")
    await slack.people.submit(
        MAYA, {"Time zone": "上海", "Language": "zh", "Quiet hours": "12-13", "Working days": "CN"}
    )
    await candor.settle()
    assert slack.view(MAYA) is None
    case = await candor.case()
    assert (case.zone, case.calendar, case.language) == ("Asia/Shanghai", "CN", "zh")
    assert len(candor.told()) == 1
    assert "风场" not in words(candor.live())
    assert "项目" in words(candor.live())
    assert "已保存" in words(slack.ephemerals(MAYA)[-1])
    assert "Asia/Shanghai" in words(slack.home(MAYA))
    assert "12:00–13:00" in words(slack.home(MAYA))


async def test_what_cannot_be_taken_stays_in_the_window_with_its_reason(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "settings")
    await slack.people.submit(MAYA, {"Time zone": "Mars", "Working hours": "8-16"})
    await candor.settle()
    shown = words(slack.view(MAYA))
    assert "I do not know the zone “Mars”" in shown
    assert await zone_of(candor) != "Mars"
    await slack.people.submit(MAYA, {"Time zone": "Kathmandu"})
    await candor.settle()
    assert slack.view(MAYA) is None
    assert await zone_of(candor) == "Asia/Kathmandu"
    person = await candor.house.store.person(TEAM, PersonId(MAYA))
    assert person is not None
    assert person.manners.work_until.hour == 16


async def test_where_no_window_can_open_a_card_says_how_it_stands_with_a_way_in(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.happenings.mention(MAYA, "C0TEAM", "settings")
    await candor.settle()
    [card] = slack.ephemerals(MAYA)
    assert "Time zone: Europe/Berlin" in words(card).replace("\n", "")
    await slack.people.press(MAYA, card, "Change this")
    await candor.settle()
    assert "Working hours" in words(slack.view(MAYA))


@pytest.mark.parametrize("where", ["C0TEAM", None])
async def test_a_trigger_that_is_over_gives_the_card_in_place_of_the_window(
    slack: FakeSlack, candor: Served, where: str | None
) -> None:
    slack.faults.plan("views.open", Refused("expired_trigger_id"))
    await slack.people.command(MAYA, "/delay", "settings", channel=where or slack.dm(MAYA))
    await candor.settle()
    assert slack.view(MAYA) is None
    [card] = slack.ephemerals(MAYA)
    assert "Working hours" in words(card)


async def test_never_asks_for_its_reason_in_a_window_of_one_box(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "pings off")
    assert "they stand in your settings" in words(slack.view(MAYA))
    await slack.people.submit(MAYA, {"Why none": "I keep my own list"})
    await candor.settle()
    person = await candor.house.store.person(TEAM, PersonId(MAYA))
    assert person is not None
    assert (person.manners.level, person.manners.never) == ("off", "I keep my own list")
    assert slack.view(MAYA) is None
