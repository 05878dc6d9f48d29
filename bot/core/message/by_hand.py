"""A text beside the assembled draft, sentence by sentence: what is said otherwise, more, or no more.

It reads words alone. Dates, numbers, names and promises are the ledger's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.message.composing import Draft, Line
from bot.core.words import FieldId

_SENTENCE = re.compile(r"[^\n。！？.!?]+(?:[.!?](?!\s|$)[^\n。！？.!?]*)*[。！？.!?]?")
_WORD = re.compile(r"[a-z0-9à-ÿ'%-]+|[\u4e00-\u9fff]")
_ALIKE = 0.4  # share of common words from which a sentence is another wording of a line
_COMPARED = 200  # sentences of an edit that are compared


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence changed by hand, its place, and the line of the draft that it stands for."""

    text: str
    span: tuple[int, int]
    line: Line

    @property
    def answers(self) -> tuple[FieldId, ...]:
        """The answers to compare it with."""
        return self.line.answers


@dataclass(frozen=True, slots=True)
class Own:
    """A sentence that stands for none of the draft's, and its place."""

    text: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that the draft says and the text does not, and the answers it is made of."""

    text: str
    answers: tuple[FieldId, ...]


@dataclass(frozen=True, slots=True)
class ByHand:
    """How a text differs from the draft, in the order of each."""

    reworded: tuple[Reworded, ...] = ()
    own: tuple[Own, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """One sentence of a text with its words; of a draft, with its line."""

    text: str
    start: int
    words: tuple[str, ...]
    bag: frozenset[str]
    line: Line | None = None

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.start + len(self.text)


def by_hand(text: str, draft: Draft) -> ByHand:
    """How the sentences of `text` differ from the draft's; nothing where they are the same."""
    if text == draft.text:
        return ByHand()
    lines = list(_of_lines(draft))
    kept = {p.words for p in lines}
    mine = list(_pieces(text))
    stand = {p.words for p in mine}
    changed = [p for p in mine if p.words not in kept][:_COMPARED]
    reworded: list[Reworded] = []
    own: list[Own] = []
    for piece in changed:
        found = _likest(piece, lines)
        if found is None:
            own.append(Own(piece.text, piece.span))
        elif found.answers:
            reworded.append(Reworded(piece.text, piece.span, found))
    left_out = tuple(
        LeftOut(p.text, p.line.answers)
        for p in lines
        if p.words not in stand and p.line and p.line.answers and _likest_of(p, changed) < _ALIKE
    )
    return ByHand(tuple(reworded), tuple(own), left_out)


def _of_lines(draft: Draft) -> Iterator[_Piece]:
    """The draft's sentences, each with the line that it belongs to."""
    for piece in _pieces(draft.text):
        start, end = piece.span
        line = max(
            draft.sentences,
            key=lambda x: min(end, x.span[1]) - max(start, x.span[0]),
            default=None,
        )
        yield replace(piece, line=line)


def _pieces(text: str) -> Iterator[_Piece]:
    for found in _SENTENCE.finditer(text):
        words = tuple(_WORD.findall(found[0].lower().replace("’", "'")))
        if words:
            said = found[0].strip()
            yield _Piece(said, found.start() + found[0].index(said), words, frozenset(words))


def _likest(piece: _Piece, lines: Sequence[_Piece]) -> Line | None:
    """The line that a sentence is another wording of."""
    best = max(lines, key=lambda p: _alike(piece, p), default=None)
    return best.line if best is not None and _alike(piece, best) >= _ALIKE else None


def _likest_of(line: _Piece, pieces: Sequence[_Piece]) -> float:
    return max((_alike(line, p) for p in pieces), default=0.0)


def _alike(one: _Piece, other: _Piece) -> float:
    return len(one.bag & other.bag) / len(one.bag | other.bag)
