"""In any order of events: one delivery an approval at most, none without, none of other words."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core import actions, flow
from bot.core.approving import rules
from bot.core.approving.events import (
    ColleagueFound,
    Delivered,
    DeliveryFailed,
    HouseTold,
    SendRepeated,
)
from bot.core.cards import screens
from bot.core.cards.blocks import Action, Buttons, Card, Editor
from bot.core.case import Case
from bot.core.dialogue.scalars import local_day
from bot.core.effects import (
    AskHouse,
    Deliver,
    DropPing,
    Effect,
    FindColleague,
    SetPing,
    Show,
)
from bot.core.events import DraftEdited, Event, PingDue, Submitted
from bot.core.stamp import Stamp
from bot.core.words import EventId, FieldId, PersonId
from tests.approval.scene import AT, IDA, LIN, OMAR, ORGANISATION, PM, heavy
from tests.delivery_cases import PLAYBOOK

PEOPLE = (PM, OMAR, LIN, IDA)
WORDS = ("", "Ida Moreau", "Petra Lindqvist", "by phone", "a@marrow.example, b@other.example")
GOODWILL = ("onsite_support", "longer_warranty", "none")


class Sending(RuleBasedStateMachine):
    """One message, four people, a clock; the shell's part is played here."""

    def __init__(self) -> None:
        super().__init__()
        self.case: Case = heavy()
        self.at: datetime = AT
        self.count = 0
        self.pings: dict[str, datetime] = {}
        self.cards: dict[PersonId, dict[str, Card]] = {}
        self.old: list[tuple[PersonId, Action]] = []  # everything that could ever be pressed
        self.left: list[int] = []  # numbers that were given to the way out, in order
        self.wanted_again: list[int] = []

    @initialize()
    def begin(self) -> None:
        self.press(PM, Action("draft"))
        self.press(PM, Action("make_ready"))
        self.press(PM, Action("recipients"), "okafor@marrow.example")

    @rule(who=st.sampled_from(PEOPLE), pick=st.integers(0, 40), text=st.sampled_from(WORDS))
    def press_what_stands(self, who: PersonId, pick: int, text: str) -> None:
        standing = [a for c in self.cards.get(who, {}).values() for a in pressable(c)]
        if standing:
            self.press(who, standing[pick % len(standing)], text)

    @rule(who=st.sampled_from(PEOPLE), pick=st.integers(0, 400), text=st.sampled_from(WORDS))
    def press_what_stood_once(self, who: PersonId, pick: int, text: str) -> None:
        """An old card, or somebody else's."""
        if self.old:
            self.press(who, self.old[pick % len(self.old)][1], text)

    @rule(far=st.integers(1, 5))
    def go_on(self, far: int) -> None:
        """The straight way, so that it is often gone to its end."""
        self.press(PM, Action("make_ready"))
        for step in ("approval_ask", "approve", "send")[:far]:
            for who in PEOPLE:
                for card in list(self.cards.get(who, {}).values()):
                    for action in [a for a in pressable(card) if a.name == step][:1]:
                        self.press(who, action)
        if far > 3:
            self.pass_time(61)

    @rule(how=st.sampled_from(["sent", "unknown", "failed"]))
    def go_to_the_end(self, how: str) -> None:
        Sending.go_on(self, far=5)
        Sending.the_way_out_answers(self, how=how, late=False)
        for action in [a for a in pressable(self.cards[PM]["live"]) if a.name == "send_again"]:
            self.press(PM, action)
            self.press(PM, action)

    @rule(text=st.sampled_from(["It is late.", "It is 19 June now, instead of 5 June."]))
    def write_by_hand(self, text: str) -> None:
        self.give(DraftEdited(self.stamp(PM), f"Subject: News\n\n{text}", "email.day_to_day.en"))

    @rule(goodwill=st.sampled_from(GOODWILL))
    def change_the_remedy(self, goodwill: str) -> None:
        boxes = {FieldId("goodwill"): goodwill, FieldId("remedy_approved"): "approved"}
        self.give(Submitted(self.stamp(PM), boxes, self.case.revision))
        self.give(
            Submitted(self.stamp(PM), {FieldId("remedy_approved"): "approved"}, self.case.revision)
        )

    @rule(seconds=st.sampled_from([1, 59, 60, 61, 3600, 20 * 3600, 90 * 3600]))
    def time_passes(self, seconds: int) -> None:
        self.pass_time(seconds)

    def pass_time(self, seconds: int) -> None:
        until = self.at + timedelta(seconds=seconds)
        for _ in range(20):
            due = sorted((at, kind) for kind, at in self.pings.items() if at <= until)
            if not due:
                break
            self.at, kind = max(self.at, due[0][0]), due[0][1]
            del self.pings[kind]
            self.give(PingDue(self.stamp(PM), kind))
        self.at = max(self.at, until)

    @rule(how=st.sampled_from(["sent", "unknown", "failed", "nothing"]), late=st.booleans())
    def the_way_out_answers(self, how: str, late: bool) -> None:
        if not self.left or how == "nothing":
            return
        number = self.left[0] if late else self.left[-1]
        if how == "sent":
            self.give(Delivered(self.stamp(PM), number, "ref"))
        else:
            unknown = how == "unknown"
            self.give(DeliveryFailed(self.stamp(PM), number, "Refused", unknown=unknown))

    @invariant()
    def every_delivery_was_agreed_to(self) -> None:
        for delivery in self.case.deliveries:
            assert delivery.digest == delivery.release.digest
            for approval in delivery.approvals:
                assert approval.state == "approved"
                assert approval.digest == delivery.digest
                assert approval.by is not None
                assert approval.by.id != self.case.owner

    @invariant()
    def each_number_is_delivered_once(self) -> None:
        numbers = [d.number for d in self.case.deliveries]
        assert len(numbers) == len(set(numbers))
        digests = [d.digest for d in self.case.deliveries if d.approvals]
        assert len(digests) == len(set(digests))
        first = [n for n in self.left if n not in self.wanted_again]
        assert len(first) == len(set(first))

    def press(self, who: PersonId, action: Action, text: str = "") -> None:
        made = actions.event(self.stamp(who), action, actions.Click(self.case.revision, text=text))
        approver = action.name in ("approve", "change", "hand_over")
        if made is not None and (who == PM or approver):
            self.give(made)

    def give(self, event: Event) -> None:
        before = self.case
        self.case, effects = flow.reduce(PLAYBOOK, before, event)
        if isinstance(event, SendRepeated) and any(isinstance(e, Deliver) for e in effects):
            self.wanted_again.append(event.number)
        for effect in effects:
            self.carry_out(effect, event.stamp)

    def carry_out(self, effect: Effect, stamp: Stamp) -> None:
        match effect:
            case Show(slot=slot, screen=screen, to=to):
                today = local_day(self.case, self.at)
                card = screens.draw(PLAYBOOK, self.case, screen, today=today)
                self.cards.setdefault(to or PM, {})[slot if to else "live"] = card
                self.old += [(to or PM, a) for a in pressable(card)]
            case SetPing(kind=kind, due=due):
                self.pings[kind] = due
            case DropPing(kind=kind):
                self.pings.pop(kind, None)
            case AskHouse(customer=customer):
                around = ORGANISATION.surroundings(
                    customer, PM, today=local_day(self.case, self.at), can_mail=True
                )
                self.give(HouseTold(stamp, around))
            case FindColleague(number=number, place=place, turn=turn, name=name):
                found = ORGANISATION.named(name)
                self.give(ColleagueFound(stamp, number, place, turn, found))
            case Deliver(number=number, again=again):
                self.hand_over(number, again=again)
            case _:
                pass

    def hand_over(self, number: int, *, again: bool) -> None:
        """What is about to leave is what all have agreed to, and all who must have been asked.

        What may have gone out is repeated as it was, whatever the answers say by now.
        """
        outgoing = self.case.outgoing
        assert outgoing is not None
        assert outgoing.number == number
        release = outgoing.release
        needed = rules.approvals(PLAYBOOK, self.case, release, today=release.day)
        assert again or {a.role for a in needed} <= {a.role for a in outgoing.approvals}
        assert all(a.state == "approved" and a.digest == release.digest for a in outgoing.approvals)
        self.left.append(number)

    def stamp(self, by: PersonId) -> Stamp:
        self.count += 1
        return Stamp(EventId(f"e{self.count}"), self.at, by)


def pressable(card: Card) -> list[Action]:
    """All that can be pressed on a card, boxes included."""
    buttons = [b.action for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]
    editors = [x for x in card.blocks if isinstance(x, Editor)]
    beside = (b.action for x in editors for b in x.beside)
    return [*buttons, *beside, *(x.action for x in editors)]


TestSending = Sending.TestCase
TestSending.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
