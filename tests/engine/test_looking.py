"""Looks over many cases by command: one's own follow-ups, lessons of all, a month's report."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import pytest

from bot.core.approving.organisation import Organisation, Organisations
from bot.core.following.wording import FOLLOW
from bot.core.lessons.lesson import Lesson
from bot.core.pings.reminder import Key
from bot.core.reports.report import Report
from bot.core.words import CaseId, EventId, FieldId, Language, PersonId, TenantId, Text
from bot.engine.inbound import Reply
from bot.engine.papers import File, ReportKind
from bot.engine.ports import CASES_REPORTED, Filed
from bot.papers import meetings, report
from bot.store.memory.store import MemoryStore
from tests.engine.room import HERE, Room
from tests.engine.test_reminding import TUESDAY, follow, run, stored

ANNA, BEN = PersonId("anna"), PersonId("ben")


def words(reply: Reply) -> str:
    (card,) = reply.cards
    return str(card)


async def say(room: Room, line: str, person: str = "anna") -> str:
    reply = await room.command(line, room.envelope(person))
    return words(await reply.later() if reply.later is not None else reply)


async def test_followups_show_what_waits_and_can_be_answered_there(room: Room) -> None:
    first = await follow(room, "c1")
    assert "Still to come" in await say(room, "followups")
    room.clock.at = TUESDAY
    await run(room)
    assert "1 wait for your answer" in await say(room, "followups")
    await room.click(None, f"ping/{first}/milestone_check/1/done/", envelope=room.envelope("anna"))
    assert (await stored(room, first)).reminders[Key("milestone_check/1")].answer == "done"
    assert "0 wait for your answer" in await say(room, "followups")


async def test_whoever_wanted_no_reminders_reads_why_none_comes(room: Room) -> None:
    await follow(room, "c1")
    await say(room, "pings off I keep my own list")
    assert "as you wished: I keep my own list." in await say(room, "followups")
    assert "I keep my own list" in await say(room, "pings")
    kept = await room.store.entries(HERE, None)
    assert any("pings off I keep my own list" in entry.body for entry in kept)
    await say(room, "pings on")
    assert "as you wished" not in await say(room, "followups")


async def test_the_little_form_keeps_its_reason_in_the_log(room: Room) -> None:
    await follow(room, "c1")
    assert "No reminders at all: why?" in await say(room, "pings off")
    boxes = {FieldId("never"): "They call me each day"}
    await room.click(None, "settle", envelope=room.envelope("anna"), boxes=boxes)
    assert "as you wished: They call me each day." in await say(room, "followups")
    kept = await room.store.entries(HERE, None)
    assert any("They call me each day" in entry.body for entry in kept)


async def test_somebody_without_cases_is_told_what_will_stand_there(room: Room) -> None:
    await follow(room, "c1")
    assert "Nothing is followed up." in await say(room, "followups", "ben")


async def test_lessons_of_the_whole_house_are_found(room: Room) -> None:
    lesson = Lesson("l1", "en", "A pump leaks", "Test it under load", category="technical")
    async with room.store.turn(HERE) as turn:
        await turn.keep_lesson(lesson)
    assert "Test it under load" in await say(room, "lessons leaking pump", "ben")
    assert "No lesson was kept" in await say(room, "lessons castings", "ben")


class Large(MemoryStore):
    """A tenant with thousands of cases; somebody else has a turn while they are read."""

    reads = 0

    async def cases_of_all(self, tenant: TenantId) -> tuple[Filed, ...]:
        """Count, wait for them, then give one case many times over."""
        self.reads += 1
        async with asyncio.timeout(5), self.turn(HERE) as turn:
            assert await turn.take_in(EventId("of somebody else"), TUESDAY)
        (filed,) = await super().cases_of_all(tenant)
        many = (replace(filed.case, id=CaseId(f"c{n}")) for n in range(CASES_REPORTED))
        return tuple(replace(filed, case=case) for case in many)


@pytest.fixture
async def office() -> Room:
    """A house in which Anna sees the cases of all, of which there are thousands."""
    room = Room(store := Large())
    await follow(room, "c1")
    room.clock.at = datetime.fromisoformat("2026-06-30T09:00+00:00")
    offices = Organisations((Organisation(str(HERE), roles={"pmo": (ANNA,)}),))
    room.house = replace(room.house, store=store, organisations=offices)
    return room


async def test_a_report_over_thousands_is_answered_before_a_case_is_read(office: Room) -> None:
    assert isinstance(office.store, Large)
    reply = await office.command("report 2026-06")
    assert (office.store.reads, reply.cards) == (0, ())
    assert reply.toast == FOLLOW.report_coming
    assert reply.later is not None
    assert f"Delays: {CASES_REPORTED}" in words(await reply.later())
    assert office.store.reads == 1


async def test_a_file_over_thousands_is_answered_before_a_case_is_read(office: Room) -> None:
    assert isinstance(office.store, Large)
    office.house = replace(office.house, make_report=report.file)
    reply = await office.click(None, "report_file/csv/2026-06")
    assert (office.store.reads, reply.file) == (0, None)
    assert reply.later is not None
    made = (await reply.later()).file
    assert made is not None
    assert made.content.count(b"\r\n") == CASES_REPORTED + 1


async def test_who_waits_for_a_report_that_fails_is_told(office: Room) -> None:
    await office.command("中文")
    reply = await office.command("报告 2026-06")
    async with office.store.turn(HERE) as turn:  # so that nobody else's turn can be taken in
        assert await turn.take_in(EventId("of somebody else"), TUESDAY)
    assert reply.later is not None
    failed = await reply.later()
    assert (failed.language, failed.toast) == ("zh", FOLLOW.report_failed)


async def test_the_report_counts_ones_own_cases_and_the_offices_all(room: Room) -> None:
    await follow(room, "c1")
    await follow(room, "c2", owner=BEN)
    room.clock.at = datetime.fromisoformat("2026-06-30T09:00+00:00")
    assert "Delays: 1" in await say(room, "report 2026-06")
    offices = Organisations((Organisation(str(HERE), roles={"pmo": (ANNA,)}),))
    room.house = replace(room.house, organisations=offices)
    assert "Delays: 2" in await say(room, "report 2026-06")
    assert "Delays: 1" in await say(room, "report", "ben")
    assert "I could not read a month" in await say(room, "report soon")


async def test_the_report_can_be_taken_away_where_files_can_be_brought(room: Room) -> None:
    await follow(room, "c1")
    plain = await say(room, "report 2026-06")
    room.house = replace(
        room.house, make_report=report.file, takes_files=frozenset({room.envelope("anna").platform})
    )
    assert ("report_file" in plain, "report_file" in await say(room, "report 2026-06")) == (
        False,
        True,
    )
    taken = await room.click(None, "report_file/csv/2026-06", envelope=room.envelope("anna"))
    assert taken.file is not None
    assert taken.file.content.count(b"\r\n") == 2
    odd = await room.click(None, "report_file/exe/2026-06", envelope=room.envelope("anna"))
    assert odd.file is None


async def test_while_a_file_is_made_others_have_their_turns(room: Room) -> None:
    await follow(room, "c1")
    loop, make = asyncio.get_running_loop(), report.file

    async def meanwhile() -> bool:
        async with room.store.turn(HERE) as turn:
            return await turn.take_in(EventId("of somebody else"), TUESDAY)

    def slow(
        report: Report, kind: ReportKind, *, labels: Mapping[str, Text], language: Language
    ) -> File:
        assert asyncio.run_coroutine_threadsafe(meanwhile(), loop).result(timeout=5)
        return make(report, kind, labels=labels, language=language)

    room.house = replace(room.house, make_report=slow)
    taken = await room.click(None, "report_file/csv/2026-06", envelope=room.envelope("anna"))
    assert taken.file is not None


async def test_the_minutes_can_be_taken_away_by_the_owner_alone(room: Room) -> None:
    first = await follow(room, "c1")
    room.house = replace(room.house, make_case_file=meetings.file)
    taken = await room.click(first, "case_file/retro.md", envelope=room.envelope("anna"))
    assert taken.file is not None
    assert taken.file.content.startswith(b"# Look back at Hall 4")
    for person, what in (("ben", "case_file/retro.md"), ("anna", "case_file/secrets.md")):
        refused = await room.click(first, what, envelope=room.envelope(person))
        assert refused.file is None
