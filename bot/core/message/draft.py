"""From answers to a message: the playbook's sentences filled, each tagged with its answers."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.core.case import Answer, Case, ChoiceValue, DateValue, RowsValue, Variant, day_of
from bot.core.dialogue import path
from bot.core.message.composing import Draft, Line, composed
from bot.core.message.filters import capital
from bot.core.message.internal import internal as internal
from bot.core.message.overdue import late_update, overdue_decision
from bot.core.message.templates import OUTPUT_LIMIT, TemplateRefused, names, render
from bot.core.message.tones import voiced
from bot.core.message.views import (
    AmountView,
    DateView,
    Showing,
    View,
    is_full,
    size_of,
    view,
)
from bot.core.playbook import About, Layout, Part, Playbook, Sentence
from bot.core.reading.calendars import Calendar, UnknownCalendar, calendar
from bot.core.words import FieldId, Language, StepId, Text

ORIGINAL_DATE, NEW_DATE = FieldId("original_date"), FieldId("new_date")
SENDER = FieldId("sender")
DATE_BASIS, PLAN = FieldId("date_basis"), StepId("plan")
UNFOUNDED = "plan.no_evidence"  # the coach's word for a date that rests on nothing
REMEDY_APPROVED, APPROVED = FieldId("remedy_approved"), "approved"
OFFERED = (FieldId("goodwill"), FieldId("goodwill_detail"))  # what an approval approves
DERIVED: Mapping[str, tuple[FieldId, ...]] = {
    "slip_days": (ORIGINAL_DATE, NEW_DATE),
    "slip_working_days": (ORIGINAL_DATE, NEW_DATE),
    "target_date": (FieldId("remaining"), FieldId("pace"), NEW_DATE),
    "update_due": (),
    "update_late_days": (),
    "decision_was_due": (),
    "well_founded": (),
    "today": (),
}

UPDATE = ".update"  # before its number, in the name of a variant
_PARTS: tuple[Part, ...] = (
    "greeting", "news", "cause", "status", "impact", "plan", "options", "remedy", "effort",
    "follow_up", "ask", "questions", "reactions", "closing",
)  # fmt: skip
_BODY = frozenset(_PARTS) - {"greeting", "questions", "reactions", "closing"}


@dataclass(frozen=True, slots=True)
class OnScreen:
    """The text to show: the hand edit if there is one, else the assembled draft's."""

    text: str
    draft: Draft
    edited: bool
    outdated: bool  # edited, and the answers have changed the assembled text since


def assemble(playbook: Playbook, case: Case, variant: Variant, *, today: date) -> Draft:
    """The draft of one variant; the same case, variant and day give the same text.

    Raises TemplateRefused, naming the sentence, only for a playbook that `check_templates` refuses.
    """
    layout = _layout(playbook, variant)
    showing = Showing(variant.language, today)
    told = told_fields(playbook, case)
    sentences = tuple(_standing(playbook, case, variant, told))
    lines = list(_lines(playbook, case, sentences, showing, told))
    made = composed(lines, layout, variant)
    whole = lines
    for gone in sorted((s for s in sentences if s.yields), key=lambda s: -s.yields):
        if made.words <= made.budget:
            break
        lines = [line for line in lines if line.sentence != gone.id]
        made = composed(lines, layout, variant)
    here = {f for line in lines for f in line.answers}
    gone_with = (f for line in whole if line not in lines for f in line.answers)
    return replace(made, gave_way=tuple(dict.fromkeys(f for f in gone_with if f not in here)))


def standing(playbook: Playbook, case: Case, variant: Variant) -> Iterator[Sentence]:
    """The sentences that stand in a variant, in the playbook's order."""
    return _standing(playbook, case, variant, told_fields(playbook, case))


def _standing(
    playbook: Playbook, case: Case, variant: Variant, told: Set[FieldId]
) -> Iterator[Sentence]:
    about = _about(variant)
    dropped = _layout(playbook, variant).leave_out.get(variant.reader, ())
    fitting = (
        s
        for s in tellable(playbook, case, told)
        if about in s.about
        and (not s.channels or variant.channel in s.channels)
        and (not s.readers or variant.reader in s.readers)
        and s.part not in dropped
    )
    return voiced(playbook, variant.tone, fitting)


def _about(variant: Variant) -> About:
    return "update" if variant.update else "delay"


def tellable(playbook: Playbook, case: Case, told: Set[FieldId]) -> Iterator[Sentence]:
    """The sentences whose answers and conditions are there.

    Whatever rests on the remedy is left out unless the remedy is approved, even where a playbook
    forgets that condition; whatever rests on an internal answer is left out always.
    """
    counted = path.standing(playbook, case)
    approved, seen = _approved(case, counted), replace(case, answers=counted)
    for s in playbook.draft.sentences:
        if not told >= set(s.needs) or any(_internal(playbook, c.field) for c in s.when):
            continue
        if not approved and _on_remedy(playbook, s):
            continue
        if all(path.holds(c, seen) for c in s.when):
            yield s


