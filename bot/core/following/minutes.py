"""What is written down of a look back: when what happened, what was answered, and who does what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.core.case import (
    Case,
    DateValue,
    PersonValue,
    RowsValue,
    TextValue,
    day_of,
    text_of,
)
from bot.core.dialogue.scalars import both, local_day
from bot.core.following.anchors import milestones
from bot.core.following.wording import FOLLOW
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE, working_calendar
from bot.core.playbook import Playbook
from bot.core.words import FieldId, StepId, Text, same

_RETROSPECTIVE = StepId("retrospective")


@dataclass(frozen=True, slots=True)
class Action:
    """One action, by when, and who looks after it."""

    what: str
    owner: str
    day: Text


@dataclass(frozen=True, slots=True)
class Minutes:
    """The look back at one case. `silent` is a sentence, where both days are known."""

    title: Text
    days: tuple[tuple[Text, Text], ...]  # what happened, and when, in order
    silent: Text | None
    answers: tuple[tuple[Text, str], ...]  # the question, and what was answered
    actions: tuple[Action, ...]


def minutes(playbook: Playbook, case: Case) -> Minutes:
    """The look back as the case knows it; answers that are missing are left out."""
    step = playbook.by_id.get(_RETROSPECTIVE)
    told = ((f.ask, text_of(case, f.id)) for f in (step.fields if step else ()))
    return Minutes(
        FOLLOW.look_back.fill(project=text_of(case, "project") or "…"),
        tuple((label, both(day)) for day, label in time_line(case)),
        silence(case),
        tuple((ask, answer) for ask, answer in told if answer),
        tuple(_actions(case)),
    )


def time_line(case: Case) -> list[tuple[date, Text]]:
    """What happened when, the earliest first."""
    return sorted(_days(case), key=lambda found: found[0])


def silence(case: Case) -> Text | None:
    """How long it took from the first sign to telling the customer; None where a day is missing."""
    sign, told = day_of(case, "first_sign"), case.told_at
    if sign is None or told is None:
        return None
    silent = working_calendar(case).between(sign, local_day(case, told))
    return FOLLOW.silent_for.fill(days=max(silent, 0))


def _days(case: Case) -> Iterator[tuple[date, Text]]:
    days = (
        (day_of(case, "first_sign"), FOLLOW.first_sign),
        (local_day(case, case.begun_at), FOLLOW.begun),
        (day_of(case, ORIGINAL_DATE), FOLLOW.first_date),
        (local_day(case, case.told_at) if case.told_at else None, FOLLOW.told),
        (day_of(case, NEW_DATE), FOLLOW.new_date),
        (local_day(case, case.recovered_at) if case.recovered_at else None, FOLLOW.came),
    )
    yield from ((day, label) for day, label in days if day is not None)
    yield from ((day, FOLLOW.milestone.fill(name=name or "…")) for _, name, day in milestones(case))


def _actions(case: Case) -> Iterator[Action]:
    answer = case.answers.get(FieldId("retro_actions"))
    for row in answer.value.rows if answer and isinstance(answer.value, RowsValue) else ():
        what, owner, day = row.get("name"), row.get("owner"), row.get("day")
        yield Action(
            what.text if isinstance(what, TextValue) else "",
            owner.name if isinstance(owner, PersonValue) else "",
            both(day.end or day.day) if isinstance(day, DateValue) else same(""),
        )
