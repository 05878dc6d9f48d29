"""The soak by itself: `python -m tests.soak --seconds 600 --seed 8`; where it breaks, made smaller.

What goes wrong is written to a file first; beside it is left what the processes logged. `--log FILE` runs what stands in one again, and
`--shrink` leaves out of it, run by run, whatever it does not take to break.
"""

import argparse
import asyncio
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.postgres import Own
from tests.soak import plan as plans
from tests.soak.plan import Fault, Plan
from tests.soak.shrinking import smallest
from tests.soak.soak import ERRORS, Result, soak


def _once(plan: Plan, server: Own, out: Path) -> Result:
    with tempfile.TemporaryDirectory(prefix="candor-soak-") as folder:
        try:
            return asyncio.run(soak(plan, server, Path(folder)))
        finally:
            shutil.copy(Path(folder) / ERRORS, out.with_suffix(".errors"))


def _smaller(plan: Plan, server: Own, out: Path) -> None:
    def breaks(some: Sequence[Fault]) -> bool:
        found = _once(plan.but(some), server, out).broken
        _say(f"{len(some)} faults: {'breaks' if found else 'holds'}")
        if found:
            plans.write(out, plan.but(some))
        return bool(found)

    left = smallest(plan.faults, breaks)
    _say(f"it takes {len(left)} of {len(plan.faults)} faults; they stand in {out}")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _told(result: Result) -> None:
    for name, number in result.counts.items():
        _say(f"{number:8}  {name}")
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    _say(f"{sum(u.ru_utime + u.ru_stime for u in used):8.0f}  seconds of the processor")
    for sentence in result.broken:
        _say(f"BROKEN: {sentence}")


def main() -> int:
    """Run it, and say what came of it; 1 where something does not hold."""
    reader = argparse.ArgumentParser(prog="python -m tests.soak")
    reader.add_argument("--seconds", type=float, default=600)
    reader.add_argument("--seed", type=int, default=8)
    reader.add_argument("--log", type=Path, help="run what stands there")
    reader.add_argument("--out", type=Path, default=Path("var/soak.log"), help="where to write it")
    reader.add_argument("--shrink", action="store_true", help="leave out what it does not take")
    asked = reader.parse_args()
    plan = plans.read(asked.log) if asked.log else plans.drawn(asked.seed, asked.seconds)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    plans.write(asked.out, plan)
    _say(f"seed {plan.seed}, {plan.seconds:g} seconds, {len(plan.faults)} faults in {asked.out}")
    with closing(Own(f"soak-{os.getpid()}")) as server:
        result = _once(plan, server, asked.out)
        _told(result)
        if result.broken and asked.shrink:
            _smaller(plan, server, asked.out)
    return 1 if result.broken else 0


if __name__ == "__main__":
    raise SystemExit(main())
