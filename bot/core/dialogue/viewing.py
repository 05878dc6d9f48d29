"""Events that show the whole: the review, the draft, a nudge after silence, the end."""

from typing import assert_never

from bot.core.actions import CHANNELS, READERS, TONES
from bot.core.case import Asking, Case, Edit, Variant, customer_language, text_of
from bot.core.copies import replace
from bot.core.dialogue import live, pings, replying
from bot.core.dialogue.answers import add_loose
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import awake
from bot.core.dialogue.scalars import local_day
from bot.core.effects import DropPing, Effect, MovedScreen, NudgeScreen, Show, Toast
from bot.core.events import (
    Abandoned,
    DraftEdited,
    DraftOpened,
    EditSettled,
    PingDue,
    ReplyUsed,
    Reviewed,
    UndoAsked,
    ViewEvent,
)
from bot.core.message import draft
from bot.core.phrases import SAY
from bot.core.playbook import Channel, Playbook, Reader
from bot.core.words import LANGUAGES

_DIGITS = 6  # of the number of an update


def react(playbook: Playbook, case: Case, event: ViewEvent) -> Turned:
    """The case with another screen before it."""
    match event:
        case Reviewed(live=on):
            turned = _reviewed(case, on)
        case DraftOpened():
            turned = _draft_opened(case, event)
        case DraftEdited():
            turned = _draft_edited(playbook, case, event)
        case EditSettled():
            turned = _edit_settled(case, event)
        case ReplyUsed():
            turned = replying.used(playbook, case, event)
        case UndoAsked(variant=name):
            turned = _undo_asked(case, name)
        case Abandoned():
            after = replace(case, phase="abandoned", step=None, stopped=True, asking=None)
            turned = after, (Show(live.slot(case), MovedScreen()), DropPing("nudge"))
        case PingDue():
            turned = _ping_due(case, event)
        case _:
            assert_never(event)
    return turned


def variant_of(case: Case) -> Variant:
    """The draft that the answers ask for: their channel, reader and language."""
    channels: dict[str, Channel] = {c: c for c in ("email", "chat", "letter", "call")}
    readers: dict[str, Reader] = {r: r for r in ("executive", "day_to_day", "technical")}
    return Variant(
        channel=channels.get(text_of(case, "channel"), "email"),
        reader=readers.get(text_of(case, "reader"), "day_to_day"),
        language=customer_language(case),
    )


def _reviewed(case: Case, on: int | None) -> Turned:
    if live.is_old(case, on):
        return case, (Toast(SAY.moved),)
    return live.move(case, replace(awake(case), step=None, variant=None))


def _draft_opened(case: Case, event: DraftOpened) -> Turned:
    own = case.variant or variant_of(case)
    variant = Variant(
        channel=event.channel or own.channel,
        reader=event.reader or own.reader,
        language=event.language or own.language,
        tone=event.tone or own.tone,
        update=own.update if own.update > case.updates else 0,
    )
    after = replace(awake(case), step=None, variant=variant, practice=None, sending=False)
    on_screen = case.step is None and case.practice is None
    if case.variant is not None and on_screen and not case.stopped and not event.typed:
        changed = variant != case.variant or case.sending
        return live.refresh(after) if changed else live.refresh(case)
    return live.move(case, after)


def variant_named(name: str) -> Variant | None:
    """The variant that `draft.key` names so; None for any other text."""
    number = name.partition(draft.UPDATE)[2][:_DIGITS]
    update = int(number) if number.isdecimal() else 0
    return next(
        (
            v
            for channel in CHANNELS
            for reader in READERS
            for language in LANGUAGES
            for tone in TONES
            if draft.key(v := Variant(channel, reader, language, tone, update)) == name
        ),
        None,
    )


def _undo_asked(case: Case, name: str) -> Turned:
    if name not in case.edits or case.variant is None or draft.key(case.variant) != name:
        return case, (Toast(SAY.already_settled),)
    asking = Asking("undo", note=name)
    return (case, ()) if case.asking == asking else live.refresh(replace(case, asking=asking))


def _draft_edited(playbook: Playbook, case: Case, event: DraftEdited) -> Turned:
    """The wording kept under the draft it was written for; a late one is set beside, not on top."""
    variant = variant_named(event.variant) if event.variant else case.variant
    text = event.text.strip()
    if variant is None or not (text or event.undo):
        return case, (Toast(SAY.nothing_open if variant is None else SAY.empty_edit),)
    key = draft.key(variant)
    asked = Asking("undo", note=key)
    if event.undo and case.asking != asked:
        return case, (Toast(SAY.already_settled),)
    present = case.edits.get(key)
    if present is not None and event.seen is not None and present.revision > event.seen:
        if text in ("", present.text):
            return case, (Toast(SAY.already_saved),)
        return live.refresh(_beside(playbook, case, variant, event))
    edit = _edit(playbook, case, variant, event)
    edits = {k: v for k, v in case.edits.items() if k != key}
    if edit is not None and not event.undo:
        edits[key] = edit
    asking = None if case.asking == asked else case.asking
    return live.refresh(replace(case, edits=edits, asking=asking))


def _edit(playbook: Playbook, case: Case, variant: Variant, event: DraftEdited) -> Edit | None:
    """The wording as it is kept; None for the assembled text itself."""
    text, at = event.text.strip(), event.stamp.at
    assembled = draft.assemble(playbook, case, variant, today=local_day(case, at))
    if text == assembled.text:
        return None
    return Edit(text, assembled.digest, at, event.stamp.by, revision=case.revision + 1)


def _beside(playbook: Playbook, case: Case, variant: Variant, event: DraftEdited) -> Case:
    """A late wording beside the present one; a third one is kept as a loose line."""
    key, late = draft.key(variant), _edit(playbook, case, variant, event)
    other = case.other_edits.get(key)
    if late is None or (other is not None and other.text == late.text):
        return case
    if other is not None and event.seen is not None and other.revision > event.seen:
        return add_loose(case, late.text)
    return replace(case, other_edits={**case.other_edits, key: late})


def _edit_settled(case: Case, event: EditSettled) -> Turned:
    present, other = case.edits.get(event.variant), case.other_edits.get(event.variant)
    unseen = any(x is not None and x.revision > event.seen for x in (present, other))
    if other is None or unseen:
        return case, (Toast(SAY.already_settled),)
    after = replace(
        case, other_edits={k: v for k, v in case.other_edits.items() if k != event.variant}
    )
    if event.take:
        taken = replace(other, revision=case.revision + 1)
        after = replace(after, edits={**case.edits, event.variant: taken})
    return live.refresh(after)


def _ping_due(case: Case, event: PingDue) -> Turned:
    if event.kind != "nudge" or case.nudges >= len(pings.NUDGES):
        return case, ()
    last = pings.is_last(case)
    after = replace(case, nudges=case.nudges + 1, stopped=case.stopped or last)
    slot = f"nudge:{case.revision}"
    said = () if event.beside else (Show(slot, NudgeScreen(last=last, others=event.others)),)
    effects: tuple[Effect, ...] = said
    if last:
        effects = (*effects, *live.refresh(after)[1])  # what stood open there is saved now
    following = pings.nudge(after, event.stamp.at)
    return after, (*effects, following) if following else effects
