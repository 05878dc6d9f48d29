"""A meeting of a case: planned, booked, moved, cancelled, and asked about when its ping goes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core import actions
from bot.core.actions import Click
from bot.core.approving.events import SendAsked
from bot.core.approving.release import Surroundings
from bot.core.cards import screens
from bot.core.cards.blocks import Action, Buttons, Card, Fact, Facts, Form, Hint, Link
from bot.core.cards.follow_cards import agenda_card
from bot.core.case import TextValue, Variant, text_of
from bot.core.dialogue.scalars import local_day
from bot.core.effects import MeetingScreen, NoticeScreen, SetPing
from bot.core.events import Abandoned, Submitted
from bot.core.following.digest import lines
from bot.core.following.events import Closed
from bot.core.meetings.events import MeetingBooked, MeetingCancelled, MeetingRefused, Pressed
from bot.core.meetings.meeting import Meeting, Purpose, key_of, purpose_of
from bot.core.meetings.telling import UPDATE_MEETING
from bot.core.message import claims, draft
from bot.core.message.draft import working_calendar
from bot.core.message.facts import facts
from bot.core.pings.kinds import Anchor, Press
from bot.core.words import FieldId, Text, same
from tests.core.followed import Followed

LINK = "https://meet.example/anna"
ZOOM = same("Zoom")
LONDON = ZoneInfo("Europe/London")
WHY = Text(en="it does not answer", zh="它没有回应")


class Meets(Followed):
    """An owner who schedules meetings, and the meeting system that answers."""

    def open(self, purpose: Purpose = "call") -> "Meets":
        self.act(Action("meet", purpose))
        return self

    def send(self, purpose: Purpose = "call", **boxes: str) -> "Meets":
        """The form, with these boxes changed."""
        click = Click(self.case.revision, {FieldId(k): v for k, v in boxes.items()})
        event = actions.event(self.stamp(), Action("meet_send", purpose), click)
        assert event is not None
        self.give(event)
        return self

    def fill(self, boxes: Mapping[str, str]) -> "Meets":
        """The form of the open step."""
        raw = {FieldId(k): v for k, v in boxes.items()}
        self.give(Submitted(self.stamp(), raw, self.case.revision))
        return self

    def tap(self, what: Pressed, purpose: Purpose = "call") -> "Meets":
        number = self.case.meetings[purpose].number
        self.act(Action("meeting", f"{purpose}/{number}/{what}"))
        return self

    def done(self, purpose: Purpose = "call", provider: str = "zoom", code: str = "") -> "Meets":
        """The meeting system has done what it was asked for."""
        meeting = self.case.meetings[purpose]
        about = (meeting.purpose, meeting.number)
        if meeting.asking == "cancel":
            self.give(MeetingCancelled(self.stamp(), *about))
        else:
            booked = MeetingBooked(
                self.stamp(), *about, provider, ZOOM, "r1", LINK, code, takes_files=True
            )
            self.give(booked)
        self.alarms.pop(meeting.alarm, None)
        return self

    def refused(self, purpose: Purpose = "call", *, unsure: bool = False) -> "Meets":
        meeting = self.case.meetings[purpose]
        assert meeting.asking is not None
        about = (meeting.purpose, meeting.number, meeting.asking)
        self.give(MeetingRefused(self.stamp(), *about, "zoom", ZOOM, WHY, unsure=unsure))
        return self

    def booked(self, purpose: Purpose = "call", **boxes: str) -> "Meets":
        return self.open(purpose).send(purpose, **boxes).done(purpose)

    def meeting(self, purpose: Purpose = "call") -> Meeting:
        return self.case.meetings[purpose]

    def shown(self, purpose: Purpose = "call") -> Card:
        today = local_day(self.case, self.at)
        return screens.draw(self.playbook, self.case, MeetingScreen(purpose), today=today)

    def labels(self, purpose: Purpose = "call") -> list[str]:
        blocks = self.shown(purpose).blocks
        return [b.label.en for x in blocks if isinstance(x, Buttons) for b in x.buttons]

    def hints(self, purpose: Purpose = "call") -> list[str]:
        return [b.text.en for b in self.shown(purpose).blocks if isinstance(b, Hint)]

    def facts(self, purpose: Purpose = "call") -> dict[str, str]:
        rows: list[Fact] = []
        for block in self.shown(purpose).blocks:
            rows += block.rows if isinstance(block, Facts) else ()
        return {row.label.en: row.value.en for row in rows}

    def form(self, purpose: Purpose = "call") -> Form:
        found = [b for b in self.shown(purpose).blocks if isinstance(b, Form)]
        assert found, self.hints(purpose)
        return found[0]

    def problems(self, purpose: Purpose = "call") -> dict[str, str]:
        return {b.field: b.problem.en for b in self.form(purpose).boxes if b.problem}


def asks(case: Meets) -> bool:
    """Whether a meeting system is asked by what just happened."""
    return any(isinstance(e, SetPing) and e.kind == "meeting:call" for e in case.effects)


def test_the_form_is_filled_and_books_nothing() -> None:
    case = Meets().open()
    values = {b.field: b.value for b in case.form().boxes}
    assert values["topic"] == f"A call about {text_of(case.case, 'project')}"
    assert (values["day"], values["time"], values["minutes"]) == ("2026-05-19", "09:30", "30")
    assert not asks(case)
    assert case.meeting().state == "planned"


def test_the_press_asks_the_meeting_system_and_the_card_shows_the_link() -> None:
    case = Meets().open().send(day="2026-05-20", time="14:00")
    assert asks(case)
    assert case.hints() == ["Booking …"]
    case.done(code="987 654")
    assert case.facts()["When"] == "Wed 20 May 2026, 14:00 (Europe/London), 30 minutes"
    assert (case.facts()["Join"], case.facts()["Number"]) == (LINK, "987 654")
    assert case.labels() == ["Move", "Cancel the meeting", "ICS file"]


def test_two_presses_ask_once() -> None:
    case = Meets().open().send()
    before = case.case
    case.send()
    assert not asks(case)
    assert case.case is before


@pytest.mark.parametrize(
    ("boxes", "wrong"),
    [
        ({"day": "someday"}, "day"),
        ({"day": "2026-05-01"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"time": "soon"}, "time"),
        ({"day": "2026-05-18", "time": "09:00"}, "time"),
        ({"minutes": "3"}, "minutes"),
        ({"minutes": "many"}, "minutes"),
        ({"people": "Bob"}, "people"),
        ({"topic": " "}, "topic"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_box(boxes: dict[str, str], wrong: str) -> None:
    case = Meets().open().send("call", **boxes)
    assert list(case.problems()) == [wrong]
    assert not asks(case)
    values = {b.field: b.value for b in case.form().boxes}
    assert values[wrong] == boxes[wrong]


@pytest.mark.parametrize(
    ("words", "hour", "minute"),
    [
        ("14:30", 14, 30), ("14.30", 14, 30), ("2 pm", 14, 0), ("9:05 a.m.", 9, 5),
        ("12 am", 0, 0), ("下午2点半", 14, 30), ("4点", 16, 0), ("3点半", 15, 30), ("早上6点", 6, 0), ("9点", 9, 0), ("上午9点", 9, 0), ("14：30", 14, 30),
        ("14时", 14, 0), ("下午3点20分", 15, 20),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(words: str, hour: int, minute: int) -> None:
    case = Meets().open().send(day="2026-05-20", time=words)
    if case.meeting().asking is None:
        case.send(day="2026-05-20", time=words)  # outside of hours: it is meant so
    assert case.meeting().start == datetime(2026, 5, 20, hour, minute, tzinfo=LONDON)


def test_a_day_that_is_no_working_day_is_said_once_and_may_be_meant() -> None:
    case = Meets().open().send(day="2026-05-23", time="20:00")
    assert not asks(case)
    assert "Sat 23 May 2026 is no working day for you." in case.hints()[0]
    assert "20:00 is outside of working hours." in case.hints()[0]
    assert case.form().submit.en == "Book it all the same"
    case.send(day="2026-05-23", time="20:00")
    assert asks(case)


def test_a_double_click_does_not_pass_over_what_was_said() -> None:
    case = Meets().open()
    action = case.form().action
    boxes: Mapping[FieldId, str] = {FieldId("day"): "2026-05-23", FieldId("time"): "20:00"}
    for _ in range(2):
        event = actions.event(case.stamp(), action, Click(case.case.revision, boxes))
        assert event is not None
        case.give(event)
    assert not asks(case)
    assert case.toasts == ["That is settled already. Nothing changed."]
    assert case.form().submit.en == "Book it all the same"


def test_the_hour_at_the_customers_place_is_said() -> None:
    case = Meets()
    case.case = replace(
        case.case, surroundings=Surroundings(zone="America/New_York", calendar="US")
    )
    case.open().send(day="2026-05-25", time="10:00")
    assert "is no working day for" in case.hints()[0]  # Memorial Day, and a bank holiday here
    assert "it is 05:00 then" in case.hints()[0]


def test_the_time_is_told_by_both_clocks() -> None:
    case = Meets()
    case.case = replace(case.case, surroundings=Surroundings(zone="Asia/Shanghai", calendar="CN"))
    case.booked(day="2026-05-20", time="09:00")
    assert case.facts()["Their clock"] == "Wed 20 May 2026, 16:00"


def test_it_is_moved_by_the_form_and_its_file_is_a_later_one() -> None:
    case = Meets().booked(day="2026-05-20", time="14:00").tap("move")
    assert [b.field for b in case.form().boxes] == ["day", "time", "minutes"]
    case.send(day="2026-05-21", time="15:00", minutes="45")
    assert case.meeting().start == datetime(2026, 5, 20, 13, tzinfo=UTC)  # until it is done
    case.done()
    assert case.facts()["When"] == "Thu 21 May 2026, 15:00 (Europe/London), 45 minutes"
    assert case.meeting().sequence == 1


def test_cancelling_is_asked_first() -> None:
    case = Meets().booked().tap("cancel")
    assert not asks(case)
    assert case.labels() == ["Cancel the meeting", "Keep it"]
    case.tap("yes")
    assert asks(case)
    case.done()
    assert (case.meeting().state, case.meeting().sequence) == ("cancelled", 1)
    assert case.labels() == ["ICS file", "Schedule another"]


def test_keeping_it_changes_nothing() -> None:
    case = Meets().booked().tap("cancel").tap("no")
    assert case.labels() == ["Move", "Cancel the meeting", "ICS file"]


def test_a_refusal_is_said_and_the_file_offered_instead() -> None:
    case = Meets().open().send().refused(unsure=True)
    assert case.hints()[0] == "It could not be booked in Zoom: it does not answer."
    assert "books nothing twice" in case.hints()[1]
    assert case.labels() == ["Try again", "Use a calendar file", "Change it"]
    key = key_of(case.case.id, case.meeting())
    case.tap("again")
    assert asks(case)
    assert key_of(case.case.id, case.meeting()) == key
    case.refused().tap("by_file")
    assert case.meeting().by_file
    case.done(provider="ics")
    assert "The date is kept here. Send the calendar file to whoever should come." in case.hints()


def test_a_later_no_takes_nothing_back_from_what_may_have_been_done() -> None:
    case = Meets().open().send().refused(unsure=True).tap("again").refused()
    assert case.hints()[0] == "It could not be booked in Zoom: it does not answer."
    assert "books nothing twice" in case.hints()[1]
    assert not case.tap("again").done().meeting().unsure


def test_where_a_move_may_have_been_made_the_old_time_is_not_said_to_stand() -> None:
    case = Meets().booked(day="2026-05-20", time="14:00").tap("move")
    case.send(day="2026-05-21").refused(unsure=True)
    assert case.hints()[0] == "It could not be moved in Zoom: it does not answer."
    assert "may have been done" in case.hints()[1]


def test_a_second_press_on_what_has_passed_changes_nothing_more() -> None:
    case = Meets().open().send(day="2026-05-20", time="14:00").refused()
    case.until(date(2026, 5, 21))
    case.tap("again")
    before = case.case
    assert case.tap("again").case is before


def test_other_words_after_a_refusal_are_another_meeting() -> None:
    case = Meets().open().send().refused(unsure=True)
    key = key_of(case.case.id, case.meeting())
    case.tap("change").send(day="2026-05-27")
    assert key_of(case.case.id, case.meeting()) != key


def test_a_refused_move_leaves_the_old_time() -> None:
    case = Meets().booked(day="2026-05-20", time="14:00").tap("move")
    case.send(day="2026-05-21").refused()
    assert case.hints()[0].endswith("The old time stands.")
    assert case.facts()["When"].startswith("Wed 20 May 2026, 14:00")
    assert case.tap("again").done().facts()["When"].startswith("Thu 21 May 2026")


@pytest.mark.parametrize("change", ["move", "cancel"])
def test_what_may_have_been_done_is_not_said_to_stand(change: Pressed) -> None:
    case = Meets().booked().tap(change)
    case = case.send(day="2026-05-21") if change == "move" else case.tap("yes")
    said = " ".join(case.refused(unsure=True).hints())
    assert "It may have been done all the same" in said
    assert "stands" not in said


def test_a_cancelled_one_shows_no_way_in() -> None:
    case = Meets().open().send().done(code="987 654").tap("cancel").tap("yes").done()
    assert not {"Join", "Number"} & set(case.facts())


def test_a_late_word_of_a_meeting_system_changes_nothing() -> None:
    case = Meets().booked()
    before = case.case
    case.give(MeetingBooked(case.stamp(), "call", 1, "zoom", ZOOM, "r2", "https://other.example"))
    assert case.case is before


def test_opening_it_again_shows_the_one_that_stands() -> None:
    case = Meets().booked().open()
    assert case.meeting().number == 1
    assert case.labels() == ["Move", "Cancel the meeting", "ICS file"]
    assert case.shows[-1].slot == "meeting:2"


def test_one_that_is_over_makes_room_for_another() -> None:
    case = Meets().booked(day="2026-05-19", time="10:00")
    case.at = datetime(2026, 5, 22, 9, tzinfo=UTC)
    assert case.open().meeting().number == 2


def told() -> Meets:
    found = Meets()
    found.tell()
    return found


def follow_up() -> tuple[Meets, str]:
    """A meeting on the first regular update's ping, some days ahead."""
    case, key = told(), "next_update/0"
    case.press(key, "meet", "follow_up")
    day = case.reminder(key).day.isoformat()
    case.send("follow_up", day=day, time="14:00").done("follow_up")
    return case, key


