"""A draft against the facts, thing by thing: how many of what, where a fact says another number."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache

from bot.core.coaching.detectors.subject import Hit, Subject
from bot.core.reading.numerals import normalise

_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_ENGLISH = re.compile(
    rf"(?<![\d.,:/-])\b(\d{{1,6}}|{'|'.join(_WORDS)})\s(?:of the |more |other )?([a-z]{{3,20}})(?:\s(of|a|per)\s([a-z]{{3,20}}))?"
)
_NUMBER = re.compile(rf"\d{{1,6}}|\b(?:{'|'.join(_WORDS)})\b", re.ASCII)
_DATE = re.compile(
    r"\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}|\d{1,2}月(?:\d{1,2}日?)?"
)
_CHINESE = re.compile(
    r"(?<![\d.月])(\d{1,6})(?:个|台|扇|名|位|套|件|间|条|张|块|只|层|节|箱|辆|份|根|处|樘)([\u4e00-\u9fff]{2})"
)
_TIMES = frozenset(["day", "days", "week", "weeks", "month", "months", "working", "calendar", "year", "years"])  # fmt: skip
_IDLE = frozenset(["are", "have", "has", "were", "was", "and", "the", "for", "from", "with", "not", "will", "can", "out", "per", "may", "june", "july", "april", "march", "august", "september", "october", "november", "december", "january", "february", "percent", "euros", "ways", "way", "options", "things", "points"])  # fmt: skip


def unsupported_pair(subject: Subject) -> Iterator[Hit]:
    """A number of a thing that one fact counts once, and otherwise: "2 wait" for "3 wait"."""
    known = subject.context
    if not subject.is_draft or not (known.cause or known.status):
        return
    told, numbers = _counted(tuple(known.prose))
    for thing, number, span in _pairs(subject.claimed):
        own = told.get(thing, frozenset())
        place = subject.number_of(span[0])
        if len(own) == 1 and number not in numbers and not subject.among(place, "contact"):
            yield Hit("draft.unsupported_fact", span, {"x": subject.text[span[0] : span[1]]})
            return


@lru_cache(maxsize=256)
def _counted(prose: tuple[str, ...]) -> tuple[Mapping[str, Set[int]], Set[int]]:
    """What the facts count, each with its numbers; and all numbers that they name but in dates."""
    told: dict[str, set[int]] = {}
    for fact in prose:
        for thing, number, _ in _pairs(normalise(fact)):
            told.setdefault(thing, set()).add(number)
    facts = normalise(" ".join(prose))
    words = _NUMBER.findall(_DATE.sub(" ", facts))
    return told, frozenset(_WORDS.get(word) or int(word) for word in words)


def _pairs(text: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Each thing that a text counts, with its number and where the number stands."""
    for match in _ENGLISH.finditer(text):
        thing = _thing(match)
        if thing:
            number = _WORDS.get(match[1]) or int(match[1])
            yield thing, number, match.span(1)
    for match in _CHINESE.finditer(text):
        yield match[2], int(match[1]), match.span(1)


def _thing(match: re.Match[str]) -> str:
    """What is counted; a stretch of time only with what it is of."""
    words: Mapping[bool, str] = {True: f"{match[2]} {match[3]} {match[4]}", False: match[2]}
    if match[2] in _IDLE:
        return ""
    if match[2] in _TIMES:
        return words[True] if match[3] == "of" else ""
    return words[False].removesuffix("s")
