"""What an operator tends, on every database there is: figures, retention, erasure, export."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic_core import to_json

from bot.core.approving.release import Colleague
from bot.core.case import TextValue
from bot.core.sharing.events import ViewerNamed
from bot.core.sharing.viewers import Named, Sharing, Viewer
from bot.core.stamp import Stamp
from bot.core.words import EventId, FieldId, PersonId
from bot.engine.keeping.redaction import Somebody
from bot.engine.keeping.retention import Keeping, tidy
from bot.engine.ports import Entry, Line
from bot.operating import records
from bot.store.postgres.shared import SharedStore
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.approval.scene import CASE, HERE, OMAR, PM, Scene, heavy
from tests.contracts.rows import AT, answer, letter

SOMEBODY = Somebody(OMAR, PersonId("erased-1"), ("Omar Haddad",))


@pytest.fixture(params=["sqlite", "postgresql"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A database with a case that told its customer, agreed to by Omar."""
    if request.param == "postgresql":
        found: SqlStore = SharedStore(request.getfixturevalue("postgres_database"))
    else:
        migrate(tmp_path / "candor.db", at=AT)
        found = SqlStore(tmp_path / "candor.db")
    scene = await Scene(heavy(), store=found).begin()
    await scene.choose("approval_ask")
    await scene.choose("approve", by=OMAR)
    await scene.choose("send")
    await scene.later(seconds=60)
    yield found
    await found.close()


async def rows(store: SqlStore) -> list[object]:
    return [row async for row in store.upkeep.everything(HERE) if row["table"] != "playbooks"]


async def test_figures_and_release_are_told(store: SqlStore) -> None:
    assert await store.watched.is_at_head()
    assert (await store.watched.standing(AT)).dead == 0


async def test_somebody_is_taken_out_and_the_record_holds(store: SqlStore) -> None:
    (line,) = await store.upkeep.speaking_of(HERE, SOMEBODY)
    await store.upkeep.take_out(line, SOMEBODY, event=EventId("x"), at=AT)
    await store.upkeep.forget_person(HERE, SOMEBODY)
    said = str(await rows(store))
    assert [w for w in ("Omar Haddad", f"'{OMAR}'") if w in said] == []
    assert await records.faults(store) == (1, ())


async def test_somebody_leaves_the_columns_the_waiting_cards_and_other_peoples_lines(
    store: SqlStore,
) -> None:
    filed = await store.case(HERE, CASE)
    assert filed is not None
    named = answer(TextValue("The yard of Omar Haddad"))
    again = replace(
        filed.case,
        revision=filed.case.revision + 1,
        answers={**filed.case.answers, FieldId("project"): named, FieldId("customer"): named},
    )
    async with store.turn(HERE) as turn:
        await turn.save(replace(filed, case=again), was=filed.case.revision)
        await turn.put([letter("waits", "live:waits", of=CASE, words="Ask Omar Haddad")])
        loose = Entry(EventId("e"), "Wrote", AT, PM, '{"text": "deputy Omar Haddad"}')
        await turn.log(loose)
    (line,) = await store.upkeep.speaking_of(HERE, SOMEBODY)
    await store.upkeep.take_out(line, SOMEBODY, event=EventId("x"), at=AT)
    await store.upkeep.forget_person(HERE, SOMEBODY)
    assert "Omar Haddad" not in str(await rows(store))
    assert await store.upkeep.speaking_of(HERE, SOMEBODY) == ()


async def test_what_is_on_its_way_to_a_customer_keeps_the_words_that_were_agreed_to(
    store: SqlStore,
) -> None:
    async with store.turn(HERE) as turn:
        await turn.put([letter("out", "customer:9", of=CASE, words="Omar Haddad calls you")])
    await store.upkeep.take_out(Line(HERE, CASE), SOMEBODY, event=EventId("x"), at=AT)
    parcel = await store.parcel(HERE, "out")
    assert parcel is not None
    assert parcel.card == letter("out", "s", words="Omar Haddad calls you").card


async def shared(store: SqlStore, name: str) -> None:
    """The case is one that Omar may read, invited under this name, and another is to be asked."""
    filed = await store.case(HERE, CASE)
    assert filed is not None
    sharing = Sharing({OMAR: Viewer(name, 1, AT)}, 1, named=Named(OMAR, name, "invite:1"))
    again = replace(filed.case, revision=filed.case.revision + 1, sharing=sharing)
    async with store.turn(HERE) as turn:
        await turn.save(replace(filed, case=again), was=filed.case.revision)
        await turn.share(CASE, (OMAR,))


async def test_somebodys_invitations_go_with_them_and_the_name_they_were_invited_under(
    store: SqlStore,
) -> None:
    await shared(store, "Omar H. of Yard 3")
    names = await store.upkeep.called(HERE, OMAR)
    assert names == ("Omar H. of Yard 3",)
    who = replace(SOMEBODY, names=(*SOMEBODY.names, *names))
    (line,) = await store.upkeep.speaking_of(HERE, who)
    await store.upkeep.take_out(line, who, event=EventId("x"), at=AT)
    await store.upkeep.forget_person(HERE, who)
    said = str(await rows(store))
    assert [w for w in ("Omar", f"'{OMAR}'") if w in said] == []
    assert [r async for r in store.upkeep.everything(HERE) if r["table"] == "viewers"] == []
    async with store.turn(HERE) as turn:
        assert await turn.shared_with(OMAR) == ()
    assert await records.faults(store) == (1, ())


async def test_the_name_of_whoever_was_invited_is_known_when_they_read_no_more(
    store: SqlStore,
) -> None:
    stamp = Stamp(EventId("n1"), AT, PM)
    for who in (Colleague(OMAR, "Omar H. of Yard 3"), Colleague(PersonId("zoe"), "Zoe Lund")):
        named = Entry(
            EventId("n1"),
            "ViewerNamed",
            AT,
            PM,
            to_json(ViewerNamed(stamp, "", who)).decode(),
            case=CASE,
        )
        async with store.turn(HERE) as turn:
            await turn.log(named)
    assert await store.upkeep.called(HERE, OMAR) == ("Omar H. of Yard 3",)


async def test_who_may_read_is_written_out_with_the_rest_and_goes_with_the_case(
    store: SqlStore,
) -> None:
    await shared(store, "omar")
    assert await store.upkeep.called(HERE, OMAR) == ()  # a handle stands in other words, too
    (row,) = [r async for r in store.upkeep.everything(HERE) if r["table"] == "viewers"]
    assert (row["case_id"], row["person"]) == (CASE, OMAR)
    await store.upkeep.let_go(Line(HERE, CASE), event=EventId("x"), at=AT, why="retention")
    assert [r async for r in store.upkeep.everything(HERE) if r["table"] == "viewers"] == []


async def test_an_ended_case_goes_and_its_chain_stays(store: SqlStore) -> None:
    assert await store.upkeep.owned(HERE, PM) == (Line(HERE, CASE),)
    far = AT + timedelta(days=4000)
    assert await tidy(store.upkeep, Keeping(cases=timedelta(days=1)), far) == 0
    await tidy(store.upkeep, Keeping(log=timedelta(days=1)), far)
    await store.upkeep.let_go(Line(HERE, CASE), event=EventId("x"), at=far, why="retention")
    left = await store.entries(HERE, CASE)
    assert [e.kind for e in left] == ["Delivery", "Erased"]
    assert await records.faults(store) == (1, ())


async def test_a_tenant_is_erased_with_its_record(store: SqlStore) -> None:
    assert await rows(store)
    await store.erase(HERE)
    assert await rows(store) == []
