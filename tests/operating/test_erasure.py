"""What is let go of, taken out and written out; and the record, which holds all the same."""

import asyncio
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.core.lessons.lesson import Lesson
from bot.core.meetings.meeting import Meeting
from bot.core.mirroring.mirrored import Copy, Mirrored
from bot.core.words import EventId, PersonId, TenantId
from bot.engine.keeping.redaction import Somebody
from bot.engine.keeping.retention import Keeping, tidy
from bot.engine.ports import Entry, Line
from bot.operating import erasure, exports, records
from bot.settings import Settings
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.approval.scene import AT, CASE, HERE, OMAR, PM
from tests.approval.test_record import told
from tests.engine import sharing
from tests.engine.room import HERE as TENANT
from tests.engine.room import Room

OMARS_NAME = "Omar Haddad"
PLAYBOOK = 'INSERT INTO "playbooks"'
MORE = timedelta(days=400)


def settings_of(folder: Path) -> Settings:
    return Settings(data=folder)


def dump(file: Path) -> str:
    """Everything that stands in the database, as text, but for playbooks, whose words are ours."""
    with closing(sqlite3.connect(file)) as database:
        lines = [line for line in database.iterdump() if not line.startswith(PLAYBOOK)]
    return "\n".join(lines)


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """A case of the project manager that told its customer, agreed to by Omar; and a lesson of it."""
    await told(tmp_path / "candor.db", times=1)
    store = SqlStore(tmp_path / "candor.db")
    async with store.turn(HERE) as turn:
        await turn.keep_lesson(Lesson("l1", "en", "a late part", "order two", case=CASE))
    await store.close()
    return tmp_path / "candor.db"


async def faults(file: Path) -> tuple[int, tuple[str, ...]]:
    store = SqlStore(file)
    found = await records.faults(store)
    await store.close()
    return found


async def test_a_case_that_is_let_go_of_leaves_its_lessons_and_a_bare_chain(file: Path) -> None:
    store = SqlStore(file)
    before = [e for e in await store.entries(HERE, CASE) if e.chained]
    await store.upkeep.let_go(
        Line(HERE, CASE), event=EventId("x"), at=before[-1].at + MORE, why="retention"
    )
    after = await store.entries(HERE, CASE)
    async with store.turn(HERE) as turn:
        assert await turn.lesson("l1") is not None
    assert await store.case(HERE, CASE) is None
    await store.close()

    assert [(e.kind, e.link) for e in after][:-1] == [(e.kind, e.link) for e in before]
    assert {e.body for e in after[:-1]} == {"null"}
    assert await faults(file) == (1, ())
    everything = dump(file)
    assert [w for w in ("Marrow", OMARS_NAME) if w in everything] == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE log SET at = '2020-01-01 00:00:00.000000' WHERE kind = 'Delivery'",
        "UPDATE log SET body = replace(body, 'retention', 'forgotten') WHERE kind = 'Erased'",
        "DELETE FROM log WHERE kind = 'Erased'",
        "DELETE FROM log WHERE kind = 'Delivery'",
    ],
)
async def test_whoever_changes_what_is_left_of_a_record_is_found(file: Path, change: str) -> None:
    store = SqlStore(file)
    at = (await store.entries(HERE, CASE))[-1].at
    await store.upkeep.let_go(Line(HERE, CASE), event=EventId("x"), at=at, why="retention")
    await store.close()
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TRIGGER log_no_update")
        database.execute("DROP TRIGGER log_no_delete")
        database.execute(change)
        database.commit()
    _, found = await faults(file)
    assert len(found) == 1


