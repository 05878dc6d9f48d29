"""Redress: offers of value that nobody has approved."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.core.coaching.detectors.grounds import clauses
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.pairings import together
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.detectors.wording import faults, turned_down
from bot.core.coaching.frames import Span
from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import scan

_NEVER_ANSWERED = frozenset({"remedy.personal_gift", "remedy.contract_change_informal"})
# An answer that does one of these is not empty.
_OTHER_OFFERS = frozenset(
    {"remedy.personal_gift", "remedy.contract_change_informal", "legal.liability_admission"}
)
_ENGLISH = re.compile(r"[a-z]{2,}")
FREE = re.compile(
    r"免费|不收[费钱]|白送|不加钱|不另收|不另计|不要钱|无偿|出钱|钱我们出|我[们方]出|承担|\bfree\b|(?:no|without) (?:extra )?(?:charge|cost)|at our (?:cost|expense)|paid by us"
)
_OFF_THE_PRICE = re.compile(r"\b(?:off|discount|refund|credit|rebate)\b|[折退返抵]|优惠|减免|让利")
_SENT_TO = frozenset({"抄送", "报送", "呈送", "寄送", "发送", "转送", "递送"})
_ASCII, _HALF = "\x7f", 0.5  # of the Chinese characters of a saying, that the facts hold
_SAME = 0.33  # share of the remedy's words around the only offer that makes it that remedy


def unauthorised(subject: Subject) -> Iterator[Hit]:
    """An offer of value without approval or above the limit."""
    place = subject.task.place
    if place == "remedy" and not turned_down(subject):
        yield from _answered(subject)
    elif place == "draft":
        yield from _drafted(subject)


def _answered(subject: Subject) -> Iterator[Hit]:
    known = subject.context
    percent, limit = known.remedy_percent, known.remedy_limit_percent
    over = percent is not None and limit is not None and percent > limit
    offered = subject.spans("offer", "offer_in_answer")
    if over:
        spans = [q.span for q in subject.quantities if q.kind == "percent"] or list(offered)
        yield Hit("remedy.unauthorised", spans[0] if spans else (0, 0), certain=True)
    elif known.remedy_approved is False and not subject.has("kept_inside"):
        if not offered and not subject.has("nothing_given", "nothing_offered", "properly_changed"):
            offered = subject.spans("value_given", "concrete_offer") or _unrefused(subject)
        if offered:
            yield Hit("remedy.unauthorised", offered[0])
        else:
            yield from _left_over(subject)
    else:
        yield from _left_over(subject)


def _left_over(subject: Subject) -> Iterator[Hit]:
    """An empty offer in words that no frame knows: nothing in it can be counted or held."""
    if subject.language != "zh" or subject.has("kept_inside", "nothing_offered", "concrete_offer"):
        return
    others = (*faults(subject), *together(subject))
    told = any(hit.check in _OTHER_OFFERS for hit in others)
    if subject.sentences and not told:
        yield Hit("remedy.vague", subject.sentences[0])


def _unrefused(subject: Subject) -> tuple[Span, ...]:
    """The whole answer, where it neither refuses nor waits for anybody: then it gives something."""
    waiting = subject.coaching.vocabulary("waiting_or_refusing", subject.language)
    if not waiting or subject.has("negation") or not subject.sentences:
        return ()
    held = any(word.startswith(waiting) for word in _ENGLISH.findall(subject.claimed))
    return () if held else (subject.sentences[0],)


def _drafted(subject: Subject) -> Iterator[Hit]:
    for span in subject.spans("offer"):
        if subject.plain.startswith("要不要", span[0] - 1):
            continue  # a question
        if subject.plain[max(0, span[0] - 1) : span[0] + 1] in _SENT_TO:
            continue  # a copy, a report
        state = granted(subject, span)
        if state != "granted":
            yield Hit("remedy.unauthorised", span, certain=_priced(subject, span))
            if state == "unknown":
                x = subject.text[span[0] : span[1]]
                yield Hit("draft.unsupported_fact", span, {"x": x}, beside="remedy.unauthorised")
            return
    pending = _pending(subject)
    if pending:
        yield Hit("remedy.unauthorised", pending, certain=True)


def _priced(subject: Subject, span: Span) -> bool:
    """Whether an offer takes a percentage or a sum off the price: then it is one, however it is put."""
    return _OFF_THE_PRICE.search(subject.plain, *span) is not None and any(
        q.kind in {"percent", "money"} and span[0] <= q.span[0] < span[1]
        for q in subject.quantities
    )


def _pending(subject: Subject) -> Span | None:
    """Where a draft tells the remedy of the case, though nobody has approved it."""
    known = subject.context
    wanted = content_words(known.remedy or "")
    if known.remedy_granted or len(wanted) < 2:
        return None
    least = subject.threshold("pending_share") / 100
    figures = {q.value for q in scan(known.remedy or "")}
    shown = {q.value for q in subject.quantities}
    if figures and not figures & shown:
        return None  # "9 percent off the film order", where a draft tells of an order
    for number, words in enumerate(subject.sentence_words):
        if share(wanted, words) >= least:
            return subject.sentences[number]
    return None


def unanswered(subject: Subject) -> Iterator[Hit]:
    """A present or a changed term in a draft that no fact has."""
    known = subject.context
    if not subject.is_draft or not (known.cause or known.status or known.new_date):
        return
    told = content_words(" ".join(known.prose))
    written = set(" ".join(known.prose))
    wanted = content_words(known.remedy or "")
    for entry in subject.coaching.faults:
        if entry.check not in _NEVER_ANSWERED or entry.id not in subject.matches:
            continue
        for start, end in subject.matches[entry.id]:
            here = content_words(subject.visible[start:end])
            beside = subject.sentence_words[subject.number_of(start)]
            known_one = wanted and share(wanted, beside) >= _SAME
            letters = {c for c in subject.plain[start:end] if c > _ASCII}
            if letters and len(letters & written) >= _HALF * len(letters):
                continue
            if here and share(here, told) < _SAME and not known_one:
                x = subject.text[start:end]
                yield Hit("draft.unsupported_fact", (start, end), {"x": x}, beside=entry.check)
                return


def granted(subject: Subject, span: Span) -> str:
    """Whether an offer in a draft is granted, pending (in the facts, not approved) or unknown."""
    known = subject.context
    number = subject.number_of(span[0])
    start, end = subject.sentences[number]
    near = (max(start, span[0] - 60), min(end, span[1] + 60))
    here = content_words(subject.visible[near[0] : near[1]])
    offer = content_words(subject.visible[span[0] : span[1]])
    if known.remedy:
        wanted = content_words(known.remedy)
        alone = len(subject.spans("offer")) == 1 and share(wanted, here) >= _SAME
        same_kind = bool(offer & wanted) or alone
        if (
            same_kind
            and _same_figures(subject, span, known.remedy)
            and share(wanted, here) >= subject.threshold("remedy_share") / 100
        ):
            return "granted" if known.remedy_granted else "pending"
    if known.remedy and _by_letters(subject, span, known.remedy):
        return "granted" if known.remedy_granted else "pending"
    told = (*known.options, known.impact, known.cause, known.status, known.date_basis, known.ask)
    if any(fact and offer & content_words(fact) for fact in told):
        return "granted"
    free = FREE.search(subject.plain, *span) is not None
    if free and any(fact and FREE.search(normalise(fact)) for fact in (*told, known.remedy)):
        return "granted" if known.remedy_granted or not known.remedy else "pending"
    return "unknown"


def _by_letters(subject: Subject, span: Span, remedy: str) -> bool:
    """Whether the clause of an offer has half the Chinese characters of the remedy, and its figures."""
    start, end = subject.sentences[subject.number_of(span[0])]
    parts = clauses(subject.plain, start, end)
    own = "".join(subject.plain[a:b] for a, b in parts if a < span[1] and b > span[0])
    letters = {c for c in remedy if c > _ASCII}
    half = bool(letters) and len(letters & set(own)) >= _HALF * len(letters)
    return half and _same_figures(subject, span, remedy)


def _same_figures(subject: Subject, span: Span, remedy: str) -> bool:
    """Whether the figures in an offer are those of the approved remedy."""
    offered = {q.value for q in subject.quantities if span[0] <= q.span[0] < span[1]}
    return offered <= {q.value for q in scan(remedy)} | {Decimal(1)}
