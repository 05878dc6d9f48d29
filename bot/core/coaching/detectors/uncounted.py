"""Numbers of a draft that count nothing: in idioms and names, of days and hours of the case."""

import re

from bot.core.coaching.detectors.fact_numbers import Numbers
from bot.core.coaching.detectors.grounds import grounds
from bot.core.coaching.detectors.subject import Subject
from bot.core.reading.date_words import WEEKDAYS
from bot.core.reading.quantities import Quantity

_EACH = re.compile(r"\b(?:every|each|any)\s$|每$")
_IDIOM = re.compile(
    r"(?:a |one )?(?:thousand|hundred|million) (?:apologies|thanks|pardons|times|words|things|reasons|questions)\b"
    r"|fifty[- ]fifty|50/50|nine yards|a million[- ]dollar|24 hours a day|seven days a week|half a dozen of the other|nine to five\b|nine times out of ten|(?:\d{1,2}|five|ten|fifteen|twenty|thirty) (?:quiet |spare |short )?"
    r"minutes (?:of your|on the phone|for (?:a|this|that)|with you|to talk|together)\b"
    r"|[\d一二两三五十]{1,3}分钟(?:就能|就够|说|讲|聊|电话|通话)|十有八九|一百个(?:心|放心|对不起|不放心)|一万个|百忙|百密一疏|三番五次|一五一十|七七八八|千方百计|十一(?:长假|黄金周|假期|期间)"
)
_COURTESY = re.compile(
    r"\b(?:thank\w*|congratulat\w*|birthday|anniversary|happy|enjoy\w*|greetings|regards|good luck|cheers|wish you|fingers crossed|in this (?:trade|job|business))\b"
    r"|干这行|从业|入行|祝|恭喜|贺|问好|辛苦|谢"
)
_IN_ORDER = re.compile(r"-(?:first|second|third|[a-z]{1,5}th)\b")  # the twenty-fifth
_WRITTEN = frozenset(
    [
        "report",
        "reports",
        "mail",
        "mails",
        "notes",
        "updates",
        "messages",
        "calls",
        "letters",
        "lines",
        "sentences",
        "words",
        "questions",
        "ways",
        "things",
    ]
)  # what somebody writes or says
_COUNTED = frozenset(["number", "count", "duration"])
_NEAR = 300  # characters of a sentence to each side of a number
_OUR_YEARS = re.compile(r"(?:19|20)\d\d\b(?![ ,]?\d)")
_IDIOM_BEFORE = re.compile(r"\b(?:in|thanks|cloud|all|square|times out of|parts per) $|双$")
_IN_IDIOMS = re.compile(r"a million|million\b|ten\b|nine\b|fours\b|one\b|十[一二]")  # 双十一
_DIGIT = re.compile(r"\d")
_PART = re.compile(r"\b(?:third|quarter|fifth|sixth|eighth|tenth)s?$")  # another check's
_FIGURE = re.compile(r"\d+(?![\d.,]*\d)")
_LONG = 7  # figures without a comma that no count has
_CALLED = re.compile(
    r"\b(?:phone|number|mobile|order|contract|invoice|ticket|reference|extension|clause|article|section|annex|(?:no|tel|ref|ext)\.)"
    r"(?: number| no\.?)?(?: is|:)? \+?[\d/ -]*$|(?:电话|手机|单号|编号|合同号|分机|房间|会议室|微信|热线|第)(?:是|为|:|：)?\s?[\d -]*$"
)
_THOSE = re.compile(r"\b(?:those|these) $|这$")
_BRIEFLY = re.compile(
    r"\b(?:in|give me|spare(?: me)?|have|take|need) (?:another )?$|(?:耽误|占用|给我|抽|花)(?:您|你)?$"
)
_MINUTES = re.compile(r"\S{1,7} minutes\b|[\d一二两三五十]{1,3}来?分钟")
_IS_YEAR = re.compile(r"20\d\d[\])〕】]")
_IN_BRACKETS = re.compile(r"[〔\[(【]$")
_NAME_BEFORE = re.compile(
    r"\b(?:route|hall|part|line|track|berth|pier|platform|crane|lane|building|terminal|dock|block|unit|pump|tank|pane|zone|lot"
    r"|house|wing|level|area|basin|kiln|gantry|quay|gate|shaft|lift|boiler|silo|court|pitch|studio|module|panel|stand"
    r"|station|bus|tram|exit|junction|highway|motorway|road|plan|aisle|bridge|tower|turbine|mill|press|door)s?\s(?:\d{1,3}(?:, | and | or | to |, and |-))*$"
)
_IN_NAMES = ((_IN_IDIOMS, _IDIOM_BEFORE), (_IS_YEAR, _IN_BRACKETS), (_DIGIT, _NAME_BEFORE))
_RANGED = re.compile(r"(?<![\d.])(\d{1,3})\s?(?:to|-|–|至|到|~)\s?(\d{1,3})(?![\d.:])")
_LISTED_BEFORE = re.compile(r"\d(?:号|栋|层)?(?:, (?:and )?| and | or |、|和|及|-)$")
_LISTED_AFTER = re.compile(r"(?:号|栋|层)?(?:, (?:and )?| and | or |、|和|及|-)\d")
_HOURS = 12
_HALF_HOUR = 30  # minutes that somebody is asked for
_HOUR = re.compile(r"\b(at|to|from|until|till|by|before|past|between) $")
_BETWEEN = re.compile(r"between \S{1,7} and $")
_NO_CLOCK = frozenset(["at", "until", "till", "before", "past", "between"])
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|号|日(?!内|之内|以内))")
_LISTED_DAY = re.compile(r"\d[日号]?[、和及至到~-]$")
_WEEKDAY_BEFORE = re.compile(r"\b([a-z]{3,9})\.?,? (?:the )?$")
_OLD_DAY = re.compile(r"\b(?:was|from|not|instead of|before|until) (?:the )?$|(?:原|不是|从|由)$")
_MOVES_ON = re.compile(r"\s?(?:→|->)\s?\d")
_MONTH_BEFORE = re.compile(r"(\d{1,2})月$")
_POINTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?!\.?\d)")


