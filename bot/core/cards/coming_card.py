"""What is still to come, each of it on a card of its own: moved, put to a day, or stopped for a reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.core.cards.blocks import (
    Action,
    Block,
    Box,
    Button,
    Buttons,
    Card,
    Fact,
    Facts,
    Form,
    Heading,
    Hint,
    Paragraph,
)
from bot.core.cards.ping_card import Asked
from bot.core.cards.shown import project_name
from bot.core.case import Case
from bot.core.dialogue.scalars import both, local_day
from bot.core.following.clicks import EARLIER, LATER, WORDS, of_case, ping
from bot.core.following.wording import FOLLOW, PRESS
from bot.core.pings.reminder import Key
from bot.core.playbook import Playbook
from bot.core.words import CaseId, Text

SHOWN = 6  # rows of what is to come on one card
_ONE = re.compile(r"(?P<case>[\w-]+)/(?P<key>\w+/\d+|/)/(?P<what>day|stop|)", re.ASCII)
_REST = re.compile(r"rest/(?P<first>\d{1,4})/(?P<case>[\w-]*)", re.ASCII)
Pairs = Sequence[tuple[Playbook, Case]]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which of it somebody wants to see: one question, all of a case, or the rest of the list."""

    case: CaseId | None
    key: Key | None = None
    what: Literal["", "day", "stop"] = ""
    first: int = 0


def wish_in(words: str) -> Wish | None:
    """What a button here has asked for; None for words that somebody typed."""
    rest = _REST.fullmatch(words)
    if rest is not None:
        return Wish(CaseId(rest["case"]) if rest["case"] else None, first=int(rest["first"]))
    one = _ONE.fullmatch(words)
    if one is None:
        return None
    what: Literal["", "day", "stop"] = ""
    if one["what"] == "day":
        what = "day"
    elif one["what"] == "stop":
        what = "stop"
    key = Key(one["key"]) if one["key"] != "/" else None
    return Wish(CaseId(one["case"]), key, what)


def coming(cases: Pairs) -> list[Asked]:
    """What is still to come, the first of it first."""
    found = [
        Asked(case, kind, reminder)
        for playbook, case in cases
        for reminder in case.reminders.values()
        if reminder.state == "laid" and (kind := playbook.pings.kind(reminder.kind))
    ]
    return sorted(found, key=lambda a: (a.reminder.due, a.case.id, a.reminder.key))


def rows(found: Sequence[Asked], *, first: int = 0, case: Case | None = None) -> Iterator[Block]:
    """A part of the list, each row with the way to move it, and the way to the rest.

    A row is called by its question: several may be asked on one day.
    """
    shown = found[first : first + SHOWN]
    yield Facts(tuple(Fact(one.words, when(one), action=_open(one)) for one in shown))
    left = len(found) - first - len(shown)
    if left > 0:
        rest = Action("followups", f"rest/{first + SHOWN}/{case.id if case else ''}")
        yield Buttons((Button(FOLLOW.rest.fill(count=left), rest),))


def card(wish: Wish, cases: Pairs) -> Card | None:
    """What a button of the list asked for; None where that is over."""
    if wish.key is None and wish.what == "stop":
        found = next((case for _, case in cases if case.id == wish.case), None)
        return _stop_all(found) if found is not None else None
    listed = coming(cases)
    if wish.key is None:
        only = cases[0][1] if wish.case and cases else None
        blocks = tuple(rows(listed, first=wish.first, case=only)) if listed[wish.first :] else ()
        return _card(FOLLOW.comes_next, blocks) if blocks else None
    of = (wish.case, wish.key)
    one = next((a for a in listed if (a.case.id, a.reminder.key) == of), None)
    if one is None:
        return None
    match wish.what:
        case "day":
            return _card(one.words, (_to_a_day(one),))
        case "stop":
            act = ping(one.case.id, one.reminder, "stop", "because")
            return _card(one.words, (_because(act, _again(one, "stop")), Hint(FOLLOW.why_stop)))
        case "":
            return _one(one)


def stop_all(case: Case) -> Action:
    """The action that asks why nothing of this case is to come any more."""
    return Action("followups", f"{case.id}///stop")


def when(one: Asked) -> Text:
    """The day on which it is asked."""
    return FOLLOW.coming.fill(day=both(local_day(one.case, one.reminder.due)))


def _one(one: Asked) -> Card:
    """One question that is still to come, with every way to move it."""
    buttons = (
        Button(FOLLOW.earlier, ping(one.case.id, one.reminder, "retune", EARLIER)),
        Button(FOLLOW.later, ping(one.case.id, one.reminder, "retune", LATER)),
        Button(FOLLOW.another_day, _again(one, "day")),
        Button(PRESS["stop"], _again(one, "stop")),
    )
    told = (Paragraph(one.words), Hint(when(one)), Buttons(buttons))
    return _card(FOLLOW.one.fill(project=project_name(one.case)), told)


def _stop_all(case: Case) -> Card:
    act = of_case(case.id, "stop", "because")
    return _card(project_name(case), (_because(act, stop_all(case), FOLLOW.stop_all),))


def _to_a_day(one: Asked) -> Form:
    act = ping(one.case.id, one.reminder, "snooze", "date")
    box = Box(WORDS, "date", FOLLOW.another_day, when(one))
    return _form(box, act, _again(one, "day"))


def _because(act: Action, again: Action, label: Text = FOLLOW.because) -> Form:
    return _form(Box(WORDS, "text", label, FOLLOW.why_stop), act, again)


def _form(box: Box, act: Action, again: Action) -> Form:
    """One box that belongs to no case's own form; where no form stands in a card, a window opens."""
    return Form("", 0, (box,), FOLLOW.save, asks=WORDS, action=act, again=again)


def _open(one: Asked) -> Action:
    return _again(one, "")


def _again(one: Asked, what: str) -> Action:
    return Action("followups", f"{one.case.id}/{one.reminder.key}/{what}")


def _card(head: Text, blocks: Sequence[Block]) -> Card:
    return Card(head, (Heading(head), *blocks))
