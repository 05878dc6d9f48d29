"""What a row, a title and a button are called, so that none is taken for another."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.cards.blocks import Editor, Facts
from bot.core.cards.follow_desk import followups
from bot.core.cards.step_card import progress
from bot.core.cards.told_blocks import told_blocks
from bot.core.words import LANGUAGES, CaseId, Language, StepId
from tests.core.followed import Followed

TODAY = date(2026, 5, 19)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_of_one_day_are_not_called_alike(language: Language) -> None:
    one = Followed(language).tell()
    other = Followed(language, changed={"project": "Quay 5", "customer": "Elm"}).tell().case
    both = [(one.playbook, case) for case in (one.case, replace(other, id=CaseId("c9")))]
    card = followups(both, today=TODAY)
    rows = [r for b in card.blocks if isinstance(b, Facts) for r in b.rows if r.action]
    assert len({r.value.to(language) for r in rows}) < len(rows)  # several come on one day
    assert len({r.label.to(language) for r in rows}) == len(rows)


@pytest.mark.parametrize(
    ("step", "title"),
    [("watch", "Dates to watch · Hall 4"), ("update", "Update for the customer · Hall 4")],
)
def test_a_step_outside_of_the_walk_names_its_project(step: str, title: str) -> None:
    told = Followed().tell()
    heading = progress(told.playbook, told.playbook.by_id[StepId(step)], told.case)
    assert heading.text.en == title


def test_a_step_of_the_walk_says_its_place_and_no_project() -> None:
    told = Followed().tell()
    heading = progress(told.playbook, told.playbook.steps[0], told.case)
    assert "Hall 4" not in heading.text.en
    assert heading.step == 1


def test_the_buttons_on_how_it_went_begin_with_a_capital() -> None:
    told = Followed().tell()
    assert told.case.outgoing is not None
    (editor,) = [b for b in told_blocks(told.case, told.case.outgoing) if isinstance(b, Editor)]
    labels = [b.label.en for b in editor.beside]
    assert labels[0] == "Accepted it"
    assert [x for x in labels if not x[0].isupper()] == []
