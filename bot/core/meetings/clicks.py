"""What the buttons about a meeting carry, and the events that they become."""

from collections.abc import Mapping
from typing import get_args

from bot.core.cards.blocks import Action
from bot.core.meetings.events import (
    Filled,
    MeetingEvent,
    MeetingOpened,
    MeetingPressed,
    MeetingWished,
    Pressed,
)
from bot.core.meetings.meeting import PURPOSES, Meeting, Purpose
from bot.core.stamp import Stamp
from bot.core.words import FieldId

_PRESSED: tuple[Pressed, ...] = get_args(Pressed)


def event(
    stamp: Stamp, name: str, argument: str, boxes: Mapping[FieldId, Filled]
) -> MeetingEvent | None:
    """The event of a click; None when its name is another one's or its argument is off."""
    word, number, what, *_rest = [*argument.split("/"), "", ""]
    purpose = next((p for p in PURPOSES if p == word), None)
    if purpose is None:
        return None
    match name:
        case "meet":
            return MeetingOpened(stamp, purpose)
        case "meet_send":
            return MeetingWished(stamp, purpose, boxes, _whole(number), _whole(what))
        case "meeting":
            pressed, of = next((p for p in _PRESSED if p == what), None), _whole(number)
            return MeetingPressed(stamp, purpose, of, pressed) if pressed and of else None
        case _:
            return None


def opens(purpose: Purpose) -> Action:
    """Opens the form, or the meeting that stands."""
    return Action("meet", purpose)


def sends(meeting: Meeting) -> Action:
    """Sends the form as it stands now, so that a second press of the same is none."""
    tries = meeting.form.tries if meeting.form is not None else 0
    return Action("meet_send", f"{meeting.purpose}/{meeting.number}/{tries}")


def presses(meeting: Meeting, what: Pressed) -> Action:
    """One of the buttons of its card."""
    return Action("meeting", f"{meeting.purpose}/{meeting.number}/{what}")


def _whole(word: str) -> int | None:
    return int(word) if word.isdecimal() and word.isascii() and len(word) < 10 else None
