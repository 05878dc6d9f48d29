"""A booking that was never heard of, after which its owner went another way: it is looked for."""

from collections.abc import Callable

import pytest

from bot.core.effects import SetPing
from bot.core.events import Abandoned
from bot.core.meetings.events import MeetingBooked, MeetingRefused, MeetingSought
from bot.core.meetings.strays import WAITS, Sought, key_of
from bot.core.words import same
from tests.core.test_meetings import LINK, WHY, ZOOM, Meets

BY_FILE = "if it turns up in Zoom after all, I cancel it there."


def unsure() -> Meets:
    """Whose booking in Zoom may have been made."""
    return Meets().open().send(day="2026-05-20", time="14:00").refused(unsure=True)


def looks(case: Meets) -> list[SetPing]:
    return [e for e in case.effects if isinstance(e, SetPing) and e.kind == "stray:call"]


def sought(case: Meets, found: Sought, number: int = 1) -> Meets:
    case.give(MeetingSought(case.stamp(), "call", number, "zoom", found))
    return case


def elsewhere(case: Meets) -> Meets:
    """Tried again, when the tenant books in Teams."""
    meeting = case.tap("again").meeting()
    asked = "teams", same("Teams")
    case.give(MeetingBooked(case.stamp(), "call", meeting.number, *asked, "r2", LINK))
    return case


def refused_elsewhere(case: Meets) -> Meets:
    number = case.tap("again").meeting().number
    asked = "teams", same("Teams"), WHY
    case.give(MeetingRefused(case.stamp(), "call", number, "schedule", *asked))
    return case


@pytest.mark.parametrize(
    "goes_on",
    [
        lambda case: case.tap("by_file"),
        lambda case: case.tap("change").send(day="2026-05-27"),
        elsewhere,
        refused_elsewhere,
    ],
)
def test_whoever_goes_another_way_has_it_looked_for(goes_on: Callable[[Meets], Meets]) -> None:
    case = goes_on(unsure())
    [stray] = case.meeting().strays
    assert (stray.number, stray.provider, stray.label) == (1, "zoom", ZOOM)
    assert key_of(case.case.id, case.meeting(), stray) == f"{case.case.id}-call-1"
    assert [look.due for look in looks(case)] == [case.at + WAITS[0]]
    assert case.hints()[-1] == (
        "The meeting of Wed 20 May 2026, 14:00 may stand in Zoom all the same. I look there again, "
        "and cancel it if I find it."
    )


def test_another_system_that_surely_refuses_leaves_nothing_open_but_the_first() -> None:
    case = refused_elsewhere(unsure())
    assert not case.meeting().unsure
    case.tap("by_file")
    assert len(case.meeting().strays) == 1


def test_the_offer_of_the_file_says_so_where_nobody_knows_and_only_there() -> None:
    assert any(hint.endswith(BY_FILE) for hint in unsure().hints())
    sure = Meets().open().send().refused()
    assert not any(hint.endswith(BY_FILE) for hint in sure.hints())
    sure.tap("by_file")
    assert sure.meeting().strays == ()
    assert looks(sure) == []


def test_a_number_that_frees_itself_is_not_looked_for() -> None:
    case = Meets().open().send()
    asked = "lark_reserve", same("Lark"), WHY
    case.give(MeetingRefused(case.stamp(), "call", 1, "schedule", *asked, unsure=True))
    assert case.tap("by_file").meeting().strays == ()


def test_what_was_found_is_said_and_not_looked_for_again() -> None:
    case = sought(unsure().tap("by_file").done(provider="ics"), "cancelled")
    assert looks(case) == []
    assert case.hints()[-1].endswith("had been booked in Zoom after all. It is cancelled there.")
    assert case.meeting().state == "booked"
    before = case.case
    assert sought(case, "nothing").case is before


def test_it_is_looked_for_twice_where_nothing_is_and_three_times_where_nobody_answers() -> None:
    found: dict[Sought, int] = {}
    kinds: tuple[Sought, ...] = ("nothing", "unknown")
    for kind in kinds:
        case = unsure().tap("by_file").done(provider="ics")
        found[kind] = 1
        while looks(sought(case, kind)):
            found[kind] += 1
        assert case.meeting().strays[0].became == kind
    assert found == {"nothing": 2, "unknown": 3}


def test_two_of_them_are_looked_for_one_after_the_other() -> None:
    case = unsure().tap("change").send(day="2026-05-27").refused(unsure=True).tap("by_file")
    assert [s.number for s in case.meeting().strays] == [1, 2]
    sought(case, "cancelled")
    assert len(looks(case)) == 1
    sought(case, "cancelled", number=2)
    assert looks(case) == []
    assert [s.became for s in case.meeting().strays] == ["cancelled", "cancelled"]


def test_what_nobody_can_try_again_is_looked_for_once_the_case_is_given_up() -> None:
    case = unsure()
    case.give(Abandoned(case.stamp()))
    assert [s.number for s in case.meeting().strays] == [1]
    assert len(looks(case)) == 1
    assert "I look there again" in case.hints()[-1]
    assert not case.meeting().unsure


def test_a_booking_that_ends_unheard_after_the_case_was_given_up_is_looked_for() -> None:
    case = Meets().open().send()
    case.give(Abandoned(case.stamp()))
    assert case.meeting().strays == ()
    case.refused(unsure=True)
    assert len(looks(case)) == 1
    assert len(case.meeting().strays) == 1


def test_it_is_looked_for_though_the_case_was_given_up_meanwhile() -> None:
    case = unsure().tap("by_file").done(provider="ics")
    case.give(Abandoned(case.stamp()))
    assert sought(case, "cancelled").meeting().strays[0].became == "cancelled"
