"""Which entries stand in a sentence: their frames found, and the guards against false alarms applied."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from bot.core.coaching.detectors.masking import blank
from bot.core.coaching.frames import Span
from bot.core.coaching.judge import Reading
from bot.core.coaching.rubric import Coaching, Place, Tried
from bot.core.words import Language

_NEGATION = "negation"
_PROTECTED = "protected"
_REPORTED = "reported_speech"
_REACH: Mapping[Language, int] = {"en": 26, "zh": 5}  # characters from a negation to what it turns
_PAUSES = frozenset(",;:()，、\n")
_MOST_KEPT = 4096  # sentences whose reading is remembered


def matched(coaching: Coaching, place: Place, sentence: str) -> Reading:
    """Each entry that stands in a sentence, with its places in order.

    Sentences come again and again, as a draft is edited or goes another way: the reading of the
    last few thousand is kept.
    """
    kept = coaching.kept
    key = (place, sentence)
    known = kept.get(key)
    if known is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        known = kept[key] = tuple(_read(coaching, place, sentence))
    return known


def _read(
    coaching: Coaching, place: Place, sentence: str
) -> Iterator[tuple[str, tuple[Span, ...]]]:
    tried = coaching.tried(sentence, place)
    protected = [
        span for one in tried if one.entry.id == _PROTECTED for span in one.frame.find(sentence)
    ]
    if protected:
        sentence = blank(sentence, protected)
        yield _PROTECTED, tuple(_apart(protected))
    roles: dict[str, tuple[list[Span], list[Span], Tried]] = {}
    blocked: set[str] = set()
    for one in tried:
        id_ = one.entry.id
        if id_ in blocked:
            continue
        spans = one.frame.find(sentence)
        if not spans:
            continue
        if one.role == "unless":
            blocked.add(id_)
            continue
        if id_ not in roles:
            roles[id_] = ([], [], one)
        frames, inside, _ = roles[id_]
        (frames if one.role == "frames" else inside).extend(spans)
    negations = _apart(roles[_NEGATION][0]) if _NEGATION in roles else []
    reported = (
        min((end for _, end in roles[_REPORTED][0]), default=None) if _REPORTED in roles else None
    )
    for id_, (frames, inside, one) in roles.items():
        if id_ in blocked or not frames:
            continue
        kept = _outside(_apart(frames), _apart(inside)) if inside else _apart(frames)
        if not one.entry.negated and negations:
            own = negations if one.entry.own_negation else ()
            kept = [
                s
                for s in kept
                if any(s[0] <= start < s[1] for start, _ in own)
                or not _negated(sentence, s, negations, one.language)
            ]
        if one.entry.check and reported is not None:
            kept = [s for s in kept if s[0] < reported]
        if kept:
            yield id_, tuple(kept)


def _apart(spans: list[Span]) -> list[Span]:
    """The spans in order; of two that overlap the first and longest."""
    if len(spans) < 2:
        return spans
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _outside(spans: Sequence[Span], covers: Sequence[Span]) -> list[Span]:
    """The spans that no cover overlaps; both in order and apart."""
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
