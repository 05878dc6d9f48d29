"""Texts that the judge has not learnt from reach the coach's aims.

`batch11_*.jsonl`, 28 November 2026: 619 labelled texts by three hands. What they read when they were met for the
first time is in docs/reference/coach-figures.md; the detectors were mended since by what was raised in vain. They
stand apart from `tests/coaching`, so that `make judge` never learns from them.
"""

import json
from pathlib import Path

import pytest

from bot.coach.lines import score
from bot.core.words import Language

HERE = Path(__file__).parent


@pytest.mark.parametrize("language", ["en", "zh"])
def test_unlearnt_texts_reach_the_aims(language: Language) -> None:
    lines = (HERE / f"batch11_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    read = score([json.loads(line) for line in lines]).whole
    assert read.micro.f1 >= 0.85
    assert read.false_alarm_share <= 0.05
    assert read.blockers.recall >= 0.90
