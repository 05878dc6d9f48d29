"""A practised call over a restart: the store keeps it, and each customer line is one message."""

from dataclasses import replace
from pathlib import Path

from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.case import Case
from bot.core.rehearsal.calling import Customers
from bot.core.rehearsal.practice import Practice
from bot.core.words import CaseId
from bot.engine.deliver import deliver
from bot.engine.ports import Store
from bot.store.memory.store import MemoryStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.engine.room import AT, HERE, Room

CUSTOMERS = default_customers()


def room_of(store: Store, name: str, customers: Customers | None = CUSTOMERS) -> Room:
    """A house that is up since just now."""
    room = Room(store, name=name)
    room.house = replace(
        room.house,
        coaching=default_coaching,
        customers=None if customers is None else lambda: customers,
    )
    return room


async def filed(room: Room, id_: CaseId) -> Case:
    found = await room.store.case(HERE, id_)
    assert found is not None
    return found.case


async def practice(room: Room, id_: CaseId) -> Practice:
    found = (await filed(room, id_)).practice
    assert found is not None
    return found


async def with_a_draft(room: Room) -> CaseId:
    """A case whose draft is on the screen."""
    id_ = await room.begin()
    await room.click(id_, "draft/email")
    return id_


async def press(room: Room, id_: CaseId, persona: str = "") -> None:
    live = (await filed(room, id_)).live
    await room.click(id_, f"practise/{persona}/{live}")


async def test_a_call_goes_on_after_a_restart(tmp_path: Path) -> None:
    migrate(tmp_path / "candor.db", at=AT)
    first = room_of(SqlStore(tmp_path / "candor.db"), "a")
    id_ = await with_a_draft(first)
    await press(first, id_)
    await press(first, id_, "angry")
    await first.say("The pumps failed the test.")
    before = await practice(first, id_)
    await first.store.close()
    second = room_of(SqlStore(tmp_path / "candor.db"), "b")
    assert await practice(second, id_) == before
    await second.say("On 2 November, and it was our mistake not to call.")
    after = await practice(second, id_)
    await second.store.close()
    assert before.rehearsal is not None
    assert after.rehearsal is not None
    said = [turn.said for turn in before.rehearsal.turns]
    assert [turn.said for turn in after.rehearsal.turns][: len(said)] == said
    assert len(after.rehearsal.turns) == len(said) + 1


async def test_each_line_is_one_message_and_the_log_has_both_sides() -> None:
    room = room_of(MemoryStore(), "a")
    id_ = await with_a_draft(room)
    await press(room, id_)
    await press(room, id_, "angry")
    await room.say("The pumps failed the test.")
    await deliver(room.house)
    kinds = [entry.kind for entry in await room.store.entries(HERE, id_)]
    assert kinds[-2:] == ["Typed", "CustomerSpoke"]
    cards = [m.card.text.en for m in room.channel.messages if "Practice" in m.card.text.en]
    assert len(cards) == 2
    assert len(set(cards)) == 2


async def test_the_same_reply_delivered_twice_is_heard_once() -> None:
    room = room_of(MemoryStore(), "a")
    id_ = await with_a_draft(room)
    await press(room, id_)
    await press(room, id_, "silent")
    envelope = room.envelope()
    await room.say("The pumps failed the test.", envelope)
    before = await filed(room, id_)
    assert (await room.say("The pumps failed the test.", envelope)).seen
    assert await filed(room, id_) == before


async def test_another_case_is_untouched_by_a_call() -> None:
    room = room_of(MemoryStore(), "a")
    other = await room.begin("Hall")
    before = await filed(room, other)
    id_ = await with_a_draft(room)
    await press(room, id_)
    await press(room, id_, "angry")
    await room.say("The pumps failed the test.")
    assert await filed(room, other) == before


async def test_a_house_without_customers_says_so() -> None:
    room = room_of(MemoryStore(), "a", customers=None)
    room.house = replace(room.house, coaching=None)
    id_ = await with_a_draft(room)
    await press(room, id_)
    assert await practice(room, id_) == Practice()
    await deliver(room.house)
    card = room.channel.messages[-1].card
    assert any("No customer to practise with" in str(block) for block in card.blocks)


async def test_words_that_read_as_a_question_to_the_bot_go_to_the_customer() -> None:
    room = room_of(MemoryStore(), "a")
    id_ = await with_a_draft(room)
    await press(room, id_)
    await press(room, id_, "angry")
    await room.say("What do you mean?")
    call = (await practice(room, id_)).rehearsal
    assert call is not None
    assert call.turns[0].reply == "What do you mean?"
