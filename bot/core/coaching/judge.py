"""The judge: weighs a sentence as a whole, where no single wording decides.

Detectors know sayings; a fault that is put in a saying nobody thought of passes them, and a harmless
sentence that holds one is stopped. The judge adds up what each word, each run of words, each sign and
the step say for and against a check, as learnt from labelled sentences. It is a sum: what weighed most
can be named, so a finding still shows the exact words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import sqrt
from struct import unpack

from bot.core.coaching.frames import Span
from bot.core.words import Language

SCALE = 4.0  # length of a sentence's vector
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_BLANKS = re.compile("\x1f+")
_NAMES = re.compile("\x1e+")
_UNITS = {
    "en": re.compile(r"[a-zà-ÿ'’]+|\d+(?:[.,:]\d+)*|\x1f+|\x1e+|[^\w\s\x1f\x1e]|[^\W\d_]"),
    "zh": re.compile(r"\d+(?:[.,:]\d+)*|\x1f+|\x1e+|\S"),
}
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_RUN = {"en": 3, "zh": 4}  # words, characters
_PIECES = (4, 5)  # letters of an English word
_HAN_SHARE = 8  # one Chinese character in so many makes a sentence Chinese
_CLAUSE = re.compile(r"(?:[^,;:.!?()。、…\n\x1f]|(?<=\d)[.,:](?=\d))+")
_REMNANT = {"en": 6, "zh": 3}  # characters of a clause that make no sense by themselves
_LANE = 32  # bits
_NOTHING = 1e-9  # what sums of floats may be off by
LARGEST = 10_000  # tenths that one feature may say
_MIDDLE = 1 << 14  # what is added to each lane, so that none is ever negative

Reading = tuple[tuple[str, tuple[Span, ...]], ...]  # entries with their places in a sentence


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the judge says of one check in a sentence: nothing of it, or its words."""

    check: str
    none: bool
    words: Span | None
    score: float = 0.0  # how sure it is, as it counts: more is surer


@dataclass(frozen=True, slots=True)
class Judge:
    """What was learnt for one language.

    `bias` is where each check starts. A sentence that scores `raised` or more has the fault though
    no detector saw it; below `dropped` it has none though one did. `weights` has what each feature
    says for each check, side by side in one number (`packed`), so that all checks are summed at once.
    """

    checks: tuple[str, ...]
    bias: tuple[float, ...]
    raised: tuple[float, ...]
    dropped: tuple[float, ...]
    weights: Mapping[str, int]

    def judge(self, sentence: str, place: str, signs: Reading) -> tuple[Judgement, ...]:
        """How each check stands with a sentence; `signs` are the entries that stand in it.

        Checks of which the judge has nothing to say are left out. A fault for which no word speaks
        is not told, for nobody could see what is meant.
        """
        return tuple(
            Judgement(
                check,
                score < self.dropped[n],
                self.words(sentence, signs, n) if score >= self.raised[n] else None,
                score,
            )
            for n, (check, score) in enumerate(
                zip(self.checks, self.scores(features(sentence, place, signs)), strict=True)
            )
            if score < self.dropped[n] or score >= self.raised[n]
        )

    def scores(self, known: Set[str]) -> list[float]:
        """How much a sentence with these features has of each check's fault."""
        met = self.weights.keys() & known
        lanes = _unpacked(sum(map(self.weights.__getitem__, met)), len(self.checks))
        scale, start = SCALE / sqrt(len(known)) / 10, len(met) * _MIDDLE
        return [bias + scale * (lane - start) for bias, lane in zip(self.bias, lanes, strict=True)]

    def words(self, sentence: str, signs: Reading, check: int) -> Span | None:
        """The run of the sentence that says most for a check: what a finding shows."""
        said = [
            (span, ((self.weights[feature] >> _LANE * check) & (1 << _LANE) - 1) - _MIDDLE)
            for feature, span in placed(sentence, signs)
            if feature in self.weights
        ]
        return readable(sentence, heaviest(said))


def packed(tenths: Mapping[int, int]) -> int:
    """A feature's weight: what it says for each check, by the check's number."""
    return sum(n << _LANE * lane for lane, n in tenths.items())


