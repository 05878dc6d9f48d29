"""Any order of presses, answers of a meeting system and deaths in between: one key is one meeting.

A model meeting system stands beside the case. It may do what it is asked, refuse, or do it and die
before it says so; it is asked again then, as the engine does.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.core import actions, flow
from bot.core.actions import Click
from bot.core.cards import screens
from bot.core.cards.blocks import Action, Buttons, Card, Form
from bot.core.dialogue.scalars import local_day
from bot.core.effects import Effect, MeetingScreen, SetPing, Show
from bot.core.events import Abandoned, Begun, Event, SettingsChanged, Stamp
from bot.core.meetings import strays
from bot.core.meetings.events import (
    MeetingBooked,
    MeetingCancelled,
    MeetingPressed,
    MeetingRefused,
    MeetingSought,
    MeetingWished,
    Pressed,
)
from bot.core.meetings.meeting import ICS, Meeting, Purpose, key_of, purpose_in
from bot.core.words import CaseId, EventId, FieldId, PersonId, TenantId, same
from tests.core.talk import PLAYBOOK

BEGAN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
PRESSES: tuple[Pressed, ...] = (
    "move", "cancel", "yes", "no", "again", "by_file", "change", "back",
)  # fmt: skip
FEW: tuple[Purpose, ...] = ("call", "follow_up")  # so that histories meet themselves
DAYS = ("2026-03-25", "2026-03-26", "2026-03-27", "2026-03-28", "never")
TIMES = ("10:00", "15:30", "3 pm", "22:00", "25:00")


@dataclass(frozen=True, slots=True)
class Booked:
    """What the meeting system keeps under a key."""

    topic: str
    start: datetime | None
    minutes: int


class Meetings(RuleBasedStateMachine):
    """One case, one owner, and a meeting system that keeps one meeting for one key."""

    @initialize()
    def begin(self) -> None:
        self.at, self.count = BEGAN, 0
        self.system: dict[str, Booked] = {}  # that stand there
        self.asked: dict[str, Booked] = {}  # with what words a key was asked for
        self.waiting: set[Purpose] = set()  # pings that stand
        self.looking: set[Purpose] = set()  # pings that look for what nobody needs
        self.booked: set[str] = set()  # keys of all that a case was ever told it has
        begun = Begun(self.stamp(), CaseId("c"), TenantId("t"), "en", "Europe/London", "GB")
        self.case, _ = flow.begin(PLAYBOOK, begun)

    @rule(purpose=st.sampled_from(FEW))
    def open(self, purpose: Purpose) -> None:
        event = actions.event(self.stamp(), Action("meet", purpose), Click())
        assert event is not None
        self.give(event)

    @rule(
        purpose=st.sampled_from(FEW), day=st.sampled_from(DAYS), time=st.sampled_from(TIMES),
        people=st.sampled_from(("", "", "bo@acme.example", "Bo")),
        topic=st.sampled_from(("A call", "A call", "Another call", " ")),
    )  # fmt: skip
    def send(self, purpose: Purpose, day: str, time: str, people: str, topic: str) -> None:
        boxes = {"day": day, "time": time, "people": people, "topic": topic}
        raw = {FieldId(k): v for k, v in boxes.items()}
        self.give(MeetingWished(self.stamp(), purpose, raw))

    @rule(purpose=st.sampled_from(FEW))
    def send_it_as_it_is(self, purpose: Purpose) -> None:
        self.give(MeetingWished(self.stamp(), purpose))

    @rule(
        purpose=st.sampled_from(FEW), what=st.sampled_from(PRESSES), old=st.integers(0, 1),
        twice=st.booleans(),
    )  # fmt: skip
    def press(self, purpose: Purpose, what: Pressed, old: int, *, twice: bool) -> None:
        meeting = self.case.meetings.get(purpose)
        number = meeting.number - old if meeting else 1
        self.give(MeetingPressed(self.stamp(), purpose, number, what))
        if twice and what in ("yes", "again", "by_file"):
            before = self.case
            self.give(MeetingPressed(self.stamp(), purpose, number, what))
            assert self.case is before

    @rule(purpose=st.sampled_from(FEW), pick=st.integers(0, 5))
    def press_what_is_shown(self, purpose: Purpose, pick: int) -> None:
        """One of the buttons of its card."""
        if purpose in self.case.meetings:
            rows = [b for b in self.card(purpose).blocks if isinstance(b, Buttons)]
            shown = [b.action for row in rows for b in row.buttons if b.action.name == "meeting"]
            if shown:
                event = actions.event(self.stamp(), shown[pick % len(shown)], Click())
                assert event is not None
                self.give(event)

    @rule(ends=st.sampled_from(("done", "done", "refused", "lost", "dies")))
    def the_system_is_asked(self, ends: str) -> None:
        """What is due; when it dies, the ping stands and it is asked again later."""
        for purpose in sorted(self.waiting):
            meeting = self.case.meetings[purpose]
            assert meeting.asking is not None
            if ends != "refused":
                self.do(meeting)
            if ends != "dies":
                self.waiting.discard(purpose)
                self.give(self.told(meeting, refused=ends in ("refused", "lost")))

    @rule(ends=st.sampled_from(("done", "away", "dies")))
    def what_nobody_needs_is_looked_for(self, ends: str) -> None:
        for purpose in sorted(self.looking):
            meeting = self.case.meetings[purpose]
            stray = strays.next_of(meeting.strays)
            assert stray is not None
            key = strays.key_of(self.case.id, meeting, stray)
            was_there = ends != "away" and self.system.pop(key, None) is not None
            if ends != "dies":
                self.looking.discard(purpose)
                found: strays.Sought = "cancelled" if was_there else "nothing"
                found = found if ends == "done" else "unknown"
                sought = (stray.number, "zoom", found)
                self.give(MeetingSought(self.stamp(), purpose, *sought))

    @rule(topic=st.sampled_from(("A call", "Another call")))
    def what_failed_is_changed(self, topic: str) -> None:
        for purpose, meeting in self.case.meetings.items():
            if meeting.failed == "schedule":
                self.give(MeetingPressed(self.stamp(), purpose, meeting.number, "change"))
                self.send(purpose, "2026-03-27", "11:00", "", topic)

    @rule()
    def one_is_lost_and_kept_by_a_file(self) -> None:
        self.one_is_wished("A call")
        self.the_system_is_asked("lost")
        for purpose, meeting in self.case.meetings.items():
            if meeting.failed == "schedule":
                self.give(MeetingPressed(self.stamp(), purpose, meeting.number, "by_file"))

    @rule(topic=st.sampled_from(("A call", "Another call")))
    def one_is_wished(self, topic: str) -> None:
        self.open("call")
        self.send("call", "2026-03-26", "11:00", "", topic)

    @rule()
    def a_late_word_comes(self) -> None:
        for meeting in self.case.meetings.values():
            if meeting.asking is None:
                before = self.case
                self.give(self.told(meeting, refused=False))
                assert self.case is before

    @rule(days=st.integers(1, 5))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(zone=st.sampled_from(("Asia/Shanghai", "Europe/London", "America/New_York")))
    def the_owner_travels(self, zone: str) -> None:
        if self.case.phase != "abandoned":
            self.give(SettingsChanged(self.stamp(), "en", zone, "GB"))

    @rule(really=st.integers(0, 7))
    def the_case_is_given_up(self, really: int) -> None:
        if not really:
            self.give(Abandoned(self.stamp()))

    @invariant()
    def what_is_called_booked_stands_in_the_system(self) -> None:
        for meeting in self.case.meetings.values():
            key = key_of(self.case.id, meeting)
            unsure = meeting.asking or meeting.failed
            if meeting.state == "booked" and not unsure and meeting.provider != ICS:
                expected = Booked(meeting.topic, meeting.start, meeting.minutes)
                assert self.system[key] == expected
            if meeting.state == "cancelled" and not meeting.by_file:
                assert key not in self.system

    @invariant()
    def what_stands_in_the_system_is_known_to_the_case(self) -> None:
        """Or it was, or the owner was told to look there."""
        known = set(self.booked)
        for meeting in self.case.meetings.values():
            known |= set() if meeting.by_file else {key_of(self.case.id, meeting)}
            told = [s for s in meeting.strays if s.became in ("", "unknown")]
            known |= {strays.key_of(self.case.id, meeting, s) for s in told}
            assert (meeting.purpose in self.looking) == (strays.next_of(meeting.strays) is not None)
        assert set(self.system) <= known

    @invariant()
    def each_can_be_drawn_and_nothing_is_offered_twice(self) -> None:
        for purpose in self.case.meetings:
            card = self.card(purpose)
            assert card.text.en
            assert card.text.zh
            forms = [b for b in card.blocks if isinstance(b, Form)]
            assert len(forms) <= 1

    @invariant()
    def a_message_is_one_meetings(self) -> None:
        cards = [m.card for m in self.case.meetings.values()]
        numbers = [m.number for m in self.case.meetings.values()]
        assert len(set(cards)) == len(cards)
        assert len(set(numbers)) == len(numbers)

    # How it is kept

    def stamp(self) -> Stamp:
        self.count += 1
        self.at += timedelta(minutes=1)
        return Stamp(EventId(f"e{self.count}"), self.at, PersonId("p"))

    def card(self, purpose: Purpose) -> Card:
        today = local_day(self.case, self.at)
        return screens.draw(PLAYBOOK, self.case, MeetingScreen(purpose), today=today)

    def give(self, event: Event) -> None:
        before = self.case
        self.case, effects = flow.reduce(PLAYBOOK, self.case, event)
        if self.case is before:
            assert not [e for e in effects if isinstance(e, SetPing | Show)]
        kinds = [e.kind for e in effects if isinstance(e, SetPing)]
        self.looking |= {p for kind in kinds if (p := strays.purpose_in(kind)) is not None}
        if isinstance(event, MeetingBooked) and event.provider != ICS and self.case is not before:
            self.booked.add(key_of(self.case.id, self.case.meetings[event.purpose]))
        for purpose in asked_for(effects):
            assert isinstance(event, MeetingWished | MeetingPressed)  # a person's press, no other
            assert purpose not in self.waiting
            asking = self.case.meetings[purpose].asking
            assert asking == "cancel" or self.case.phase != "abandoned"
            self.waiting.add(purpose)
            self.remember(self.case.meetings[purpose])

    def remember(self, meeting: Meeting) -> None:
        """A key stands for the same words whenever a meeting is to be booked under it."""
        if meeting.asking == "schedule":
            wish = Booked(meeting.topic, meeting.start, meeting.minutes)
            assert self.asked.setdefault(key_of(self.case.id, meeting), wish) == wish

    def do(self, meeting: Meeting) -> None:
        key = key_of(self.case.id, meeting)
        if meeting.by_file:
            return
        match meeting.asking:
            case "schedule":
                assert meeting.start is not None
                self.system.setdefault(key, self.asked[key])
            case "move":
                assert meeting.to is not None
                self.system[key] = Booked(meeting.topic, meeting.to, meeting.to_minutes)
            case "cancel":
                self.system.pop(key, None)
            case None:
                raise AssertionError("nothing was asked for")

    def told(self, meeting: Meeting, *, refused: bool) -> Event:
        about = (meeting.purpose, meeting.number)
        label = same("Zoom")
        if refused and not meeting.by_file:
            asking = meeting.asking or "schedule"
            return MeetingRefused(
                self.stamp(), *about, asking, "zoom", label, same("no"), unsure=True
            )
        if meeting.asking == "cancel":
            return MeetingCancelled(self.stamp(), *about)
        name = ICS if meeting.by_file else "zoom"
        return MeetingBooked(self.stamp(), *about, name, label, "r", "https://zoom.example/j/1")


def asked_for(effects: tuple[Effect, ...]) -> list[Purpose]:
    found = [purpose_in(e.kind) for e in effects if isinstance(e, SetPing)]
    return [purpose for purpose in found if purpose is not None]


Meetings.TestCase.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
TestMeetings = Meetings.TestCase
