"""Events of a practised call: a customer was chosen, the person replied, the call ended.

Nothing that is said here reaches the answers or the draft.
"""

import re
from typing import assert_never

from bot.core.case import Case
from bot.core.copies import replace
from bot.core.dialogue import live
from bot.core.dialogue.answers import add_loose
from bot.core.dialogue.live import Turned
from bot.core.dialogue.moving import awake
from bot.core.effects import AskCustomer, Toast
from bot.core.events import Event, Stopped, Typed
from bot.core.phrases import SAY
from bot.core.rehearsal.call import stop
from bot.core.rehearsal.events import CustomerSpoke, PracticeEnded, PracticeEvent, PracticeOpened
from bot.core.rehearsal.practice import Caller, Practice
from bot.core.rehearsal.replies import LONGEST

_END = re.compile(
    r"(?:(?:end|stop|finish|quit)(?: (?:the call|the practice|practi[cs]ing))?|hang up"
    r"|(?:结束|停止|不练了|挂了|挂断|挂电话)(?:吧|练习|通话|这通电话)?)[.。!！]?",
    re.IGNORECASE,
)


def react(case: Case, event: PracticeEvent) -> Turned:
    """The case with its practised call one event further."""
    match event:
        case PracticeOpened():
            turned = _opened(case, event)
        case PracticeEnded(live=on):
            turned = _ended(case, on)
        case CustomerSpoke():
            turned = _spoke(case, event)
        case _:
            assert_never(event)
    return turned


def instead(case: Case, event: Event) -> Turned | None:
    """What a typed line or a stop does while a call is practised; None for what it does always."""
    practice = case.practice
    if practice is None:
        return None
    if isinstance(event, Typed):
        return _typed(case, practice, event.text.strip())
    if isinstance(event, Stopped) and practice.calling:
        return _ended(case, event.live)
    return None


def left(case: Case) -> Case:
    """The case without its practised call, where another screen has been opened."""
    if case.practice is None or (case.step is None and case.variant is not None):
        return case
    return replace(case, practice=None)


def _typed(case: Case, practice: Practice, text: str) -> Turned:
    """A typed line goes to the customer; before the call it chooses one, after it nothing."""
    if not text:
        return case, (Toast(SAY.empty_line),)
    if practice.debrief is not None:
        return case, (Toast(SAY.practice_over),)
    if not practice.calling:
        return _chosen(case, practice, text)
    if _END.fullmatch(text):
        return _ended(case, None)
    if not any(letter.isalnum() for letter in text):
        return case, (Toast(SAY.practice_words),)
    return _asked(case, replace(practice, said=text[:LONGEST]), below=True)


def _chosen(case: Case, practice: Practice, text: str) -> Turned:
    caller = _named(practice, text)
    if caller is None and text.isdecimal():
        return case, (Toast(SAY.practice_choose),)
    if caller is None:  # it was meant for the case, perhaps, so it is not lost
        case, effects = live.refresh(add_loose(case, text))
        return case, (*effects, Toast(SAY.practice_choose))
    return _asked(case, replace(practice, persona=caller.id), below=True)


def _ended(case: Case, on: int | None) -> Turned:
    """The call, ended by the person; what was heard in it comes next. `on` is as in WentBack."""
    if live.is_old(case, on):
        return case, (Toast(SAY.moved),)
    practice = case.practice
    if practice is None or practice.rehearsal is None or practice.rehearsal.ended:
        return case, (Toast(SAY.already_settled),)
    return _asked(case, replace(practice, rehearsal=stop(practice.rehearsal)), below=on is None)


def _opened(case: Case, event: PracticeOpened) -> Turned:
    if live.is_old(case, event.live) or case.step is not None or case.variant is None:
        return case, (Toast(SAY.moved),)
    now = case.practice
    if now is None:
        return _asked(awake(case), Practice(persona=event.persona), below=False)
    if now.rehearsal is not None and now.debrief is None:
        return case, (Toast(SAY.already_settled),)
    if now.rehearsal is None and not event.persona:
        return case, ()
    before = now.rehearsal.turns[0].said if now.rehearsal and now.rehearsal.turns else ""
    again = Practice(now.callers, event.persona, before=before)
    return _asked(case, again, below=now.debrief is not None)


def _spoke(case: Case, event: CustomerSpoke) -> Turned:
    if case.practice is None or case.practice == event.practice:
        return case, ()
    begun = case.practice.rehearsal is None and event.practice.rehearsal is not None
    practised = case.practised + begun
    return live.refresh(replace(case, practice=event.practice, practised=practised))


def _asked(case: Case, practice: Practice, *, below: bool) -> Turned:
    """The practice goes on as it says; after a typed line in a message below it."""
    after = replace(case, stopped=False, practice=practice)
    after, effects = live.move(case, after) if below else live.refresh(after)
    return after, (*effects, AskCustomer())


def _named(practice: Practice, text: str) -> Caller | None:
    """The customer that a line names: by the place in the list, or by words of the title."""
    words = text.casefold().strip(" .。")
    if words.isascii() and words.isdecimal() and 0 < int(words[:3]) <= len(practice.callers):
        return practice.callers[int(words[:3]) - 1]
    titles = [(c, f"{c.title.en} {c.title.zh} {c.id}".casefold()) for c in practice.callers]
    found = [c for c, title in titles if len(words) > 1 and words in title]
    return found[0] if len(found) == 1 else None
