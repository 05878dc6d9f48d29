"""The coach's notes on a case: its answers as the texts that the rubric speaks of, and back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from bot.core.cards.shown import shown
from bot.core.case import (
    Answer,
    Case,
    ChoiceValue,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
    Variant,
    day_of,
    first_day_of,
    text_of,
)
from bot.core.coaching.coach import Finding, grade, review
from bot.core.coaching.context import Context
from bot.core.coaching.detectors.subject import Task
from bot.core.coaching.events import CoachSpoke
from bot.core.coaching.rubric import Coaching, Place
from bot.core.coaching.told import Coached, Note
from bot.core.copies import replace
from bot.core.dialogue import path
from bot.core.dialogue.as_told import as_told, cell_text, words_of
from bot.core.effects import AskCoach
from bot.core.events import Stamp
from bot.core.foresight import told as told_before
from bot.core.foresight.weighing import notice_days, verdict_of
from bot.core.message import claims, composing, draft
from bot.core.message.facts import facts
from bot.core.message.tongues import language_of
from bot.core.playbook import Field, Playbook
from bot.core.words import FieldId, Language, StepId

# The rubric's name of each step that it speaks of; other steps are not coached.
PLACES: Mapping[str, Place] = {
    "cause": "cause",
    "status": "status",
    "impact": "impact",
    "plan": "plan",
    "contingency": "contingency",
    "remedy": "remedy",
    "effort": "effort",
    "follow_up": "followup",
}
_FOR_THE_CALLER = frozenset({"subject", "greeting", "questions", "reactions", "closing"})
# What the claim ledger says already, with its span and its answer; but not of claims in words.
_LEDGER = frozenset({"draft.unsupported_fact", "draft.missing_fact"})
# Checks, and families of them, that hold for an update as they do for the message of a delay.
_OF_ANY_TEXT = frozenset(
    {"tone", "legal", "disclose", "promise", "cause.blame_shift", "cause.names_person"}
    | {"draft.placeholder", "remedy.unauthorised", "plan.quality_shortcut"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One answer's text and where it begins in the text that is coached."""

    field: Field
    text: str
    start: int
    typed: bool  # the person's own words, which a rewording may change
    lead: int = 0  # characters before the person's own words


def answer(
    playbook: Playbook,
    case: Case,
    question: AskCoach,
    coaching: Coaching,
    *,
    stamp: Stamp,
    today: date,
) -> CoachSpoke:
    """What the coach answers when it is asked about a step or the draft on the screen."""
    if question.draft and case.variant is not None:
        coached = on_draft(playbook, case, case.variant, coaching, today=today)
    else:
        coached = on_step(playbook, case, StepId(question.about), coaching, today=today)
    return CoachSpoke(stamp, question.about, coached)


def on_step(
    playbook: Playbook, case: Case, step: StepId, coaching: Coaching, *, today: date
) -> Coached:
    """What the coach says of a step's answers; nothing for a step that the rubric leaves alone."""
    place = PLACES.get(step)
    pieces = tuple(_pieces(playbook, case, step)) if place else ()
    if place is None or not pieces:
        return Coached(())
    text = "\n".join(p.text for p in pieces)
    language = language_of(text, case.language)
    task = Task(text, place, language, context(playbook, case, today=today))
    found = review(task, coaching)
    heard = {n.check for s, c in case.coached.items() if s != step for n in c.notes}
    notes = tuple(
        _note(_honest(f, task, coaching), pieces, language, again=f.check in heard)
        for f in found.findings
    )
    return Coached(notes, found.strength)


def _honest(found: Finding, task: Task, coaching: Coaching) -> Finding:
    """The finding, without a rewording that would raise the same check again."""
    if found.rewording is None:
        return found
    start, end = found.span
    text = task.text[:start] + found.rewording.to(task.language) + task.text[end:]
    if found.check in review(replace(task, text=text), coaching).flags:
        return replace(found, rewording=None)
    return found


def task_of(playbook: Playbook, case: Case, variant: Variant, *, today: date) -> Task:
    """The draft on the screen as the coach reads it."""
    on_screen = draft.text_on_screen(playbook, case, variant, today)
    channel = "meeting" if variant.channel == "call" else variant.channel
    told = path.standing(playbook, case).items()
    answers = (words_of(a.value) for f, a in told if not playbook.fields[f].internal)
    sayable = (on_screen.draft.text, *(text for text in answers if text))
    known = replace(context(playbook, case, today=today), told=sayable)
    return Task(_read_out(on_screen, variant), "draft", variant.language, known, channel)


