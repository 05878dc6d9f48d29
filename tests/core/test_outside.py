"""What the team's own earlier dates say about a new one."""

from datetime import date

from bot.core.foresight.forecast import Forecast, Start
from bot.core.foresight.outside import OutsideView, Slip, outside_view
from bot.core.reading.calendars import calendar

MONDAY = date(2026, 6, 1)
START = Start(MONDAY, calendar("none"))
PLANNED = date(2026, 6, 29)  # 20 working days on


def late(working_days: int) -> Slip:
    promised = date(2026, 3, 2)
    return Slip(promised, calendar("none").add(promised, working_days))


def view(*earlier: Slip, planned: date | Forecast = PLANNED) -> OutsideView:
    found = outside_view(planned, earlier, start=START)
    assert found is not None
    return found


def test_fewer_than_three_earlier_dates_say_nothing() -> None:
    assert outside_view(PLANNED, [late(5), late(9)], start=START) is None


def test_the_middle_slip_moves_the_date_and_the_bad_one_moves_it_further() -> None:
    found = view(late(5), late(2), late(10))
    assert (found.median_overrun, found.careful_overrun) == (5, 10)
    assert found.median == date(2026, 7, 6)
    assert found.careful == date(2026, 7, 13)
    assert not found.relative
    assert (
        "5 working days later in the middle case, 10 working days later in a bad one"
        in found.text.en
    )
    assert "稳妥的承诺是2026年7月13日（周一）" in found.text.zh


def test_with_more_dates_the_worst_one_does_not_rule() -> None:
    assert view(*(late(n) for n in range(1, 20)), late(90)).careful_overrun == 18


def test_longer_promises_slip_by_more_where_it_is_known_when_they_were_made() -> None:
    # Each took twice the time that was planned: 10 working days became 20.
    doubled = Slip(date(2026, 3, 16), date(2026, 3, 30), made=date(2026, 3, 2))
    found = view(doubled, doubled, doubled)
    assert found.relative
    assert found.median_overrun == 20
    assert found.median == date(2026, 7, 27)


def test_one_promise_without_its_day_makes_all_count_in_days() -> None:
    doubled = Slip(date(2026, 3, 16), date(2026, 3, 30), made=date(2026, 3, 2))
    assert not view(doubled, doubled, late(10)).relative


def test_dates_that_held_make_a_fair_promise() -> None:
    found = view(late(0), late(-3), late(0))
    assert "a fair promise" in found.text.en
    assert (found.median, found.careful) == (PLANNED, PLANNED)


def test_dates_that_mostly_held_ask_for_some_care() -> None:
    found = view(late(0), late(0), late(6))
    assert found.careful == date(2026, 7, 7)
    assert "Most of your last 3 dates held" in found.text.en
    assert "多数守住了" in found.text.zh


def test_early_deliveries_bring_no_day_before_today() -> None:
    assert view(late(-60), late(-60), late(-60)).median == MONDAY


def test_of_a_forecast_the_day_to_commit_to_counts() -> None:
    found = view(late(0), late(0), late(0), planned=Forecast((MONDAY, PLANNED), (0.5, 1.0), 100))
    assert found.planned == PLANNED
