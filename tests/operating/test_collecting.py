"""While the house is served, Python looks seldom for what nobody needs any more."""

import gc
from collections.abc import Iterator

import pytest

from bot.operating.memory import YOUNG, lasting


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """How this process looks for garbage is the same afterwards."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_lasts_is_left_out_of_later_looks() -> None:
    with lasting():
        assert not gc.isenabled()
        made: list[list[object]] = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() > len(made)


def test_looks_are_rarer_from_then_on_and_a_circle_is_still_found() -> None:
    with lasting():
        pass
    assert gc.get_threshold()[0] == YOUNG
    circle: list[object] = []
    circle.append(circle)
    del circle
    assert gc.collect() > 0


def test_a_start_that_fails_leaves_the_looks_on() -> None:
    with pytest.raises(RuntimeError), lasting():
        raise RuntimeError
    assert gc.isenabled()
