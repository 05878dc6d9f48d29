"""Reads numbers, percents, sums and durations that people write: a whole answer, or any text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from bot.core.reading.date_words import FLAGS
from bot.core.reading.numerals import chinese_number, english_number, normalise
from bot.core.reading.quantity_words import (
    CLASSIFIERS,
    CLOSED,
    CURRENCIES,
    DURATIONS,
    LABEL_BEFORE,
    MEASURES,
    NO_NOUN,
    NUMBER,
    PERCENTS,
    SCALES,
    YEAR_BEFORE,
)

Kind = Literal["number", "percent", "money", "duration", "count", "ratio"]

_LONGEST_ANSWER = 120  # characters; no single quantity takes more
_CLOSED_SIGN = "\x00"  # stands where no number may be read


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity: what kind, how much, of what, and where it stands in the text as given.

    A percent is in hundredths (8 for 8 %). `unit` is a currency code, a duration (day,
    working_day, person_day, week, month, hour …), "percent", or the noun as it was typed. `of` is
    the whole of a ratio: 14 in "9 of 14".
    """

    kind: Kind
    value: Decimal
    unit: str | None = None
    of: Decimal | None = None
    span: tuple[int, int] = (0, 0)


def _alternatives(words: Iterable[str]) -> str:
    """The words as a pattern, longest first, English ones closed at the word's end."""
    closed = [
        re.escape(word).replace(r"\ ", r"[\s-]") + (r"(?![a-z])" if "a" <= word[-1] <= "z" else "")
        for word in sorted(words, key=len, reverse=True)
    ]
    return "|".join(closed)


_UNIT = re.compile(
    rf"[\s-]{{0,2}}(?:(?:more|further|extra|additional|full|other)\s{{1,2}})?(?:(?P<percent>{_alternatives(PERCENTS)})(?!位|数|心)"
    rf"|(?P<money>{_alternatives(CURRENCIES)})(?!件)"
    rf"|(?P<half>个半)?(?P<duration>{_alternatives(DURATIONS)}|日(?=[之以]?内)|(?<=个半)月)(?P<half_after>半)?"
    rf"|(?P<measure>{_alternatives(MEASURES)}))",
    FLAGS,
)
_DURATION_NAMES = {word.replace("-", " "): unit for word, unit in DURATIONS.items()} | {
    "日": "day",
    "月": "month",
}
_ATTACHED = re.compile(r"(kg|km|cm|mm|kwh|kw|mb|gb|tb|days?|d|h|hrs?|m|g|t|l|v)(?![a-z\d])", FLAGS)
_ATTACHED_DURATIONS = {"d": "day", "day": "day", "days": "day", "h": "hour", "hr": "hour",
                       "hrs": "hour"}  # fmt: skip
_MONEY_BEFORE = re.compile(rf"(?:{_alternatives(CURRENCIES)})\s{{0,2}}$", FLAGS)
_NOUN_EN = re.compile(r"\s{1,2}((?:(?:square|cubic)\s)?[a-z]{2,20}(?:-[a-z]{2,20})?)", FLAGS)
_NOUN_ZH = re.compile(rf"\s?([{CLASSIFIERS}])")
_SCALE = re.compile("thousand|million|billion")
_OUT_OF = re.compile(r"\s{1,2}(?:out\s)?of\s{1,2}(?:the\s|our\s|your\s|their\s)?", FLAGS)
_OVER = re.compile(r"\s?/\s?", FLAGS)
_RANGE = re.compile(r"\s?[-~到至]\s?|\s{1,2}(?:to|or)\s{1,2}", FLAGS)
_SOME_OF = re.compile(r"[^\d,。;、:!?\n()]{1,10}")
_ADDS = re.compile(r"[和与及再又另加或]")
_NOT_ONE = frozenset("每同有第这那另唯统之任某进")
_HEDGE = re.compile(
    r"\b(?:about|around|approximately|approx|roughly|some|nearly|almost|up\sto|it\sis|the)\b|"
    r"大约|大概|左右|差不多|上下|约|共|总共|一共|的|[\s.,;:!?。、()~]",
    FLAGS,
)
_POLITE = re.compile(r"please|thanks|thank you|谢谢|[\s.,;!?。、~]")

