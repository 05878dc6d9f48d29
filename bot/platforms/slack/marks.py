"""What buttons and boxes carry to Slack and back. The one place that knows how it is written."""

import json
from dataclasses import dataclass
from hashlib import blake2s
from typing import Literal, get_args

from bot.core.cards.blocks import Action
from bot.core.words import CaseId
from bot.platforms.slack.texts import size

LONGEST = 2000  # characters of a button's value
PRESS, OPEN, ROWS, SUBMIT = "do:", "open:", "rows", "send"  # how action ids begin

SUBMITTED = Action("submit")

Window = Literal["form", "editor", "copy", "all"]
WINDOWS: tuple[Window, ...] = get_args(Window)


@dataclass(frozen=True, slots=True)
class Press:
    """A button of a card: its action and the case it goes to."""

    action: Action
    case: CaseId | None


@dataclass(frozen=True, slots=True)
class Opener:
    """A button that opens a window: what it shows, and from which row and block."""

    window: Window
    key: str  # id of the outbox row
    block: int = 0


@dataclass(frozen=True, slots=True)
class Slip:
    """What a window carries: the row it is drawn from, and what becomes of it when it is sent."""

    opener: Opener
    case: CaseId | None = None
    action: Action = SUBMITTED
    seen: int = 0
    rows: int = 0  # how many rows of a table are shown


def press(action: Action, case: CaseId | None) -> str:
    """A press as a button's value; an argument that is too long for one is cut."""
    value = _json([action.name, action.argument, case or ""])
    over = size(value) - LONGEST
    if over <= 0:
        return value
    return press(Action(action.name, action.argument[: -max(over // 2, 1)]), case)


def pressed(value: str) -> Press | None:
    """The press that a button's value says; None for a value that is not ours."""
    found = _strings(value, 3)
    if found is None or not found[0]:
        return None
    return Press(Action(found[0], found[1]), CaseId(found[2]) if found[2] else None)


def opener(to: Opener) -> str:
    """An opener as a button's value."""
    return _json([to.window, to.key, str(to.block)])


def opened(value: str) -> Opener | None:
    """The opener that a button's value says; None for a value that is not ours."""
    found = _strings(value, 3)
    if found is None or not found[2].isdecimal() or len(found[2]) > 6:
        return None
    window = next((w for w in WINDOWS if w == found[0]), None)
    return Opener(window, found[1], int(found[2])) if window else None


def slip(of: Slip) -> str:
    """What a window carries, as its private metadata."""
    own = [of.case or "", of.action.name, of.action.argument, str(of.seen), str(of.rows)]
    return _json([opener(of.opener), *own])


def read_slip(value: str) -> Slip | None:
    """What a window's private metadata says; None when it is not ours."""
    found = _strings(value, 6)
    to = opened(found[0]) if found else None
    if found is None or to is None or not (found[4] + found[5]).isdecimal():
        return None
    case = CaseId(found[1]) if found[1] else None
    return Slip(to, case, Action(found[2], found[3]), int(found[4]), int(found[5]))


def box(field: str, role: str, standing: str) -> str:
    """The block id of an input. Another value in it gives another id, so that it is drawn anew;
    with the same one, what somebody is typing there stays.
    """
    return f"box|{field}|{role}|{blake2s(standing.encode(errors='replace'), digest_size=4).hexdigest()}"


def read_box(block_id: str) -> tuple[str, str] | None:
    """Field and role of an input's block id; None for any other block."""
    parts = block_id.split("|")
    return (parts[1], parts[2]) if len(parts) == 4 and parts[0] == "box" else None


def _json(values: list[str]) -> str:
    said = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return said if said.isascii() else said.encode("utf-8", "replace").decode()


def _strings(value: str, count: int) -> list[str] | None:
    try:
        found = json.loads(value)
    except ValueError:
        return None
    if not isinstance(found, list) or len(found) != count:
        return None
    return found if all(isinstance(v, str) for v in found) else None
