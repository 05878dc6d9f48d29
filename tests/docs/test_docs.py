"""Documentation that cannot rot: pages made from the code, links that lead somewhere."""

import re
from pathlib import Path

import pytest

from tests.docs import checks
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


def test_every_test_and_conversation_of_the_page_of_sendings_is_there() -> None:
    page = (checks.ROOT / "docs" / "reference" / "sending-scenarios.md").read_text("utf-8")
    tests = checks.ROOT / "tests"
    code = "\n".join(f.read_text(encoding="utf-8") for f in tests.rglob("test_*.py"))
    written = {f.stem for f in (tests / "transcripts" / "sending").glob("*.yaml")}
    named = set(re.findall(r"`(\w+)`", page))
    assert {n for n in named if n.startswith("test_")} <= set(re.findall(r"def (test_\w+)", code))
    assert {n for n in named if not n.startswith("test_")} == written
