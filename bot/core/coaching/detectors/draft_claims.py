"""A draft against the facts: what it tells of the work in words, no figure and no date of the case.

An approval, a test, people who were added, a meeting, other customers: each is held clause by
clause against what was answered, and is raised where next to nothing of it was. Such a claim gives
way to any other fault of its sentence (coach.py).
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from bot.core.coaching.detectors.draft_facts import has_facts
from bot.core.coaching.detectors.grounds import (
    LONGEST,
    OF_US,
    Grounds,
    asks,
    claim,
    clauses,
    grounds,
    plain_words,
    scant,
    spared,
)
from bot.core.coaching.detectors.matching import matched
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.remedies import FREE
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.reading.numerals import WORDS
from bot.core.words import Language

_CLAIMS = (
    "claim_agreed", "claim_proved", "claim_assured", "claim_arrived", "claim_staffed",
    "claim_met", "claim_changed", "claim_spare", "claim_others", "claim_given",
)  # fmt: skip
_SURE = ("claim_agreed", "claim_proved", "claim_assured", "claim_staffed", "claim_others", "claim_given")  # fmt: skip
_OF_REMEDY = ("claim_agreed", "claim_given")  # what an approved remedy is told by
_FEWEST: dict[Language, int] = {"en": 2, "zh": 3}  # words of a claim that can be compared
_FOREIGN = 0.4  # the same, where the facts have not a word of the claim itself
_ALIKE = 0.2  # the same, where the facts hold a claim of that kind
_MOST = 3  # places that are told; where one is another check's, the next one stands
_BRIEF: dict[Language, int] = {"en": 4, "zh": 5}
_THINGS = ("claim_met", "claim_spare")  # what can be a thing of the case
_NUMERALS = content_words(" ".join(WORDS))
_HELD = 0.34  # share of a claim's words that the facts hold where somebody told it
_CAUSAL = {
    "en": re.compile(
        r"\b(?:because(?: of)?|due to|owing to|caused by|the (?:reason|cause) (?:is|was)|as a result of|stems from"
        r"|goes back to|came about through)\b([^,.;:!?\n]{6,160})"
    ),
    "zh": re.compile(r"(?:由于|因为?|原因是|起因是|源于)([^,，。；;:：!?？\n]{4,60})"),
}
# What a claim speaks of where few facts are known: a word of others, people who were added.
_NEEDED: dict[str, re.Pattern[str]] = {
    "claim_assured": re.compile(
        r"confirm|assur|promis|guarant|commit|pledg|agreed|given|granted|lent|offered|allo|freed|\bset\b|kept|insured"
        r"|另|确认|承诺|保证|答应|担保|允诺|聘|请|委托|签约|投保"
    ),
    "claim_staffed": re.compile(
        r"crew|team|shift|engineer|fitter|developer|tester|technician|specialist|people|hands|staff|welder|electrician|expert"
        r"|consultant|mechanic|painter|driver|operator|installer|supplier|(?:add|hir|second|flown|flew|recruit|borrow|call|draft)"
        r"|[人名位队组台线家厂]|增|加开|专家|师傅|工程师|团队"
    ),
}
# What somebody else has done, or what stands: told as a fact even where few are known.
_BY_OTHERS = re.compile(
    r"^(?!.*\b(?:we|our|us)\b).*\b(?:(?:has|have|had)\s(?:\w+ly\s|already\s|now\s|since\s|also\s)?(?:been\s)?\w+(?:ed|en|ne|ad|id|ut|pt|lt|nt|de)\b"
    r"|(?:is|are) (?:up|in|through|complete|finished|done) and \w+ed\b)"
    r"|^(?!.*我们).*(?:已(?!知)|过了?$)",
    re.DOTALL,
)
_DENIED_EN = re.compile(
    r"\bnothing (?:is|was|has|will|can)\b|\b(?:not|n't|never)\b(?: yet| been){0,2} (?:decided|agreed|approved|settled|signed|accepted|granted)\b|\bnot yet\b"
)
_HAPPENED = re.compile(
    r"^(?!.*\b(?:ought|should|would|could|might)\b).*\b(?:has|have|had|was|were|got|came|went|gave|took|made|broke|fell|[a-z]{3,}ed)\b|[了过已定]|超[差标限]",
    re.DOTALL,
)
_CAUSE = 3  # words of a cause that can be compared
_STATES = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|shall|can|does|'ll|'ve|[a-z]{3,}(?:ed|es)|[a-z]{4,}s)\b|[\u4e00-\u9fff]"
)
_DENIED_ZH = re.compile("不(?!休|停|间断|歇)|没|未|无(?!损)")
_OUR_OWN = re.compile(
    r"(?:we )?we (?:signed|accepted|approved|passed|agreed to)\b"
)  # no one else did
_WE = re.compile(r"\b(?:we|i)\s$")
_NUMBER_ZH = re.compile(
    r"[零一二两三四五六七八九十百千万\d]+[个台件名位天周条次项套间扇份年月日号点半]?"
)
_NOVEL: dict[Language, tuple[int, float]] = {"en": (3, 0.0), "zh": (6, 0.15)}


def unsupported_claim(subject: Subject) -> Iterator[Hit]:
    """What is told as agreed, proved, arrived, added, met or given, and nobody said it."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    facts = grounds(subject.context, subject.today)
    given = {entry for entry, _ in matched(subject.coaching, "draft", facts.text)}
    left = _MOST
    few = scant(subject.context)
    for sign in _SURE if few else _CLAIMS:
        for place in subject.spans(sign):
            if spared(subject, place[0]) or (few and _ordinary(subject, sign, place)):
                continue
            span = _clauses_of(subject, place)
            if _spoken_for(subject, sign, span, facts):
                continue
            if sign == "claim_agreed" and _OUR_OWN.match(subject.claimed, max(0, place[0] - 3)):
                continue
            if sign == "claim_assured" and _WE.search(
                subject.claimed, max(0, place[0] - 4), place[0]
            ):
                continue
            own = content_words(subject.claimed[slice(*place)])
            if sign in _THINGS and own <= facts.words:
                continue
            most = _HELD if own & facts.words else _FOREIGN
            if sign in given:
                most = _ALIKE
            if _unheld(subject, span, facts, most):
                yield claim(subject, span)
                left -= 1
                if not left:
                    return


