"""The one way in for an input: to its value, or kept in its box with one clear sentence."""

from datetime import datetime

from bot.core.case import Case, Pending, Value
from bot.core.commands import Command, typed
from bot.core.dialogue.path import open_field
from bot.core.dialogue.rows import rows
from bot.core.dialogue.scalars import choices, cleaned, find_choice, is_named, place_of, scalar
from bot.core.dialogue.wording import READ
from bot.core.events import Raw
from bot.core.playbook import Field, Playbook

_IN_WORDS = frozenset({"text", "long_text", "person", "rows"})
_NONE = frozenset(
    {"none", "no", "n/a", "na", "-", "nothing", "nil", "无", "没有", "暂无", "不填", "空", "没"}
)
_SHRUGS = frozenset(
    {
        "随便",
        "都行",
        "都可以",
        "无所谓",
        "看着办",
        "随便写",
        "你看着办",
        "whatever",
        "anything",
        "any",
        "idk",
        "dunno",
    }
)


def read(
    playbook: Playbook, case: Case, field: Field, raw: Raw, *, at: datetime
) -> Value | Pending | None:
    """The value of an input, or why it was not taken; None when it is blank.

    Nothing typed is lost: what is not taken comes back in `Pending.raw`.
    """
    place = place_of(playbook, case, field, at)
    if isinstance(raw, str) and field.kind in _IN_WORDS and is_none(field, raw):
        return _nothing(case, field, raw)
    if isinstance(raw, str) and field.kind in _IN_WORDS and _folded(raw) in _SHRUGS:
        return Pending(raw, READ.need_words.fill(example=field.example.good))
    if field.kind == "rows":
        return rows(place, raw)
    if not isinstance(raw, str):
        picks = tuple(p for p in raw if isinstance(p, str) and p)
        if field.kind == "choices" and picks:
            return choices(place, picks)
        raw = ", ".join(picks)
    return scalar(place, raw) if cleaned(raw) else None


def _nothing(case: Case, field: Field, raw: str) -> Pending | None:
    """ "None" where words are needed is no answer; an optional field stays empty by it."""
    if not field.required:
        return None
    waiting = case.pending.get(field.id)
    if waiting is not None and field.kind == "rows":
        return waiting
    kept = "" if field.kind == "rows" else raw
    return Pending(kept, READ.need_words.fill(example=field.example.good))


def picks(playbook: Playbook, case: Case, line: str) -> bool:
    """Whether a line, also one that reads as a command, names a choice of the open question.

    Asked for the customer's language, "English" is an answer and switches nothing. To the customer
    of a practised call, "What do you mean?" is a reply.
    """
    if case.practice is not None and case.practice.calling:
        return typed(line) in (Command("why"), Command("example"))
    field = open_field(playbook, case)
    return field is not None and any(is_named(c, line) for c in field.choices)


def is_none(field: Field, text: str) -> bool:
    """Whether the text says that an optional field stays empty; where one picks, "no" may be a pick."""
    if field.kind in ("choice", "choices", "yes_no"):
        offered = find_choice(field.choices, text) is not None or field.kind == "yes_no"
        return not offered and _folded(text) in _NONE
    return _folded(text) in _NONE


def _folded(text: str) -> str:
    return cleaned(text).casefold().strip(".。,，~ ")
