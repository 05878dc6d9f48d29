"""Whom somebody mentions as their lead or deputy: a full member of their own organisation."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.pings.manners import Manners
from bot.core.words import PersonId
from bot.platforms.slack import texts
from tests.platforms.slack.fake.faults import Hang, Refused
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, Served, serving
from tests.platforms.slack.test_entries import words


@pytest.fixture
async def brisk(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Served]:
    """Candor that waits for Slack half a second only."""
    async with serving(slack, tmp_path, patience=0.5) as served:
        yield served


async def manners(candor: Served, who: str = MAYA) -> Manners:
    person = await candor.house.store.person(TEAM, PersonId(who))
    return person.manners if person else Manners()


def furnish(slack: FakeSlack) -> None:
    """Everybody who is no full member, beside the guest and the partner who are there already."""
    add = slack.workspace.add_user
    add("USINGLE", "single", is_ultra_restricted=True)
    add("USTRANGE", "strange", is_stranger=True)
    add("UROBOT", "robot", is_bot=True)
    add("UFORMER", "former", deleted=True)
    add("USLACKBOT", "slackbot")


OUTSIDERS = ("gus", "petra", "single", "strange", "robot", "former", "slackbot", "candor")


async def test_a_full_member_becomes_lead_and_deputy(slack: FakeSlack, candor: Served) -> None:
    await candor.platform.met()
    await slack.people.command(MAYA, "/delay", "lead @omar", channel="C0TEAM")
    await candor.say("/delay deputy @lin")
    found = await manners(candor)
    assert (found.lead, found.deputy) == ("UOMAR", "ULIN")


@pytest.mark.parametrize("part", ["lead", "deputy"])
async def test_nobody_but_a_full_member_is_named(
    slack: FakeSlack, candor: Served, part: str
) -> None:
    furnish(slack)
    await candor.platform.met()
    for name in OUTSIDERS:
        await slack.people.command(MAYA, "/delay", f"{part} @{name}", channel="C0TEAM")
        await candor.settle()
        assert texts.NOT_A_MEMBER.en in words(slack.ephemerals(MAYA)[-1]), name
    assert len(slack.ephemerals(MAYA)) == len(OUTSIDERS)
    assert await manners(candor) == Manners()


async def test_a_line_and_a_mention_name_no_guest_either(slack: FakeSlack, candor: Served) -> None:
    await candor.platform.met()
    await candor.say("/delay deputy @gus")
    await slack.happenings.mention(MAYA, "C0TEAM", "deputy @gus")
    await candor.settle()
    told = [words(m) for m in slack.ephemerals(MAYA)]
    assert len(told) == 2
    assert all(texts.NOT_A_MEMBER.en in said for said in told)
    assert await manners(candor) == Manners()


async def test_who_writes_chinese_is_refused_in_chinese_and_keeps_whom_they_have(
    slack: FakeSlack, candor: Served
) -> None:
    await candor.platform.met()
    await slack.people.command("ULIN", "/delay", "代理 @omar", channel="C0TEAM")
    await slack.people.command("ULIN", "/delay", "代理 @gus", channel="C0TEAM")
    await candor.settle()
    assert texts.NOT_A_MEMBER.zh in words(slack.ephemerals("ULIN")[-1])
    assert (await manners(candor, "ULIN")).deputy == "UOMAR"


@pytest.mark.parametrize("fault", [Hang(), Refused("ratelimited"), Refused("missing_scope")])
async def test_whom_slack_cannot_tell_of_just_now_is_named_in_a_minute(
    slack: FakeSlack, brisk: Served, fault: Hang | Refused
) -> None:
    await brisk.platform.met()
    await slack.people.command(MAYA, "/delay", "help", channel="C0TEAM")  # their profile is known
    slack.faults.plan("users.info", fault)
    await slack.people.command(MAYA, "/delay", "deputy @omar", channel="C0TEAM")
    await brisk.settle()
    assert texts.CANNOT_TELL.en in words(slack.ephemerals(MAYA)[-1])
    assert await manners(brisk) == Manners()
    slack.faults.clear()
    await slack.people.command(MAYA, "/delay", "deputy @omar", channel="C0TEAM")
    assert (await manners(brisk)).deputy == "UOMAR"
