"""Boxes of a form as Slack's inputs, and back. Pure.

An input's block id names its field and its role; several inputs may make one value: a day and its
words, the parts of a long text, the cells of a table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.core.cards.blocks import Box, BoxColumn, Option
from bot.core.events import Raw
from bot.core.reading.formats import show_date
from bot.core.words import FieldId, Language, Text, same
from bot.platforms.slack import marks, texts
from bot.platforms.slack.texts import Payload, plain, size

INPUT = 3000  # characters of one text input
LABEL, PLACEHOLDER, HINT = 2000, 150, 2000
TYPED = ("text", "number", "percent", "money", "person")
OPTION, MOST_OPTIONS, MOST_CHECKS = 75, 100, 10


def inputs(box: Box, language: Language, rows: int = 0) -> list[Payload]:
    """The blocks of a box; of a table, `rows` rows."""
    if box.kind == "rows":
        return list(_table(box, language, rows))
    problem = [problem_block(box.problem, language)] if box.problem else []
    if box.kind == "date":
        return [*problem, *_date(box, language)]
    is_long = isinstance(box.value, str) and size(box.value) > INPUT
    if box.kind == "long_text" or (box.kind in TYPED and is_long):
        return [*problem, *_long(box, language)]
    element, standing = _element(box, language)
    return [*problem, _input(box, language, "v", element, standing)]


def problem_block(text: Text, language: Language) -> Payload:
    """Why something was not taken."""
    return {"type": "context", "elements": [plain(f"⚠ {text.to(language)}")]}


def table(box: Box) -> tuple[dict[str, str], ...]:
    """The rows that stand in a box of rows."""
    if isinstance(box.value, str):
        return ()
    return tuple(dict(row) for row in box.value if isinstance(row, dict))


def shown_rows(box: Box) -> int:
    """How many rows of a table are drawn at first: what stands there, and room for two more."""
    return min(box.max_rows, max(box.min_rows, len(table(box)) + 2))


def filled(box: Box, raw: Raw) -> Box:
    """The box with what stands in it on somebody's screen."""
    if isinstance(raw, str):
        return replace(box, value=raw)
    if box.kind == "rows":
        return replace(box, value=tuple(dict(row) for row in raw if not isinstance(row, str)))
    return replace(box, value=tuple(pick for pick in raw if isinstance(pick, str)))


def read(state: Mapping[str, Mapping[str, Payload]]) -> dict[FieldId, Raw]:
    """What stands in the inputs, by field, from the `values` of a state. Other blocks are left out."""
    found: dict[FieldId, dict[str, str | tuple[str, ...]]] = {}
    for block_id, elements in state.items():
        place = marks.read_box(block_id)
        if place is not None:
            value = next((_standing(e) for e in elements.values()), "")
            found.setdefault(FieldId(place[0]), {})[place[1]] = value
    return {field: _joined(roles) for field, roles in found.items()}


def parts(text: str, most: int = INPUT) -> Iterator[tuple[str, bool]]:
    """A long text in pieces that fit an input, each with whether a line break follows it."""
    while size(text) > most:
        end = most if text.isascii() else most // 2
        line = text.rfind("\n", 1, end)
        yield (text[:line], True) if line > 0 else (text[:end], False)
        text = text[line + 1 :] if line > 0 else text[end:]
    yield text, False


def text_input(value: str, *, lines: bool, placeholder: str = "") -> Payload:
    """A plain_text_input with the value in it."""
    element: Payload = {
        "type": "plain_text_input",
        "action_id": "box",
        "multiline": lines,
        "max_length": INPUT,
    }
    if value:
        element["initial_value"] = value
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    return element


def labelled(block_id: str, label: str, element: Payload, hint: str = "") -> Payload:
    """An input block; any may be left empty, so that nothing typed beside it is held back."""
    block: Payload = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL),
        "element": element,
        "optional": True,
    }
    if hint:
        block["hint"] = plain(hint, HINT)
    return block


