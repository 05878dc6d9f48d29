"""A case that was told to the customer, and the days after it: alarms ring when they are due."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.core import actions, flow
from bot.core.actions import Click
from bot.core.approving.events import (
    ApprovalAsked,
    Approved,
    HouseTold,
    SendOpened,
    ToldByOwner,
    WayChosen,
)
from bot.core.approving.react import prepared_now
from bot.core.approving.release import Colleague, Surroundings, Way
from bot.core.cards.blocks import Action, Buttons, Card, Editor
from bot.core.cards.ping_card import on_board, ping_card
from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.effects import DropPing, Effect, SetPing, Show, ShowBoard, Toast
from bot.core.events import DraftOpened, Event, PingDue, Stamp
from bot.core.pings.manners import Manners, Schedule, next_moment
from bot.core.pings.reminder import Board, Key, Reminder
from bot.core.playbook import Playbook
from bot.core.words import EventId, Language, PersonId
from tests import delivery_cases

ROLES = delivery_cases.PLAYBOOK.approval.roles
TOLD_AT = datetime(2026, 5, 18, 10, tzinfo=UTC)  # a Monday


@dataclass
class Followed:
    """One owner and one case; what was said to whom is kept with its time."""

    language: Language = "en"
    at: datetime = TOLD_AT
    manners: Manners = field(default_factory=Manners)
    playbook: Playbook = delivery_cases.PLAYBOOK
    changed: dict[str, str] = field(default_factory=dict)
    case: Case = field(init=False)
    effects: tuple[Effect, ...] = ()
    alarms: dict[str, datetime] = field(default_factory=dict)
    boards: dict[str, Board] = field(default_factory=dict)
    asked: list[tuple[datetime, str]] = field(default_factory=list)  # and the ping's key
    shows: list[Show] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        case = delivery_cases.full(self.language, **self.changed)
        self.case = replace(case, zone="Europe/London", calendar="GB", step=None, live=1)

    def tell(self) -> "Followed":
        """The owner tells the customer with the draft as it is."""
        return self.give(DraftOpened(self.stamp())).leave()

    def leave(self) -> "Followed":
        """The draft on the screen is agreed to, and told by the owner."""
        return self.give(ToldByOwner(self.stamp(), self.agreed("self"), ""))

    def agreed(self, way: Way) -> str:
        """The draft on the screen is agreed to, to go this way; its digest."""
        self.give(SendOpened(self.stamp()))
        roles = {r.id: (Colleague(PersonId(f"{r.id}-1"), r.name.en),) for r in ROLES}
        chat = "slack:C1" if way == "chat" else ""
        around = Surroundings(roles, conversation=chat, owner_name="Ida Moreau")
        self.give(HouseTold(self.stamp(), around))
        self.give(WayChosen(self.stamp(), way))
        assert self.case.variant is not None
        today = local_day(self.case, self.at)
        prepared = prepared_now(self.playbook, self.case, self.case.variant, today=today)
        digest = prepared.release.digest
        self.give(ApprovalAsked(self.stamp(), digest))
        outgoing = self.case.outgoing
        for place, approval in enumerate(outgoing.approvals if outgoing else ()):
            boss = approval.line[0].id
            stamp = replace(self.stamp(), by=boss)
            self.give(Approved(stamp, self.case.releases, place, approval.turn, digest))
        return digest

    def stamp(self) -> Stamp:
        """The next event's stamp, now."""
        self.count += 1
        return Stamp(EventId(f"e{self.count}"), self.at, self.case.owner)

    def give(self, event: Event) -> "Followed":
        """Reduces one event and does what it asks for."""
        before = self.case
        self.case, self.effects = flow.reduce(self.playbook, self.case, event)
        for effect in self.effects:
            match effect:
                case SetPing(kind=kind, due=due):
                    self.alarms[kind] = due
                case DropPing(kind=kind):
                    self.alarms.pop(kind, None)
                case ShowBoard(board=board):
                    self.boards[board.slot] = board
                case Show():
                    self.shows.append(effect)
                case _:
                    pass
        for key, now in self.case.reminders.items():
            was = before.reminders.get(key)
            if len(now.asked) > len(was.asked if was else ()):
                self.asked.append((self.at, key))
        return self

    def until(self, day: date) -> "Followed":
        """Lets the clock run to nine in the evening of that day."""
        target = datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=21)
        while due := sorted((at, kind) for kind, at in self.alarms.items() if at <= target):
            self.at = max(self.at, due[0][0])
            self.ring(due[0][1])
        self.at = max(self.at, target)
        return self

    def ring(self, kind: str) -> "Followed":
        """One alarm, by the owner's manners."""
        schedule = Schedule(self.case.zone, self.case.calendar, self.manners)
        moment = next_moment(schedule, self.at)
        if moment > self.at:
            self.alarms[kind] = moment
            return self
        del self.alarms[kind]
        return self.give(PingDue(self.stamp(), kind, schedule))

    def press(self, key: str, what: str, more: str = "", text: str = "") -> "Followed":
        """A button of a ping, whether or not a card shows it."""
        action = Action("ping", f"{self.case.id}/{key}/{what}/{more}")
        return self.act(action, text)

    def act(self, action: Action, text: str = "") -> "Followed":
        """Any button."""
        made = actions.event(self.stamp(), action, Click(self.case.revision, text=text))
        assert made is not None
        return self.give(made)

    def reminder(self, key: str) -> Reminder:
        """A ping of the case."""
        return self.case.reminders[Key(key)]

    def card(self, key: str) -> Card:
        """The message on which that ping was asked last."""
        board = self.reminder(key).board
        assert board is not None
        return ping_card(on_board(board, [(self.playbook, self.case)]), at=self.at)

    def buttons(self, key: str) -> list[str]:
        """The labels of its buttons and of the texts that can be typed there, in English."""
        found: list[str] = []
        for block in self.card(key).blocks:
            if isinstance(block, Buttons):
                found += [b.label.en for b in block.buttons]
            elif isinstance(block, Editor):
                found += [block.label.en, *(b.label.en for b in block.beside)]
        return found

    @property
    def toasts(self) -> list[str]:
        """What passed by, in English."""
        return [e.text.en for e in self.effects if isinstance(e, Toast)]
