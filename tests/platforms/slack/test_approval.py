"""From a draft to a customer in a shared channel of Slack, by the hands of two people."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.approving.organisation import Known, Member, Organisation
from bot.core.words import PersonId
from bot.engine.incoming.team import A_GUEST
from bot.engine.ports import Filed, Place
from bot.engine.tick import tick
from tests.approval.scene import AT, Scene, heavy
from tests.delivery_cases import PLAYBOOK
from tests.platforms.slack.fake.clock import Clock
from tests.platforms.slack.fake.faults import Refused as Says
from tests.platforms.slack.fake.slack import FakeSlack, running
from tests.platforms.slack.served import MAYA, TEAM, Served, has, serving

OMAR, SHARED = "UOMAR", "C0SHARED"
ORGANISATION = Organisation(
    people=(Member(PersonId(MAYA), "Maya"), Member(PersonId(OMAR), "Omar Haddad")),
    roles={"delivery_director": (PersonId(OMAR),)},
    customers=(Known("Marrow Bakeries", conversation=f"slack:{SHARED}"),),
)


@pytest.fixture
async def candor(tmp_path: Path) -> AsyncIterator[Served]:
    """A case of Maya's whose answers all stand, in a workspace that shares a channel."""
    await Scene(heavy()).begin()  # what is read once is read before anybody's three seconds run
    began = Clock()
    fake = FakeSlack(Clock(lambda: AT + (began() - start)))
    start = began()
    async with running(fake), serving(fake, tmp_path, organisation=ORGANISATION) as served:
        case = replace(heavy(), tenant=TEAM, owner=PersonId(MAYA))
        async with served.house.store.turn(TEAM) as turn:
            await turn.keep_playbook(PLAYBOOK)
            await turn.save(Filed(case, Place("slack", MAYA)), was=None)
        await fake.people.command(MAYA, "/delay", "draft", channel="C0TEAM")
        await served.settle()
        yield served
        assert fake.violations == []


async def test_a_message_is_approved_sent_and_stands_in_the_shared_channel(candor: Served) -> None:
    await candor.press("Make ready to send")
    await candor.press("Ask for approval")
    assert candor.told(OMAR)
    await candor.press("Approve", OMAR)
    assert not any(b["type"] == "actions" for b in candor.live(OMAR).blocks)
    await candor.press("Show it")
    await candor.press("Send now")
    assert candor.slack.messages(SHARED) == []
    candor.slack.clock.move(timedelta(seconds=61))
    await tick(candor.house)
    await candor.settle()
    (message,) = candor.slack.messages(SHARED)
    case = await candor.case()
    assert case.phase == "told"
    assert case.deliveries[0].release.text.split("\n\n")[2] in str(message.blocks)


async def test_a_wish_for_a_change_is_typed_in_a_window(candor: Served) -> None:
    await candor.press("Make ready to send")
    await candor.press("Ask for approval")
    await candor.press("What should change?", OMAR)
    await candor.slack.people.submit(OMAR, {"What should change?": "Name the fitter."})
    await candor.settle()
    case = await candor.case()
    assert case.outgoing is not None
    assert (case.phase, case.outgoing.state) == ("reviewing", "refused")
    assert case.outgoing.approvals[0].comment == "Name the fitter."


async def test_a_customer_of_another_company_decides_nothing(candor: Served) -> None:
    await candor.press("Make ready to send")
    await candor.press("Ask for approval")
    question = candor.live(OMAR)
    await candor.slack.people.press("ULIN", question, "Approve")
    await candor.settle()
    assert (await candor.case()).phase == "awaiting_approval"


async def test_an_approver_whose_account_is_closed_holds_nothing_up(candor: Served) -> None:
    await candor.press("Make ready to send")
    candor.slack.workspace.users[OMAR].deleted = True
    await candor.press("Ask for approval")
    await candor.settle()
    assert "Omar Haddad" in str(candor.live().blocks)
    assert any("not answered" in str(m.blocks) for m in candor.told())
    assert candor.told(OMAR) == []


