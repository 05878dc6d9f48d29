"""Slack's documented limits, checked on every message and window before it is sent.

The drawing keeps to them by plan; this is the check that it did, so that a slip is a clear error
here and never half a message there.
"""

from collections.abc import Iterator
from typing import Any, Literal

from bot.engine.errors import BadContent
from bot.platforms.slack.texts import Payload, size

Surface = Literal["message", "modal", "home"]
MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
TOGETHER = 13_000  # characters of all blocks of a message
TEXT = 4_000
VIEW_BYTES, METADATA = 250_000, 3_000

_ELEMENTS = {"actions": 25, "context": 10}
_TEXTS = {"header": 150, "section": 3000, "context": 3000, "button": 75, "option": 75}
_STRINGS = {
    "block_id": 255,
    "action_id": 255,
    "value": 2000,
    "initial_value": 3000,
    "private_metadata": METADATA,
    "callback_id": 255,
    "title": 50,
}
_OBJECTS = {
    "label": 2000,
    "hint": 2000,
    "placeholder": 150,
    "description": 75,
    "submit": 24,
    "close": 24,
}


def check_message(payload: Payload) -> None:
    """Raise BadContent, with the place in it, when a message is beyond a limit."""
    found = list(_wrong(payload["blocks"], "message"))
    if not payload["text"].strip():
        found.append("no top-level text")
    if sum(characters(b) for b in payload["blocks"]) > TOGETHER:
        found.append("the blocks are too long together")
    _refuse(found)


def check_view(view: Payload) -> None:
    """Raise BadContent, with the place in it, when a window or the Home tab is beyond a limit."""
    surface: Surface = "home" if view["type"] == "home" else "modal"
    found = list(_wrong(view["blocks"], surface))
    if surface == "modal":
        found += [f"{n} is too long" for n in ("title", "submit", "close") if _over(view, n, 24)]
    if size(view.get("private_metadata", "")) > METADATA:
        found.append("private_metadata is too long")
    if len(repr(view).encode()) > VIEW_BYTES:
        found.append("the view is too large")
    _refuse(found)


def characters(value: Any) -> int:
    """How many characters a person reads in a block, or in a part of one."""
    shown, parts = 0, [value]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            for name, inner in part.items():
                if isinstance(inner, dict | list):
                    parts.append(inner)
                elif name in ("text", "initial_value") and isinstance(inner, str):
                    shown += size(inner)
        elif isinstance(part, list):
            parts += part
    return shown


def _refuse(found: list[str]) -> None:
    if found:
        error = BadContent()
        error.add_note("; ".join(found[:5]))
        raise error


def _over(view: Payload, name: str, most: int) -> bool:
    return name in view and size(view[name]["text"]) > most


def _wrong(blocks: list[Payload], surface: Surface) -> Iterator[str]:
    if not 0 < len(blocks) <= MOST_BLOCKS[surface]:
        yield f"{len(blocks)} blocks"
    ids = [b["block_id"] for b in blocks if "block_id" in b]
    if len(set(ids)) < len(ids):
        yield "a block id stands twice"
    charts = [b for b in blocks if b["type"] == "data_visualization"]
    if len(charts) > 2 or (charts and surface == "modal"):
        yield "a chart too many"
    for index, block in enumerate(blocks):
        yield from (f"/{index}{why}" for why in _block(block))


def _block(block: Payload) -> Iterator[str]:
    kind = block["type"]
    elements = block.get("elements", [])
    if kind in _ELEMENTS and not 0 < len(elements) <= _ELEMENTS[kind]:
        yield f": {len(elements)} elements"
    if kind == "actions":
        ids = [e["action_id"] for e in elements]
        if len(set(ids)) < len(ids):
            yield ": an action id stands twice"
    yield from _values(block, kind)


def _values(value: Any, kind: str) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _values(part, kind)
        return
    if not isinstance(value, dict):
        return
    kind = value.get("type", kind) if value.get("type") != "plain_text" else kind
    for name, part in value.items():
        if isinstance(part, str) and size(part) > _STRINGS.get(name, 100_000):
            yield f"/{name}: {size(part)} characters"
        if isinstance(part, dict) and isinstance(part.get("text"), str):
            most = _OBJECTS.get(name, _TEXTS.get(kind, 3000) if name == "text" else 3000)
            if not 0 < size(part["text"]) <= most:
                yield f"/{name}: {size(part['text'])} characters"
        if name == "options" and len(part) > 100:
            yield f"/options: {len(part)}"
        yield from _values(part, "option" if name == "options" else kind)
