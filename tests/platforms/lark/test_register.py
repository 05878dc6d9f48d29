"""The register of cases: one row a case in the PMO's own table, with what the report shows and no more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.approving.organisation import Organisation
from bot.core.events import Abandoned
from bot.core.mirroring.mirrored import Wants
from bot.core.mirroring.wording import COLUMNS
from bot.core.reports import report
from bot.core.words import CaseId, TenantId
from bot.engine.inbound import Profile
from bot.engine.ports import Filed, Place
from bot.platforms.lark import doctor
from bot.platforms.lark.config import Config
from bot.platforms.lark.register import TYPES
from tests.platforms.lark.fake.faults import Code, Cut, Fault, Hang, Status
from tests.platforms.lark.fake.lark import FakeLark
from tests.platforms.lark.fake.tables import ADD, CHANGE, NEW, SEARCH, TEXT, Table
from tests.platforms.lark.mirrored import REGISTER, columns, desk, fake_of_that_day, told

ONLY_ROWS = Wants(register=REGISTER)


@pytest.fixture
def fake() -> Iterator[FakeLark]:
    with fake_of_that_day() as lark:
        yield lark


def table(fake: FakeLark) -> Table:
    return fake.tables.all[REGISTER]


async def test_a_case_has_one_row_with_what_the_report_shows(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_ROWS) as at:
        await at.write()
    (row,) = table(fake).rows.values()
    assert row["Case"] == "c1"
    assert row["Project"] == "Hall 4"
    assert row["State"] == "customer told"
    assert datetime.fromtimestamp(row["New date"] / 1000, UTC).date().isoformat() == "2026-06-19"
    assert row["Updates given"] == 0
    assert row["New date kept"] == "–"


async def test_columns_that_the_table_lacks_are_made(fake: FakeLark) -> None:
    table(fake).fields.clear()
    async with desk(fake, copies=ONLY_ROWS) as at:
        fake.faults.put(ADD, Cut(accepted=True), Code(99991400))
        await at.write()
        await at.write(later=timedelta(minutes=1))
        await at.write(later=timedelta(minutes=1))
    assert table(fake).fields == columns()
    assert len(table(fake).rows) == 1


async def test_no_answer_that_the_report_keeps_back_stands_in_a_row(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_ROWS) as at:
        await at.write()
    assert list(COLUMNS) == list(report.COLUMNS)
    said = str(table(fake).rows)
    for kept in ("hand in their notice", "fitter on site", "Petra", "clause 9", "cooling belt"):
        assert kept not in said


async def test_its_row_follows_the_state_of_the_case(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_ROWS) as at:
        await at.write()
        await at.answer("new_date_reached/0")
        await at.write()
        (row,) = table(fake).rows.values()
        assert (row["State"], row["New date kept"]) == ("delivered", "yes")
        await at.give(Abandoned(at.stamp()))
        await at.write()
    (row,) = table(fake).rows.values()
    assert row["State"] == "given up"
    assert len(fake.calls(NEW)) == 1


@pytest.mark.parametrize("call", [NEW, SEARCH])
@pytest.mark.parametrize(
    "fault",
    [Cut(accepted=True), Cut(accepted=False), Code(1254291), Code(99991400, reset=1), Status(502)],
)
async def test_whatever_happens_on_the_way_there_is_one_row(
    fake: FakeLark, call: str, fault: Fault
) -> None:
    async with desk(fake, copies=ONLY_ROWS) as at:
        fake.faults.put(call, fault)
        await at.write()
        await at.write(later=timedelta(minutes=1))
        await at.due()
        await at.write(later=timedelta(minutes=1))
        assert await at.pings() == []
    assert len(table(fake).rows) == 1


async def test_a_platform_that_hangs_holds_nobody_up_and_is_asked_again(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_ROWS, patience=0.3) as at:
        fake.faults.put(CHANGE, Hang())
        await at.write()
        await at.answer("new_date_reached/0")
        await at.write()
        await at.write(later=timedelta(minutes=1))
    (row,) = table(fake).rows.values()
    assert row["State"] == "delivered"


async def test_two_cases_at_once_each_have_their_row(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_ROWS) as at:
        other = replace(
            told(), id=CaseId("c2"), tenant=at.bot.tenant, owner=(await at.case()).owner
        )
        place = Place("lark", f"{at.bot.tenant}/{at.maya.open_id}")
        async with at.bot.store.turn(at.bot.tenant) as turn:
            await turn.save(Filed(other, place), was=None)
            (ping,) = await at.pings()
            await turn.set_ping(replace(ping, case=CaseId("c2")))
        await at.write()
    assert sorted(row["Case"] for row in table(fake).rows.values()) == ["c1", "c2"]


async def test_columns_that_stand_in_chinese_are_known_again(fake: FakeLark) -> None:
    table(fake).fields = {COLUMNS[name].zh: kind for name, kind in TYPES.items()}
    async with desk(fake, copies=ONLY_ROWS) as at:
        await at.write()
    (row,) = table(fake).rows.values()
    assert row["项目"] == "Hall 4"
    assert fake.calls(ADD) == []


async def test_a_column_of_another_type_is_named(fake: FakeLark) -> None:
    table(fake).fields["New date"] = TEXT
    async with desk(fake, copies=ONLY_ROWS) as at:
        await at.write()
        why = (await at.case()).mirrored.why
        assert why is not None
        assert "New date (date)" in why.en
        assert table(fake).rows == {}
        table(fake).fields["New date"] = TYPES["new_date"]
        await at.write(later=timedelta(minutes=2))
    assert len(table(fake).rows) == 1


async def test_columns_that_may_not_be_added_are_named(fake: FakeLark) -> None:
    fake.tenant.app.scopes.discard("bitable:app")
    fake.tenant.app.scopes |= {"base:field:read", "base:record:retrieve", "base:record:create"}
    del table(fake).fields["Cause"]
    async with desk(fake, copies=ONLY_ROWS) as at:
        fake.tenant.app.scopes.add("base:field:create")
        fake.faults.put(ADD, Code(1254302))
        await at.write()
        why = (await at.case()).mirrored.why
    assert why is not None
    assert why.en.endswith("the app may not add them: Cause (text).")


@pytest.mark.parametrize("what", ["gone", "lets_in"])
async def test_a_table_that_is_gone_or_closed_is_said_to_the_operator_and_waits(
    fake: FakeLark, what: str
) -> None:
    async with desk(fake, copies=ONLY_ROWS) as at:
        said: list[str] = []
        (station,) = at.bot.platform.stations
        station.mirror.mend = lambda text: said.append(text.en)
        setattr(table(fake), what, what == "gone")
        await at.write()
        assert said
        assert (await at.case()).mirrored.why is not None
        setattr(table(fake), what, what != "gone")
        await at.write(later=timedelta(minutes=2))
        assert (await at.case()).mirrored.why is None
    assert len(table(fake).rows) == 1


async def test_a_row_that_the_pmo_deleted_is_not_made_again(fake: FakeLark) -> None:
    async with desk(fake, copies=ONLY_ROWS) as at:
        await at.write()
        table(fake).rows.clear()
        await at.answer("new_date_reached/0")
        await at.write()
        assert await at.pings() == []
    assert table(fake).rows == {}


async def test_each_tenant_writes_to_its_own_table(fake: FakeLark) -> None:
    theirs = fake.tables.table("bascnOther/tblOther", **columns())
    mine = Organisation(id=fake.tenant.key, lark_register="bascnOther/tblOther")
    async with desk(fake, copies=ONLY_ROWS, organisation=mine) as at:
        await at.write()
    assert len(theirs.rows) == 1
    assert table(fake).rows == {}


async def test_the_doctor_tells_what_keeps_rows_out_and_changes_nothing(fake: FakeLark) -> None:
    app = fake.tenant.app
    told = Profile("en", "UTC", "none")
    config = Config(app.id, app.secret, "k", "t", "http", fake.url, told, registers=(REGISTER,))

    async def said() -> str:
        return "\n".join(await doctor.findings(config, fake.clock()))

    assert "register" not in await said()
    table(fake).fields.pop("Cause")
    assert "register" not in await said()  # it is added with the first row
    table(fake).fields["Updates given"] = TEXT
    assert f"The register {REGISTER}: columns of the register have another type" in await said()
    table(fake).gone = True
    assert "not there any more" in await said()
    app.scopes.discard("bitable:app")
    assert "cannot be read: The app lacks a scope" in await said()
    assert fake.calls(ADD) == []


async def test_a_further_app_does_not_write_to_the_register_of_the_first(fake: FakeLark) -> None:
    async with desk(fake, copies=replace(ONLY_ROWS, tasks=True)) as at:
        mirror = at.bot.platform.mirror
        assert mirror is not None
        assert mirror.usual(at.bot.tenant).register == REGISTER
        further = mirror.usual(TenantId(f"cli_other.{at.bot.tenant}"))
        assert (further.register, further.tasks) == ("", True)


async def test_what_is_refused_of_rows_holds_up_no_task(fake: FakeLark) -> None:
    table(fake).gone = True
    async with desk(fake) as at:
        await at.write()
        assert len(fake.tasks.of(at.maya.open_id)) == 6
