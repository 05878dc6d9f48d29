"""The one way in: once, in one transaction, for the owner alone, and nothing typed is lost."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import structlog

from bot.core.case import DateValue, TextValue, text_of
from bot.core.words import CaseId, FieldId, PersonId, TenantId
from bot.engine.errors import Conflict, StoreUnavailable
from bot.engine.handle import NOT_FOUND, NOT_UNDERSTOOD, NOT_YOURS, handle
from bot.engine.inbound import Pointed, Profile
from bot.engine.incoming.apologies import APOLOGY
from bot.engine.ports import Filed
from tests.engine.faults import FaultyStore
from tests.engine.room import AT, HERE, Room, playbook


async def stored(room: Room, id_: CaseId) -> Filed:
    filed = await room.store.case(HERE, id_)
    assert filed is not None
    return filed


async def kinds(room: Room, case: CaseId | None) -> list[str]:
    return [entry.kind for entry in await room.store.entries(HERE, case)]


async def test_a_command_begins_a_case_and_puts_its_question_into_the_outbox(room: Room) -> None:
    reply = await room.command("Apollo")
    assert reply.case is not None
    assert not reply.cards
    filed = await stored(room, reply.case)
    assert text_of(filed.case, "project") == "Apollo"
    assert filed.place.conversation == "D-anna"
    (parcel,) = await room.store.parcels(HERE, reply.case)
    assert (parcel.kind, parcel.state, parcel.slot) == ("post", "pending", "live:1")
    assert (await room.store.pings(AT + timedelta(days=2)))[0].kind == "nudge"


async def test_the_same_inbound_again_does_nothing_and_says_so(room: Room) -> None:
    case = await room.begin()
    envelope = room.envelope()
    first = await room.say("Acme", envelope)
    before = await stored(room, case), await room.store.parcels(HERE, case)
    again = await room.say("Acme", envelope)
    assert (first.seen, again.seen, again.case) == (False, True, None)
    assert (await stored(room, case), await room.store.parcels(HERE, case)) == before


async def test_the_same_inbound_at_once_is_applied_once(room: Room) -> None:
    case = await room.begin()
    envelope = room.envelope()
    replies = await asyncio.gather(*(room.say("Acme", envelope) for _ in range(8)))
    assert sorted(reply.seen for reply in replies) == [False] + [True] * 7
    assert (await kinds(room, case)).count("Typed") == 1


async def test_the_same_inbound_days_later_does_nothing(room: Room) -> None:
    case = await room.begin()
    envelope = room.envelope()
    await room.say("Acme", envelope)
    await room.say("The gearbox")
    room.clock.move(timedelta(days=3))
    before = await stored(room, case)
    assert (await room.say("Acme", envelope)).seen
    assert await stored(room, case) == before


async def test_answers_from_two_windows_are_both_kept(room: Room) -> None:
    case = await room.begin()
    seen = (await stored(room, case)).case.revision
    customer = FieldId("customer")
    await room.click(case, "submit", seen=seen, boxes={customer: "Acme"})
    await room.click(case, "submit", seen=seen, boxes={customer: "Globex"})
    found = (await stored(room, case)).case
    kept = {found.answers[customer].value, found.others[customer].value}
    assert kept == {TextValue("Acme"), TextValue("Globex")}


async def test_a_typed_line_goes_to_the_case_at_the_front(room: Room) -> None:
    first, second = await room.begin("Apollo"), await room.begin("Borealis")
    reply = await room.say("Acme")
    assert reply.case == second
    await room.click(first, "back")
    assert (await room.say("Globex")).case == first


async def test_a_typed_line_finds_the_only_open_case(room: Room) -> None:
    first, second = await room.begin("Apollo"), await room.begin("Borealis")
    await room.click(second, "abandon")
    assert (await room.say("Acme")).case == first


async def test_a_typed_line_that_belongs_nowhere_is_kept_and_shown_again(room: Room) -> None:
    greeting = await room.say("Hello there")
    again = await room.say("my gearbox is late")
    assert (greeting.case, again.case) == (None, None)
    assert greeting.cards != again.cards
    assert "my gearbox is late" in repr(again.cards)
    bodies = [entry.body for entry in await room.store.entries(HERE, None)]
    assert ["Hello there" in bodies[0], "my gearbox is late" in bodies[1]] == [True, True]


async def test_a_command_typed_as_an_answer_is_a_command(room: Room) -> None:
    case = await room.begin()
    reply = await room.say("list")
    assert reply.cards
    assert FieldId("customer") not in (await stored(room, case)).case.answers


async def test_a_reply_to_a_command_is_for_the_person_alone(room: Room) -> None:
    reply = await room.command("help")
    assert len(reply.cards) == 1
    assert await kinds(room, None) == ["Command"]
    assert (await room.command("lisst")).cards
    assert await kinds(room, None) == ["Command", "Unknown"]


async def test_a_first_contact_is_remembered_with_what_the_platform_knows(room: Room) -> None:
    profile = Profile(language="zh", zone="Asia/Shanghai", calendar="CN")
    reply = await room.command("列表", room.envelope(profile=profile))
    person = await room.store.person(HERE, PersonId("anna"))
    assert person is not None
    assert (person.language, person.zone, person.calendar) == ("zh", "Asia/Shanghai", "CN")
    assert (reply.language, person.greeted) == ("zh", True)


async def test_a_new_language_counts_at_once(room: Room) -> None:
    case = await room.begin()
    reply = await room.say("中文")
    await room.say("Acme")
    assert reply.language == "zh"
    assert {p.language for p in await room.store.parcels(HERE, case) if p.slot != "live:1"} == {
        "zh"
    }


async def test_somebody_elses_case_is_refused_in_words_and_noted(room: Room) -> None:
    case = await room.begin()
    before = await stored(room, case)
    reply = await room.click(case, "back", envelope=room.envelope("ben"))
    assert reply.toast == NOT_YOURS
    assert await stored(room, case) == before
    assert (await kinds(room, case))[-1] == "refused"


async def test_another_tenants_case_does_not_exist(room: Room) -> None:
    case = await room.begin()
    stranger = room.envelope(tenant=TenantId("elsewhere"))
    there = await room.click(case, "back", envelope=stranger)
    nowhere = await room.click(CaseId("never"), "back")
    assert there.toast == nowhere.toast == NOT_FOUND
    assert (await room.click(None, "back")).toast == NOT_FOUND
    assert "refused" not in await kinds(room, case)


async def test_a_button_of_an_older_release_is_refused_in_words(room: Room) -> None:
    case = await room.begin()
    reply = await room.click(case, "party/hat")
    assert reply.toast == NOT_UNDERSTOOD


async def test_a_button_of_the_desk_works_wherever_it_stands(room: Room) -> None:
    case = await room.begin()
    assert (await room.click(None, "list")).cards
    assert (await room.click(case, "help")).cards
    assert (await room.click(None, f"open/{case}")).case == case


async def test_two_clicks_at_once_begin_one_conversation(room: Room) -> None:
    replies = await asyncio.gather(*(room.click(None, "new") for _ in range(3)))
    begun = {reply.case for reply in replies} - {None}
    assert len(begun) == 1
    assert sum(reply.toast is not None for reply in replies) == 2
    listed = await room.click(None, "list")
    assert str(listed.cards[0]).count("Action(name='open'") == 1


async def test_a_conversation_goes_on_where_its_owner_is_heard(room: Room) -> None:
    case = await room.begin()
    await room.say("Acme", room.envelope(conversation="C-team"))
    places = [(p.slot, p.place.conversation) for p in await room.store.parcels(HERE, case)]
    assert places == [("live:1", "D-anna"), ("live:2", "C-team")]
    await room.click(case, "why", envelope=room.envelope(conversation="D-anna"))
    assert (await stored(room, case)).place.conversation == "D-anna"


async def test_a_toast_alone_changes_no_case_and_is_still_logged(room: Room) -> None:
    case = await room.begin()
    before = await stored(room, case)
    reply = await room.say("  ")
    assert reply.toast is not None
    assert await stored(room, case) == before
    assert (await kinds(room, case))[-1] == "Typed"


async def test_the_last_case_with_the_customer_is_recalled_in_the_same_turn(room: Room) -> None:
    first = await room.begin("Apollo")
    boxes = {FieldId("customer"): "Acme", FieldId("reader_name"): "Jo Park"}
    await room.click(first, "submit", boxes=boxes, seen=1)
    second = await room.begin("Borealis")
    await room.say("ACME")
    case = (await stored(room, second)).case
    offer = case.offers[FieldId("reader_name")]
    assert "Apollo" in offer.origin.en
    assert FieldId("project") not in case.offers
    assert (await kinds(room, second))[-2:] == ["Typed", "Recalled"]
    assert (await room.store.entries(HERE, second))[-1].revision == case.revision


async def test_nobody_elses_case_is_recalled(room: Room) -> None:
    first = await room.begin("Apollo", person="ben")
    boxes = {FieldId("customer"): "Acme", FieldId("reader_name"): "Jo Park"}
    await room.click(first, "submit", boxes=boxes, seen=1, envelope=room.envelope("ben"))
    second = await room.begin("Borealis")
    await room.say("Acme")
    assert (await stored(room, second)).case.offers == {}


async def test_a_last_case_without_anything_to_carry_offers_nothing(room: Room) -> None:
    await room.begin("Apollo")
    await room.say("Acme")
    second = await room.begin("Borealis")
    await room.say("Acme")
    assert "Recalled" not in await kinds(room, second)


async def test_a_conflict_is_tried_three_times_more() -> None:
    store = FaultyStore()
    room = Room(store)
    store.errors = [Conflict()] * 3
    assert (await room.command("Apollo")).case is not None
    store.errors = [Conflict()] * 4
    envelope = room.envelope()
    with pytest.raises(Conflict):
        await room.say("Acme", envelope)
    assert not (await room.say("Acme", envelope)).seen


async def test_a_store_that_is_down_takes_nothing_in() -> None:
    store = FaultyStore()
    room = Room(store)
    case = await room.begin()
    store.errors = [StoreUnavailable()]
    envelope = room.envelope()
    with pytest.raises(StoreUnavailable):
        await room.say("Acme", envelope)
    assert not (await room.say("Acme", envelope)).seen
    assert (await kinds(room, case)).count("Typed") == 1


async def test_a_fault_of_ours_apologises_and_keeps_what_was_typed() -> None:
    store = FaultyStore()
    room = Room(store)
    case = await room.begin()
    await room.say("中文")
    store.errors = [ZeroDivisionError("of ours, with secret words")]
    envelope = room.envelope()
    with structlog.testing.capture_logs() as logs:
        reply = await room.say("secret words", envelope)
    assert reply.fault
    assert reply.toast == APOLOGY.fill(reference=reply.fault)
    kept = (await room.store.entries(HERE, None))[-1]
    assert (kept.kind, kept.event) == ("failed:Said", envelope.id)
    body = json.loads(kept.body)
    assert (body["reference"], body["inbound"]["text"]) == (reply.fault, "secret words")
    assert reply.language == "zh"
    assert logs[0]["error"] == "ZeroDivisionError"
    assert "secret" not in repr(logs)
    assert (await room.say("secret words", envelope)).case == case


async def test_a_message_that_is_pointed_at_is_the_first_sign_of_a_new_case(room: Room) -> None:
    night = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)  # in Kolkata it is the 21st already
    pointed = Pointed(room.envelope(), "The valves are late", "https://chat.example/p1", night)
    reply = await handle(room.house, pointed)
    assert reply.case is not None
    answers = (await stored(room, reply.case)).case.answers
    sign, note = answers[FieldId("first_sign")], answers[FieldId("internal_note")]
    assert sign.value == DateValue(date(2026, 11, 21))
    assert note.value == TextValue("The valves are late\nhttps://chat.example/p1")
    assert note.origin is not None


async def test_a_case_stays_with_the_playbook_it_was_begun_with(room: Room) -> None:
    case = await room.begin()
    shorter = replace(playbook(), steps=playbook().steps[:-1], digest="shorter")
    later = Room(room.store, of=shorter, name="later")
    await later.say("Acme")
    assert text_of((await stored(later, case)).case, "customer") == "Acme"
    titles = [p.card.text.en for p in await room.store.parcels(HERE, case)]
    assert f"of {len(playbook().steps)}" in titles[-1]
    begun = await later.begin("Borealis")
    assert (await stored(later, begun)).case.digest == "shorter"


async def test_a_playbook_that_nobody_kept_is_a_fault_and_not_a_guess(room: Room) -> None:
    case = await room.begin()
    filed = await stored(room, case)
    lost = Filed(replace(filed.case, digest="gone"), filed.place)
    async with room.store.turn(HERE) as turn:
        await turn.save(lost, was=filed.case.revision)
    assert (await room.say("Acme")).fault
    assert await stored(room, case) == lost
