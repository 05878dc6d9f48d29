"""The reference pages, made from the code: settings, commands, events, effects, playbook words.

`python -m tests.docs.reference` writes them; a test holds them against the code.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

from bot.core import effects, events, playbook
from bot.core.commands import COMMANDS
from bot.core.following import agenda
from bot.core.pings import kinds as ping_kinds
from bot.settings import Settings

HOME = Path(__file__).parents[2] / "docs" / "reference"
_NOTE = (
    "<!-- Made from the code by `python -m tests.docs.reference`; edit the code, not this page. -->"
)


def settings() -> str:
    """Every setting, its default and its meaning."""
    rows = [
        (
            f"`CANDOR_{name.upper()}`",
            f"`{field.default}`" if field.default not in ("", None) else "",
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]
    return _page(
        "Settings", "All settings come from the environment.", ("name", "default", "meaning"), rows
    )


def commands() -> str:
    """Every command in both languages."""
    rows = [(f"`{c.words.en}`", f"`{c.words.zh}`", c.does.en, c.does.zh) for c in COMMANDS]
    return _page(
        "Commands",
        "Typed in the conversation with Candor, or after `/delay` anywhere.",
        ("English", "中文", "does", "作用"),
        rows,
    )


def happenings() -> str:
    """Every event and every effect with its fields."""
    parts = [
        _NOTE,
        "# Events and effects",
        "",
        "What can happen to a case, and what may be asked of the shell.",
    ]
    for title, union in (
        ("Events", (events.Begun, *_members(events.Event))),
        ("Effects", _members(effects.Effect)),
        ("Screens", _members(effects.Screen)),
    ):
        parts += ["", f"## {title}", "", "| name | fields | meaning |", "|---|---|---|"]
        parts += [_row((f"`{c.__name__}`", _field_names(c), _first_line(c))) for c in union]
    return "\n".join(parts) + "\n"


def playbooks() -> str:
    """Every word that a playbook file may use."""
    parts = [
        _NOTE,
        "# Playbook files",
        "",
        "What each value of a playbook may say. `candor check` names the file and the line of a slip.",
    ]
    kinds: Iterable[type] = (
        playbook.Step,
        playbook.Field,
        playbook.Choice,
        playbook.Column,
        playbook.Condition,
        playbook.Example,
        playbook.Remedy,
        playbook.ApprovalPlan,
        playbook.Role,
        playbook.ApprovalRule,
        playbook.ContractWords,
        ping_kinds.PingPlan,
        ping_kinds.PingKind,
        ping_kinds.Digest,
        agenda.Agenda,
        agenda.AgendaPart,
        agenda.Prompt,
        playbook.Layout,
        playbook.Sentence,
    )
    for kind in kinds:
        parts += [
            "",
            f"## {kind.__name__}",
            "",
            (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " "),
            "",
            "| name | type |",
            "|---|---|",
        ]
        parts += [_row((f"`{f.name}`", f"`{_type(f.type)}`")) for f in fields(kind)]
    return "\n".join(parts) + "\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": settings,
    "commands.md": commands,
    "events.md": happenings,
    "playbook-files.md": playbooks,
}


def _page(title: str, intro: str, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_NOTE, f"# {title}", "", intro, "", _row(head), _row(("---",) * len(head))]
    return "\n".join([*lines, *(_row(r) for r in rows)]) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(c.replace("|", "\\|").replace("\n", " ") for c in cells) + " |"


def _members(union: Any) -> tuple[type, ...]:
    return tuple(get_args(union))


def _field_names(kind: type) -> str:
    return ", ".join(f"`{f.name}`" for f in fields(kind)) if is_dataclass(kind) else ""


def _first_line(kind: type) -> str:
    return (inspect.getdoc(kind) or "").split("\n\n")[0].replace("\n", " ")


def _type(kind: Any) -> str:
    shown = kind if isinstance(kind, str) else getattr(kind, "__name__", str(kind))
    if not isinstance(kind, str) and get_args(kind):
        shown = str(kind)
    return (
        shown.replace("bot.core.words.", "")
        .replace("bot.core.playbook.", "")
        .replace("bot.core.pings.kinds.", "")
        .replace("bot.core.following.agenda.", "")
        .replace("datetime.", "")
        .replace("typing.", "")
        .replace("decimal.", "")
    )


if __name__ == "__main__":
    for name, make in PAGES.items():
        (HOME / name).write_text(make(), encoding="utf-8")
