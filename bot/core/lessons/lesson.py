"""A lesson: what to do when, what shows it, until when it holds. Without names; a value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.core.words import CaseId, Language

SHOWN = 2  # at the question where they matter
_SHORTEST = 2  # letters of a name that is taken out
_TERM = re.compile(r"[^\W_]+")
_PLAIN = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "before",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "is",
        "it",
        "no",
        "not",
        "of",
        "on",
        "or",
        "our",
        "so",
        "that",
        "the",
        "their",
        "them",
        "they",
        "this",
        "to",
        "too",
        "was",
        "we",
        "were",
        "when",
        "which",
        "will",
        "with",
        "you",
        "your",
    ]
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])\+?\d(?:[ ()/-]?\d){8,14}(?!\w)")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson of a tenant. It is shown as long as `until` has not come."""

    id: str
    language: Language  # in which it was written
    trigger: str
    advice: str
    evidence: str = ""
    outcome: str = ""  # how that case ended, made from its days
    category: str = ""  # the kind of cause
    until: date | None = None
    case: CaseId | None = None  # from which it came; shown to nobody
    helpful: int = 0
    unhelpful: int = 0

    @property
    def words(self) -> str:
        """What it is found by."""
        return "\n".join(p for p in (self.trigger, self.advice, self.evidence) if p)

    def holds(self, today: date) -> bool:
        """Whether it may still be shown."""
        return self.until is None or today <= self.until


def without(text: str, names: Iterable[tuple[str, str]]) -> str:
    """The text with each name replaced by its neutral word, the longest first."""
    for name, neutral in sorted(names, key=lambda pair: -len(pair[0])):
        if len(name.strip()) >= _SHORTEST:
            text = re.sub(_pattern(name.strip()), neutral, text, flags=re.IGNORECASE)
    return " ".join(text.split())


def without_addresses(text: str, neutral: str) -> str:
    """The text without mail addresses and telephone numbers, which name somebody as well."""
    return _ADDRESS.sub(neutral, text)


def terms(words: str) -> tuple[str, ...]:
    """The terms of a search, folded: Latin words, and Chinese ones as pairs of characters."""
    found: list[str] = []
    for term in _TERM.findall(words.casefold()):
        rest = term
        for run in _CHINESE.findall(term):
            found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
            rest = rest.replace(run, " ")
        found += [w for w in rest.split() if len(w) > 1 and w not in _PLAIN]
    return tuple(dict.fromkeys(found))


def best(
    lessons: Iterable[Lesson], words: str, *, today: date, category: str = "", limit: int = SHOWN
) -> tuple[Lesson, ...]:
    """The lessons that fit these words or this kind of cause, the best first; none expired.

    A term that a lesson holds counts one, its kind of cause two, and what others found helpful
    decides between equals.
    """
    wanted = terms(words)
    scored = [(_score(lesson, wanted, category), lesson) for lesson in lessons]
    fitting = [(score, one) for score, one in scored if score > 0 and one.holds(today)]
    ranked = sorted(
        fitting, key=lambda pair: (-pair[0], pair[1].unhelpful - pair[1].helpful, pair[1].id)
    )
    return tuple(lesson for _, lesson in ranked[:limit])


def voted(lesson: Lesson, *, helpful: bool) -> Lesson:
    """The lesson with one voice more."""
    if helpful:
        return replace(lesson, helpful=lesson.helpful + 1)
    return replace(lesson, unhelpful=lesson.unhelpful + 1)


def _score(lesson: Lesson, wanted: Sequence[str], category: str) -> int:
    held = lesson.words.casefold()
    score = sum(term in held for term in wanted)
    return score + (2 if category and lesson.category == category else 0)


def _pattern(name: str) -> str:
    parts = r"\s+".join(re.escape(part) for part in name.split())
    before = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""  # Chinese may touch it
    after = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
    return f"{before}{parts}{after}"


def names_in(rows: Iterable[str]) -> Iterator[str]:
    """Each name, and each part of one that stands alone and is no short word."""
    for row in rows:
        name = " ".join(row.split())
        if name:
            yield name
        parts = name.split()
        yield from (p for p in parts if len(parts) > 1 and len(p) > 3 and p[0].isupper())
