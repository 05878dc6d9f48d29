"""The coach's note on the last step stood whole on its recap and whole once more below the draft."""

from dataclasses import replace
from datetime import date

import pytest

from bot.content.coaching import default_coaching
from bot.core.case import Case, Variant
from bot.core.dialogue.notes import kept_name, on_draft, on_step
from bot.core.words import StepId
from tests.delivery_cases import PLAYBOOK, full

DAY = date(2026, 5, 18)
STEP = StepId("follow_up")
TOO_SPARSE = "followup.too_sparse"
DRAFT = Variant("email", "day_to_day", "zh")


@pytest.fixture(scope="module")
def heard() -> Case:
    """A case whose last step has a note on words that the draft says, too."""
    case = full("zh", cadence="fortnightly")
    said = on_step(PLAYBOOK, case, STEP, default_coaching(), today=DAY)
    return replace(case, coached={STEP: said})


def again(case: Case) -> list[bool]:
    """Each note on the draft about the rhythm: whether it is a word on what was heard before."""
    notes = on_draft(PLAYBOOK, case, DRAFT, default_coaching(), today=DAY).notes
    return [n.again for n in notes if n.check == TOO_SPARSE]


def test_below_the_draft_it_is_a_word_on_what_was_heard(heard: Case) -> None:
    assert again(heard) == [True]


def test_a_note_that_was_heard_nowhere_else_is_whole(heard: Case) -> None:
    assert again(replace(heard, coached={})) == [False]


def test_what_was_kept_at_its_step_is_not_asked_again(heard: Case) -> None:
    (note,) = [n for n in heard.coached[STEP].notes if n.check == TOO_SPARSE]
    assert again(replace(heard, kept={kept_name(STEP, note): ""})) == []
