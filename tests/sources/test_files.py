"""Plans in a folder: CSV, XLSX and Microsoft Project behind the one shape, and nothing outside of it."""

from datetime import date
from pathlib import Path

import pytest

from bot.core.tracking.facts import ProjectFacts
from bot.engine.outside import NotFound, Unreachable, Unreadable
from bot.sources.files import FolderTracker, facts_of
from tests.sources.fakes.vendor import START, Clock
from tests.sources.rigs import SHANGHAI
from tests.sources.samples import BOMB, xlsx

_TASK = "<Task><UID>{uid}</UID><Name>{name}</Name><OutlineLevel>2</OutlineLevel>{more}</Task>"
_STONE = "<Milestone>1</Milestone><Finish>2026-05-29T17:00:00</Finish>"


def plan(data: bytes, name: str = "plan.csv") -> ProjectFacts:
    return facts_of(name, data, at=START, today=date(2026, 5, 4))


def project(*tasks: tuple[str, str]) -> bytes:
    """A file of Microsoft Project with these tasks below one summary, and Ida for the first."""
    rows = "".join(_TASK.format(uid=n, name=a, more=b) for n, (a, b) in enumerate(tasks, start=2))
    people = "<Resources><Resource><UID>7</UID><Name>Ida</Name></Resource></Resources>"
    given = "<Assignment><TaskUID>2</TaskUID><ResourceUID>7</ResourceUID></Assignment>"
    return (
        '<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Tasks>'
        "<Task><UID>0</UID><Name>All</Name><Summary>1</Summary></Task>"
        f"<Task><UID>1</UID><Name>Rig</Name><Summary>1</Summary></Task>{rows}</Tasks>{people}"
        f"<Assignments>{given}</Assignments></Project>"
    ).encode()


def test_of_a_project_file_the_tasks_below_the_same_summary_are_counted() -> None:
    data = project(
        ("Rig stands", _STONE + "<PercentComplete>0</PercentComplete>"),
        ("Weld", "<PercentComplete>100</PercentComplete>"),
        ("Wire", "<PercentComplete>60</PercentComplete>"),
    )
    stone = next(m for m in plan(data, "plan.xml").milestones if m.kind == "milestone")
    assert (stone.name, stone.due) == ("Rig stands", date(2026, 5, 29))
    assert (stone.done, stone.total, stone.state) == (1, 2, "planned")
    assert stone.owner == "Ida"


def test_a_project_file_that_says_no_progress_is_not_counted() -> None:
    stone = plan(project(("Rig stands", _STONE), ("Weld", "")), "plan.xml").milestones[0]
    assert (stone.done, stone.total, stone.basis, stone.state) == (None, None, "none", "unknown")


def test_an_empty_task_of_a_project_file_is_none() -> None:
    data = project(("", "<IsNull>1</IsNull>" + _STONE), ("Rig stands", _STONE))
    assert [m.name for m in plan(data, "plan.xml").milestones] == ["Rig stands"]


def test_a_spreadsheet_is_read_like_a_csv() -> None:
    rows = [
        ["Milestone", "Due", "Done", "Total", "Status", "Link"],
        ["Frame", "2026-04-30", "5", "5", "done", "https://plans.example/1"],
        ["Rig stands", "2026-05-29", "1", "4", "in progress", "javascript:alert(1)"],
    ]
    found = [m for m in plan(xlsx(*rows), "plan.xlsx").milestones if m.kind == "milestone"]
    assert [(m.done, m.total, m.state) for m in found] == [(5, 5, "done"), (1, 4, "active")]
    assert [m.url for m in found] == ["https://plans.example/1", None]


def test_a_day_with_two_readings_is_named_with_its_line_and_not_guessed() -> None:
    facts = plan(b"name,due\nFrame,2026-05-20\nRig stands,01/02/2026\n")
    assert [m.due for m in facts.milestones] == [date(2026, 5, 20), None]
    assert [n.en for n in facts.notes] == ["Line 3: “01/02/2026” can be read in more than one way"]


@pytest.mark.parametrize(
    ("counts", "whole"),
    [("5,6\n", True), ("5,\n", False), ("x,6\n", False), ("7,6\n", False), ("-1,6\n", False)],
)
def test_a_plan_is_counted_as_a_whole_only_where_each_row_is(counts: str, whole: bool) -> None:
    facts = plan(f"name,due,done,total\nFrame,2026-05-20,1,2\nRig,2026-05-21,{counts}".encode())
    assert (facts.whole is not None) is whole
    if facts.whole is not None:
        assert (facts.whole.done, facts.whole.total) == (6, 8)


def test_of_more_rows_than_are_read_the_rest_is_said_and_nothing_is_added_up() -> None:
    rows = "".join(f"Stop {n},2026-06-01,1,2\n" for n in range(250))
    facts = plan(f"name,due,done,total\n{rows}".encode())
    assert facts.truncated
    assert facts.whole is None
    assert facts.notes[-1].zh == "另有50行没有读"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\xd0\xcf\x11\xe0 old", BOMB])
def test_what_is_no_plan_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable):
        plan(data)


async def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    inside = tmp_path / "plans"
    inside.mkdir()
    (tmp_path / "secret.csv").write_text("name,due\nA,2026-05-20\n")
    (inside / "plan.csv").write_text("name,due\nA,2026-05-20\n")
    tracker = FolderTracker(inside, Clock().now, SHANGHAI)
    for ref in ("../secret.csv", str(tmp_path / "secret.csv"), "plans/../../secret.csv", "."):
        with pytest.raises(NotFound):
            await tracker.facts(ref)
    assert [p.ref for p in (await tracker.projects()).projects] == ["plan.csv"]


async def test_a_folder_that_is_not_there_is_out_of_reach(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        await FolderTracker(tmp_path / "gone", Clock().now, SHANGHAI).projects()
