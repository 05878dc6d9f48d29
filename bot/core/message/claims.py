"""The claim ledger: every date, number, percent, sum, name and promise of a text, and its answer.

It reads any text: an assembled draft, one changed by hand, something pasted. A claim that no
answer holds is flagged with its place; it never changes the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from bot.core.message.by_hand import by_hand
from bot.core.message.composing import Draft, Line
from bot.core.message.facts import Facts, facts, scanned
from bot.core.message.names import Name, find_names
from bot.core.message.promises import Commitment, content_of, find_promises
from bot.core.message.reckoning import family_of
from bot.core.message.tracing import trace
from bot.core.reading.calendars import Calendar
from bot.core.reading.dates import Mention
from bot.core.reading.quantities import Quantity
from bot.core.words import FieldId

__all__ = ["Claim", "Entry", "Facts", "Ledger", "check", "facts", "find", "missing"]

ClaimKind = Literal["date", "number", "percent", "sum", "name", "promise", "words"]
Verdict = Literal[
    "traced",  # an answer holds it
    "foreign",  # no answer holds it
    "changed",  # it stands where the draft says something else
    "internal",  # only an answer that may not be told holds it: internal, or not approved
]

_KINDS: Mapping[str, ClaimKind] = {"percent": "percent", "money": "sum"}
_ALIKE = 0.34  # share of common words from which two sentences are versions of one
_SECRET = 3  # words of a hidden answer, told nowhere else, that give it away
_HALF = 0.5  # share of a sentence's content that they are
_SENTENCE = re.compile(r"[^\n。！？；.!?;]+(?:[.!?](?!\s|$)[^\n。！？；.!?;]*)*")
_CLAUSE = re.compile(r"[^,，]+")
_ENDS = ("\n", "。", ". ", "! ", "? ", "！", "？")  # of a sentence
_NEAR = 400  # characters on each side of a claim that are its sentence at most
_COMPARED = 200  # claims of a text, and of its draft, that are compared with each other
_SHORT = 2  # words of an answer that must all stand
_STILL_TOLD = 0.3  # share of an answer's content that must stand for it to be told


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with its place. `key` is the same for two claims that mean the same."""

    kind: ClaimKind
    span: tuple[int, int]
    text: str
    key: str
    meaning: Mention | Quantity | Name | Commitment


