"""A draft against the facts, thing by thing: how many of what, where a fact says another number."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Set
from functools import lru_cache

from bot.core.coaching.detectors.draft_facts import has_facts
from bot.core.coaching.detectors.fact_numbers import known_numbers, rounds
from bot.core.coaching.detectors.grounds import claim, grounds, spared
from bot.core.coaching.detectors.overlap import content_words, share
from bot.core.coaching.detectors.reckoning import follows, retold
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
    r"\d{1,2} (?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b|\d{1,2}月(?:\d{1,2}日?)?"
)
_CHINESE = re.compile(
    r"(?<![\d.,月])(\d{1,6})(?:个|台|扇|名|位|套|件|间|条|张|块|只|层|节|箱|辆|份|根|处|樘)([\u4e00-\u9fff]{2})"
)
_WRITTEN = re.compile(r"\s[a-z]{3}", re.ASCII)
_TIMES = frozenset(["day", "days", "week", "weeks", "month", "months", "working", "calendar", "year", "years"])  # fmt: skip
_IDLE = frozenset(["are", "have", "has", "were", "was", "and", "the", "for", "from", "with", "not", "will", "can", "out", "per", "may", "june", "july", "april", "march", "august", "september", "october", "november", "december", "january", "february", "percent", "euros", "ways", "way", "options", "things", "points"])  # fmt: skip
_SHARE = {
    "en": re.compile(
        r"\b(?:(?P<n>an?|one|two|three|four|five|seven)[ -](?P<part>third|quarter|fifth|sixth|eighth|tenth)s?\b(?! (?:time|option|way|party|shift|crew|attempt|reason|"
        r"point|day|week|floor|line|team|of (?:january|february|march|april|may|june|july|august|september|october|november|december)))"
        r"|(?P<one>one|two|three) (?:[a-z]+ )?in (?P<many>three|four|five|six|eight|ten|twenty)\b(?! (?:days|weeks|months|hours))"
        r"|(?P<half>half)(?: of)? (?:the|of|our|your|its|all)\b(?! (?:story|battle|truth|picture|night|day|week|month|year|fun|point)\b))"
    ),
    "zh": re.compile(r"(?P<part>[三四五])分之(?P<n>[一二三四])|(?P<half>一半|半数)"),
}
_SHARED = ("third", "quarter", "fifth", "sixth", "eighth", "tenth", "half", " in ", "分之", "半")
_OF_FAULT = re.compile(
    r"(?:算|在|怪|归|是)?我们|责任|\b(?:fault|blame|mistake|on us|down to us|our doing)\b|\bours\b"
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "三": 3, "四": 4, "五": 5,
          "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twenty": 20}  # fmt: skip
_OF_A_UNIT = re.compile(
    r" of an? (?:milli|centi|kilo)?(?:met|sec|deg|per|poin|lit|gram|inch|mm|hour|min|ton)"
)
_ONES = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "seven": 7,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
}
_FEWEST = 3  # up to here a number stands everywhere
_UNDER, _OVER = 10.0, 20.0  # points that it may be off on the side that is named: "over half"
_MORE = re.compile(
    r"\b(?:over|above|more than|better than)\b|[超已]过|过一?半|逾|大半|多半|强|[半一二三四]多|以上|多于"
)
_LESS = re.compile(
    r"\b(?:under|below|less than|fewer than|almost|nearly|not quite)\b|不到|不足|近|小半|弱|少于"
)
_NEAR = 6.0  # points that a share in words may be off
_DAY_SIGNS = ("月", "日", "号", "点", ":")
_OTHERWISE = 0.34  # share of a sentence that the facts hold, where it tells one of them
_SMALL = (2, 3)
_FEW = re.compile(r"(?:two|three|2|3) (?:([a-z-]{3,14}) )?([a-z]{2,}(?:s|people|men|staff))\b")
_UNCOUNTED_WORDS = """
fifths sixths eighths days weeks months years hours minutes working calendar business ways options things points
steps parts sides questions reasons paths choices routes possibilities mails notes reports
updates messages calls letters lines sentences dates lists thirds quarters halves stages phases
times occasions cases items words nights mornings afternoons evenings weekends variants
weekdays emails others lots centimeters centimetres metres meters millimetres millimeters
kilometres kilometers miles tons tonnes litres liters degrees euros dollars pounds deliveries
shipments is was has as this starts opens begins comes goes moves slips needs gets does its us
aspects facts people versions tenths
"""
_UNCOUNTED = frozenset(_UNCOUNTED_WORDS.split())
_OF_TIME = frozenset(
    ["天", "工作", "工作日", "日", "周", "days", "day", "working days", "weeks", "week"]
)


def unsupported_pair(subject: Subject) -> Iterator[Hit]:
    """A number of a thing that one fact counts once, and otherwise: "2 wait" for "3 wait"."""
    known = subject.context
    if not subject.is_draft or not (known.cause or known.status):
        return
    counted, free = _counted(tuple(known.prose))
    numbers = known_numbers(known, subject.today)
    for thing, number, span in _pairs(subject.claimed):
        own = counted.get(thing, frozenset())
        place = subject.number_of(span[0])
        rounded = rounds(float(number), frozenset(map(float, own)))
        if (
            len(own) == 1
            and number not in free[thing] | own
            and number not in numbers.weekly
            and not (thing in _OF_TIME and float(number) in numbers.derived)
            and not rounded
            and not subject.among(place, "contact")
            and not _reckoned(subject, span[0])
        ):
            yield Hit("draft.unsupported_fact", span, {"x": subject.text[span[0] : span[1]]})
            return


def _reckoned(subject: Subject, start: int) -> bool:
    """Whether the number at a position follows from the facts by more than their own numbers."""
    numbers = known_numbers(subject.context, subject.today)
    near = bisect_left(subject.quantities, start, key=lambda q: q.span[0])
    here = (q for q in subject.quantities[near : near + 1] if q.span[0] == start)
    return any(retold(subject, q, numbers) for q in here)


@lru_cache(maxsize=256)
def _counted(prose: tuple[str, ...]) -> tuple[Mapping[str, Set[int]], Mapping[str, Set[int]]]:
    """What the facts count, each with its numbers; and for each all numbers that may be told of it:
    those that the facts name but in dates, what is left of one of its own without
    another, and both together."""
    facts = [normalise(fact) for fact in prose]
    named = [
        {_WORDS.get(word) or int(word) for word in _NUMBER.findall(_DATE.sub(" ", fact))}
        for fact in facts
    ]
    every = frozenset[int]().union(*named)
    told: dict[str, set[int]] = {}
    free: dict[str, set[int]] = {}
    for fact, numbers in zip(facts, named, strict=True):
        for thing, number, _ in _pairs(fact):
            told.setdefault(thing, set()).add(number)
            known = free.setdefault(thing, set(every))
            known.update(n for other in numbers for n in (abs(number - other), number + other))
    return told, free


def _pairs(text: str) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Each thing that a text counts, with its number and where the number stands."""
    for match in _ENGLISH.finditer(text) if _WRITTEN.search(text) else ():
        thing = _thing(match)
        if thing:
            number = _WORDS.get(match[1]) or int(match[1])
            yield thing, number, match.span(1)
    for match in () if text.isascii() else _CHINESE.finditer(text):
        yield match[2], int(match[1]), match.span(1)


