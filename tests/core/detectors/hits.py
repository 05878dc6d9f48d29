"""One detector over one text: what it raises, at which words, with which slots."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.content.coaching import default_coaching
from bot.core.coaching.context import context_of
from bot.core.coaching.detectors.registry import Detector
from bot.core.coaching.detectors.subject import Subject, Task, prepare
from bot.core.coaching.rubric import Place
from bot.core.words import Language

Known = Mapping[str, object]


class Found(NamedTuple):
    """A hit: its check, its words in the text, and the values of its slots in both languages."""

    check: str
    words: str
    slots: Mapping[str, object]


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
    return prepare(task, default_coaching())


def hits(detector: Detector, subject: Subject) -> list[Found]:
    """All that one detector raises."""
    return [
        Found(hit.check, subject.text[slice(*hit.span)], hit.slots) for hit in detector(subject)
    ]


def words(detector: Detector, subject: Subject) -> list[str]:
    """The words at which one detector raises its check."""
    return [found.words for found in hits(detector, subject)]


def language_of(text: str) -> Language:
    """Chinese where the text has a Chinese character."""
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en"
