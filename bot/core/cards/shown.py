"""Answers as text: for people to read, and as it stands in an input box."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.core.case import (
    Answer,
    Case,
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
    text_of,
)
from bot.core.phrases import SAY
from bot.core.playbook import Choice, Field
from bot.core.reading import formats
from bot.core.words import LANGUAGES, Language, Text, same

REASONS = {"not_known": SAY.not_known, "not_relevant": SAY.not_relevant, "later": SAY.later}
SHOWN = 280  # characters of a long answer that a list shows


def project_name(case: Case) -> Text:
    """What the case is called on a card."""
    project = text_of(case, "project")
    return same(shortened(project)) if project else SAY.no_project


def shown(field: Field, value: Value) -> Text:
    """An answer in one line or a few, for a recap or the review; long texts are cut."""
    match value:
        case ChoicesValue(ids=ids):
            labels = [_label(field.choices, i) for i in ids]
            return Text(
                en=formats.join([x.en for x in labels], "en"),
                zh=formats.join([x.zh for x in labels], "zh"),
            )
        case PercentValue(percent=percent):
            return _both(lambda language: formats.show_percent(percent, language))
        case YesNoValue(yes=yes):
            return SAY.yes if yes else SAY.no
        case RowsValue(rows=rows):
            lines = [_line(field, row) for row in rows]
            return Text(en="\n".join(x.en for x in lines), zh="\n".join(x.zh for x in lines))
        case _:
            return _cell(field.choices, value)


def in_box(value: Value) -> str | tuple[str, ...] | tuple[dict[str, str], ...]:
    """An answer as it stands in its input box, so that reading it again gives the same value."""
    match value:
        case ChoicesValue(ids=ids):
            return ids
        case PercentValue(percent=percent):
            return _number(percent)
        case YesNoValue(yes=yes):
            return "yes" if yes else "no"
        case RowsValue(rows=rows):
            return tuple({k: _cell_in_box(v) for k, v in row.items()} for row in rows)
        case _:
            return _cell_in_box(value)


def stands_as(value: Value, raw: object) -> bool:
    """Whether an input is the answer as its box held it, its days in figures or in words."""
    if raw == in_box(value):
        return True
    return any(raw == _in_words(value, language) for language in LANGUAGES)


def _in_words(value: Value, language: Language) -> object:
    """An answer as it stands in a box where its days are written as people read them."""
    match value:
        case RowsValue(rows=rows):
            return tuple(
                {
                    k: _figure(v, language) if isinstance(v, DateValue) else _cell_in_box(v)
                    for k, v in row.items()
                }
                for row in rows
            )
        case DateValue():
            return _figure(value, language)
        case _:
            return in_box(value)


def reason_text(reason: str) -> Text:
    """A reason for skipping, as it is shown: one of the three, or the person's own words."""
    return REASONS.get(reason) or same(shortened(reason) or "…")


def answered(field: Field, answer: Answer | None) -> Text:
    """An answer for a list; without one, that it was left empty."""
    return shown(field, answer.value) if answer else SAY.left_empty


def shortened(text: str) -> str:
    """The text, cut to what a list shows, in one line."""
    return text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "…"


def _cell(choices: tuple[Choice, ...], value: Cell) -> Text:
    match value:
        case TextValue(text=text):
            return _cut(text)
        case PersonValue(name=name):
            return same(name)
        case ChoiceValue(id=id_):
            return _label(choices, id_)
        case DateValue() | NumberValue() | MoneyValue():
            return _both(lambda language: _figure(value, language))


def _figure(value: DateValue | NumberValue | MoneyValue, language: Language) -> str:
    match value:
        case DateValue(day=day, end=None):
            return formats.show_date(day, language)
        case DateValue(day=day, end=end):
            return formats.show_range(day, end or day, language)
        case NumberValue(number=number, unit=unit):
            return _with_unit(formats.show_number(number, language), unit)
        case MoneyValue(amount=amount, currency=currency):
            return formats.show_money(amount, currency, language)


def _cell_in_box(value: Cell) -> str:
    match value:
        case TextValue(text=text):
            return text
        case PersonValue(name=name):
            return name
        case ChoiceValue(id=id_):
            return id_
        case DateValue(day=day, end=end):
            return day.isoformat() if end is None else f"{day.isoformat()} to {end.isoformat()}"
        case NumberValue(number=number, unit=unit):
            return _with_unit(_number(number), unit)
        case MoneyValue(amount=amount, currency=currency):
            return f"{currency} {_number(amount)}"


def _line(field: Field, row: Mapping[str, Cell]) -> Text:
    cells = [_cell(c.choices, row[c.id]) for c in field.columns if c.id in row]
    return Text(en=" · ".join(x.en for x in cells), zh=" · ".join(x.zh for x in cells))


def _label(choices: tuple[Choice, ...], id_: str) -> Text:
    found = next((c for c in choices if c.id == id_), None)
    return found.label if found else same(id_)


def _cut(text: str) -> Text:
    if len(text) <= SHOWN:
        return same(text)
    kept = SAY.long_kept.fill(count=len(text))
    return Text(en=text[:SHOWN] + kept.en, zh=text[:SHOWN] + kept.zh)


def _both(show: Callable[[Language], str]) -> Text:
    return Text(en=show("en"), zh=show("zh"))


def _with_unit(number: str, unit: str | None) -> str:
    if not unit:
        return number
    return f"{number} {unit}" if unit.isascii() else f"{number}{unit}"


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f")