def around(subject: Subject, position: int) -> tuple[int, int]:
    """The sentence at a position; of a very long one what stands near."""
    start, end = subject.sentences[subject.number_of(position)]
    return max(start, position - _NEAR), min(end, position + _NEAR)


def uncounted(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a number is that of a known day or hour, of a name, of a row or of an idiom."""
    return (
        is_no_number(subject, quantity)
        or _known_day(subject, quantity)
        or _known_hour(subject, quantity, numbers)
        or _listed(subject, quantity)
    )


def is_no_number(subject: Subject, quantity: Quantity) -> bool:
    """Whether a number belongs to an idiom or to a name: one in a million, route 5."""
    start, end = quantity.span
    plain, before = subject.plain, max(0, start - 24)
    if quantity.kind == "ratio":
        idiom = _IDIOM.match(plain, start) is not None
        return idiom or _EACH.search(plain, before, start) is not None
    if quantity.kind in _COUNTED and _by_the_way(subject, quantity):
        return True
    return quantity.kind in {"number", "count"} and (
        _identifier(subject, start)
        or _PART.search(plain, start, end) is not None
        or _told_before(subject, quantity)
        or any(a.match(plain, start) and b.search(plain, before, start) for a, b in _IN_NAMES)
    )


def _by_the_way(subject: Subject, quantity: Quantity) -> bool:
    """Whether a number is said by the way: in a courtesy, of minutes asked for, of what is written."""
    start, end = quantity.span
    plain = subject.plain
    brief = quantity.value <= _HALF_HOUR and _MINUTES.match(plain, start) is not None
    return (
        (brief and _BRIEFLY.search(plain, max(0, start - 24), start) is not None)
        or _IDIOM.match(plain, start) is not None
        or (quantity.unit in _WRITTEN and quantity.value <= _HOURS)
        or _IN_ORDER.match(plain, end) is not None
        or plain.startswith("半个月", end - 1)
        or _COURTESY.search(plain, *around(subject, start)) is not None
    )


def _told_before(subject: Subject, quantity: Quantity) -> bool:
    """Whether a number takes up one of the draft: "those nine"."""
    start = quantity.span[0]
    if _THOSE.search(subject.plain, max(0, start - 8), start) is None:
        return False
    return any(q.value == quantity.value and q.span[0] < start for q in subject.quantities)


def _identifier(subject: Subject, start: int) -> bool:
    """The number of a phone, an order, a contract: it begins with 0, is long, or is called so."""
    figure = _FIGURE.match(subject.plain, start)
    if figure is None:
        return False
    called = _CALLED.search(subject.plain, max(0, start - 16), start)
    return figure[0].startswith("0") or len(figure[0]) >= _LONG or called is not None


def _known_day(subject: Subject, quantity: Quantity) -> bool:
    """Whether a number is the day of a known date: "that is the 9th", 31号, "Thu 30", "19.6."."""
    start, end = quantity.span
    plain = subject.plain
    days = grounds(subject.context, subject.today).days
    ordinal = _ORDINAL.match(plain, start)
    if ordinal is not None:
        return ordinal.end() >= end and any(day.day == int(ordinal[1]) for day in days)
    pointed = _POINTED.match(plain, start)
    if pointed is not None and pointed.end() >= end:
        pair = (int(pointed[1]), int(pointed[2]))
        return any(pair in {(d.day, d.month), (d.month, d.day)} for d in days)
    of_month = _MONTH_BEFORE.search(plain, max(0, start - 3), start)
    if of_month is not None:
        number = re.match(r"\d{1,2}", plain[start:])
        return number is not None and any(
            (d.month, d.day) == (int(of_month[1]), int(number[0])) for d in days
        )
    of_week = _WEEKDAY_BEFORE.search(plain, max(0, start - 16), start)
    if of_week is not None and of_week[1] in WEEKDAYS:
        return any(d.day == quantity.value and d.weekday() == WEEKDAYS[of_week[1]] for d in days)
    if _OUR_YEARS.match(plain, start) and any(quantity.value == day.year for day in days):
        return quantity.kind == "number"
    listed = _LISTED_DAY.search(plain, max(0, start - 8), start)
    old = quantity.kind == "number" and (
        _OLD_DAY.search(plain, max(0, start - 12), start) or _MOVES_ON.match(plain, end)
    )
    return bool(listed or old) and any(d.day == quantity.value for d in days)


def _known_hour(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """A time of day: "at five", or "to nine" where the facts have 21."""
    start, value = quantity.span[0], float(quantity.value)
    if value > _HOURS or quantity.kind not in {"number", "count"}:
        return False
    by = _HOUR.search(subject.plain, max(0, start - 8), start)
    if by is None:
        between = _BETWEEN.search(subject.plain, max(0, start - 20), start)
        return between is not None and quantity.kind == "number"
    return value + _HOURS in numbers.given or (by[1] in _NO_CLOCK and quantity.kind == "number")


def _listed(subject: Subject, quantity: Quantity) -> bool:
    """Whether a number is one of a row that the facts tell by its ends: tanks 5, 6, 7 and 8."""
    start, plain = quantity.span[0], subject.plain
    if not plain[start].isdigit() or not (
        _LISTED_BEFORE.search(plain, max(0, start - 8), start)
        or _LISTED_AFTER.match(plain, start + len(str(quantity.value)))
    ):
        return False
    value = float(quantity.value)
    return any(
        int(low) <= value <= int(high)
        for low, high in _RANGED.findall(grounds(subject.context, subject.today).text)
    )
