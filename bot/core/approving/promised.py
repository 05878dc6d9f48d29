"""The dates in a text that left: which of them are promises of ours, and what each of them is.

A date of the customer's own, one by which they are asked to decide, and one of theirs that an
answer only tells of is no promise, however near it stands to one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.approving.release import Delivery
from bot.core.case import Case, DateValue, RowsValue, TextValue, day_of, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.dialogue.viewing import variant_named
from bot.core.foresight.ledger import Promise, PromiseKind
from bot.core.message import claims, draft
from bot.core.message.facts import facts
from bot.core.playbook import Playbook
from bot.core.reading.dates import Mention
from bot.core.words import FieldId

_REMEDY = FieldId("goodwill_detail")
_ASKED = (FieldId("decide_by"), FieldId("update_decide_by"))
_ASKS = (FieldId("ask"), FieldId("update_decision"))
_NEXT_STEP = FieldId("update_milestone_day")
_KINDS: Mapping[FieldId, PromiseKind] = {
    draft.NEW_DATE: "new_date",
    FieldId("milestones"): "milestone",
    FieldId("next_update"): "next_update",
    _REMEDY: "remedy_due",
    FieldId("trigger"): "turning_point",
    FieldId("update_next"): "next_update",
    _NEXT_STEP: "milestone",
}
_NOT_OURS = frozenset(
    FieldId(name)
    for name in (
        "original_date", "customer_deadline", "customer_deadline_what", "decide_by", "ask",
        "impact", "options", "recommended", "remaining", "pace",
        "update_decide_by", "update_decision", "update_danger",
    )
)  # fmt: skip
_LONGEST = 160  # characters of a sentence that says what is promised
_SENTENCE = re.compile(r"[^\n。！？；.!?;]+(?:[.!?](?!\s|$)[^\n。！？；.!?;]*)*")
_READER = re.compile(r"\b(?:you|your|please)\b|[您你贵请]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What a text that left binds us to, and by which day it asks the customer to decide."""

    promises: tuple[Promise, ...]
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """One day in the text: the line it stands in, and the answers that it tells."""

    day: date
    line: str
    sentence: str
    entry: claims.Entry
    promised: bool  # it stands in a clause that commits us to something


def told(playbook: Playbook, case: Case, delivery: Delivery) -> Told:
    """Each promise of the text once, the earliest first."""
    told_on = local_day(case, delivery.at)
    said = [s for s in _said(playbook, case, delivery) if s.day > told_on]
    made = [p for s in said if (p := _promise(case, delivery, s)) is not None]
    made += _undated(playbook, case, delivery, said)
    order = sorted(dict.fromkeys(made), key=lambda p: (p.date, p.kind != "new_date", p.number))
    asked = (s.day for s in said if _is_asked(case, s))
    return Told(tuple(order), next(asked, None))


def _is_asked(case: Case, said: _Said) -> bool:
    """Whether a day is the one by which they are to decide; what is asked may name it as well."""
    answers = set(said.entry.answers)
    if len(answers) == 1 and answers <= set(_ASKED):
        return True
    return (
        bool(answers)
        and answers <= {*_ASKED, *_ASKS}
        and any(day_of(case, name) == said.day for name in _ASKED)
    )


def renewed(before: tuple[Promise, ...], now: tuple[Promise, ...]) -> tuple[Promise, ...]:
    """What counts after a further text: a thing told anew takes the place of what was told of it."""
    names = {_thing(p) for p in now}
    return (*(p for p in before if _thing(p) not in names), *now)


def _thing(promise: Promise) -> tuple[str, ...]:
    match promise.kind:
        case "new_date" | "next_update" | "remedy_due":
            return (promise.kind,)
        case "milestone" | "turning_point" | "other":
            return (promise.kind, promise.what)


