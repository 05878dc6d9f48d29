"""One detector over one text: what it raises, at which words, with which slots."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import NamedTuple

from bot.content.coaching import default_coaching
from bot.core.coaching.context import context_of
from bot.core.coaching.detectors.registry import Detector
from bot.core.coaching.detectors.subject import Subject, Task, prepare
from bot.core.coaching.frames import Span
from bot.core.coaching.rubric import Coaching, Place
from bot.core.words import Language

Known = Mapping[str, object]


class Found(NamedTuple):
    """A hit: its check, its words in the text, and the values of its slots in both languages."""

    check: str
    words: str
    slots: Mapping[str, object]


class Spelt(Coaching):
    """The coaching files; a list of words that they do not have is misspelt."""

    def vocabulary(self, name: str, language: Language) -> tuple[str, ...]:
        assert (name, language) in self.word_sets
        return super().vocabulary(name, language)


class SpeltSubject(Subject):
    """A subject; an entry that the coaching files do not have is misspelt."""

    def has(self, *entries: str) -> bool:
        assert set(entries) <= _entry_ids()
        return super().has(*entries)

    def among(self, number: int, *entries: str) -> bool:
        assert set(entries) <= _entry_ids()
        return super().among(number, *entries)

    def spans(self, *entries: str) -> tuple[Span, ...]:
        assert set(entries) <= _entry_ids()
        return super().spans(*entries)

    def pairs(self, first: str, second: str, reach: int) -> Iterator[Span]:
        assert {first, second} <= _entry_ids()
        return super().pairs(first, second, reach)


@cache
def _entry_ids() -> frozenset[str]:
    return frozenset(entry.id for entry in default_coaching().entries)


@cache
def _spelt() -> Spelt:
    known = default_coaching()
    return Spelt(**{one.name: getattr(known, one.name) for one in fields(known)})


def subject_of(
    text: str,
    place: Place,
    known: Known | None = None,
    *,
    language: Language = "en",
    channel: str | None = None,
) -> Subject:
    """A text made ready for a detector."""
    task = Task(text, place, language, context_of(known or {}), channel)
    subject = prepare(task, _spelt())
    return SpeltSubject(**{one.name: getattr(subject, one.name) for one in fields(subject)})


def hits(detector: Detector, subject: Subject) -> list[Found]:
    """All that one detector raises, of checks that the coaching files know."""
    found = list(detector(subject))
    assert {hit.check for hit in found} <= set(subject.coaching.check_of)
    return [Found(hit.check, subject.text[slice(*hit.span)], hit.slots) for hit in found]


def words(detector: Detector, subject: Subject) -> list[str]:
    """The words at which one detector raises its check."""
    return [found.words for found in hits(detector, subject)]


def language_of(text: str) -> Language:
    """Chinese where the text has a Chinese character."""
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
