"""What a written conversation expects, held against what came: one sentence for each thing off."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.cards.blocks import (
    Box,
    Buttons,
    Card,
    Divider,
    Editor,
    Facts,
    Form,
    Heading,
    Hint,
    Link,
    Paragraph,
    Quote,
)
from bot.core.cards.shown import in_box
from bot.core.case import Case
from bot.core.dialogue import path
from bot.core.message.composing import Draft
from bot.core.playbook import Playbook
from bot.core.words import FieldId, Language, Text
from bot.script.transcript import Expect, ExpectDraft


@dataclass(frozen=True, slots=True)
class View:
    """What the person has before them after a line."""

    playbook: Playbook
    case: Case | None
    cards: tuple[Card, ...]  # the reply to a command if there was one, then the live card
    toast: Text | None
    messages: int


def unmet(view: View, expect: Expect) -> Iterator[str]:
    """What was expected after a line and did not come."""
    language: Language = view.case.language if view.case else "en"
    if expect.step or expect.field:
        yield from _place(view, expect)
    if expect.answers or expect.open or expect.kept:
        yield from _answers(view, expect)
    texts = [words(card, language) for card in view.cards]
    for wanted in expect.shows:
        if not any(wanted in text for text in texts):
            yield f"no card shows “{wanted}”; the live one says: {texts[-1] if texts else 'nothing'}"
    for unwanted in expect.lacks:
        if any(unwanted in text for text in texts):
            yield f"a card shows “{unwanted}”, which must not be there"
    toast = view.toast.to(language) if view.toast else ""
    if expect.toast and expect.toast not in toast:
        yield f"the passing remark is “{toast}”, not “{expect.toast}”"
    phase = view.case.phase if view.case else None
    if expect.phase is not None and phase != expect.phase:
        yield f"the phase is {phase}, not {expect.phase}"
    if expect.messages is not None and view.messages != expect.messages:
        yield f"{view.messages} messages stand, not {expect.messages}"


def unmet_draft(found: Draft, expect: ExpectDraft) -> Iterator[str]:
    """What was expected of a draft and is not so."""
    for wanted in expect.has:
        if wanted not in found.text:
            yield f"the draft lacks “{wanted}”"
    for unwanted in expect.lacks:
        if unwanted in found.text:
            yield f"the draft has “{unwanted}”, which must not be there"
    traced = {str(name) for line in found.sentences for name in line.answers}
    for name in expect.traced:
        if name not in traced:
            yield f"no sentence of the draft is made of the answer {name}"


def words(card: Card, language: Language) -> str:
    """All that a person can read on a card, a line each."""
    return "\n".join(x for block in card.blocks for x in _read(block, language) if x)


def _place(view: View, expect: Expect) -> Iterator[str]:
    case = view.case
    step = (case.step if case and not case.stopped else None) or "none"
    if expect.step and step != expect.step:
        yield f"the open step is {step}, not {expect.step}"
    found = path.open_field(view.playbook, case) if case else None
    name = found.id if found else "none"
    if expect.field and name != expect.field:
        yield f"the open question is {name}, not {expect.field}"


def _answers(view: View, expect: Expect) -> Iterator[str]:
    case = view.case
    known = view.playbook.fields
    for name in (*expect.answers, *expect.open, *expect.kept):
        if FieldId(name) not in known:
            yield f"the playbook has no field {name}"
    for name, wanted in expect.answers.items():
        answer = case.answers.get(FieldId(name)) if case else None
        found = in_box(answer.value) if answer else None
        if found != wanted:
            yield f"{name} is answered with {found!r}, not {wanted!r}"
    for name in expect.open:
        if case and FieldId(name) in case.answers:
            yield f"{name} has an answer, and should have none"
    for name, wanted in expect.kept.items():
        pending = case.pending.get(FieldId(name)) if case else None
        if pending is None or wanted not in pending.raw:
            yield f"the box of {name} keeps {pending.raw if pending else None!r}, not {wanted!r}"


def _read(block: object, language: Language) -> Iterator[str]:
    match block:
        case Heading(text=text) | Paragraph(text=text) | Hint(text=text) | Quote(text=text):
            yield text.to(language)
        case Facts(rows=rows):
            for row in rows:
                note = f" ({row.note.to(language)})" if row.note else ""
                yield f"{row.label.to(language)}: {row.value.to(language)}{note}"
        case Buttons(buttons=buttons):
            yield " | ".join(b.label.to(language) for b in buttons)
        case Link(label=label):
            yield label.to(language)
        case Form(boxes=boxes, submit=submit):
            for box in boxes:
                yield from _read_box(box, language)
            yield submit.to(language)
        case Editor(label=label, value=value, submit=submit, beside=beside):
            yield from (label.to(language), value, submit.to(language))
            yield " | ".join(b.label.to(language) for b in beside)
        case Divider() | _:
            return


def _read_box(box: Box, language: Language) -> Iterator[str]:
    yield f"{box.label.to(language)}: {box.value}"
    yield from (x.to(language) for x in (box.ask, box.hint, box.problem) if x)
    yield " | ".join(option.label.to(language) for option in box.options)
