"""What an admin sees of the systems that their organisation has connected for itself."""

from collections.abc import Mapping, Sequence

from bot.core.cards.blocks import (
    Action,
    Block,
    Box,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Option,
    Paragraph,
)
from bot.core.connecting.kind import FAMILIES, Kind, Part, Values
from bot.core.connecting.kinds import KINDS
from bot.core.connecting.wording import CONNECT
from bot.core.words import Text

OPEN, CONNECT_ONE, SAVE, REMOVE = "connections", "connect", "connect_save", "disconnect"
DOOR = Button(CONNECT.title, Action(OPEN))


def listed(connected: Sequence[Kind], note: Text | None = None) -> Card:
    """What there is, and what can be done; `note` says what became of the last press."""
    blocks: list[Block] = [Heading(CONNECT.title), Paragraph(CONNECT.lead)]
    if note is not None:
        blocks.append(Hint(note, "good"))
    if not connected:
        blocks.append(Hint(CONNECT.nothing))
    else:
        blocks.append(Facts(tuple(Fact(kind.label, CONNECT.is_there) for kind in connected)))
    for kind in connected:
        anew = Button(CONNECT.anew.fill(kind=kind.label), Action(CONNECT_ONE, kind.id))
        drop = Button(CONNECT.remove.fill(kind=kind.label), Action(REMOVE, kind.id), "danger")
        blocks.append(Buttons((anew, drop)))
    for family in FAMILIES:
        others = tuple(
            Button(CONNECT.connect.fill(kind=kind.label), Action(CONNECT_ONE, kind.id))
            for kind in KINDS.values()
            if kind.family == family and kind not in connected
        )
        blocks += [Buttons(others)] if others else []
    return Card(CONNECT.title, tuple(blocks))


def form(
    kind: Kind, standing: Values | None = None, problems: Mapping[str, Text] | None = None
) -> Card:
    """What it takes; a secret that stood there is to be typed again."""
    title = CONNECT.connect.fill(kind=kind.label)
    boxes = tuple(
        _box(part, standing or {}, (problems or {}).get(part.name)) for part in kind.parts
    )
    sent = Form("", 0, boxes, CONNECT.submit, action=Action(SAVE, kind.id))
    return Card(title, (Heading(title), sent))


def _box(part: Part, standing: Values, problem: Text | None) -> Box:
    value = "" if part.secret else standing.get(part.name, "")
    if part.options is not None:
        options = tuple(Option(id_, label) for id_, label in part.options.items())
        return Box(
            part.name, "choice", part.label, part.ask, value or options[0].id,
            problem=problem, required=part.required, options=options,
        )  # fmt: skip
    return Box(
        part.name, "text", part.label, part.ask, value,
        placeholder=part.such,
        hint=CONNECT.how if part.secret else None,
        problem=problem,
        required=part.required,
        secret=part.secret,
    )  # fmt: skip