async def test_words_that_vanish_without_a_word_about_it_break_the_record(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TRIGGER log_no_update")
        database.execute("UPDATE log SET body = 'null' WHERE link IS NOT NULL")
        database.commit()
    _, found = await faults(file)
    assert "does not hold" in found[0]


async def test_an_approver_is_taken_out_of_other_peoples_cases(file: Path, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    names = [OMARS_NAME]
    counted = await erasure.person_erased(settings, HERE, OMAR, names, really=False)
    assert counted == erasure.Found(own=0, others=1)
    assert OMARS_NAME in dump(file)

    assert await erasure.person_erased(settings, HERE, OMAR, names, really=True) == counted

    everything = dump(file)
    assert OMARS_NAME not in everything
    assert f'"{OMAR}"' not in everything
    assert f"'{OMAR}'" not in everything
    assert "Marrow Bakeries" in everything  # the case is its owner's, and goes on
    assert await faults(file) == (1, ())
    store = SqlStore(file)
    filed = await store.case(HERE, CASE)
    await store.close()
    assert filed is not None
    assert filed.case.deliveries[0].release.text


async def test_whoever_could_read_a_case_once_is_taken_out_of_all_that_says_so(
    tmp_path: Path,
) -> None:
    migrate(tmp_path / "candor.db", at=AT)
    room = Room(SqlStore(tmp_path / "candor.db"))
    case = await sharing.invited(room)
    await sharing.by_ben(room, case, "look")
    await sharing.by_ben(room, case, "step_out")
    await room.store.close()
    assert "Ben Ode" in dump(tmp_path / "candor.db")
    await erasure.person_erased(settings_of(tmp_path), TENANT, sharing.BEN, (), really=True)
    left = dump(tmp_path / "candor.db")
    assert [w for w in ("Ben Ode", '"ben"', "'ben'") if w in left] == []


async def test_an_owner_who_is_erased_takes_their_cases_along(file: Path, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    found = await erasure.person_erased(settings, HERE, PM, ["Ida Moreau"], really=True)
    assert found == erasure.Found(own=1, others=0)
    everything = dump(file)
    assert [w for w in ("Ida Moreau", f'"{PM}"', f"'{PM}'", "Marrow") if w in everything] == []
    assert "order two" in everything
    assert await faults(file) == (1, ())


async def test_a_person_of_the_same_id_elsewhere_stays(file: Path, tmp_path: Path) -> None:
    before = dump(file)
    elsewhere = TenantId("elsewhere")
    found = await erasure.person_erased(
        settings_of(tmp_path), elsewhere, PM, ["Ida Moreau"], really=True
    )
    assert found == erasure.Found()
    assert dump(file) == before


async def test_retention_takes_what_has_ended_and_nothing_that_is_open(file: Path) -> None:
    store = SqlStore(file)
    filed = await store.case(HERE, CASE)
    assert filed is not None
    later = filed.case.touched_at + MORE
    keeping = Keeping(cases=timedelta(days=365))
    assert await tidy(store.upkeep, keeping, later) == 0
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE cases SET phase = 'closed'")
        database.commit()
    assert await tidy(store.upkeep, keeping, later - MORE) == 0
    assert await tidy(store.upkeep, Keeping(), later) == 0
    assert await tidy(store.upkeep, keeping, later) == 1
    assert await store.case(HERE, CASE) is None
    await store.close()
    assert await faults(file) == (1, ())


async def test_a_trimmed_log_keeps_the_record(file: Path) -> None:
    store = SqlStore(file)
    entries = await store.entries(HERE, CASE)
    linked = tuple(e for e in entries if e.chained)
    assert len(entries) > len(linked) > 0
    await tidy(store.upkeep, Keeping(log=timedelta(days=90)), entries[-1].at + MORE)
    assert await store.entries(HERE, CASE) == linked
    await store.close()
    assert await faults(file) == (1, ())


async def test_a_tenant_is_exported_whole_and_alone(file: Path, tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    content = (await exports.tenant_exported(settings, HERE)).decode()
    rows = [json.loads(line) for line in content.splitlines()]
    assert {"people", "cases", "log", "outbox", "lessons", "playbooks"} <= {
        row["table"] for row in rows
    }
    assert {row["tenant"] for row in rows} == {HERE}
    assert OMARS_NAME in content


async def copied(file: Path) -> None:
    """The case has a task, a row, a page and a meeting in other systems; a task and a meeting are gone,
    another meeting was never anywhere else, and of a third nobody knows.
    """
    store = SqlStore(file)
    copies = {
        "task:milestone/1": Copy("guid-1", "d"),
        "task:milestone/2": Copy("", "", made=1),
        "row": Copy("rec-1", "d"),
        "page:1": Copy("doc-1", "d", url="https://example.feishu.cn/docx/doc-1"),
    }
    async with store.turn(HERE) as turn:
        filed = await turn.case(CASE)
        assert filed is not None
        case = replace(
            filed.case,
            mirrored=Mirrored(copies),
            meetings={
                "call": Meeting("call", 1, 1, "booked", provider="zoom", ref="8812"),
                "follow_up": Meeting("follow_up", 2, 2, "cancelled", provider="zoom", ref="8813"),
                "retrospective": Meeting("retrospective", 3, 3, "booked", provider="ics", ref="k"),
                "customer_meeting": Meeting(
                    "customer_meeting", 4, 4, provider="teams", start=AT, minutes=30, unsure=True
                ),
            },
            revision=filed.case.revision + 1,
        )
        await turn.save(replace(filed, case=case), was=filed.case.revision)
    await store.close()


def test_what_stands_in_other_systems_is_named_before_it_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(told(tmp_path / "candor.db", times=1))
    asyncio.run(copied(tmp_path / "candor.db"))
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    candor = CliRunner()
    for command in (["erase-person", HERE, PM], ["erase-tenant", HERE, "--yes"]):
        said = candor.invoke(app, command).output
        assert "which Candor does not reach; delete it there:" in said
        assert f"  task guid-1 of case {CASE}\n" in said
        assert f"  row rec-1 of case {CASE}\n" in said
        assert "page doc-1" in said
        assert "https://example.feishu.cn/docx/doc-1" in said
        assert f"  meeting in zoom 8812 of case {CASE}\n" in said
        assert f"  perhaps a meeting in teams {AT:%Y-%m-%d %H:%M} UTC of case {CASE}\n" in said
        assert said.count("of case") == 5
    other = candor.invoke(app, ["erase-person", HERE, OMAR]).output
    assert "In other systems" not in other


def test_the_commands_only_count_until_they_are_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(told(tmp_path / "candor.db", times=1))
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    candor = CliRunner()
    person = candor.invoke(app, ["erase-person", HERE, OMAR])
    tenant = candor.invoke(app, ["erase-tenant", HERE])
    out = tmp_path / "all.jsonl"
    assert candor.invoke(app, ["export", "tenant", HERE, "--out", str(out)]).exit_code == 0
    assert "1 of others that name them. Add --yes" in person.output
    assert "Add --yes." in tenant.output
    assert out.read_text(encoding="utf-8").count("\n") > 10

    assert "Erased: " in candor.invoke(app, ["erase-tenant", HERE, "--yes"]).output

    assert f"'{HERE}'" not in dump(tmp_path / "candor.db")
    gone = candor.invoke(app, ["export", "tenant", HERE])
    assert (gone.exit_code, "there is nothing of a tenant" in gone.output) == (2, True)


def test_ids_in_keys_and_values_are_replaced_and_sent_words_stay() -> None:
    who = Somebody(PersonId("U1"), PersonId("erased-1"), ("Ann Lee",))
    body = json.dumps(
        {"U1": "U12", "by": "U1", "said": "Ask Ann Lee", "release": {"text": "Ann Lee"}}
    )
    assert json.loads(who.out_of(body)) == {
        "erased-1": "U12",
        "by": "erased-1",
        "said": "Ask …",
        "release": {"text": "Ann Lee"},
    }


async def test_a_name_with_signs_that_json_escapes_is_found_and_goes(file: Path) -> None:
    name = 'Ann "Bo" O\\Lee'
    store = SqlStore(file)
    async with store.turn(HERE) as turn:
        text = json.dumps({"text": f"deputy {name}"}, ensure_ascii=False)
        await turn.log(Entry(EventId("e"), "Wrote", AT, PM, text, case=CASE))
    who = Somebody(PersonId("U9"), PersonId("erased-9"), (name,))
    (line,) = await store.upkeep.speaking_of(HERE, who)
    await store.upkeep.take_out(line, who, event=EventId("x"), at=AT)
    said = [e.body for e in await store.entries(HERE, CASE) if e.event == "e"]
    await store.close()
    assert said == ['{"text": "deputy …"}']


async def test_a_tenant_that_keeps_longer_keeps_while_all_others_let_go(file: Path) -> None:
    store = SqlStore(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute("UPDATE cases SET phase = 'closed'")
        database.commit()
    filed = await store.case(HERE, CASE)
    assert filed is not None
    later = filed.case.touched_at + MORE
    short, long = Keeping(cases=timedelta(days=1), log=timedelta(days=1)), Keeping()
    elsewhere = TenantId("elsewhere")
    lines = len(await store.entries(HERE, CASE))
    assert await tidy(store.upkeep, short, later, own={HERE: long}) == 0
    assert await tidy(store.upkeep, long, later, own={elsewhere: short}) == 0
    assert len(await store.entries(HERE, CASE)) == lines
    assert await tidy(store.upkeep, long, later, own={elsewhere: long, HERE: short}) == 1
    await store.close()
    assert await faults(file) == (1, ())
