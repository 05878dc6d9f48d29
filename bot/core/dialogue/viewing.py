"""Events that show the whole: the review, the draft, a nudge after silence, the end."""

from dataclasses import replace
from typing import assert_never

from bot.core.actions import CHANNELS, READERS
from bot.core.case import Asking, Case, Edit, Variant, customer_language, text_of
from bot.core.dialogue import live, pings
from bot.core.dialogue.answers import add_loose
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import awake
from bot.core.dialogue.scalars import local_day
from bot.core.effects import DropPing, Effect, MovedScreen, NudgeScreen, Show, Toast
from bot.core.events import (
    Abandoned,
    DraftEdited,
    DraftOpened,
    PingDue,
    Reviewed,
    UndoAsked,
    ViewEvent,
)
from bot.core.message import draft
from bot.core.phrases import SAY
from bot.core.playbook import Channel, Playbook, Reader
from bot.core.words import LANGUAGES


def react(playbook: Playbook, case: Case, event: ViewEvent) -> Turned:
    """The case with another screen before it."""
    match event:
        case Reviewed(live=on):
            turned = _reviewed(case, on)
        case DraftOpened():
            turned = _draft_opened(case, event)
        case DraftEdited():
            turned = _draft_edited(playbook, case, event)
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
    )
    after = replace(awake(case), step=None, variant=variant, practice=None, sending=False)
    on_screen = case.step is None and case.practice is None
    if case.variant is not None and on_screen and not case.stopped:
        changed = variant != case.variant or case.sending
        return live.refresh(after) if changed else live.refresh(case)
    return live.move(case, after)


def variant_named(name: str) -> Variant | None:
    """The variant that `draft.key` names so; None for any other text."""
    return next(
        (
            v
            for channel in CHANNELS
            for reader in READERS
            for language in LANGUAGES
            if draft.key(v := Variant(channel, reader, language)) == name
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
        return live.refresh(add_loose(case, text))
    assembled = draft.assemble(playbook, case, variant, today=local_day(case, event.stamp.at))
    edits = {k: v for k, v in case.edits.items() if k != key}
    if not event.undo and text != assembled.text:
        edits[key] = Edit(
            text, assembled.digest, event.stamp.at, event.stamp.by, revision=case.revision + 1
        )
    asking = None if case.asking == asked else case.asking
    return live.refresh(replace(case, edits=edits, asking=asking))


def _ping_due(case: Case, event: PingDue) -> Turned:
    if event.kind != "nudge" or case.nudges >= len(pings.NUDGES):
        return case, ()
    last = case.nudges + 1 == len(pings.NUDGES)
    after = replace(case, nudges=case.nudges + 1, stopped=case.stopped or last)
    slot = f"nudge:{case.revision}"
    effects: tuple[Effect, ...] = (Show(slot, NudgeScreen(last=last)),)
    if last:
        effects = (*effects, *live.refresh(after)[1])  # what stood open there is saved now
    following = pings.nudge(after, event.stamp.at)
    return after, (*effects, following) if following else effects
