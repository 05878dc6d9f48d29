"""Reads `playbooks/coaching/` into a `Coaching`.

    checks/*.yaml       the checks: principle, severity, where they apply, message, question
    words/*.yaml        word lists
    entries/*.yaml      faults and signs with their frames and examples
    thresholds.yaml     the numbers

A problem is one sentence that names the file, the line and the remedy.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import ConfigDict

from bot.content.documents import BadFile, read, validate
from bot.content.playbooks import home
from bot.core.coaching.frames import BadFrame
from bot.core.coaching.rubric import STRICT, Check, Coaching, Entry, Words, index_of

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

    Raises BadFile with every problem found.
    """
    reading = _Reading(folder or home() / "coaching")
    checks = tuple(c for f in reading.files("checks", ChecksFile) for c in f.checks)
    words = tuple(w for f in reading.files("words", WordsFile) for w in f.words)
    entries = tuple(e for f in reading.files("entries", EntriesFile) for e in f.entries)
    limits = reading.one("thresholds.yaml", ThresholdsFile)
    reading.cross_check(checks, words, entries)
    if reading.problems or limits is None:
        raise BadFile(reading.problems)
    try:
        index = index_of(checks, entries, words)
    except BadFrame as error:
        raise BadFile([f"{reading.name}/entries:1: {error}"]) from error
    return Coaching(checks, entries, words, limits.thresholds, index)


@cache
def default_coaching() -> Coaching:
    """The coaching rules that come with Candor, read once."""
    return load_coaching()


class _Reading:
    """One go at a folder: what is wrong with it so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = f"{folder.resolve().parent.name}/{folder.resolve().name}"
        self.problems: list[str] = []
        self.places: dict[str, str] = {}

    def files(self, part: str, kind: type[T]) -> Iterator[T]:
        """All files of one sub-folder, in order of their names."""
        for path in sorted((self.folder / part).glob("*.yaml")):
            found = self.one(f"{part}/{path.name}", kind)
            if found is not None:
                yield found

    def one(self, name: str, kind: type[T]) -> T | None:
        """One file as a value of `kind`; None with its problems noted."""
        try:
            document = read(self.folder / name, f"{self.name}/{name}")
            found = validate(document, kind)
        except BadFile as error:
            self.problems.extend(error.problems)
            return None
        return found if isinstance(found, kind) else None

    def cross_check(
        self, checks: tuple[Check, ...], words: tuple[Words, ...], entries: tuple[Entry, ...]
    ) -> None:
        """Notes ids that stand twice, references to nothing, and entries without examples."""
        known = {check.id for check in checks}
        ids = {entry.id for entry in entries}
        for kind, names in (
            ("check", [c.id for c in checks]),
            ("word list", [w.id for w in words]),
            ("entry", [e.id for e in entries]),
        ):
            for name in sorted({n for n in names if names.count(n) > 1}):
                self.wrong(f"{kind} {name} stands twice; keep one of them")
        for entry in entries:
            if entry.check is not None and entry.check not in known:
                self.wrong(f"entry {entry.id}: there is no check {entry.check}; correct its id")
            for key in ("excused_by", "excused_beside", "needs"):
                for sign in getattr(entry, key):
                    if sign not in ids:
                        self.wrong(f"entry {entry.id}: there is no entry {sign}; correct {key}")
            for side in (entry.en, entry.zh):
                if side is not None and (len(side.fires) < 2 or not side.quiet):
                    self.wrong(
                        f"entry {entry.id}: needs two examples that fire and one that is quiet; add them"
                    )

    def wrong(self, why: str) -> None:
        self.problems.append(f"{self.name}:1: {why}")
