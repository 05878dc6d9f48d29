"""What every store keeps to about the outbox: slots, order, leases, and what became of a row."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.words import CaseId
from bot.engine.ports import Letter, Line, MessageRef, Outcome, Parcel, Place, Store
from tests.contracts.rows import AT, DIRECT, ELSEWHERE, HERE, MINUTE, card, case, filed, letter

C1 = CaseId("c1")
LEASE = AT + MINUTE


@pytest.fixture(autouse=True)
async def cases(store: Store) -> None:
    """Two cases that something can be said for."""
    async with store.turn(HERE) as turn:
        await turn.save(filed(case("c1")), was=None)
        await turn.save(filed(case("c2")), was=None)


async def put(store: Store, *letters: Letter) -> None:
    async with store.turn(HERE) as turn:
        await turn.put(letters)


async def send(store: Store, ref: str = "m1") -> Parcel:
    """The next row goes out."""
    (parcel,) = await store.claim(AT, LEASE, limit=1)
    assert await store.settle(parcel, Outcome("sent", ref=MessageRef(ref)))
    return parcel


async def rows(store: Store) -> list[tuple[str, str, str, str]]:
    return [(p.id, p.kind, p.state, p.card.text.en) for p in await store.parcels(HERE, C1)]


async def test_the_first_card_of_a_slot_is_a_post_and_comes_back_whole(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    (parcel,) = await store.parcels(HERE, C1)
    assert parcel == Parcel(
        id="o1",
        tenant=HERE,
        case=C1,
        place=DIRECT,
        slot="live:1",
        kind="post",
        language="en",
        card=card(),
        state="pending",
        attempt=0,
        look_at=AT,
        expires_at=AT + timedelta(days=7),
        ref=None,
        at_home=True,
    )
    assert await store.parcels(ELSEWHERE, C1) == ()


async def test_a_row_tells_whether_it_goes_to_its_cases_owner(store: Store) -> None:
    await put(
        store, letter("o1", "live:1"), replace(letter("o2", "ask:1"), place=Place("slack", "D2"))
    )
    claimed = await store.claim(AT, LEASE, line=Line(HERE, C1))
    assert {parcel.id: parcel.at_home for parcel in claimed} == {"o1": True, "o2": False}


async def test_a_message_that_was_posted_anew_is_the_slots_message(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    await send(store, "m1")
    await put(store, letter("o2", "live:1", "second"))
    await send(store, "m2")
    await put(store, letter("o3", "live:1", "third"))
    assert [p.ref for p in await store.parcels(HERE, C1)] == ["m2", "m2", "m2"]
    assert (await store.parcels(HERE, C1))[0].made_at == AT


async def test_a_row_is_found_by_its_id_within_its_tenant(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    await send(store, "m1")
    found = await store.parcel(HERE, "o1")
    assert found is not None
    assert (found.id, found.state, found.ref) == ("o1", "sent", "m1")
    assert await store.parcel(ELSEWHERE, "o1") is None
    assert await store.parcel(HERE, "o2") is None


async def test_a_pending_card_is_replaced_and_not_queued_twice(store: Store) -> None:
    await put(store, letter("o1", "live:1", "old"))
    await put(store, letter("o2", "live:1", "new", at=AT + MINUTE, language="zh"))
    (parcel,) = await store.parcels(HERE, C1)
    assert (parcel.id, parcel.kind, parcel.card.text.en) == ("o1", "post", "new")
    assert (parcel.language, parcel.look_at) == ("zh", AT + MINUTE)


async def test_a_message_that_stands_is_edited_and_pending_edits_are_one(store: Store) -> None:
    await put(store, letter("o1", "live:1", "first"))
    await send(store)
    await put(store, letter("o2", "live:1", "second"), letter("o3", "live:2", "below"))
    await put(store, letter("o4", "live:1", "third"))
    assert await rows(store) == [
        ("o1", "post", "sent", "first"),
        ("o2", "edit", "pending", "third"),
        ("o3", "post", "pending", "below"),
    ]
    assert (await store.parcels(HERE, C1))[1].ref == "m1"


async def test_the_same_card_again_is_not_sent_again(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    await send(store)
    await put(store, letter("o2", "live:1"))
    assert [id_ for id_, *_ in await rows(store)] == ["o1"]
    await put(store, letter("o3", "live:1", language="zh"))
    assert [id_ for id_, *_ in await rows(store)] == ["o1", "o3"]


async def test_an_edit_goes_where_its_message_stands(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    elsewhere = Letter("o2", C1, Place("lark", "oc"), "live:1", "en", card("new"), AT, AT + MINUTE)
    await send(store)
    await put(store, elsewhere)
    assert [p.place for p in await store.parcels(HERE, C1)] == [DIRECT, DIRECT]


@pytest.mark.parametrize("state", ["dead", "dropped"])
async def test_a_post_that_never_arrived_is_tried_again_with_the_new_card(
    store: Store, state: str
) -> None:
    await put(store, letter("o1", "live:1", "old"))
    (parcel,) = await store.claim(AT, LEASE)
    await put(store, letter("o2", "live:1", "between"))  # while the first is on its way
    gone = Outcome("dead" if state == "dead" else "dropped", error="Refused")
    await store.settle(parcel, gone)
    (edit,) = await store.claim(AT, LEASE)
    assert (edit.id, edit.ref) == ("o2", None)
    await store.settle(edit, Outcome("dropped"))
    await put(store, letter("o3", "live:1", "new"))
    assert (await rows(store))[0] == ("o1", "post", "pending", "new")
    assert (await store.parcels(HERE, C1))[0].error == ""


async def test_an_edit_that_was_refused_is_followed_by_a_new_one(store: Store) -> None:
    await put(store, letter("o1", "live:1", "a"))
    await send(store)
    await put(store, letter("o2", "live:1", "b"))
    (edit,) = await store.claim(AT, LEASE)
    await store.settle(edit, Outcome("dead", error="BadContent"))
    await put(store, letter("o3", "live:1", "b"))
    assert (await rows(store))[-1] == ("o3", "edit", "pending", "b")


async def test_a_line_has_one_send_at_a_time_and_keeps_its_order(store: Store) -> None:
    await put(store, letter("o1", "live:1"), letter("o2", "live:2"))
    await put(store, letter("o3", "live:1", of="c2"))
    assert [p.id for p in await store.claim(AT, LEASE)] == ["o1", "o3"]
    assert await store.claim(AT, LEASE) == ()
    assert await store.next_due() == LEASE


async def test_a_claim_counts_the_attempt_and_leases_the_row(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    (parcel,) = await store.claim(AT, LEASE)
    assert (parcel.state, parcel.attempt, parcel.look_at) == ("sending", 1, LEASE)
    assert (await store.parcels(HERE, C1)) == (parcel,)


async def test_a_claim_can_be_for_one_case_and_has_a_limit(store: Store) -> None:
    await put(store, letter("o1", "live:1"), letter("o2", "live:1", of="c2"))
    assert await store.claim(AT, LEASE, line=Line(ELSEWHERE, C1)) == ()
    found = await store.claim(AT, LEASE, line=Line(HERE, CaseId("c2")))
    assert [p.id for p in found] == ["o2"]
    assert [p.id for p in await store.claim(AT, LEASE, limit=1)] == ["o1"]


async def test_a_claim_can_be_for_one_conversation_of_a_case(store: Store) -> None:
    elsewhere = Letter("o2", C1, Place("mail", "m"), "live:2", "en", card(), AT, AT + MINUTE)
    await put(store, letter("o1", "live:1"), elsewhere)
    found = await store.claim(AT, LEASE, line=Line(HERE, C1, "m"))
    assert [p.id for p in found] == ["o2"]
    assert await store.claim(AT, LEASE, line=Line(HERE, C1, "D9")) == ()
    assert [p.id for p in await store.claim(AT, LEASE, line=Line(HERE, C1, "D1"))] == ["o1"]


async def test_nothing_is_claimed_before_its_time(store: Store) -> None:
    await put(store, letter("o1", "live:1", at=AT + MINUTE))
    assert await store.claim(AT, LEASE) == ()
    assert len(await store.claim(AT + MINUTE, AT + 2 * MINUTE)) == 1


async def test_a_row_whose_sender_died_comes_back_as_unknown(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    (dead,) = await store.claim(AT, LEASE)
    (found,) = await store.claim(LEASE, LEASE + MINUTE)
    assert (found.state, found.attempt) == ("unknown", 1)
    assert not await store.settle(dead, Outcome("pending", look_at=AT))
    assert await store.settle(found, Outcome("pending", look_at=LEASE))
    (again,) = await store.claim(LEASE, LEASE + MINUTE)
    assert (again.state, again.attempt) == ("sending", 2)


async def test_a_message_that_is_known_to_stand_counts_even_late(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    (slow,) = await store.claim(AT, LEASE)
    await store.claim(LEASE, LEASE + MINUTE)
    assert await store.settle(slow, Outcome("sent", ref=MessageRef("m1")))
    (row,) = await store.parcels(HERE, C1)
    assert (row.state, row.ref, row.look_at) == ("sent", "m1", None)


async def test_what_is_settled_stays_settled(store: Store) -> None:
    await put(store, letter("o1", "live:1"))
    parcel = await send(store)
    assert not await store.settle(parcel, Outcome("pending", look_at=AT))
    assert not await store.settle(parcel, Outcome("sent", ref=MessageRef("m2")))
    assert await store.claim(AT + MINUTE, AT + 2 * MINUTE) == ()


async def test_an_unknown_row_that_waits_for_a_person_does_not_stop_its_line(store: Store) -> None:
    await put(store, letter("o1", "live:1"), letter("o2", "live:2"))
    (parcel,) = await store.claim(AT, LEASE)
    await store.settle(parcel, Outcome("unknown", error="CannotLook"))
    assert [p.id for p in await store.claim(AT, LEASE)] == ["o2"]
    assert [p.error for p in await store.parcels(HERE, C1)] == ["CannotLook", ""]


async def test_what_stands_in_a_conversation_is_the_newest_of_each_slot(store: Store) -> None:
    await put(store, letter("o1", "live:1", "a"), letter("o2", "live:2", "b"))
    await send(store, "m1")
    await send(store, "m2")
    await put(store, letter("o3", "live:1", "a, edited"), letter("o4", "live:3", "waits"))
    (edit,) = await store.claim(AT, LEASE, limit=1)
    await store.settle(edit, Outcome("sent"))
    found = await store.messages(HERE, DIRECT)
    assert [(p.ref, p.card.text.en) for p in found] == [("m1", "a, edited"), ("m2", "b")]
    assert [p.ref for p in await store.messages(HERE, DIRECT, limit=1)] == ["m1"]
    assert await store.messages(HERE, Place("slack", "D2")) == ()
    assert await store.messages(ELSEWHERE, DIRECT) == ()
