"""What the buttons of a ping carry, and the event that each becomes.

A ping's card may show several cases, so its buttons name theirs: "case/kind/number/what/more".
"""

from collections.abc import Callable, Mapping
from typing import get_args

from bot.core.cards.blocks import Action
from bot.core.following.events import (
    AgendaAsked,
    Answer,
    Closed,
    ConfidenceSaid,
    FollowEvent,
    LaterOpened,
    LessonAgreed,
    LessonJudged,
    LinkAsked,
    MinutesShared,
    NextBegun,
    PingAnswered,
    PingMenuOpened,
    PingRetuned,
    PingSnoozed,
    PingStopped,
    PingUpdated,
    RoomLeft,
    SignSeen,
    UpdateQuiet,
)
from bot.core.following.watching import confidences
from bot.core.meetings.events import MeetingOpened
from bot.core.meetings.meeting import PURPOSES
from bot.core.pings.manners import Snooze
from bot.core.pings.reminder import Key, Reminder
from bot.core.stamp import Stamp
from bot.core.words import CaseId, FieldId, StepId

PING = "ping"
EARLIER, LATER = "earlier", "later"
WORDS = FieldId("words")  # the box of a form that asks for one line
_DAYS = {EARLIER: -1, LATER: 1}
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


def event(stamp: Stamp, name: str, argument: str, text: str) -> FollowEvent | MeetingOpened | None:
    """The event of a click; None when it is not of this room or its argument is off."""
    _, kind, number, what, more, *_rest = [*argument.split("/"), *[""] * 5]
    if name != PING:
        return None
    key = Key(f"{kind}/{number}") if kind else None
    whole = _WHOLE.get(what)
    if whole is not None:
        return whole(stamp)
    answer = next((a for a in _ANSWERS if a == what), None)
    if answer is not None:
        return PingAnswered(stamp, key, answer) if key is not None else None
    make = _MAKERS.get(what)
    return make(stamp, key, more, text) if make else None


def _sure(stamp: Stamp, key: Key | None, more: str, _: str) -> FollowEvent | None:
    sure = next((c for c in confidences() if c == more), None)
    return ConfidenceSaid(stamp, key, sure) if key is not None and sure is not None else None


def _snoozed(stamp: Stamp, key: Key | None, more: str, text: str) -> FollowEvent | None:
    if not more and key is not None:
        return PingMenuOpened(stamp, key, "snooze")
    wish = next((s for s in _SNOOZES if s == more), None)
    return PingSnoozed(stamp, key, wish, text) if wish else None


def _stopped(stamp: Stamp, key: Key | None, more: str, text: str) -> FollowEvent | None:
    if not more and key is not None:
        return PingMenuOpened(stamp, key, "stop")
    return PingStopped(stamp, key, text)


def _retuned(stamp: Stamp, key: Key | None, more: str, _text: str) -> FollowEvent | None:
    days = _DAYS.get(more)
    return PingRetuned(stamp, key, days) if days is not None else None


def _updated(stamp: Stamp, key: Key | None, more: str, text: str) -> FollowEvent | None:
    if key is None:
        return None
    return PingUpdated(stamp, key, text) if more else PingMenuOpened(stamp, key, "update")


def _back(stamp: Stamp, key: Key | None, _more: str, _text: str) -> FollowEvent | None:
    return PingMenuOpened(stamp, key, "") if key is not None else None


def _posted(stamp: Stamp, _key: Key | None, more: str, _text: str) -> MinutesShared:
    number, _, seal = more.partition(".")
    return MinutesShared(stamp, int(number) if number.isdecimal() and len(number) < 10 else 0, seal)


def _meeting(stamp: Stamp, key: Key | None, more: str, _text: str) -> MeetingOpened | None:
    purpose = next((p for p in PURPOSES if p == more), None)
    return MeetingOpened(stamp, purpose, key) if purpose is not None and key is not None else None


_Maker = Callable[[Stamp, Key | None, str, str], FollowEvent | MeetingOpened | None]
_WHOLE: Mapping[str, Callable[[Stamp], FollowEvent]] = {
    "sign": SignSeen,
    "no_news": UpdateQuiet,
    "link": LinkAsked,
    "keep": LessonAgreed,
    "next": NextBegun,
    "agenda": AgendaAsked,
    "close": Closed,
    "room_off": RoomLeft,
    "share": MinutesShared,
    "close_anyway": lambda stamp: Closed(stamp, anyway=True),
}
_MAKERS: Mapping[str, _Maker] = {
    "snooze": _snoozed,
    "stop": _stopped,
    "back": _back,
    "update": _updated,
    "retune": _retuned,
    "meet": _meeting,
    "share_now": _posted,
    "sure": _sure,
    "helped": lambda stamp, _, lesson, __: LessonJudged(stamp, lesson, helpful=True),
    "helped_not": lambda stamp, _, lesson, __: LessonJudged(stamp, lesson, helpful=False),
    "write": lambda stamp, key, _, __: LaterOpened(stamp, StepId("update"), key),
    "feedback": lambda stamp, key, _, __: LaterOpened(stamp, StepId("feedback"), key),
    "retrospective": lambda stamp, key, _, __: LaterOpened(stamp, StepId("retrospective"), key),
    "lesson": lambda stamp, key, _, __: LaterOpened(stamp, StepId("lesson"), key),
}
