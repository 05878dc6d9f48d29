"""What becomes of a message to a customer, whatever happens on the way out or to the house."""

from datetime import timedelta

import pytest

from bot.core.approving.wording import TELL
from bot.engine.errors import BadContent, CannotLook, Conflict, Later, OutcomeUnknown, Refused
from bot.engine.ports import Outcome
from bot.engine.tick import tick
from tests.approval.scene import CASE, CUSTOMER, HERE, LIN, OMAR, Scene, heavy, plain, words
from tests.engine.faults import FaultyStore


async def about_to_leave() -> Scene:
    """A message whose minute is nearly over."""
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    return scene


async def test_a_line_that_is_cut_after_the_post_leaves_one_message() -> None:
    scene = await about_to_leave()
    scene.channel.arrived = [OutcomeUnknown()]
    await scene.later(seconds=60)
    await scene.later(minutes=1)
    assert len(scene.sent) == 1
    assert (await scene.now()).phase == "told"


async def test_a_line_that_is_cut_before_the_post_leaves_one_message() -> None:
    scene = await about_to_leave()
    scene.channel.way_out = [OutcomeUnknown()]
    await scene.later(seconds=60)
    for _ in range(3):
        await scene.later(minutes=1)
    assert len(scene.sent) == 1
    assert (await scene.now()).phase == "told"


async def test_where_nobody_can_look_a_person_decides() -> None:
    scene = await about_to_leave()
    scene.channel.way_out = [OutcomeUnknown()]
    scene.channel.lost = [CannotLook()]
    await scene.later(seconds=60)
    await scene.later(minutes=40)
    assert scene.sent == []
    assert TELL.unknown.en in words(scene.card())
    await scene.choose("send_again")
    assert len(scene.sent) == 1


async def test_a_look_that_comes_late_is_not_believed() -> None:
    """After half an hour a platform's "not here" sends nothing to a customer again."""
    scene = await about_to_leave()
    scene.channel.way_out = [OutcomeUnknown()]
    scene.channel.lost = [Later(timedelta(minutes=40))]
    await scene.later(seconds=60)
    await scene.later(minutes=1)
    await scene.later(minutes=45)
    assert scene.sent == []
    assert TELL.unknown.en in words(scene.card())


@pytest.mark.parametrize("error", [Refused(), BadContent()])
async def test_a_refusal_is_said_in_words_and_the_text_is_kept(error: Exception) -> None:
    scene = await about_to_leave()
    scene.channel.way_out = [error]
    await scene.later(seconds=60)
    said = words(scene.card())
    assert "It was not delivered" in said
    assert "19 June" in said
    await scene.choose("send_again")
    assert len(scene.sent) == 1


async def test_a_failed_message_whose_answers_change_is_made_anew() -> None:
    scene = await about_to_leave()
    scene.channel.way_out = [Refused()]
    await scene.later(seconds=60)
    await scene.choose("draft")
    await scene.choose("draft_edit", text="Subject: News\n\nIt is 19 June now, not 5 June.")
    await scene.click("make_ready")
    await scene.choose("send")
    await scene.later(seconds=60)
    assert scene.sent == ["News\n\nIt is 19 June now, not 5 June."]


async def test_an_hour_without_a_platform_sends_it_once_afterwards() -> None:
    scene = await about_to_leave()
    scene.channel.way_out = [Later() for _ in range(12)]
    await scene.later(seconds=60)
    for _ in range(40):
        await scene.later(minutes=5)
    assert len(scene.sent) == 1


async def test_after_four_hours_nothing_goes_out_by_itself() -> None:
    scene = await about_to_leave()
    scene.channel.way_out = [Later() for _ in range(200)]
    await scene.later(seconds=60)
    for _ in range(60):
        await scene.later(minutes=10)
    scene.channel.way_out = []
    await scene.later(hours=1)
    assert scene.sent == []
    assert "could not be reached in time" in words(scene.card())


async def test_a_house_that_dies_before_it_tells_the_case_tells_it_later() -> None:
    """The row was recorded as sent, and the process ended there."""
    scene = await about_to_leave()
    scene.clock.move(timedelta(seconds=60))
    await tick(scene.house)
    now = scene.clock()
    while found := await scene.store.claim(now, now + timedelta(seconds=60), limit=1):
        parcel = found[0]
        place = parcel.place.conversation
        ref = await scene.channel.post(place, parcel.id, parcel.card, parcel.language)
        await scene.store.settle(parcel, Outcome("sent", ref=ref))
    assert (await scene.now()).phase == "ready"
    await scene.later(minutes=3)
    assert (await scene.now()).phase == "told"
    assert len(scene.messages(CUSTOMER)) == 1


async def test_the_outbox_holds_one_row_for_a_number() -> None:
    scene = await about_to_leave()
    scene.channel.way_out = [Refused()]
    await scene.later(seconds=60)
    await scene.choose("send_again")
    rows = [p for p in await scene.store.parcels(HERE, CASE) if p.slot == "customer:1"]
    assert [(p.kind, p.state) for p in rows] == [("post", "sent")]


async def test_an_approver_who_cannot_be_reached_is_followed_by_the_next() -> None:
    scene = await Scene(heavy()).begin()
    scene.channel.gone = {str(OMAR)}
    await scene.choose("approval_ask")
    await scene.settle()
    assert scene.messages(str(LIN))
    case = await scene.now()
    assert case.outgoing is not None
    asked = case.outgoing.approvals[0].asked
    assert asked is not None
    assert asked.id == LIN


async def test_an_approver_who_cannot_be_reached_is_followed_also_where_two_wrote_at_once() -> None:
    store = FaultyStore()
    scene = await Scene(heavy(), store=store).begin()
    scene.channel.gone = {str(OMAR)}
    await scene.press(next(a for a in scene.actions() if a.name == "approval_ask"))
    store.errors.append(Conflict())
    await scene.settle()
    assert store.errors == []
    assert scene.messages(str(LIN))
