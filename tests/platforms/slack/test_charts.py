"""The native chart: drawn where the workspace knows it, and everywhere else said in words, once."""

from dataclasses import replace

import pytest

from bot.core.cards.blocks import Bar, Card, Chart
from bot.core.words import PersonId, same
from bot.engine.ports import Filed, Place
from tests.core.followed import Followed
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, Served
from tests.platforms.slack.test_entries import words

NATIVE = "data_visualization"
CHART = Chart(same("Causes"), (Bar(same("Supplier"), 100),), same("Supplier: 1"))


async def told(candor: Served) -> None:
    """A case of this month, for the report."""
    case = replace(Followed().tell().case, tenant=TEAM, owner=PersonId(MAYA))
    async with candor.house.store.turn(TEAM) as turn:
        await turn.save(Filed(case, Place("slack", MAYA)), was=None)


def kinds(message_blocks: list[dict[str, object]]) -> list[object]:
    return [block["type"] for block in message_blocks]


@pytest.mark.parametrize("known", [True, False])
async def test_the_report_of_a_command_shows_its_chart_or_says_it(
    slack: FakeSlack, candor: Served, *, known: bool
) -> None:
    slack.realm.refuses = set() if known else {NATIVE}
    await told(candor)
    for _ in range(2):
        await slack.people.command(MAYA, "/delay", "report 2026-05", channel="C0TEAM")
        await candor.settle()
    for report in slack.ephemerals(MAYA):
        assert (NATIVE in kinds(report.blocks)) is known
        assert known or "Technical fault: 100%" in words(report)
    assert len(slack.ephemerals(MAYA)) == 2
    refused = [call for call in slack.called("response_url") if call.status == 400]
    assert len(refused) == (0 if known else 1)  # after that nobody asks again


async def test_an_address_that_is_over_says_nothing_of_charts(
    slack: FakeSlack, candor: Served
) -> None:
    await told(candor)
    slack.realm.doors = [(404, {"ok": False, "error": "expired_url"}), (500, "")]
    for _ in range(3):
        await slack.people.command(MAYA, "/delay", "report 2026-05", channel="C0TEAM")
        await candor.settle()
    [report] = slack.ephemerals(MAYA)
    assert NATIVE in kinds(report.blocks)


async def test_a_refusal_that_comes_with_success_is_one_all_the_same(
    slack: FakeSlack, candor: Served
) -> None:
    await told(candor)
    slack.realm.doors = [(200, {"ok": False, "error": "invalid_blocks"})]
    await slack.people.command(MAYA, "/delay", "report 2026-05", channel="C0TEAM")
    await candor.settle()
    [report] = slack.ephemerals(MAYA)
    assert "Technical fault: 100%" in words(report)


@pytest.mark.parametrize("known", [True, False])
async def test_a_report_that_is_asked_for_in_the_conversation_shows_its_chart_or_says_it(
    slack: FakeSlack, candor: Served, *, known: bool
) -> None:
    slack.realm.refuses = set() if known else {NATIVE}
    await told(candor)
    await candor.say("/delay report 2026-05")
    [report] = slack.ephemerals(MAYA)
    assert (NATIVE in kinds(report.blocks)) is known
    assert len(slack.called("chat.postEphemeral")) == (1 if known else 2)


@pytest.mark.parametrize("known", [True, False])
async def test_a_card_that_stays_shows_its_chart_or_says_it_and_so_do_its_edits(
    slack: FakeSlack, candor: Served, *, known: bool
) -> None:
    slack.realm.refuses = set() if known else {NATIVE}
    channel = await candor.way()
    card = Card(same("A chart"), (CHART,))
    ref = await channel.post(MAYA, "row-1", card, "en")
    await channel.edit(ref, "row-2", Card(same("Another"), (CHART,)), "en")
    message = candor.live()
    assert (NATIVE in kinds(message.blocks)) is known
    assert known or "Supplier: 100%" in words(message)
    assert "Supplier: 1" in words(message)  # the sentence stands in both
    tries = len(slack.called("chat.postMessage")) + len(slack.called("chat.update"))
    assert tries == (2 if known else 3)