def test_a_follow_up_is_proposed_on_the_day_of_its_ping() -> None:
    case = told()
    case.press("next_update/0", "meet", "follow_up")
    values = {b.field: b.value for b in case.form("follow_up").boxes}
    assert values["day"] == case.reminder("next_update/0").day.isoformat()


def test_a_ping_that_is_put_off_offers_to_move_the_meeting_by_one_press() -> None:
    case, key = follow_up()
    start = case.meeting("follow_up").start
    assert start is not None
    case.until(case.reminder(key).day)
    case.at = case.reminder(key).asked[0]
    case.press(key, "snooze", "date", f"{start.date().replace(day=start.day + 3):%Y-%m-%d}")
    assert case.meeting("follow_up").start == start
    assert case.labels("follow_up")[1] == "Keep it"
    case.tap("yes", "follow_up").done("follow_up")
    moved = case.meeting("follow_up").start
    assert moved is not None
    assert moved > start
    assert moved.time() == start.time()


def test_a_ping_that_is_stopped_asks_whether_the_meeting_goes_as_well() -> None:
    case, key = follow_up()
    case.press(key, "stop", "because", "They do not want it.")
    assert case.meeting("follow_up").state == "booked"
    assert case.hints("follow_up")[0].startswith("This is not followed up any more.")
    case.tap("yes", "follow_up").done("follow_up")
    assert case.meeting("follow_up").state == "cancelled"


