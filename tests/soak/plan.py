"""What goes wrong in a soak, and when: drawn beforehand from a seed, kept as lines of a log."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import Literal, get_args

Kind = Literal[
    "slack_fault",  # the next call that posts or changes something there goes wrong
    "lark_fault",
    "slack_storm",  # for a while every call is turned away
    "lark_storm",
    "kill_server",  # -9; another one takes its place
    "kill_worker",
    "cut",  # a session of the database
    "restart",  # the database itself, in peace or as if it had crashed
    "twice",  # the next delivery to a server is made again, to another one
    "reorder",  # events are kept back for a moment, and come the last first
]
OFTEN: dict[Kind, float] = {  # seconds between two of a kind, on the average
    "slack_fault": 1.5,
    "lark_fault": 3.0,
    "slack_storm": 40.0,
    "lark_storm": 40.0,
    "kill_server": 25.0,
    "kill_worker": 25.0,
    "cut": 6.0,
    "restart": 60.0,
    "twice": 1.0,
    "reorder": 9.0,
}
_TURNED_AWAY = ("limited", "status")
WAYS: dict[Kind, tuple[str, ...]] = {
    "slack_fault": (*_TURNED_AWAY, "cut_before", "cut_after", "hang_before", "hang_after"),
    "lark_fault": (*_TURNED_AWAY, "cut_before", "cut_after", "hang"),
    "slack_storm": _TURNED_AWAY,
    "lark_storm": _TURNED_AWAY,
    "restart": ("fast", "immediate"),
}
MOST = 1 / 4  # of the time may pass before the first of each kind


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, so many seconds after the beginning."""

    at: float
    kind: Kind
    way: str = ""
    number: int = 0  # picks a process, a session or a call


@dataclass(frozen=True, slots=True)
class Plan:
    """What a soak is made from."""

    seed: int
    seconds: float
    faults: Sequence[Fault]

    def but(self, faults: Sequence[Fault]) -> "Plan":
        """The same with other faults."""
        return replace(self, faults=tuple(faults))


def drawn(seed: int, seconds: float) -> Plan:
    """What goes wrong in that time, in order; the same for the same seed. Each kind comes at least
    once.
    """
    found: list[Fault] = []
    for kind in get_args(Kind):
        chance = Random(f"{seed}/{kind}")
        at = min(chance.expovariate(1 / OFTEN[kind]), seconds * MOST)
        while at < seconds:
            way = chance.choice(WAYS[kind]) if kind in WAYS else ""
            found.append(Fault(round(at, 3), kind, way, chance.randrange(1 << 16)))
            at += chance.expovariate(1 / OFTEN[kind])
    return Plan(seed, seconds, tuple(sorted(found, key=lambda fault: (fault.at, fault.kind))))


def write(file: Path, plan: Plan) -> None:
    """One line each, after one with what it is drawn from."""
    lines = [{"seed": plan.seed, "seconds": plan.seconds}, *map(asdict, plan.faults)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))


def read(file: Path) -> Plan:
    """What was written."""
    first, *rest = map(json.loads, file.read_text().splitlines())
    return Plan(first["seed"], first["seconds"], tuple(Fault(**line) for line in rest))
