"""A meeting is booked after a press, outside of the turn, and once for one key, whatever dies when."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.assembly.takeaways import make_meeting_file
from bot.core.approving.organisation import Member, Organisation, Organisations
from bot.core.cards.blocks import Card, Facts, Hint
from bot.core.meetings.meeting import Meeting
from bot.core.meetings.strays import WAITS
from bot.core.words import CaseId, FieldId, PersonId, TenantId, Text, same
from bot.engine import errands
from bot.engine.deliver import deliver
from bot.engine.handle import NOT_FOUND
from bot.engine.incoming import booking
from bot.engine.incoming.booking import LEASE
from bot.engine.meetings import Guest, Link, Meetings
from bot.engine.outside import (
    Busy,
    NotAllowed,
    NotFound,
    SignInRefused,
    Unreachable,
    Unreadable,
)
from bot.engine.ports import Ping
from bot.engine.tick import tick
from tests.engine.room import HERE, Room
from tests.engine.tracked import drawn_everywhere

LINK = "https://meet.example/here"
BOXES = {FieldId("day"): "2026-11-26", FieldId("time"): "11:00"}


class Killed(BaseException):
    """The process dies here."""


@dataclass
class Zoom:
    """A meeting system that keeps what it booked by its key, and dies or fails as it is told."""

    name: str = "zoom"
    label: Text = field(default_factory=lambda: same("Zoom"))
    booked: dict[str, Link] = field(default_factory=dict)
    guests: tuple[Guest, ...] = ()
    calls: list[str] = field(default_factory=list)
    before: BaseException | None = None
    after: BaseException | None = None
    door: asyncio.Event | None = None  # behind which it hangs
    knocked: asyncio.Event = field(default_factory=asyncio.Event)

    async def schedule(
        self, topic: str, start: datetime, minutes: int, people: Sequence[Guest], key: str
    ) -> Link:
        self._begin("schedule")
        assert start.tzinfo is not None
        assert topic
        assert minutes
        self.guests = tuple(people)
        number = len(self.booked) + 1
        link = Link(f"https://zoom.example/j/{number}", f"z{number}", f"{number:09}")
        link = self.booked.setdefault(key, link)
        self.knocked.set()
        if self.door is not None:
            await self.door.wait()
        self._end()
        return link

    async def move(self, ref: str, start: datetime, minutes: int) -> Link:
        self._begin(f"move {ref}")
        assert start.tzinfo is not None
        assert minutes
        self._end()
        return next(x for x in self.booked.values() if x.ref == ref)

    async def cancel(self, ref: str) -> None:
        self._begin(f"cancel {ref}")
        self._end()

    async def withdraw(self, topic: str, start: datetime, minutes: int, key: str) -> bool:
        self._begin(f"withdraw {key.rpartition('-')[2]}")
        assert start.tzinfo is not None
        assert topic
        assert minutes
        link = self.booked.pop(key, None)
        self._end()
        return link is not None

    async def close(self) -> None:
        self.calls.append("closed")

    def _begin(self, what: str) -> None:
        self.calls.append(what)
        error, self.before = self.before, None
        if error is not None:
            raise error

    def _end(self) -> None:
        error, self.after = self.after, None
        if error is not None:
            raise error


class Met(Room):
    """A room with a meeting system, and whoever schedules there."""

    def __init__(self, organisation: Organisation | None = None) -> None:
        super().__init__()
        self.zoom = Zoom()
        self.house = replace(
            self.house,
            meetings=Meetings({"zoom": self.zoom}, "zoom"),
            organisations=Organisations((organisation or Organisation(meeting_link=LINK),)),
            make_meeting_file=make_meeting_file,
            takes_files=frozenset({"slack"}),
        )

    async def planned(self) -> CaseId:
        """A case whose form was sent; nothing is booked yet."""
        id_ = await self.begin("Apollo")
        await self.click(id_, "meet/call")
        await self.click(id_, "meet_send/call", boxes=BOXES)
        return id_

    async def later(self, by: timedelta = timedelta(0)) -> None:
        """What is due is done, and what was written is sent."""
        self.clock.move(by)
        await tick(self.house)
        await self.house.meetings.idle()
        await deliver(self.house)

    async def booked(self) -> CaseId:
        id_ = await self.planned()
        await self.later()
        return id_

    async def meeting(self, id_: CaseId) -> Meeting:
        filed = await self.store.case(HERE, id_)
        assert filed is not None
        return filed.case.meetings["call"]

    def card(self) -> Card:
        return self.channel.messages[-1].card

    def facts(self) -> dict[str, str]:
        rows = [r for b in self.card().blocks if isinstance(b, Facts) for r in b.rows]
        return {row.label.en: row.value.en for row in rows}

    def hints(self) -> list[str]:
        return [b.text.en for b in self.card().blocks if isinstance(b, Hint)]


@pytest.fixture
async def room() -> AsyncIterator[Met]:
    """One whose every card Slack and Lark have drawn, and whose meeting system was hung up."""
    made = Met()
    yield made
    for message in made.channel.messages:
        drawn_everywhere(message.card)
    await made.house.meetings.close()
    assert made.zoom.calls[-1] == "closed"


async def test_nothing_is_booked_without_a_press(room: Met) -> None:
    id_ = await room.begin("Apollo")
    await room.click(id_, "meet/call")
    await room.later()
    assert room.zoom.calls == []


async def test_a_press_books_it_and_the_card_brings_the_link(room: Met) -> None:
    id_ = await room.booked()
    assert room.facts()["Join"] == "https://zoom.example/j/1"
    assert room.facts()["Number"] == "000000001"
    assert list(room.zoom.booked) == [f"{id_}-call-1"]


async def test_a_process_that_dies_after_booking_leads_to_one_meeting(room: Met) -> None:
    dead: list[object] = []
    room.zoom.after = Killed()
    id_ = await room.planned()
    asyncio.get_running_loop().set_exception_handler(lambda _, what: dead.append(what))
    await tick(room.house)
    await room.house.meetings.idle()
    assert (await room.meeting(id_)).asking == "schedule"
    await room.later(LEASE)
    assert room.zoom.calls == ["schedule", "schedule"]
    assert len(room.zoom.booked) == 1
    assert (await room.meeting(id_)).join_url == "https://zoom.example/j/1"
    await room.later(LEASE)
    assert room.zoom.calls == ["schedule", "schedule"]


async def test_two_ticks_at_once_ask_once(room: Met) -> None:
    await room.planned()
    await asyncio.gather(tick(room.house), tick(room.house))
    await room.house.meetings.idle()
    assert room.zoom.calls == ["schedule"]


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (SignInRefused(), "it does not take the key that was set up"),
        (NotAllowed(), "it does not allow this to the key that was set up"),
        (NotFound(), "the meeting is not there any more"),
        (Busy(timedelta(minutes=1)), "it asks for a pause"),
        (Unreachable(), "it does not answer"),
        (Unreadable(), "its answer could not be read"),
        (ValueError("a fault of an adapter"), "its answer could not be read"),
    ],
)
async def test_a_refusal_is_said_and_the_file_taken_instead(
    room: Met, error: Exception, why: str
) -> None:
    room.zoom.before = error
    id_ = await room.booked()
    assert room.hints()[0] == f"It could not be booked in Zoom: {why}."
    await room.click(id_, "meeting/call/1/by_file")
    await room.later()
    assert room.facts()["Join"] == LINK
    assert room.zoom.booked == {}


async def test_what_was_booked_unheard_is_cancelled_once_the_file_was_taken(room: Met) -> None:
    room.zoom.after = Unreachable()
    id_ = await room.booked()
    await room.click(id_, "meeting/call/1/by_file")
    await room.later()
    assert room.facts()["Join"] == LINK
    assert list(room.zoom.booked) == [f"{id_}-call-1"]
    await room.later(WAITS[0])
    assert room.zoom.booked == {}
    assert room.hints()[-1].endswith("had been booked in Zoom after all. It is cancelled there.")
    assert (await room.meeting(id_)).state == "booked"
    await room.later(WAITS[-1])
    assert room.zoom.calls == ["schedule", "withdraw 1"]


async def test_a_system_that_is_away_is_asked_three_times_and_then_left_to_the_owner(
    room: Met,
) -> None:
    room.zoom.after = Unreachable()
    id_ = await room.booked()
    await room.click(id_, "meeting/call/1/by_file")
    await room.later()
    for wait in WAITS:
        room.zoom.before = Unreachable()
        await room.later(wait)
    assert "Please look there" in room.hints()[-1]
    await room.later(WAITS[-1])
    assert room.zoom.calls == ["schedule", *["withdraw 1"] * len(WAITS)]


async def test_what_stands_in_a_system_that_is_not_set_up_any_more_is_left_to_the_owner(
    room: Met,
) -> None:
    room.zoom.after = Unreachable()
    id_ = await room.booked()
    await room.click(id_, "meeting/call/1/by_file")
    await room.later()
    there = room.house.meetings
    room.house = replace(room.house, meetings=Meetings({}, "ics"))
    for wait in WAITS:
        await room.later(wait)
    assert "Please look there" in room.hints()[-1]
    room.house = replace(room.house, meetings=there)


async def test_a_look_for_which_there_is_nothing_any_more_asks_nobody(room: Met) -> None:
    id_ = await room.booked()
    async with room.store.turn(HERE) as turn:
        await turn.set_ping(Ping(HERE, id_, "stray:call", room.clock()))
        await turn.set_ping(Ping(HERE, id_, "stray:follow_up", room.clock()))
    await room.later()
    assert room.zoom.calls == ["schedule"]
    assert await room.store.pings(room.clock()) == ()


async def test_a_process_that_dies_while_it_cancels_what_nobody_needs_is_followed(
    room: Met,
) -> None:
    room.zoom.after = Unreachable()
    id_ = await room.booked()
    await room.click(id_, "meeting/call/1/by_file")
    await room.later()
    room.zoom.after = Killed()
    asyncio.get_running_loop().set_exception_handler(lambda _, what: None)
    await room.later(WAITS[0])
    assert (await room.meeting(id_)).strays[0].became == ""
    await room.later(LEASE)
    await room.later(WAITS[1])
    assert (await room.meeting(id_)).strays[0].became == "nothing"
    assert room.zoom.booked == {}


async def test_it_is_moved_and_cancelled_where_it_stands(room: Met) -> None:
    id_ = await room.booked()
    await room.click(id_, "meeting/call/1/move")
    await room.click(id_, "meet_send/call", boxes={FieldId("day"): "2026-11-27"})
    await room.later()
    assert room.facts()["When"].startswith("Fri 27 Nov 2026, 11:00")
    await room.click(id_, "meeting/call/1/cancel")
    await room.click(id_, "meeting/call/1/yes")
    await room.later()
    assert room.zoom.calls == ["schedule", "move z1", "cancel z1"]
    assert (await room.meeting(id_)).state == "cancelled"


async def test_the_guests_are_those_who_were_named(room: Met) -> None:
    id_ = await room.begin("Apollo")
    await room.click(id_, "meet/call")
    people = {FieldId("people"): "bo@customer.example, ida@customer.example"}
    await room.click(id_, "meet_send/call", boxes={**BOXES, **people})
    await room.later()
    assert [g.email for g in room.zoom.guests] == ["bo@customer.example", "ida@customer.example"]


async def test_a_case_that_was_given_up_can_still_have_its_meeting_cancelled(room: Met) -> None:
    id_ = await room.booked()
    await room.click(id_, "abandon")
    await room.click(id_, "meeting/call/1/yes")
    await room.later()
    assert room.zoom.calls[-1] == "cancel z1"
    assert (await room.meeting(id_)).state == "cancelled"


async def test_nobody_else_may_touch_it(room: Met) -> None:
    id_ = await room.booked()
    await room.click(id_, "meeting/call/1/cancel", envelope=room.envelope("eve"))
    assert (await room.meeting(id_)).offer == ""


async def test_another_tenant_neither_sees_nor_touches_it(room: Met) -> None:
    id_ = await room.booked()
    there = TenantId("there")
    for action in ("meeting/call/1/cancel", "meet/call", "case_file/call.ics"):
        reply = await room.click(id_, action, envelope=room.envelope(tenant=there))
        assert reply.toast == NOT_FOUND
        assert reply.file is None
    await room.later()
    assert (await room.meeting(id_)).offer == ""
    assert room.zoom.calls == ["schedule"]


@pytest.mark.parametrize(
    ("organisation", "provider"),
    [
        (Organisation(meeting_link=LINK, meetings="ics"), "ics"),
        (Organisation(meeting_link=LINK, meetings="zoom"), "zoom"),
        (Organisation(meeting_link=LINK), "zoom"),
        (Organisation(meeting_link=LINK, meetings="lark_event"), "ics"),  # nobody here is on Lark
    ],
)
async def test_a_tenant_names_its_own_meeting_system(
    organisation: Organisation, provider: str
) -> None:
    room = Met(organisation)
    id_ = await room.booked()
    assert (await room.meeting(id_)).provider == provider


async def test_whom_the_house_is_not_for_keeps_the_date_with_a_calendar_file(room: Met) -> None:
    theirs = Meetings({"zoom": room.zoom}, "zoom", is_ours=lambda tenant: tenant != HERE)
    room.house = replace(room.house, meetings=theirs)
    id_ = await room.booked()
    assert (await room.meeting(id_)).provider == "ics"
    assert room.zoom.calls == []


async def test_one_that_is_not_set_up_says_so() -> None:
    room = Met(Organisation(meetings="tencent"))
    await room.booked()
    assert room.hints()[0] == "It could not be booked in tencent: it is not set up here."


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "meet.example", ""])
async def test_only_a_web_address_is_a_link(link: str) -> None:
    room = Met(Organisation(meeting_link=link, meetings="ics"))
    id_ = await room.booked()
    assert (await room.meeting(id_)).join_url == ""
    assert "No meeting link is set up here: say yourself where you meet." in room.hints()


async def test_the_calendar_file_is_taken_from_the_card(room: Met) -> None:
    id_ = await room.booked()
    reply = await room.click(id_, "case_file/call.ics")
    assert reply.file is not None
    assert b"UID:" + f"{id_}-call-1@candor".encode() in reply.file.content
    assert b"URL:https://zoom.example/j/1" in reply.file.content


async def test_the_owner_is_asked_to_come_as_well(room: Met) -> None:
    people = (Member(PersonId("anna"), "Anna Rao", "anna@here.example"),)
    known = Organisation(people=people, meeting_link=LINK)
    room.house = replace(room.house, organisations=Organisations((known,)))
    await room.booked()
    assert room.zoom.guests == (Guest("Anna Rao", "anna@here.example"),)


async def test_a_system_that_hangs_is_given_up(room: Met, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booking, "LONGEST", 0.0)
    room.zoom.door = asyncio.Event()
    id_ = await room.booked()
    assert room.hints()[0] == "It could not be booked in Zoom: it does not answer."
    assert (await room.meeting(id_)).unsure


async def test_what_was_settled_meanwhile_is_not_asked_again(room: Met) -> None:
    id_ = await room.booked()
    async with room.store.turn(HERE) as turn:
        await turn.set_ping(Ping(HERE, id_, "meeting:call", room.clock()))
    await room.later()
    assert room.zoom.calls == ["schedule"]
    assert [p.kind for p in await room.store.pings(room.clock())] == []


async def test_one_that_waited_long_for_its_turn_is_leased_anew(room: Met) -> None:
    id_ = await room.planned()
    await tick(room.house)
    room.clock.move(LEASE)
    await room.house.meetings.idle()
    assert room.zoom.calls == ["schedule"]
    assert (await room.meeting(id_)).state == "booked"


async def test_what_is_under_way_when_the_house_closes_is_booked_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(errands, "GRACE", 0.0)
    room = Met()
    room.zoom.door = asyncio.Event()
    id_ = await room.planned()
    await tick(room.house)
    await asyncio.wait_for(room.zoom.knocked.wait(), 30)
    await room.house.meetings.close()
    room.zoom.door.set()
    room.house = replace(room.house, meetings=Meetings({"zoom": room.zoom}, "zoom"))
    await room.later(LEASE)
    assert (await room.meeting(id_)).state == "booked"
    assert len(room.zoom.booked) == 1
