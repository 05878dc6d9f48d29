"""Forms: the boxes of a card as Lark's inputs, and what comes back from them as boxes again.

A field in a form has a name that is unique in the card; this module alone knows how names are made.
Source: feishu-cards/card-json-v2-components/containers/form-container.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.cards.blocks import Action, Box, BoxColumn, Button, Editor, Form, Option
from bot.core.events import Raw
from bot.core.phrases import SAY
from bot.core.words import FieldId, Text, same
from bot.platforms.lark.parts import LARGEST, split, together
from bot.platforms.lark.pen import LABEL, Node, Pen, joined, lines, short

BOX, TEXT = "box", "text"  # what a name begins with
KEPT_WHOLE = 2000  # characters of a box that are drawn in a card that must be small
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?: [+-]\d{4})?")
_ROW = re.compile(r"r[0-9]{1,3}")
_YES_NO = (Option("yes", SAY.yes), Option("no", SAY.no))

OPTIONAL = Text(en="optional", zh="选填")
KEPT = Text(
    en="All {count} characters are kept. To replace them, type the answer here in the chat.",
    zh="全部{count}个字都已保存。想替换的话，请直接在对话里输入。",
)
CHANGE_ELSEWHERE = Text(
    en="This text is too long to change in a card. Choose a shorter version, or change your answers.",
    zh="这段文字太长，无法在卡片里修改。请选较短的版本，或修改前面的回答。",
)

Given = Mapping[str, object]  # form_value, as it came


@dataclass(frozen=True, slots=True)
class Filled:
    """What came back from a form: its boxes, or the text of an editor."""

    boxes: Mapping[FieldId, Raw]
    text: str


def form(pen: Pen, form: Form) -> Node:
    """The boxes of a step, sent together."""
    elements = [node for box in form.boxes for node in _box(pen, box)]
    value = pen.value(form.action, form.seen)
    if not form.case:  # a client may leave out what was emptied; here that means empty
        value["o"] = [box.field for box in form.boxes if not box.required]
    submit = _submit(pen, form.submit, value, "submit")
    return {"tag": "form", "name": "answers", "elements": [*elements, submit]}


def editor(pen: Pen, editor: Editor) -> list[Node]:
    """A long text that may be changed as a whole, in several inputs."""
    if pen.bare and len(editor.value) > KEPT_WHOLE:
        row = [pen.row([pen.button(b) for b in editor.beside])] if editor.beside else []
        return [*row, pen.line(CHANGE_ELSEWHERE, text_size="notation")]
    parts = [_words(pen, name, part) for name, part in split(editor.value, TEXT)]
    submit = _submit(pen, editor.submit, pen.value(editor.action), "save")
    beside = [
        pen.button(b, name=f"beside{n}", form_action_type="submit")
        for n, b in enumerate(editor.beside)
    ]
    above = [pen.row(beside)] if beside else []
    elements = [*above, pen.line(editor.label), *parts, submit]
    return [{"tag": "form", "name": "editor", "elements": elements}]


def filled(given: Given, emptied: object = ()) -> Filled:
    """What a person sent, by the names that `form` and `editor` gave.

    `emptied` came with the button: the boxes that are empty when nothing came of them.
    """
    words = {name: value for name, value in given.items() if isinstance(value, str)}
    fields = dict.fromkeys(n.split("~")[1] for n in given if n.startswith(f"{BOX}~"))
    boxes = {FieldId(f): _raw(f"{BOX}~{f}", given, words) for f in fields}
    for field in emptied if isinstance(emptied, list) else ():
        boxes.setdefault(FieldId(str(field)), "")
    return Filled(boxes, together(words, TEXT))


def _raw(name: str, given: Given, words: Mapping[str, str]) -> Raw:
    if name in given:
        value = given[name]
        if isinstance(value, Sequence) and not isinstance(value, str):
            return tuple(str(v) for v in value)
        return _day(value) if isinstance(value, str) else ""
    rows: dict[int, dict[str, str]] = {}
    for key, value in words.items():
        base, row, column = [*key.rsplit("~", 2), "", ""][:3]
        if base == name and _ROW.fullmatch(row):
            rows.setdefault(int(row[1:]), {})[column] = _day(value)
    return tuple(rows[i] for i in sorted(rows)) if rows else together(words, name)


def _day(value: str) -> str:
    """A picker's day without the offset of the clicker's zone."""
    found = _DAY.fullmatch(value)
    return found[1] if found else value


def _box(pen: Pen, box: Box) -> list[Node]:
    said = [joined(box.label, box.ask), *([box.hint] if box.hint else [])]
    if not box.required:
        said[0] = Text(en=f"{said[0].en} ({OPTIONAL.en})", zh=f"{said[0].zh}（{OPTIONAL.zh}）")
    nodes = [pen.line(lines(said))]
    if box.problem is not None and box.kind != "rows":  # told above the form
        nodes.append(pen.line(box.problem, text_color="red"))
    if box.kind == "rows":
        return [*nodes, *_rows(pen, box)]
    return [*nodes, *_input(pen, box)]


def _input(pen: Pen, box: Box) -> list[Node]:
    name = f"{BOX}~{box.field}"
    value = box.value if isinstance(box.value, str) else ""
    match box.kind:
        case "choice" | "yes_no":
            options = box.options or _YES_NO
            return [
                *_typed(pen, value, options),
                _select(pen, name, box.placeholder, options, value),
            ]
        case "choices":
            return [*_typed(pen, value, ()), _several(pen, name, box)]
        case "date" if not value or _DAY.fullmatch(value):
            return [_date(pen, name, box.placeholder, value)]
        case "long_text":
            if pen.bare and len(value) > KEPT_WHOLE:
                return [pen.quote(same(value[:300] + "…")), pen.line(KEPT.fill(count=len(value)))]
            parts = split(value, name)
            most = min(box.longest or LARGEST, LARGEST)
            return [
                _words(pen, n, part, box.placeholder) | {"max_length": most} for n, part in parts
            ]
        case _:
            word = _word(pen, name, value[:LARGEST], box.placeholder)
            return [word | {"input_type": "password"} if box.secret else word]


def _typed(pen: Pen, value: str, options: Sequence[Option]) -> list[Node]:
    """What was typed and is none of the choices, so that it is not lost."""
    if not value or any(o.id == value for o in options):
        return []
    return [pen.quote(same(value))]


def _rows(pen: Pen, box: Box) -> list[Node]:
    """A grid of cells; a few empty rows below those that are filled."""
    given = [row for row in box.value if isinstance(row, dict)]
    spare = 1 if pen.tight else 2
    count = max(len(given), min(max(len(given) + spare, box.min_rows), box.max_rows))
    heads = [_head(column) for column in box.columns]
    nodes = [pen.line(_beside(heads), text_size="notation")]
    for number in range(count):
        row = given[number] if number < len(given) else {}
        cells = [
            _cell(pen, f"{BOX}~{box.field}~r{number}~{column.id}", column, row.get(column.id, ""))
            for column in box.columns
        ]
        columns = [
            {"tag": "column", "width": "weighted", "weight": 1, "elements": [cell]}
            for cell in cells
        ]
        nodes.append({"tag": "column_set", "flex_mode": "stretch", "columns": columns})
    return nodes


def _head(column: BoxColumn) -> Text:
    label = column.label
    if column.placeholder is None:
        return label
    return Text(
        en=f"{label.en} ({column.placeholder.en})", zh=f"{label.zh}（{column.placeholder.zh}）"
    )


def _beside(texts: Sequence[Text]) -> Text:
    return Text(en=" · ".join(t.en for t in texts), zh=" · ".join(t.zh for t in texts))


def _cell(pen: Pen, name: str, column: BoxColumn, value: str) -> Node:
    if column.kind == "choice" and (not value or any(o.id == value for o in column.options)):
        return _select(pen, name, column.label, column.options, value)
    if column.kind == "date" and (not value or _DAY.fullmatch(value)):
        return _date(pen, name, column.label, value)
    return _word(pen, name, value[:LARGEST], column.label)


def _word(pen: Pen, name: str, value: str, placeholder: Text | None) -> Node:
    node: Node = {"tag": "input", "name": name, "max_length": LARGEST, "width": "fill"}
    if placeholder is not None:
        node["placeholder"] = pen.text(short(placeholder, LABEL))
    if value:
        node["default_value"] = value
    return node


def _words(pen: Pen, name: str, value: str, placeholder: Text | None = None) -> Node:
    node = _word(pen, name, value, placeholder)
    return node | {"input_type": "multiline_text", "rows": 5 if len(value) > 200 else 3}


def _date(pen: Pen, name: str, placeholder: Text | None, value: str) -> Node:
    node: Node = {"tag": "date_picker", "name": name, "width": "fill"}
    if placeholder is not None:
        node["placeholder"] = pen.text(short(placeholder, LABEL))
    found = _DAY.fullmatch(value)
    return node | {"initial_date": found[1]} if found else node


def _select(
    pen: Pen, name: str, placeholder: Text | None, options: Sequence[Option], value: str
) -> Node:
    node: Node = {
        "tag": "select_static",
        "name": name,
        "width": "fill",
        "options": [_option(pen, o) for o in options],
    }
    if placeholder is not None:
        node["placeholder"] = pen.text(short(placeholder, LABEL))
    chosen = any(o.id == value for o in options)
    return node | {"initial_option": value} if chosen else node


def _several(pen: Pen, name: str, box: Box) -> Node:
    node: Node = {
        "tag": "multi_select_static",
        "name": name,
        "width": "fill",
        "options": [_option(pen, o) for o in box.options],
    }
    if box.placeholder is not None:
        node["placeholder"] = pen.text(short(box.placeholder, LABEL))
    given = [] if isinstance(box.value, str) else [v for v in box.value if isinstance(v, str)]
    chosen = [v for v in given if any(o.id == v for o in box.options)]
    return node | {"selected_values": chosen} if chosen else node


def _option(pen: Pen, option: Option) -> Node:
    text = option.label if option.hint is None else joined(option.label, option.hint)
    return {"text": pen.text(text), "value": option.id}


def _submit(pen: Pen, label: Text, value: Node, name: str) -> Node:
    node = pen.button(Button(label, Action(""), "primary"))
    node["behaviors"] = [{"type": "callback", "value": value}]
    return node | {"name": name, "form_action_type": "submit"}