def test_a_customer_who_is_heard_again_ends_no_meeting() -> None:
    case = told()
    case.press("customer_silent/0", "meet", "follow_up")
    case.send("follow_up", day="2026-05-28", time="14:00").done("follow_up")
    case.press("customer_silent/0", "stop", "because", "They wrote.")
    assert case.meeting("follow_up").ping is None
    assert case.meeting("follow_up").offer == ""


def test_closing_the_case_offers_to_cancel_what_is_ahead() -> None:
    case, _ = follow_up()
    case.give(Closed(case.stamp(), anyway=True))
    assert case.meeting("follow_up").offer == "cancel"
    case.tap("yes", "follow_up").done("follow_up")
    assert case.meeting("follow_up").state == "cancelled"


def test_of_a_case_that_is_given_up_the_meeting_can_still_be_cancelled() -> None:
    case = Meets().booked()
    case.give(Abandoned(case.stamp()))
    assert case.meeting().offer == "cancel"
    case.open().tap("yes").done()
    assert case.meeting().state == "cancelled"
    before = case.case
    case.open().send()
    assert case.case is before


def test_a_booked_meeting_opens_from_its_card_until_it_is_cancelled() -> None:
    case = Meets().booked()
    assert [b.url for b in case.shown().blocks if isinstance(b, Link)] == [LINK]
    case.tap("cancel").tap("yes").done()
    assert case.meeting().state == "cancelled"
    assert [b for b in case.shown().blocks if isinstance(b, Link)] == []


