"""What every store keeps to: people, cases, inbox, log, pings, playbooks, and the turn itself."""

import asyncio
from dataclasses import replace

import pytest

from bot.content import playbooks as content
from bot.core.desk import Person
from bot.core.lessons.lesson import Lesson
from bot.core.words import CaseId, EventId
from bot.engine.errors import Conflict
from bot.engine.ports import CASES_TOGETHER, Ping, Place, Store
from tests.contracts.rows import (
    ANNA,
    AT,
    BEN,
    DIRECT,
    ELSEWHERE,
    HERE,
    MINUTE,
    case,
    entry,
    filed,
    full_case,
    letter,
)

C1 = CaseId("c1")


async def begin(store: Store, *ids: str) -> None:
    async with store.turn(HERE) as turn:
        for id_ in ids:
            await turn.save(filed(case(id_)), was=None)


async def test_an_inbound_is_taken_in_once(store: Store) -> None:
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)
        assert not await turn.take_in(EventId("e1"), AT)
    async with store.turn(HERE) as turn:
        assert not await turn.take_in(EventId("e1"), AT + MINUTE)


async def test_old_inbounds_are_let_go_of_the_oldest_first(store: Store) -> None:
    async with store.turn(HERE) as turn:
        for n in range(4):
            await turn.take_in(EventId(f"e{n}"), AT + n * MINUTE)
    assert await store.forget(AT + 3 * MINUTE, limit=2) == 2
    async with store.turn(HERE) as turn:
        assert [await turn.take_in(EventId(f"e{n}"), AT) for n in range(4)] == [
            True, True, False, False,
        ]  # fmt: skip


async def test_tenants_have_inboxes_of_their_own(store: Store) -> None:
    async with store.turn(HERE) as turn:
        await turn.take_in(EventId("e1"), AT)
    async with store.turn(ELSEWHERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)


async def test_an_exception_undoes_the_whole_turn(store: Store) -> None:
    async def fail() -> None:
        async with store.turn(HERE) as turn:
            await turn.take_in(EventId("e1"), AT)
            await turn.save(filed(case()), was=None)
            await turn.log(entry("e1"))
            await turn.put([letter("o1", "live:1")])
            await turn.set_ping(Ping(HERE, C1, "nudge", AT))
            raise KeyError("in the middle")

    with pytest.raises(KeyError):
        await fail()
    assert await store.case(HERE, C1) is None
    assert await store.entries(HERE, C1) == ()
    assert await store.parcels(HERE, C1) == ()
    assert await store.pings(AT) == ()
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)


async def test_a_cancelled_turn_leaves_nothing_and_frees_the_writer(store: Store) -> None:
    inside, never = asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        async with store.turn(HERE) as turn:
            await turn.take_in(EventId("e1"), AT)
            inside.set()
            await never.wait()

    waiting = asyncio.create_task(wait())
    await inside.wait()
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)


async def test_a_person_comes_back_as_saved(store: Store) -> None:
    anna = Person(ANNA, HERE, language="zh", zone="Asia/Kathmandu", calendar="CN", front=C1)
    async with store.turn(HERE) as turn:
        assert await turn.person(ANNA) is None
        await turn.save_person(anna)
        await turn.save_person(replace(anna, greeted=True))
        assert await turn.person(ANNA) == replace(anna, greeted=True)
    assert await store.person(HERE, ANNA) == replace(anna, greeted=True)
    assert await store.person(ELSEWHERE, ANNA) is None


async def test_a_case_comes_back_as_saved_with_every_kind_of_value(store: Store) -> None:
    async with store.turn(HERE) as turn:
        await turn.save(filed(full_case()), was=None)
        assert await turn.case(C1) == filed(full_case())
    assert await store.case(HERE, C1) == filed(full_case())
    assert await store.case(ELSEWHERE, C1) is None


async def test_a_case_is_set_only_over_the_revision_that_was_read(store: Store) -> None:
    await begin(store, "c1")
    moved = filed(replace(case(), revision=2), Place("lark", "oc_1"))
    async with store.turn(HERE) as turn:
        await turn.save(moved, was=1)
    with pytest.raises(Conflict):
        async with store.turn(HERE) as turn:
            await turn.save(filed(replace(case(), revision=2, nudges=1)), was=1)
    assert await store.case(HERE, C1) == moved


async def test_a_new_case_never_takes_the_place_of_another(store: Store) -> None:
    await begin(store, "c1")
    with pytest.raises(Conflict):
        async with store.turn(HERE) as turn:
            await turn.save(filed(replace(case(), nudges=1)), was=None)
    with pytest.raises(Conflict):
        async with store.turn(HERE) as turn:
            await turn.save(filed(case("c2")), was=1)


async def test_a_stranger_changes_nothing_of_another_tenant(store: Store) -> None:
    await begin(store, "c1")
    async with store.turn(ELSEWHERE) as turn:
        assert await turn.case(C1) is None
        assert await turn.cases(ANNA) == ()
        await turn.drop_ping(C1, "nudge")
        with pytest.raises(Conflict):
            await turn.save(filed(replace(case(), revision=2)), was=1)


