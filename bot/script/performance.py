"""Plays a written conversation through the core alone: no store, no platform, its own clock."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.cards.blocks import Action, Buttons, Card, Facts, Form
from bot.core.case import Case, Variant
from bot.core.coaching.rubric import Coaching
from bot.core.desk import Person
from bot.core.dialogue.scalars import local_day
from bot.core.events import Raw
from bot.core.message import draft
from bot.core.message.composing import Draft
from bot.core.playbook import Playbook
from bot.core.rehearsal.calling import Customers
from bot.core.words import CaseId, FieldId, PersonId, TenantId, Text
from bot.engine.inbound import Clicked, Commanded, Said
from bot.script.expected import View, unmet, unmet_draft
from bot.script.outside import telling
from bot.script.table import Message, Moment, Table
from bot.script.transcript import Line, Transcript

TENANT, PERSON = TenantId("house"), PersonId("owner")
_COMMAND = re.compile(r"^/(delay|延期)\b")
_MOST_FORMS = 12  # that one `fill` may go through


@dataclass(frozen=True, slots=True)
class Drafted:
    """One version of the message to the customer, at the end."""

    case: CaseId
    draft: Draft


@dataclass(frozen=True, slots=True)
class Played:
    """A whole conversation: its moments, what stands at the end, what was expected in vain."""

    transcript: Transcript
    playbook: Playbook
    moments: tuple[Moment, ...]
    cases: tuple[Case, ...]
    messages: tuple[Message, ...]
    drafts: tuple[Drafted, ...]
    problems: tuple[str, ...]  # each with file and line


def play(
    transcript: Transcript,
    playbook: Playbook,
    coaching: Coaching | None = None,
    customers: Customers | None = None,
) -> Played:
    """The conversation, line by line; the same file and playbook give the same values.

    Without `coaching` the coach is silent, without `customers` there is nobody to practise with.
    """
    player = seated(transcript, playbook, coaching, customers)
    for number, line in enumerate(transcript.script.lines):
        player.do(number, line)
    drafts = tuple(player.drafts())
    table = player.table
    return Played(
        transcript,
        playbook,
        tuple(table.moments),
        tuple(table.cases.values()),
        tuple(table.messages.values()),
        drafts,
        tuple(player.problems),
    )


def seated(
    transcript: Transcript,
    playbook: Playbook,
    coaching: Coaching | None = None,
    customers: Customers | None = None,
) -> "Player":
    """Somebody who plays the conversation line by line, at a table of their own."""
    script = transcript.script
    person = Person(PERSON, TENANT, script.language, script.zone, script.calendar)
    begins_at = _in_utc(script.begins_at, script.zone)
    table = Table(playbook, person, begins_at, coaching, customers or {})
    table.tracker = telling(script.tracker, script.zone, lambda: table.clock)
    return Player(transcript, table)


def _in_utc(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@dataclass(slots=True)
class Player:
    """The person of the script: fills, presses, types, and looks at what comes of it."""

    transcript: Transcript
    table: Table
    windows: dict[str, tuple[CaseId, Card]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def do(self, number: int, line: Line) -> None:
        """One line of the script, and what had to hold after it."""
        self.table.line = number
        since = len(self.table.moments)
        self._move_clock(line)
        before = len(self.table.moments)
        found = [*self._act(line), *unmet(self._view(before, line, since), line.expect)]
        self.problems += [f"{self.transcript.lines_at[number]}: {why}" for why in found]

    def drafts(self) -> Iterator[Drafted]:
        """The expected versions of the draft, as they are at the end."""
        for wanted, at in zip(
            self.transcript.script.expect_draft, self.transcript.drafts_at, strict=True
        ):
            case = self._nth(wanted.case or len(self.table.cases))
            if case is None:
                self.problems.append(f"{at}: there is no case {wanted.case}")
                continue
            variant = Variant(wanted.channel, wanted.reader, wanted.language)
            today = local_day(case, case.touched_at)
            found = draft.assemble(self.table.playbook, case, variant, today=today)
            self.problems += [f"{at}: {why}" for why in unmet_draft(found, wanted)]
            yield Drafted(case.id, found)

    def _move_clock(self, line: Line) -> None:
        """On to the line's moment; reminders that fall due on the way come first."""
        table = self.table
        target = table.clock + (line.later or timedelta(minutes=1))
        if line.at is not None:
            target = _in_utc(line.at, self.transcript.script.zone)
        while due := sorted((at, key) for key, at in table.pings.items() if at <= target):
            at, (case, kind) = due[0]
            table.clock = max(table.clock, at)
            table.ring(case, kind)
        table.clock = max(table.clock, target)

    def _act(self, line: Line) -> Iterator[str]:
        """Does what the line says; gives what could not be done."""
        case = self._nth(line.case)
        if line.case and case is None:
            yield f"there is no case {line.case}; {len(self.table.cases)} have begun"
            return
        if case is not None:
            self.table.person = replace(self.table.person, front=case.id)
        before = len(self.table.moments)
        if line.command:
            words = _COMMAND.sub("", line.command).strip()
            self.table.receive(Commanded(self.table.envelope(channel=line.channel), words))
        elif line.type is not None:
            self.table.receive(Said(self.table.envelope(), line.type))
        elif line.fill:
            yield from self._fill(line)
        elif line.press:
            yield from self._press(line)
        elif line.window:
            yield from self._look(line.window)
        sent = [m.inbound for m in self.table.moments[before:] if m.inbound is not None]
        for inbound in sent if line.twice else ():
            again = self.table.envelope(line.by, channel=line.channel)
            self.table.receive(replace(inbound, envelope=again))

    def _look(self, window: str) -> Iterator[str]:
        """Opens the live card in another window, as it is drawn now."""
        case = self.table.front()
        card = self.table.live_card(case) if case else None
        if case is None or card is None:
            yield "no case is open that another window could show"
        else:
            self.windows[window] = (case.id, card)

    def _fill(self, line: Line) -> Iterator[str]:
        """Sends form after form, each with all its boxes; those not filled go as they stand."""
        left = dict(line.fill)
        for _ in range(_MOST_FORMS):
            case = self.table.front()
            live = (case.id, self.table.live_card(case)) if case else None
            shown = self.windows.get(line.window) if line.window else self._beside(left) or live
            form = _form(shown[1]) if shown else None
            if shown is None or form is None:
                break
            if not any(b.field in left for b in form.boxes):
                break
            boxes: Mapping[FieldId, Raw] = {
                FieldId(b.field): left.pop(b.field, b.value) for b in form.boxes
            }
            click = Clicked(self.table.envelope(), shown[0], form.action, form.seen, boxes)
            self.table.receive(click)
        for name in left:
            yield f"no form that was open has a box {name}; fill it where it is asked"

    def _beside(self, names: Mapping[str, object]) -> tuple[CaseId, Card] | None:
        """The latest card beside the live one whose form has one of these boxes."""
        for message in reversed(self.table.messages.values()):
            form = _form(message.card)
            if form is None or form.action == Action("submit") or message.to is not None:
                continue
            if any(b.field in names for b in form.boxes):
                return message.case, message.card
        return None

    def _press(self, line: Line) -> Iterator[str]:
        """Presses the button of that name, on the live card or on any card that stands."""
        table = self.table
        standing = list(self._got(line) if line.by or line.channel else self._standing())
        for owner, card in standing:
            for label, action in pressable(card):
                said = {label.en, label.zh} if label else set()
                if line.press in said or is_named(action, line.press):
                    seen = table.cases[owner].revision if owner else 0
                    envelope = table.envelope(line.by, channel=line.channel)
                    table.receive(Clicked(envelope, owner, action, seen, {}, line.text))
                    return
        words = next((_labels(card, table.person.language) for _, card in standing), "none")
        yield f"there is no button “{line.press}”; the card has {words}"

    def _got(self, line: Line) -> Iterator[tuple[CaseId | None, Card]]:
        """The cards that a colleague has, or that stand in the project's channel, the latest first."""
        for message in reversed(self.table.messages.values()):
            if message.room if line.channel else message.to == line.by:
                yield message.case, message.card

    def _standing(self) -> Iterator[tuple[CaseId | None, Card]]:
        """The cards to press on: the last reply, the live card, then older ones."""
        case = self.table.front()
        live = self.table.live_card(case) if case else None
        if self.table.moments and (reply := self.table.moments[-1].reply):
            yield None, reply
        if case and live:
            yield case.id, live
        for message in reversed(self.table.messages.values()):
            if message.to is None and not message.room:
                yield message.case, message.card
        for moment in reversed(self.table.moments):
            if moment.reply is not None:
                yield None, moment.reply

    def _nth(self, number: int) -> Case | None:
        found = list(self.table.cases.values())
        return found[number - 1] if 0 < number <= len(found) else None

    def _view(self, before: int, line: Line, since: int) -> View:
        """What the person has before them after a line that began at that moment.

        Whatever stands with others counts too: an approver's card, what the customer reads, what
        the team has in its channel.
        """
        case = self.table.front()
        came = self.table.moments[before:]
        live = self.table.live_card(case) if case and not line.channel else None
        reply = came[-1].reply if came else None
        own = [m for m in self.table.messages.values() if case and m.case == case.id]
        others = [m.card for x in came for m in x.messages if m.to is not None]
        others += [card for _, card in self._got(line)] if line.by or line.channel else []
        others += [m.card for x in self.table.moments[since:] for m in x.messages if _follows(m)]
        return View(
            self.table.playbook,
            case,
            (*others, *(card for card in (reply, live) if card)),
            came[-1].toast if came else None,
            len(own),
        )


