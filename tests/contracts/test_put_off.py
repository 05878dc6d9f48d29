"""What every store keeps to about a card that is drawn only when its row is claimed."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.core.cards.blocks import Card
from bot.core.effects import StepScreen
from bot.core.words import CaseId
from bot.engine.ports import Letter, MessageRef, Outcome, Parcel, Store, Turn
from bot.engine.sketch import Sketch
from bot.store.shapes import UNDRAWN
from tests.contracts.rows import AT, HERE, MINUTE, card, case, filed, letter
from tests.delivery_cases import PLAYBOOK

C1 = CaseId("c1")
LEASE = AT + MINUTE
FIRST, SECOND = (
    Sketch(PLAYBOOK, case("c1"), StepScreen(step.id), date(2026, 11, 23))
    for step in PLAYBOOK.steps[:2]
)


@pytest.fixture(autouse=True)
async def waiting(store: Store) -> None:
    """Two cases; the first has a message that stands, and a redraw of it that waits."""
    async with store.turn(HERE) as turn:
        await turn.save(filed(case("c1")), was=None)
        await turn.save(filed(case("c2")), was=None)
    await put(store, letter("o1", "live:1", "posted"))
    await send(store)
    await put(store, letter("o2", "live:1", "waits"))


def sketch(id_: str, what: Sketch = FIRST, slot: str = "live:1") -> Letter:
    return replace(letter(id_, slot), card=what)


async def put(store: Store, *letters: Letter) -> None:
    async with store.turn(HERE) as turn:
        await turn.put(letters)


async def send(store: Store) -> Parcel:
    (parcel,) = await store.claim(AT, LEASE, limit=1, draw=draw)
    assert await store.settle(parcel, Outcome("sent", ref=MessageRef("m1")))
    return parcel


async def draw(turn: Turn, parcel: Parcel, at: datetime) -> Card | None:
    """A card that tells what it was drawn from."""
    found = await turn.case(parcel.case)
    assert found is not None
    assert parcel.later is not None
    return card(f"{parcel.later.step}, revision {found.case.revision}, {at:%H:%M}")


async def none(_turn: Turn, _parcel: Parcel, _at: datetime) -> Card | None:
    return None


async def standing(store: Store, id_: str) -> Parcel:
    found = await store.parcel(HERE, id_)
    assert found is not None
    return found


async def test_what_takes_the_place_of_a_waiting_redraw_is_drawn_at_the_claim(
    store: Store,
) -> None:
    await put(store, replace(sketch("o3"), language="zh"))
    async with store.turn(HERE) as turn:  # the case goes on, and says nothing
        await turn.save(filed(replace(case("c1"), revision=2)), was=1)
    (taken,) = await store.claim(AT + MINUTE, LEASE + MINUTE, draw=draw)
    assert taken.card == card(f"{FIRST.screen.step}, revision 2, 09:31")
    assert (taken.id, taken.kind, taken.language, taken.later) == ("o2", "edit", "zh", None)


async def test_a_post_is_drawn_in_its_turn_and_so_is_the_first_redraw(store: Store) -> None:
    await send(store)
    await put(store, sketch("o3"), sketch("o4", slot="live:2"))
    for id_ in ("o3", "o4"):
        parcel = await standing(store, id_)
        assert (parcel.card, parcel.later) == (FIRST.drawn(), None)


async def test_a_post_that_waits_is_replaced_by_what_is_drawn(store: Store) -> None:
    await put(store, letter("o3", "live:2"))
    await put(store, sketch("o4", slot="live:2"))
    assert (await standing(store, "o3")).card == FIRST.drawn()


async def test_the_same_first_redraw_again_is_not_sent_again(store: Store) -> None:
    await send(store)
    await put(store, sketch("o3"))
    await send(store)
    await put(store, sketch("o4"))
    assert await store.parcel(HERE, "o4") is None


async def test_of_several_only_the_last_is_drawn_and_sent_once(store: Store) -> None:
    for id_, what in (("o3", FIRST), ("o4", FIRST), ("o5", SECOND)):
        await put(store, sketch(id_, what))
    assert (await send(store)).card.text.en.startswith(f"{SECOND.screen.step},")
    assert await store.claim(AT, LEASE, draw=draw) == ()


async def test_a_card_that_was_drawn_takes_the_place_of_one_that_was_not(store: Store) -> None:
    await put(store, sketch("o3"))
    await put(store, letter("o4", "live:1", "waits"))
    assert (await send(store)).card == card("waits")


async def test_what_was_drawn_stays_so_that_it_can_be_shown_and_looked_up(store: Store) -> None:
    await put(store, sketch("o3"))
    (taken,) = await store.claim(AT, LEASE, draw=draw)
    assert (await standing(store, "o2")).card == taken.card
    (again,) = await store.claim(LEASE, LEASE + MINUTE, draw=none)
    assert (again.state, again.card) == ("unknown", taken.card)


async def test_one_that_changes_while_it_is_sent_is_followed_by_another_redraw(
    store: Store,
) -> None:
    await put(store, sketch("o3"))
    (taken,) = await store.claim(AT, LEASE, draw=draw)
    await put(store, sketch("o4", SECOND))
    await store.settle(taken, Outcome("sent", ref=MessageRef("m1")))
    assert (await send(store)).card == SECOND.drawn()


async def test_one_that_has_to_wait_longer_is_drawn_anew_with_the_next_change(
    store: Store,
) -> None:
    await put(store, sketch("o3"))
    (taken,) = await store.claim(AT, LEASE, draw=draw)
    await store.settle(taken, Outcome("pending", look_at=AT + MINUTE))
    await put(store, sketch("o4", SECOND))
    assert (await send(store)).card.text.en.startswith(f"{SECOND.screen.step},")


@pytest.mark.parametrize("limit", [1, 16])
async def test_a_row_of_which_no_card_comes_is_dead_and_stops_nobody(
    store: Store, limit: int
) -> None:
    await put(store, sketch("o3"))
    await put(store, letter("o5", "live:1", of="c2"))
    assert [p.id for p in await store.claim(AT, LEASE, limit=limit, draw=none)] == ["o5"]
    dead = await standing(store, "o2")
    assert (dead.state, dead.look_at, dead.error) == ("dead", None, UNDRAWN)
    await put(store, sketch("o6", SECOND))
    assert (await send(store)).card == SECOND.drawn()


async def test_an_erased_tenant_leaves_nothing_to_draw(store: Store) -> None:
    await put(store, sketch("o3"))
    await store.erase(HERE)
    assert await store.claim(AT, LEASE, draw=draw) == ()