@pytest.mark.parametrize("become", ["is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_an_approver_who_has_become_a_guest_or_a_stranger_is_asked_nothing(
    candor: Served, become: str
) -> None:
    await candor.press("Make ready to send")
    setattr(candor.slack.workspace.users[OMAR], become, True)
    await candor.press("Ask for approval")
    await candor.settle()
    assert candor.told(OMAR) == []
    assert any("not answered" in str(m.blocks) for m in candor.told())


async def test_a_question_that_stands_with_somebody_who_left_is_not_changed_either(
    candor: Served,
) -> None:
    await candor.press("Make ready to send")
    await candor.press("Ask for approval")
    [before] = candor.told(OMAR)
    stood = str(before.blocks)
    candor.slack.workspace.users[OMAR].team = "T0CUSTOMER"
    await candor.press("Withdraw the request")
    assert [str(m.blocks) for m in candor.told(OMAR)] == [stood]


@pytest.mark.parametrize("become", ["is_restricted", "is_ultra_restricted", "is_stranger"])
async def test_whoever_has_become_a_guest_decides_nothing_on_the_card_of_before(
    candor: Served, become: str
) -> None:
    await candor.press("Make ready to send")
    await candor.press("Ask for approval")
    setattr(candor.slack.workspace.users[OMAR], become, True)
    await candor.press("Approve", OMAR)
    [said] = candor.slack.ephemerals(OMAR)
    assert A_GUEST.en in str(said.blocks)
    await candor.press("What should change?", OMAR)
    await candor.slack.people.submit(OMAR, {"What should change?": "Name the fitter."})
    await candor.settle()
    case = await candor.case()
    assert case.outgoing is not None
    assert (case.phase, case.outgoing.approvals[0].state) == ("awaiting_approval", "asked")


async def test_an_approver_of_whom_slack_tells_nothing_just_now_is_asked_later(
    candor: Served,
) -> None:
    await candor.press("Make ready to send")
    candor.slack.faults.plan("users.info", Says("fatal_error"))
    await candor.press("Ask for approval")
    assert candor.told(OMAR) == []
    candor.slack.faults.clear()
    candor.slack.clock.move(timedelta(minutes=1))
    await candor.settle()
    assert len(candor.told(OMAR)) == 1


@pytest.mark.parametrize(
    ("trouble", "remedy"),
    [
        ("archived", "whoever manages it can open it again"),
        ("left", "/invite @Candor"),
        ("channel_not_found", "is not there any more"),
        ("restricted_action", "an admin of the workspace can allow it"),
        ("invalid_blocks", "refuses how it is built"),
    ],
)
async def test_a_channel_that_takes_nothing_more_is_told_to_the_owner_with_the_remedy(
    candor: Served, trouble: str, remedy: str
) -> None:
    await candor.press("Make ready to send")
    await candor.press("Ask for approval")
    await candor.press("Approve", OMAR)
    await candor.press("Show it")
    await candor.press("Send now")
    match trouble:
        case "archived":
            await candor.slack.happenings.archive(SHARED, OMAR)
        case "left":
            await candor.slack.happenings.leave(candor.slack.workspace.bot.id, SHARED)
        case _:
            candor.slack.faults.plan("chat.postMessage", Says(trouble))
    candor.slack.clock.move(timedelta(seconds=61))
    await tick(candor.house)
    await candor.settle()
    assert any(remedy in str(m.blocks) for m in candor.told())
    assert candor.slack.messages(SHARED) == []


async def test_undo_at_second_61_comes_too_late_on_a_card_as_it_stood(candor: Served) -> None:
    await candor.press("Make ready to send")
    await candor.press("Ask for approval")
    await candor.press("Approve", OMAR)
    await candor.press("Show it")
    await candor.press("Send now")
    old = next(m for m in reversed(candor.told()) if has(m, "Undo"))
    candor.slack.clock.move(timedelta(seconds=61))
    await tick(candor.house)
    await candor.settle()
    await candor.slack.people.press(MAYA, old, "Undo")
    await candor.settle()
    said = [str(m.blocks) for m in candor.slack.ephemerals(MAYA)]
    assert any("It has left already" in words for words in said)
    assert len(candor.slack.messages(SHARED)) == 1
    assert (await candor.case()).phase == "told"
