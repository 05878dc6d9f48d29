"""Lessons at the question where they matter: two at most, marked helpful or not, none that is over."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.cards.blocks import Card, Quote
from bot.core.case import Case
from bot.core.events import Raw
from bot.core.lessons.lesson import Lesson
from bot.core.words import CaseId, FieldId, PersonId, StepId
from bot.engine.deliver import deliver
from bot.engine.ports import Filed, Place
from tests import delivery_cases
from tests.engine.room import HERE, Room
from tests.engine.test_reminding import stored

CASE, ANNA = CaseId("c1"), PersonId("anna")
BELT = "On 12 May the cooling belt failed its test."
LESSONS = (
    Lesson("l1", "en", "A belt fails its test", "Run it warm first", category="technical"),
    Lesson("l2", "zh", "冷却带测试没通过", "先热机再测", category="technical"),
    Lesson("l3", "en", "A cooling belt came late", "Order two", category="technical"),
    Lesson("l4", "en", "A cooling belt failed its test", "Ask the maker", category="technical",
           until=date(2020, 1, 1)),
)  # fmt: skip


async def asked_for_the_cause(room: Room) -> None:
    """A case at the question about the cause, in a house that has learned from others."""
    full = delivery_cases.full("en")
    left = {k: a for k, a in full.answers.items() if not str(k).startswith("cause")}
    case = replace(
        full, id=CASE, tenant=HERE, owner=ANNA, answers=left, step=StepId("cause"), live=1
    )
    async with room.store.turn(HERE) as turn:
        await turn.keep_playbook(delivery_cases.PLAYBOOK)
        await turn.save(Filed(case, Place("slack", "D-anna")), was=None)
        for lesson in LESSONS:
            await turn.keep_lesson(lesson)


async def name_the_cause(room: Room, words: str = BELT) -> Case:
    """The kind of the cause and its words, in one form that leaves the rest open."""
    boxes: dict[FieldId, Raw] = {
        FieldId("cause_kind"): "technical",
        FieldId("cause"): words,
    }
    seen = (await stored(room, CASE)).revision
    await room.click(CASE, "submit", seen=seen, boxes=boxes, envelope=room.envelope("anna"))
    await deliver(room.house)
    return await stored(room, CASE)


def card(room: Room) -> Card:
    return room.channel.messages[-1].card


def advice(room: Room) -> list[str]:
    said = [b.text.en for b in card(room).blocks if isinstance(b, Quote)]
    return [words for words in said if words in {lesson.advice for lesson in LESSONS}]


async def test_once_the_cause_is_named_two_lessons_at_most_stand_beside_it(room: Room) -> None:
    await asked_for_the_cause(room)
    case = await name_the_cause(room)
    assert case.step == "cause"
    assert [lesson.id for lesson in case.hints] == ["l1", "l3"]
    assert advice(room) == ["Run it warm first", "Order two"]


async def test_a_cause_in_chinese_finds_what_was_learned_in_chinese(room: Room) -> None:
    await asked_for_the_cause(room)
    case = await name_the_cause(room, "冷却带在5月12日的测试没通过。")
    assert case.hints[0].id == "l2"
    assert "先热机再测" in advice(room)


@pytest.mark.parametrize(("pressed", "helped"), [("helped", (1, 0)), ("helped_not", (0, 1))])
async def test_each_is_marked_helpful_or_not_once_and_then_gives_way(
    room: Room, pressed: str, helped: tuple[int, int]
) -> None:
    await asked_for_the_cause(room)
    await name_the_cause(room)
    for _ in range(2):
        await room.click(None, f"ping/{CASE}///{pressed}/l1", envelope=room.envelope("anna"))
    await deliver(room.house)
    async with room.store.turn(HERE) as turn:
        lesson = await turn.lesson("l1")
    assert lesson is not None
    assert (lesson.helpful, lesson.unhelpful) == helped
    assert advice(room) == ["Order two"]
    again = await name_the_cause(room, f"{BELT} It was cold.")
    assert "l1" not in {hint.id for hint in again.hints}
