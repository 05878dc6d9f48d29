"""The loader of the customers to practise with."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from bot.content.documents import BadFile
from bot.content.playbooks import home
from bot.content.rehearsals import check, default_customers, load_personas
from bot.core.rehearsal.persona import SLOTS
from bot.core.rehearsal.replies import Cue, Wants


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the folder, to be spoiled."""
    return Path(shutil.copytree(home() / "rehearsal", tmp_path / "playbooks" / "rehearsal"))


def refusals(folder: Path) -> tuple[str, ...]:
    with pytest.raises(BadFile) as caught:
        load_personas(folder)
    return caught.value.problems


def swap(path: Path, old: str, new: str) -> int:
    """Put `new` for the first `old`; the line it stands on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_customers_that_come_with_candor_have_no_problem() -> None:
    assert list(load_personas(home() / "rehearsal")) == [
        "angry", "boss_copied_in", "legalistic", "silent",
    ]  # fmt: skip


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (problem,) = refusals(tmp_path)
    assert "there is no persona here" in problem


def test_an_unknown_fact_is_named_with_its_question_and_line(folder: Path) -> None:
    swap(folder / "angry.yaml", "You write {new_date}.", "You write {new_day}.")
    line = swap(folder / "angry.yaml", "- id: which_day", "- id: which_day ")
    (problem,) = refusals(folder)
    assert problem.startswith(f"playbooks/rehearsal/angry.yaml:{line}: ask which_day: lines:")
    assert "there is no fact new_day; use one of customer, project" in problem


def test_a_fault_of_the_whole_is_named_at_the_top(folder: Path) -> None:
    swap(folder / "silent.yaml", "{new_date}, then.", "{nonsense}, then.")
    (problem,) = refusals(folder)
    assert problem.startswith("playbooks/rehearsal/silent.yaml:2: persona silent: opening:")


def test_the_id_must_be_the_name_of_the_file(folder: Path) -> None:
    (folder / "angry.yaml").rename(folder / "furious.yaml")
    (problem,) = refusals(folder)
    assert problem == (
        "playbooks/rehearsal/furious.yaml:2: id is angry; it must be the file's name"
    )


def test_every_bad_file_is_named_in_one_go(folder: Path) -> None:
    swap(folder / "angry.yaml", "place: first", "place: somewhere")
    swap(folder / "silent.yaml", 'zh: "嗯，看到了。"', "")
    found = refusals(folder)
    assert [problem.split(":")[0].rsplit("/", 1)[1] for problem in found] == [
        "angry.yaml", "silent.yaml",
    ]  # fmt: skip


def test_the_howto_names_everything_that_can_be_wanted_used_and_heard() -> None:
    page = Path(__file__).parents[1] / "docs" / "howto" / "write-a-customer.md"
    text = page.read_text(encoding="utf-8")
    for word in (*get_args(Wants), *get_args(Cue), *SLOTS):
        assert f"`{word}`" in text


def test_the_customer_of_the_howto_is_read(tmp_path: Path) -> None:
    page = Path(__file__).parents[1] / "docs" / "howto" / "write-a-customer.md"
    sample = page.read_text(encoding="utf-8").partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "hurried.yaml").write_text(sample, encoding="utf-8")
    found = refusals(tmp_path)
    assert all("persona hurried: " in problem for problem in found)
    assert any("needs 5 questions" in problem for problem in found)


def test_the_customers_are_checked_beside_the_playbooks(folder: Path) -> None:
    assert check() == ()
    assert check(folder.parent) == ()
    swap(folder / "angry.yaml", "place: first", "place: middle")
    (problem,) = check(folder.parent)
    assert "no question has place first" in problem


def test_a_folder_of_playbooks_may_do_without_customers(tmp_path: Path) -> None:
    assert check(tmp_path) == ()


def test_the_customers_that_come_along_are_found() -> None:
    assert default_customers() == load_personas(home() / "rehearsal")
