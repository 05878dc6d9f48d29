"""The loader: what it reads, what it refuses, and the sentence it says then."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.content import documents
from bot.content import playbooks as content
from bot.content.documents import BadFile
from bot.content.playbooks import PlaybookFile, RemediesFile
from bot.core.playbook import Step

HOME = content.home()
DEFAULT = HOME / "delivery_delay"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the default playbook, to be spoiled."""
    return Path(shutil.copytree(DEFAULT, tmp_path / "playbooks" / "delivery_delay"))


def refusals(call: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(BadFile) as caught:
        call()
    return caught.value.problems


def parsed(text: str) -> tuple[str, ...]:
    return refusals(lambda: documents.parse(text, "a.yaml"))


def swap(path: Path, old: str, new: str) -> int:
    """Put `new` for the first `old`; the line it stands on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_playbooks_that_come_with_candor_have_no_problem() -> None:
    assert content.check() == ()
    assert list(content.load_all()) == ["delivery_delay"]


def test_a_further_folder_may_be_given(folder: Path) -> None:
    assert content.load_all(folder.parent)["delivery_delay"] == content.load(DEFAULT)


def test_an_installed_package_finds_its_own_playbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "__file__", str(tmp_path / "bot" / "content" / "playbooks.py"))
    assert content.home() == tmp_path / "playbooks"
    (tmp_path / "bot" / "playbooks").mkdir(parents=True)
    assert content.home() == tmp_path / "bot" / "playbooks"


def test_a_folder_without_playbooks_says_so(tmp_path: Path) -> None:
    (problem,) = content.check(tmp_path)
    assert "there is no playbook here" in problem


def test_a_start_without_the_try_outs_reads_the_same_playbook() -> None:
    assert content.load(DEFAULT, thorough=False) == content.load(DEFAULT)


def test_steps_come_in_the_order_of_the_playbook_file() -> None:
    told = yaml.safe_load((DEFAULT / "playbook.yaml").read_text(encoding="utf-8"))["steps"]
    assert [s.id for s in content.load(DEFAULT).steps] == told


def test_a_kept_playbook_comes_back_as_it_was() -> None:
    playbook = content.load(DEFAULT)
    assert content.from_json(content.to_json(playbook)) == playbook


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": "x"}', "null", "[" * 5000])
def test_a_kept_text_that_is_no_playbook_is_refused(text: str) -> None:
    (problem,) = refusals(lambda: content.from_json(text))
    assert "restore it from a backup" in problem


def test_the_digest_names_the_words_and_not_their_layout(folder: Path) -> None:
    before = content.load(folder).digest
    path = folder / "steps" / "effort.yaml"
    path.write_text("# a remark\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert content.load(folder).digest == before
    swap(path, "Already under way", "Under way already")
    assert content.load(folder).digest != before


def test_the_schema_file_is_fresh() -> None:
    kept = (HOME / "schema.json").read_text(encoding="utf-8")
    fresh = json.dumps(content.schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert kept == fresh, "write playbooks/schema.json anew from content.schema()"


def test_a_misspelt_key_is_named_with_its_place_and_a_suggestion(folder: Path) -> None:
    line = swap(folder / "steps" / "cause.yaml", "    placeholder:", "    placeholdr:")
    assert content.check(folder.parent) == (
        f"playbooks/delivery_delay/steps/cause.yaml:{line}: "
        "there is no key placeholdr here; did you mean placeholder",
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    kind: choice", "    kind: chioce", "kind must be 'text', 'long_text'"),
        ('    zh: "最早的苗头"', "    zh: ''", "write the missing one"),
        ("      zh: ", "      fr: ", "there is no key fr here"),
        ('      en: "Project"', "      en: 7", "en must be text; put it in quotes"),
        ("    internal: true", "    internal: maybe", "internal must be true or false"),
        (
            "    kind: text\n",
            "    kind: text\n    minimum: few\n",
            "minimum: input should be a valid",
        ),
        ("fields:\n  - id: project", "fields:\n  id: project\n  x:\n  - id: project", "a list"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_its_remedy(
    folder: Path, old: str, new: str, said: str
) -> None:
    swap(folder / "steps" / "start.yaml", old, new)
    problems = content.check(folder.parent)
    assert any(said in p for p in problems), problems
    assert all(p.startswith("playbooks/delivery_delay/steps/start.yaml:") for p in problems)


def test_a_text_in_one_language_only_is_refused(folder: Path) -> None:
    line = swap(folder / "steps" / "effort.yaml", '  zh: "正在做的"\n', "") - 2
    (problem,) = content.check(folder.parent)
    assert problem == f"playbooks/delivery_delay/steps/effort.yaml:{line}: zh is missing; add it"


def test_a_cross_reference_is_told_where_it_stands(folder: Path) -> None:
    path = folder / "steps" / "plan.yaml"
    swap(path, "not_before: original_date", "not_before: first_date")
    (problem,) = content.check(folder.parent)
    line = path.read_text(encoding="utf-8").splitlines().index("  - id: new_date") + 1
    assert problem == (
        f"playbooks/delivery_delay/steps/plan.yaml:{line}: "
        "field new_date: there is no field named first_date"
    )


def test_a_template_that_reaches_for_attributes_is_told_where_it_stands(folder: Path) -> None:
    swap(folder / "draft" / "reasons.yaml", "{{ done | clause }}", "{{ done.__class__ }}")
    (problem,) = content.check(folder.parent)
    assert problem.startswith("playbooks/delivery_delay/draft/reasons.yaml:")
    assert "sentence status_done (en): it reaches for the attribute __class__" in problem


def test_a_step_without_a_file_is_told_at_its_line(folder: Path) -> None:
    (folder / "steps" / "effort.yaml").unlink()
    (problem,) = content.check(folder.parent)
    place, said = problem.split(": ", 1)
    assert place.startswith("playbooks/delivery_delay/playbook.yaml:")
    assert said == "there is no steps/effort.yaml; write it or take effort out of steps"


def test_a_file_without_a_step_is_told(folder: Path) -> None:
    (folder / "steps" / "old.yaml").write_text("id: old\n", encoding="utf-8")
    assert content.check(folder.parent) == (
        "playbooks/delivery_delay/steps/old.yaml:1: "
        "old is not a step of playbook.yaml; add it or move the file",
    )


@pytest.mark.parametrize(
    ("name", "old", "said"),
    [
        ("playbook.yaml", "id: delivery_delay", "it must be the folder's name"),
        ("steps/effort.yaml", "id: effort", "it must be the file's name"),
    ],
)
def test_an_id_follows_its_file(folder: Path, name: str, old: str, said: str) -> None:
    swap(folder / name, old, "id: other")
    assert any(said in p for p in content.check(folder.parent))


def test_all_problems_are_told_at_once(folder: Path) -> None:
    swap(folder / "steps" / "cause.yaml", "kind: choice", "kind: pick")
    swap(folder / "remedies.yaml", "kind: none", "kind: nothing")
    assert len(content.check(folder.parent)) == 2


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "remedies.yaml").unlink()
    (problem,) = content.check(folder.parent)
    assert problem.startswith("playbooks/delivery_delay/remedies.yaml:1: cannot be read")


def test_a_broken_head_is_told_and_nothing_more(folder: Path) -> None:
    line = swap(folder / "playbook.yaml", "steps:", "stepz:")
    assert content.check(folder.parent) == (
        "playbooks/delivery_delay/playbook.yaml:2: steps is missing; add it",
        f"playbooks/delivery_delay/playbook.yaml:{line}: "
        "there is no key stepz here; did you mean steps",
    )


BOMB = "a: &a [x]\n" + "".join(f"{c}: &{c} [*a, *a, *a, *a, *a, *a]\n" for c in "bcdefghij")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "a.yaml:1: an anchor (&) is not allowed; write the words out"),
        ("a: *b\n", "a.yaml:1: an alias (*) is not allowed; write the words out"),
        ("a: 1\nb: !!python/name:os.system ''\n", "a.yaml:2: a tag (tag:yaml.org,2002:python/na"),
        ("a: 1\nb: !Ref c\n", "a.yaml:2: a tag (!Ref) is not allowed; take it out"),
        ("- !!set {a}\n", "a.yaml:1: a tag (tag:yaml.org,2002:set) is not allowed"),
        ("a: 1\nb: 2\na: 3\n", "a.yaml:3: a stands twice; keep one of them"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2: a second document begins; keep one document in a file"),
        ("[" * 2000, "a.yaml:1: is nested deeper than 20 levels; flatten it"),
        ("- x\n" * 20_001, "a.yaml:20000: holds more than 20,000 values; split the file"),
        ("? [a]\n: b\n", "a.yaml:1: a key must be one word; write it without brackets"),
        ("a: [1\nb: 2\n", "a.yaml:2: is not YAML"),
        ("a: 'x\n", "is not YAML"),
        ("a: \x07\n", "a.yaml:1: holds a character that YAML forbids; remove it"),
    ],
)
def test_what_is_more_than_data_is_refused_in_one_sentence(text: str, said: str) -> None:
    (problem,) = parsed(text)
    assert said in problem
    assert problem.count("\n") == 0


def test_a_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: " + "x" * documents.LARGEST, encoding="utf-8")
    assert refusals(lambda: documents.read(path, "a.yaml")) == (
        "a.yaml:1: is larger than 256 KiB; split it",
    )


def test_a_file_that_is_not_utf_8_is_refused_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("a: 1\nb: 延期\n".encode("gb18030"))
    assert refusals(lambda: documents.read(path, "a.yaml")) == (
        "a.yaml:2: is not UTF-8; save it as UTF-8",
    )


def test_right_to_left_marks_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffa: '\u202eabc\u200f'\n".encode())
    assert documents.read(path, "a.yaml").data == {"a": "\u202eabc\u200f"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("no", "no"), ("on", "on"), ("2026-06-01", "2026-06-01"), ("0x10", "0x10"), ("'7'", "7"),
        ("7", 7), ("-2", -2), ("true", True), ("null", None), ("~", None), ("1.50", "1.50"),
    ],
)  # fmt: skip
def test_an_unquoted_word_means_what_it_says(word: str, meant: object) -> None:
    assert documents.parse(f"a: {word}\n", "a.yaml").data == {"a": meant}


@pytest.mark.parametrize("text", ["", "# nothing\n", "7\n", "- a\n", "id: [a]\n"])
@pytest.mark.parametrize("kind", [Step, RemediesFile, PlaybookFile])
def test_a_file_of_another_shape_is_refused(text: str, kind: type[Any]) -> None:
    document = documents.parse(text, "a.yaml")
    problems = refusals(lambda: documents.validate(document, kind))
    assert all(p.startswith("a.yaml:1: ") for p in problems)


def test_the_slow_reader_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = content.load(DEFAULT, thorough=False)
    monkeypatch.setattr(documents, "_LOADER", yaml.SafeLoader)
    assert content.load(DEFAULT, thorough=False) == quick
