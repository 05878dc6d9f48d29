"""A draft against the facts: what is told as done of a part that the facts have open."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.draft_facts import has_facts
from bot.core.coaching.detectors.fact_numbers import known_numbers
from bot.core.coaching.detectors.grounds import (
    LONGEST,
    OF_US,
    Grounds,
    asks,
    claim,
    clauses,
    grounds,
    plain_words,
)
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.reading.numerals import WORDS, normalise
from bot.core.words import Language

_OPEN = re.compile(
    r"\b(?:open|left|remain\w*|outstanding|missing|wait\w*|pending|not|no|never|yet|still|until|will|shall|due|to (?:be|do|go|come|follow)"
    r"|expected|planned|miss\w*|lack\w*|without|unfinished|rest|going to|can be|needs?|being|cannot|but|except|apart from|anew|afresh|only|next|then|after|before|from)\b|n't\b"
    r"|剩|余下|其余|未|没|待|还要|还需|还差|还得|还在|尚|缺|等|差|将|会|要|预计|计划|再|正在|只|返工|重做|不|无|之后|然后|接着|继续|重新"
)
_DONE = re.compile(
    r"\b(?:is|are|was|were|been|has|have|had|now|already|all|both|fully|stands?|got|also|too)\b[^,;.]{0,30}?\b(?:\w{2,}(?<!affect)(?<!need)(?<!delay)(?<!block)(?<!expect)(?<!touch)ed|done|built|cast|cut|sewn|made|laid|run|sent|put|"
    r"set|drawn|written|proven|shown|hung|bound|sealed|complete|ready|live|in place|in service|through|closed|behind us|over|up|in|on site|signed off|watertight|clean|working|running)\b"
    r"|\b(?:passed|finished|done|completed|too|as well)\b"
    r"|[完好过了]$|[完好过]了|已|通过|合格|就位|到货|上线|交付|验收|封顶|投用|启用|也都|也已"
)
_TOLD_DONE = re.compile(
    r"\b(?:\w{3,}ed|done|built|cast|cut|sewn|made|laid|put|set|hung|complete|ready|live|in|through|over|stands?|runs?|works?"
    r"|pass|up|accepted|watertight|holds?|lies?|ok|fine)\b|[完好过]|已|通过|合格|就位|到货|上线|交付|验收|封顶|投用|启用|正常|可用|落成|立"
)
_COUNTED = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|both)\b|[一二两三四五六七八九十]"
)
_FIGURE = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")
_ALL_OF = re.compile(
    r"\ball (?:the |of the )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
)
_EVERY = re.compile(r"\b(?:both|all|every|each)\b|两[侧个台边套条]都|都|全部|均|全")
_DEED = {
    "en": re.compile(
        r"\b(?:(?:and|already|also)\s(?:(?:has|have|been|is|are|already|also|since)\s){0,3}"
        r"|(?:has|have)\s(?:already|also|since)\s(?:been\s)?)"
        r"(?!enclosed|attached)([a-z]{3,}(?:ed|ung|awn|own))\b"
    ),
    "zh": re.compile(
        r"(?:都|也|还|全)([\u4e00-\u9fff]{1,3}?)(?:[过完好]了?|了)(?=[,，。;；、)）\s]|$)"
    ),
}
_GRANTED = ("批", "批准", "同意", "approved")  # what an approved remedy is
_PLAIN_DEED = frozenset("好完成有行在到过立做弄装开能上下来去齐全清妥定起")  # of no deed of its own
_NEW = 2  # words of a thing that is in no fact
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ROOT = 5
_TOLD = 0.6  # share of a clause's words that one fact has
# An open part is what a clause is about from one in so many of its words, or pairs of characters.
_MOST_OF_IT: dict[Language, int] = {"en": 3, "zh": 9}
_SEGMENT = re.compile(r"[^;；。.\n]+")
_WEAK = (
    frozenset(
        [
            "work",
            "part",
            "test",
            "day",
            "week",
            "new",
            "first",
            "last",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
        ]
    )
    | WORDS.keys()
)
_STATE = re.compile("[未没待完]|验收")  # tells how a part stands, not which one it is
_AND = re.compile(
    r"(?<!everything)(?<!\ball)(?<!nothing)\s(?:and|while|whereas|but)\s|而且|而|但|并且"
)


def turned_state(subject: Subject) -> Iterator[Hit]:
    """A part that is told as done where the facts have it open."""
    known = subject.context
    if not subject.is_draft or not known.status or not has_facts(known):
        return
    open_, mixed = still_open(normalise(known.status))
    open_ -= content_words(known.project or "")
    if not open_ and not mixed:
        return
    for number, (start, end) in enumerate(subject.sentences):
        if not (open_ | mixed) & subject.sentence_words[number]:
            continue
        sentence = subject.claimed[start:end]
        unsaid = end - start > LONGEST or asks(sentence)
        for first, last in () if unsaid else _done_in(sentence):
            words = content_words(sentence[first:last])
            every = mixed & words and _EVERY.search(sentence, first, last)
            turned = len(words & open_) * _MOST_OF_IT[subject.language] >= len(words)
            if (turned or every) and not _told_elsewhere(known, words):
                yield claim(subject, (start + first, start + last))


def _told_elsewhere(known: Context, words: frozenset[str]) -> bool:
    """Whether another fact than the status says most of a clause: how it went wrong, not that it is done."""
    others = (known.cause, known.impact, known.date_basis, known.what_changed)
    return any(fact and share(words, content_words(fact)) >= _TOLD for fact in others)


def turned_count(subject: Subject) -> Iterator[Hit]:
    """As many told as done as the facts have open: three of five, when it is two of five."""
    known = subject.context
    if not subject.is_draft or not has_facts(known):
        return
    ratios = known_numbers(known, subject.today).ratios
    for quantity in subject.quantities:
        if quantity.kind != "ratio" or quantity.of is None:
            continue
        part, whole = float(quantity.value), float(quantity.of)
        given = ratios.get(whole, frozenset())
        if not given or part in given or whole - part not in given:
            continue
        start, end = subject.sentences[subject.number_of(quantity.span[0])]
        said = next(
            (s for s in clauses(subject.claimed, start, end) if s[1] > quantity.span[0]),
            (start, end),
        )
        if _DONE.search(subject.claimed, *said) and not _OPEN.search(subject.claimed, *said):
            x = subject.text[slice(*quantity.span)]
            yield Hit("draft.unsupported_fact", quantity.span, {"x": x})


def new_deed(subject: Subject) -> Iterator[Hit]:
    """Something done to a part of the case in a word that no fact and no other message has."""
    known = subject.context
    if not subject.is_draft or not known.status or not has_facts(known):
        return
    facts = grounds(known, subject.today)
    plain = plain_words(subject.coaching.word_set("plain"))
    for start, end in subject.sentences[1:-1]:
        if end - start > LONGEST:
            continue
        for deed, (first, last) in _deeds(subject.claimed[start:end], facts, plain):
            if not (known.remedy_granted and deed in _GRANTED):
                yield claim(subject, (start + first, start + last))


@lru_cache(maxsize=1024)
def _deeds(sentence: str, facts: Grounds, plain: frozenset[str]) -> tuple[tuple[str, Span], ...]:
    """The new deeds of a sentence and their clauses; kept, as drafts are read at each edit."""
    pattern = _DEED["zh" if _HAN.search(sentence) else "en"]
    matches = tuple(pattern.finditer(sentence))
    if not matches or asks(sentence):
        return ()
    parts = tuple(clauses(sentence, 0, len(sentence)))
    found = []
    for match in matches:
        at = match.start()
        clause = next((s for s in reversed(parts) if s[0] <= at), (0, len(sentence)))
        said = sentence[slice(*clause)]
        if facts.tells(said) or _OPEN.search(said) or OF_US.search(said):
            continue
        if _is_new(match[1], facts, plain) or _of_new(said, facts, plain):
            found.append((match[1], clause))
    return tuple(found)


def _is_new(deed: str, facts: Grounds, plain: frozenset[str]) -> bool:
    if deed.isascii():
        words = content_words(deed)
        return bool(words) and not words & (facts.words | plain) and deed[:_ROOT] not in facts.text
    own = set(deed) - _PLAIN_DEED
    return bool(own) and not any(letter in facts.text for letter in own)


def _of_new(clause: str, facts: Grounds, plain: frozenset[str]) -> bool:
    """Whether what something was done to is new, too: 润滑也都做过了."""
    words = content_words(clause)
    return not words & facts.words and len(words - plain) >= _NEW


@lru_cache(maxsize=256)
def still_open(status: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a status that only its open parts have, and those that open and done ones share."""
    open_: set[str] = set()
    done: set[str] = set()
    for segment in _SEGMENT.finditer(status):
        parts = [status[slice(*span)] for span in clauses(status, *segment.span())]
        last: bool | None = None
        for part in reversed(parts):  # a list takes the state that its end tells
            if _COUNTED.search(part):
                last = False  # some of it is done, some is not
            elif _OPEN.search(part):
                last = True
            elif _TOLD_DONE.search(part) or last is None:
                last = False
            (open_ if last else done).update(content_words(part))
    open_ = {word for word in open_ if not _STATE.search(word)}
    return frozenset(open_ - done - _WEAK), frozenset(open_ & done - _WEAK)


def _done_in(sentence: str) -> Iterator[Span]:
    for first, last in clauses(sentence, 0, len(sentence)):
        start = first
        for joint in (*_AND.finditer(sentence, first, last), None):
            end = joint.start() if joint else last
            part = sentence[start:end]
            if (
                _DONE.search(part.strip())
                and not _OPEN.search(part)
                and not _FIGURE.search(_ALL_OF.sub("", part))
            ):
                yield start, end
            start = joint.end() if joint else last
