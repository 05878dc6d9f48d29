"""A number of a draft that is one of the facts in another form: other units, one in many, an hour."""

import re

from bot.core.coaching.detectors.fact_numbers import Numbers
from bot.core.coaching.detectors.grounds import grounds, scant
from bot.core.coaching.detectors.subject import Subject
from bot.core.reading.numerals import WORDS
from bot.core.reading.quantities import Quantity

_MEASURE = re.compile(
    r"\b(?:litres?|liters?|hectolit\w+|hl|kilos?|kg|kilograms?|grams?|tonnes?|tons?|mm|millimet\w+|cm|centimet\w+"
    r"|met(?:re|er)s?|km|kilomet\w+|kwh?|mwh?|kilowatts?|megawatts?)\b|毫升|升|公斤|千克|克|吨|毫米|厘米|公里|米|千瓦|兆瓦|度电"
)
_REACH = 14  # characters after a number in which its unit begins
_TENFOLD = (10, 100, 1000, 0.1, 0.01, 0.001)
_SAME = 0.001  # share by which a number in other units may be off
IN_EVERY = re.compile(
    rf"\w+ (?:\w+ )?(?:out of|in|of) (?:every|each) ([1-9]\d?|{'|'.join(WORDS)})\b"
)
_POINT = 1.0
_FIGURE = re.compile(r"\d+(?![\d.,]*\d)")
_LONG = 7  # figures without a comma that no count has
_CALLED = re.compile(
    r"\b(?:phone|number|mobile|order|contract|invoice|ticket|reference|extension|clause|article|section|annex|(?:no|tel|ref|ext)\.)"
    r"(?: number| no\.?)?(?: is|:)? \+?[\d/ -]*$|(?:电话|手机|单号|编号|合同号|分机|房间|会议室|微信|热线|第)(?:是|为|:|：)?\s?[\d -]*$"
)
_HOURS = 12
_HOUR = re.compile(r"\b(at|to|from|until|till|by|before) $")


def retold(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Whether a quantity tells a number of the facts in another form."""
    return (
        _identifier(subject, quantity)
        or _hour(subject, quantity, numbers)
        or _in_every(subject, quantity, numbers)
        or _in_other_units(subject, quantity, numbers)
    )


def _identifier(subject: Subject, quantity: Quantity) -> bool:
    """The number of a phone, an order, a contract: it begins with 0, is long, or is called so."""
    start = quantity.span[0]
    if quantity.kind == "money" or quantity.kind == "percent":
        return False
    figure = _FIGURE.match(subject.plain, start)
    if figure is None:
        return False
    called = _CALLED.search(subject.plain, max(0, start - 16), start)
    return figure[0].startswith("0") or len(figure[0]) >= _LONG or called is not None


def _hour(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """A time of day: "at five", or "to nine" where the facts have 21."""
    start, value = quantity.span[0], float(quantity.value)
    by = _HOUR.search(subject.plain, max(0, start - 7), start)
    if by is None or value > _HOURS or quantity.kind not in {"number", "count"}:
        return False
    return value + _HOURS in numbers.given or (by[1] == "at" and scant(subject.context))


def _in_every(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """Five panes out of every six, for 30 of 36."""
    many = IN_EVERY.match(subject.plain, quantity.span[0])
    whole = 0 if many is None else WORDS.get(many[1]) or int(many[1])
    told = 100 * float(quantity.value) / whole if whole else 0.0
    return whole > 0 and any(abs(told - n) < _POINT for n in numbers.shares | numbers.percents)


def _in_other_units(subject: Subject, quantity: Quantity, numbers: Numbers) -> bool:
    """12,000 litres for 120 hl; the same unit with other zeros is another number."""
    unit = _MEASURE.search(subject.plain, quantity.span[0], quantity.span[1] + _REACH)
    if unit is None or unit[0] in grounds(subject.context, subject.today).text:
        return False
    value = float(quantity.value)
    return any(abs(value - n * size) <= value * _SAME for n in numbers.given for size in _TENFOLD)
