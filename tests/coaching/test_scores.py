"""How well the coach does on labelled texts, with the floors that it may not fall below."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.coach.lines import score
from bot.coach.score import Count, Part, kappa
from bot.core.words import Language


def labelled(name: str) -> Sequence[Mapping[str, object]]:
    """The items of one file: the sample, or our own texts, written before the detectors."""
    path = Path(__file__).parent / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_sample_is_judged_as_the_rubric_asks(language: Language) -> None:
    part = score(labelled("sample")).languages[language]
    assert part.micro.f1 >= 0.92
    assert part.false_alarm_share <= 0.03
    assert part.blockers.recall >= 0.95
    assert part.kappa is not None
    assert part.kappa >= 0.85


_OWN = ("tuning_en", "tuning_zh", "unseen_en", "unseen_zh")
_OTHERS = tuple(
    f"samples/{part}_{language}"
    for part in ("more", "batch1", "batch2", "batch3", "batch4", "tuning")
    for language in ("en", "zh")
)


@pytest.mark.parametrize("name", _OWN)
def test_own_texts_stay_above_the_aim_for_unseen_ones(name: str) -> None:
    whole: Part = score(labelled(name)).whole
    assert whole.micro.f1 >= 0.85
    assert whole.false_alarm_share <= 0.05
    assert whole.blockers.recall >= 0.90


@pytest.mark.slow
@pytest.mark.parametrize("name", _OTHERS)
def test_texts_of_other_hands_that_were_learned_from_are_not_forgotten(name: str) -> None:
    """No measure of unseen texts: docs/reference/coach-figures.md has those, taken on first contact."""
    whole: Part = score(labelled(name)).whole
    assert whole.micro.f1 >= 0.94
    assert whole.false_alarm_share <= 0.05
    assert whole.blockers.recall >= 0.88


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
def test_fair_texts_that_were_raised_in_vain_once_stay_spared(language: Language) -> None:
    """Batch 5 was learned from for its alarms in vain; what it holds of sayings was not chased."""
    whole: Part = score(labelled(f"samples/batch5_{language}")).whole
    assert whole.false_alarm_share <= 0.01
    assert whole.micro.f1 >= 0.90
    assert whole.blockers.recall >= 0.90


def test_what_may_be_raised_counts_neither_way() -> None:
    text = "They can only wait."
    item = {"lang": "en", "kind": "answer", "step": "contingency", "text": text, "flags": []}
    strict, lenient = score([item]), score([{**item, "may": ["contingency.too_few"]}])
    assert strict.whole.micro == Count(0, 1, 0)
    assert lenient.whole.micro == Count(0, 0, 0)


def test_missed_and_hit_checks_give_precision_and_recall() -> None:
    item = {
        "lang": "en",
        "kind": "answer",
        "step": "contingency",
        "text": "They can only wait.",
        "flags": ["contingency.too_few", "tone.defensive"],
    }
    report = score([item])
    assert (report.whole.micro.precision, report.whole.micro.recall) == (1.0, 0.5)
    assert report.checks["tone.defensive"].f1 == 0.0
    assert "tone.defensive" in report.differences[0]
    assert any(line.startswith("en: 1 items") for line in report.lines())


def test_kappa_is_one_for_agreement_and_falls_with_the_square_of_the_distance() -> None:
    assert kappa([]) is None
    assert kappa([("A", "A"), ("D", "D")]) == 1.0
    near, far = kappa([("A", "B"), ("D", "D")]), kappa([("A", "D"), ("D", "D")])
    assert near is not None
    assert far is not None
    assert near > far


def test_labels_name_known_checks_only() -> None:
    from bot.content.coaching import default_coaching

    known = set(default_coaching().check_of)
    for name in ("sample", *_OWN, *_OTHERS):
        for item in labelled(name):
            flags = item["flags"]
            assert isinstance(flags, list)
            assert set(flags) <= known, json.dumps(item, ensure_ascii=False)
