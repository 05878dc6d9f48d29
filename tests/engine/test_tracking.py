"""A case that goes by a project tracker: picked, read outside of any turn, told where it differs."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bot.core.case import PercentValue, text_of
from bot.core.words import FieldId, Text
from bot.engine.deliver import deliver
from bot.engine.incoming.reading import LEASE
from bot.engine.outside import (
    Busy,
    NotAllowed,
    NotFound,
    OutsideError,
    SignInRefused,
    Unreachable,
    Unreadable,
)
from bot.engine.tick import tick
from bot.engine.trackers import Trackers
from bot.store.codec import CASE, dump, load
from bot.wakers.embedded import EmbeddedWaker
from tests.engine.room import HERE, Room
from tests.engine.tracked import (
    ORIGIN,
    Tracked,
    buttons,
    said,
    tracked_room,
)


@pytest.fixture
async def room() -> AsyncIterator[Tracked]:
    async with tracked_room() as made:
        yield made


async def test_the_first_question_offers_the_trackers_that_there_are(room: Tracked) -> None:
    await room.begin("")
    await deliver(room.house)
    labels = [b.label for b in buttons(room.card())]
    assert Text(en="Take the facts from PingCode", zh="从PingCode取数据") in labels


async def test_without_a_tracker_nothing_is_said_of_one() -> None:
    plain = Room()
    await plain.begin("")
    await deliver(plain.house)
    assert "facts" not in said(plain.channel.messages[-1].card)
    assert not any(b.action.name == "tracker" for b in buttons(plain.channel.messages[-1].card))


async def test_the_projects_are_listed_and_leafed_through(room: Tracked) -> None:
    id_ = await room.begin("")
    await room.press(id_, "Take the facts from PingCode")
    await deliver(room.house)
    assert "Looking through PingCode …" in said(room.card())
    await room.later()
    assert [b.label.en for b in buttons(room.card())][:3] == ["Wash hall", "Tram depot", "Yard 1"]
    await room.press(id_, "More")
    await deliver(room.house)
    assert "Yard 11" in [b.label.en for b in buttons(room.card())]
    assert room.tracker.asked == ["projects"]


async def test_the_project_that_was_named_comes_first(room: Tracked) -> None:
    id_ = await room.begin("tram depot")
    await room.press(id_, "Take the facts from PingCode")
    await room.later()
    assert buttons(room.card())[0].label.en == "Tram depot"


async def test_a_picked_project_is_answered_and_its_facts_are_told(room: Tracked) -> None:
    id_ = await room.picked()
    case = await room.case(id_)
    assert text_of(case, "project") == "Tram depot"
    assert case.answers[FieldId("project")].origin == ORIGIN
    told = "Tram depot in PingCode, read Monday 4 May 09:10: 61 of 100 items done, one is past its day."
    assert told in said(room.card())
    zh = "PingCode里的“Tram depot”（5月4日（周一）09:10读取）：100项里完成61项，有1项过期。"
    assert zh in said(room.card(), "zh")


async def test_done_total_and_what_is_late_stand_in_their_boxes_with_where_they_come_from(
    room: Tracked,
) -> None:
    id_ = await room.picked()
    await room.click(id_, "edit/status")
    await deliver(room.house)
    shown = said(room.card())
    assert (
        "done=61 of 100 items are done. [From PingCode, Monday 4 May 09:10. Please check.]" in shown
    )
    assert "left=Still open and past their day: Rig wired (2 Apr)." in shown
    assert "percent_done=61 [From PingCode, Monday 4 May 09:10. Please check.]" in shown
    await room.press(id_, "Use these")
    answer = (await room.case(id_)).answers[FieldId("percent_done")]
    assert isinstance(answer.value, PercentValue)
    assert answer.origin == ORIGIN


async def test_milestones_stand_in_the_plan_and_are_not_taken_without_their_new_days(
    room: Tracked,
) -> None:
    id_ = await room.picked()
    await room.click(id_, "edit/plan")
    await deliver(room.house)
    assert "'name': 'Rig stands', 'old_date': '2026-05-20', 'owner': '莫怡'" in said(room.card())
    await room.press(id_, "Use these")
    case = await room.case(id_)
    assert FieldId("remaining") in case.answers
    assert FieldId("milestones") not in case.answers


async def test_what_is_offered_for_the_customer_is_in_their_language(room: Tracked) -> None:
    id_ = await room.picked()
    boxes = {FieldId("customer_language"): "zh"}
    revision = (await room.case(id_)).revision
    await room.click(id_, "submit", seen=revision, boxes=boxes)
    await room.click(id_, "edit/status")
    await deliver(room.house)
    assert "done=100项里已完成61项。" in said(room.card())


async def test_what_was_read_is_kept_in_the_store_as_it_was(room: Tracked) -> None:
    case = await room.case(await room.picked())
    assert case.tracking.followed is not None
    assert load(CASE, dump(CASE, case)) == case


async def test_a_case_of_an_earlier_release_knows_no_tracker(room: Tracked) -> None:
    body = json.loads(dump(CASE, await room.case(await room.picked())))
    del body["tracking"]
    assert load(CASE, json.dumps(body)).tracking.origins == ()


async def test_of_a_large_project_only_what_cards_show_is_kept(room: Tracked) -> None:
    room.tracker.many = 300
    id_ = await room.picked()
    followed = (await room.case(id_)).tracking.followed
    assert followed is not None
    assert followed.facts is not None
    assert (len(followed.facts.milestones), len(followed.facts.late_items)) == (30, 10)
    assert followed.late == 300
    (read,) = [e.body for e in await room.store.entries(HERE, id_) if e.kind == "FactsRead"]
    assert read.count('"TRM-') == 10  # in the log as well, which is kept for long
    assert "300 are past their day" in said(room.card())


async def test_the_offers_stay_when_the_customer_is_named(room: Tracked) -> None:
    id_ = await room.picked()
    revision = (await room.case(id_)).revision
    await room.click(id_, "submit", seen=revision, boxes={FieldId("customer"): "Globex"})
    assert FieldId("percent_done") in (await room.case(id_)).offers


async def test_the_persons_words_win_and_the_review_tells_where_the_tracker_differs(
    room: Tracked,
) -> None:
    id_ = await room.picked()
    revision = (await room.case(id_)).revision
    await room.click(id_, "submit", seen=revision, boxes={FieldId("percent_done"): "80"})
    room.clock.move(timedelta(hours=2))
    room.tracker.done = 63
    await room.say("review")
    await room.later()
    answer = (await room.case(id_)).answers[FieldId("percent_done")]
    assert answer.value == PercentValue(Decimal(80))
    assert "Percent done: PingCode says 63 %, you said 80 %." in said(room.card())
    assert "完成比例：PingCode上是63%，您填的是80%。" in said(room.card(), "zh")
    assert "As PingCode stood Monday 4 May 11:10." in said(room.card())


async def test_facts_that_are_fresh_are_not_read_again_for_the_review(room: Tracked) -> None:
    await room.picked()
    room.clock.move(timedelta(minutes=5))
    await room.say("review")
    await room.later()
    assert room.tracker.asked == ["projects", "p/1"]


async def test_a_tracker_that_rests_says_how_old_its_facts_are_and_is_not_asked_at_once(
    room: Tracked,
) -> None:
    await room.picked()
    room.tracker.as_of = room.clock.at  # it is asked no more than twice an hour
    room.clock.move(timedelta(minutes=25))
    for _ in range(2):
        await room.say("review")
        await room.later()
    told = "PingCode asks not to be read again so soon. These are its facts of Monday 4 May 09:10."
    assert told in said(room.card())
    assert "PingCode要求隔一段时间再读，用的是5月4日（周一）09:10的数据。" in said(
        room.card(), "zh"
    )
    assert room.tracker.asked == ["projects", "p/1", "p/1"]
    room.tracker.as_of = None
    room.clock.move(timedelta(minutes=11))
    await room.say("draft")
    await room.later()
    assert "asks not to be read" not in said(room.card())


@pytest.mark.parametrize(
    "error",
    [
        SignInRefused(), NotAllowed(), NotFound(), Busy(timedelta(seconds=9)), Unreachable(),
        Unreadable(), RuntimeError("a fault of ours"),
    ],
)  # fmt: skip
async def test_a_tracker_in_trouble_never_stops_the_conversation(
    room: Tracked, error: Exception
) -> None:
    room.tracker.error = error
    id_ = await room.begin("")
    await room.press(id_, "Take the facts from PingCode")
    await room.later()
    why = error.why if isinstance(error, OutsideError) else Unreadable.why
    assert f"PingCode could not be read: {why.en}. So I ask you." in said(room.card())
    before = len(room.tracker.asked)
    room.clock.at += LEASE
    await room.later()
    assert len(room.tracker.asked) == before
    await room.say("Tram depot")
    await room.later()
    assert text_of(await room.case(id_), "project") == "Tram depot"


async def test_a_tracker_with_plain_words_for_a_name_begins_its_sentence_with_a_capital(
    room: Tracked,
) -> None:
    room.tracker.label = Text(en="the plan file", zh="计划文件")
    room.tracker.error = Unreachable()
    id_ = await room.begin("")
    await room.press(id_, "Take the facts from the plan file")
    await room.later()
    assert "The plan file could not be read: " in said(room.card())


async def test_facts_that_cannot_be_read_are_said_once_and_asked(room: Tracked) -> None:
    id_ = await room.begin("")
    await room.press(id_, "Take the facts from PingCode")
    await room.later()
    room.tracker.error = Unreachable()
    await room.press(id_, "Tram depot")
    await room.later()
    assert "没能读取PingCode：它没有回应。还是请您来填。" in said(room.card(), "zh")
    room.tracker.error = None
    await room.press(id_, "Read it again")
    await room.later()
    assert "61 of 100 items done" in said(room.card())


async def test_no_turn_waits_for_a_reading(room: Tracked) -> None:
    id_ = await room.begin("")
    await room.press(id_, "Take the facts from PingCode")
    room.tracker.door.clear()
    await tick(room.house)
    await room.tracker.knocked.wait()
    await room.say("Tram depot")
    assert text_of(await room.case(id_), "project") == "Tram depot"
    room.tracker.door.set()
    await room.house.trackers.idle()
    assert (await room.case(id_)).tracking.picking is not None


async def test_a_reading_that_nobody_ended_is_begun_again(room: Tracked) -> None:
    id_ = await room.begin("")
    await room.press(id_, "Take the facts from PingCode")
    room.tracker.error = asyncio.CancelledError()  # the process ends
    await room.later()
    room.tracker.error = None
    room.clock.move(timedelta(minutes=3))
    await room.later()
    assert buttons(room.card())[0].label.en == "Wash hall"
    assert room.tracker.asked == ["projects", "projects"]


async def test_what_was_read_is_sent_as_soon_as_it_is_there(room: Tracked) -> None:
    waker = EmbeddedWaker(room.house, now=lambda: datetime.now(UTC))  # noqa: TID251 - a real wait
    room.house.trackers.wake = waker.wake
    id_ = await room.begin("")
    await room.press(id_, "Take the facts from PingCode")
    waker.wake()
    async with asyncio.timeout(60):
        while "Which project in PingCode is it?" not in said(room.card()):
            await room.channel.changes.get()
    await waker.stop()


async def test_a_project_that_is_left_takes_its_offers_along(room: Tracked) -> None:
    id_ = await room.picked()
    await room.press(id_, "Leave PingCode out")
    case = await room.case(id_)
    assert case.tracking.followed is None
    assert case.offers == {}


async def test_only_the_tenants_that_were_named_see_a_tracker(room: Tracked) -> None:
    await room.house.trackers.close()
    room.house = replace(
        room.house, trackers=Trackers({"pingcode": room.tracker}, frozenset({"elsewhere"}))
    )
    await room.begin("")
    await deliver(room.house)
    assert not any(b.action.name == "tracker" for b in buttons(room.card()))