def test_on_its_day_the_owner_is_reminded_with_the_way_in() -> None:
    case = Meets().booked(day="2026-05-20", time="14:00")
    case.until(date(2026, 5, 20))
    key = "meeting_today/1"
    assert [at.date() for at, k in case.asked if k == key] == [date(2026, 5, 20)]
    case.at = datetime(2026, 5, 20, 9, tzinfo=UTC)
    ways = [b.url for b in case.card(key).blocks if isinstance(b, Link)]
    assert ways == [LINK]


def test_the_day_before_it_stands_in_the_digest() -> None:
    case = Meets().booked(day="2026-05-20", time="14:00", topic="A call about Hall 4")
    day = next(d for d in case.playbook.pings.digests if d.id == "day")
    found = lines(day, [case.case], today=date(2026, 5, 19), days=working_calendar(case.case))
    assert [(x.day, x.words.en) for x in found] == [
        (date(2026, 5, 20), "meeting: A call about Hall 4")
    ]


def test_nobody_is_asked_about_it_when_it_is_over() -> None:
    case = Meets().booked(day="2026-05-20", time="14:00").until(date(2026, 6, 10))
    assert [k for _, k in case.asked].count("meeting_today/1") == 1
    assert case.reminder("meeting_today/1").state == "lapsed"


