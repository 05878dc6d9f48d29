"""A colleague in Slack who may read a case: asked about first, told once, and stopped by one press."""

import pytest

from bot.platforms.slack import texts
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, Served
from tests.platforms.slack.test_entries import words

OMAR, LIN = "UOMAR", "ULIN"


@pytest.fixture
async def begun(candor: Served) -> Served:
    """Maya has a case of Apollo."""
    await candor.platform.met()
    await candor.say("/delay new Apollo")
    return candor


async def invite(candor: Served, name: str) -> None:
    await candor.slack.people.command(MAYA, "/delay", f"invite @{name}", channel="C0TEAM")
    await candor.settle()
    await candor.press(f"Invite {name}")


def said(candor: Served, user: str) -> list[str]:
    return [words(m) for m in candor.told(user)]


async def test_who_is_invited_reads_and_nothing_stands_there_once_it_is_taken_back(
    begun: Served,
) -> None:
    await begun.slack.people.command(MAYA, "/delay", "invite @omar", channel="C0TEAM")
    await begun.settle()
    assert any("Let omar read Apollo?" in text for text in said(begun, MAYA))
    assert said(begun, OMAR) == []
    await begun.press("Invite omar")
    (told,) = said(begun, OMAR)
    assert "maya invites you to read the delay conversation on Apollo." in told

    await begun.press("Read it", OMAR)
    assert "You can read it and change nothing." in said(begun, OMAR)[-1]
    await begun.press("Who can read it")
    await begun.press("Stop sharing with omar")
    texts_now = said(begun, OMAR)
    assert sum("no longer shares Apollo with you." in t for t in texts_now) == 1
    assert all("You can read it" not in t for t in texts_now)
    assert (await begun.case()).sharing.viewers == {}


async def test_the_home_tab_of_a_viewer_names_it_until_they_become_a_guest(
    slack: FakeSlack, begun: Served
) -> None:
    await invite(begun, "omar")
    await slack.happenings.open_home(OMAR)
    await begun.settle()
    assert "You may read" in words(slack.home(OMAR))
    assert "Apollo" in words(slack.home(OMAR))
    slack.workspace.users[OMAR].is_restricted = True
    await slack.happenings.open_home(OMAR)
    await begun.settle()
    assert "Apollo" not in words(slack.home(OMAR))


async def test_who_became_a_guest_is_shown_nothing_and_the_owner_hears_so(
    slack: FakeSlack, begun: Served
) -> None:
    await invite(begun, "omar")
    slack.workspace.users[OMAR].is_restricted = True
    await begun.press("Read it", OMAR)
    assert all("You can read it" not in text for text in said(begun, OMAR))
    assert (await begun.case()).sharing.viewers == {}
    assert any("omar is a guest now or has left" in text for text in said(begun, MAYA))


@pytest.mark.parametrize("name", ["gus", "petra", "robot"])
async def test_guests_strangers_and_bots_are_refused(
    slack: FakeSlack, begun: Served, name: str
) -> None:
    slack.workspace.add_user("UROBOT", "robot", is_bot=True)
    await slack.people.command(MAYA, "/delay", f"invite @{name} Apollo", channel="C0TEAM")
    await begun.settle()
    assert texts.NOT_A_MEMBER.en in words(slack.ephemerals(MAYA)[-1])
    assert (await begun.case()).sharing.named is None


async def test_who_reads_chinese_is_invited_in_chinese(slack: FakeSlack, begun: Served) -> None:
    await slack.happenings.say(LIN, "帮助")
    await begun.settle()
    await invite(begun, "lin")
    assert "邀请您查看“Apollo”的延期沟通。" in said(begun, LIN)[-1]
    await begun.press("查看", LIN)
    assert "您只能查看，不能改动。" in said(begun, LIN)[-1]
