"""A text made ready for the detectors: masked, split, its dates, quantities and frames found."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.masking import sentences, unquoted, visible
from bot.core.coaching.detectors.matching import matched
from bot.core.coaching.detectors.nameless import nameless
from bot.core.coaching.detectors.overlap import content_words
from bot.core.coaching.detectors.slashes import as_the_case_has_it, numbered, pointed, written_so
from bot.core.coaching.frames import Span
from bot.core.coaching.rubric import Coaching, Place
from bot.core.reading import dates as date_grammar
from bot.core.reading import quantities as quantity_grammar
from bot.core.reading.dates import Mention
from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import Quantity
from bot.core.words import Language, Text

LONGEST = 100_000  # characters; what lies beyond is not read
_POINT = re.compile(r"\d\.\d")
_FALLBACK = date(2026, 1, 1)  # only to read dates against when a case has none


@dataclass(frozen=True, slots=True)
class Hit:
    """A check that fires, where, and what fills the slots of its message and question.

    `certain` is what was found by the facts of the case, not by how a sentence is worded; `worded`
    what is held against the facts by its words alone: it yields to any other fault of its sentence. `beside` is a check without whose fault there is none.
    """

    check: str
    span: Span = (0, 0)
    slots: Mapping[str, Text | str | int] = field(default_factory=dict)
    reword: Text | None = None
    certain: bool = False
    worded: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be coached: a text, where it stands and what is known."""

    text: str
    place: Place
    language: Language
    context: Context
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date in the text: its span, first and last day, whether a day was named, its weekday."""

    span: Span
    first: date
    last: date
    exact: bool
    mention: Mention

    @property
    def single(self) -> bool:
        """Whether it is one named day."""
        return self.exact and self.first == self.last

    def covers(self, day: date | None) -> bool:
        """Whether any reading holds `day`."""
        return day is not None and any(r.covers(day) for r in self.mention.readings)


@dataclass(frozen=True)
class Subject:
    """One text under the detectors' eyes; all positions hold in the text as given."""

    task: Task
    coaching: Coaching
    text: str
    visible: str
    plain: str  # normalised; masked mail and code
    claimed: str  # as plain, quotations blanked
    sentences: tuple[Span, ...]

    @property
    def context(self) -> Context:
        """What is known of the case."""
        return self.task.context

    @property
    def language(self) -> Language:
        """The language of the text."""
        return self.task.language

    @property
    def is_draft(self) -> bool:
        """Whether this is a draft, not an answer."""
        return self.task.place == "draft"

    @property
    def brief(self) -> bool:
        """Whether it goes out as a short message."""
        return self.task.channel in {"im", "chat"}

    @cached_property
    def today(self) -> date:
        """The day the text is read on; some day of the case when today is unknown."""
        known = self.context
        return known.today or known.original_date or known.new_date or known.aware_date or _FALLBACK

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The dates in the text, in order."""
        known = self.context.days
        found = self._dates_in(self.visible)
        if "/" in self.visible:
            more = written_so(self.visible, found, self._every_day, self.today)
            found = tuple(sorted((*as_the_case_has_it(found, known), *more), key=_place))
        if known and _POINT.search(self.visible):
            more = pointed(self.visible, found, self._every_day)
            found = tuple(sorted((*found, *more), key=_place))
        if known and self.is_draft and "号" in self.visible:
            more = numbered(self.visible, found, known)
            found = tuple(sorted((*found, *more), key=_place))
        return tuple(
            Day(m.span, m.readings[0].day, m.readings[0].last, m.readings[0].exact, m)
            for m in found
            if m.readings
        )

    @cached_property
    def _every_day(self) -> frozenset[date]:
        """The dates of the case and those that its answers name."""
        told = (m for fact in self.context.prose for m in self._dates_in(fact))
        return self.context.days | {r.day for m in told for r in m.readings}

    def _dates_in(self, text: str) -> tuple[Mention, ...]:
        return date_grammar.scan(text, today=self.today, calendar=self.context.working)

    @cached_property
    def nameless(self) -> str:
        """As `claimed`, names blanked: what the judge reads."""
        return nameless(self.claimed, self.visible, self.coaching.word_set("given_names"))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities in the text that are no dates."""
        return quantity_grammar.scan(self.visible, taken=[day.span for day in self.days])

    @cached_property
    def matches(self) -> Mapping[str, tuple[Span, ...]]:
        """Where each entry's frames stand, guards applied."""
        return self._matched[0]

    @cached_property
    def _matched(self) -> tuple[Mapping[str, tuple[Span, ...]], Mapping[str, Set[int]]]:
        """Where each entry's frames stand, and the numbers of the sentences in which they do."""
        found: dict[str, list[Span]] = {}
        homes: dict[str, set[int]] = {}
        place = self.task.place
        for number, (start, end) in enumerate(self.sentences):
            for entry, spans in matched(self.coaching, place, self.claimed[start:end]):
                found.setdefault(entry, []).extend([(a + start, b + start) for a, b in spans])
                homes.setdefault(entry, set()).add(number)
        return {entry: tuple(spans) for entry, spans in found.items()}, homes

    def has(self, *entries: str) -> bool:
        """Whether any of the entries stands in the text."""
        return any(entry in self.matches for entry in entries)

    def spans(self, *entries: str) -> tuple[Span, ...]:
        """Where the entries stand, in order."""
        return tuple(sorted(span for entry in entries for span in self.matches.get(entry, ())))

    def first(self, *entries: str) -> Span:
        """The first place of any of the entries, else nowhere."""
        return next(iter(self.spans(*entries)), (0, 0))

    def pairs(self, first: str, second: str, reach: int) -> Iterator[Span]:
        """From each place of one entry to the next of another, up to `reach` characters on, in
        the same sentence."""
        ends = self.matches.get(second, ())
        starts = [start for start, _ in ends]
        for start, end in self.matches.get(first, ()):
            n = bisect_left(starts, end)
            near = n < len(ends) and starts[n] - end <= reach
            if near and self.number_of(start) == self.number_of(starts[n]):
                yield (start, ends[n][1])

    def number_of(self, position: int) -> int:
        """The number of the sentence at a position."""
        return max(0, bisect_right(self._starts, position) - 1)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self.sentences)

    @cached_property
    def _days_by_sentence(self) -> Mapping[int, tuple[Day, ...]]:
        found: dict[int, list[Day]] = {}
        for day in self.days:
            found.setdefault(self.number_of(day.span[0]), []).append(day)
        return {number: tuple(days) for number, days in found.items()}

    @cached_property
    def word_set(self) -> frozenset[str]:
        """What the whole text speaks of."""
        return content_words(self.visible)

    @cached_property
    def sentence_words(self) -> tuple[frozenset[str], ...]:
        """What each sentence speaks of."""
        return tuple(content_words(self.visible[start:end]) for start, end in self.sentences)

    @cached_property
    def letters(self) -> tuple[frozenset[str], ...]:
        """The characters of each sentence of a Chinese text; none of another's."""
        none = frozenset[str]()
        chinese = self.language == "zh"
        return tuple(frozenset(self.visible[a:b]) if chinese else none for a, b in self.sentences)

    @cached_property
    def windows(self) -> tuple[frozenset[str], ...]:
        """What every three sentences in a row speak of."""
        words = self.sentence_words
        return tuple(frozenset().union(*words[n : n + 3]) for n in range(max(1, len(words) - 2)))

    def among(self, number: int, *entries: str) -> bool:
        """Whether any of the entries stands in the sentence with that number."""
        none: Set[int] = frozenset()
        homes = self._matched[1]
        return any(number in homes.get(entry, none) for entry in entries)

    def days_in(self, number: int) -> Iterator[Day]:
        """The dates of one sentence."""
        return iter(self._days_by_sentence.get(number, ()))

    def words(self, name: str) -> tuple[str, ...]:
        """A word list in both languages."""
        return (*self.coaching.vocabulary(name, "en"), *self.coaching.vocabulary(name, "zh"))

    def threshold(self, name: str) -> int:
        """A threshold of the coaching files."""
        return self.coaching.thresholds[name]


def _place(mention: Mention) -> Span:
    return mention.span


def prepare(task: Task, coaching: Coaching) -> Subject:
    """The text of a task made ready; never raises on any text."""
    text = task.text[:LONGEST]
    shown = visible(text)
    plain = normalise(shown)
    spoken = task.channel in {"meeting", "call"}
    claimed = plain if spoken else unquoted(plain, shown)
    return Subject(task, coaching, text, shown, plain, claimed, sentences(shown))
