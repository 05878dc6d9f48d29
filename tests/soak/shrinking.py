"""Of the faults under which something broke, those that it takes."""

from collections.abc import Callable, Sequence

from tests.soak.plan import Fault

Breaks = Callable[[Sequence[Fault]], bool]


def smallest(faults: Sequence[Fault], breaks: Breaks) -> tuple[Fault, ...]:
    """A part of them under which it still breaks, and from which no piece can be left out.

    Zeller's ddmin: pieces are left out, then smaller ones. Processes differ from run to run, so
    that a part which breaks seldom may be taken for one that does not.
    """
    left, pieces = tuple(faults), 2
    while len(left) > 1:
        size = -(-len(left) // pieces)
        for first in range(0, len(left), size):
            rest = left[:first] + left[first + size :]
            if breaks(rest):
                left, pieces = rest, max(pieces - 1, 2)
                break
        else:
            if size == 1:
                break
            pieces = min(pieces * 2, len(left))
    return left
