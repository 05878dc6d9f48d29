"""A watched project that goes by a tracker: read each working morning, and offered once."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.case import DateValue, RowsValue
from bot.core.words import FieldId
from bot.engine.deliver import deliver
from bot.engine.outside import Busy
from tests.engine.tracked import Tracked, buttons, said, said_in, tracked_room


@pytest.fixture
async def room() -> AsyncIterator[Tracked]:
    async with tracked_room() as made:
        yield made


async def test_of_a_watched_project_the_milestones_are_taken_with_one_press(room: Tracked) -> None:
    id_ = await room.watched()
    await room.press(id_, "Use these")
    answer = (await room.case(id_)).answers[FieldId("watch_dates")].value
    assert isinstance(answer, RowsValue)
    assert len(answer.rows) == 2


async def test_a_watched_project_is_read_each_working_morning(room: Tracked) -> None:
    await room.watched()
    mornings = []
    for _ in range(7 * 24 * 4):
        room.clock.move(timedelta(minutes=15))
        before = len(room.tracker.asked)
        await room.later()
        mornings += [room.clock()] if len(room.tracker.asked) > before else []
    assert [m.isoweekday() for m in mornings] == [2, 3, 4, 5, 1]
    local = [m + timedelta(hours=5, minutes=30) for m in mornings]
    assert all(8 <= at.hour < 10 for at in local)


async def test_a_date_that_was_moved_in_silence_offers_the_conversation_once(room: Tracked) -> None:
    id_ = await room.watched()
    await room.press(id_, "Use these")
    room.tracker.due = date(2026, 5, 29)
    offered = 0
    for _ in range(3):
        room.clock.move(timedelta(days=1))
        await room.later()
    texts = [said_in(m.card) for m in room.channel.messages]
    offered = sum("moved" in t or "it was Wed 20 May 2026" in t for t in texts)
    assert offered == 1
    case = await room.case(id_)
    assert [(c.number, c.confidence) for c in case.checks] == [(1, 0)]
    sign = next(m.card for m in room.channel.messages if "it was Wed 20 May" in said_in(m.card))
    assert "sign" in buttons(sign)[0].action.argument
    assert said_in(sign).startswith("Tram depot: PingCode now has")


async def test_a_pause_of_the_tracker_puts_a_watched_project_off_and_tells_nobody(
    room: Tracked,
) -> None:
    id_ = await room.watched()
    room.tracker.error = Busy(timedelta(minutes=3))
    room.clock.at = datetime(2026, 5, 5, 4, 10, tzinfo=UTC)
    await room.later()
    followed = (await room.case(id_)).tracking.followed
    assert followed is not None
    assert followed.why is None
    room.tracker.error = None
    room.tracker.done = 70
    room.clock.move(timedelta(minutes=5))
    await room.later()
    followed = (await room.case(id_)).tracking.followed
    assert followed is not None
    assert [c.done for c in followed.past] == [61, 70]


async def test_the_watched_dates_say_which_tracker_they_go_by(room: Tracked) -> None:
    id_ = await room.watched()
    await room.press(id_, "Use these")
    await deliver(room.house)
    assert "Tram depot in PingCode, read Monday 4 May 09:10: 61 of 100 items done" in said(
        room.card()
    )


async def test_the_sign_of_a_tracker_begins_the_conversation_with_its_facts(room: Tracked) -> None:
    id_ = await room.watched()
    await room.press(id_, "Use these")
    room.tracker.due = date(2026, 5, 29)
    room.clock.move(timedelta(days=1))
    await room.later()
    sign = next(m.card for m in room.channel.messages if "it was Wed 20 May" in said_in(m.card))
    action = buttons(sign)[0].action
    await room.click(id_, f"{action.name}/{action.argument}")
    case = await room.case(id_)
    assert not case.watch
    assert case.answers[FieldId("first_sign")].value == DateValue(date(2026, 5, 5))
    assert case.answers[FieldId("original_date")].value == DateValue(date(2026, 5, 20))
    assert FieldId("percent_done") in case.offers