def on_draft(
    playbook: Playbook, case: Case, variant: Variant, coaching: Coaching, *, today: date
) -> Coached:
    """What the coach says of the draft on the screen, with its grade.

    Of claims and of answers left out the ledger knows more, for it has each sentence's answers; a
    claim that it flags counts as a blocker, an answer that a hand edit dropped as a major.
    """
    on_screen = draft.text_on_screen(playbook, case, variant, today)
    task = task_of(playbook, case, variant, today=today)
    found = review(task, coaching)
    ground = facts(playbook, case, today=today)
    flagged = claims.check(on_screen.text, ground, draft=on_screen.draft).flagged
    read = tuple(entry.claim.text for entry in flagged)
    notes = tuple(
        _note(f, (), variant.language, again=False)
        for f in found.findings
        if (f.check not in _LEDGER or (f.worded and not _meets(f.phrase, read)))
        and (not variant.update or _of_any_text(f.check))
    )
    notes = (*_carried(case, task.text, notes), *_heard_once(case, notes))
    weights = [n.severity for n in notes]
    if flagged:
        weights.append("blocker")
    if claims.missing(on_screen.text, ground, on_screen.draft):
        weights.append("major")
    return Coached(notes, found.strength, grade(weights), composing.digest_of(on_screen.text))


def _meets(phrase: str, read: Sequence[str]) -> bool:
    """Whether the ledger has flagged something within the same words."""
    return any(one in phrase or phrase in one for one in read)


def _heard_once(case: Case, found: Sequence[Note]) -> Iterator[Note]:
    """The notes on a draft: what a step's note says of the same words is told in full there alone,
    and what the owner kept there is not asked again; what holds a message back always is.
    """
    at_steps = [(s, n) for s in PLACES if (c := case.coached.get(s)) for n in c.notes]
    for note in found:
        same = [(s, n) for s, n in at_steps if (n.check, n.phrase) == (note.check, note.phrase)]
        same = [(s, n) for s, n in same if n.phrase and not _is_gone(case, n)]
        if note.severity == "blocker" or not same:
            yield note
        elif any(kept_name(s, n) not in case.kept for s, n in same):
            yield replace(note, again=True)


def _carried(case: Case, text: str, found: tuple[Note, ...]) -> Iterator[Note]:
    """What a step was told of wording that now stands in the draft, and that nobody settled."""
    said = {n.check for n in found}
    for note in (n for step in PLACES for n in standing_notes(case, step)):
        wording = note.severity == "major" and bool(note.phrase) and _of_any_text(note.check)
        if wording and note.check not in said and note.phrase.casefold() in text.casefold():
            said.add(note.check)
            yield replace(note, field=None, span=(0, 0), rewording="", again=False)
        elif note.check == draft.UNFOUNDED and (basis := _basis_in(case, text)):
            yield replace(note, phrase=basis, field=None, span=(0, 0), rewording="", again=False)


def _basis_in(case: Case, text: str) -> str:
    """What the new date is said to rest on, where a text tells it; else empty."""
    basis = text_of(case, "date_basis").strip(" .。")
    return basis if basis.casefold() in text.casefold() else ""


def _of_any_text(check: str) -> bool:
    """Whether a check looks at how a text speaks, not at whether it tells of a delay."""
    return check in _OF_ANY_TEXT or check.partition(".")[0] in _OF_ANY_TEXT


def _read_out(on_screen: draft.OnScreen, variant: Variant) -> str:
    """What the customer gets to read or hear; of a call sheet not what only the caller reads."""
    if variant.channel != "call" or on_screen.edited:
        return on_screen.text
    told = (x.text for x in on_screen.draft.sentences if x.part not in _FOR_THE_CALLER)
    return "\n".join(told)


def standing_notes(case: Case, about: str) -> tuple[Note, ...]:
    """The notes that nobody has set aside and whose words still stand, most severe first."""
    coached = case.coached.get(about)
    notes = coached.notes if coached is not None else ()
    stand = (n for n in notes if kept_name(about, n) not in case.kept)
    return tuple(n for n in stand if not _is_gone(case, n))


def _is_gone(case: Case, note: Note) -> bool:
    """Whether the answer was changed since, and holds the words that the note is about no more."""
    answer = case.answers.get(note.field) if note.field else None
    value = answer.value if answer is not None else None
    return isinstance(value, TextValue) and note.phrase.casefold() not in value.text.casefold()


def kept_name(about: str, note: Note) -> str:
    """Under which a note is set aside: its place, its check, and the words it speaks of."""
    return f"{about}/{note.check}/{note.phrase}"


