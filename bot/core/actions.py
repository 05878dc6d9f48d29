"""What a button carries, and the event or command it becomes. The one place that knows both."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.core.approving import clicks
from bot.core.cards.blocks import Action
from bot.core.case import Case
from bot.core.coaching.events import NoteKept, NotesOpened, NoteUsed
from bot.core.commands import Command, Verb
from bot.core.events import (
    Abandoned,
    ClearAsked,
    Cleared,
    CommitTaken,
    Dismissed,
    DraftEdited,
    DraftOpened,
    EditOpened,
    EditSettled,
    Event,
    ExampleAsked,
    OfferTaken,
    OtherSettled,
    Placed,
    Raw,
    ReadingChosen,
    ReplyUsed,
    Resumed,
    Reviewed,
    SkipAsked,
    Skipped,
    Stamp,
    Stopped,
    Submitted,
    UndoAsked,
    WentBack,
    WhyAsked,
)
from bot.core.following import clicks as pings
from bot.core.following.events import LookBackAnswered
from bot.core.meetings import clicks as meeting_clicks
from bot.core.playbook import Channel, Reader, Tone
from bot.core.rehearsal.events import PracticeEnded, PracticeOpened
from bot.core.sharing.events import (
    InvitationDropped,
    SharingOpened,
    ViewerInvited,
    ViewerLeft,
    ViewerLooked,
    ViewerNamed,
    ViewerRemoved,
)
from bot.core.tracking import clicks as tracker_clicks
from bot.core.words import FieldId, Language, PersonId, StepId

CHANNELS: tuple[Channel, ...] = ("email", "chat", "letter", "call")
TONES: tuple[Tone, ...] = ("plain", "shorter", "warmer", "formal")
READERS: tuple[Reader, ...] = ("executive", "day_to_day", "technical")
SKIP_REASONS = ("not_known", "not_relevant", "later")


@dataclass(frozen=True, slots=True)
class Click:
    """What came with a click: the boxes of a form, or the text of an editor."""

    seen: int = 0
    boxes: Mapping[FieldId, Raw] | None = None
    text: str = ""


_DESK: Mapping[str, Verb] = {
    "new": "new",
    "list": "list",
    "help": "help",
    "show": "show",
    "open": "resume",
    "language": "language",
    "zone": "zone",
    "watch_anew": "watch_anew",
    "settings": "settings",
    "connections": "connections",
    "followups": "followups",
}


def event(stamp: Stamp, action: Action, click: Click) -> Event | None:
    """The event of a click on a case; None when the action is unknown or its argument is off."""
    make = _MAKERS.get(action.name)
    if make is not None:
        return make(stamp, action.argument, click)
    given, words = (stamp, action.name, action.argument), click.text or _line(click.boxes or {})
    return (
        clicks.event(*given, click.text)
        or pings.event(*given, words)
        or tracker_clicks.event(*given)
        or meeting_clicks.event(*given, click.boxes or {})
    )


def command(action: Action) -> Command | None:
    """The command of a click that belongs to no case; None for any other."""
    verb = _DESK.get(action.name)
    return Command(verb, action.argument) if verb else None


def on(name: str, case: Case) -> Action:
    """The action of a button on the live message: it names the message, so that it acts once."""
    return Action(name, str(case.live))


def settles(name: str, argument: str, case: Case) -> Action:
    """The action of a button that settles what stands on the card, as the case is now."""
    return Action(name, f"{argument}/{case.revision}")


def practise(case: Case, persona: str = "") -> Action:
    """The action that calls this customer in practice; without one, that shows them all."""
    return Action("practise", f"{persona}/{case.live}")


def draft_action(channel: str = "", reader: str = "", language: str = "", tone: str = "") -> Action:
    """The action that opens one version of the draft; what is left out stays as it is."""
    return Action("draft", f"{channel}/{reader}/{language}" + (f"/{tone}" if tone else ""))


def _line(boxes: Mapping[FieldId, Raw]) -> str:
    """What stands in the one box of a form that asks for a line."""
    line = boxes.get(pings.WORDS, "")
    return line if isinstance(line, str) else ""


def _edited(stamp: Stamp, argument: str, text: str) -> DraftEdited:
    variant, _, seen = argument.rpartition("/")
    return DraftEdited(stamp, text, variant, _whole(seen))


def _edit_settled(stamp: Stamp, argument: str, _: Click) -> Event:
    variant, what, seen, *_rest = [*argument.split("/"), "", ""]
    return EditSettled(stamp, variant, take=what == "take", seen=_whole(seen) or 0)


def _reply_used(stamp: Stamp, argument: str, _: Click) -> Event:
    variant, how, live, *_rest = [*argument.split("/"), "", ""]
    return ReplyUsed(stamp, variant, whole=how == "whole", live=_whole(live) or 0)


def _draft(stamp: Stamp, argument: str) -> DraftOpened:
    parts = [*argument.split("/"), "", "", "", ""]
    languages: dict[str, Language] = {"en": "en", "zh": "zh"}
    return DraftOpened(
        stamp,
        channel=next((c for c in CHANNELS if c == parts[0]), None),
        reader=next((r for r in READERS if r == parts[1]), None),
        language=languages.get(parts[2]),
        tone=next((t for t in TONES if t == parts[3]), None),
    )


def _skipped(stamp: Stamp, argument: str, _: Click) -> Event:
    step, _slash, reason = argument.partition("/")
    return Skipped(stamp, StepId(step), reason)


def _reading(stamp: Stamp, argument: str, _: Click) -> Event:
    field, index, seen, *_rest = [*argument.split("/"), "", ""]
    chosen = _whole(index)
    return ReadingChosen(stamp, FieldId(field), -1 if chosen is None else chosen, _whole(seen) or 0)


def _note(argument: str) -> tuple[str, str]:
    about, _, check = argument.rpartition("/")
    return about, check


def _note_used(stamp: Stamp, argument: str, _: Click) -> Event:
    note, _slash, seen = argument.rpartition("/")
    return NoteUsed(stamp, *_note(note), _whole(seen) or 0)


def _other(stamp: Stamp, argument: str, _: Click) -> Event:
    field, what, seen, *_rest = [*argument.split("/"), "", ""]
    return OtherSettled(stamp, FieldId(field), take=what == "take", seen=_whole(seen) or 0)


def _commit(stamp: Stamp, argument: str, _: Click) -> Event:
    day, _slash, seen = argument.partition("/")
    return CommitTaken(stamp, day, _whole(seen) or 0)


def _placed(stamp: Stamp, argument: str, _: Click) -> Event:
    field, live, seen, *_rest = [*argument.split("/"), "", ""]
    name = FieldId(field) if field else None
    return Placed(stamp, name, _whole(live) or 0, _whole(seen) or 0)


def _practise(stamp: Stamp, argument: str, _: Click) -> Event:
    persona, _slash, live = argument.rpartition("/")
    return PracticeOpened(stamp, persona, _whole(live) or 0)


def _viewer_named(stamp: Stamp, _: str, click: Click) -> Event:
    raw = (click.boxes or {}).get(FieldId("who"), "")
    return ViewerNamed(stamp, raw if isinstance(raw, str) else "")


def _whole(word: str) -> int | None:
    return int(word) if word.isdecimal() and word.isascii() and len(word) < 10 else None


_Maker = Callable[[Stamp, str, Click], Event]
_MAKERS: Mapping[str, _Maker] = {
    "back": lambda stamp, live, _: WentBack(stamp, _whole(live) or 0),
    "skip": lambda stamp, _, __: SkipAsked(stamp),
    "dismiss": lambda stamp, _, __: Dismissed(stamp),
    "why": lambda stamp, live, _: WhyAsked(stamp, _whole(live) or 0),
    "example": lambda stamp, live, _: ExampleAsked(stamp, _whole(live) or 0),
    "stop": lambda stamp, live, _: Stopped(stamp, _whole(live) or 0),
    "resume": lambda stamp, live, _: Resumed(stamp, _whole(live) or 0),
    "review": lambda stamp, live, _: Reviewed(stamp, _whole(live) or 0),
    "take_offer": lambda stamp, live, _: OfferTaken(stamp, _whole(live)),
    "abandon": lambda stamp, _, __: Abandoned(stamp),
    "clear": lambda stamp, field, _: ClearAsked(stamp, FieldId(field)),
    "clear_yes": lambda stamp, field, _: Cleared(stamp, FieldId(field)),
    "put": _placed,
    "edit": lambda stamp, step, _: EditOpened(stamp, StepId(step)),
    "submit": lambda stamp, _, click: Submitted(stamp, click.boxes or {}, click.seen),
    "look_back": lambda stamp, _, click: LookBackAnswered(stamp, click.boxes or {}),
    "draft": lambda stamp, argument, _: _draft(stamp, argument),
    "draft_edit": lambda stamp, of, click: _edited(stamp, of, click.text),
    "edit_other": _edit_settled,
    "reply": _reply_used,
    "draft_undo": lambda stamp, of, _: UndoAsked(stamp, of),
    "draft_undo_yes": lambda stamp, of, _: replace(_edited(stamp, of, ""), undo=True),
    "skip_because": _skipped,
    "note_use": _note_used,
    "note_keep": lambda stamp, note, click: NoteKept(stamp, *_note(note), click.text),
    "notes": lambda stamp, about, _: NotesOpened(stamp, about),
    "notes_here": lambda stamp, about, _: NotesOpened(stamp, about, here=True),
    "practise": _practise,
    "practise_end": lambda stamp, live, _: PracticeEnded(stamp, _whole(live) or 0),
    "reading": _reading,
    "other": _other,
    "commit": _commit,
    "sharing": lambda stamp, _, __: SharingOpened(stamp),
    "invite": _viewer_named,
    "invite_yes": lambda stamp, who, _: ViewerInvited(stamp, PersonId(who)),
    "invite_no": lambda stamp, who, _: InvitationDropped(stamp, PersonId(who)),
    "stop_sharing": lambda stamp, who, _: ViewerRemoved(stamp, PersonId(who)),
    "look": lambda stamp, on, _: ViewerLooked(stamp, _whole(on)),
    "step_out": lambda stamp, _, __: ViewerLeft(stamp),
}