_YES_WORDS = """
agreed correct ok okay right sure true y yeah yep yes 可以 同意
嗯 好 好的 对 对的 当然 是 是的 有 没错 确认 行 要 需要
"""
_YES = frozenset(_YES_WORDS.split())
_NO_WORDS = """
false n nah no nope wrong 不 不可以 不同意 不好 不对 不是 不用 不行 不要 不需要 否
无 未 没 没有 还没 还没有
"""
_NO = frozenset(_NO_WORDS.split())
_LEANS_YES_WORDS = """
absolutely alright certainly definitely doit fine goahead gladly great ido ofcourse please
soundsgood surething wedo withpleasure yesdo yesido yeswedo yup
嗯嗯 当然可以 当然要 好呢 好嘞 可以的 没问题 是要的 愿意 想 要的 要问 问 问一下 问一句 需要的 行的
"""
_LEANS_YES = _YES | frozenset(_LEANS_YES_WORDS.split())
_LEANS_NO_WORDS = """
dont idont noneed nonecessary notatall notnecessary notneeded notnow notreally notrequired
notthistime notyet noneedto nothx rathernot skipit unnecessary wedont
不必 不必了 不了 不需要了 不问 不问了 不想 不用了 不愿意 没必要 免了 算了 先不 先不用 先不要 先不问 暂不
暂时不 暂时不用 暂时不要 这次不用 这次不要 这次算了
"""
_LEANS_NO = _NO | frozenset(_LEANS_NO_WORDS.split())
_APOSTROPHES = re.compile("['’]")


