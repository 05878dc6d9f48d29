"""The coaching files as a team edits them: what is wrong is told with file and remedy."""

import shutil
from pathlib import Path

import pytest

from bot.content.coaching import load_coaching
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
    ],
)
def test_frames_match_what_they_say(source: str, text: str, found: str) -> None:
    match = compiled(parse(source, "en", {}).pattern).search(text)
    assert match is not None
    assert match[0].strip() == found
