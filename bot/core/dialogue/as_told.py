"""An answer as a sentence that the coach can read: what the question said already is put back."""

from collections.abc import Mapping

from bot.core.cards.shown import shown
from bot.core.case import Cell, ChoiceValue, DateValue, PersonValue, RowsValue, TextValue, Value
from bot.core.message import fitting
from bot.core.playbook import Column, Field
from bot.core.reading import formats
from bot.core.words import Language, Text

_COST = "cost"  # the column of the ways that says what each one costs


def as_told(field: Field, value: Value, language: Language) -> str:
    """An answer as a sentence that the coach can read; a bare choice of cause says nothing."""
    match value:
        case TextValue(text=text):
            frame = _FRAMES.get(field.id)
            return frame.to(language).format(text) if frame else text
        case ChoiceValue(id=id_):
            return "" if field.id in _SILENT or id_ in _SILENT else shown(field, value).to(language)
        case DateValue(day=day, end=end):
            last = formats.show_date(end or day, language, weekday=False)
            frame = _FRAMES.get(field.id)
            return frame.to(language).format(last) if frame else last
        case RowsValue(rows=rows):
            return "\n".join(_row(n, row, language, field) for n, row in enumerate(rows))
        case _:
            frame = _FRAMES.get(field.id)
            told = shown(field, value).to(language)
            return frame.to(language).format(told) if frame else told


# What the question already said, so that an answer reads as a sentence of its own.
_FRAMES: Mapping[str, Text] = {
    "left": Text(en="Left: {}", zh="还剩：{}"),
    "percent_done": Text(en="{} done.", zh="完成{}。"),
    "what_changed": Text(en="What is different now: {}", zh="这次的不同：{}"),
    "recommended": Text(en="We recommend: {}", zh="我们建议：{}"),
    "ask": Text(en="Please: {}", zh="请您配合：{}"),
    "decide_by": Text(en="Please decide by {}.", zh="请在{}前定。"),
    "next_update": Text(en="Next update on {}.", zh="下次更新{}。"),
}
_SILENT = frozenset(
    {"cause_kind", "cause_party", "confidence", "impact_known", "remedy_approved"}
    | {"none", "feedback"}
)


def _row(number: int, row: Mapping[str, Cell], language: Language, field: Field) -> str:
    mark = "" if any(c.kind == "date" for c in field.columns) else f"{'ABCDEFGH'[number % 8]}: "
    cells = (_said(c, row[c.id], language) for c in field.columns if c.id in row)
    return mark + (", " if language == "en" else "，").join(cells)


def _said(column: Column, cell: Cell, language: Language) -> str:
    """A cell as its column asks for it: a bare "none" is told as what costs nothing."""
    text = cell_text(cell, language)
    if column.id != _COST or not fitting.is_none(text):
        return text
    return f"{column.label.to(language).lower()}{': ' if language == 'en' else '：'}{text}"


def cell_text(cell: Cell, language: Language) -> str:
    """A cell of a table in words."""
    match cell:
        case DateValue(day=day):
            return formats.show_date(day, language, weekday=False)
        case TextValue(text=text) | PersonValue(name=text) | ChoiceValue(id=text):
            return text
        case _:
            return ""


def words_of(value: Value) -> str:
    """The words of an answer, for telling its language."""
    match value:
        case TextValue(text=text):
            return text
        case RowsValue(rows=rows):
            return " ".join(cell_text(c, "en") for row in rows for c in row.values())
        case _:
            return ""