def test_one_that_moves_is_told_on_its_new_day() -> None:
    case = Meets().booked(day="2026-05-20", time="14:00").tap("move")
    case.send(day="2026-05-22").done().until(date(2026, 5, 22))
    assert [at.date() for at, k in case.asked if k == "meeting_today/1"] == [date(2026, 5, 22)]


def test_one_for_the_same_day_is_no_news() -> None:
    case = Meets().booked(day="2026-05-18", time="16:00")
    assert "meeting_today/1" not in case.case.reminders


def with_the_meeting() -> Meets:
    """The first update is written, with the meeting that was scheduled on its ping."""
    case = told()
    case.press("next_update/0", "meet", "follow_up")
    case.send("follow_up", day="2026-05-26", time="14:00").done("follow_up")
    case.press("next_update/0", "write")
    meeting = case.case.offers[UPDATE_MEETING]
    assert isinstance(meeting.value, TextValue)
    assert meeting.origin.en == "the meeting you scheduled"
    boxes = {"update_state": "quiet", "update_meeting": meeting.value.text}
    boxes |= {"update_next": "2026-05-29"}
    return case.fill(boxes)


def test_the_update_carries_the_meeting_as_a_claim_that_is_traced() -> None:
    case = with_the_meeting()
    today = local_day(case.case, case.at)
    variant = Variant("email", "day_to_day", "en", update=1)
    made = draft.assemble(case.playbook, case.case, variant, today=today)
    said = f"We meet: Tuesday 26 May at 14:00 (Europe/London), {LINK}"
    assert said in made.text
    ledger = claims.check(made.text, facts(case.playbook, case.case, today=today), draft=made)
    assert [(e.verdict, e.claim.text) for e in ledger.flagged] == []
    (line,) = [x for x in made.sentences if x.text.startswith("We meet")]
    assert UPDATE_MEETING in line.answers