def long_inputs(field: str, label: Text, value: str, language: Language) -> Iterator[Payload]:
    """A long text in as many inputs as it takes."""
    pieces = list(parts(texts.clean(value) if value else ""))
    for number, (piece, broken) in enumerate(pieces):
        name = label if not number else texts.PART.fill(label=label, number=number + 1)
        role = f"p{number}{'n' if broken else ''}"
        element = text_input(piece, lines=True)
        yield labelled(marks.box(field, role, piece), name.to(language), element)


def _long(box: Box, language: Language) -> list[Payload]:
    value = box.value if isinstance(box.value, str) else ""
    blocks = list(long_inputs(box.field, box.label, value, language))
    blocks[0] |= {"hint": plain(_hint(box, language), HINT)}
    if box.longest:
        blocks[0]["element"]["max_length"] = min(box.longest, INPUT)
    if box.placeholder is not None:
        blocks[0]["element"]["placeholder"] = plain(box.placeholder.to(language), PLACEHOLDER)
    return blocks


def _date(box: Box, language: Language) -> Iterator[Payload]:
    value = box.value if isinstance(box.value, str) else ""
    day = value if _is_day(value) else ""
    words = texts.cut(texts.clean(value), INPUT) if value and not day else ""
    picker: Payload = {
        "type": "datepicker",
        "action_id": "box",
        "placeholder": plain(texts.PICK.to(language), PLACEHOLDER),
    }
    if day:
        picker["initial_date"] = day
    yield _input(box, language, "d", picker, day)
    element = text_input(words, lines=False, placeholder=_words(box.placeholder, language))
    yield labelled(
        marks.box(box.field, "w", words),
        texts.OR_WORDS.fill(label=box.label).to(language),
        element,
        texts.WORDS_WIN.to(language),
    )


def _element(box: Box, language: Language) -> tuple[Payload, str]:
    """The element of a box with one input, and what stands in it."""
    if box.kind in ("choice", "yes_no"):
        return _choice(_choices(box), box.value, language)
    if box.kind == "choices":
        return _several(box, language)
    value = texts.clean(box.value) if isinstance(box.value, str) and box.value else ""
    lines = "\n" in value or len(value) > 150
    return text_input(
        value[:INPUT], lines=lines, placeholder=_words(box.placeholder, language)
    ), value


def _choice(options: Sequence[Option], value: object, language: Language) -> tuple[Payload, str]:
    drawn = [_option(o, language) for o in options[:MOST_OPTIONS]]
    element: Payload = {"type": "static_select", "action_id": "box", "options": drawn}
    chosen = next((o for o in drawn if o["value"] == value), None)
    if chosen is not None:
        element["initial_option"] = chosen
    return element, chosen["value"] if chosen else ""


def _several(box: Box, language: Language) -> tuple[Payload, str]:
    drawn = [_option(o, language) for o in box.options[:MOST_OPTIONS]]
    few = len(drawn) <= MOST_CHECKS
    kind = "checkboxes" if few else "multi_static_select"
    element: Payload = {"type": kind, "action_id": "box", "options": drawn}
    chosen = [o for o in drawn if o["value"] in box.value]
    if chosen:
        element["initial_options"] = chosen
    return element, ",".join(o["value"] for o in chosen)


def _choices(box: Box) -> Sequence[Option]:
    if box.kind == "yes_no":
        return (Option("yes", texts.YES), Option("no", texts.NO))
    return box.options


def _option(option: Option, language: Language) -> Payload:
    drawn = {"text": plain(option.label.to(language), OPTION), "value": option.id}
    if option.hint is not None and size(option.hint.to(language)) <= OPTION:
        drawn["description"] = plain(option.hint.to(language), OPTION)
    return drawn


def _input(box: Box, language: Language, role: str, element: Payload, standing: str) -> Payload:
    block_id = marks.box(box.field, role, standing)
    return labelled(block_id, box.label.to(language), element, _hint(box, language))


