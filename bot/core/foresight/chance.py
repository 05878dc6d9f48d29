"""Numbers drawn by chance from a seed, so that a case that is played again says the same.

Where chance is wanted, a function takes `draw`: any callable that gives floats in [0, 1).
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from math import cos, exp, log, pi, sqrt
from typing import TypeVar

Draw = Callable[[], float]
Item = TypeVar("Item")

_WORD = (1 << 64) - 1


def draws(seed: str | int) -> Draw:
    """A source of floats in [0, 1) that gives the same ones for the same seed on every machine.

    SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): eight lines, one word of state, good enough
    statistics for simulations, and unlike the standard library's it never changes with a release.
    Not for secrets.
    """
    state = int.from_bytes(blake2b(str(seed).encode(), digest_size=8).digest(), "big")

    def draw() -> float:
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) & _WORD
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _WORD
        return ((z ^ (z >> 31)) >> 11) * 2.0**-53

    return draw


def pick(items: Sequence[Item], draw: Draw) -> Item:
    """One of the items, each as likely. Raises IndexError when there is none."""
    return items[int(draw() * len(items))]


def normal(draw: Draw) -> float:
    """A draw from the normal distribution with mean 0 and deviation 1 (Box and Muller 1958)."""
    return sqrt(-2.0 * log(1.0 - draw())) * cos(2.0 * pi * draw())


def gamma(shape: float, draw: Draw) -> float:
    """A draw from the gamma distribution with scale 1; `shape` is above 0.

    Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 2000.
    """
    if shape < 1.0:
        return gamma(shape + 1.0, draw) * exp(log(1.0 - draw()) / shape)
    d = shape - 1.0 / 3.0
    c = 1.0 / sqrt(9.0 * d)
    while True:
        x = normal(draw)
        root = 1.0 + c * x
        if root <= 0.0:
            continue
        v, u, square = root * root * root, 1.0 - draw(), x * x
        # The first test is a quick one that nearly always decides.
        if u < 1.0 - 0.0331 * square * square or log(u) < 0.5 * square + d * (1.0 - v + log(v)):
            return d * v
