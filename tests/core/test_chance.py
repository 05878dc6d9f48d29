"""Draws from a seed."""

from collections.abc import Callable
from statistics import fmean, pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.foresight.chance import Draw, draws, gamma, normal, pick

MANY = 20_000


def sample(one: Callable[[Draw], float], seed: str = "sample") -> list[float]:
    draw = draws(seed)
    return [one(draw) for _ in range(MANY)]


@given(st.one_of(st.text(), st.integers()))
def test_one_seed_gives_one_sequence(seed: str | int) -> None:
    one, other = draws(seed), draws(seed)
    drawn = [one() for _ in range(20)]
    assert drawn == [other() for _ in range(20)]
    assert all(0.0 <= x < 1.0 for x in drawn)


def test_a_sequence_is_the_same_on_every_machine() -> None:
    draw = draws("Tram depot")
    assert [round(draw(), 12) for _ in range(3)] == [0.035650431358, 0.99118755856, 0.217937056559]


def test_draws_are_even() -> None:
    drawn = sample(lambda draw: draw())
    assert fmean(drawn) == pytest.approx(0.5, abs=0.01)
    assert pvariance(drawn) == pytest.approx(1 / 12, abs=0.002)


def test_normal_draws_have_mean_0_and_deviation_1() -> None:
    drawn = sample(normal)
    assert fmean(drawn) == pytest.approx(0.0, abs=0.03)
    assert pvariance(drawn) == pytest.approx(1.0, abs=0.04)


@pytest.mark.parametrize("shape", [0.3, 1.0, 2.5, 40.0])
def test_gamma_draws_have_their_mean_and_variance(shape: float) -> None:
    drawn = sample(lambda draw: gamma(shape, draw), seed=f"gamma {shape}")
    assert min(drawn) > 0
    assert fmean(drawn) == pytest.approx(shape, rel=0.04)
    assert pvariance(drawn) == pytest.approx(shape, rel=0.08)


def test_each_item_is_picked_as_often() -> None:
    draw = draws("pick")
    picked = [pick("abc", draw) for _ in range(3000)]
    assert all(900 < picked.count(item) < 1100 for item in "abc")