def _said(playbook: Playbook, case: Case, delivery: Delivery) -> Iterator[_Said]:
    """Every day of the text that is no secret, with what it traces to."""
    release = delivery.release
    variant = variant_named(release.variant)
    if variant is None:
        return
    known = facts(playbook, case, today=release.day)
    made = draft.assemble(playbook, case, variant, today=release.day)
    entries = claims.check(release.text, known, draft=made).entries
    promised = [e.claim.span for e in entries if e.claim.kind == "promise"]
    for entry in entries:
        meaning, (start, end) = entry.claim.meaning, entry.claim.span
        dated = isinstance(meaning, Mention) and meaning.readings and entry.verdict != "internal"
        if isinstance(meaning, Mention) and dated:
            yield _Said(
                meaning.readings[0].last,
                _line(release.text, start),
                _sentence(release.text, start),
                entry,
                promised=any(a <= start and end <= b for a, b in promised),
            )


def _promise(case: Case, delivery: Delivery, said: _Said) -> Promise | None:
    """The promise that a day is; None where it is not one of ours."""
    answers = said.entry.answers
    kind = _KINDS.get(answers[0]) if len(answers) == 1 else None
    number, what = 0, said.sentence
    match kind:
        case "new_date":
            what = text_of(case, "promised")
        case "milestone":
            number, what = _milestone(case, said)
            if answers[0] == _NEXT_STEP and text_of(case, "update_state") == "in_danger":
                return None  # said to be in danger; what was told of it before stands
            if not number and answers[0] == _NEXT_STEP:
                kind, what = "other", text_of(case, "update_milestone")
            elif not number:
                return None  # the date that a milestone had before
        case "next_update":
            what = ""
        case "remedy_due":
            what = text_of(case, _REMEDY)
        case "turning_point":
            pass
        case _:
            if not _is_ours(said):
                return None
            kind = "other"
    return Promise(
        text_of(case, "project"), what, said.day, delivery.at, case.id, kind=kind, number=number
    )


def _is_ours(said: _Said) -> bool:
    """Whether a day that no answer promises is a promise all the same.

    What an answer tells besides is one where its words commit us. What somebody wrote into the text
    is one as well where it does not speak of the reader.
    """
    if _NOT_OURS & set(said.entry.answers):
        return False
    by_hand = not said.entry.answers and said.entry.verdict == "foreign"
    return said.promised or (by_hand and _READER.search(said.sentence) is None)


def _milestone(case: Case, said: _Said) -> tuple[int, str]:
    """The number from 1 and the name of the milestone that is told; no number for an old date."""
    answer = case.answers.get(FieldId("milestones"))
    rows = answer.value.rows if answer and isinstance(answer.value, RowsValue) else ()
    named: list[tuple[int, str, bool]] = []
    for number, row in enumerate(rows, start=1):
        name, day, old = row.get("name"), row.get("new_date"), row.get("old_date")
        words = name.text if isinstance(name, TextValue) else ""
        same = isinstance(day, DateValue) and (day.end or day.day) == said.day
        past = isinstance(old, DateValue) and (old.end or old.day) == said.day
        moved = said.entry.verdict == "changed" and not past
        if same or (moved and words in said.line):
            named.append((number, words, bool(words) and words in said.line))
    best = sorted(named, key=lambda found: not found[2])
    return best[0][:2] if best else (0, "")


def _undated(
    playbook: Playbook, case: Case, delivery: Delivery, said: list[_Said]
) -> Iterator[Promise]:
    """A remedy that is told without a day of its own: it is due with what was promised."""
    day = next((s.day for s in said if s.entry.answers == (draft.NEW_DATE,)), None)
    if day is None or any(s.entry.answers == (_REMEDY,) for s in said):
        return
    detail, text = text_of(case, _REMEDY), delivery.release.text
    variant = variant_named(delivery.release.variant)
    if variant is None or not detail or not draft.is_approved(playbook, case):
        return
    made = draft.assemble(playbook, case, variant, today=delivery.release.day)
    lines = [line.text for line in made.sentences if _REMEDY in line.answers]
    if any(line in text for line in lines) or detail in text:
        project = text_of(case, "project")
        yield Promise(project, detail, day, delivery.at, case.id, kind="remedy_due")


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)]


def _sentence(text: str, at: int) -> str:
    for match in _SENTENCE.finditer(text):
        if match.start() <= at < match.end():
            return " ".join(match[0].split())[:_LONGEST]
    return text[at : at + _LONGEST]
