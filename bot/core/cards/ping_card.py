"""The message that asks: the pings of one person that are due together, each with its buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.core.cards.blocks import (
    Action,
    Block,
    Button,
    Buttons,
    Card,
    Divider,
    Editor,
    Heading,
    Hint,
    Paragraph,
    Quote,
)
from bot.core.cards.meeting_card import day_blocks, is_ahead
from bot.core.cards.shown import project_name
from bot.core.case import Case, text_of
from bot.core.dialogue.scalars import both, local_day
from bot.core.following.clicks import of_case, ping
from bot.core.following.laying import schedule_of
from bot.core.following.react import question
from bot.core.following.room_words import ROOMS
from bot.core.following.watching import confidences
from bot.core.following.wording import FOLLOW, PRESS, SNOOZE, SURE
from bot.core.meetings.meeting import Meeting, ends, purpose_of
from bot.core.meetings.wording import MEET
from bot.core.pings.kinds import PingKind, Press
from bot.core.pings.manners import snoozes
from bot.core.pings.reminder import Board, Reminder
from bot.core.playbook import Playbook
from bot.core.words import Text, same

BUTTONS: tuple[Press, ...] = (
    "on_track", "at_risk", "done", "write", "no_news", "feedback",
    "link", "retrospective", "agenda", "meet",
    "update", "snooze", "stop",
)  # fmt: skip
TEAM: tuple[Press, ...] = ("on_track", "at_risk", "done", "update", "snooze")
_STYLES = {
    "on_track",
    "done",
    "write",
    "feedback",
    "retrospective",
}  # primary where they come first


@dataclass(frozen=True, slots=True)
class Asked:
    """One ping on a card: its case, its kind, and how it stands."""

    case: Case
    kind: PingKind
    reminder: Reminder
    team: bool = False  # before the team, in the project's channel
    deputy: bool = False  # before somebody who stands in for the owner

    @property
    def words(self) -> Text:
        """The question."""
        return question(self.case, self.reminder, self.kind.text)


def on_board(board: Board, cases: Sequence[tuple[Playbook, Case]]) -> tuple[Asked, ...]:
    """The pings that stand on it now, the one due first on top."""
    found = [
        Asked(
            case,
            kind,
            reminder,
            team=board.room is not None,
            deputy=board.to is not None,
        )
        for playbook, case in cases
        for reminder in case.reminders.values()
        if board in (reminder.board, reminder.thread)
        and (kind := playbook.pings.kind(reminder.kind))
    ]
    return tuple(sorted(found, key=lambda a: (a.reminder.asked[:1], a.case.id, a.reminder.key)))


def ping_card(asked: Sequence[Asked], *, at: datetime) -> Card:
    """The card of these pings; with none left on it, it says that they go on elsewhere."""
    if not asked:
        return Card(FOLLOW.gone_on, (Hint(FOLLOW.gone_on),))
    first = asked[0]
    if len(asked) == 1:
        head = FOLLOW.one.fill(project=project_name(first.case))
        board = first.reminder.board
        alone = board is None or board.cases == (first.case.id,)
        case = first.case.id if alone else None
        return Card(first.words, (Heading(head), *_note(first), *_item(first, at)), case=case)
    head = FOLLOW.several.fill(count=len(asked))
    blocks: list[Block] = [Heading(head), *_note(first)]
    for n, one in enumerate(asked):
        blocks += [*([Divider()] if n else []), *_item(one, at)]
    text = Text(en=f"{head.en}: {first.words.en}", zh=f"{head.zh}：{first.words.zh}")
    return Card(text, tuple(blocks))


def _note(first: Asked) -> list[Block]:
    """What stands above the questions: why somebody else is asked, what else the day brings."""
    board = first.reminder.board
    return [Hint(board.note)] if not first.team and board is not None and board.note else []


def _item(one: Asked, at: datetime) -> list[Block]:
    blocks: list[Block] = [Paragraph(one.words), *_word(one), *_meeting(one, at)]
    match one.reminder.state:
        case "asked" if one.reminder.choosing == "snooze":
            blocks += _snooze_menu(one, at)
        case "asked" if one.reminder.choosing == "stop":
            blocks += _stop_menu(one)
        case "asked" if one.reminder.choosing == "confidence":
            blocks += _how_sure(one)
        case "asked" if one.reminder.choosing == "update":
            blocks += _word_menu(one)
        case "asked":
            blocks += [*_again(one), buttons_of(one)]
        case "parked":
            blocks += [Hint(FOLLOW.parked, "look"), buttons_of(one)]
        case "answered":
            blocks += _answered(one)
        case "laid":
            words = ROOMS.comes_again if one.team or one.deputy else FOLLOW.snoozed
            blocks.append(Hint(words.fill(day=_day(one, one.reminder.due))))
        case "stopped":
            blocks.append(Hint(FOLLOW.stopped.fill(reason=one.reminder.reason)))
        case "lapsed":
            blocks.append(Hint(FOLLOW.lapsed))
    return blocks


def buttons_of(one: Asked) -> Buttons:
    """How a ping can be answered."""
    return Buttons(
        tuple(_button(one, press, is_first=n == 0) for n, press in enumerate(_presses(one)))
    )


def _button(one: Asked, press: Press, *, is_first: bool) -> Button:
    style: Literal["plain", "primary"] = "primary" if press in _STYLES and is_first else "plain"
    if press != "meet":
        return Button(PRESS[press], ping(one.case.id, one.reminder, press), style)
    purpose = purpose_of(one.kind.anchor, one.kind.buttons)
    label = MEET.open_it if is_ahead(one.case, purpose) else MEET.schedule
    return Button(label, ping(one.case.id, one.reminder, press, purpose))


def _meeting(one: Asked, at: datetime) -> list[Block]:
    """The meeting that is about it, with the way in."""
    own = (m for m in one.case.meetings.values() if _is_about(one.reminder, m))
    return [b for m in own if m.start is not None and ends(m) > at for b in day_blocks(one.case, m)]


def _is_about(reminder: Reminder, meeting: Meeting) -> bool:
    if reminder.anchor == "meeting":
        return reminder.number == meeting.number
    return meeting.ping == reminder.key


def _answered(one: Asked) -> list[Block]:
    reminder = one.reminder
    said = _day(one, reminder.answered_at or reminder.due)
    if reminder.answer != "at_risk" or reminder.anchor == "watched":
        return [Hint(_told(one, said), "good")]
    customer = text_of(one.case, "customer") or "…"
    told = FOLLOW.tell_before.fill(customer=customer, day=both(reminder.day))
    if one.team or one.deputy:
        return [Hint(_told(one, said), "look"), Hint(told)]
    begin = Button(FOLLOW.moves_again, of_case(one.case.id, "next"), "primary")
    plan = Button(FOLLOW.change_plan, Action("edit", "plan"))
    alone = reminder.board is None or reminder.board.cases == (one.case.id,)
    return [Hint(told, "look"), Buttons((begin, plan) if alone else (begin,))]


def _told(one: Asked, said: Text) -> Text:
    """The answer with its day, and whose it was where that is not plain."""
    reminder = one.reminder
    if not (one.team or one.deputy) and not reminder.answered_by:
        own = {"done": FOLLOW.done, "at_risk": FOLLOW.was_at_risk}
        return own.get(reminder.answer, FOLLOW.on_track).fill(day=said)
    others = {"done": ROOMS.done, "at_risk": ROOMS.at_risk}
    words = others.get(reminder.answer, ROOMS.on_track)
    return words.fill(who=_name(one, reminder.answered_by), day=said)


def _name(one: Asked, name: str) -> Text:
    """Whoever answered, else the owner, as they are called."""
    around = one.case.surroundings
    name = name or (around.owner_name if around else "")
    return same(name) if name else FOLLOW.somebody


def _again(one: Asked) -> list[Block]:
    """That it was asked before; before the team, also that its owner was asked."""
    asked, owner = one.reminder.asked, _name(one, "")
    if one.team and len(asked) == 1 and one.reminder.board is not None:
        return [Hint(ROOMS.asked_again.fill(day=_day(one, asked[0]), owner=owner))]
    if not asked[1:]:
        return []
    return [Hint(ROOMS.asked_owner.fill(owner=owner) if one.team else FOLLOW.again)]


def _presses(one: Asked) -> tuple[Press, ...]:
    """How it can be answered; by others, without what is the owner's alone."""
    if not one.team and not one.deputy:
        around = one.case.surroundings
        links = around is not None and around.can_link
        return tuple(p for p in one.kind.buttons if p in BUTTONS and (links or p != "link"))
    return tuple(p for p in TEAM if p in one.kind.buttons or p == "update")


