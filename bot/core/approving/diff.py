"""What changed between two texts, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_MOST = 400  # sentences that are compared; of a longer text the first ones
_SENTENCE = re.compile(r"[^\n。！？.!?]+(?:[.!?](?=\S)[^\n。！？.!?]*)*[。！？.!?]*")


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence that went or came."""

    what: Literal["gone", "new"]
    text: str


def changes(before: str, now: str) -> tuple[Change, ...]:
    """The sentences that differ, in the order of the text; what moved counts as gone and new."""
    return tuple(_changes(_sentences(before), _sentences(now)))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (Change("gone", text) for text in old[a:b])
            yield from (Change("new", text) for text in new[c:d])


def _sentences(text: str) -> list[str]:
    found = (" ".join(m[0].split()) for m in _SENTENCE.finditer(text))
    return [s for s in found if s][:_MOST]
