"""What the send card says: which way, on whose clock, what a button does, and since when it changed."""

from dataclasses import replace
from datetime import date

from bot.core.approving.organisation import Known
from bot.core.approving.wording import TELL, WAYS
from bot.core.case import DateValue, Pending
from bot.core.words import FieldId, same
from tests.approval.scene import LIN, OMAR, ORGANISATION, Scene, heavy, plain, words

KOLKATA = "Send on Tue 19 May 2026, 09:30, their time"


async def test_an_email_that_would_stand_in_a_chat_says_so_and_offers_the_chat_version() -> None:
    scene = await Scene(plain()).begin()
    assert TELL.no_mail.en in words(scene.card())
    await scene.choose("draft", "chat")
    await scene.click("make_ready")
    assert TELL.no_mail.en not in words(scene.card())
    assert WAYS["chat"].en in words(scene.card())


async def test_both_clocks_are_named_where_they_differ() -> None:
    said = words((await Scene(plain()).begin()).card())
    assert "Their clock: 2 h 30 min behind yours (Asia/Kolkata)" in said
    assert "Tue 19 May 2026, 09:30 for them, Tue 19 May 2026, 12:00 for you" in said
    assert KOLKATA in said


async def test_a_slot_after_the_day_by_which_they_should_know_says_so() -> None:
    said = words((await Scene(plain()).begin()).card())
    assert "Tue 19 May 2026, 12:00 is after Mon 18 May 2026, 18:00, by which they should" in said


async def test_a_slot_before_that_day_is_offered_without_a_word() -> None:
    light, name = plain(), FieldId("new_date")
    soon = replace(light.answers[name], value=DateValue(date(2026, 6, 9)))
    light = replace(light, answers={**light.answers, name: soon}, zone="Asia/Kolkata")
    said = words((await Scene(light).begin()).card())
    assert "Send on Tue 19 May 2026, 09:30" in said
    assert "by which they should know" not in said


async def test_one_clock_is_enough_where_they_are_the_same() -> None:
    near = replace(ORGANISATION.customers[0], zone="Asia/Shanghai")
    scene = await Scene(plain(), organisation=replace(ORGANISATION, customers=(near,))).begin()
    said = words(scene.card())
    assert TELL.their_clock.en not in said
    assert "their time" not in said


async def test_what_waits_says_when_it_leaves_on_both_clocks() -> None:
    scene = await Scene(plain()).begin()
    await scene.choose("send")
    said = words(scene.card())
    assert "It goes out on Mon 18 May 2026, 17:01 your time, Mon 18 May 2026, 14:31 theirs." in said


async def test_call_first_says_who_calls_and_that_sending_does_not_wait() -> None:
    said = words((await Scene(plain()).begin()).card())
    assert (
        "Our advice is to call first: the date moves by 10 working days. The call is yours to make"
        in said
    )
    assert "Sending it does not wait for the call." in said
    assert TELL.send_how.en in said


async def test_a_first_question_never_speaks_of_an_earlier_one() -> None:
    scene = await Scene(heavy()).begin()
    await scene.choose("approval_ask")
    await scene.choose("change", by=OMAR, text="Say which fitter.")
    roles = {**ORGANISATION.roles, "delivery_director": (LIN,)}
    scene.house = replace(
        scene.house,
        organisations=replace(
            scene.house.organisations, tenants=(replace(ORGANISATION, roles=roles),)
        ),
    )
    await scene.click("draft")
    outgoing = (await scene.now()).outgoing
    assert outgoing is not None
    changed = outgoing.release.text.replace("until 19 June", "until Friday 19 June")
    await scene.choose("draft_edit", text=f"Subject: News\n\n{changed}")
    await scene.click("make_ready")
    await scene.choose("approval_ask")
    assert "asks for your approval" in words(scene.card(LIN))
    assert TELL.new_since.en not in words(scene.card(LIN))


async def test_an_optional_answer_that_was_refused_holds_nothing() -> None:
    case = plain()
    waits = Pending("maybe", same("?"))
    scene = await Scene(replace(case, pending={FieldId("feedback"): waits})).begin()
    assert any(a.name == "send" for a in scene.actions())


async def test_a_new_reading_of_an_answer_that_stands_holds_until_it_is_settled() -> None:
    case = plain()
    waits = Pending("soon", same("?"))
    scene = await Scene(replace(case, pending={FieldId("sender"): waits})).begin()
    assert all(a.name != "send" for a in scene.actions())


async def test_a_conversation_for_anybody_is_called_after_the_customer() -> None:
    anybody = Known("*", conversation="slack:C-all")
    organisation = replace(ORGANISATION, customers=(anybody,))
    said = words((await Scene(plain(), organisation=organisation).begin()).card())
    assert f"{TELL.to_whom.en}: Marrow Bakeries" in said
