"""A text made ready for the detectors: masked, split, its dates, quantities and frames found."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.masking import blank, sentences, unquoted, visible
from bot.core.coaching.detectors.overlap import content_words
from bot.core.coaching.frames import compiled
from bot.core.coaching.rubric import Coaching, Place, Tried
from bot.core.reading import dates as date_grammar
from bot.core.reading import quantities as quantity_grammar
from bot.core.reading.dates import Mention
from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import Quantity
from bot.core.words import Language, Text

LONGEST = 100_000  # characters; what lies beyond is not read
_NEGATION = "negation"
_PROTECTED = "protected"
_REPORTED = "reported_speech"
_REACH: Mapping[Language, int] = {"en": 26, "zh": 5}  # characters from a negation to what it turns
_PAUSES = frozenset(",;:()，、\n")
_FALLBACK = date(2026, 1, 1)  # only to read dates against when a case has none

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A check that fires, where, and what fills the slots of its message and question."""

    check: str
    span: Span = (0, 0)
    slots: Mapping[str, Text | str | int] = field(default_factory=dict)
    reword: Text | None = None


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
        found = date_grammar.scan(self.visible, today=self.today, calendar=self.context.working)
        return tuple(
            Day(m.span, m.readings[0].day, m.readings[0].last, m.readings[0].exact, m)
            for m in found
            if m.readings
        )

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities in the text that are no dates."""
        return quantity_grammar.scan(self.visible, taken=[day.span for day in self.days])

    @cached_property
    def matches(self) -> Mapping[str, tuple[Span, ...]]:
        """Where each entry's frames stand, guards applied."""
        found: dict[str, list[Span]] = {}
        for start, end in self.sentences:
            for entry, spans in _matches(
                self.coaching, self.task.place, self.claimed[start:end], start
            ):
                found.setdefault(entry, []).extend(spans)
        return {entry: tuple(sorted(spans)) for entry, spans in found.items()}

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
    def _homes(self) -> Mapping[str, frozenset[int]]:
        """The numbers of the sentences in which each entry stands."""
        return {
            entry: frozenset(self.number_of(start) for start, _ in spans)
            for entry, spans in self.matches.items()
        }

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

    def among(self, number: int, *entries: str) -> bool:
        """Whether any of the entries stands in the sentence with that number."""
        none: frozenset[int] = frozenset()
        return any(number in self._homes.get(entry, none) for entry in entries)

    def days_in(self, number: int) -> Iterator[Day]:
        """The dates of one sentence."""
        return iter(self._days_by_sentence.get(number, ()))

    def words(self, name: str) -> tuple[str, ...]:
        """A word list in both languages."""
        return (*self.coaching.vocabulary(name, "en"), *self.coaching.vocabulary(name, "zh"))

    def threshold(self, name: str) -> int:
        """A threshold of the coaching files."""
        return self.coaching.thresholds[name]


def prepare(task: Task, coaching: Coaching) -> Subject:
    """The text of a task made ready; never raises on any text."""
    text = task.text[:LONGEST]
    shown = visible(text)
    plain = normalise(shown)
    spoken = task.channel in {"meeting", "call"}
    claimed = plain if spoken else unquoted(plain, shown)
    return Subject(task, coaching, text, shown, plain, claimed, sentences(shown))


def covering(spans: Iterable[Span]) -> Span:
    """The span from the first start to the last end."""
    known = list(spans)
    return (min(s for s, _ in known), max(e for _, e in known)) if known else (0, 0)


def _matches(
    coaching: Coaching, place: Place, sentence: str, offset: int
) -> Iterator[tuple[str, list[Span]]]:
    tried = list(coaching.tried(sentence, place))
    protected = [
        span for one in tried if one.entry.id == _PROTECTED for span in _found(one, sentence)
    ]
    if protected:
        sentence = blank(sentence, protected)
        yield _PROTECTED, [(start + offset, end + offset) for start, end in protected]
    roles: dict[str, tuple[list[Span], list[Span], list[Tried]]] = {}
    blocked: set[str] = set()
    for one in tried:
        if one.entry.id in blocked:
            continue
        spans = _found(one, sentence)
        if not spans:
            continue
        if one.role == "unless":
            blocked.add(one.entry.id)
            continue
        frames, inside, known = roles.setdefault(one.entry.id, ([], [], []))
        (frames if one.role == "frames" else inside).extend(spans)
        known.append(one)
    negations = sorted(roles.get(_NEGATION, ([], [], []))[0])
    reported = min((end for _, end in roles.get(_REPORTED, ([], [], []))[0]), default=None)
    for id_, (frames, inside, known) in roles.items():
        if id_ in blocked or not frames:
            continue
        kept = _outside(_apart(frames), _apart(inside))
        if not known[0].entry.negated:
            kept = [s for s in kept if not _negated(sentence, s, negations, known[0].language)]
        if known[0].entry.check and reported is not None:
            kept = [s for s in kept if s[0] < reported]
        if kept:
            yield id_, [(start + offset, end + offset) for start, end in kept]


def _found(one: Tried, sentence: str) -> list[Span]:
    pattern = compiled(one.frame.pattern)
    first = pattern.search(sentence)
    if first is None:
        return []
    return [m.span() for m in pattern.finditer(sentence, first.start())]


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; of two that overlap the first and longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _outside(spans: Sequence[Span], covers: Sequence[Span]) -> list[Span]:
    """The spans that no cover overlaps; both in order and apart."""
    if not covers:
        return list(spans)
    starts = [start for start, _ in covers]
    kept = []
    for span in spans:
        before = bisect_right(starts, span[1] - 1) - 1
        if before < 0 or covers[before][1] <= span[0]:
            kept.append(span)
    return kept


def _negated(sentence: str, span: Span, negations: Sequence[Span], language: Language) -> bool:
    """Whether a negation begins shortly before `span`, without a pause between."""
    reach = _REACH[language]
    last = bisect_left(negations, (span[0], 0))
    for start, end in reversed(negations[max(0, last - reach) : last]):
        if end < span[0] - reach:
            return False
        if start < span[0] and not (_PAUSES & set(sentence[end : max(span[0], end)])):
            return True
    return False
