"""The coach never holds back a draft for the house's own sentences, in any written conversation."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.coaching import default_coaching
from bot.content.rehearsals import default_customers
from bot.core.case import Case
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.events import CoachSpoke
from bot.core.dialogue import notes
from bot.core.dialogue.scalars import local_day
from bot.core.playbook import Playbook
from bot.core.stamp import Stamp
from bot.core.words import EventId
from bot.script import play
from bot.script.performance import seated
from tests.coaching.learning.house import shown_drafts
from tests.delivery_cases import PLAYBOOK

FILES = sorted((Path(__file__).parents[1] / "transcripts").rglob("*.yaml"))
COACHING = default_coaching()


def coached(playbook: Playbook, case: Case) -> Iterator[CoachSpoke]:
    """What the coach says of each channel's draft, for the reader that the answers name."""
    stamp = Stamp(EventId("draft"), case.touched_at, case.owner)
    today = local_day(case, case.touched_at)
    for shown, asked in shown_drafts(case, playbook):
        said = notes.answer(playbook, shown, asked, COACHING, stamp=stamp, today=today)
        if isinstance(said, CoachSpoke):
            yield said


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_draft_of_a_written_conversation_is_held_back(file: Path) -> None:
    transcript = play.load(file)
    player = seated(transcript, PLAYBOOK, COACHING, default_customers())
    for number, line in enumerate(transcript.script.lines):
        player.do(number, line)
    cases = list(player.table.cases.values())
    said = [s for case in cases for s in coached(PLAYBOOK, case)]
    held = [
        (s.about, n.check, n.phrase)
        for s in said
        for n in s.coached.notes
        if n.severity == "blocker"
    ]
    assert cases
    assert held == []


@pytest.mark.parametrize("day", ["1 December", "30 November"])
def test_the_next_word_may_come_on_a_day_of_the_delivery(day: str) -> None:
    facts = {
        "today": "2026-11-27", "original_date": "2026-12-01", "new_date": "2026-12-04",
        "next_update": "2026-12-01 or 2026-11-30",
    }  # fmt: skip
    text = f"The new date is 4 December, not 1 December. Next word from me: {day}."
    read = review(Task(text, "draft", "en", context_of(facts)), COACHING)
    assert "followup.no_cadence" not in {f.check for f in read.findings}
