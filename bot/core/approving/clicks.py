"""What the buttons of this room carry, and the event that each becomes."""

from collections.abc import Callable, Mapping

from bot.core.approving.events import (
    ApprovalAsked,
    ApprovalWithdrawn,
    Approved,
    ApproverEvent,
    ApproverNamed,
    ArrivalSaid,
    ChangeWanted,
    CorrectionOpened,
    ForeignAllowed,
    HandedOver,
    HowItWent,
    RecipientsGiven,
    ReleaseEvent,
    SendAsked,
    SendOpened,
    SendRepeated,
    SendUndone,
    ToldByOwner,
    WayChosen,
)
from bot.core.approving.release import REACTIONS, WAYS
from bot.core.stamp import Stamp

BY_APPROVERS = frozenset({"approve", "change", "hand_over"})  # what an approver presses
_Made = ReleaseEvent | ApproverEvent | None


def event(stamp: Stamp, name: str, argument: str, text: str) -> _Made:
    """The event of a click; None when the name is not of this room or its argument is off."""
    make = _MAKERS.get(name)
    return make(stamp, argument, text) if make else None


def whole(word: str) -> int:
    """The number that a word is; -1 for anything else."""
    return int(word) if word.isdecimal() and word.isascii() and len(word) < 10 else -1


def _way(stamp: Stamp, argument: str, _: str) -> _Made:
    way = next((w for w in WAYS if w == argument), None)
    return WayChosen(stamp, way) if way else None


def _approver_named(stamp: Stamp, argument: str, text: str) -> _Made:
    number, _, place = argument.partition("/")
    return ApproverNamed(stamp, whole(number), whole(place), text)


def _went(stamp: Stamp, argument: str, text: str) -> _Made:
    number, _slash, word = argument.partition("/")
    reaction = next((r for r in REACTIONS if r == word), None)
    return HowItWent(stamp, whole(number), reaction, text) if reaction else None


def _typed(stamp: Stamp, argument: str, _: str) -> _Made:
    number, _slash, live = argument.partition("/")
    return HowItWent(stamp, whole(number), None, typed=whole(live))


def _approved(stamp: Stamp, argument: str, _: str) -> _Made:
    number, place, turn, digest, *_rest = [*argument.split("/"), "", "", "", ""]
    return Approved(stamp, whole(number), whole(place), whole(turn), digest)


def _place(argument: str) -> tuple[int, int, int]:
    number, place, turn, *_rest = [*argument.split("/"), "", "", ""]
    return whole(number), whole(place), whole(turn)


def _handed_over(stamp: Stamp, argument: str, _: str) -> _Made:
    person = "/".join(argument.split("/")[3:])
    return HandedOver(stamp, *_place(argument), person)


_Maker = Callable[[Stamp, str, str], _Made]
_MAKERS: Mapping[str, _Maker] = {
    "make_ready": lambda stamp, _, __: SendOpened(stamp),
    "show_it": lambda stamp, live, _: SendOpened(stamp, whole(live)),
    "recipients": lambda stamp, _, text: RecipientsGiven(stamp, text),
    "foreign": lambda stamp, digest, _: ForeignAllowed(stamp, digest),
    "way": _way,
    "approval_ask": lambda stamp, digest, _: ApprovalAsked(stamp, digest),
    "approval_back": lambda stamp, number, _: ApprovalWithdrawn(stamp, whole(number)),
    "approver_name": _approver_named,
    "send": lambda stamp, digest, _: SendAsked(stamp, digest),
    "send_later": lambda stamp, digest, _: SendAsked(stamp, digest, later=True),
    "send_undo": lambda stamp, number, _: SendUndone(stamp, whole(number)),
    "arrived": lambda stamp, number, _: ArrivalSaid(stamp, whole(number)),
    "send_again": lambda stamp, number, _: SendRepeated(stamp, whole(number)),
    "told": lambda stamp, digest, text: ToldByOwner(stamp, digest, text),
    "went": _went,
    "quote": lambda stamp, number, text: HowItWent(stamp, whole(number), None, text),
    "typed_quote": _typed,
    "correct": lambda stamp, number, _: CorrectionOpened(stamp, whole(number)),
    "approve": _approved,
    "change": lambda stamp, at, text: ChangeWanted(stamp, *_place(at), text),
    "hand_over": _handed_over,
}
