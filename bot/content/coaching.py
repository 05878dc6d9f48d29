"""Reads `playbooks/coaching/` into a `Coaching`.

    checks/*.yaml       the checks: principle, severity, where they apply, message, question
    words/*.yaml        word lists
    entries/*.yaml      faults and signs with their frames and examples
    thresholds.yaml     the numbers

A problem is one sentence that names the file, the line and the remedy.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import ConfigDict

from bot.content.documents import BadFile, Document, Place, read, validate
from bot.content.judges import Judges, read_all
from bot.content.playbooks import home
from bot.core.coaching.examples import misjudged
from bot.core.coaching.frames import BadFrame, parse
from bot.core.coaching.judge import Judge
from bot.core.coaching.rubric import (
    ROLES,
    STRICT,
    Check,
    Coaching,
    Entry,
    Words,
    index_of,
    lists_of,
)
from bot.core.reading.numerals import normalise
from bot.core.words import LANGUAGES, Language

FOLDER = "coaching"  # beside the playbooks
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChecksFile:
    """A file in `checks/`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class WordsFile:
    """A file in `words/`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class EntriesFile:
    """A file in `entries/`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ThresholdsFile:
    """`thresholds.yaml`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    thresholds: Mapping[str, int]


def load_coaching(folder: Path | None = None) -> Coaching:
    """The coaching rules in a folder; without one, those that come with Candor.

    Raises BadFile with every problem found. What the judge has learnt is read when it is first
    needed, or at once from a folder of one's own, which nobody has tested yet.
    """
    coaching = _Reading(folder or home() / FOLDER).coaching()
    if folder is not None:
        read_all(coaching.judges)
    return coaching


def check(root: Path | None = None) -> tuple[str, ...]:
    """Every problem of the coaching rules beside the playbooks of a folder; empty when all is well.

    Each entry is tried on its own examples too. A folder of playbooks may do without such rules.
    """
    folder = (root or home()) / FOLDER
    if root is not None and not folder.is_dir():
        return ()
    reading = _Reading(folder)
    try:
        coaching = reading.coaching()
        read_all(coaching.judges)
    except BadFile as error:
        return error.problems
    return tuple(reading.misjudged(coaching))


@cache
def default_coaching() -> Coaching:
    """The coaching rules that come with Candor, read once."""
    return load_coaching()


@dataclass(frozen=True, slots=True)
class _Written:
    """A check, a word list or an entry, and where it stands."""

    value: Check | Words | Entry
    document: Document
    path: Place

    def at(self, *inner: str | int) -> str:
        """The place of one of its values, or of what holds it: "file:line"."""
        return self.document.at((*self.path, *inner))

    @property
    def called(self) -> str:
        """What it is, with its id."""
        return f"{_KINDS[type(self.value)]} {self.value.id}"


_KINDS: Mapping[type, str] = {Check: "check", Words: "word list", Entry: "entry"}


class _Reading:
    """One go at a folder: what it holds so far, and what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"{folder.resolve().parent.name}/{folder.resolve().name}"
        self.problems: list[str] = []
        self.written: list[_Written] = []

    def coaching(self) -> Coaching:
        """All that the folder holds. Raises BadFile with every problem found."""
        checks = tuple(c for c in self.all_of("checks", ChecksFile) if isinstance(c, Check))
        words = tuple(w for w in self.all_of("words", WordsFile) if isinstance(w, Words))
        entries = tuple(e for e in self.all_of("entries", EntriesFile) if isinstance(e, Entry))
        limits = self.one("thresholds.yaml", ThresholdsFile)
        self.cross_check()
        if self.problems or limits is None:
            raise BadFile(self.problems)
        try:
            index = index_of(checks, entries, words)
        except BadFrame as error:
            raise BadFile(self.unusable(words)) from error
        return Coaching(checks, entries, words, limits[1].thresholds, index, judges=self.judges())

    def judges(self) -> Mapping[Language, Judge]:
        """What was learnt for each language; nothing where the folder holds no judge."""
        return Judges(self.folder / "judge")

    def all_of(self, part: str, kind: type[T]) -> Iterator[Check | Words | Entry]:
        """What all files of one sub-folder hold, in order of their names."""
        for path in sorted((self.folder / part).glob("*.yaml")):
            found = self.one(f"{part}/{path.name}", kind)
            if found is not None:
                document, file = found
                for n, value in enumerate(getattr(file, part)):
                    self.written.append(_Written(value, document, (part, n)))
                    yield value

    def one(self, name: str, kind: type[T]) -> tuple[Document, T] | None:
        """One file as a value of `kind`; None with its problems noted."""
        try:
            document = read(self.folder / name, f"{self.name}/{name}")
            found = validate(document, kind)
        except BadFile as error:
            self.problems.extend(error.problems)
            return None
        return (document, found) if isinstance(found, kind) else None

    def cross_check(self) -> None:
        """Notes ids that stand twice, references to nothing, and entries without examples."""
        seen: set[str] = set()
        for one in self.written:
            if one.called in seen:
                self.wrong(one.at("id"), f"{one.called} stands twice; keep one of them")
            seen.add(one.called)
        for one in self.written:
            if isinstance(one.value, Entry):
                self.refers(one, one.value, seen)
                self.has_examples(one, one.value)

    def refers(self, one: _Written, entry: Entry, known: Set[str]) -> None:
        """Notes what an entry names and nobody wrote."""
        if entry.check is not None and f"check {entry.check}" not in known:
            self.wrong(
                one.at("check"), f"{one.called}: there is no check {entry.check}; correct its id"
            )
        for key in ("excused_by", "excused_beside", "needs"):
            for n, sign in enumerate(getattr(entry, key)):
                if f"entry {sign}" not in known:
                    why = f"{one.called}: there is no entry {sign}; correct {key}"
                    self.wrong(one.at(key, n), why)

    def has_examples(self, one: _Written, entry: Entry) -> None:
        """Notes a side of an entry that too few examples show."""
        for language in LANGUAGES:
            side = entry.side(language)
            if side is not None and (len(side.fires) < 2 or not side.quiet):
                why = "needs two examples that fire and one that is quiet; add them"
                self.wrong(one.at(language), f"{one.called}: {why}")

    def unusable(self, words: tuple[Words, ...]) -> Iterator[str]:
        """Every frame, and every word in a list that a frame names, that cannot be used."""
        found: dict[str, None] = {}
        for language in LANGUAGES:
            lists = lists_of(words, language)
            listed = {normalise(word): place for place, word in self.listed(language)}
            for place, source in self.sources(language):
                try:
                    parse(source, language, lists)
                except BadFrame as error:
                    whole = error.source in {source, normalise(source)}
                    found[f"{place if whole else listed[error.source]}: {error}"] = None
        return iter(found)

    def listed(self, language: Language) -> Iterator[tuple[str, str]]:
        """Every word of every list of one language with its place."""
        for one in self.written:
            if isinstance(one.value, Words):
                for n, word in enumerate(one.value.side(language)):
                    yield one.at(language, n), word

    def sources(self, language: Language) -> Iterator[tuple[str, str]]:
        """Every frame of one language with its place."""
        for one in self.written:
            side = one.value.side(language) if isinstance(one.value, Entry) else None
            for role in ROLES if side else ():
                for n, source in enumerate(getattr(side, role)):
                    yield one.at(language, role, n), source

    def misjudged(self, coaching: Coaching) -> Iterator[str]:
        """Every example that its own entry does not judge as it says."""
        for one in self.written:
            if isinstance(one.value, Entry):
                for language, kind, n in misjudged(one.value, coaching):
                    example = getattr(one.value.side(language), kind)[n]
                    yield f"{one.at(language, kind, n)}: {one.called}: {_MISJUDGED[kind].format(example)}"

    def wrong(self, place: str, why: str) -> None:
        """Notes one problem."""
        self.problems.append(f"{place}: {why}")


_MISJUDGED: Mapping[str, str] = {
    "fires": "no frame is found in its example {!r}; mend the frame or the example",
    "quiet": "it is found in {!r}, which should stay quiet; narrow the frame",
}
