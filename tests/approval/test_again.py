"""Asking again: what was agreed to stands as long as no word has changed; what changed is said."""

from datetime import timedelta

from bot.core.approving.wording import TELL
from tests.approval.scene import AT, LIN, OMAR, Scene, heavy, words


async def half_agreed(**changed: str) -> Scene:
    """Two roles are asked: Omar agrees, Lin wants a change."""
    scene = await Scene(heavy(goodwill="longer_warranty", **changed)).begin()
    await scene.choose("approval_ask")
    await scene.choose("approve", by=OMAR)
    await scene.choose("change", by=LIN, text="Is the bearing new?")
    return scene


async def test_asked_again_without_a_change_only_whoever_has_not_agreed_is_asked() -> None:
    scene = await half_agreed()
    assert "Omar Haddad agreed, Mon 18 May 2026" in words(scene.card())
    assert "Omar Haddad agreed to exactly these words; that stands" in words(scene.card())
    of_omar = len(scene.messages(str(OMAR)))
    await scene.choose("approval_ask")
    assert len(scene.messages(str(OMAR))) == of_omar
    assert "Approved by Omar Haddad" in words(scene.card(OMAR))
    assert TELL.same_since.en in words(scene.card(LIN))
    await scene.choose("approve", by=LIN)
    assert (await scene.now()).phase == "ready"


async def test_what_stood_from_the_first_question_is_in_the_record_with_its_own_time() -> None:
    scene = await half_agreed()
    await scene.later(minutes=30)
    await scene.choose("approval_ask")
    await scene.choose("approve", by=LIN)
    await scene.choose("send")
    await scene.later(seconds=60)
    (delivery,) = (await scene.now()).deliveries
    assert [a.state for a in delivery.approvals] == ["approved", "approved"]
    assert {a.digest for a in delivery.approvals} == {delivery.digest}
    at = {a.by.id: a.at for a in delivery.approvals if a.by}
    assert at == {OMAR: AT, LIN: AT + timedelta(minutes=30)}


async def test_a_change_of_words_voids_what_others_agreed_to_and_says_so_to_both() -> None:
    scene = await half_agreed()
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    text = f"Subject: {outgoing.release.subject}\n\nThe bearing is new. {outgoing.release.text}"
    await scene.click("draft")
    reply = await scene.choose("draft_edit", text=text)
    assert reply.toast == TELL.approval_void
    assert "No longer asked" in words(scene.card(OMAR))
    await scene.click("make_ready")
    assert "+ The bearing is new." in words(scene.card())
    await scene.choose("approval_ask")
    for who in (OMAR, LIN):
        assert TELL.new_since.en in words(scene.card(who))
        assert "+ The bearing is new." in words(scene.card(who))
    await scene.choose("approve", by=LIN)
    assert (await scene.now()).phase == "awaiting_approval"


async def test_words_that_were_changed_and_changed_back_are_agreed_to_anew() -> None:
    scene = await half_agreed()
    await scene.click("draft")
    text = "Subject: Hall 4\n\nHall 4 is ready on 19 June instead of 5 June."
    await scene.choose("draft_edit", text=text)
    await scene.choose("draft_undo")
    await scene.choose("draft_undo_yes")
    await scene.click("make_ready")
    assert "Omar Haddad will be asked" in words(scene.card())
    await scene.choose("approval_ask")
    assert "approve" in [a.name for a in scene.actions(OMAR)]


async def test_a_way_that_changed_is_named_to_both() -> None:
    scene = await half_agreed()
    await scene.choose("way", "self")
    assert "− How it goes out: In the chat with them" in words(scene.card())
    await scene.choose("approval_ask")
    assert "+ How it goes out: I send it myself" in words(scene.card(OMAR))


async def test_a_card_of_the_first_round_that_was_void_decides_nothing_in_the_second() -> None:
    scene = await half_agreed()
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    await scene.choose("approval_ask")
    reply = await scene.click("approve", f"1/1/0/{outgoing.release.digest}", by=LIN)
    assert reply.toast == TELL.text_changed
    assert (await scene.now()).phase == "awaiting_approval"
