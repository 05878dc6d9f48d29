"""What goes wrong is drawn from a seed, kept in a file, and made smaller."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pytest

from tests.soak import plan as plans
from tests.soak.plan import Fault, Kind
from tests.soak.shrinking import smallest


def test_the_same_seed_draws_the_same() -> None:
    assert plans.drawn(8, 60) == plans.drawn(8, 60)
    assert plans.drawn(8, 60).faults != plans.drawn(9, 60).faults


@pytest.mark.parametrize("seed", range(20))
def test_every_kind_comes_in_time_and_in_order(seed: int) -> None:
    faults = plans.drawn(seed, 30).faults
    assert {fault.kind for fault in faults} == set(get_args(Kind))
    assert all(0 <= fault.at < 30 for fault in faults)
    assert [f.at for f in faults] == sorted(f.at for f in faults)


def test_a_log_is_read_as_it_was_written(tmp_path: Path) -> None:
    plan = plans.drawn(3, 20)
    plans.write(tmp_path / "soak.log", plan)
    assert plans.read(tmp_path / "soak.log") == plan


def test_what_it_takes_is_found_among_many() -> None:
    faults = plans.drawn(8, 60).faults
    needed = (faults[3], faults[40], faults[-1])

    def breaks(some: Sequence[Fault]) -> bool:
        return set(needed) <= set(some)

    assert smallest(faults, breaks) == needed
