"""What is written down of a look back: when what happened, what was answered, and who does what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.core.case import (
    Case,
    DateValue,
    PersonValue,
    RowsValue,
    TextValue,
    day_of,
    first_day_of,
    text_of,
)
from bot.core.dialogue.scalars import both, local_day
from bot.core.following.anchors import milestones
from bot.core.following.room_words import ROOMS
from bot.core.following.voice_words import VOICES
from bot.core.following.wording import FOLLOW
from bot.core.message.composing import digest_of
from bot.core.message.draft import NEW_DATE, ORIGINAL_DATE, working_calendar
from bot.core.playbook import Playbook
from bot.core.words import FieldId, StepId, Text, same

_RETROSPECTIVE = StepId("retrospective")
_FIRST_SIGN, _MILESTONES = "first_sign", "milestones"
_SIGN_TO = Text(en="First sign, until {day}", zh="最早的苗头（到{day}）")


@dataclass(frozen=True, slots=True)
class Action:
    """One action, by when, and who looks after it."""

    what: str
    owner: str
    day: Text


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the team said: each thing they were asked, and their words."""

    who: Text
    words: tuple[tuple[Text, str], ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The look back at one case. `silent` is a sentence, where both days are known."""

    title: Text
    days: tuple[tuple[Text, Text], ...]  # what happened, and when, in order
    silent: Text | None
    answers: tuple[tuple[Text, str], ...]  # the question, and what was answered
    actions: tuple[Action, ...]
    voices: tuple[Said, ...] = ()  # of the team


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
        tuple(voices(playbook, case)),
    )


def minutes_for_all(playbook: Playbook, case: Case) -> Minutes:
    """The same as the team may read it: without each one's words, which their owner alone reads, and
    without days that the playbook keeps from others.
    """
    whole = minutes(playbook, case)
    days = tuple((label, both(day)) for day, label in time_line_for_all(playbook, case))
    return replace(whole, days=days, silent=None, voices=())


def seal_of(found: Minutes) -> str:
    """The name of these minutes as they read: other words, another name."""
    return digest_of(repr(found))[:12]


def time_line(case: Case) -> list[tuple[date, Text]]:
    """What was promised, planned and done when, the earliest first."""
    return sorted(((day, label) for _, day, label in _days(case)), key=lambda found: found[0])


def time_line_for_all(playbook: Playbook, case: Case) -> list[tuple[date, Text]]:
    """The same without what the playbook keeps from others than the owner."""
    hidden = {f.id for f in playbook.fields.values() if f.internal}
    shown = ((day, label) for field, day, label in _days(case) if field not in hidden)
    return sorted(shown, key=lambda found: found[0])


def silence(case: Case) -> Text | None:
    """How long it took from the first sign to telling the customer; None where a day is missing."""
    sign, told = first_day_of(case, _FIRST_SIGN), case.told_at
    if sign is None or told is None:
        return None
    day = local_day(case, told)
    if day <= sign:
        return FOLLOW.told_at_once
    return FOLLOW.silent_for.fill(days=working_calendar(case).between(sign, day))


def voices(playbook: Playbook, case: Case) -> Iterator[Said]:
    """What each of the team said, under their name where it may be known."""
    back = case.look_back
    prompts = [p for a in playbook.agendas if a.id == _RETROSPECTIVE for p in a.prompts]
    nobody = VOICES.somebody if back is not None and back.anonymous else ROOMS.colleague
    for voice in back.in_order if back is not None else ():
        words = tuple((p.label, voice.words[p.id]) for p in prompts if p.id in voice.words)
        yield Said(same(voice.name) if voice.name else nobody, words)


def _days(case: Case) -> Iterator[tuple[str, date, Text]]:
    """Each day with the field that it was answered in; empty where it was none."""
    told, came = case.told_at, case.recovered_at
    days = (
        (_FIRST_SIGN, first_day_of(case, _FIRST_SIGN), _sign_label(case)),
        ("", local_day(case, case.begun_at), FOLLOW.begun),
        (ORIGINAL_DATE, day_of(case, ORIGINAL_DATE), FOLLOW.first_date),
        ("", local_day(case, told) if told else None, FOLLOW.told),
        (NEW_DATE, day_of(case, NEW_DATE), FOLLOW.new_date),
        ("", local_day(case, came) if came else None, FOLLOW.came),
    )
    yield from ((field, day, label) for field, day, label in days if day is not None)
    for _, name, day in milestones(case):
        yield _MILESTONES, day, FOLLOW.milestone.fill(name=name or "…")


def _sign_label(case: Case) -> Text:
    """The label of the first sign, with the last day of a range."""
    first, last = first_day_of(case, _FIRST_SIGN), day_of(case, _FIRST_SIGN)
    return FOLLOW.first_sign if last == first or last is None else _SIGN_TO.fill(day=both(last))


def _actions(case: Case) -> Iterator[Action]:
    answer = case.answers.get(FieldId("retro_actions"))
    for row in answer.value.rows if answer and isinstance(answer.value, RowsValue) else ():
        what, owner, day = row.get("name"), row.get("owner"), row.get("day")
        yield Action(
            what.text if isinstance(what, TextValue) else "",
            owner.name if isinstance(owner, PersonValue) else "",
            both(day.end or day.day) if isinstance(day, DateValue) else same(""),
        )