def context(playbook: Playbook, case: Case, *, today: date) -> Context:
    """What the case knows, under the rubric's names."""
    told = path.standing(playbook, case)
    words = partial(_worded, told)
    goodwill = words("goodwill")
    offered = goodwill not in (None, "none")
    approved = draft.is_approved(playbook, case)
    options = told.get(FieldId("options"))
    moved = words("moved_before")
    verdict = verdict_of(case, today=today)
    percent = told.get(FieldId("percent_done"))
    return Context(
        today=today,
        original_date=day_of(case, "original_date"),
        new_date=day_of(case, "new_date"),
        aware_date=first_day_of(case, "first_sign"),
        contract_notice_days=notice_days(case),
        severity=verdict.severity if verdict else None,
        previous_slips=told_before.earlier_slips(case) if moved or case.promises else None,
        percent_done=float(percent.value.percent)
        if percent and isinstance(percent.value, PercentValue)
        else None,
        confidence=words("confidence"),
        customer_deadline=day_of(case, "customer_deadline"),
        customer_deadline_what=words("customer_deadline_what"),
        remedy_approved=approved if offered else None,
        calendar=None if case.calendar == "none" else case.calendar,
        audience=words("reader"),
        cause=words("cause"),
        cause_party=words("cause_party"),
        status=_joined(words("done"), words("left")),
        impact=words("impact"),
        date_basis=words("date_basis"),
        options=_options(options.value) if options else (),
        ask=words("ask"),
        ask_by=day_of(case, "decide_by"),
        remedy=_remedy(playbook, case) if offered else None,
        remedy_granted=offered and approved,
        what_changed=words("what_changed"),
        next_update=_next_update(case),
        sender=words("sender"),
        customer=_joined(words("reader_name"), words("customer")),
        project=_joined(words("project"), words("promised")),
        internal_only=_internal(playbook, case),
        weekend_ok=True,  # a free day was asked about when the date was given
    )


def _worded(told: Mapping[FieldId, Answer], name: str) -> str | None:
    """The text or the id of an answer; None without one, or for another kind."""
    answer = told.get(FieldId(name))
    match answer.value if answer else None:
        case TextValue(text=text) | PersonValue(name=text) | ChoiceValue(id=text):
            return text
        case _:
            return None


def _pieces(playbook: Playbook, case: Case, step: StepId) -> Iterator[Piece]:
    told = path.standing(playbook, case)
    fields = [
        f
        for f in playbook.by_id[step].fields
        if f.id in told and not f.internal and not f.aside  # figures on the side are no sentences
    ]
    language = language_of(" ".join(words_of(told[f.id].value) for f in fields), case.language)
    start = 0
    for field in fields:
        value = told[field.id].value
        text = as_told(field, value, language)
        if text:
            lead = text.find(value.text) if isinstance(value, TextValue) else 0
            yield Piece(field, text, start, isinstance(value, TextValue), lead)
            start += len(text) + 1


def _note(found: Finding, pieces: tuple[Piece, ...], language: Language, *, again: bool) -> Note:
    start, end = found.span
    piece = next((p for p in pieces if p.start <= start and end <= p.start + len(p.text)), None)
    spoken = bool(found.phrase) and piece is not None
    changes = spoken and piece is not None and piece.typed and found.rewording is not None
    return Note(
        check=found.check,
        severity=found.severity,
        principle=found.principle,
        phrase=found.phrase,
        message=found.message,
        question=found.question,
        rewording=found.rewording.to(language) if changes and found.rewording else "",
        field=piece.field.id if spoken and piece else None,
        span=_within(piece, found.span) if spoken and piece else found.span,
        again=again,
    )


def _within(piece: Piece, span: tuple[int, int]) -> tuple[int, int]:
    """The span counted from the first of the person's own words."""
    before = piece.start + piece.lead
    return max(span[0] - before, 0), max(span[1] - before, 0)


def _options(value: Value) -> tuple[str, ...]:
    if not isinstance(value, RowsValue):
        return ()
    return tuple("; ".join(cell_text(c, "en") for c in row.values()) for row in value.rows)


def _remedy(playbook: Playbook, case: Case) -> str | None:
    answer = case.answers.get(FieldId("goodwill"))
    if answer is None:
        return None
    label = shown(playbook.fields[FieldId("goodwill")], answer.value)
    return _joined(label.en, label.zh, text_of(case, "goodwill_detail"))


def _next_update(case: Case) -> str | None:
    day = day_of(case, "next_update")
    if day is None:
        return None
    return f"{day.isoformat()} {text_of(case, 'cadence')}"


def _internal(playbook: Playbook, case: Case) -> tuple[str, ...]:
    """What is marked internal, sentence by sentence."""
    texts = (
        text_of(case, f.id)
        for f in playbook.fields.values()
        if f.internal and f.kind == "long_text"
    )
    parts = (
        p.strip()
        for text in texts
        for p in text.replace("。", "\n").replace(". ", "\n").splitlines()
    )
    return tuple(p.rstrip(".") for p in parts if len(p) > 3)


def _joined(*parts: str | None) -> str | None:
    return " ".join(p for p in parts if p) or None
