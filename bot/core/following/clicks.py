"""What the buttons of a ping carry, and the event that each becomes.

A ping's card may show several cases, so its buttons name theirs: "case/kind/number/what/more".
"""

from collections.abc import Callable, Mapping
from typing import get_args

from bot.core.cards.blocks import Action
from bot.core.following.events import (
    Answer,
    Closed,
    FollowEvent,
    LaterOpened,
    LessonJudged,
    NextBegun,
    PingAnswered,
    PingMenuOpened,
    PingSnoozed,
    PingStopped,
)
from bot.core.pings.manners import Snooze
from bot.core.pings.reminder import Key, Reminder
from bot.core.stamp import Stamp
from bot.core.words import CaseId, StepId

PING = "ping"
LATER = ("feedback", "retrospective", "lesson")
_ANSWERS: tuple[Answer, ...] = get_args(Answer)
_SNOOZES: tuple[Snooze, ...] = get_args(Snooze)


def ping(case: CaseId, reminder: Reminder, what: str, more: str = "") -> Action:
    """The action of one button of a ping."""
    return Action(PING, f"{case}/{reminder.key}/{what}/{more}")


def of_case(case: CaseId, what: str, more: str = "") -> Action:
    """The action of a button on all that a case follows up."""
    return Action(PING, f"{case}///{what}/{more}")


def case_in(action: Action) -> CaseId | None:
    """The case that an action names itself; None where the card does."""
    return CaseId(action.argument.partition("/")[0]) if action.name == PING else None


def event(stamp: Stamp, name: str, argument: str, text: str) -> FollowEvent | None:
    """The event of a click; None when it is not of this room or its argument is off."""
    _, kind, number, what, more, *_rest = [*argument.split("/"), *[""] * 5]
    if name != PING:
        return None
    key = Key(f"{kind}/{number}") if kind else None
    if what in ("next", "close", "close_anyway"):
        return _of_case(stamp, what)
    answer = next((a for a in _ANSWERS if a == what), None)
    if key is not None and answer is not None:
        return PingAnswered(stamp, key, answer)
    if what in LATER:
        return LaterOpened(stamp, StepId(what), key)
    if what in ("helped", "helped_not"):
        return LessonJudged(stamp, more, helpful=what == "helped")
    make = _MAKERS.get(what)
    return make(stamp, key, more, text) if make else None


def _of_case(stamp: Stamp, what: str) -> FollowEvent:
    return NextBegun(stamp) if what == "next" else Closed(stamp, anyway=what == "close_anyway")


def _snoozed(stamp: Stamp, key: Key | None, more: str, text: str) -> FollowEvent | None:
    if not more and key is not None:
        return PingMenuOpened(stamp, key, "snooze")
    wish = next((s for s in _SNOOZES if s == more), None)
    return PingSnoozed(stamp, key, wish, text) if wish else None


def _stopped(stamp: Stamp, key: Key | None, more: str, text: str) -> FollowEvent | None:
    if not more and key is not None:
        return PingMenuOpened(stamp, key, "stop")
    return PingStopped(stamp, key, text)


def _back(stamp: Stamp, key: Key | None, _more: str, _text: str) -> FollowEvent | None:
    return PingMenuOpened(stamp, key, "") if key is not None else None


_Maker = Callable[[Stamp, Key | None, str, str], FollowEvent | None]
_MAKERS: Mapping[str, _Maker] = {"snooze": _snoozed, "stop": _stopped, "back": _back}
