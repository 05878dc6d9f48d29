"""Who is in a channel, what never goes there, whose press counts, and what ends or goes elsewhere."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.core.cards.blocks import Bar, Card, Chart, Paragraph
from bot.core.words import same
from bot.engine.errors import (
    BadContent,
    CannotLook,
    DeliveryError,
    Later,
    OutcomeUnknown,
    Outdated,
    Refused,
)
from bot.engine.inbound import Profile
from bot.platforms.slack import faults, manifest
from bot.platforms.slack.calls import CALL, Calls
from bot.platforms.slack.client import SlackChannel
from bot.platforms.slack.people import read
from bot.platforms.slack.places import Places
from bot.platforms.slack.texts import Payload
from tests.platforms.slack.fake.faults import Hang, RateLimited, Status
from tests.platforms.slack.fake.faults import Refused as Says
from tests.platforms.slack.fake.slack import FakeSlack
from tests.platforms.slack.served import MAYA, TEAM, Served, serving

INTERNAL = Card(same("For the team"), (Paragraph(same("For the team")),))
LETTER = Card(same("Dear Ann"), (Paragraph(same("Dear Ann, <!here> & on")),), plain=True)


@pytest.fixture
async def calls(slack: FakeSlack) -> AsyncIterator[Calls]:
    """The Web API of the fake."""
    found = Calls(slack.bot_token, slack.base_url)
    await found.open()
    yield found
    await found.close()


refused: Any = SlackApiError


def channel(calls: Calls) -> SlackChannel:
    return SlackChannel(calls, Places(calls).is_internal, pace=0)


@pytest.mark.parametrize(
    ("where", "company"),
    [
        ("C0TEAM", "internal"),
        ("C0PRIVATE", "internal"),
        ("C0GUEST", "external"),
        ("C0SHARED", "external"),
        ("C0NOWHERE", "unknown"),
    ],
)
async def test_who_can_read_in_a_channel(calls: Calls, where: str, company: str) -> None:
    assert await Places(calls).company(where) == company


async def test_what_was_posted_below_a_deleted_message_is_found_in_the_channel(
    slack: FakeSlack, calls: Calls
) -> None:
    way = channel(calls)
    since = slack.clock()
    root = await way.post("C0TEAM", "row-1", INTERNAL, "en")
    slack.workspace.channels["C0TEAM"].messages.clear()
    below = await way.post("C0TEAM", "row-2", INTERNAL, "en", under=root)
    assert await way.find("C0TEAM", "row-2", since, under=root) == below
    assert await way.find("C0TEAM", "row-3", since, under=root) is None


class Slow(Calls):
    """Somebody from outside comes while it is looked at who is there."""

    places: Places
    slack: FakeSlack

    async def call(
        self, method: str, *, within: float = CALL, looks: bool = False, **arguments: Any
    ) -> Payload:
        """The answer; right after the first one the channel is shared, and Slack says so."""
        found = await super().call(method, within=within, looks=looks, **arguments)
        if method == "conversations.info":
            self.slack.workspace.channels["C0TEAM"].is_ext_shared = True
            self.places.forget("C0TEAM")
        return found


async def test_what_changes_while_it_is_looked_at_is_not_remembered(slack: FakeSlack) -> None:
    calls = Slow(slack.bot_token, slack.base_url)
    calls.slack, calls.places = slack, Places(calls)
    await calls.open()
    found = [await calls.places.company("C0TEAM") for _ in range(2)]
    await calls.close()
    assert found[-1] == "external"


async def test_a_channel_that_is_about_to_be_shared_counts_as_shared(
    slack: FakeSlack, calls: Calls
) -> None:
    slack.workspace.channels["C0TEAM"].is_pending_ext_shared = True
    assert not await Places(calls).is_internal("C0TEAM")


async def test_what_cannot_be_told_is_not_ours_and_is_asked_again(
    slack: FakeSlack, calls: Calls
) -> None:
    places = Places(calls)
    slack.faults.plan("conversations.members", Status(500))
    assert not await places.is_internal("C0TEAM")
    assert await places.is_internal("C0TEAM")


async def test_a_stranger_in_the_channel_is_not_one_of_ours(slack: FakeSlack, calls: Calls) -> None:
    slack.workspace.users["UOMAR"].is_stranger = True
    assert not await Places(calls).is_internal("C0TEAM")


async def test_it_is_remembered_until_slack_says_that_it_changed(
    slack: FakeSlack, candor: Served
) -> None:
    post = (await candor.way()).post
    await post("C0TEAM", "row-1", INTERNAL, "en")
    await post("C0TEAM", "row-2", INTERNAL, "en")
    assert len(slack.called("conversations.info")) == 1
    await slack.happenings.share("C0TEAM", "T0CUSTOMER")
    with pytest.raises(Refused):
        await post("C0TEAM", "row-3", INTERNAL, "en")
    assert len(slack.messages("C0TEAM")) == 2


async def test_only_a_letter_goes_where_a_customer_reads_and_word_for_word(
    slack: FakeSlack, calls: Calls
) -> None:
    with pytest.raises(Refused) as caught:
        await channel(calls).post("C0SHARED", "row-1", INTERNAL, "en")
    assert caught.value.why == "outsiders"
    ref = await channel(calls).post("C0SHARED", "row-2", LETTER, "en")
    (message,) = slack.messages("C0SHARED")
    assert ref == f"C0SHARED/{message.ts}"
    section = message.blocks[0]["elements"][0]
    assert section["elements"] == [{"type": "text", "text": "Dear Ann, <!here> & on"}]


async def test_a_letter_that_is_too_long_is_refused_and_never_cut(calls: Calls) -> None:
    long = Card(same("Dear Ann"), (Paragraph(same("word " * 4000)),), plain=True)
    with pytest.raises(BadContent):
        await channel(calls).post("C0SHARED", "row-1", long, "en")


async def test_a_message_is_found_by_its_row_and_only_there(slack: FakeSlack, calls: Calls) -> None:
    way = channel(calls)
    since = slack.clock()
    refs = [await way.post(MAYA, f"row-{n}", INTERNAL, "en") for n in range(3)]
    assert await way.find(MAYA, "row-1", since) == refs[1]
    assert await way.find(MAYA, "row-9", since) is None
    assert await way.find("UOMAR", "row-1", since) is None
    assert len(slack.called("conversations.open")) == 2


@pytest.mark.parametrize("kind", ["channels", "groups"])
async def test_a_look_up_in_a_channel_needs_its_permission_and_without_it_a_person_is_asked(
    slack: FakeSlack, calls: Calls, kind: str
) -> None:
    where = {"channels": "C0SHARED", "groups": "C0PRIVATE"}[kind]
    shipped = manifest.scopes(manifest.read(manifest.shipped()))
    token, way, since = slack.token_of(TEAM), channel(calls), slack.clock()
    token.scopes = set(shipped)
    ref = await way.post(where, "row-1", LETTER, "en")
    assert await way.find(where, "row-1", since) == ref
    token.scopes = set(shipped) - {f"{kind}:history"}
    with pytest.raises(CannotLook):
        await way.find(where, "row-1", since)
    assert calls.trouble == ""


async def test_a_look_up_turns_the_page_and_at_last_says_that_it_cannot(
    slack: FakeSlack, calls: Calls
) -> None:
    way = SlackChannel(calls, Places(calls).is_internal, pace=0, page=2)
    since = slack.clock()
    first = await way.post(MAYA, "row-0", INTERNAL, "en")
    for number in range(1, 8):
        await way.post(MAYA, f"row-{number}", INTERNAL, "en")
    assert await way.find(MAYA, "row-0", since) == first
    for number in range(8, 14):
        await way.post(MAYA, f"row-{number}", INTERNAL, "en")
    with pytest.raises(CannotLook):
        await way.find(MAYA, "row-99", since)


async def test_a_chart_that_is_refused_is_said_in_words_from_then_on(
    slack: FakeSlack, calls: Calls
) -> None:
    chart = Chart(same("Done by"), (Bar(same("4 Dec"), 40),), same("40 of 100 by 4 Dec."))
    way = channel(calls)
    slack.faults.plan("chat.postMessage", Says("invalid_blocks"))
    for number in range(2):
        await way.post(MAYA, f"row-{number}", Card(same("Chart"), (chart,)), "en")
    assert [
        len(str(m.blocks).split("data_visualization")) for m in slack.messages(slack.dm(MAYA))
    ] == [1, 1]
    assert len(slack.called("chat.postMessage")) == 3


@pytest.mark.parametrize(
    ("name", "status", "kind"),
    [
        ("ratelimited", 429, Later),
        ("is_archived", 200, Refused),
        ("not_in_channel", 200, Refused),
        ("channel_not_found", 200, Refused),
        ("user_disabled", 200, Refused),
        ("restricted_action", 200, Refused),
        ("invalid_blocks", 200, BadContent),
        ("msg_blocks_too_long", 200, BadContent),
        ("message_not_found", 200, Outdated),
        ("cant_update_message", 200, Outdated),
        ("token_revoked", 200, Later),
        ("account_inactive", 200, Later),
        ("missing_scope", 200, Later),
        ("fatal_error", 200, OutcomeUnknown),
        ("", 503, OutcomeUnknown),
        ("something_new", 200, Later),
    ],
)
def test_each_of_slacks_errors_has_its_class(
    name: str, status: int, kind: type[DeliveryError]
) -> None:
    response: Any = SimpleNamespace(
        status_code=status, headers={"Retry-After": "7"}, get={"error": name}.get
    )
    found = faults.translated(refused("x", response))
    assert type(found) is kind
    if isinstance(found, Later) and status == 429:
        assert found.retry_after == timedelta(seconds=7)


def test_a_line_that_was_never_up_did_nothing_and_a_cut_one_may_have() -> None:
    key: Any = SimpleNamespace(ssl=None, host="x", port=1, is_ssl=False)
    nobody = aiohttp.ClientConnectorError(key, OSError(111, "refused"))
    assert type(faults.translated(nobody)) is Later
    assert type(faults.translated(aiohttp.ServerDisconnectedError())) is OutcomeUnknown
    assert type(faults.translated(TimeoutError())) is OutcomeUnknown


async def test_a_button_pressed_by_somebody_else_changes_nothing(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    before, message = await candor.case(), candor.live()
    slack.workspace.channels[message.channel].members.append("UOMAR")
    for wanted in ("Save and stop", "Answer in a form"):
        await slack.people.press("UOMAR", message, wanted)
    await candor.settle()
    assert [m.text for m in slack.ephemerals("UOMAR")] == [
        "This conversation belongs to somebody else, so nothing was changed."
    ] * 2
    assert slack.view("UOMAR") is None
    assert await candor.case() == before


async def test_somebody_of_another_organisation_is_refused_politely_and_a_mention_in_silence(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    await candor.settle()
    message = candor.live()
    slack.workspace.channels[message.channel].members.append("UPARTNER")
    await slack.people.press("UPARTNER", message, "Save and stop")
    await slack.happenings.mention("UPARTNER", "C0SHARED", "hello")
    await candor.settle()
    [only] = slack.ephemerals("UPARTNER")
    assert "another organisation" in only.text
    assert not (await candor.case()).stopped
    assert [m for m in slack.messages("C0SHARED") if m.bot_id] == []


async def test_the_same_person_in_another_workspace_sees_nothing_of_it(
    slack: FakeSlack, candor: Served
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    case = await candor.case()
    other: Any = "T0OTHER"
    assert await candor.house.store.case(other, case.id) is None
    assert await candor.house.store.case(TEAM, case.id) is not None


@pytest.mark.parametrize("how", ["uninstall", "revoke"])
async def test_an_app_that_is_taken_out_says_so_to_the_operator_and_keeps_what_waits(
    slack: FakeSlack, candor: Served, how: str
) -> None:
    await slack.people.command(MAYA, "/delay", "Wind farm")
    gone = slack.happenings.uninstall if how == "uninstall" else slack.happenings.revoke
    await gone(slack.workspace.team)
    await candor.settle()
    assert "Install it again" in await candor.platform.ready()
    slack.token_of(slack.workspace.team).state = "live"
    slack.clock.move(timedelta(minutes=16))
    await candor.settle()
    assert len(candor.told()) == 1
    assert await candor.platform.ready() == ""


async def test_a_slack_that_is_away_at_the_start_is_met_later(
    slack: FakeSlack, tmp_path: Path
) -> None:
    slack.faults.plan("auth.test", Status(500), times=2)
    async with serving(slack, tmp_path, patience=0.5) as candor:
        await slack.people.command(MAYA, "/delay", "Wind farm")
        await candor.settle()
        assert len(candor.told()) == 1
        await candor.platform.met()
        assert await candor.platform.ready() == ""


async def test_a_call_that_hangs_holds_up_nobody_else(slack: FakeSlack, candor: Served) -> None:
    slack.faults.plan("chat.postEphemeral", Hang())
    await slack.happenings.say("UOMAR", "hello")
    answer = await slack.people.command(MAYA, "/delay", "Wind farm")
    assert answer.status == 200
    assert answer.seconds < 1
    slack.faults.clear()


async def test_the_rate_of_ephemeral_words_is_no_fault_of_the_case(
    slack: FakeSlack, candor: Served
) -> None:
    slack.faults.plan("chat.postEphemeral", RateLimited(5))
    await candor.say("hello")
    await slack.people.command(MAYA, "/delay", "Wind farm")
    assert len(await candor.cases()) == 1


@pytest.mark.parametrize(
    ("user", "profile"),
    [
        ({"tz": "Asia/Shanghai", "locale": "zh-TW"}, ("zh", "Asia/Shanghai", "CN")),
        ({"tz": "America/Sao_Paulo", "locale": "pt-BR"}, ("en", "America/Sao_Paulo", "BR")),
        ({"tz": "Mars/Olympus", "locale": "zh-CN"}, ("zh", "Europe/Berlin", "DE")),
        ({}, ("en", "Europe/Berlin", "DE")),
    ],
)
def test_a_profile_is_read_with_care(user: dict[str, str], profile: tuple[str, str, str]) -> None:
    found = read(user, Profile("en", "Europe/Berlin", "DE"))
    assert (found.language, found.zone, found.calendar) == profile