def _ordinary(subject: Subject, sign: str, place: Span) -> bool:
    """Whether a claim may stand beside any few facts: an order of parts, people who work late."""
    needed = _NEEDED.get(sign)
    return needed is not None and not needed.search(subject.claimed, *place)


def _spoken_for(subject: Subject, sign: str, span: Span, facts: Grounds) -> bool:
    """Whether a clause denies, tells of the next contact, or gives what an answer gives, too."""
    if subject.context.remedy_granted and sign in _OF_REMEDY and _brief(subject, span):
        return True
    if sign == "claim_given" and FREE.search(facts.text) and FREE.search(subject.claimed, *span):
        return True
    denied = any(p.search(subject.claimed, *span) for p in (_DENIED_ZH, _DENIED_EN))
    return denied or subject.among(subject.number_of(span[0]), "contact")


def _clauses_of(subject: Subject, place: Span) -> Span:
    """From the first clause that a place touches to the last."""
    start, end = subject.sentences[subject.number_of(place[0])]
    touched = [
        c for c in clauses(subject.claimed, start, end) if c[0] < place[1] and c[1] > place[0]
    ]
    return (touched[0][0], touched[-1][1]) if touched else place


def _brief(subject: Subject, span: Span) -> bool:
    """Whether a clause says no more than that: "as approved by our management"."""
    return len(content_words(subject.claimed[slice(*span)])) < _BRIEF[subject.language]


def _unheld(subject: Subject, span: Span, facts: Grounds, most: float) -> bool:
    clause = subject.claimed[slice(*span)]
    words = content_words(clause) - _NUMERALS
    least = 1 if FREE.search(clause) else _FEWEST[subject.language]  # "we pay" says it all
    if len(words) < least or facts.tells(clause):
        return False
    return share(words, facts.words) < most


def foreign_cause(subject: Subject) -> Iterator[Hit]:
    """A cause that shares no word with any answer."""
    known = subject.context
    if not subject.is_draft or not known.cause:
        return
    facts = grounds(known, subject.today)
    for match in _CAUSAL[subject.language].finditer(subject.claimed):
        words = {word for word in content_words(match[1]) if len(word) > 1}
        if len(words) >= _CAUSE and not words & facts.words and not spared(subject, match.start()):
            found = claim(subject, match.span(1))
            yield replace(found, slots={**found.slots, "name": "cause"})


def novel_statement(subject: Subject) -> Iterator[Hit]:
    """A clause that holds nothing of the facts, and other words than any message has."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    few = scant(subject.context)
    ground = grounds(subject.context, subject.today)
    facts = ground.words
    known = _either(facts, subject.coaching.word_set("plain"))
    for number, (start, end) in enumerate(subject.sentences[1:-1], 1):
        if end - start > LONGEST:
            continue
        if len(subject.sentence_words[number] - known) >= _NOVEL[subject.language][0]:
            for first, last in _novel(subject.claimed[start:end], facts, known, subject.language):
                span = (start + first, start + last)
                clause = subject.claimed[slice(*span)]
                happened = (_BY_OTHERS if few else _HAPPENED).search(clause)
                if happened and not ground.tells(clause) and not ground.roots(clause):
                    yield claim(subject, span)


@lru_cache(maxsize=1024)
def _novel(
    sentence: str, facts: frozenset[str], known: frozenset[str], language: Language
) -> tuple[Span, ...]:
    """The clauses of a sentence with nothing of the facts and too little that is known; kept."""
    if asks(sentence):
        return ()
    need, most = _NOVEL[language]
    found = []
    for span in clauses(sentence, 0, len(sentence)):
        clause = sentence[slice(*span)]
        own = content_words(_NUMBER_ZH.sub(" ", clause) if language == "zh" else clause)
        if len(own - known) < need or len(own & facts) > most * len(own):
            continue
        if _STATES.search(sentence, *span) and not OF_US.search(sentence, *span):
            found.append(span)
    return tuple(found)


@lru_cache(maxsize=256)
def _either(facts: frozenset[str], plain: frozenset[str]) -> frozenset[str]:
    """The words of the facts, and those that any message has."""
    return facts | plain_words(plain)
