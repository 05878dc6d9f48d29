"""The figure of a toy: what its table sees is killed, what nobody tests survives."""

import subprocess
import sys
from pathlib import Path

TOY = """
def late(days: int) -> bool:
    return days > 2


def early(days: int) -> bool:
    return days < 2
"""
TABLE = """
import pytest

from toy import late


@pytest.mark.parametrize(("days", "is_late"), [(2, False), (3, True)])
def test_more_than_two_days_are_late(days: int, is_late: bool) -> None:
    assert late(days) is is_late
"""
HOUSE = Path(__file__).parents[1]


def measured(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """What `make mutants` tells."""
    command = [sys.executable, "-m", "tests.mutants", *arguments]
    return subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=100)


def test_changed_bound_is_noticed_by_a_table_and_by_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "toy.py").write_text(TOY)
    (tmp_path / "test_toy.py").write_text(TABLE)
    told = measured(str(tmp_path / "toy.py")).stdout.splitlines()
    assert told[-1] == "toy: 4 mutants, 4 run, 2 killed (50 %)"
    changed = [line.strip() for line in told if line.startswith("+")]
    assert changed == ["+    return days <= 2", "+    return days < 3"]


def test_table_that_fails_by_itself_gives_no_figure(tmp_path: Path) -> None:
    (tmp_path / "toy.py").write_text(TOY)
    (tmp_path / "test_toy.py").write_text(TABLE.replace("is is_late", "is not is_late"))
    done = measured(str(tmp_path / "toy.py"))
    assert done.returncode == 1
    assert done.stderr == "toy: its tests fail before anything is changed\n"


def test_module_without_a_table_is_named() -> None:
    assert "give it test_nobody.py" in measured("nobody").stderr
