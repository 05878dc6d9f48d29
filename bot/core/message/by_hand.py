"""A hand edit beside its assembled draft, sentence by sentence: what was written otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.message.draft import Draft
from bot.core.words import FieldId

_SENTENCE = re.compile(r"[^\n。！？.!?]+(?:[.!?](?!\s|$)[^\n。！？.!?]*)*[。！？.!?]?")
_WORD = re.compile(r"[a-z0-9à-ÿ'%-]+|[\u4e00-\u9fff]")
_ALIKE = 0.4  # share of common words from which a sentence is another wording of a line
_COMPARED = 200  # sentences of an edit that are compared


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence changed by hand, its place, and the answers to compare it with."""

    text: str
    span: tuple[int, int]
    answers: tuple[FieldId, ...]


def reworded_by_hand(text: str, draft: Draft) -> tuple[Reworded, ...]:
    """The sentences of `text` whose words differ from the draft's line that they stand for."""
    if text == draft.text:
        return ()
    return tuple(_reworded(text, draft))


def _reworded(text: str, draft: Draft) -> Iterator[Reworded]:
    kept = {words for piece in _SENTENCE.findall(draft.text) if (words := _words(piece))}
    lines = [
        (frozenset(words), line.answers)
        for line in draft.sentences
        if line.answers
        for piece in _SENTENCE.findall(line.text)
        if (words := _words(piece))
    ]
    compared = 0
    for found in _SENTENCE.finditer(text):
        words = _words(found[0])
        if not words or words in kept or compared == _COMPARED:
            continue
        compared += 1
        own = frozenset(words)
        alike = [(len(own & line) / len(own | line), answers) for line, answers in lines]
        likest, answers = max(alike, key=lambda pair: pair[0], default=(0.0, ()))
        if likest >= _ALIKE:
            said = found[0].strip()
            start = found.start() + found[0].index(said)
            yield Reworded(said, (start, start + len(said)), answers)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower().replace("’", "'")))