def scan(text: str, *, taken: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """All quantities in `text`, in order; spans hold in `text` as given.

    Numbers inside `taken` (the spans of dates), list numbers, ordinals, clause and version
    numbers, clock times, telephone numbers and identifiers are none.
    """
    plain = list(normalise(text))
    for start, end in taken:
        plain[start:end] = _CLOSED_SIGN * (end - start)
    return tuple(_scan("".join(plain), answer=False))


def read_number(text: str) -> Quantity | None:
    """A whole answer as a number, with its unit if one was typed; None when it is none."""
    if len(text) > _LONGEST_ANSWER:
        return None
    plain = normalise(text)
    found = _scan(plain, answer=True)
    if len(found) != 1:
        return None
    start, end = found[0].span
    return None if _HEDGE.sub("", plain[:start] + plain[end:]) else found[0]


def read_percent(text: str) -> Decimal | None:
    """A whole answer as a percent, in hundredths; a plain number counts as one."""
    found = read_number(text)
    if found is None:
        return None
    if found.kind == "ratio" and found.of:
        return (found.value * 100 / found.of).quantize(Decimal("0.01")).normalize() + 0
    if found.kind == "percent" or (found.kind == "number" and found.unit is None):
        return found.value
    return None


def read_money(text: str) -> Quantity | None:
    """A whole answer as a sum; the unit is None when no currency was typed."""
    found = read_number(text)
    if (
        found is None
        or found.kind not in {"money", "number"}
        or (found.kind == "number" and found.unit)
    ):
        return None
    return replace(found, kind="money")


def read_yes_no(text: str) -> bool | None:
    """A whole answer as yes or no; None when it is neither."""
    word = _POLITE.sub("", normalise(text)).rstrip("吧呀啊")
    if word in _YES:
        return True
    return False if word in _NO else None


def leans(text: str) -> bool | None:
    """What a short answer to a yes-or-no question comes to, "no need" or "要的" too; else None.

    Wider than `read_yes_no`, for a question that stands alone: "not now" is also a reason for
    something else.
    """
    strict = read_yes_no(text)
    if strict is not None:
        return strict
    plain = _APOSTROPHES.sub("", normalise(text))
    for word in (_POLITE.sub("", plain), re.sub(r"[\s.,;!?。、~]", "", plain)):
        if word.rstrip("吧呀啊") in _LEANS_YES:
            return True
        if word.rstrip("吧呀啊") in _LEANS_NO:
            return False
    return None


def as_days(quantity: Quantity) -> Decimal | None:
    """A duration in calendar days where that is exact: days, weeks, fortnights; else None."""
    factor = {"day": 1, "week": 7, "fortnight": 14}.get(quantity.unit or "")
    return quantity.value * factor if quantity.kind == "duration" and factor else None


def _scan(plain: str, *, answer: bool) -> list[Quantity]:
    text = CLOSED.sub(lambda closed: _CLOSED_SIGN * len(closed[0]), plain)
    found: list[Quantity] = []
    for match in NUMBER.finditer(text):
        if found and match.start() < found[-1].span[1]:
            continue
        free = found[-1].span[1] if found else 0
        quantity = _quantity(text, match, free, answer=answer)
        if quantity is None:
            continue
        joined = _joined(text, found[-1], quantity) if found else None
        if joined:
            found[-1:] = joined
        else:
            found.append(quantity)
    return [one for one in found if answer or not _lone_one(text, one)]


def _quantity(text: str, match: re.Match[str], free: int, *, answer: bool) -> Quantity | None:
    """The quantity whose number is `match`; None for a label, an idiom or a year.

    A currency before it counts from `free` on: what lies before belongs to another quantity.
    """
    start, end = match.span()
    share = _share(match)
    if share is not None:
        kind: Kind = "number" if match["half"] else "percent"
        return Quantity(kind, share, "percent" if kind == "percent" else None, span=(start, end))
    value = _value(match)
    if value is None or _label(text, match, answer=answer):
        return None
    if match.end("figures") != end or not match["figures"].isdecimal():  # else it is whole already
        whole = value == value.to_integral_value()
        value = value.quantize(Decimal(1)) if whole else value.normalize()
    quantity = _with_unit(text, Quantity("number", value, span=(start, end)), match, free)
    if match["han"] and not answer and not _plain_chinese(text, match, quantity):
        return None
    return quantity


def _share(match: re.Match[str]) -> Decimal | None:
    """The value of 百分之八, 八成, 九折, 一半; None for other numbers."""
    if match["half"]:
        return Decimal("0.5")
    if match["whole"]:
        return Decimal(100)
    if match["percent"]:
        value = _figure(match["percent"])
        digits = "".join(str(chinese_number(c)) for c in match["decimals"] or "")
        return value if value is None or not digits else value + Decimal(f"0.{digits}")
    if not match["tenths"]:
        return None
    tens = (
        [_figure(c) or Decimal(0) for c in match["tenths"]]
        if not match["tenths"][0].isdecimal()
        else []
    )
    value = Decimal(match["tenths"]) if not tens else tens[0] + (tens[1] / 10 if tens[1:] else 0)
    percent = value * 10 + (5 if match["half_tenth"] else 0)
    return (100 - percent if match["off"] else percent).normalize() + 0


def _value(match: re.Match[str]) -> Decimal | None:
    if match["half_unit"]:
        return Decimal("0.5")
    if match["words"]:
        return english_number(match["words"])
    if match["han"]:
        return _figure(match["han"])
    scale = match["scale_zh"] or match["scale_letter"] or match["scale_word"]
    figures = match["figures"]
    value = Decimal(figures if figures.isdecimal() else re.sub("[, ]", "", figures))
    return value * SCALES[scale] if scale else value


def _figure(text: str) -> Decimal | None:
    if text[0].isdecimal():
        return Decimal(text)
    value = chinese_number(text)
    return None if value is None else Decimal(value)


def _label(text: str, match: re.Match[str], *, answer: bool) -> bool:
    """Whether the number is part of a name, an ordinal, a version or a year."""
    start, end = match.span()
    before = text[max(0, start - 16) : start]
    if before and (before[-1] == "_" or (before[-1].isascii() and before[-1].isalpha())):
        return _MONEY_BEFORE.search(before) is None
    if LABEL_BEFORE.search(before):
        return True
    figures = match["figures"]
    if (
        not figures
        or answer
        or len(figures) != 4
        or not 1900 <= int(re.sub(r"\D", "", figures)) < 2100
    ):
        return False
    return text.startswith("年", end) or YEAR_BEFORE.search(before) is not None


def _with_unit(text: str, plain: Quantity, match: re.Match[str], free: int) -> Quantity:
    """The number with the unit before or after it."""
    start, end = plain.span
    money = _MONEY_BEFORE.search(text, max(free, start - 8), start)
    if money:
        return _sum(text, plain, money, million=match["figures"] is not None)
    unit = _UNIT.match(text, end)
    if unit:
        return _measured(plain, unit)
    attached = _ATTACHED.match(text, end) if match["figures"] else None
    if attached:
        duration = _ATTACHED_DURATIONS.get(attached[1])
        kind: Kind = "duration" if duration else "count"
        return replace(plain, kind=kind, unit=duration or attached[1], span=(start, attached.end()))
    noun = _NOUN_ZH.match(text, end) or _NOUN_EN.match(text, end)
    if noun is None or noun[1] in NO_NOUN or noun[1].partition("-")[0] in NO_NOUN:
        return plain
    return replace(plain, kind="count", unit=noun[1], span=(start, noun.end()))


def _sum(text: str, plain: Quantity, sign: re.Match[str], *, million: bool) -> Quantity:
    """A sum with its currency before it; a currency sign again behind it belongs to it too."""
    value, end = plain.value, plain.span[1]
    if million and re.match(r"m(?![a-z\d])", text[end : end + 2]):
        value, end = value * 10**6, end + 1
    again = _UNIT.match(text, end)
    end = again.end() if again and again["money"] else end
    code = CURRENCIES[sign[0].strip()]
    return replace(plain, kind="money", value=value, unit=code, span=(sign.start(), end))


def _measured(plain: Quantity, unit: re.Match[str]) -> Quantity:
    span = plain.span[0], unit.end()
    if unit["percent"]:
        return replace(plain, kind="percent", unit="percent", span=span)
    if unit["money"]:
        code = CURRENCIES[re.sub(r"\s", " ", unit["money"])]
        return replace(plain, kind="money", unit=code, span=span)
    if unit["measure"]:
        return replace(plain, kind="count", unit=unit["measure"], span=span)
    more = Decimal("0.5") if unit["half"] or unit["half_after"] else Decimal(0)
    name = _DURATION_NAMES[re.sub(r"[\s-]", " ", unit["duration"])]
    return replace(plain, kind="duration", value=plain.value + more, unit=name, span=span)


def _plain_chinese(text: str, match: re.Match[str], quantity: Quantity) -> bool:
    """Whether a number in characters is a quantity and no part of a word: 一次, 十分, 千万."""
    word = match["han"]
    if quantity.kind == "number":
        return len(word) > 1 and any(c in "十百千" for c in word) and word not in {"千万", "百万"}
    if word in {"一", "万", "千", "百", "亿"}:
        before = text[match.start() - 1 : match.start()]
        return word == "一" and quantity.kind in {"duration", "money"} and before not in _NOT_ONE
    return True


def _lone_one(text: str, quantity: Quantity) -> bool:
    """Whether this is the word "one" as a pronoun or article: "the one that", "one thing"."""
    start = quantity.span[0]
    return (
        quantity.kind in {"number", "count"} and re.match(r"one\b(?!-)", text[start:]) is not None
    )


def _in_its_scale(text: str, part: Quantity, whole: Quantity) -> Decimal:
    """The value of a part that shares the scale of its whole: 1.06 of 1.2 million."""
    scale = _SCALE.search(text, *whole.span)
    if scale is None or _SCALE.search(text, *part.span):
        return part.value
    scaled = part.value * SCALES[scale[0]]
    if scaled > whole.value:
        return part.value
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled


def _joined(text: str, before: Quantity, here: Quantity) -> tuple[Quantity, ...] | None:
    """Both as a ratio ("9 of 14", 14间移交9间), or as a range with one unit ("3 to 5 days")."""
    gap = text[before.span[1] : here.span[0]]
    counted = {"number", "count"}
    span = before.span[0], here.span[1]
    if before.kind in counted and here.kind in counted:
        if (before.unit is None and _OVER.fullmatch(gap)) or _OUT_OF.fullmatch(gap):
            part = _in_its_scale(text, before, here)
            return (Quantity("ratio", part, here.unit or before.unit, here.value, span),)
        same = before.unit and before.unit == here.unit and here.value <= before.value
        if same and _SOME_OF.fullmatch(gap) and not _ADDS.search(gap) and not gap.isascii():
            return (Quantity("ratio", here.value, here.unit, before.value, span),)
    if before.kind == "number" and here.unit and here.kind != "ratio" and _RANGE.fullmatch(gap):
        return replace(before, kind=here.kind, unit=here.unit), here
    return None
