"""Tone: what has to be counted, or weighed against the length of the slip."""

import re
from collections.abc import Iterator

from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.detectors.wording import is_tiny
from bot.core.coaching.frames import Span

_ABBREVIATION = re.compile(r"(?<![A-Za-z0-9-])[A-Z][A-Za-z]?[A-Z0-9&]{1,6}s?(?![A-Za-z0-9-]|/\d)")
_EXCLAMATION = re.compile(r"[!！]")
_PARTY = re.compile(
    "[\U0001f386-\U0001f38a\U0001f389\U0001f38a\U0001f973\U0001f680\U0001f929\U0001f60d\U0001f604\U0001f600\U0001f603\U0001f60a\U0001f44f\U0001f525\u2728\U0001f4aa\U0001f381\U0001f37e]"
)


def overwrought(subject: Subject) -> Iterator[Hit]:
    """Three or more apologies in one text."""
    said = subject.spans("apology")
    if len(said) >= subject.threshold("apologies"):
        yield Hit("tone.overwrought", said[-1], {"n": len(said)}, certain=True)  # counted


def hollow(subject: Subject) -> Iterator[Hit]:
    """An apology under a condition, or for "any" trouble: in the sentence that apologises."""
    for span in subject.spans("apology"):
        number = subject.number_of(span[0])
        if any(_same_clause(subject, number, span, other) for other in subject.spans("if_regret")):
            yield Hit("tone.hollow_apology", span)
            return
    for span in subject.spans("regretting"):
        number = subject.number_of(span[0])
        hedges = subject.spans("regret_hedged")
        if any(_same_clause(subject, number, span, other) for other in hedges):
            yield Hit("tone.hollow_apology", span)
            return


def _same_clause(subject: Subject, number: int, span: Span, other: Span) -> bool:
    """Whether two places stand in one sentence, with no semicolon between them."""
    between = subject.claimed[min(span[1], other[1]) : max(span[0], other[0])]
    return subject.number_of(other[0]) == number and ";" not in between


def minimise(subject: Subject) -> Iterator[Hit]:
    """The delay made small; not for slips of two working days or less."""
    small = ("minimiser", "made_small")
    if subject.has(*small) and not is_tiny(subject):
        yield Hit("tone.minimise", subject.first(*small))


def jargon(subject: Subject) -> Iterator[Hit]:
    """Three or more technical terms or abbreviations before a decision maker."""
    known = subject.context
    if not subject.is_draft or (known.audience or "").lower() != "executive":
        return
    named = " ".join(filter(None, (known.project, known.customer, known.sender, *known.options)))
    common = frozenset(subject.words("common_abbreviations"))
    seen: dict[str, tuple[int, int]] = {}
    for match in _ABBREVIATION.finditer(subject.visible):
        if match[0].lower() not in common and match[0] not in named:
            seen.setdefault(match[0], match.span())
    for start, end in subject.spans("shop_talk"):
        term = subject.plain[start:end]
        if term not in named.lower() and not any(s <= start < e for s, e in seen.values()):
            seen.setdefault(term, (start, end))
    if len(seen) >= subject.threshold("jargon"):
        first = next(iter(sorted(seen.values())))
        yield Hit("tone.jargon", first, {"x": ", ".join(list(seen)[:3])})


def false_cheer(subject: Subject) -> Iterator[Hit]:
    """Party signs, or three exclamation marks, in a message about a delay."""
    if not subject.is_draft:
        return
    party = _PARTY.search(subject.visible)
    marks = [m.span() for m in _EXCLAMATION.finditer(subject.visible)]
    if party:
        yield Hit("tone.false_cheer", party.span())
    elif len(marks) >= subject.threshold("exclamations"):
        yield Hit("tone.false_cheer", marks[0])
