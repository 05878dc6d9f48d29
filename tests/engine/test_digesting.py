"""Digests: one a morning and one a week for all cases of a person; empty, none at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.approving.organisation import Away
from bot.core.cards.blocks import Facts, Hint
from bot.core.pings.digests import due
from bot.core.pings.kinds import Digest
from bot.core.pings.manners import Schedule
from bot.core.pings.reminder import name_of
from bot.core.words import CaseId, same
from bot.engine.ports import Ping
from tests.engine.room import HERE, Message, Room, playbook
from tests.engine.test_reminding import TUESDAY, follow, labels, run
from tests.engine.test_standing_in import CHECK, staff

FRIDAY = datetime(2026, 6, 5, 9, 30, tzinfo=UTC)
DAY = Digest("day", "working_day", same("Your day"), ("today",))
WEEK = Digest("week", "week", same("Your week"), ("week",))
UK = Schedule("Europe/London", "GB")


async def lay(room: Room, kind: str, at: datetime, *ids: str) -> None:
    """Lets these cases have a digest that is due then."""
    async with room.store.turn(HERE) as turn:
        for id_ in ids:
            await turn.set_ping(Ping(HERE, CaseId(id_), f"digest:{kind}", at))


def rows(message: Message) -> list[tuple[str, str]]:
    found = [r for b in message.card.blocks if isinstance(b, Facts) for r in b.rows]
    return [(r.label.en, r.value.en) for r in found]


def hints(message: Message) -> str:
    return " ".join(b.text.en for b in message.card.blocks if isinstance(b, Hint))


async def test_the_dates_of_all_cases_come_in_one_message(room: Room) -> None:
    await follow(room, "c1")
    await follow(room, "c2")
    room.clock.at = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)  # the milestone's own day
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(room.clock.at):
            await turn.take_ping(ping)
    await lay(room, "day", room.clock.at, "c1", "c2")
    (message,) = await run(room)
    assert message.conversation == "D-anna"
    assert message.card.text.en.startswith("Your day: ")
    assert [label for label, _ in rows(message)].count("Today") == 2


async def test_an_empty_one_is_not_sent_and_the_next_one_is_laid(room: Room) -> None:
    await follow(room, "c1")
    room.clock.at = FRIDAY - timedelta(days=1)
    await lay(room, "day", room.clock.at, "c1")
    assert await run(room) == []
    found = await room.store.pings(FRIDAY + timedelta(days=30))
    assert [p.due.date() for p in found if p.kind == "digest:day"] == [FRIDAY.date()]


async def test_with_questions_due_it_is_a_sentence_above_them(room: Room) -> None:
    await follow(room, "c1")
    await follow(room, "c2")
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(TUESDAY + timedelta(days=9)):
            if ping.case == "c2":
                await turn.take_ping(ping)
    room.clock.at = datetime(2026, 6, 10, 9, 30, tzinfo=UTC)
    await lay(room, "day", room.clock.at - timedelta(minutes=1), "c1", "c2")
    (message,) = await run(room)
    assert "On track" in labels(message)
    assert hints(message).startswith("Also coming up: ")


async def test_the_week_comes_apart_from_what_is_asked(room: Room) -> None:
    await follow(room, "c1")
    room.clock.at = TUESDAY
    await lay(room, "week", room.clock.at, "c1")
    messages = await run(room)
    assert len(messages) == 2
    assert any(m.card.text.en.startswith("Your week: ") for m in messages)


async def test_each_can_be_turned_off(room: Room) -> None:
    await follow(room, "c1")
    room.clock.at = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(room.clock.at):
            await turn.take_ping(ping)
    await room.command("pings digest off")
    await room.command("pings weekly off")
    await lay(room, "day", room.clock.at, "c1")
    await lay(room, "week", room.clock.at, "c1")
    assert await run(room) == []


async def test_it_waits_for_a_moment_that_manners_allow(room: Room) -> None:
    await follow(room, "c1", work_from=time(11))
    room.clock.at = TUESDAY
    await lay(room, "week", room.clock.at, "c1")
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(room.clock.at):
            if ping.kind != "digest:week":
                await turn.take_ping(ping)
    assert await run(room) == []
    (waiting,) = [
        p for p in await room.store.pings(TUESDAY + timedelta(days=9)) if "week" in p.kind
    ]
    assert waiting.due.hour == 10  # eleven in London


def test_the_next_one_is_on_the_next_working_day_and_the_first_of_the_week() -> None:
    assert due(DAY, UK, FRIDAY, who="anna").date().isoformat() == "2026-06-08"
    assert due(WEEK, UK, TUESDAY, who="anna").date().isoformat() == "2026-06-15"
    easter = datetime(2026, 4, 1, 9, tzinfo=UTC)  # Easter Monday is the 6th
    assert due(WEEK, UK, easter, who="anna").date().isoformat() == "2026-04-07"


def test_it_keeps_its_own_time_of_day() -> None:
    late = replace(DAY, at=time(15))
    assert due(late, UK, FRIDAY, who="anna").hour == 14  # three in London


async def away_by_the_operator(room: Room) -> None:
    """One case whose owner the operator has written down as away for the week; the digest is due."""
    staff(room, away={"anna": (Away(date(2026, 6, 8), date(2026, 6, 12)),)})
    await follow(room, "c1")
    room.clock.at = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)  # the milestone's own day


async def waiting(room: Room) -> list[tuple[str, date]]:
    found = await room.store.pings(TUESDAY + timedelta(days=9))
    return [(p.kind, p.due.date()) for p in found if p.kind.startswith("digest:")]


async def test_it_waits_for_the_end_of_an_absence_that_the_operator_wrote_down(room: Room) -> None:
    await away_by_the_operator(room)
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(room.clock.at):
            await turn.take_ping(ping)
    await lay(room, "day", room.clock.at, "c1")
    assert await run(room) == []
    assert await waiting(room) == [("digest:day", date(2026, 6, 15))]


async def test_what_a_deputy_is_asked_takes_nothing_from_the_owners_digest(room: Room) -> None:
    await away_by_the_operator(room)
    await room.command("deputy Ben Ode")
    await lay(room, "day", room.clock.at - timedelta(days=9), "c1")  # before any question
    (message,) = await run(room)
    assert message.conversation == "ben"
    assert "The day also brings" not in hints(message)
    assert await waiting(room) == [("digest:day", date(2026, 6, 15))]


@pytest.mark.parametrize("first", ["digest", "question"])
async def test_beside_a_question_that_is_of_no_use_any_more_it_comes_alone(
    room: Room, first: str
) -> None:
    await follow(room, "c1")
    await follow(room, "c2")
    room.clock.at = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)  # the milestone's own day
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(TUESDAY + timedelta(days=9)):
            await turn.take_ping(ping)
        filed = await turn.case(CaseId("c2"))
        assert filed is not None
        over = replace(filed.case.reminders[CHECK], due=TUESDAY - timedelta(days=30))
        reminders = {**filed.case.reminders, CHECK: over}
        after = replace(filed.case, reminders=reminders, revision=filed.case.revision + 1)
        await turn.save(replace(filed, case=after), was=filed.case.revision)
        at = room.clock.at - timedelta(hours=2 if first == "question" else 0)
        await turn.set_ping(Ping(HERE, CaseId("c2"), name_of(CHECK), at))
    await lay(room, "day", room.clock.at - timedelta(hours=1), "c1")
    (message,) = await run(room)
    assert message.card.text.en.startswith("Your day: ")


async def test_one_of_a_week_that_is_late_waits_for_the_next(room: Room) -> None:
    await follow(room, "c1")
    room.clock.at = TUESDAY
    await lay(room, "week", TUESDAY - timedelta(days=30), "c1")  # from before there were any
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(room.clock.at):
            if ping.kind != "digest:week":
                await turn.take_ping(ping)
    assert await run(room) == []
    (waiting,) = [
        p for p in await room.store.pings(TUESDAY + timedelta(days=9)) if "week" in p.kind
    ]
    assert waiting.due.date() == date(2026, 6, 15)


async def test_a_case_begun_with_a_playbook_of_before_has_them_too() -> None:
    room = Room()
    await follow(room, "c1")
    filed = await room.store.case(HERE, CaseId("c1"))
    assert filed is not None
    old = replace(playbook(), digest="before", pings=replace(playbook().pings, digests=()))
    async with room.store.turn(HERE) as turn:
        await turn.keep_playbook(old)
        await turn.save(
            replace(filed, case=replace(filed.case, digest="before")), was=filed.case.revision
        )
    room.clock.at = datetime(2026, 6, 11, 9, 30, tzinfo=UTC)
    async with room.store.turn(HERE) as turn:
        for ping in await room.store.pings(room.clock.at):
            await turn.take_ping(ping)
    await lay(room, "day", room.clock.at, "c1")
    (message,) = await run(room)
    assert message.card.text.en.startswith("Your day: ")
