"""From a draft to a message that left: what must be agreed to, by whom, and what leaves when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.approving.wording import TELL
from bot.core.cards.blocks import Editor
from bot.core.desk import Person
from bot.core.words import PersonId, TenantId, Text
from bot.engine.errors import Later
from bot.engine.incoming.team import A_GUEST, CANNOT_TELL
from tests.approval.scene import (
    AT,
    CASE,
    HERE,
    IDA,
    LIN,
    OMAR,
    ORGANISATION,
    PM,
    Scene,
    heavy,
    plain,
    pressable,
    words,
)  # fmt: skip


async def agreed(scene: Scene) -> Scene:
    """Approval asked and given."""
    await scene.choose("approval_ask")
    await scene.choose("approve", by=OMAR)
    return scene


async def test_a_light_delay_needs_nobody_and_leaves_after_a_minute() -> None:
    scene = await Scene(plain()).begin()
    reply = await scene.choose("send")
    assert reply.toast == TELL.leaves_soon
    assert (await scene.now()).phase == "ready"
    await scene.later(seconds=59)
    assert scene.sent == []
    await scene.later(seconds=1)
    assert len(scene.sent) == 1
    assert "19 June" in scene.sent[0]


async def test_approved_and_sent_is_told_with_its_promises_and_its_record() -> None:
    scene = await agreed(await Scene(heavy()).begin())
    release = (await scene.now()).outgoing
    assert release is not None
    await scene.choose("send")
    await scene.later(seconds=60)
    case = await scene.now()
    assert scene.sent == [release.release.text]
    assert (case.phase, case.told_at) == ("told", AT + timedelta(seconds=60))
    new_date = next(p for p in case.given if p.date.isoformat() == "2026-06-19")
    assert new_date.what == "the new bread line"
    (record,) = [e for e in await scene.store.entries(HERE, CASE) if e.chained]
    assert release.release.digest in record.body
    assert "Omar Haddad" in record.body


async def test_the_approver_sees_why_they_are_asked_and_the_exact_text() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    said = words(scene.card(OMAR))
    case = await scene.now()
    assert case.phase == "awaiting_approval"
    assert case.outgoing is not None
    assert case.outgoing.release.text in said
    assert "a fitter on site until 30 June" in said
    assert "the remedy costs work of ours" in said


async def test_a_decided_card_is_a_stamp_and_its_buttons_are_gone() -> None:
    scene = await agreed(await Scene(heavy()).begin())
    said = words(scene.card(OMAR))
    assert "Approved by Omar Haddad, Mon 18 May 2026" in said
    assert "What should change?" not in said
    assert "Omar Haddad agreed" in words(scene.card())


async def test_a_change_after_approval_voids_it_and_says_so_to_both() -> None:
    scene = await agreed(await Scene(heavy()).begin())
    await scene.click("draft")
    text = (await scene.now()).outgoing
    assert text is not None
    reply = await scene.choose("draft_edit", text=f"Subject: News\n\n{text.release.text} Soon.")
    case = await scene.now()
    assert reply.toast == TELL.approval_void
    assert (case.outgoing, case.phase) == (None, "reviewing")
    assert "No longer asked" in words(scene.card(OMAR))


async def test_a_void_approval_lets_nothing_leave() -> None:
    scene = await agreed(await Scene(heavy()).begin())
    before = (await scene.now()).outgoing
    assert before is not None
    await scene.click("draft")
    await scene.choose("draft_edit", text=f"Subject: News\n\n{before.release.text} Soon.")
    await scene.click("make_ready")
    reply = await scene.click("send", before.release.digest)
    await scene.later(minutes=5)
    assert reply.toast == TELL.changed_since
    assert scene.sent == []


async def test_the_next_question_shows_what_changed_since_the_last() -> None:
    scene = await agreed(await Scene(heavy()).begin())
    before = (await scene.now()).outgoing
    assert before is not None
    await scene.click("draft")
    changed = before.release.text.replace("until 19 June", "until Friday 19 June")
    await scene.choose("draft_edit", text=f"Subject: News\n\n{changed}")
    await scene.click("make_ready")
    await scene.choose("approval_ask")
    said = words(scene.card(OMAR))
    assert TELL.new_since.en in said
    assert "− For you this means: your night shift bakes on the old line until 19 June." in said


async def test_a_late_click_explains_itself() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    late = f"1/0/0/{outgoing.release.digest}"
    await scene.choose("approval_back")
    reply = await scene.click("approve", late, by=OMAR)
    assert reply.toast == TELL.text_changed
    assert (await scene.now()).phase == "reviewing"


async def test_a_second_decision_names_the_first() -> None:
    scene = await agreed(await Scene(heavy()).begin())
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    reply = await scene.click("approve", f"1/0/0/{outgoing.release.digest}", by=OMAR)
    assert reply.toast is not None
    assert "Omar Haddad has decided this already" in reply.toast.en


async def test_somebody_who_is_not_asked_decides_nothing() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    for person in (LIN, PM):
        await scene.click("approve", f"1/0/0/{outgoing.release.digest}", by=person)
        assert (await scene.now()).phase == "awaiting_approval"


async def test_an_approver_moves_nothing_else_of_the_case() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    before = await scene.now()
    for name in ("send", "approval_back", "stop", "draft", "abandon", "make_ready"):
        await scene.click(name, "1", by=OMAR)
    assert await scene.now() == before


async def test_a_wish_for_a_change_needs_words_and_reaches_the_owner() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    empty = await scene.choose("change", by=OMAR, text="  ")
    assert empty.toast == TELL.say_what
    await scene.choose("change", by=OMAR, text="Name the fitter, please.")
    case = await scene.now()
    assert case.phase == "reviewing"
    assert "Name the fitter, please." in words(scene.card())
    assert "asked for a change" in words(scene.card(OMAR))


async def test_two_roles_at_once_both_count() -> None:
    scene = await Scene(heavy(goodwill="longer_warranty")).begin()
    await scene.choose("approval_ask")
    await scene.choose("approve", by=OMAR)
    assert (await scene.now()).phase == "awaiting_approval"
    await scene.choose("approve", by=LIN)
    assert (await scene.now()).phase == "ready"


async def test_an_approver_who_is_silent_is_followed_by_the_next_in_line() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    await scene.later(hours=20)  # an hour of work that evening, and three the next morning
    said = words(scene.card(OMAR))
    assert "Passed on to Lin Jing" in said
    assert any(
        "Omar Haddad did not answer in time" in words(m.card) for m in scene.messages("D-pm")
    )
    await scene.choose("approve", by=LIN)
    assert (await scene.now()).phase == "ready"


async def test_a_question_can_be_handed_to_somebody_known() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    await scene.choose("hand_over", "1/0/0/lin", by=OMAR)
    assert "Passed on to Lin Jing" in words(scene.card(OMAR))
    assert (await scene.now()).phase == "awaiting_approval"
    await scene.choose("approve", by=LIN)
    assert (await scene.now()).phase == "ready"


async def test_nobody_can_hand_a_question_to_the_owner() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    reply = await scene.click("hand_over", "1/0/0/Ida Moreau", by=OMAR)
    assert reply.toast == TELL.not_yourself
    unknown = await scene.click("hand_over", "1/0/0/Nobody at all", by=OMAR)
    assert unknown.toast == TELL.nobody_by_name


async def test_undo_at_second_59_calls_it_back() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.later(seconds=59)
    reply = await scene.choose("send_undo")
    await scene.later(minutes=10)
    assert reply.toast == TELL.undone
    assert scene.sent == []
    assert (await scene.now()).phase == "ready"


async def test_undo_at_second_61_comes_too_late_and_says_so() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.later(seconds=61)
    reply = await scene.click("send_undo", "1")
    assert reply.toast == TELL.has_left
    assert len(scene.sent) == 1


async def test_two_devices_send_once() -> None:
    scene = await Scene(plain()).begin()
    digest = next(a.argument for a in pressable(scene.card()) if a.name == "send")
    await scene.click("send", digest)
    again = await scene.click("send", digest)
    await scene.later(seconds=60)
    late = await scene.click("send", digest)
    await scene.later(seconds=120)
    assert again.toast == TELL.on_its_way
    assert late.toast == TELL.already_delivered
    assert len(scene.sent) == 1


async def test_send_before_anybody_was_asked_asks_nobody_and_sends_nothing() -> None:
    scene = await Scene(heavy()).begin()
    digest = next(a.argument for a in pressable(scene.card()) if a.name == "approval_ask")
    reply = await scene.click("send", digest)
    case = await scene.now()
    assert reply.toast == TELL.needs_approval
    assert (case.outgoing, case.phase) == (None, "reviewing")
    await scene.choose("approval_ask")
    assert scene.messages("omar")


async def test_what_was_undone_can_be_sent_after_all_and_leaves_once() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.choose("send_undo")
    await scene.choose("send")
    await scene.later(seconds=60)
    assert len(scene.sent) == 1


async def test_a_message_that_could_not_leave_for_hours_is_asked_about_again() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    scene.clock.move(timedelta(hours=30))
    await scene.settle()
    assert scene.sent == []
    assert any("should have left" in words(m.card) for m in scene.messages("D-pm"))
    await scene.choose("send")
    await scene.later(seconds=60)
    assert len(scene.sent) == 1


async def test_a_scheduled_message_leaves_in_the_customers_morning() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send_later")
    case = await scene.now()
    assert case.outgoing is not None
    assert case.outgoing.due is not None
    assert case.outgoing.due.isoformat() == "2026-05-19T09:30:00+05:30"
    await scene.later(hours=12)
    assert scene.sent == []
    await scene.later(hours=7)
    assert len(scene.sent) == 1


async def test_what_the_owner_sent_alone_is_kept_with_how_and_when() -> None:
    scene = await Scene(plain(channel="call")).begin()
    ahead = await scene.choose("told", text="by phone on 20 May")
    assert ahead.toast == TELL.when_unclear
    await scene.choose("told", text="by phone, today 14:20")
    case = await scene.now()
    (delivery,) = case.deliveries
    assert (case.phase, delivery.how, delivery.told_by) == ("told", "told", "by phone, today 14:20")
    assert case.told_at is not None
    assert case.told_at.isoformat() == "2026-05-18T06:20:00+00:00"
    assert scene.sent == []


async def test_a_role_that_nobody_has_is_given_to_somebody_by_the_owner() -> None:
    bare = replace(ORGANISATION, roles={"delivery_director": (PM,)})
    scene = await Scene(heavy(), organisation=bare).begin()
    assert "nobody has this role" in words(scene.card())
    await scene.choose("approval_ask")
    assert (await scene.choose("approver_name", text="Ida Moreau")).toast == TELL.not_yourself
    await scene.choose("approver_name", text="petra")
    await scene.choose("approve", by=IDA)
    assert (await scene.now()).phase == "ready"


async def test_no_card_has_two_boxes() -> None:
    bare = replace(ORGANISATION, roles={})
    scene = await Scene(heavy(goodwill="longer_warranty"), organisation=bare).begin()
    await scene.choose("approval_ask")
    drawn = [m.card for m in scene.channel.messages]
    assert all(sum(isinstance(b, Editor) for b in card.blocks) < 2 for card in drawn)


async def test_an_internal_card_never_goes_where_a_customer_reads() -> None:
    scene = await Scene(plain()).begin()
    customer = replace(ORGANISATION.customers[0], conversation="slack:D-pm")
    seen = replace(ORGANISATION, customers=(customer,))
    mistaken = await Scene(plain(), organisation=seen).begin()
    assert scene.messages("D-pm")
    assert mistaken.messages("D-pm") == []


async def test_how_it_went_is_kept_with_the_customers_words() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.later(seconds=60)
    await scene.choose("went", "1/disputes")
    await scene.choose("quote", text="We ordered in time.")
    (outcome,) = (await scene.now()).outcomes
    assert (outcome.reaction, outcome.quote) == ("disputes", "We ordered in time.")


async def test_how_they_took_it_is_told_at_once_and_takes_their_words_along() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.later(seconds=60)
    await scene.choose("went", "1/accepted", text="Fine, thank you for the early word.")
    (outcome,) = (await scene.now()).outcomes
    assert (outcome.reaction, outcome.quote) == ("accepted", "Fine, thank you for the early word.")
    assert "Noted: they accepted it." in words(scene.card())


async def test_a_correction_is_a_new_message_that_names_the_old() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    await scene.later(seconds=60)
    await scene.choose("correct")
    await scene.click("make_ready")
    await scene.choose("send")
    await scene.later(seconds=60)
    case = await scene.now()
    assert [d.release.corrects for d in case.deliveries] == [0, 1]
    assert "This corrects our message of" in scene.sent[1]


ACTIONS = (
    "approve", "change", "hand_over", "approval_ask", "approval_back", "approver_name", "send",
    "send_later", "send_undo", "arrived", "send_again", "told", "went", "quote", "correct", "way",
    "recipients", "foreign", "make_ready", "file", "abandon", "submit", "draft_edit",
)  # fmt: skip


@pytest.mark.parametrize("who", [OMAR, LIN, IDA])
async def test_whoever_is_not_the_owner_can_only_decide_what_they_are_asked(who: PersonId) -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    before = await scene.now()
    for action in ACTIONS:
        if who == OMAR and action in ("approve", "change", "hand_over"):
            continue
        for argument in ("", "1", f"1/0/0/{outgoing.release.digest}", outgoing.release.digest):
            reply = await scene.click(action, argument, by=who, text="by phone")
            assert reply.toast is not None, action
    assert await scene.now() == before


async def test_the_owner_can_approve_nothing_of_their_own() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    for action in ("approve", "change", "hand_over"):
        reply = await scene.click(action, f"1/0/0/{outgoing.release.digest}", text="x")
        assert reply.toast == TELL.own_message
    assert (await scene.now()).phase == "awaiting_approval"


async def test_an_approvers_card_tells_times_on_their_own_clock() -> None:
    scene = await Scene(heavy()).begin()
    async with scene.store.turn(HERE) as turn:
        await turn.save_person(Person(OMAR, HERE, zone="Asia/Kolkata", platform="slack"))
    await agreed(scene)
    assert "Approved by Omar Haddad, Mon 18 May 2026, 14:30" in words(scene.card(OMAR))
    assert "Asia/Kolkata" not in words(scene.card(OMAR))


async def test_where_nobody_knows_the_approvers_clock_the_owners_is_named() -> None:
    scene = await agreed(await Scene(heavy()).begin())
    case = await scene.now()
    assert f"({case.zone})" in words(scene.card(OMAR))


@pytest.mark.parametrize(("outside", "said"), [(True, A_GUEST), (None, CANNOT_TELL)])
@pytest.mark.parametrize("name", ["approve", "change", "hand_over"])
async def test_whoever_has_become_a_guest_decides_nothing_on_an_old_card(
    outside: bool | None, said: Text, name: str
) -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    before = await scene.now()

    async def tells(_: TenantId, person: str) -> bool:
        if outside is None:
            raise Later
        return outside

    scene.house = replace(scene.house, outside={"slack": tells})
    reply = await scene.choose(name, by=OMAR, text="Shorter, please.")
    assert reply.toast == said
    assert await scene.now() == before
