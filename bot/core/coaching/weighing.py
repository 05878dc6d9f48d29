"""What the judge adds to the detectors' hits, and which of them it drops."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.core.coaching.detectors.causes import event_told, settled
from bot.core.coaching.detectors.matching import matched
from bot.core.coaching.detectors.persons import somebody
from bot.core.coaching.detectors.plans import may_be_undated
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.detectors.wording import is_tiny
from bot.core.coaching.frames import Span
from bot.core.coaching.judge import Judgement, language_of

_TERMS_STAY = re.compile(
    r"\b(?:stays?|stands?|remains?) (?:as (?:it is|they are|is|agreed|written)|unchanged|in force)\b|照旧|不涉及变更|不作变更|维持不变"
)
# What is under way is told of the plan: no text of that step was learnt from.
_LEARNT_AS = {"effort": "plan"}
_MOST_KEPT = 4096  # sentences whose judgement is remembered


def weighed(subject: Subject, hits: Mapping[str, Sequence[Hit]]) -> dict[str, Hit]:
    """One hit a check once the judge has read each sentence: some are dropped, some come up.

    `hits` holds all places of each check, the first one foremost: where it is dropped, the next
    one stands. What a detector found by the facts of the case stays, for the judge knows none of
    them; and the judge raises only what the facts allow.
    """
    if not subject.coaching.judges or not subject.sentences:
        return {check: places[0] for check, places in hits.items()}
    judged = [_judged(subject, number) for number in range(len(subject.sentences))]
    told = {one.check for judgements in judged for one in _raised(judgements)}
    found: dict[str, Hit] = {}
    for check, places in hits.items():
        excused = _EXCUSED_BY.get(check) in told
        left = (
            hit for hit in places if hit.certain or not (excused or _dropped(subject, hit, judged))
        )
        for hit in left:
            found.setdefault(check, hit)
    named = _named(subject, [*(places[0] for places in hits.values()), *found.values()])
    for number, judgements in enumerate(judged):
        start, _ = subject.sentences[number]
        for one in _raised(judgements):
            excused = _EXCUSED_BY.get(one.check) in told
            if one.words is None or one.check in found or excused:
                continue
            hit = Hit(one.check, (start + one.words[0], start + one.words[1]))
            sure = {other.check: other.score for other in judgements if other.words is not None}
            already = any(_told_by(other, hit, sure) for other in named.get(number, ()))
            if not already and _may_be(subject, one.check, number):
                found[one.check] = hit
    return found


def _is_none(one: Judgement) -> bool:
    return one.words is None


def _raised(judgements: Sequence[Judgement]) -> Sequence[Judgement]:
    """What the judge raises in a sentence: it comes first."""
    for number, one in enumerate(judgements):
        if one.words is None:
            return judgements[:number]
    return judgements


def _dropped(subject: Subject, hit: Hit, judged: Sequence[Sequence[Judgement]]) -> bool:
    """Whether the judge says of a hit within one sentence that there is nothing of it."""
    number = subject.number_of(hit.span[0])
    within = hit.span[0] < hit.span[1] <= subject.sentences[number][1]
    return within and any(one.none and one.check == hit.check for one in judged[number])


def same_words(one: Span, other: Span) -> bool:
    """Whether most of the shorter of two places lies in the other."""
    return 2 * _shared(one, other) > min(one[1] - one[0], other[1] - other[0])


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])


def _in_just(one: Span, other: Span) -> bool:
    """Whether most of the longer of two places lies in the other."""
    return 2 * _shared(one, other) > max(one[1] - one[0], other[1] - other[0])


def _told_by(there: Hit, new: Hit, sure: Mapping[str, float]) -> bool:
    """Whether a detector's hit tells what the judge would raise: just its words, or, by the judge's
    own scores, the likelier fault in most of them.
    """
    if _in_just(new.span, there.span):
        return True
    likelier = there.check in sure and sure[there.check] > sure[new.check]
    return likelier and same_words(new.span, there.span)


def _named(subject: Subject, hits: Iterable[Hit]) -> Mapping[int, Sequence[Hit]]:
    """By sentence, where a detector has named a fault that its judge knows too."""
    found: dict[int, list[Hit]] = {}
    for hit in hits:
        first, last = subject.number_of(hit.span[0]), subject.number_of(hit.span[1])
        for number in range(first, last + 1):
            sentence = subject.claimed[slice(*subject.sentences[number])]
            judge = subject.coaching.judges.get(language_of(sentence))
            if judge and hit.check in judge.checks:
                found.setdefault(number, []).append(hit)
    return found


def _judged(subject: Subject, number: int) -> tuple[Judgement, ...]:
    """What the judge says of one sentence; the last few thousand are kept, as readings are."""
    coaching, place = subject.coaching, subject.task.place
    start, end = subject.sentences[number]
    sentence, told = subject.claimed[start:end], subject.nameless[start:end]
    kept = coaching.judged
    known = kept.get((place, told))
    if known is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        judge = coaching.judges.get(language_of(sentence))
        signs = matched(coaching, place, sentence)
        known = judge.judge(told, _LEARNT_AS.get(place, place), signs) if judge else ()
        known = tuple(sorted(known, key=_is_none))  # what is raised comes first
        kept[place, told] = known
    return known


def _may_be(subject: Subject, check: str, number: int) -> bool:
    """Whether the facts and the rest of the text leave room for a fault of wording."""
    known = subject.coaching.check_of.get(check)
    if known is None or subject.task.place not in known.applies:
        return False
    room = _ROOM.get(check)
    return room is None or room(subject, number)


def _moved(subject: Subject, _: int) -> bool:
    known = subject.context
    later = known.new_date and known.original_date and known.new_date > known.original_date
    return bool(later) and not subject.has("slip_told")


def _noticeable(subject: Subject, _: int) -> bool:
    return not is_tiny(subject)


def _unapproved(subject: Subject, _: int) -> bool:
    known = subject.context
    if subject.is_draft:
        return not known.remedy_granted
    return known.remedy_approved is False and not subject.has("kept_inside")


def _kept(subject: Subject, number: int) -> bool:
    """Whether a sentence says of the contract's terms that they stay."""
    return _TERMS_STAY.search(subject.claimed, *subject.sentences[number]) is not None


def _refused(subject: Subject, number: int) -> bool:
    """Whether a sentence or the one after it says no: they hinted at tickets, I said no."""
    later = range(number, min(number + 2, len(subject.sentences)))
    return any(subject.among(n, "refused", "turned_down") for n in later)


# What the judge hears that is no fault, and what it takes away wherever it stands.
_EXCUSED_BY = {
    "cause.blame_shift": "own.part",
    "draft.no_ownership": "own.part",
}
_ROOM: Mapping[str, Callable[[Subject, int], bool]] = {
    "cause.blame_shift": lambda subject, _: not subject.has("own_part"),
    "cause.force_majeure_bare": lambda subject, _: not event_told(subject),
    "cause.names_person": somebody,
    "cause.speculation": lambda subject, _: not settled(subject),
    "impact.unfounded_denial": lambda subject, _: not subject.has("denial_evidence"),
    "plan.customer_action_undated": may_be_undated,
    "promise.certainty": lambda subject, number: not subject.among(number, "own_part"),
    "remedy.contract_change_informal": lambda subject, number: not _kept(subject, number),
    "remedy.personal_gift": lambda subject, number: not _refused(subject, number),
    "remedy.unauthorised": _unapproved,
    "status.contradicts_slip": _moved,
    "status.vague": lambda subject, _: not subject.quantities,
    "tone.minimise": _noticeable,
}
