"""Drafts beside facts that each tell more, less or no more than was answered: learnt from, not unseen.

`learnt_en.jsonl` and `learnt_zh.jsonl`: 175 drafts of one hand, 28 November 2026, of twenty trades; two of
five hold something that nobody gave, one in five leaves an answer out, the others only look so. They stand
apart from `tests/coaching`, from which the judge learns. Their other half was never opened:
docs/reference/coach-figures.md has its figures.
"""

import json
from pathlib import Path

import pytest

from bot.coach.lines import score
from bot.core.words import Language

HERE = Path(__file__).parent
UNSUPPORTED, MISSING = "draft.unsupported_fact", "draft.missing_fact"


@pytest.mark.parametrize(
    ("language", "check", "found", "in_vain"),
    [("en", UNSUPPORTED, 28, 0), ("en", MISSING, 19, 1), ("zh", UNSUPPORTED, 21, 1), ("zh", MISSING, 10, 1)],
)  # fmt: skip
def test_what_was_learnt_of_facts_is_not_forgotten(
    language: Language, check: str, found: int, in_vain: int
) -> None:
    lines = (HERE / f"learnt_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    count = score([json.loads(line) for line in lines]).checks[check]
    assert count.hit >= found
    assert count.alarm <= in_vain


@pytest.mark.parametrize(("language", "found", "in_vain"), [("en", 23, 13), ("zh", 19, 8)])
def test_drafts_that_tell_the_facts_freely_are_raised_no_more_often(
    language: Language, found: int, in_vain: int
) -> None:
    """`free_en.jsonl` and `free_zh.jsonl`: 280 drafts of two hands, two thirds sound, which round, add up, count down and
    write in other units what was answered. Half of each was learnt from.
    """
    lines = (HERE / f"free_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    count = score([json.loads(line) for line in lines]).checks[UNSUPPORTED]
    assert count.hit >= found
    assert count.alarm <= in_vain
