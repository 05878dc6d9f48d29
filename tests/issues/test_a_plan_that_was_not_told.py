"""A plan that changes after the telling: the team's channel goes on naming the days that were told."""

from dataclasses import replace

from bot.core.cards.blocks import Card, Facts
from bot.core.cards.room_card import room_card
from bot.core.case import RowsValue
from bot.core.effects import Show
from bot.core.following.events import RoomBound
from bot.core.following.rooms import redrawn
from bot.core.pings.rooms import Here
from bot.core.words import FieldId
from tests.core.followed import Followed

HERE = Here("slack", "C0TEAM", "#hall-4", "internal")
PLAN = FieldId("milestones")


def dates(card: Card) -> list[tuple[str, str]]:
    facts = next(b for b in card.blocks if isinstance(b, Facts))
    return [(row.label.en, row.value.en) for row in facts.rows]


def test_the_first_message_names_the_days_that_the_customer_was_told() -> None:
    told = Followed().tell()
    told.give(RoomBound(told.stamp(), HERE))
    assert told.case.room is not None
    before = dates(room_card(told.case, told.case.room))
    assert before == [
        ("New date", "Fri 19 Jun 2026"),
        ("Belt fitted", "Thu 11 Jun 2026"),
        ("Trial week done", "Thu 18 Jun 2026"),
    ]
    moved = told.case.answers[PLAN]
    assert isinstance(moved.value, RowsValue)
    later = moved.value.rows[1]["new_date"]
    rows = ({**moved.value.rows[0], "new_date": later}, *moved.value.rows[1:])
    answers = {**told.case.answers, PLAN: replace(moved, value=RowsValue(rows))}
    case = replace(told.case, answers=answers)
    assert dates(room_card(case, told.case.room)) == before


def test_once_it_came_or_is_closed_the_first_message_asks_nothing_more() -> None:
    told = Followed().tell()
    told.give(RoomBound(told.stamp(), HERE))
    room = told.case.room
    assert room is not None
    came = replace(told.case, recovered_at=told.at)
    assert "whoever knows may answer" in str(room_card(told.case, room))
    assert "has it now" in str(room_card(came, room))
    assert "This is closed" in str(room_card(replace(came, phase="closed"), room))
    redrawn_ = [e.slot for e in redrawn(told.case, came) if isinstance(e, Show)]
    assert redrawn_ == [room.slot]
