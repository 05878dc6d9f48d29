"""The record of what was delivered: written out, read again, and held against its chain."""

import asyncio
import json
import sqlite3
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from typer.testing import CliRunner

from bot.cli import app
from bot.engine.keeping.record import deliveries, fault
from bot.papers import record as papers
from bot.store.sql import SqlStore
from bot.store.sqlite.migrate import migrate
from tests.approval.scene import AT, CASE, HERE, OMAR, Scene, heavy, plain


async def told(file: Path, *, times: int = 2) -> Scene:
    """A case on a database that told its customer, and corrected itself."""
    migrate(file, at=AT)
    scene = await Scene(heavy(), store=SqlStore(file)).begin()
    for number in range(times):
        await scene.choose("approval_ask")
        await scene.choose("approve", by=OMAR)
        await scene.choose("send")
        await scene.later(seconds=60)
        if number + 1 < times:
            await scene.choose("correct")
            await scene.click("make_ready")
    await scene.store.close()
    return scene


def broken(file: Path, change: str) -> None:
    """Change the log behind everybody's back, as somebody with the file could."""
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TRIGGER log_no_update")
        connection.execute("DROP TRIGGER log_no_delete")
        connection.execute(change)
    connection.close()


@pytest.fixture
def candor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("CANDOR_DATA", str(tmp_path))
    return CliRunner()


async def test_what_was_delivered_can_be_written_out_and_read_again(tmp_path: Path) -> None:
    scene = await told(tmp_path / "candor.db")
    case, entries = await scene.now(), await scene.store.entries(HERE, CASE)
    lines = [json.loads(x) for x in papers.json_lines(entries).decode().splitlines()]
    linked = [x for x in lines if "link" in x]
    assert [x["body"]["release"]["text"] for x in linked] == [
        d.release.text for d in case.deliveries
    ]
    shown = papers.markdown(case, entries).decode()
    assert "# Marrow Bakeries · Hall 4" in shown
    assert "- Agreed as Delivery director: Omar Haddad" in shown
    assert "## Delivery 2, corrects 1" in shown
    opened = Document(BytesIO(papers.document(case, entries)))
    cells = [c.text for t in opened.tables for row in t.rows for c in row.cells]
    text = "\n".join([*(p.text for p in opened.paragraphs), *cells])
    assert "Fri 19 Jun 2026, the new bread line" in text
    assert "a fitter on site" in text.lower()
    assert case.deliveries[0].digest in text
    assert deliveries(entries) == case.deliveries
    await scene.store.close()


async def test_the_record_is_in_the_language_of_its_owner(tmp_path: Path) -> None:
    scene = await told(tmp_path / "candor.db", times=1)
    case = replace(await scene.now(), language="zh")
    entries = await scene.store.entries(HERE, CASE)
    shown = papers.markdown(case, entries).decode()
    assert "## 第1次发送" in shown
    assert "- 交付总监批准：Omar Haddad" in shown
    assert "## 目前有效的承诺" in shown
    assert "I have bad news" in shown  # the text as it left
    await scene.store.close()


async def test_an_untouched_record_holds(tmp_path: Path) -> None:
    scene = await told(tmp_path / "candor.db")
    assert fault(await scene.now(), await scene.store.entries(HERE, CASE)) == ""
    await scene.store.close()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE log SET body = replace(body, '19 June', '18 June') WHERE link IS NOT NULL",
            "link 1 of the record",
        ),
        (
            "UPDATE log SET at = '2026-05-17 09:00:00.000000' WHERE seq = "
            "(SELECT max(seq) FROM log WHERE link IS NOT NULL)",
            "link 2 of the record",
        ),
        (
            "DELETE FROM log WHERE seq = (SELECT min(seq) FROM log WHERE link IS NOT NULL)",
            "link 1 of the record",
        ),
        (
            "DELETE FROM log WHERE seq = (SELECT max(seq) FROM log WHERE link IS NOT NULL)",
            "delivery 2 is missing",
        ),
    ],
)
async def test_the_first_thing_that_was_changed_is_named(
    tmp_path: Path, change: str, said: str
) -> None:
    file = tmp_path / "candor.db"
    scene = await told(file)
    broken(file, change)
    found = fault(await scene.now(), await scene.store.entries(HERE, CASE))
    assert said in found
    await scene.store.close()


async def test_cases_have_chains_of_their_own(tmp_path: Path) -> None:
    scene = await told(tmp_path / "candor.db", times=1)
    links = [e.link for e in await scene.store.entries(HERE, CASE) if e.chained]
    memory = await Scene(plain()).begin()
    await memory.choose("send")
    await memory.later(seconds=60)
    others = [e.link for e in await memory.store.entries(HERE, CASE) if e.chained]
    assert len(links) == len(others) == 1
    assert links != others
    await scene.store.close()


def test_the_commands_write_out_and_verify(candor: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "candor.db"
    asyncio.run(told(file))
    out = tmp_path / "record.md"
    done = candor.invoke(app, ["export", "case", CASE, "--format", "md", "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "## Delivery 1" in out.read_text("utf-8")
    assert "The records of 1 cases hold." in candor.invoke(app, ["verify"]).output
    broken(file, "UPDATE log SET body = '{}' WHERE link IS NOT NULL")
    failed = candor.invoke(app, ["verify"])
    assert failed.exit_code == 1
    assert "link 1 of the record" in failed.output


def test_a_case_that_is_not_there_is_named(candor: CliRunner) -> None:
    done = candor.invoke(app, ["export", "case", "nobody"])
    assert done.exit_code == 2
    assert "there is no case nobody" in done.output
