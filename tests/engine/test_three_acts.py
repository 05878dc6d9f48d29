"""To stop, to move and to put off: three acts, each for one question, one case and one person."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.core.cards.blocks import Action, Button, Buttons, Card, Editor, Fact, Facts, Form
from bot.core.case import TextValue
from bot.core.pings.reminder import Key
from bot.core.words import CaseId, FieldId
from tests.engine.room import HERE, Room
from tests.engine.test_reminding import TUESDAY, follow, labels, run, stored

CHECK, DANGER = "milestone_check/1", "new_date_in_danger/0"
Act = Callable[[Room], Awaitable[object]]


def press(what: str, text: str = "") -> Act:
    """A button, by what it carries after the case."""

    async def pressed(room: Room) -> object:
        return await room.click(None, f"ping/c1/{what}", text=text)

    return pressed


def typed(words: str) -> Act:
    """`/delay` and some words."""

    async def said(room: Room) -> object:
        return await room.command(words)

    return said


ACTS: Mapping[tuple[str, str], Act] = {
    ("stop", "one"): press(f"{CHECK}/stop/because", "They call us each day."),
    ("stop", "case"): press("//stop/because", "The customer left."),
    ("stop", "person"): typed("pings off I keep my own list"),
    ("retune", "one"): press(f"{CHECK}/retune/later"),
    ("retune", "case"): press("//retune/later"),
    ("retune", "person"): typed("pings 13:00-18:00"),
    ("snooze", "one"): press(f"{CHECK}/snooze/date", "15 June"),
    ("snooze", "case"): typed("snooze Hall 4 15 June"),
    ("snooze", "person"): typed("pings pause 15 June"),
}
# Of the question and another of the same case, and of one of another case: is it asked, and when.
ASKED: Mapping[tuple[str, str], tuple[object, object, object]] = {
    ("stop", "one"): (None, 12, 9),
    ("stop", "case"): (None, None, 9),
    ("stop", "person"): (None, None, None),
    ("retune", "one"): (10, 12, 9),
    ("retune", "case"): (10, 15, 9),
    ("retune", "person"): (9, 12, 9),
    ("snooze", "one"): (15, 12, 9),
    ("snooze", "case"): (15, 15, 9),
    ("snooze", "person"): (15, 15, 15),
}


async def first(room: Room, case: str, key: str) -> datetime | None:
    """When it was asked first."""
    asked = (await stored(room, CaseId(case))).reminders[Key(key)].asked
    return asked[0] if asked else None


@pytest.mark.parametrize(("act", "scope"), ACTS)
async def test_each_act_holds_for_one_question_one_case_or_one_person(act: str, scope: str) -> None:
    room = Room()
    room.clock.at = datetime(2026, 6, 8, 9, 30, tzinfo=TUESDAY.tzinfo)
    await follow(room, "c1")
    await renamed(room, await follow(room, "c2"), "Hall 5")
    await room.click(None, "ping/c2/new_date_in_danger/0/stop/because", text="Settled by phone.")
    reply = await ACTS[act, scope](room)
    assert reply is not None
    while room.clock.at.date() < date(2026, 6, 17):
        due = await room.store.next_due()
        if due is None:
            break
        room.clock.at = max(room.clock.at, due)
        await run(room)
        for case in ("c1", "c2"):  # who is asked answers, so that nobody counts as silent
            for key in (CHECK, DANGER):
                reminder = (await stored(room, CaseId(case))).reminders[Key(key)]
                if reminder.state == "asked":
                    await room.click(None, f"ping/{case}/{key}/on_track/")
    found = [await first(room, *of) for of in (("c1", CHECK), ("c1", DANGER), ("c2", CHECK))]
    assert tuple(at.day if at else None for at in found) == ASKED[act, scope]
    if (act, scope) == ("retune", "person"):
        assert {at.hour for at in found if at} == {12}  # one in the afternoon in London


def rows(card: Card) -> list[Fact]:
    return [row for b in card.blocks if isinstance(b, Facts) for row in b.rows if row.action]


def act(action: Action) -> str:
    return f"{action.name}/{action.argument}"


async def listed(room: Room) -> list[Fact]:
    """All that is to come, from card to card."""
    (card,) = (await room.command("followups")).cards
    found = rows(card)
    while rest := [b for b in pressed(card) if b.label.en.endswith("more to come")]:
        (card,) = (await room.click(None, act(rest[0].action))).cards
        found += rows(card)
    return found


async def test_any_of_them_can_be_moved_from_the_list_not_only_the_next() -> None:
    room = Room()
    await follow(room, "c1")
    coming = [r for r in (await stored(room, CaseId("c1"))).reminders.values() if r.state == "laid"]
    found = await listed(room)
    assert len(found) == len(coming) > 6
    for row in found:
        assert row.action is not None
        (card,) = (await room.click(None, act(row.action))).cards
        key = row.action.argument.removeprefix("c1/").removesuffix("/")
        before = (await stored(room, CaseId("c1"))).reminders[Key(key)].due
        later = next(b for b in pressed(card) if b.label.en == "A day later")
        reply = await room.click(None, act(later.action))
        assert reply.toast is not None
        assert reply.toast.en.startswith("I ask on ")
        assert (await stored(room, CaseId("c1"))).reminders[Key(key)].due > before


@pytest.mark.parametrize(
    ("what", "typed", "came"),
    [
        ("day", "2026-06-17", ("laid", 17)),
        ("stop", "They call us.", ("stopped", 9)),
    ],
)
async def test_one_that_is_to_come_is_put_to_a_day_or_ended_in_a_form_of_its_own(
    what: str, typed: str, came: tuple[str, int]
) -> None:
    room = Room()
    room.clock.at = TUESDAY - timedelta(days=1)
    await follow(room, "c1")
    (card,) = (await room.click(None, f"followups/c1/{CHECK}/{what}")).cards
    form = next(b for b in card.blocks if isinstance(b, Form))
    assert form.again == Action("followups", f"c1/{CHECK}/{what}")
    boxes = {FieldId(form.boxes[0].field): typed}
    await room.click(None, act(form.action), boxes=boxes)
    reminder = (await stored(room, CaseId("c1"))).reminders[Key(CHECK)]
    assert (reminder.state, reminder.due.day) == came


@pytest.mark.parametrize("what", [f"{CHECK}/stop/because", "//stop/because"])
async def test_never_wants_a_reason(what: str) -> None:
    room = Room()
    await follow(room, "c1")
    await press(what, "  ")(room)
    states = {r.state for r in (await stored(room, CaseId("c1"))).reminders.values()}
    assert "stopped" not in states
    await press(what, "They call us each day.")(room)
    reasons = {r.reason for r in (await stored(room, CaseId("c1"))).reminders.values()}
    assert "They call us each day." in reasons


async def test_each_question_can_be_put_off_or_ended_from_its_own_card() -> None:
    room = Room()
    await follow(room, "c1")
    room.clock.at = TUESDAY
    await run(room)
    await room.click(None, f"ping/c1/{CHECK}/snooze/")
    (message,) = await run(room)
    assert labels(message) == ["Later today", "Tomorrow", "Keep asking", "Do not ask again"]
    await room.click(None, f"ping/c1/{CHECK}/stop/")
    (message,) = await run(room)
    assert [b.label.en for b in message.card.blocks if isinstance(b, Editor)] == ["Reason"]


async def renamed(room: Room, id_: CaseId, project: str) -> None:
    """Lets the case be of another project."""
    filed = await room.store.case(HERE, id_)
    assert filed is not None
    answers, name = filed.case.answers, FieldId("project")
    told = replace(answers[name], value=TextValue(project))
    case = replace(filed.case, answers={**answers, name: told})
    async with room.store.turn(HERE) as turn:
        await turn.save(replace(filed, case=case), was=case.revision)


def pressed(card: Card) -> list[Button]:
    return [x for b in card.blocks if isinstance(b, Buttons) for x in b.buttons]


def buttons(card: Card) -> list[str]:
    return [button.label.en for button in pressed(card)]


async def test_all_of_one_case_is_at_hand_where_there_are_several() -> None:
    room = Room()
    await follow(room, "c1")
    await renamed(room, await follow(room, "c2"), "Hall 5")
    (card,) = (await room.command("followups")).cards
    assert "All a day later" not in buttons(card)
    assert "/delay followups and its name" in str(card)
    (card,) = (await room.command("followups hall 5")).cards
    assert "All a day later" in buttons(card)
    assert "Hall 4" not in str(card)