def _follows(message: Message) -> bool:
    """Whether it stands beside the live message: what is asked and offered after the telling."""
    return message.slot.partition(":")[0] in (
        "pings",
        "after",
        "agenda",
        "lead",
        "room",
        "share",
        "sharing",
        "invite",
        "unshared",
        "meeting",
    )


def _form(card: Card | None) -> Form | None:
    return next((b for b in card.blocks if isinstance(b, Form)), None) if card else None


def pressable(card: Card) -> Iterator[tuple[Text | None, Action]]:
    """All that can be pressed on a card, with its words."""
    for block in card.blocks:
        if isinstance(block, Buttons):
            yield from ((b.label, b.action) for b in block.buttons)
        elif isinstance(block, Facts):
            yield from ((row.label, row.action) for row in block.rows if row.action)
        elif hasattr(block, "action"):
            yield from ((b.label, b.action) for b in getattr(block, "beside", ()))
            yield None, block.action


def is_named(action: Action, wish: str) -> bool:
    """Whether "skip_because not_known" or "edit plan" means this action."""
    name, _, rest = wish.partition(" ")
    if action.name != name:
        return False
    parts = action.argument.split("/")
    wanted = rest.split()
    return wanted in (parts[: len(wanted)], parts[-len(wanted) :]) or not wanted


def _labels(card: Card, language: str) -> str:
    found = [x.en if language == "en" else x.zh for x, _ in pressable(card) if x]
    return ", ".join(found) or "none"
