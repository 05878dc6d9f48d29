"""Who finds a case besides its owner: exactly those whom it names, in their own tenant."""

from dataclasses import replace

from bot.core.case import Case
from bot.core.sharing.viewers import Named, Sharing, Viewer
from bot.core.words import CaseId, PersonId
from bot.engine.ports import Store
from tests.contracts.rows import ANNA, AT, BEN, ELSEWHERE, HERE, case, filed

KIM = PersonId("kim")


def shared(id_: str, *viewers: PersonId, touched: int = 0) -> Case:
    """A case that these may read."""
    found = {who: Viewer(f"The name of {who}", n, AT, 2) for n, who in enumerate(viewers, start=1)}
    sharing = Sharing(
        found, len(found), "Anna Berg", Named(KIM, "Kim Roe", "invite:1"), "sharing:1"
    )
    return replace(case(id_, touched=touched), sharing=sharing)


async def keep(store: Store, *cases: Case) -> None:
    async with store.turn(HERE) as turn:
        for each in cases:
            await turn.save(filed(each), was=None)
            await turn.share(each.id, tuple(each.sharing.viewers))


async def found_by(store: Store, who: PersonId) -> list[CaseId]:
    async with store.turn(HERE) as turn:
        return [f.case.id for f in await turn.shared_with(who)]


async def test_a_viewer_finds_what_is_shared_with_them_the_last_touched_first(
    store: Store,
) -> None:
    await keep(store, shared("c1", BEN), shared("c2", KIM, BEN, touched=5), shared("c3", KIM))
    assert await found_by(store, BEN) == ["c2", "c1"]
    assert await found_by(store, ANNA) == []
    async with store.turn(HERE) as turn:
        assert (await turn.shared_with(BEN))[0] == filed(shared("c2", KIM, BEN, touched=5))


async def test_who_is_not_among_the_viewers_any_more_finds_nothing(store: Store) -> None:
    await keep(store, shared("c1", BEN, KIM))
    async with store.turn(HERE) as turn:
        await turn.save(filed(replace(shared("c1", KIM), revision=2)), was=1)
        await turn.share(CaseId("c1"), (KIM,))
    assert await found_by(store, BEN) == []
    assert await found_by(store, KIM) == ["c1"]


async def test_a_viewer_of_the_same_name_in_another_tenant_finds_nothing(store: Store) -> None:
    await keep(store, shared("c1", BEN))
    async with store.turn(ELSEWHERE) as turn:
        assert await turn.shared_with(BEN) == ()
        await turn.save(filed(replace(case("c1"), tenant=ELSEWHERE)), was=None)
        await turn.share(CaseId("c1"), ())
    assert await found_by(store, BEN) == ["c1"]


async def test_a_case_of_the_same_id_in_another_tenant_is_not_found(store: Store) -> None:
    await keep(store, shared("c1", BEN))
    async with store.turn(ELSEWHERE) as turn:
        await turn.save(filed(replace(shared("c1", BEN), tenant=ELSEWHERE)), was=None)
        await turn.share(CaseId("c1"), (BEN,))
    async with store.turn(HERE) as turn:
        assert [f.case.tenant for f in await turn.shared_with(BEN)] == [HERE]


async def test_with_its_tenant_erased_a_case_is_found_by_nobody(store: Store) -> None:
    await keep(store, shared("c1", BEN))
    await store.erase(HERE)
    assert await found_by(store, BEN) == []
