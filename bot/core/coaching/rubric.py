"""What the coach knows as data: checks, entries with their frames, word lists, thresholds.

Every value here is read from YAML in `playbooks/coaching/`. An entry is either a fault (it names
the check that it raises) or a sign (a detector asks for it by its id).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

from pydantic import ConfigDict

from bot.core.coaching.frames import Frame, Lists, keys_of, parse
from bot.core.coaching.judge import Judge, Judgement, Reading
from bot.core.reading.numerals import normalise
from bot.core.words import LANGUAGES, Language, Text

STRICT = ConfigDict(extra="forbid")

Severity = Literal["blocker", "major", "minor"]
Principle = Literal["P1", "P2", "P3", "P4", "P5", "P6", "P7"]
Place = Literal[
    "cause", "status", "impact", "plan", "contingency", "remedy", "effort", "followup", "draft",
    "retrospective", "feedback",
]  # fmt: skip
Role = Literal["frames", "unless", "inside"]
ROLES: tuple[Role, ...] = ("frames", "unless", "inside")
SEVERITIES: tuple[Severity, ...] = ("blocker", "major", "minor")
STEPS: tuple[Place, ...] = (
    "cause", "status", "impact", "plan", "contingency", "remedy", "effort", "followup",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the rubric; `message` says what the customer will read, `question` asks.

    An advice-only check is a hint: it is never scored and never holds anything back.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    principle: Principle
    severity: Severity
    applies: tuple[Place, ...]
    message: Text
    question: Text
    reword: Text | None = None
    starred: bool = False
    advice: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """An entry in one language: its frames, what cancels them, and its tests.

    `unless` cancels in the same sentence; `inside` are compounds that take the words away.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    frames: tuple[str, ...]
    fires: tuple[str, ...]
    quiet: tuple[str, ...]
    unless: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Frames that mean one thing. With `negated`, a negation before them changes nothing; with
    `own_negation` only where their words hold one themselves.

    `places` limits an entry to some steps or to drafts; `excused_by` names signs that, anywhere
    in the text, take the fault away, and `excused_beside` those that do in the same sentence; of
    the signs in `needs` one must stand in the text too.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    check: str | None = None
    negated: bool = False
    own_negation: bool = False
    places: tuple[Place, ...] = ()
    excused_by: tuple[str, ...] = ()
    excused_beside: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    en: Side | None = None
    zh: Side | None = None

    def side(self, language: Language) -> Side | None:
        """The entry in one language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Words:
    """Words of both languages under one name, for frames ({name}) and for detectors."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    id: str
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def side(self, language: Language) -> tuple[str, ...]:
        """The words of one language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Tried:
    """A frame in the index: whose it is and what it does there."""

    entry: Entry
    language: Language
    role: Role
    frame: Frame
    places: frozenset[Place]  # where it is worth trying; everywhere when empty


# The frames of one key: those that need no other by number, and those that need one of more keys.
_Shelf = tuple[Mapping[int, Tried], tuple[tuple[tuple[str, ...], int, Tried], ...]]


@dataclass(frozen=True)
class Coaching:
    """All that the coach knows. Make it with the loader, which has checked every reference."""

    checks: tuple[Check, ...]
    entries: tuple[Entry, ...]
    words: tuple[Words, ...]
    thresholds: Mapping[str, int]
    index: Mapping[str, tuple[Tried, ...]] = field(default_factory=dict, compare=False)
    _indexes: dict[Place, Mapping[str, _Shelf]] = field(
        default_factory=dict, compare=False, repr=False
    )

    _word_sets: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    kept: dict[tuple[Place, str], Reading] = field(default_factory=dict, compare=False, repr=False)

    judges: Mapping[Language, Judge] = field(default_factory=dict, compare=False, repr=False)
    judged: dict[tuple[Place, str], tuple[Judgement, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def check_of(self) -> Mapping[str, Check]:
        """The checks by id."""
        return {check.id: check for check in self.checks}

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Each check's place: blockers first, then majors, then minors, as in the files."""
        ranked = sorted(self.checks, key=lambda check: SEVERITIES.index(check.severity))
        return {check.id: n for n, check in enumerate(ranked)}

    @cached_property
    def faults(self) -> tuple[Entry, ...]:
        """The entries that raise a check by themselves."""
        return tuple(entry for entry in self.entries if entry.check)

    @cached_property
    def word_sets(self) -> Mapping[tuple[str, Language], tuple[str, ...]]:
        """Word lists by name and language."""
        return {(w.id, lang): w.side(lang) for w in self.words for lang in LANGUAGES}

    def vocabulary(self, name: str, language: Language) -> tuple[str, ...]:
        """The words of a list; none when there is no such list."""
        return self.word_sets.get((name, language), ())

    def word_set(self, name: str) -> frozenset[str]:
        """The words of a list in both languages, for look-ups."""
        if name not in self._word_sets:
            words = (word for lang in LANGUAGES for word in self.vocabulary(name, lang))
            self._word_sets[name] = frozenset(words)
        return self._word_sets[name]

    def matches(self, text: str, entry: str) -> bool:
        """Whether any frame of one entry stands in a text, guards apart."""
        plain = normalise(text)
        return any(
            one.entry.id == entry and one.role == "frames" and one.frame.find(plain)
            for one in self.tried(plain, "draft")
        )

    def tried(self, text: str, place: Place) -> list[Tried]:
        """The frames worth trying on `text` at `place`, each once, in no order that matters."""
        index = self._index_at(place)
        keys = keys_of(text)
        found: dict[int, Tried] = {}
        for key in keys & index.keys():
            alone, beside = index[key]
            found.update(alone)
            for also, number, one in beside:
                if not keys.isdisjoint(also):
                    found[number] = one
        return list(found.values())

    def _index_at(self, place: Place) -> Mapping[str, _Shelf]:
        """The index without the frames that do not matter at `place`."""
        if place not in self._indexes:
            self._indexes[place] = {
                key: _shelf(here)
                for key, all_of_them in self.index.items()
                if (here := [one for one in all_of_them if not one.places or place in one.places])
            }
        return self._indexes[place]


def _shelf(here: Sequence[Tried]) -> _Shelf:
    """The frames of one key: those that need no other key by number, and those that do."""
    alone = {id(one): one for one in here if not one.frame.also}
    return alone, tuple((one.frame.also, id(one), one) for one in here if one.frame.also)


def index_of(
    checks: Sequence[Check], entries: Sequence[Entry], words: Sequence[Words]
) -> Mapping[str, tuple[Tried, ...]]:
    """All frames by the words that they need. Raises BadFrame for one that cannot be used."""
    applies = {check.id: check.applies for check in checks}
    found: dict[str, list[Tried]] = {}
    for language in LANGUAGES:
        for one in _frames(entries, language, lists_of(words, language), applies):
            for key in one.frame.keys:
                found.setdefault(key, []).append(one)
    return {key: tuple(value) for key, value in found.items()}


def lists_of(words: Sequence[Words], language: Language) -> Mapping[str, Sequence[str]]:
    """The word lists that frames of one language can name."""
    return {w.id: w.side(language) for w in words if w.side(language)}


def _frames(
    entries: Sequence[Entry],
    language: Language,
    lists: Mapping[str, Sequence[str]],
    applies: Mapping[str, tuple[Place, ...]],
) -> Iterator[Tried]:
    read: Lists = {}
    for entry in entries:
        side = entry.side(language)
        if side is None:
            continue
        places = frozenset(entry.places or applies.get(entry.check or "", ()))
        for role in ROLES:
            for source in getattr(side, role):
                yield Tried(entry, language, role, parse(source, language, lists, read), places)
