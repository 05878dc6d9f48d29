"""Dates from a measured pace and from estimates, and what is said about them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.foresight.chance import draws
from bot.core.foresight.forecast import (
    BAD_ESTIMATE,
    NO_END,
    NO_PACE,
    NOTHING_LEFT,
    TOO_FEW,
    Estimate,
    Forecast,
    Remaining,
    Samples,
    Start,
    forecast,
    from_estimates,
    pert_mean,
)
from bot.core.foresight.forecast_words import (
    MOST_BARS,
    basis,
    chance,
    chart,
    chart_text,
    in_draft,
    often,
    target_and_commit,
)
from bot.core.reading.calendars import calendar
from bot.core.words import Text

MONDAY = date(2026, 11, 23)
START = Start(MONDAY, calendar("none"))
WEEKS = Samples((3, 5, 2, 4, 6, 3, 4, 4), "week")


def made(
    remaining: float | Remaining = 30,
    samples: Samples = WEEKS,
    start: Start = START,
    runs: int = 600,
) -> Forecast:
    found = forecast(remaining, samples, start=start, draw=draws("seed"), runs=runs)
    assert isinstance(found, Forecast), found
    return found


def estimated(*estimates: Estimate, people: float = 1) -> Forecast:
    found = from_estimates(estimates, people=people, start=START, draw=draws("seed"))
    assert isinstance(found, Forecast), found
    return found


def refusal(remaining: float | Remaining, samples: Samples) -> Forecast | Text:
    return forecast(remaining, samples, start=START, draw=draws("seed"), runs=200)


def test_one_seed_gives_one_forecast() -> None:
    assert made() == made()


def test_half_of_the_futures_end_by_the_target_and_85_of_100_by_the_day_to_commit_to() -> None:
    found = made()
    assert found.p50 < found.p85
    assert found.probability(found.p50) >= 0.5 > found.probability(found.p50 - timedelta(days=1))
    assert found.probability(found.p85) >= 0.85 > found.probability(found.p85 - timedelta(days=1))


def test_the_target_lies_where_the_pace_leads() -> None:
    weeks = (made(runs=2000).p50 - MONDAY).days / 7
    assert weeks == pytest.approx(30 / 3.875, abs=0.8)


def test_a_weekly_pace_skips_free_days() -> None:
    china = made(start=Start(date(2026, 9, 21), calendar("CN")), remaining=8)
    plain = made(start=Start(date(2026, 9, 21), calendar("none")), remaining=8)
    assert plain.p85 < china.p85
    assert all(calendar("CN").is_working(day) for day in china.days)


def test_a_pace_per_calendar_day_runs_through_weekends() -> None:
    found = made(20, Samples((2, 3, 1, 2, 2, 2, 3, 1, 2, 2, 3, 2, 1, 2), "day"))
    assert any(day.weekday() >= 5 for day in found.days)


def test_few_figures_give_a_wider_range_than_many() -> None:
    few, many = (
        made(samples=Samples((3, 5, 4), "week")),
        made(samples=Samples((3, 5, 4) * 4, "week")),
    )
    assert few.p85 - few.p50 > many.p85 - many.p50


def test_slow_weeks_in_a_row_widen_the_range() -> None:
    mixed = made(samples=Samples((2, 8, 2, 8, 2, 8, 2, 8), "week"))
    waves = made(samples=Samples((2, 2, 2, 2, 8, 8, 8, 8), "week"))
    assert waves.p85 > mixed.p85


def test_a_rhythm_of_the_week_is_no_uncertainty() -> None:
    rhythm = made(40, Samples((5, 4, 3, 2, 1) * 4, "working_day"))
    unruly = made(
        40, Samples((5, 1, 2, 4, 3, 1, 5, 4, 2, 3, 4, 2, 5, 3, 1, 3, 5, 1, 4, 2), "working_day")
    )
    assert rhythm.p85 < unruly.p85


def test_only_the_last_twelve_weeks_count() -> None:
    recent = (3, 5, 2, 4, 6, 3, 4, 4, 5, 3, 4, 4)
    assert made(samples=Samples((50, 60, *recent), "week")) == made(samples=Samples(recent, "week"))


def test_days_before_whole_weeks_are_left_out_unless_nothing_else_was_done() -> None:
    days = (2, 3, 1, 2, 2, 3, 1, 2, 2, 2)
    assert made(20, Samples((9, 9, *days), "working_day")) == made(20, Samples(days, "working_day"))
    only_early = Samples((4, 4, *(0,) * 10), "working_day")
    assert isinstance(refusal(1, only_early), Forecast)


def test_new_work_found_on_the_way_moves_the_date() -> None:
    growing = Samples(WEEKS.done, "week", (1, 0, 2, 1, 1, 0, 1, 1))
    assert made(samples=growing).p50 > made().p50


def test_what_is_left_may_be_a_range_that_grows() -> None:
    wide, grown = made(Remaining(25, 45)), made(Remaining(30, 30, growth=(0.1, 0.3)))
    assert wide.p85 > made().p85
    assert grown.p50 > made().p50


def test_measured_amounts_need_no_spread_of_counts() -> None:
    metres = made(3.0, Samples((0.51, 0.49, 0.5, 0.52, 0.5, 0.48), "week"))
    items = made(300, Samples((51, 49, 50, 52, 50, 48), "week"))
    assert (metres.p85 - metres.p50).days <= 7
    assert abs(metres.p50 - items.p50) <= timedelta(days=5)


@pytest.mark.parametrize(
    ("remaining", "samples", "says"),
    [
        (0, WEEKS, NOTHING_LEFT),
        (Remaining(9, 5), WEEKS, NOTHING_LEFT),
        (5, Samples((3, 4), "week"), TOO_FEW.fill(count=2, fewest=3)),
        (5, Samples((0, 0, 0), "week"), NO_PACE),
        (5, Samples((3, 4, 3), "week", (3, 5, 4)), NO_END),
        (9999, WEEKS, NO_END),
    ],
)
def test_figures_that_cannot_give_a_date_give_a_sentence(
    remaining: float | Remaining, samples: Samples, says: Text
) -> None:
    assert refusal(remaining, samples) == says


def test_estimates_give_a_later_date_than_their_most_likely_figures() -> None:
    items = [Estimate(f"item {n}", 1, 2, 6) for n in range(10)]
    found = estimated(*items)
    likely = START.calendar.add(MONDAY, 20)
    assert likely < found.p50 < found.p85


def test_twice_the_people_take_half_the_days() -> None:
    items = [Estimate(f"item {n}", 2, 3, 5) for n in range(20)]
    one, two = (START.calendar.between(MONDAY, estimated(*items, people=n).p50) for n in (1, 2))
    assert two == pytest.approx(one / 2, abs=1)


def test_figures_without_a_range_give_one_day() -> None:
    found = estimated(Estimate("paint", 3, 3, 3))
    assert found.days == (date(2026, 11, 26),)


def test_the_middle_of_a_symmetric_estimate_is_its_likely_figure() -> None:
    found = estimated(Estimate("paint", 60, 80, 100))
    assert START.calendar.between(MONDAY, found.p50) == pytest.approx(80, abs=2)
    low = START.calendar.between(MONDAY, found.at(0.1))
    assert low == pytest.approx(60, abs=2)


@pytest.mark.parametrize("figures", [(3, 2, 5), (1, 6, 5), (-1, 2, 3), (0, 0, 0)])
def test_figures_that_do_not_rise_are_refused(figures: tuple[float, float, float]) -> None:
    found = from_estimates([Estimate("paint", *figures)], people=1, start=START, draw=draws(1))
    assert found == BAD_ESTIMATE.fill(what="paint")


def test_no_estimate_or_nobody_to_do_it_gives_no_date() -> None:
    some = [Estimate("paint", 1, 2, 3)]
    assert from_estimates([], people=1, start=START, draw=draws(1)) == NOTHING_LEFT
    assert from_estimates(some, people=0, start=START, draw=draws(1)) == NOTHING_LEFT


def test_the_expected_figure_weighs_the_likely_one_four_times() -> None:
    assert pert_mean(Estimate("paint", 1, 2, 9)) == 3


def test_before_the_first_day_nothing_is_done_and_after_the_last_all_is() -> None:
    found = made()
    assert found.probability(MONDAY) == 0
    assert found.probability(date(2031, 1, 1)) == found.shares[-1]
    assert found.at(1.1) == found.days[-1]


@given(
    st.lists(st.integers(0, 30), min_size=3, max_size=20).filter(lambda xs: sum(xs) > 2),
    st.integers(1, 60),
    st.sampled_from(("day", "working_day", "week")),
)
@settings(max_examples=40)
def test_every_forecast_rises_from_nothing_to_its_last_day(
    done: list[int], left: int, period: str
) -> None:
    samples = Samples(tuple(done), "day" if period == "day" else "week")
    found = refusal(left, samples)
    if isinstance(found, Forecast):
        assert all(a < b for a, b in pairwise(found.days))
        assert all(a < b for a, b in pairwise(found.shares))
        assert 0.85 <= found.shares[-1] <= 1.0
        assert found.days[0] > MONDAY
        bars = chart(found)
        assert 1 <= len(bars) <= MOST_BARS
        assert sum(bar.share for bar in bars) == pytest.approx(found.shares[-1])
        assert all(bar.share >= 0 for bar in bars)
        assert bars[-1].label >= found.at(0.99)


DAYS = (5, 1, 2, 4, 3, 1, 5, 4, 2, 3, 4, 2)


@pytest.mark.parametrize(
    ("remaining", "samples", "tenth", "p50", "p85"),
    [
        (30, WEEKS, 31, 39, 47),
        (30, Samples(WEEKS.done, "week", (1, 0, 2, 1, 1, 0, 1, 1)), 39, 51, 65),
        (40, Samples(DAYS[:10], "working_day"), 10, 14, 18),
        (60, Samples((*DAYS, 3, 4), "day"), 13, 14, 16),
        (Remaining(25, 45, growth=(0.1, 0.4)), WEEKS, 39, 57, 75),
        (9.5, Samples((0.51, 0.25, 0.75, 0.5, 0.6), "week"), 76, 91, 106),
    ],
)
def test_a_seed_gives_the_same_working_days_on_every_machine(
    remaining: float | Remaining, samples: Samples, tenth: int, p50: int, p85: int
) -> None:
    found = made(remaining, samples, runs=400)
    ends = (found.at(0.1), found.p50, found.p85)
    assert tuple(START.calendar.between(MONDAY, day) for day in ends) == (tenth, p50, p85)
    assert found.runs == 400


def test_a_seed_gives_the_same_days_from_estimates() -> None:
    items = [Estimate("a", 0, 0.5, 0.9), Estimate("b", 2, 5, 6), Estimate("c", 10, 12, 30)]
    found = from_estimates(items, people=1.5, start=START, draw=draws("seed"), runs=400)
    assert isinstance(found, Forecast)
    ends = (found.at(0.1), found.p50, found.p85)
    assert tuple(START.calendar.between(MONDAY, day) for day in ends) == (9, 16, 23)


def test_two_weeks_of_days_are_enough_to_know_the_rhythm_of_the_week() -> None:
    rhythm = made(40, Samples((5, 4, 3, 2, 1) * 2, "working_day"))
    broken = made(40, Samples(((5, 4, 3, 2, 1) * 2)[1:], "working_day"))
    assert rhythm.p85 < broken.p85


def test_items_that_are_late_together_widen_the_range() -> None:
    found = estimated(*(Estimate(f"part {n}", 2, 4, 12) for n in range(10)))
    early, late = (START.calendar.between(MONDAY, found.at(share)) for share in (0.15, 0.85))
    # Were the ten items independent it would be 24 working days; all as one, 77.
    assert 35 < late - early < 60


def test_the_cost_of_a_forecast_grows_with_its_futures_and_not_with_the_work() -> None:
    drawn = 0

    def counted() -> float:
        nonlocal drawn
        drawn += 1
        return source()

    for remaining in (5, 500):
        source, drawn = draws("seed"), 0
        forecast(remaining, WEEKS, start=START, draw=counted, runs=1000)
        assert drawn <= 15 * 1000  # three gamma draws of three numbers, and some in vain


FEW = Forecast((date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 18)), (0.3, 0.6, 1.0), 2000)


def test_both_dates_are_said_with_what_they_mean() -> None:
    said = target_and_commit(FEW)
    assert said.en == (
        "Target: Fri 4 Dec 2026, half of 2,000 simulated futures are done by then. "
        "Commit by: Fri 18 Dec 2026, 85 of 100 are."
    )
    assert "目标日期：2026年12月4日（周五）" in said.zh
    assert "承诺日期：2026年12月18日（周五）" in said.zh


def test_the_customer_hears_both_dates_without_the_machinery() -> None:
    assert (
        in_draft(FEW).zh
        == "我们争取2026年12月4日（周五）完成，可以按2026年12月18日（周五）来安排。"
    )
    assert in_draft(Forecast((MONDAY,), (1.0,), 10)).en == "The date to rely on is Mon 23 Nov 2026."


@pytest.mark.parametrize(
    ("day", "often_en", "advice"),
    [
        (date(2026, 11, 30), "almost none", "more likely to be missed"),
        (date(2026, 12, 1), "about 3 of 10", "more likely to be missed"),
        (date(2026, 12, 4), "about 6 of 10", "Good as a target"),
        (date(2026, 12, 18), "nearly all", "a date to commit to"),
    ],
)
def test_a_typed_date_is_said_to_hold_in_so_many_futures(
    day: date, often_en: str, advice: str
) -> None:
    said = chance(FEW, day).en
    assert f"holds in {often_en} simulated futures" in said
    assert advice in said


def test_a_share_is_said_in_tenths() -> None:
    assert often(0.64).zh == "大约十分之六的"
    assert often(0.051).en == "about 1 of 10"
    assert often(0.949).en == "about 9 of 10"


def test_what_the_date_rests_on_is_said_in_half_a_sentence() -> None:
    assert basis(30, WEEKS).en == (
        "30 left; measured pace 3.9 a week over the last 8 weeks (2 to 6)"
    )
    days = Samples((20, 30, 10), "day")
    assert basis(Remaining(25, 40), days).zh == "还剩25–40，最近3天实测平均每天20（最少10，最多30）"
    assert "a working day over the last 3" in basis(9, Samples((2, 3, 1), "working_day")).en


def test_the_chart_has_its_shares_and_its_words() -> None:
    bars = chart(FEW)
    assert (bars[0].label.day, bars[0].cumulative) == (2, 0.3)
    assert sum(bar.share for bar in bars) == pytest.approx(1.0)
    assert chart_text(bars[:2]).en == (
        "Of 100 simulated futures, done: by Wed 2 Dec 2026 30; by Fri 4 Dec 2026 60."
    )
    assert chart_text(bars[-1:]).zh == "100次模拟中，已完成的次数：2026年12月18日（周五）前100。"


def test_a_chart_of_many_years_still_has_few_bars() -> None:
    days = tuple(MONDAY + timedelta(days=40 * n) for n in range(1, 120))
    found = Forecast(days, tuple(n / 119 for n in range(1, 120)), 119)
    assert len(chart(found)) <= MOST_BARS
    assert chart(found)[-1].cumulative == 1.0
