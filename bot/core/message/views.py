"""What a draft's template sees of an answer: small values that can be tested, compared and shown.

A view is made for one language and shows itself in it. Nothing else of the case is in reach.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import total_ordering
from typing import Literal, assert_never

from bot.core.case import (
    Cell,
    ChoicesValue,
    ChoiceValue,
    DateValue,
    MoneyValue,
    NumberValue,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
    YesNoValue,
)
from bot.core.playbook import Choice, Column, Field
from bot.core.reading import formats
from bot.core.words import Language

_CJK = 0x2E7F

AmountKind = Literal["number", "percent", "money", "days", "working_days"]
VIEW_ATTRIBUTES = frozenset({"day", "end", "number", "unit", "id", "label"})


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class DateView:
    """A day, or the first and last day of a range."""

    day: date
    end: date | None
    today: date
    language: Language

    def __str__(self) -> str:
        return show_day(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DateView) and (self.day, self.end) == (other.day, other.end)

    def __hash__(self) -> int:
        return hash((self.day, self.end))

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, DateView):
            return NotImplemented
        return (self.end or self.day) < (other.end or other.day)


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class AmountView:
    """A number with its unit, a percentage, a sum or a count of days; compares as a number."""

    number: Decimal
    unit: str | None
    kind: AmountKind
    language: Language

    def __str__(self) -> str:
        return show_amount(self)

    def __eq__(self, other: object) -> bool:
        return self.number == _number(other)

    def __hash__(self) -> int:
        return hash(self.number)

    def __lt__(self, other: object) -> bool:
        number = _number(other)
        return NotImplemented if number is None else self.number < number

    def __bool__(self) -> bool:
        return True  # zero is an answer too


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceView:
    """One picked choice; equal to its id."""

    id: str
    label: str

    def __str__(self) -> str:
        return self.label

    def __eq__(self, other: object) -> bool:
        return self.id == (other.id if isinstance(other, ChoiceView) else other)

    def __hash__(self) -> int:
        return hash(self.id)


Row = Mapping[str, "View | None"]
View = str | bool | DateView | AmountView | ChoiceView | tuple[ChoiceView, ...] | tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """For whom the views are made: the language, and the day from which years are plain.

    As `typed`, texts keep every letter as it was written.
    """

    language: Language
    today: date
    typed: bool = False

    def spell(self, text: str) -> str:
        """A text, the days in it that are typed year first spelled as any other day."""
        return text if self.typed else formats.spell_days(text, self.language, self.today)


def view(value: Value, field: Field, showing: Showing) -> View:
    """The view of an answer to `field`."""
    match value:
        case RowsValue(rows=rows):
            return tuple(
                _row(row, field.columns, showing) for row in rows if is_full(row, field.columns)
            )
        case ChoicesValue(ids=ids):
            return tuple(_choice(id_, field.choices, showing) for id_ in ids)
        case YesNoValue(yes=yes):
            return yes
        case PercentValue(percent=percent):
            return AmountView(percent, None, "percent", showing.language)
        case _:
            return _plain(value, field.choices, showing)


def is_full(row: Mapping[str, Cell], columns: tuple[Column, ...]) -> bool:
    """Whether a row has all that its columns require; a half-filled row is told to nobody."""
    return bool(row) and all(c.id in row for c in columns if c.required)


def show_day(shown: DateView) -> str:
    """A day for prose, with its weekday; of a range, both ends."""
    ends = [shown.day, *([shown.end] if shown.end and shown.end != shown.day else [])]
    written = [formats.write_date(d, shown.language, shown.today) for d in ends]
    return (" to " if shown.language == "en" else "至").join(written)


def show_short_day(shown: DateView) -> str:
    """A day for headings and tables; of a range, both ends."""
    if shown.end in (None, shown.day) or shown.end is None:
        return formats.show_date(shown.day, shown.language)
    return formats.show_range(shown.day, shown.end, shown.language)


def show_amount(shown: AmountView) -> str:
    """A number, percentage, sum or count of days as one writes it."""
    number, language = shown.number, shown.language
    match shown.kind:
        case "money":
            return formats.show_money(number, shown.unit or "", language)
        case "percent":
            return formats.show_percent(number, language)
        case "days" | "working_days" as kind:
            return formats.show_days(int(number), language, working=kind == "working_days")
        case "number":
            return with_unit(formats.show_number(number, language), shown.unit)
        case _:
            assert_never(shown.kind)


def with_unit(number: str, unit: str | None) -> str:
    """The number and its unit: "40 seats", "40台"."""
    if not unit:
        return number
    return number + unit if ord(unit[0]) > _CJK or unit == "%" else f"{number} {unit}"


def size_of(value: View | None) -> int:
    """The characters of all texts in a view."""
    match value:
        case str():
            return len(value)
        case tuple():
            return sum(size_of(v) for row in value for v in cells(row))
        case _:
            return 0


def cells(row: object) -> tuple[View | None, ...]:
    """The cells of a row; none of what is no row."""
    return tuple(row.values()) if isinstance(row, Mapping) else ()


def texts_in(value: View) -> Iterator[str]:
    """Every text in a view."""
    match value:
        case str():
            yield value
        case tuple():
            yield from (v for row in value for v in cells(row) if isinstance(v, str))
        case _:
            return


def _plain(value: Cell, choices: tuple[Choice, ...], showing: Showing) -> View:
    match value:
        case TextValue(text=text):
            return showing.spell(text)
        case PersonValue(name=name):
            return name
        case ChoiceValue(id=id_):
            return _choice(id_, choices, showing)
        case DateValue(day=day, end=end):
            return DateView(day, end, showing.today, showing.language)
        case NumberValue(number=number, unit=unit):
            return AmountView(number, unit, "number", showing.language)
        case MoneyValue(amount=amount, currency=currency):
            return AmountView(amount, currency, "money", showing.language)
        case _:
            assert_never(value)


def _row(row: Mapping[str, Cell], columns: tuple[Column, ...], showing: Showing) -> Row:
    return {c.id: _plain(row[c.id], c.choices, showing) if c.id in row else None for c in columns}


def _choice(id_: str, choices: tuple[Choice, ...], showing: Showing) -> ChoiceView:
    found = next((c for c in choices if c.id == id_), None)
    return ChoiceView(id_, found.label.to(showing.language) if found else id_)


def _number(value: object) -> Decimal | None:
    match value:
        case AmountView(number=number):
            return number
        case bool():
            return None
        case int() | Decimal():
            return Decimal(value)
        case float():
            return Decimal(str(value))
        case _:
            return None
