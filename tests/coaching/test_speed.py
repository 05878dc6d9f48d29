"""No frame is slow on any text: adversarial strings, and length that grows tenfold."""

import time

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import Context, context_of
from bot.core.coaching.frames import compiled
from bot.core.coaching.rubric import Tried

_LONG = 100_000  # characters
_LIMIT = 1.0  # seconds of processor time for one pattern; the usual is a few milliseconds


def _patterns() -> list[Tried]:
    by_pattern = {t.frame.pattern: t for many in default_coaching().index.values() for t in many}
    return list(by_pattern.values())


def _hostile(one: Tried) -> str:
    """A string made to let a pattern begin everywhere and end nowhere: two seeds, half each."""
    words = [w.rstrip("*") for w in sorted(one.frame.keys)[:3]]
    seeds = (" ".join(words) + " ", words[0] + " not ")
    half = _LONG // 2
    return "".join((seed * (half // len(seed) + 1))[:half] for seed in seeds)


@pytest.mark.slow
def test_every_pattern_stays_fast_on_hostile_strings() -> None:
    slow = []
    for one in _patterns():
        pattern, text = compiled(one.frame.pattern), _hostile(one)
        begun = time.process_time()
        sum(1 for _ in pattern.finditer(text))
        if time.process_time() - begun > _LIMIT:
            slow.append(one.frame.source)
    assert slow == []


@pytest.mark.parametrize(
    "seed", ["we cannot guarantee, ", "保证不会再晚，", "((((", "1 of 2 of ", "> > >", "“"]
)
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long(seed: str) -> None:
    def cost(length: int) -> float:
        task = Task((seed * length)[:length], "draft", "en", Context(), "email")
        begun = time.process_time()
        review(task, default_coaching())
        return time.process_time() - begun

    cost(2_000)
    short, long = min(cost(4_000) for _ in range(3)), min(cost(40_000) for _ in range(2))
    assert long < 40 * short + 0.2


def test_numbers_and_days_in_one_long_sentence_cost_as_their_length() -> None:
    facts = {"today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-06-12", "cause": "9 pumps broke", "date_basis": "from 11 May two a day"}  # fmt: skip

    def cost(length: int) -> float:
        text = ("from 11 May 8 days " * length)[:length]
        task = Task(text, "draft", "en", context_of(facts), "email")
        begun = time.process_time()
        review(task, default_coaching())
        return time.process_time() - begun

    cost(2_000)
    short, long = min(cost(4_000) for _ in range(3)), min(cost(40_000) for _ in range(2))
    assert long < 40 * short + 0.2