@pytest.mark.parametrize("change", ["move", "cancel"])
def test_a_meeting_that_changes_is_looked_at_again_in_the_update(change: Pressed) -> None:
    case = with_the_meeting()
    assert UPDATE_MEETING not in case.case.stale
    case.tap(change, "follow_up")
    if change == "move":
        case.send("follow_up", day="2026-05-27").done("follow_up")
    else:
        case.tap("yes", "follow_up").done("follow_up")
    assert UPDATE_MEETING in case.case.stale


def on_its_way(case: Meets) -> Meets:
    """The update leaves later, in the chat with the customer."""
    case.fill({"update_decision": "", "update_decide_by": ""})
    case.give(SendAsked(case.stamp(), case.agreed("chat"), later=True))
    assert case.case.outgoing is not None
    assert case.case.outgoing.state == "waiting"
    return case


@pytest.mark.parametrize("change", ["move", "cancel"])
def test_an_update_on_its_way_never_tells_of_a_meeting_as_it_was(change: Pressed) -> None:
    case = on_its_way(with_the_meeting())
    case.tap(change, "follow_up")
    if change == "move":
        case.send("follow_up", day="2026-05-27").done("follow_up")
    else:
        case.tap("yes", "follow_up").done("follow_up")
    assert case.case.outgoing is None
    assert "send" not in case.alarms
    notes = [s.screen.text for s in case.shows if isinstance(s.screen, NoticeScreen)]
    assert "names it as it was" in notes[-1].en


def test_an_update_on_its_way_stays_so_where_its_meeting_does() -> None:
    case = on_its_way(with_the_meeting()).tap("move", "follow_up")
    case.send("follow_up", day="2026-05-27").refused("follow_up")
    assert case.case.outgoing is not None


def test_the_words_stand_in_both_languages() -> None:
    card = Meets().booked().shown()
    assert card.text.zh.startswith("和")


def test_what_was_refused_is_not_booked_for_a_moment_that_has_passed() -> None:
    case = Meets().open().send(day="2026-05-19", time="10:00").refused()
    case.at = datetime(2026, 5, 20, 9, tzinfo=UTC)
    case.tap("again")
    assert not asks(case)
    assert case.form().boxes[1].value == "2026-05-19"


def test_of_a_case_that_is_over_nothing_is_booked_again() -> None:
    case = Meets().open().send().refused()
    case.give(Abandoned(case.stamp()))
    before = case.case
    over: tuple[Pressed, ...] = ("again", "by_file", "change")
    for what in over:
        case.tap(what)
    assert case.case is before
    assert case.labels() == []