def _unpacked(total: int, lanes: int) -> Sequence[int]:
    """The lanes of a sum, the first one lowest."""
    return unpack(f"<{lanes}I", total.to_bytes(_LANE // 8 * lanes, "little"))


def middle(checks: int) -> int:
    """What every weight has added for so many checks, so that no lane is negative."""
    return sum(_MIDDLE << _LANE * lane for lane in range(checks))


def language_of(sentence: str) -> Language:
    """The language a sentence is in, whichever its writer has chosen."""
    return "zh" if _HAN_SHARE * len(_HAN.findall(sentence)) > len(sentence) else "en"


def features(sentence: str, place: str, signs: Reading) -> set[str]:
    """What can be weighed in a sentence: runs of words, pieces of words, signs, the step.

    `sentence` is normalised, its quotations and names blanked; `signs` are the entries that stand in it.
    """
    language = language_of(sentence)
    units = _units(sentence, language)
    found = set(_runs(units, language))
    if language == "en":
        for word in units:
            found.update(_pieces(word))
    found.update([f"E:{sign}" for sign, _ in signs])
    found.add(f"S:{place}")
    return found


def placed(sentence: str, signs: Reading) -> Iterator[tuple[str, Span]]:
    """The features that stand somewhere, each at each of its places."""
    language = language_of(sentence)
    units = _units(sentence, language)
    spans = [(0, 0), *(m.span() for m in _UNITS[language].finditer(sentence))]
    spans.append((len(sentence), len(sentence)))
    at = [(n, n + length - 1) for length in _lengths(language) for n in _starts(units, length)]
    for run, (first, last) in zip(_runs(units, language), at, strict=True):
        yield run, (spans[first][0], spans[last][1])
    if language == "en":
        for word, span in zip(units, spans, strict=True):
            yield from ((piece, span) for piece in _pieces(word))
    for sign, places in signs:
        yield from ((f"E:{sign}", span) for span in places)


def _units(sentence: str, language: Language) -> list[str]:
    """Words in English, characters in Chinese; a number, a quotation, a name are one each."""
    plain = _NAMES.sub("N", _BLANKS.sub("Q", _NUMBER.sub("0", sentence)))
    return ["^", *_UNITS[language].findall(plain), "$"]


def _lengths(language: Language) -> list[int]:
    """The lengths of runs; the last in English is that of two words with one between them."""
    return [*range(1, _LONGEST_RUN[language] + 1), *([3] if language == "en" else [])]


def _starts(units: Sequence[str], length: int) -> range:
    return range(len(units) - length + 1)


def _runs(units: Sequence[str], language: Language) -> list[str]:
    if language == "zh":
        text = "".join(units)
        return [text[n : n + length] for length in _lengths("zh") for n in _starts(units, length)]
    one, two, three = units, units[1:], units[2:]
    return [
        *one,
        *[f"{a} {b}" for a, b in zip(one, two, strict=False)],
        *[f"{a} {b} {c}" for a, b, c in zip(one, two, three, strict=False)],
        *[f"{a} _ {c}" for a, c in zip(one, three, strict=False)],
    ]


@lru_cache(maxsize=8192)
def _pieces(word: str) -> tuple[str, ...]:
    """The pieces of a word by which its other forms are known."""
    if not word[0].isalpha():
        return ()
    whole = f"<{word}>"
    return tuple(
        "c" + whole[n : n + length] for length in _PIECES for n in range(len(whole) - length + 1)
    )


def heaviest(said: Sequence[tuple[Span, float]]) -> Span:
    """The stretch with the greatest sum, each feature's weight spread over its characters."""
    if not said:
        return (0, 0)
    change = [0.0] * (max(end for (_, end), _ in said) + 1)
    for (start, end), weight in said:
        if start < end:
            change[start] += weight / (end - start)
            change[end] -= weight / (end - start)
    best, best_span, total, since = 0.0, (0, 0), 0.0, 0
    for at, value in enumerate(accumulate(change[:-1])):
        if total <= _NOTHING:
            total, since = 0.0, at
        total += value
        if total > best + _NOTHING:
            best, best_span = total, (since, at + 1)
    return best_span


def readable(sentence: str, span: Span) -> Span | None:
    """The span with no remnant of a clause at its ends, taken in or left out; None without a word.

    It begins and ends at a letter or a figure, never at a sign or a space.
    """
    start, end = span
    remnant = _REMNANT[language_of(sentence)]
    met = [c for c in _clauses(sentence) if c[0] < end and c[1] > start]
    if len(met) > 1 and start - met[0][0] > remnant >= met[0][1] - start:
        del met[0]
    if len(met) > 1 and met[-1][1] - end > remnant >= end - met[-1][0]:
        del met[-1]
    if not met:
        return None
    first, last = met[0][0], met[-1][1]
    start, end = (
        first if start - first <= remnant else start,
        last if last - end <= remnant else end,
    )
    while start < end and not sentence[start].isalnum():
        start += 1
    while end > start and not sentence[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else None


def _clauses(sentence: str) -> Iterator[Span]:
    """The places of what stands between signs, without the spaces around it."""
    for match in _CLAUSE.finditer(sentence):
        said = match[0]
        if said.strip():
            start = match.start() + len(said) - len(said.lstrip())
            yield start, start + len(said.strip())
