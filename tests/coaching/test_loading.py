"""The coaching files as a team edits them: what is wrong is told with file and remedy."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.coaching import check, load_coaching
from bot.content.documents import BadFile
from bot.content.playbooks import home
from bot.core.coaching.frames import BadFrame, compiled, parse


def test_unknown_check_and_missing_example_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "coaching"
    shutil.copytree(home() / "coaching", folder)
    (folder / "entries" / "ours.yaml").write_text(
        'entries:\n  - id: ours\n    check: "tone.rude"\n    en:\n      frames:\n        - "you fool"\n'
        '      fires:\n        - "You fool."\n      quiet:\n        - "Hello."\n',
        encoding="utf-8",
    )
    with pytest.raises(BadFile) as caught:
        load_coaching(folder)
    assert "there is no check tone.rude" in str(caught.value)
    assert "needs two examples that fire" in str(caught.value)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("(we|i", "stays open"),
        ("{nobody} late", "no word list"),
        ("# ~", "no fixed word"),
        ("we ) late", "stands alone"),
        ("我们的?人", "question mark follows a bracket"),
    ],
)
def test_frame_that_cannot_be_used_is_refused(source: str, why: str) -> None:
    with pytest.raises(BadFrame, match=why):
        parse(source, "en", {})


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("promise*", "we promised it", "promised"),
        ("we (will|shall) (not)? call", "we shall call", "we shall call"),
        ("let ~ down", "they let all of us down", "let all of us down"),
        ("# days late", "three days late", "three days late"),
        ("< soon", "well, soon", "soon"),
        ("VIP room", "the vip room", "vip room"),
        ("（甲｜乙）方", "由乙方定", "乙方"),
    ],
)
def test_frames_match_what_they_say(source: str, text: str, found: str) -> None:
    match = compiled(parse(source, "en", {}).pattern).search(text)
    assert match is not None
    assert match[0].strip() == found


@pytest.fixture
def ours(tmp_path: Path) -> Callable[[str, str], tuple[str, ...]]:
    """What `candor check` says of checks and word lists that come along, with one more file."""
    shutil.copytree(home() / "coaching", tmp_path / "coaching", ignore=lambda *_: ["entries"])
    (tmp_path / "coaching" / "entries").mkdir()

    def checked(part: str, text: str) -> tuple[str, ...]:
        (tmp_path / "coaching" / part / "ours.yaml").write_text(text, encoding="utf-8")
        return check(tmp_path)

    return checked


OURS = """entries:
  - id: ours
    check: "{check}"
    en:
      frames:
        - "dear fellow"
        - "{frame}"
      fires:
        - "Now, dear fellow."
        - "{fires}"
      quiet:
        - "{quiet}"
"""
FINE = {
    "check": "tone.defensive", "frame": "my good (man|lady)", "fires": "Well, my good man.",
    "quiet": "Good man.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "line", "why"),
    [
        ({}, 0, ""),
        ({"frame": "my good (man"}, 7, "'my good (man': a bracket stays open; close it"),
        ({"frame": "my {good_man}"}, 7, "there is no word list 'good_man'; write one"),
        ({"check": "tone.rude"}, 3, "entry ours: there is no check tone.rude; correct its id"),
        ({"fires": "Well, my man."}, 10, "no frame is found in its example 'Well, my man.'"),
        ({"quiet": "My good lady."}, 12, "it is found in 'My good lady.', which should stay quiet"),
    ],
)  # fmt: skip
def test_slip_in_an_entry_is_one_sentence_with_file_and_line(
    ours: Callable[[str, str], tuple[str, ...]], wrong: dict[str, str], line: int, why: str
) -> None:
    problems = ours("entries", OURS.format_map({**FINE, **wrong}))
    assert len(problems) == (1 if line else 0)
    for problem in problems:
        assert f"/coaching/entries/ours.yaml:{line}: " in problem
        assert why in problem


def test_slip_in_a_word_list_is_told_at_the_word(
    ours: Callable[[str, str], tuple[str, ...]],
) -> None:
    text = 'words:\n  - id: good_man\n    en:\n      - "good man"\n      - "good (lady"\n'
    assert ours("words", text) == ()
    problems = ours("entries", OURS.format_map({**FINE, "frame": "my {good_man}"}))
    assert [p[p.index("coaching/") :] for p in problems] == [
        "coaching/words/ours.yaml:5: 'good (lady': a bracket stays open; close it"
    ]


def test_id_that_stands_twice_is_told_at_the_second(
    ours: Callable[[str, str], tuple[str, ...]],
) -> None:
    text = OURS.format_map(FINE)
    (problem,) = ours("entries", text + text.removeprefix("entries:\n"))
    assert problem.endswith(":13: entry ours stands twice; keep one of them")


def test_playbooks_without_rules_of_their_own_are_in_order(tmp_path: Path) -> None:
    assert check(tmp_path) == ()
