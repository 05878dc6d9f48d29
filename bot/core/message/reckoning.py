"""The numbers that answers hold, and those that follow from them: rests, shares, sums, the slip."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from bot.core.case import (
    Case,
    DateValue,
    MoneyValue,
    NumberValue,
    PercentValue,
    RowsValue,
    Value,
)
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE
from bot.core.playbook import Field
from bot.core.reading import quantities
from bot.core.reading.calendars import Calendar
from bot.core.reading.quantities import Quantity
from bot.core.words import FieldId

_WEEK = 7  # days


@dataclass(frozen=True, slots=True)
class NumberFact:
    """A number that may stand, in its family: bare, plain (of things), percent, money:EUR, days …"""

    value: Decimal
    family: str
    answers: tuple[FieldId, ...]


def family_of(quantity: Quantity) -> tuple[Decimal, str]:
    """The value of a quantity and the family it is compared in; weeks count as days."""
    days = quantities.as_days(quantity)
    if days is not None:
        return days, "days"
    if quantity.kind == "percent":
        return quantity.value, "percent"
    if quantity.kind == "money":
        return quantity.value, f"money:{quantity.unit or ''}"
    if quantity.kind == "duration":
        return quantity.value, quantity.unit or "plain"
    return quantity.value, "plain" if quantity.unit or quantity.of is not None else "bare"


def numbers(value: Value, name: FieldId) -> Iterator[NumberFact]:
    """The numbers of an answered number, percent or sum."""
    match value:
        case NumberValue(number=number, unit=unit):
            written = f"{number:f} {unit or ''}"
            found = quantities.scan(written)
            yield NumberFact(number, family_of(found[0])[1] if found else "bare", (name,))
            yield NumberFact(number, "plain", (name,))
        case PercentValue(percent=percent):
            yield from _percents(percent, (name,))
        case MoneyValue(amount=amount, currency=currency):
            yield NumberFact(amount, f"money:{currency}", (name,))
        case _:
            return


def _percents(percent: Decimal, names: tuple[FieldId, ...]) -> Iterator[NumberFact]:
    """A percent, its rest, and both as one rounds them."""
    for exact in (percent, 100 - percent):
        for value in {exact, _rounded(exact), _rounded(exact, Decimal("0.1")), Decimal(int(exact))}:
            yield NumberFact(value, "percent", names)


def amounts(quantity: Quantity, name: FieldId) -> Iterator[NumberFact]:
    """The numbers of a quantity in a text, with the rest of a percent or a ratio."""
    value, family = family_of(quantity)
    yield NumberFact(value, family, (name,))
    if family == "percent":
        yield NumberFact(100 - value, family, (name,))
    if quantity.of is not None:
        yield NumberFact(quantity.of, family, (name,))
        yield NumberFact(quantity.of - value, family, (name,))
        if quantity.of:
            yield from _percents(value * 100 / quantity.of, (name,))


def implied(amounts: Sequence[Quantity], name: FieldId) -> Iterator[NumberFact]:
    """Bare numbers beside a duration, in its unit: "fitting takes three days, the trial five"."""
    families = {family_of(q)[1] for q in amounts if q.kind == "duration"}
    in_days = any(q.unit == "day" for q in amounts)
    for q in amounts:
        if family_of(q)[1] == "bare":
            for family in families:
                factor = 1 if family != "days" or in_days else _WEEK
                yield NumberFact(q.value * factor, family, (name,))


def row_numbers(value: RowsValue, name: FieldId) -> Iterator[NumberFact]:
    """How many rows there are, and the sums and differences of their columns."""
    yield NumberFact(Decimal(len(value.rows)), "plain", (name,))
    by_column: dict[tuple[str, str], list[Decimal]] = {}
    for row in value.rows:
        for column, cell in row.items():
            for fact in numbers(cell, name):
                by_column.setdefault((column, fact.family), []).append(fact.value)
    for (_, family), found in by_column.items():
        yield NumberFact(sum(found, Decimal(0)), family, (name,))
        for one, other in combinations(found, 2):
            yield NumberFact(abs(one - other), family, (name,))


def slip(case: Case, fields: Mapping[FieldId, Field], calendar: Calendar) -> Iterator[NumberFact]:
    """How far the date moved: days, working days, weeks, months; to both ends of a range."""
    if ORIGINAL_DATE not in fields or NEW_DATE not in fields:
        return
    before, after = case.answers[ORIGINAL_DATE].value, case.answers[NEW_DATE].value
    if not isinstance(before, DateValue) or not isinstance(after, DateValue):
        return
    names = (ORIGINAL_DATE, NEW_DATE)
    for first in {before.day, before.end or before.day}:
        for last in {after.day, after.end or after.day}:
            days = (last - first).days
            yield NumberFact(Decimal(days), "days", names)
            yield NumberFact(Decimal(calendar.between(first, last)), "working_day", names)
            if days % _WEEK:
                yield NumberFact(_rounded(Decimal(days) / _WEEK) * _WEEK, "days", names)
            months = (last.year - first.year) * 12 + last.month - first.month
            if abs(last.day - first.day) <= 1 and months:
                yield NumberFact(Decimal(months), "month", names)


def between(case: Case, fields: Mapping[FieldId, Field]) -> Iterator[NumberFact]:
    """Differences and shares of two answered numbers of one unit: total minus done."""
    found: list[tuple[FieldId, Decimal, str | None]] = []
    for name in fields:
        value = case.answers[name].value
        if isinstance(value, NumberValue):
            found.append((name, value.number, value.unit))
    for (a, one, unit), (b, other, unit_2) in combinations(found, 2):
        if unit and unit_2 and unit != unit_2:
            continue
        yield NumberFact(abs(one - other), "plain", (a, b))
        small, large = sorted((one, other))
        if large > 0 and small >= 0:
            yield from _percents(small * 100 / large, (a, b))


def _rounded(value: Decimal, to: Decimal = Decimal(1)) -> Decimal:
    return value.quantize(to, ROUND_HALF_UP)
