"""A project that was put off is quiet: no digest speaks of it before its day."""

from datetime import date

import pytest

from bot.core.following.digest import lines
from bot.core.following.events import PingSnoozed
from bot.core.pings.kinds import Digest
from bot.core.pings.manners import Schedule
from bot.core.words import same
from tests.core.followed import Followed

WEEK = Digest("week", "week", same("Your week"), ("week", "silent"))
DAYS = Schedule("Europe/London", "GB").days
MONDAY, NEXT_MONDAY = date(2026, 6, 8), date(2026, 6, 15)


def told(one: Followed, today: date) -> int:
    return len(lines(WEEK, [one.case], today=today, days=DAYS))


def put_off(key: str | None) -> Followed:
    """Followed until the Sunday before, then put off to the Monday after."""
    one = Followed().tell()
    found = None if key is None else one.reminder(key).key
    return one.give(PingSnoozed(one.stamp(), found, "date", "15 June"))


def test_a_project_that_was_put_off_is_in_no_digest_before_its_day() -> None:
    assert told(Followed().tell(), MONDAY) > 0
    assert told(put_off(None), MONDAY) == 0


def test_from_its_day_on_it_is_told_again() -> None:
    assert told(put_off(None), NEXT_MONDAY) == told(Followed().tell(), NEXT_MONDAY) > 0


def test_one_question_that_is_put_off_quiets_no_project() -> None:
    assert told(put_off("milestone_check/1"), MONDAY) == told(Followed().tell(), MONDAY)


@pytest.mark.parametrize("day", [date(2026, 6, 9), date(2026, 6, 12)])
def test_it_stays_quiet_each_day_until_then(day: date) -> None:
    assert told(put_off(None), day) == 0
