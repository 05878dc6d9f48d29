"""The team's version of a case: every answer, those included that never reach the customer."""

from dataclasses import dataclass
from datetime import date

from bot.core.case import Case
from bot.core.dialogue.path import asked
from bot.core.message.views import Showing, View, cells, view
from bot.core.playbook import Playbook
from bot.core.words import FieldId, Language


@dataclass(frozen=True, slots=True)
class InternalLine:
    """One answer of the internal version."""

    field: FieldId
    label: str
    text: str
    internal: bool


@dataclass(frozen=True, slots=True)
class Internal:
    """All answers for the team, those included that never reach the customer."""

    lines: tuple[InternalLine, ...]
    text: str


def internal(playbook: Playbook, case: Case, *, language: Language, today: date) -> Internal:
    """Every answer in one list for the team, from the same views as the customer's text."""
    showing = Showing(language, today)
    lines = tuple(
        InternalLine(
            f.id,
            f.label.to(language),
            _told(view(case.answers[f.id].value, f, showing), language),
            f.internal,
        )
        for f in playbook.fields.values()
        if f.id in case.answers and asked(case, f)
    )
    colon = ": " if language == "en" else "："
    return Internal(lines, "\n".join(f"{line.label}{colon}{line.text}" for line in lines))


def _told(value: View, language: Language) -> str:
    comma, end = (", ", "; ") if language == "en" else ("，", "；")
    match value:
        case bool():
            yes, no = ("yes", "no") if language == "en" else ("是", "否")
            return yes if value else no
        case tuple():
            return end.join(
                comma.join(str(v) for v in cells(row) if v is not None) or str(row) for row in value
            )
        case _:
            return str(value)
