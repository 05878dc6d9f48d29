"""What the facts of a draft hold, made ready to hold a sentence against them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.core.coaching.context import Context
from bot.core.coaching.detectors.coverage import scanned
from bot.core.coaching.detectors.overlap import content_words
from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.coaching.frames import Span
from bot.core.reading.numerals import normalise

LONGEST = 1500  # characters of a sentence; in a longer one nothing is held against the facts
CHECK = "draft.unsupported_fact"
_CLAUSE = re.compile(r"[^,.;:!?()，。；：！？、（）\n\x1f]+")
# What is asked, thanked for, wished or made to depend on something is no claim.
_SPARED = re.compile(
    r"\b(?:(?:different|otherwise|differently) from now on|(?:is|are|it's) on us|supposed to|will miss|thank\w*|grateful|pleas(?:e|ed|ure)|appreciate\w*|if|whether|unless|once|until (?:you|we|i|they|it|he|she|this|that|your|our|the(?! end| first| last|\s\d))\b|would|could|can you|should|may i"
    r"|(?:happy|glad) to|let me know|tell me|as soon as|when you|hope\w*|wish|greetings|regards to|my (?:love|best)|sorry|apolog\w*|regret\w*)\b|\?"
    r"|谢|问好|问声好|抱歉|对不起|致歉|歉意|承蒙|荣幸|期待|希望|(?<![另外邀聘申])请(?![了来])|麻烦|如果|如您|若|要是|是否|能否|吗|待|一旦|随时|欢迎|方便时|愿意|如有|的话|我可以|可当面|可以当面|？|责任|通知书|书面通知|延误通知|通知函|跟您当面|当面(?:道歉|说明|沟通)|\b(?:formal|written) notice\b|\bnotice (?:of|under)\b|(?:照|按|依)合同|\b(?:per|in) the contract\b"
)

# What is said of the reader, of the writer, of a failure or of what is not, and no deed of the work.
OF_US = re.compile(
    r"\b(?:you|yours?|i(?:'\w+)?|me|my|sorry|apolog\w*|regret\w*|not?|never|nothing|none|nobody|cannot|mistake\w*|fault"
    r"|failure|failing|oversight|our own|responsib\w*)\b|n't\b|[您你贵比]|分之|不|没|未|无|歉|对不起|怪我|责任|疏忽|失误|我的"
)

# The answers of which a case has most where it is told whole.
_ANSWERS = ("cause", "status", "impact", "date_basis", "options", "ask", "remedy", "next_update", "what_changed")  # fmt: skip
_MANY = 5  # of them; where fewer are known, a draft tells ordinary things that nobody asked about

_LIGHT = frozenset(
    "的了在是和与也都已将会要把被由请等这那有对为到至从及或给还就个天日月年一二三四五六七八九十两上下中里用做我们"
)
_SAME = 0.55  # share of the characters of a clause that one fact holds


@dataclass(frozen=True, slots=True)
class Grounds:
    """The facts: their text in small letters, what they speak of, the days that they name."""

    text: str
    words: frozenset[str]
    days: frozenset[date]
    letters: tuple[frozenset[str], ...]  # of each fact

    @property
    def weekdays(self) -> frozenset[int]:
        """The weekdays of the days, Monday being 0."""
        return frozenset(day.weekday() for day in self.days)

    def tells(self, clause: str) -> bool:
        """Whether most Chinese characters of a clause stand in one fact, in whatever order."""
        own = {c for c in clause if "\u4e00" <= c <= "\u9fff"} - _LIGHT
        return len(own) > 0 and any(len(own & fact) >= _SAME * len(own) for fact in self.letters)

    def roots(self, clause: str) -> bool:
        """Whether an English word of a clause begins one of the facts: "pipes" for "pipework"."""
        return any(f" {word}" in self.text for word in content_words(clause) if word.isascii())


@lru_cache(maxsize=256)
def grounds(known: Context, today: date) -> Grounds:
    """The facts of a case, and what else may stand in its draft."""
    prose = (*known.prose, *known.told)
    text = normalise("\n".join(prose))
    days = set(known.days)
    for one in prose:
        days |= scanned(one, today, known.working)[0]
    return Grounds(
        text, content_words(text), frozenset(days), tuple(map(frozenset, text.split("\n")))
    )


@lru_cache(maxsize=256)
def scant(known: Context) -> bool:
    """Whether few answers are known, so that only what is surely a fact is held against them."""
    return sum(bool(getattr(known, name)) for name in _ANSWERS) < _MANY


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """The clauses of a stretch of a text."""
    return (match.span() for match in _CLAUSE.finditer(text, start, end))


@lru_cache(maxsize=8)
def plain_words(lines: frozenset[str]) -> frozenset[str]:
    """The words of a list whose entries hold several each."""
    return frozenset(word for line in lines for word in line.split())


def literally(subject: Subject, span: Span) -> bool:
    """Whether the words of a claim stand in the facts as they are."""
    return subject.plain[slice(*span)].strip() in grounds(subject.context, subject.today).text


def spared(subject: Subject, position: int) -> bool:
    """Whether the sentence at a position asks, thanks or wishes, or has no end."""
    start, end = subject.sentences[subject.number_of(position)]
    return end - start > LONGEST or asks(subject.claimed[start:end])


@lru_cache(maxsize=2048)
def asks(sentence: str) -> bool:
    """Whether a sentence asks, thanks, wishes or regrets; kept, as drafts are read at each edit."""
    return _SPARED.search(sentence) is not None


def claim(subject: Subject, span: Span) -> Hit:
    """The hit at a claim in words, spaces at its ends off."""
    start, end = span
    text = subject.text[start:end]
    start += len(text) - len(text.lstrip())
    end = start + len(text.strip())
    return Hit(CHECK, (start, end), {"x": subject.text[start:end]}, worded=True)