def left_out(playbook: Playbook, case: Case, found: Draft) -> tuple[FieldId, ...]:
    """What people wrote, and another version tells, but this one does not; in the asked order.

    Picks are left aside, as they choose the sentences, and so are the names in a head or a foot.
    """
    told, language = told_fields(playbook, case), found.variant.language
    about = _about(found.variant)
    body = (s for s in tellable(playbook, case, told) if s.part in _BODY and about in s.about)
    tells = {f for s in body for f in answers_of(s, told, language)}
    here = {f for line in found.sentences for f in line.answers}
    written = (f for f in playbook.fields.values() if f.kind not in ("choice", "choices", "yes_no"))
    return tuple(f.id for f in written if f.id in tells - here)


def signer(playbook: Playbook, case: Case, told: Set[FieldId]) -> str:
    """Whose name stands under a message that nobody was named for: its owner's, where it is known."""
    return "" if SENDER in told or SENDER not in playbook.fields else case.owner_name


def is_nameless(playbook: Playbook, case: Case, found: Draft) -> bool:
    """Whether a message has a place for a name at its end, and there is none to stand there."""
    told = told_fields(playbook, case)
    if SENDER in told or signer(playbook, case, told):
        return False
    signed = {s.id for s in playbook.draft.sentences if s.part == "closing" and SENDER in s.may}
    return any(line.sentence in signed for line in found.sentences)


def answers_of(sentence: Sentence, told: Set[FieldId], language: Language) -> tuple[FieldId, ...]:
    """Those of the told fields that a sentence is made of or stands for."""
    conditions = tuple(c.field for c in sentence.when)
    wanted = _wanted(sentence.text.to(language), sentence.needs, sentence.may, conditions, language)
    return tuple(f for f in wanted if f in told)


@lru_cache(maxsize=4096)
def _wanted(
    source: str,
    needs: tuple[FieldId, ...],
    may: tuple[FieldId, ...],
    conditions: tuple[FieldId, ...],
    language: Language,
) -> tuple[FieldId, ...]:
    """All fields that a sentence is made of or stands for, each once."""
    used = names(source, language)
    sources = {f for name in used for f in DERIVED.get(name, ())}
    found = (*needs, *(f for f in may if f in used), *sorted(sources), *conditions)
    return tuple(dict.fromkeys(found))


def told_fields(playbook: Playbook, case: Case) -> frozenset[FieldId]:
    """All fields whose answers may stand in a customer's text.

    An answer may when it counts (asked for, in a step that is not skipped) and is not internal;
    one of the remedy's step only once the remedy is approved.
    """
    counted = path.standing(playbook, case)
    approved = _approved(case, counted)
    return frozenset(
        name
        for name, answer in counted.items()
        if not _internal(playbook, name)
        and (approved or not of_remedy(playbook, name))
        and _says_something(playbook, name, answer)
    )


def is_told(playbook: Playbook, case: Case, name: FieldId) -> bool:
    """Whether an answer may stand in a customer's text."""
    return name in told_fields(playbook, case)


def is_approved(playbook: Playbook, case: Case) -> bool:
    """Whether the remedy as it stands now is approved.

    An approval that is to be looked at again, that waits for a choice between two answers, or
    that is older than what it approves, is none.
    """
    return _approved(case, path.standing(playbook, case))


def of_remedy(playbook: Playbook, name: FieldId) -> bool:
    """Whether a field belongs to the remedy's step."""
    step = playbook.step_of.get(REMEDY_APPROVED)
    return step is not None and playbook.step_of.get(name) is step


def text_on_screen(playbook: Playbook, case: Case, variant: Variant, today: date) -> OnScreen:
    """What the draft screen shows: a person's edit stays, also when the answers changed since."""
    draft = assemble(playbook, case, variant, today=today)
    edit = case.edits.get(key(variant))
    if edit is None:
        return OnScreen(draft.text, draft, edited=False, outdated=False)
    return OnScreen(edit.text, draft, edited=True, outdated=edit.digest != draft.digest)


def key(variant: Variant) -> str:
    """The name of a variant in `Case.edits`: "email.executive.en.warmer", "chat.technical.zh.update2"."""
    name = f"{variant.channel}.{variant.reader}.{variant.language}"
    name = name if variant.tone == "plain" else f"{name}.{variant.tone}"
    return f"{name}{UPDATE}{variant.update}" if variant.update else name


def _layout(playbook: Playbook, variant: Variant) -> Layout:
    """The channel's layout; one paragraph for each part where the playbook has none."""
    for layout in playbook.draft.layouts:
        if layout.channel == variant.channel:
            return layout
    label = Text(en=variant.channel, zh=variant.channel)
    return Layout(variant.channel, label, tuple((p,) for p in _PARTS), words=0, characters=0)


def _lines(
    playbook: Playbook,
    case: Case,
    sentences: Iterable[Sentence],
    showing: Showing,
    told: Set[FieldId],
) -> Iterator[Line]:
    values = _values(playbook, case, showing, told)
    room = OUTPUT_LIMIT + 20 * sum(size_of(v) for v in values.values())
    for s in sentences:
        text = _filled(s, showing.language, values, room)
        if text:
            yield Line(s.id, s.part, text, answers_of(s, told, showing.language))


