"""What ends or is taken away: accounts, tokens, scopes, tabs, triggers. Each is said to somebody.

A channel that takes nothing more is in test_approval; a token that is revoked in test_places.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.core.approving.organisation import Organisation
from bot.core.words import PersonId
from bot.engine import errors
from bot.engine.tick import tick
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.places import Places
from tests.platforms.slack.fake.faults import Hang, Refused
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, Served, opened, serving
from tests.platforms.slack.test_entries import words

LEAD = "ULIN"
LATER = timedelta(minutes=16)  # longer than it is waited for an operator


@pytest.fixture
async def led(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[Served]:
    """Candor where the operator has named an account lead."""
    organisation = Organisation(roles={"account_lead": (PersonId(LEAD),)})
    async with serving(slack, tmp_path, organisation=organisation) as served:
        yield served


async def test_of_an_owner_whose_account_is_closed_the_lead_hears_once(
    slack: FakeSlack, led: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    case = await led.case()
    slack.workspace.users[MAYA].deleted = True
    for _ in range(6):
        await led.settle()
        due = await led.house.store.next_due()
        if due is None:
            break
        slack.clock.move(max(due - slack.clock(), timedelta()) + LATER)
        await tick(led.house)
    [told] = led.told(LEAD)
    assert "account is closed" in words(told)
    filed = await led.house.store.case(TEAM, case.id)
    assert filed is not None
    assert filed.case.unheard
    assert await led.house.store.next_due() is None


async def test_an_account_is_seen_to_be_closed_within_the_hour(slack: FakeSlack) -> None:
    time = [0.0]
    calls = Calls(slack.bot_token, slack.base_url)
    channel = SlackChannel(calls, Places(calls).is_internal, clock=lambda: time[0])
    async with opened(calls):
        await channel.channel_of(MAYA)
        slack.workspace.users[MAYA].deleted = True
        time[0] = 3590.0
        await channel.channel_of(MAYA)
        time[0] = 3610.0
        with pytest.raises(errors.Refused) as caught:
            await channel.channel_of(MAYA)
    assert caught.value.why == "closed"


async def test_a_scope_that_is_missing_is_named_once_and_what_waits_goes_out_afterwards(
    slack: FakeSlack, candor: Served
) -> None:
    token = slack.token_of(TEAM)
    token.scopes.discard("chat:write")
    with capture_logs() as logs:
        await slack.people.command(MAYA, "/delay", "Wind farm")
        await candor.settle()
        slack.clock.move(LATER)
        await candor.settle()
    [said] = [line for line in logs if line["event"] == "slack refuses us"]
    assert "The permission chat:write" in said["remedy"]
    await slack.happenings.open_home(MAYA)
    await candor.settle()
    assert "chat:write" in await candor.platform.ready()  # though other calls work
    token.scopes.add("chat:write")
    slack.clock.move(LATER)
    await candor.settle()
    assert len(candor.told()) == 1
    assert await candor.platform.ready() == ""


async def test_without_its_messages_tab_the_app_waits_and_says_what_to_turn_on(
    slack: FakeSlack, candor: Served
) -> None:
    slack.faults.plan("chat.postMessage", Refused("messages_tab_disabled"))
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    assert "Messages tab" in await candor.platform.ready()
    slack.clock.move(LATER)
    await candor.settle()
    assert len(candor.told()) == 1
    assert await candor.platform.ready() == ""


async def test_a_profile_that_may_not_be_read_holds_nobody_up(
    slack: FakeSlack, candor: Served
) -> None:
    slack.token_of(TEAM).scopes.discard("users:read")
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    assert len(candor.told()) == 1
    assert "users:read" in await candor.platform.ready()


@pytest.mark.parametrize("fault", [Refused("expired_trigger_id"), Hang()])
async def test_a_shortcut_whose_window_cannot_open_answers_in_the_conversation(
    slack: FakeSlack, candor: Served, fault: Refused | Hang
) -> None:
    slack.faults.plan("views.open", fault)
    await slack.people.shortcut(MAYA, "delay_start")
    slack.faults.clear()
    await candor.settle()
    [only] = slack.ephemerals(MAYA)
    assert "It goes on in our direct conversation" in words(only)
    assert len(candor.told()) == 1


async def test_a_shortcut_on_a_message_whose_window_cannot_open_answers_beside_it(
    slack: FakeSlack, candor: Served
) -> None:
    slack.faults.plan("views.open", Refused("expired_trigger_id"))
    message = slack.happenings.written("UOMAR", "C0TEAM", "The valves come late")
    await slack.people.message_shortcut(MAYA, "delay_from_message", message)
    await candor.settle()
    [only] = slack.ephemerals(MAYA)
    assert only.channel == "C0TEAM"
    assert "direct conversation" in words(only)


async def test_a_shortcut_of_another_organisation_is_refused_in_words(
    slack: FakeSlack, candor: Served
) -> None:
    message = slack.happenings.written("UOMAR", "C0SHARED", "The valves come late")
    await slack.people.message_shortcut("UPARTNER", "delay_from_message", message)
    await candor.settle()
    assert "another organisation" in words(slack.view("UPARTNER"))
    assert await candor.cases("UPARTNER") == ()
