"""Documentation that cannot rot: pages made from the code, links that lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs import audit, checks
from tests.docs.reference import PAGES


def test_documents_and_locks_are_in_order() -> None:
    assert list(checks.problems()) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_a_page_says_something(name: str) -> None:
    rows = [line for line in PAGES[name]().splitlines() if line.startswith("| `")]
    assert rows
    assert all(cell.strip() for row in rows for cell in row.strip("|").split("|")[-1:])


def test_a_broken_link_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "ROOT", tmp_path)
    (tmp_path / "README.md").write_text("[x](nowhere.md)", encoding="utf-8")
    assert any("leads nowhere" in p for p in checks.problems())


@pytest.mark.parametrize(
    ("lock", "problem"),
    [
        ("jinja2==3.1.5 \\\n    --hash=sha256:ab\n", "known to be bad"),
        ("jinja2==3.1.6\n", "has no hash"),
        ("jinja2>=3\n", "is not pinned"),
        ("jinja2 @ https://host/x \\\n    --hash=sha256:ab\n", "may name no address"),
        ("# nothing\n", "needs hashes"),
    ],
)
def test_a_lock_that_is_off_is_found(tmp_path: Path, lock: str, problem: str) -> None:
    kept = (checks.ROOT / "requirements" / audit.LIST).read_text(encoding="utf-8")
    (tmp_path / audit.LIST).write_text(kept, encoding="utf-8")
    (tmp_path / "run.txt").write_text(lock, encoding="utf-8")
    assert any(problem in said for said in audit.problems(tmp_path))


@pytest.mark.parametrize("page", ["attacks.md", "faults.md"])
def test_every_row_names_tests_that_are_there(page: str) -> None:
    text = (checks.ROOT / "docs" / "reference" / page).read_text(encoding="utf-8")
    tests = (checks.ROOT / "tests").rglob("test_*.py")
    there = set(re.findall(r"def (test_\w+)", "\n".join(f.read_text("utf-8") for f in tests)))
    rows = re.findall(r"^\| ([AF]\d+) \|(.*)$", text, re.MULTILINE)
    assert len(rows) == {"attacks.md": 15, "faults.md": 14}[page]
    for number, row in rows:
        named = set(re.findall(r"`(test_\w+)`", row))
        assert named <= there, f"{number}: {named - there}"
        assert named or "open:" in row


@pytest.mark.parametrize("name", ["sending", "following"])
def test_every_test_and_conversation_of_a_page_of_scenarios_is_there(name: str) -> None:
    page = (checks.ROOT / "docs" / "reference" / f"{name}-scenarios.md").read_text("utf-8")
    tests = checks.ROOT / "tests"
    code = "\n".join(f.read_text(encoding="utf-8") for f in tests.rglob("test_*.py"))
    written = {f.stem for f in (tests / "transcripts" / name).glob("*.yaml")}
    named = set(re.findall(r"`(\w+)`", page))
    assert {n for n in named if n.startswith("test_")} <= set(re.findall(r"def (test_\w+)", code))
    assert {n for n in named if not n.startswith("test_")} == written


def test_each_line_on_what_follows_the_telling_names_a_test_or_says_what_is_open() -> None:
    page = (checks.ROOT / "docs" / "reference" / "following-scenarios.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d+)\.(\d+) \| [^|]+ \| ([^|]+) \|$", page, re.MULTILINE)
    lines = {point: [int(n) for p, n, _ in rows if int(p) == point] for point in range(1, 12)}
    assert all(found == list(range(1, len(found) + 1)) and found for found in lines.values())
    assert [row for row in rows if not re.search(r"`test_\w+`|open:", row[2])] == []