async def test_turns_at_once_lose_nothing(store: Store) -> None:
    await begin(store, "c1")

    async def count(n: int) -> None:
        async with store.turn(HERE) as turn:
            found = await turn.case(C1)
            assert found is not None
            was = found.case.revision
            await turn.save(filed(replace(found.case, revision=was + 1)), was=was)
            await turn.log(entry(f"e{n}"))

    await asyncio.gather(*(count(n) for n in range(40)))
    found = await store.case(HERE, C1)
    assert found is not None
    assert found.case.revision == 41
    assert len(await store.entries(HERE, C1)) == 40


async def test_cases_of_an_owner_come_latest_first(store: Store) -> None:
    async with store.turn(HERE) as turn:
        await turn.save(filed(case("c1", touched=2)), was=None)
        await turn.save(filed(case("c2", touched=3)), was=None)
        await turn.save(filed(case("c3", touched=1)), was=None)
        await turn.save(filed(case("c4", owner=BEN, touched=9)), was=None)
        assert [f.case.id for f in await turn.cases(ANNA)] == ["c2", "c1", "c3"]


async def test_all_cases_of_a_tenant_come_latest_first(store: Store) -> None:
    async with store.turn(HERE) as turn:
        for n, owner in ((2, ANNA), (3, BEN), (1, ANNA)):
            await turn.save(filed(case(f"c{n}", owner=owner, touched=n)), was=None)
    assert [f.case.id for f in await store.cases_of_all(HERE)] == ["c3", "c2", "c1"]
    assert await store.cases_of_all(ELSEWHERE) == ()


async def test_cases_with_a_customer_are_found_by_folded_name_the_latest_first(
    store: Store,
) -> None:
    async with store.turn(HERE) as turn:
        await turn.save(filed(case("c1", customer="Acme  Corp", touched=1)), was=None)
        await turn.save(filed(case("c2", customer="ACME corp", touched=2)), was=None)
        await turn.save(filed(case("c3", customer="acme corp", touched=3, owner=BEN)), was=None)
        await turn.save(filed(case("c4", customer="Acme", touched=4)), was=None)
        found = await turn.cases_with(ANNA, " acme CORP", but=CaseId("c9"))
        other = await turn.cases_with(ANNA, "Acme Corp", but=CaseId("c2"))
        assert ([c.id for c in found], [c.id for c in other]) == (["c2", "c1"], ["c1"])
        assert await turn.cases_with(ANNA, "Globex", but=CaseId("c9")) == ()


async def test_of_many_cases_with_a_customer_the_latest_are_given(store: Store) -> None:
    async with store.turn(HERE) as turn:
        for n in range(CASES_TOGETHER + 1):
            await turn.save(filed(case(f"c{n}", customer="Acme", touched=n)), was=None)
        found = await turn.cases_with(ANNA, "Acme", but=CaseId("c99"))
        assert [c.id for c in found] == [f"c{n}" for n in range(CASES_TOGETHER, 0, -1)]


async def test_the_log_keeps_its_order_and_its_tenant(store: Store) -> None:
    lines = [entry("e2"), entry("e1", revision=2), entry("e3", case=None)]
    async with store.turn(HERE) as turn:
        for line in lines:
            await turn.log(line)
    assert await store.entries(HERE, C1) == tuple(lines[:2])
    assert await store.entries(HERE, None) == (lines[2],)
    assert await store.entries(ELSEWHERE, C1) == ()


async def test_a_ping_replaces_the_one_of_its_kind(store: Store) -> None:
    await begin(store, "c1")
    later = Ping(HERE, C1, "nudge", AT + MINUTE)
    async with store.turn(HERE) as turn:
        await turn.set_ping(Ping(HERE, C1, "nudge", AT))
        await turn.set_ping(later)
        await turn.set_ping(Ping(HERE, C1, "promise", AT))
        await turn.drop_ping(C1, "promise")
    assert await store.pings(AT) == ()
    assert await store.pings(AT + MINUTE) == (later,)


async def test_a_ping_is_taken_once_and_only_at_its_due_time(store: Store) -> None:
    await begin(store, "c1")
    ping = Ping(HERE, C1, "nudge", AT)
    async with store.turn(HERE) as turn:
        await turn.set_ping(ping)
    async with store.turn(HERE) as turn:
        assert not await turn.take_ping(replace(ping, due=AT + MINUTE))
        assert await turn.take_ping(ping)
        assert not await turn.take_ping(ping)
    assert await store.next_due() is None


async def test_due_pings_come_oldest_first_up_to_the_limit(store: Store) -> None:
    await begin(store, "c1", "c2", "c3")
    async with store.turn(HERE) as turn:
        for minutes, id_ in ((2, "c1"), (0, "c2"), (1, "c3")):
            await turn.set_ping(Ping(HERE, CaseId(id_), "nudge", AT + minutes * MINUTE))
    found = await store.pings(AT + 5 * MINUTE, limit=2)
    assert [p.case for p in found] == ["c2", "c3"]


