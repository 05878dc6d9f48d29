"""Long texts in several inputs of at most 1,000 characters, and together again as they were."""

import re
from collections.abc import Iterator, Mapping

LARGEST = 1000  # characters of an input (feishu-cards, input, max_length)
ROOM = 900  # of them that are filled, so that each part can grow
_CUT = re.compile(r"\n+")


def split(text: str, name: str) -> tuple[tuple[str, str], ...]:
    """The inputs for a text: their names and what stands in each, in order; at least one.

    A name says where its part stands and how many line ends follow it, so that nothing hangs on
    whether a client keeps blanks at the end of an input.
    """
    return tuple(
        (f"{name}~{number}~{ends}", part) for number, (part, ends) in enumerate(_parts(text))
    )


def together(given: Mapping[str, str], name: str) -> str:
    """The text again, from what came back."""
    found: list[tuple[int, int, str]] = []
    for key, part in given.items():
        base, number, ends = [*key.rsplit("~", 2), "", ""][:3]
        if base == name and number.isdecimal() and ends.isdecimal():
            found.append((int(number), min(int(ends), 9), part))
    return "".join(part + "\n" * ends for _, ends, part in sorted(found))


def _parts(text: str) -> Iterator[tuple[str, int]]:
    left = text
    while len(left) > ROOM:
        breaks = [m for m in _CUT.finditer(left, 1, ROOM) if m.end() - m.start() <= 9]
        if breaks:
            yield left[: breaks[-1].start()], breaks[-1].end() - breaks[-1].start()
            left = left[breaks[-1].end() :]
        else:
            at = _between_words(left)
            yield left[:at], 0
            left = left[at:]
    yield left, 0


def _between_words(text: str) -> int:
    """A place to cut that has no blank on either side: within a word, if it must be."""
    for at in range(ROOM, ROOM // 2, -1):
        if not text[at - 1].isspace() and not text[at].isspace():
            return at
    return ROOM
