"""Rows of a table, such as milestones or options: from a form's cells, or typed a line each."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from bot.core.case import (
    Cell,
    ChoiceValue,
    DateValue,
    MoneyValue,
    NumberValue,
    Pending,
    PersonValue,
    Reading,
    RowsValue,
    TextValue,
    Value,
    day_of,
)
from bot.core.copies import replace
from bot.core.dialogue.scalars import Place, both, cleaned, scalar
from bot.core.dialogue.wording import READ
from bot.core.events import Raw
from bot.core.playbook import Column, Field
from bot.core.reading import dates, formats
from bot.core.reading.calendars import calendar
from bot.core.words import FieldId, Text

_SEPARATORS = ("\t", "|", "；", ";")
_ANY_DAY = date(2026, 1, 5)
_COMMA = re.compile(r"[，,](?!\s*(?:19|20)\d\d\b)")  # not the one before a year


def rows(place: Place, raw: Raw) -> Value | Pending | None:
    """The rows of an input; None when all of it is blank.

    A typed line adds to good lines that were too few before, so that rows can be typed one
    message at a time; a line that could not be taken is replaced, and so are lines that were too
    many or two of one name. Good lines of which something is asked give way to good ones alone.
    """
    table = _typed(place, raw) if isinstance(raw, str) else _given(raw)
    table = [row for row in table if any(cell.strip() for cell in row.values())]
    if not table:
        return None
    text = as_text(place.field, table)
    found: list[Mapping[str, Cell]] = []
    for number, row in enumerate(table, 1):
        cells = _cells(place, row, number)
        if isinstance(cells, Text):
            return Pending(text, cells)
        found.append(cells)
    problem = _count(place.field, found)
    if problem is not None:
        return Pending(text, problem)
    return _ordered(place, text, RowsValue(tuple(found)))


def as_text(field: Field, table: Sequence[Mapping[str, str]]) -> str:
    """The rows as typed lines, a row a line, its cells set apart by tabs; a cell keeps its words."""
    return "\n".join(
        "\t".join(" ".join(row.get(c.id, "").split()) for c in field.columns) for row in table
    )


def as_table(field: Field, text: str) -> list[dict[str, str]]:
    """Typed lines as cells by column id."""
    return _split(field, text)


def _typed(place: Place, text: str) -> list[dict[str, str]]:
    """The typed lines, after the good ones of an earlier input that waits for more."""
    before = place.case.pending.get(place.field.id)
    table = _split(place.field, text)
    whole = all(not isinstance(_cells(place, row, 0), Text) for row in table)
    if before is None or not table or (before.readings and whole):
        return table
    good: list[dict[str, str]] = []
    found: list[Mapping[str, Cell]] = []
    for row in _split(place.field, before.raw):
        cells = _cells(place, row, 0)
        if not isinstance(cells, Text):
            good.append(row)
            found.append(cells)
    if _clash(place.field, found) is not None:
        return table
    return [*(r for r in good if r not in table), *table]


def _split(field: Field, text: str) -> list[dict[str, str]]:
    table = []
    for line in text.splitlines():
        mark = next((s for s in _SEPARATORS if s in line), None)
        by_comma = _by_comma(field, line) if mark is None else None
        if by_comma is not None:
            table.append(by_comma)
            continue
        parts = [p.strip() for p in (line.split(mark) if mark else [line])]
        parts[len(field.columns) - 1 :] = [" ".join(parts[len(field.columns) - 1 :])]
        table.append(dict(zip((c.id for c in field.columns), parts, strict=False)))
    return table


def _by_comma(field: Field, line: str) -> dict[str, str] | None:
    """The cells of a line with commas, where they are as many as the columns and the days are in
    their places; None for any other line: a comma may stand in a name.
    """
    parts = [part.strip() for part in _COMMA.split(line)]
    for columns in (field.columns, [c for c in field.columns if c.required]):
        cells = list(zip(columns, parts, strict=False))
        days = [part for c, part in cells if c.kind == "date"]
        names = [part for c, part in cells if c.kind == "person"]
        fits = len(parts) == len(columns) > 1 and days and all(_is_day(d) for d in days)
        if fits and not any(n.isdecimal() or _is_day(n) for n in names):
            return dict(zip((c.id for c in columns), parts, strict=True))
    return None


def _is_day(text: str) -> bool:
    """Whether it reads as a day, whichever that is on the day of reading."""
    found = dates.read(text, today=_ANY_DAY, calendar=calendar("GB"))
    return bool(found.readings or found.fault)


def _given(raw: Raw) -> list[dict[str, str]]:
    return [{k: str(v) for k, v in row.items()} for row in raw if isinstance(row, Mapping)]


def _cells(place: Place, row: Mapping[str, str], number: int) -> Mapping[str, Cell] | Text:
    """The cells of one row, or what is wrong with the first that cannot be taken."""
    found: dict[str, Cell] = {}
    for column in place.field.columns:
        raw = cleaned(row.get(column.id, ""))
        if not raw:
            if column.required:
                return _row_problem(number, column, READ.row_missing)
            continue
        value = scalar(replace(place, field=_as_field(place.field, column)), raw)
        if isinstance(value, Pending):
            return _row_problem(number, column, _cell_problem(value, raw))
        if not isinstance(
            value, TextValue | ChoiceValue | DateValue | NumberValue | MoneyValue | PersonValue
        ):
            return _row_problem(number, column, READ.row_missing)
        found[column.id] = value
    return found


def _cell_problem(pending: Pending, raw: str) -> Text:
    if not pending.readings:
        return pending.problem
    labels = [r.label for r in pending.readings]
    return READ.row_which.fill(
        raw=raw,
        readings=Text(en=" or ".join(x.en for x in labels), zh="或".join(x.zh for x in labels)),
    )


def _as_field(field: Field, column: Column) -> Field:
    return replace(
        field,
        kind=column.kind,
        label=column.label,
        choices=column.choices,
        columns=(),
        future=False,
        past=False,
        not_before=None,
    )


def _row_problem(number: int, column: Column, problem: Text) -> Text:
    return READ.row_problem.fill(row=number, label=column.label, problem=problem)


def _count(field: Field, found: Sequence[Mapping[str, Cell]]) -> Text | None:
    if len(found) < field.min_rows and not _clash(field, found):
        return READ.few_rows.fill(count=len(found), least=field.min_rows)
    return _clash(field, found)


def _clash(field: Field, found: Sequence[Mapping[str, Cell]]) -> Text | None:
    """What is wrong with rows that no further row could mend."""
    if len(found) > field.max_rows:
        return READ.many_rows.fill(count=len(found), most=field.max_rows)
    first = field.columns[0].id
    names = [str(row.get(first)).casefold() for row in found]
    for place, name in enumerate(names):
        if name in names[:place]:
            return READ.rows_same.fill(name=_name(found[place], first))
    return None


def _ordered(place: Place, text: str, value: RowsValue) -> Value | Pending:
    """The rows; when their dates run backwards or past the new date, a question about it."""
    columns = [c.id for c in place.field.columns if c.kind == "date"]
    if not columns:
        return value
    key, name = columns[-1], place.field.columns[0].id
    dated = [(_day(row, key), row) for row in value.rows]
    known = [(day, row) for day, row in dated if day is not None]
    keep = Reading(READ.keep_rows, value)
    for (first, one), (second, other) in pairwise(known):
        if second < first:
            problem = READ.rows_order.fill(
                later=_name(other, name), earlier=_name(one, name), day=both(second)
            )
            ordered = sorted(dated, key=lambda d: (d[0] is None, d[0] or first))
            sorted_rows = RowsValue(tuple(row for _, row in ordered))
            return Pending(text, problem, (Reading(READ.sort_rows, sorted_rows), keep))
    last = day_of(place.case, FieldId("new_date"))
    beyond = next(((d, r) for d, r in known if last is not None and d > last), None)
    if beyond is not None and last is not None and "new_date" in place.field.needs:
        problem = READ.rows_beyond.fill(
            name=_name(beyond[1], name), day=both(beyond[0]), other=both(last)
        )
        return Pending(text, problem, (keep,))
    return value


def _day(row: Mapping[str, Cell], key: str) -> date | None:
    cell = row.get(key)
    return (cell.end or cell.day) if isinstance(cell, DateValue) else None


def _name(row: Mapping[str, Cell], key: str) -> str:
    cell = row.get(key)
    match cell:
        case TextValue(text=words) | PersonValue(name=words):
            return words
        case DateValue(day=day):
            return formats.show_date(day, "en")
        case _:
            return "…"