def _thing(match: re.Match[str]) -> str:
    """What is counted; a stretch of time only with what it is of."""
    words: Mapping[bool, str] = {True: f"{match[2]} {match[3]} {match[4]}", False: match[2]}
    if match[2] in _IDLE:
        return ""
    if match[2] in _TIMES:
        return words[True] if match[3] == "of" else ""
    return words[False].removesuffix("s")


def worded_share(subject: Subject) -> Iterator[Hit]:
    """A third, a half of something, where no number of the facts comes near: 四分之三, 一半."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    if not any(part in subject.claimed for part in _SHARED):
        return
    for match in _SHARE[subject.language].finditer(subject.claimed):
        known = match.groupdict()
        half, many = known["half"], known.get("many")
        word = half or many or match["part"]
        if not many and word in grounds(subject.context, subject.today).text:
            continue
        value = 50.0 if half else 100.0 * _ONES[known.get("one") or match["n"]] / _PARTS[word]
        blame = _OF_FAULT.search(subject.claimed, match.end(), match.end() + 24)
        near = _near(subject, match.span(), value) or _OF_A_UNIT.match(subject.claimed, match.end())
        if not near and not blame and not spared(subject, match.start()):
            yield claim(subject, match.span())


def _near(subject: Subject, span: tuple[int, int], value: float) -> bool:
    """Whether a share of the facts comes near, on the side that the words name: "over half"."""
    start, end = span
    around = subject.claimed[max(0, start - 16) : end + 4]
    more, less = _MORE.search(around), _LESS.search(around)
    low, high = value - (_UNDER if less else _NEAR), value + (_OVER if more else _NEAR)
    numbers = known_numbers(subject.context, subject.today)
    done = {
        100 * part / whole for whole, parts in numbers.ratios.items() if whole for part in parts
    }
    told = numbers.shares.union(*((n, 100 - n) for n in done | numbers.percents))
    return any(low <= n <= high for n in told)


def small_count(subject: Subject) -> Iterator[Hit]:
    """Two or three of something that no answer speaks of."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    facts = grounds(subject.context, subject.today)
    for quantity in subject.quantities:
        few = quantity.kind == "count" and quantity.value in _SMALL
        few = few and quantity.value != len(subject.context.options)
        match = _FEW.match(subject.claimed, quantity.span[0]) if few else None
        if match is None or match[2] in _UNCOUNTED or match[1] in _UNCOUNTED:
            continue
        sentence = subject.sentence_words[subject.number_of(match.start())]
        if share(sentence, facts.words) >= _OTHERWISE:
            continue  # the same people or parts by another name
        words = content_words(f"{match[1] or ''} {match[2]}")
        if (
            words
            and not words & facts.words
            and not _label(subject, match.start())
            and not spared(subject, match.start())
        ):
            yield claim(subject, match.span())


def told(subject: Subject, span: tuple[int, int]) -> bool:
    """Whether the facts have a number as it is written."""
    digits = _NUMBER.search(subject.plain, *span)
    facts = grounds(subject.context, subject.today).text
    return digits is not None and re.search(rf"(?<!\d){digits[0]}(?!\d)", facts) is not None


def _label(subject: Subject, start: int) -> bool:
    """Whether a number is part of a name: "basin 2 shows"."""
    return (
        subject.plain[start].isdigit()
        and subject.plain[max(0, start - 3) : start].rstrip()[-1:].isalpha()
    )


def count_of_other(subject: Subject) -> Iterator[Hit]:
    """How many of something, where only the length between two dates gives the number."""
    if not subject.is_draft or not has_facts(subject.context):
        return
    numbers = known_numbers(subject.context, subject.today)
    for quantity in subject.quantities:
        value = float(quantity.value)
        if (
            quantity.kind not in {"count", "number"}
            or value <= _FEWEST
            or value not in numbers.derived
        ):
            continue
        if value in numbers.given or value in numbers.sums:
            continue
        if subject.plain.startswith(_DAY_SIGNS, quantity.span[1]) or told(subject, quantity.span):
            continue
        if follows(subject, quantity, numbers):
            continue
        if not subject.among(subject.number_of(quantity.span[0]), "contact"):
            yield claim(subject, quantity.span)