def _word(one: Asked) -> list[Block]:
    """How it stands, as somebody wrote it."""
    reminder = one.reminder
    if not reminder.note or reminder.noted_at is None:
        return []
    head = ROOMS.word.fill(who=_name(one, reminder.noted_by), day=_day(one, reminder.noted_at))
    return [Hint(head), Quote(same(reminder.note))]


def _word_menu(one: Asked) -> list[Block]:
    action = ping(one.case.id, one.reminder, "update", "word")
    back = Button(ROOMS.back, ping(one.case.id, one.reminder, "back"))
    return [
        Editor(one.case.id, action, ROOMS.how_stands, "", FOLLOW.save),
        Buttons((back,)),
    ]


def _snooze_menu(one: Asked, at: datetime) -> list[Block]:
    wishes = [w for w in snoozes(schedule_of(one.case), at) if w != "date"]
    buttons = [
        Button(SNOOZE[wish], ping(one.case.id, one.reminder, "snooze", wish)) for wish in wishes
    ]
    buttons.append(Button(FOLLOW.keep_asking, ping(one.case.id, one.reminder, "back")))
    if not one.team and not one.deputy:
        buttons.append(Button(PRESS["stop"], ping(one.case.id, one.reminder, "stop")))
    day = ping(one.case.id, one.reminder, "snooze", "date")
    return [
        Paragraph(FOLLOW.when),
        Buttons(tuple(buttons)),
        Editor(one.case.id, day, FOLLOW.another_day, "", FOLLOW.save),
    ]


def _how_sure(one: Asked) -> list[Block]:
    buttons = tuple(
        Button(SURE[level], ping(one.case.id, one.reminder, "sure", level))
        for level in confidences()
    )
    return [Paragraph(FOLLOW.how_sure), Buttons(buttons)]


def _stop_menu(one: Asked) -> list[Block]:
    why = ping(one.case.id, one.reminder, "stop", "because")
    back = Button(FOLLOW.keep_asking, ping(one.case.id, one.reminder, "back"))
    return [
        Editor(one.case.id, why, FOLLOW.because, "", FOLLOW.save),
        Hint(FOLLOW.why_stop),
        Buttons((back,)),
    ]


def _day(one: Asked, at: datetime) -> Text:
    return both(local_day(one.case, at))