async def test_what_is_to_be_asked_of_one_owner_comes_from_all_their_cases(store: Store) -> None:
    asks = [
        ("c1", "ping:check/1", 2), ("c2", "ping:check/1", 1), ("c3", "ping:check/1", 0),
        ("c1", "nudge", 0), ("c1", "pingpong", 0), ("c2", "ping:check/2", 9),
    ]  # fmt: skip
    async with store.turn(HERE) as turn:
        for id_, owner in (("c1", ANNA), ("c2", ANNA), ("c3", BEN)):
            await turn.save(filed(case(id_, owner=owner)), was=None)
        for id_, kind, minutes in asks:
            await turn.set_ping(Ping(HERE, CaseId(id_), kind, AT + minutes * MINUTE))
        due = await turn.due_asks(ANNA, AT + 2 * MINUTE)
    assert [(p.case, p.kind) for p in due] == [("c2", "ping:check/1"), ("c1", "ping:check/1")]
    async with store.turn(ELSEWHERE) as turn:
        assert await turn.due_asks(ANNA, AT + 9 * MINUTE) == ()


LESSONS = (
    Lesson("l1", "en", "A casting is ordered late", "Ask the foundry", category="supplier"),
    Lesson("l2", "zh", "铸件返工", "下单前做超声检测", category="technical"),
    Lesson("l3", "en", "A pump leaks", 'Test it "hot" OR cold', category="technical"),
)


@pytest.mark.parametrize(
    ("words", "category", "found"),
    [
        ("which foundry", "", ["l1"]),
        ("超声检测", "", ["l2"]),
        ("铸件", "", ["l2"]),  # shorter than what the index holds
        ("PUMP", "", ["l3"]),
        ("", "technical", ["l3", "l2"]),
        ("casting", "technical", ["l3", "l2", "l1"]),
        ("", "", []),
        ('") OR words MATCH "x" --', "", []),
        ("it's NEAR(", "", []),
    ],
)
async def test_lessons_are_found_by_words_of_both_languages(
    store: Store, words: str, category: str, found: list[str]
) -> None:
    async with store.turn(HERE) as turn:
        for lesson in LESSONS:
            await turn.keep_lesson(replace(lesson, advice="…"))
            await turn.keep_lesson(lesson)
    async with store.turn(HERE) as turn:
        assert [x.id for x in await turn.lessons(words, category)] == found
        assert await turn.lesson("l2") == LESSONS[1]
        assert await turn.lesson("l9") is None
    async with store.turn(ELSEWHERE) as turn:
        assert await turn.lessons("foundry pump", "technical") == ()


async def test_a_playbook_comes_back_word_for_word(store: Store) -> None:
    playbook = content.load_all()["delivery_delay"]
    async with store.turn(HERE) as turn:
        assert await turn.playbook(playbook.digest) is None
        await turn.keep_playbook(playbook)
        await turn.keep_playbook(playbook)
        assert await turn.playbook(playbook.digest) == playbook
    async with store.turn(ELSEWHERE) as turn:
        assert await turn.playbook(playbook.digest) is None


async def test_a_tenant_can_be_erased_whole_and_the_others_stay(store: Store) -> None:
    playbook = content.load_all()["delivery_delay"]
    for tenant in (HERE, ELSEWHERE):
        async with store.turn(tenant) as turn:
            await turn.take_in(EventId("e1"), AT)
            await turn.save_person(Person(ANNA, tenant))
            await turn.keep_playbook(playbook)
            await turn.save(filed(replace(case(), tenant=tenant)), was=None)
            await turn.log(entry("e1"))
            await turn.put([letter(f"o-{tenant}", "live:1")])
            await turn.set_ping(Ping(tenant, C1, "nudge", AT))
    await store.erase(HERE)
    assert await store.case(HERE, C1) is None
    assert await store.person(HERE, ANNA) is None
    assert (*await store.entries(HERE, C1), *await store.parcels(HERE, C1)) == ()
    assert [p.tenant for p in await store.pings(AT)] == [ELSEWHERE]
    assert len(await store.entries(ELSEWHERE, C1)) == len(await store.parcels(ELSEWHERE, C1)) == 1
    async with store.turn(HERE) as turn:
        assert await turn.take_in(EventId("e1"), AT)
        assert await turn.playbook(playbook.digest) is None


async def test_what_is_due_next_is_the_earliest_of_pings_and_heads(store: Store) -> None:
    await begin(store, "c1")
    assert await store.next_due() is None
    async with store.turn(HERE) as turn:
        await turn.set_ping(Ping(HERE, C1, "nudge", AT + 3 * MINUTE))
    assert await store.next_due() == AT + 3 * MINUTE
    async with store.turn(HERE) as turn:
        await turn.put([letter("o1", "live:1", at=AT + 2 * MINUTE), letter("o2", "live:2")])
    assert await store.next_due() == AT + 2 * MINUTE  # the second waits behind the first
    assert (await store.parcels(HERE, C1))[0].place == DIRECT