@dataclass(frozen=True, slots=True)
class Entry:
    """A claim and where it comes from; for a changed one, the answers it should tell."""

    claim: Claim
    verdict: Verdict
    answers: tuple[FieldId, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of a text, in its order."""

    entries: tuple[Entry, ...]

    @property
    def flagged(self) -> tuple[Entry, ...]:
        """The entries that a person should look at."""
        return tuple(e for e in self.entries if e.verdict != "traced")


def find(
    text: str, *, today: date, calendar: Calendar, vocabulary: Set[str] = frozenset()
) -> tuple[Claim, ...]:
    """Every claim in a text, in order; a promise holds the claims of its clause.

    `vocabulary` names words, in lower case, that are nobody's name.
    """
    return _found(text, today, calendar, frozenset(vocabulary))


def check(text: str, facts: Facts, *, draft: Draft | None = None) -> Ledger:
    """The ledger of a text.

    With `draft`, the assembled one that the text is or was, each claim is traced within its own
    sentence first, and a claim in the place of another is called changed.
    """
    claims = find(text, today=facts.today, calendar=facts.calendar, vocabulary=facts.vocabulary)
    places = _places(text, draft)
    entries: list[Entry] = []
    for claim in claims:
        if claim.kind != "promise":
            entries.append(_judged(claim, facts, text, _own(claim, places)))
    starts = [e.claim.span[0] for e in entries]
    promised: list[Entry] = []
    for claim in claims:
        if claim.kind == "promise":
            first, last = (bisect_left(starts, at) for at in claim.span)
            inside = [e for e in entries[first:last] if e.claim.span[1] <= claim.span[1]]
            promised.append(_judged_promise(claim, facts, inside, _own(claim, places)))
    entries += [*promised, *_secrets(text, facts)]
    entries.sort(key=lambda e: (e.claim.span[0], -e.claim.span[1]))
    if draft is not None and draft.text != text:
        entries = _with_changes(entries, text, facts, draft)
    return Ledger(tuple(entries))


def missing(text: str, facts: Facts, draft: Draft) -> tuple[FieldId, ...]:
    """The answers that the assembled draft tells and `text` no longer does, in its order.

    A date, number, sum or name is told when it stands anywhere in another wording too; a longer
    answer when enough of its words do.
    """
    if text == draft.text:
        return ()
    now = {c.key for c in _all(text, facts)}
    told = [e for e in check(draft.text, facts, draft=draft).entries if e.claim.kind != "promise"]
    lost = {f for e in told if e.claim.key not in now for f in e.answers}
    used = {f for line in draft.sentences for f in line.answers}
    content = content_of(text)
    by_answer: dict[FieldId, set[str]] = {}
    for source in facts.told.sources:
        if source.typed and source.answers[0] in used and _stands(source.text, draft.text):
            by_answer.setdefault(source.answers[0], set()).update(source.content)
    lost |= {f for f, own in by_answer.items() if own and not _still_told(own, content)}
    order = [f for line in draft.sentences for f in line.answers]
    return tuple(dict.fromkeys(f for f in order if f in lost))


def _still_told(own: Set[str], content: Set[str]) -> bool:
    """Whether enough of an answer's words stand; of a name or another short one, all of them."""
    share = len(own & content) / len(own)
    return share >= (_STILL_TOLD if len(own) > _SHORT else 1)


def _stands(answer: str, text: str) -> bool:
    """Whether an answer stands in a text in whole words, up to its first letter and its end."""
    words = " ".join(answer.split()).rstrip(" .。!！?？,，;；")
    if not words:
        return False
    first = f"[{re.escape(words[0].lower() + words[0].upper())}]" if words[0].isalpha() else ""
    body = re.escape(words[1:]) if first else re.escape(words)
    before = r"(?<![A-Za-z0-9])" if words[0].isascii() else ""
    after = r"(?![A-Za-z0-9])" if words[-1].isascii() else ""
    return re.search(f"{before}{first}{body}{after}", " ".join(text.split())) is not None


def _all(text: str, facts: Facts) -> tuple[Claim, ...]:
    return find(text, today=facts.today, calendar=facts.calendar, vocabulary=facts.vocabulary)


@lru_cache(maxsize=512)
def _found(
    text: str, today: date, calendar: Calendar, vocabulary: frozenset[str]
) -> tuple[Claim, ...]:
    mentions, amounts = scanned(text, today, calendar)
    found = [Claim("date", m.span, m.text, _date_key(m), m) for m in mentions]
    for q in amounts:
        start, end = q.span
        if not _idle(text[start:end], q):
            kind = _KINDS.get(q.kind, "number")
            found.append(Claim(kind, q.span, text[start:end], _number_key(q), q))
    taken = sorted(c.span for c in found)
    for n in find_names(text, vocabulary):
        place = bisect_left(taken, (n.end, 0))  # spans of figures do not overlap
        if place == 0 or taken[place - 1][1] <= n.start:
            found.append(Claim("name", (n.start, n.end), n.text, " ".join(n.words), n))
    for p in find_promises(text):
        found.append(Claim("promise", (p.start, p.end), p.text, p.text.lower(), p))
    return tuple(sorted(found, key=lambda c: (c.span[0], -c.span[1])))


def _date_key(mention: Mention) -> str:
    if not mention.readings:
        return mention.text
    first = mention.readings[0]
    return f"{first.day}" if first.last == first.day else f"{first.day}/{first.last}"


def _number_key(quantity: Quantity) -> str:
    value, family = family_of(quantity)
    whole = f" of {quantity.of.normalize():f}" if quantity.of is not None else ""
    return f"{value.normalize():f}{whole} {family}"


def _idle(written: str, quantity: Quantity) -> bool:
    """Whether a number is only a word: "one of us", 一个."""
    worded = not any(c.isdigit() for c in written)
    return worded and quantity.value <= 1 and quantity.kind in ("number", "count")


def _places(text: str, draft: Draft | None) -> tuple[tuple[int, int, Line], ...]:
    """Where the draft's sentences stand in the text, those that stand there unchanged."""
    if draft is None:
        return ()
    if draft.text == text:
        return tuple((*line.span, line) for line in draft.sentences)
    found: list[tuple[int, int, Line]] = []
    for line in draft.sentences:
        at = text.find(line.text)
        if at >= 0:
            found.append((at, at + len(line.text), line))
    return tuple(found)


def _own(claim: Claim, places: Sequence[tuple[int, int, Line]]) -> frozenset[FieldId]:
    start, end = claim.span
    own = (line.answers for a, b, line in places if a <= start and end <= b)
    return frozenset(f for answers in own for f in answers)


def _judged(claim: Claim, facts: Facts, text: str, own: frozenset[FieldId]) -> Entry:
    start, end = claim.span
    before, after = text[max(0, start - 16) : start], text[end : end + 3]
    found = trace(claim.meaning, facts.told, own=own, around=(before, after))
    if found is not None:
        return Entry(claim, "traced", found.answers)
    if claim.kind == "name" and isinstance(claim.meaning, Name) and _known(claim.meaning, facts):
        return Entry(claim, "traced", ())
    secret = trace(claim.meaning, facts.kept, own=frozenset(), around=("", ""))
    if secret is not None:
        return Entry(claim, "internal", secret.answers)
    return Entry(claim, "foreign", ())


def _secrets(text: str, facts: Facts) -> Iterator[Entry]:
    """The sentences that say what only an answer says that may not be told, figures or not."""
    open_ = frozenset[str]().union(*(s.content for s in facts.told.sources))
    own = [(s, s.content - open_) for s in facts.kept.sources if s.typed]
    hidden = [(s, words) for s, words in own if len(words) >= _SECRET]
    if not hidden:
        return
    for start, said in _parts(text):
        content = content_of(said)
        for source, words in hidden:
            common = len(words & content)
            if common >= _SECRET and common / len(content) >= _HALF:
                end = start + len(said)
                meaning = Commitment(start, end, said, content, frozenset())
                claim = Claim("words", (start, end), said, said.lower(), meaning)
                yield Entry(claim, "internal", source.answers)
                break


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence, and each clause of a long one: a secret may be a clause among others."""
    for sentence in _SENTENCE.finditer(text):
        clauses = list(_CLAUSE.finditer(text, *sentence.span()))
        for part in [sentence, *(clauses if len(clauses) > 1 else ())]:
            said = part[0].strip()
            if said:
                yield part.start() + part[0].index(said), said


def _known(name: Name, facts: Facts) -> bool:
    return not name.chinese and all(word in facts.vocabulary for word in name.words)


def _judged_promise(
    claim: Claim, facts: Facts, inside: Sequence[Entry], own: frozenset[FieldId]
) -> Entry:
    """A promise holds when its words come from one answer and each claim inside it is traced."""
    worst = next((e for e in inside if e.verdict != "traced"), None)
    if worst is not None:
        return Entry(claim, worst.verdict, worst.answers)
    held = {word for e in inside for word in content_of(e.claim.text)}
    found = trace(claim.meaning, facts.told, own=own, around=("", ""), held=frozenset(held))
    if found is not None:
        return Entry(claim, "traced", found.answers)
    secret = trace(claim.meaning, facts.kept, own=own, around=("", ""))
    return Entry(claim, "internal", secret.answers) if secret else Entry(claim, "foreign", ())


def _with_changes(entries: Sequence[Entry], text: str, facts: Facts, draft: Draft) -> list[Entry]:
    """The entries, those called changed that stand where the draft has another claim."""
    now = {e.claim.key for e in entries}
    assembled = [
        e
        for e in check(draft.text, facts, draft=draft).entries
        if e.verdict == "traced" and e.claim.kind != "promise"
    ]
    gone = [e for e in assembled if e.claim.key not in now]
    there = [(e, content_of(_around(draft.text, e.claim.span))) for e in gone[:_COMPARED]]
    elsewhere = _misplaced(entries, text, draft, assembled)
    left = _COMPARED
    changed: list[Entry] = []
    for entry in entries:
        instead = elsewhere.get(entry.claim.span)
        foreign = entry.verdict == "foreign" and entry.claim.kind != "promise"
        if left and foreign and instead is None:
            left -= 1
            instead = _instead(entry.claim, text, there)
        changed.append(Entry(entry.claim, "changed", instead.answers) if instead else entry)
    return changed


def _misplaced(
    entries: Sequence[Entry], text: str, draft: Draft, assembled: Sequence[Entry]
) -> Mapping[tuple[int, int], Entry]:
    """The claims of a reworded sentence where the draft tells another of their kind."""
    found: dict[tuple[int, int], Entry] = {}
    for sentence in by_hand(text, draft).reworded:
        mine = _within(entries, sentence.span)
        theirs = _within(assembled, sentence.line.span)
        own, wanted = {e.claim.key for e in mine}, {e.claim.key for e in theirs}
        for entry in mine:
            if entry.verdict == "internal" or entry.claim.key in wanted:
                continue
            lost = (e for e in theirs if e.answers and e.claim.key not in own)
            instead = next((e for e in lost if e.claim.kind == entry.claim.kind), None)
            if instead is not None:
                found[entry.claim.span] = instead
    return found


def _within(entries: Sequence[Entry], span: tuple[int, int]) -> list[Entry]:
    return [e for e in entries if span[0] <= e.claim.span[0] and e.claim.span[1] <= span[1]]


def _instead(claim: Claim, text: str, gone: Sequence[tuple[Entry, frozenset[str]]]) -> Entry | None:
    """The draft's claim that this one stands for: of its kind, in the likest sentence."""
    here = content_of(_around(text, claim.span))
    best, likest = None, _ALIKE
    for entry, there in gone:
        if entry.claim.kind != claim.kind:
            continue
        alike = len(here & there) / max(1, len(here | there))
        if alike > likest:
            best, likest = entry, alike
    return best


def _around(text: str, span: tuple[int, int]) -> str:
    """The sentence round a span, the span itself left out."""
    head = text[max(0, span[0] - _NEAR) : span[0]]
    tail = text[span[1] : span[1] + _NEAR]
    start = max(head.rfind(mark) for mark in _ENDS) + 1
    ends = [e for mark in _ENDS if (e := tail.find(mark)) >= 0]
    return head[start:] + " " + tail[: min(ends, default=len(tail))]