@pytest.mark.parametrize("what", ["yes", "no", "again", "by_file", "cancel", "back"])
def test_a_button_that_stands_no_more_changes_nothing(what: Pressed) -> None:
    case = Meets().open().send().refused().tap("change").tap("back").tap("again").done()
    case.tap("cancel").tap("yes").done()
    before = case.case
    case.tap(what)
    assert case.case is before
    assert case.toasts == ["That is settled already. Nothing changed."]


def test_a_meeting_of_another_number_is_not_touched() -> None:
    case = Meets().booked()
    case.act(Action("meeting", "call/7/cancel"))
    assert case.meeting().offer == ""


@pytest.mark.parametrize("argument", ["meet/lunch", "meeting/call/1/dance", "meeting/call/x/move"])
def test_an_argument_that_is_off_is_no_event(argument: str) -> None:
    case = Meets()
    name, _, rest = argument.partition("/")
    assert actions.event(case.stamp(), Action(name, rest), Click()) is None


@pytest.mark.parametrize(
    ("anchor", "buttons", "purpose"),
    [
        ("recovered", ("retrospective", "done"), "retrospective"),
        ("recovered", ("agenda", "done"), "customer_meeting"),
        ("next_update", ("write", "done"), "follow_up"),
        ("silence", ("feedback", "stop"), "follow_up"),
    ],
)
def test_a_ping_knows_what_its_meeting_is_for(
    anchor: Anchor, buttons: tuple[Press, ...], purpose: Purpose
) -> None:
    assert purpose_of(anchor, buttons) == purpose


@pytest.mark.parametrize("purpose", ["retrospective", "customer_meeting"])
def test_the_agenda_schedules_its_meeting_for_its_minutes(purpose: Purpose) -> None:
    case = told()
    card = agenda_card(case.playbook, case.case, purpose)
    (action,) = [
        b.action for x in card.blocks if isinstance(x, Buttons) for b in x.buttons
        if b.label.en == "Schedule a meeting"
    ]  # fmt: skip
    case.act(action)
    agenda = next(a for a in case.playbook.agendas if a.id == purpose)
    minutes = {b.field: b.value for b in case.form(purpose).boxes}["minutes"]
    assert minutes == str(sum(p.minutes for p in agenda.parts))
    case.send(purpose).done(purpose)
    card = agenda_card(case.playbook, case.case, purpose)
    labels = [b.label.en for x in card.blocks if isinstance(x, Buttons) for b in x.buttons]
    assert "The meeting" in labels


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("lark_event", "Zoom sends the invitations."),
        ("tencent", "Zoom sends no invitations: give the link to whoever should come."),
    ],
)
def test_who_writes_to_the_people_is_said(provider: str, said: str) -> None:
    case = Meets().open().send(people="bo@acme.example").done(provider=provider)
    assert said in case.hints()


def test_where_no_calendar_is_known_only_weekends_are_days_off() -> None:
    case = Meets()
    case.case = replace(case.case, surroundings=Surroundings(zone="Europe/Paris", calendar="XX"))
    case.open().send(day="2026-05-23", time="10:00")
    assert "is no working day for " in case.hints()[0].partition("for you.")[2]


def test_a_card_without_its_meeting_is_its_title() -> None:
    assert Meets().shown().text.en.startswith("Call with ")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("45", 45), ("半小时", 30), ("一个半小时", 90), ("40分钟", 40), ("1.5小时", 90), ("half an hour", 30),
     ("1 hour", 60), ("30 min", 30)],
)  # fmt: skip
def test_how_long_it_is_can_be_said_in_words(typed: str, minutes: int) -> None:
    meets = Meets()
    meets.tell()
    meets.open().send(day="2026-05-26", time="14:30", minutes=typed)
    assert meets.case.meetings["call"].minutes == minutes


@pytest.mark.parametrize("typed", ["0", "1.5", "a while", "9小时", "半天", ""])
def test_a_length_that_none_can_have_is_asked_for_again(typed: str) -> None:
    meets = Meets()
    meets.tell()
    meets.open().send(day="2026-05-26", time="14:30", minutes=typed)
    assert meets.case.meetings["call"].asking != "schedule"
