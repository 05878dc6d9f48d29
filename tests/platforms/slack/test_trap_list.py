"""The list of traps in the documentation names tests that exist."""

import re
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parents[2] / "docs" / "reference" / "slack-traps.md"


def test_each_trap_has_a_test_and_each_named_test_exists() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 40
    for row in rows:
        named = re.findall(r"`(test_\w+)::(test_\w+)`", row.rpartition(" | ")[2])
        assert named, row
        for file, test in named:
            text = (HERE / f"{file}.py").read_text("utf-8")
            assert f"def {test}(" in text, f"{file}::{test}"
