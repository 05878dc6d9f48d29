"""Socket Mode of the real app: links are renewed, cut and refused, and nothing is lost by it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.core.case import text_of
from bot.platforms.slack.links import LINKS
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.fake.sockets import Reason
from tests.platforms.slack.fake.workspace import Message
from tests.platforms.slack.served import MAYA, TEAM, Served, serving

ROUNDS = 12  # renewals of a link, under traffic
PEOPLE = [f"U{n:03}" for n in range(4)]


@pytest.fixture
async def linked(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Served]:
    """Candor behind a firewall."""
    async with serving(slack, tmp_path, mode="socket", patience=0.1) as served:
        yield served


async def busy(candor: Served, user: str, number: int, card: Message) -> None:
    """Somebody types a line, asks for their list and presses a button that they see."""
    people = candor.slack.people
    await candor.slack.happenings.say(user, f"line {number} of {user}")
    await people.command(user, "/delay", "list", channel="C0TEAM")
    await candor.settle()
    await people.press(user, card, "Save and stop")
    await candor.settle()


async def test_no_command_press_or_line_is_lost_while_links_are_renewed(
    slack: FakeSlack, linked: Served
) -> None:
    for user in PEOPLE:
        slack.workspace.add_user(user, user.lower())
        slack.workspace.channels["C0TEAM"].members.append(user)
        await slack.people.command(user, "/delay", f"Project of {user}")
    await linked.settle()
    cards = {user: linked.live(user) for user in PEOPLE}
    for number in range(ROUNDS):
        at_work = (busy(linked, user, number, card) for user, card in cards.items())
        await asyncio.gather(slack.sockets.renew(slack.sockets.links[0]), *at_work)
    assert slack.violations == []  # each was acknowledged
    assert all(made.answer.ok and not made.delivery.retry for made in slack.sender.made)
    for user in PEOPLE:
        case = await linked.case(user)
        log = await linked.house.store.entries(TEAM, case.id)
        for number in range(ROUNDS):
            assert sum(f"line {number} of {user}" in entry.body for entry in log) == 1
        assert sum(entry.kind == "Stopped" for entry in log) == ROUNDS


async def test_while_one_link_is_cut_the_other_carries_all_and_it_comes_back(
    slack: FakeSlack, linked: Served
) -> None:
    await slack.sockets.drop(slack.sockets.links[0])
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await slack.happenings.say(MAYA, "Hollow Hill")
    assert text_of(await linked.case(), "customer") == "Hollow Hill"
    assert await linked.platform.ready() == ""
    async with asyncio.timeout(5):
        await slack.sockets.wait_for_links(LINKS)


async def test_with_all_links_cut_it_says_so_and_goes_on_when_slack_is_back(
    slack: FakeSlack, linked: Served
) -> None:
    slack.sockets.shut = True
    for link in list(slack.sockets.links):
        await slack.sockets.drop(link)
    async with asyncio.timeout(5):
        await slack.until_called("apps.connections.open", 2 * LINKS)
    assert "link to Slack is down" in await linked.platform.ready()
    slack.sockets.shut = False
    async with asyncio.timeout(5):
        await slack.sockets.wait_for_links(LINKS)
    await slack.people.command(MAYA, "/delay", "Wind farm")
    assert len(await linked.cases()) == 1


async def test_a_line_whose_link_ends_before_it_is_acknowledged_comes_again_and_counts_once(
    slack: FakeSlack, linked: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    slack.sockets.deaf = True
    await slack.happenings.say(MAYA, "Hollow Hill")
    assert text_of(await linked.case(), "customer") == "Hollow Hill"
    assert (await linked.case()).revision == 2
    assert slack.forgive() == ["message: connection_failed"]


@pytest.mark.parametrize("reason", ["link_disabled", "too_many_websockets"])
async def test_a_link_that_is_refused_is_told_to_the_operator_with_the_remedy(
    slack: FakeSlack, linked: Served, reason: Reason
) -> None:
    with capture_logs() as logs:
        await slack.sockets.disconnect(slack.sockets.links[0], reason)
        async with asyncio.timeout(5):
            await slack.sockets.wait_for_links(LINKS)
    [said] = [line for line in logs if line["event"] == "slack ended a link"]
    assert "Socket Mode" in said["remedy"] or "ten links" in said["remedy"]


async def test_frames_that_are_nothing_of_ours_end_nothing(
    slack: FakeSlack, linked: Served
) -> None:
    for text in ("[]", "{", "null", '{"type": "new"}', '{"envelope_id": "1", "type": "x"}'):
        for link in slack.sockets.links:
            await link.send_text(text)
    await slack.people.command(MAYA, "/delay", "Wind farm")
    assert len(await linked.cases()) == 1