def _approved(case: Case, counted: Mapping[FieldId, Answer]) -> bool:
    approval = counted.get(REMEDY_APPROVED)
    if approval is None or approval.value != ChoiceValue(APPROVED):
        return False
    if any(REMEDY_APPROVED in unsure for unsure in (case.stale, case.pending, case.others)):
        return False
    offered = (case.answers.get(name) for name in OFFERED)
    return all(answer is None or answer.revision <= approval.revision for answer in offered)


def _internal(playbook: Playbook, name: FieldId) -> bool:
    field = playbook.fields.get(name)
    return field is None or field.internal


def _on_remedy(playbook: Playbook, s: Sentence) -> bool:
    """Whether a sentence tells of the remedy, or stands only where there is one.

    A condition on the approval itself tells nothing, unless it asks for the approval; nor does one
    on a field of the step that the approval does not rest on, such as the contract's terms.
    """
    approval = playbook.fields.get(REMEDY_APPROVED)
    covered = approval.needs if approval is not None else ()
    conditions = (
        APPROVED in c.any_of if c.field == REMEDY_APPROVED else not covered or c.field in covered
        for c in s.when
        if of_remedy(playbook, c.field)
    )
    named = any(of_remedy(playbook, name) for name in s.may)
    return s.part == "remedy" or named or any(conditions)


def _says_something(playbook: Playbook, name: FieldId, answer: Answer) -> bool:
    if isinstance(answer.value, RowsValue):
        return any(is_full(row, playbook.fields[name].columns) for row in answer.value.rows)
    return True


def _values(
    playbook: Playbook, case: Case, showing: Showing, told: Set[FieldId]
) -> Mapping[str, View]:
    """What the templates may name: the answers that may be shown, and what follows from them."""
    values: dict[str, View] = {
        str(f.id): view(case.answers[f.id].value, f, showing)
        for f in playbook.fields.values()
        if f.id in told
    }
    name = signer(playbook, case, told)
    if name:
        values[SENDER] = name
    values["today"] = DateView(showing.today, None, showing.today, showing.language)
    if told >= {ORIGINAL_DATE, NEW_DATE}:
        values |= _slip(case, showing.language)
    target = target_date(case)
    if target is not None and told >= set(DERIVED["target_date"]):
        values["target_date"] = DateView(target, None, showing.today, showing.language)
    if DATE_BASIS in told and not _hollow(case):
        values["well_founded"] = values[str(DATE_BASIS)]
    asked = overdue_decision(case, showing.today)
    if asked is not None:
        values["decision_was_due"] = DateView(asked, None, showing.today, showing.language)
    late = late_update(case, showing.today, working_calendar(case))
    if late is not None:
        day, count = late
        values["update_due"] = DateView(day, None, showing.today, showing.language)
        values["update_late_days"] = AmountView(
            Decimal(count), None, "working_days", showing.language
        )
    return values


def _hollow(case: Case) -> bool:
    """Whether the coach found that the new date rests on nothing that could be checked."""
    read = case.coached.get(PLAN)
    return read is not None and any(n.check == UNFOUNDED for n in read.notes)


def target_date(case: Case) -> date | None:
    """The target by the measured pace, where the new date is one that the pace can keep."""
    found, new = case.outlook, day_of(case, NEW_DATE)
    if found is None or found.target is None or found.commit is None or new is None:
        return None
    return found.target if found.target < new and found.commit <= new else None


def _slip(case: Case, language: Language) -> Mapping[str, View]:
    match case.answers[ORIGINAL_DATE].value, case.answers[NEW_DATE].value:
        case DateValue(day=first, end=first_end), DateValue(day=last, end=last_end):
            before, after = first_end or first, last_end or last
        case _:
            return {}
    working = working_calendar(case).between(before, after)
    return {
        "slip_days": AmountView(Decimal((after - before).days), None, "days", language),
        "slip_working_days": AmountView(Decimal(working), None, "working_days", language),
    }


def working_calendar(case: Case) -> Calendar:
    """The case's working calendar; weekends only where nobody knows its code."""
    try:
        return calendar(case.calendar)
    except UnknownCalendar:
        return calendar("none")


def _filled(sentence: Sentence, language: Language, values: Mapping[str, View], room: int) -> str:
    given: dict[str, View] = {
        name: values[name] for name in (*sentence.needs, *sentence.may) if name in values
    }
    given |= {name: values[name] for name in DERIVED if name in values}
    try:
        text = render(sentence.text.to(language), language, given, limit=room)
    except TemplateRefused as error:
        raise TemplateRefused(f"sentence {sentence.id} ({language}): {error}") from error
    rows = (" ".join(row.split()) for row in text.splitlines())
    kept = "\n".join(row for row in rows if row)
    return capital(kept) if language == "en" else kept
