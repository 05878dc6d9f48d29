"""Buckets that fill evenly: for each name, how many more may come now."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

REMEMBERED = 20_000  # buckets; the ones used longest ago are full again anyway


@dataclass(slots=True)
class Buckets:
    """For each name, how many more may come now. `a_minute` fill one; 0 lets everything through."""

    a_minute: int
    time: Callable[[], float] = monotonic
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, name: str) -> bool:
        """One more of this name; False when its bucket is empty."""
        if not self.a_minute:
            return True
        now = self.time()
        left, at = self._left.pop(name, (float(self.a_minute), now))
        left = min(float(self.a_minute), left + (now - at) * self.a_minute / 60)
        is_there = left >= 1
        self._left[name] = (left - 1 if is_there else left, now)
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return is_there


@dataclass(slots=True)
class Limits:
    """The buckets of a process."""

    person: Buckets
    tenant: Buckets
    told: Buckets  # once a minute that somebody is above theirs

    @classmethod
    def of(cls, person: int, tenant: int, *, time: Callable[[], float] = monotonic) -> "Limits":
        """So many inbounds a minute."""
        return cls(Buckets(person, time), Buckets(tenant, time), Buckets(1, time))