def _hint(box: Box, language: Language) -> str:
    """The question, where a value comes from, and what no other part of an input has room for."""
    said = [box.ask.to(language)]
    if box.hint is not None:
        said.append(box.hint.to(language))
    if box.placeholder is not None and size(box.placeholder.to(language)) > PLACEHOLDER:
        said.append(box.placeholder.to(language))
    choices = _choices(box) if box.kind in ("choice", "choices", "yes_no") else ()
    for option in choices:
        label, hint = option.label.to(language), option.hint.to(language) if option.hint else ""
        if size(label) > OPTION or size(hint) > OPTION:
            said.append(f"{label}: {hint}" if hint else label)
    is_foreign = isinstance(box.value, str) and box.value not in {o.id for o in choices}
    if box.kind in ("choice", "yes_no") and box.value and is_foreign:
        said.append(texts.WRITTEN.fill(words=str(box.value)).to(language))
    return "\n".join(said)


def _table(box: Box, language: Language, rows: int) -> Iterator[Payload]:
    head = f"{box.label.to(language)}: {_hint(box, language)}"
    yield {"type": "section", "text": plain(head)}
    if box.problem is not None:
        yield problem_block(box.problem, language)
    standing = table(box)
    for number in range(max(rows, len(standing))):
        row = standing[number] if number < len(standing) else {}
        name = texts.ROW.fill(label=box.label, number=number + 1)
        yield {"type": "context", "elements": [plain(name.to(language))]}
        for column in box.columns:
            yield _cell(box, column, number, row.get(column.id, ""), language)
    if max(rows, len(standing)) < box.max_rows:
        yield {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": marks.ROWS,
                    "value": box.field,
                    "text": plain(texts.ADD_ROW.to(language), OPTION),
                }
            ],
        }


def _cell(box: Box, column: BoxColumn, number: int, value: str, language: Language) -> Payload:
    label, hint = column.label.to(language), ""
    if column.kind == "choice":
        element, standing = _choice(column.options, value, language)
        if value and not standing:
            hint = texts.WRITTEN.fill(words=same(value)).to(language)
    else:
        said = in_words(value, language) if column.kind == "date" else value
        standing = texts.cut(texts.clean(said), INPUT) if said else ""
        element = text_input(
            standing, lines=False, placeholder=_words(column.placeholder, language)
        )
    return labelled(marks.box(box.field, f"r{number}.{column.id}", standing), label, element, hint)


def in_words(value: str, language: Language) -> str:
    """A day as people read it, since no picker has room among the cells; any other words as they are."""
    return show_date(date.fromisoformat(value), language) if _is_day(value) else value


def _words(text: Text | None, language: Language) -> str:
    return text.to(language) if text is not None else ""


def _is_day(value: str) -> bool:
    try:
        return len(value) == len("2026-01-01") and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _standing(element: Mapping[str, Any]) -> str | tuple[str, ...]:
    """What stands in one element of a state."""
    match element:
        case {"selected_options": list(options)}:
            return tuple(str(o["value"]) for o in options)
        case {"selected_option": {"value": str(value)}} | {"selected_date": str(value)}:
            return value
        case {"value": str(value)}:
            return value
        case _:
            return ""


def _joined(roles: Mapping[str, str | tuple[str, ...]]) -> Raw:
    """One value out of the inputs that make it."""
    if "v" in roles:
        return roles["v"]
    if "d" in roles or "w" in roles:
        words = roles.get("w", "")
        return words if isinstance(words, str) and words.strip() else roles.get("d", "")
    if any(role.startswith("p") for role in roles):
        return _text(roles)
    return _rows(roles)


def _text(roles: Mapping[str, str | tuple[str, ...]]) -> str:
    pieces = sorted((int(role[1:].rstrip("n")), role) for role in roles)
    said = "".join(f"{roles[role]}{chr(10) if role.endswith('n') else ''}" for _, role in pieces)
    return said if said.strip() else ""


def _rows(roles: Mapping[str, str | tuple[str, ...]]) -> tuple[dict[str, str], ...]:
    rows: dict[int, dict[str, str]] = {}
    for role, value in roles.items():
        number, _, column = role[1:].partition(".")
        rows.setdefault(int(number), {})[column] = value if isinstance(value, str) else ""
    kept = [rows[number] for number in sorted(rows)]
    return tuple(row for row in kept if any(row.values()))
