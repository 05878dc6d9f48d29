"""The numbers of the facts, and which others follow from them."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from bot.core.coaching.context import context_of
from bot.core.coaching.detectors.fact_numbers import (
    Numbers,
    in_days,
    known_numbers,
    quotients,
    results,
    rounds,
    zeros,
)
from bot.core.reading.quantities import scan

TODAY = date(2026, 6, 3)


def numbers(**known: object) -> Numbers:
    return known_numbers(context_of(known), TODAY)


def test_the_numbers_of_each_fact_are_known_together_and_by_themselves() -> None:
    found = numbers(cause="40 seals broke", status="17 of 24 valves are fitted")
    assert found.each == (frozenset({40.0}), frozenset({17.0, 24.0}))
    assert found.given == {17, 24, 40}
    assert found.ratios == {24: {17}}


def test_the_figures_of_a_date_are_no_numbers() -> None:
    found = numbers(cause="ordered on 4 May 2026, 40 pieces")
    assert found.given == {40}


def test_a_figure_within_a_name_is_a_number_like_any_other() -> None:
    assert numbers(cause="pump P-118 and valve 12.25 broke").given == {118, 12.25}


def test_every_field_that_counts_is_given() -> None:
    known: Mapping[str, float] = {
        "percent_done": 60, "spent_days": 31, "remaining_days": 8, "people": 5, "previous_slips": 2,
        "contract_notice_days": 14,
    }  # fmt: skip
    for field, value in known.items():
        assert numbers(**{field: value}).given == {value}


def test_a_share_of_a_remedy_is_given_once_it_is_approved() -> None:
    remedy = {"what": "a discount", "approved": True}
    assert numbers(remedy_percent=3, remedy=remedy).given == {3}
    assert numbers(remedy_percent=3).given == set()


def test_two_numbers_of_one_fact_make_their_sum_difference_product_and_share() -> None:
    found = numbers(status="17 of 24 valves are fitted")
    assert found.sums == {34, 48, 41, 0, 7}  # valves times valves are nothing
    assert found.shares == {71, 100}
    assert found.derived == found.sums | found.shares | {17, 24}
    assert found.lasting == {1, 2}  # how many times 17 goes into 24


def test_numbers_of_two_facts_make_nothing() -> None:
    found = numbers(cause="40 seals broke", status="24 valves are fitted")
    assert not {64.0, 16.0, 960.0} & found.derived


def test_three_at_most_is_multiplied_alone() -> None:
    found = numbers(status="3 crews with 8 doors each, and 50 frames")
    assert {24.0, 150.0} <= numbers(status="3 a day with 8, and 50").sums
    assert not {11.0, 53.0, 5.0, 47.0} & found.sums
    assert {58.0, 42.0} <= found.sums  # of 8 and 50


@pytest.mark.parametrize(
    ("basis", "daily"),
    [
        ("10 a day", True), ("10 per shift", True), ("10 each night", True), ("10 every day", True), ("10 daily", True),
        ("每天10扇", True), ("一晚10扇", True), ("10 a week", False), ("共10扇", False),
    ],
)  # fmt: skip
def test_what_is_done_in_a_day_makes_a_week_of_five_to_seven(basis: str, *, daily: bool) -> None:
    found = numbers(date_basis=basis)
    weekly = {50.0, 60.0, 70.0} if daily else set()
    assert found.weekly == weekly
    assert weekly <= found.derived & found.sums if daily else not {50.0, 70.0} & found.derived


def test_what_is_left_is_done_in_so_many_days_rounded_either_way() -> None:
    found = numbers(status="100 doors, 14 hang", date_basis="7 a night")
    assert {14.0, 15.0} <= found.lasting  # 100 at 7
    assert {12.0, 13.0} <= found.lasting  # the 86 that are left
    assert not {14.0, 13.0} & numbers(status="100 doors, 14 hang", date_basis="7 a week").lasting
    assert numbers(status="100 doors", date_basis="0 a night").lasting == {1}  # 100 into itself


def test_a_further_slip_and_the_count_of_options_follow() -> None:
    assert {3.0, 2.0} <= numbers(previous_slips=2).derived
    assert 1.0 not in numbers(people=9).derived
    assert numbers(options=["one", "another", "a third", "a fourth"]).derived == {4}


def test_the_lengths_between_the_days_follow_in_days_weeks_and_months() -> None:
    found = numbers(original_date="2026-06-05", new_date="2026-07-21")
    assert found.derived == {0, 46, 47, 32, 6, 7, 2}
    assert found.lasting == {46, 47, 32}
    assert found.sums == set()
    assert found.given == set()


def test_days_that_a_fact_names_lie_so_far_apart() -> None:
    found = numbers(cause="ordered on 4 May, it came on 20 May", new_date="2026-05-30")
    assert found.lasting == {16, 17, 12, 26, 27, 19, 10, 11, 7}  # each pair of three days
    assert numbers(cause="ordered on 4 May").lasting == set()


@pytest.mark.parametrize(
    ("length", "days"),
    [
        ("48 hours", [2]),
        ("9 days", [9]),
        ("5 working days", [5, 7]),
        ("2 weeks", [14, 10]),
        ("2 fortnights", [28, 20]),
        ("2 months", [60, 56, 62]),
        ("9 doors", []),
        ("9 percent", []),
        ("9", []),
    ],
)
def test_a_length_is_known_in_days(length: str, days: list[float]) -> None:
    (quantity,) = scan(length)
    assert list(in_days(quantity)) == pytest.approx(days)


def test_the_length_of_a_fact_lasts_in_days() -> None:
    assert {14.0, 10.0} <= numbers(cause="the maker needs 2 weeks").lasting


def test_percents_and_odds_are_told_apart_from_counts() -> None:
    found = numbers(status="40 percent of 24 valves", percent_done=60, confidence="p50 or P80")
    assert found.percents == {40, 60}
    assert found.odds == {50, 80}
    assert numbers(status="24 valves").percents == set()
    assert numbers(status="24 valves").odds == set()


def test_of_very_many_numbers_and_days_the_least_thirty_are_combined() -> None:
    many = " and ".join(f"{n * n * 100} things" for n in range(1, 41))
    found = numbers(status=many)
    assert len(found.given) == 40
    assert max(found.sums) == 2 * 30 * 30 * 100
    days = [TODAY + timedelta(days=n * n) for n in range(40)]
    told = numbers(cause=", ".join(f"{day.isoformat()}" for day in days)).lasting
    assert 29 * 29 in told
    assert 30 * 30 not in told


def test_two_numbers_make_their_results_and_quotient() -> None:
    assert list(results(4, 9)) == [13, 5, 36]
    assert list(results(9, 4)) == [13, 5, 36]
    assert list(quotients(112, 16)) == [7]
    assert list(quotients(16, 113)) == [8]
    assert list(quotients(0, 113)) == []


@pytest.mark.parametrize(
    ("number", "given", "rounded"),
    [
        (50, {48}, True), (48, {47}, False), (47, {48}, False), (250, {260}, True), (245, {250}, False),
        (240, {260}, False), (100, {104}, True), (100, {106}, False), (20, {21}, True), (20, {19}, False),
        (19, {20}, False), (50, {300, 48}, True), (48.5, {47}, False), (50, set(), False),
        (105, {100.5}, True), (95, {100}, False), (380, {399}, True), (420, {400}, False), (210, {200.5}, True),
    ],
)  # fmt: skip
def test_a_number_is_rounded_where_it_is_rounder_and_within_a_twentieth(
    number: float, given: set[float], *, rounded: bool
) -> None:
    assert rounds(number, frozenset(given)) is rounded


@pytest.mark.parametrize(
    ("number", "round_by"),
    [(7, 0), (40, 1), (45, 0.5), (450, 1.5), (1200, 2), (5, 0.5), (4.5, -1), (1e15, -1), (999_999_999_999_990, 1)],
)  # fmt: skip
def test_a_number_is_as_round_as_its_zeros(number: float, round_by: float) -> None:
    assert zeros(number) == round_by


SLIP: Mapping[str, str] = {"original_date": "2026-06-05", "new_date": "2026-07-03"}  # four weeks


@pytest.mark.parametrize(
    ("status", "known", "sums"),
    [
        ("10 crates a week", SLIP, {20, 0, 40}),
        ("10 crates a week", {"new_date": "2026-07-03"}, {20, 0}),
        ("10 crates a week", {"original_date": "2026-06-05"}, {20, 0}),
        ("10 crates a day", SLIP, {20, 0, 50, 60, 70, 280, 200}),  # 28 days, 20 of them at work
        ("每周10箱", SLIP, {20, 0, 40}),
    ],
)
def test_what_a_pace_loses_until_the_new_date_follows(
    status: str, known: Mapping[str, str], sums: set[float]
) -> None:
    assert numbers(status=status, **known).sums == sums


@pytest.mark.parametrize(
    ("status", "made"),
    [
        ("90 minutes and 5 days", {180, 0, 10, 95, 85}),
        ("4 bad-weather days and 9 days", {8, 0, 18, 13, 5}),
        ("8 doors for 400 euros", {16, 0, 800, 3200}),
        ("8 doors and 40 frames", {16, 0, 80, 48, 32}),
        ("8 doors, and 40", {16, 0, 80, 48, 32, 320, 1600}),
        ("5 km with 8 doors", {10, 0, 16, 40}),
    ],
)
def test_numbers_are_added_where_they_count_the_same_and_multiplied_where_not(
    status: str, made: set[float]
) -> None:
    assert numbers(status=status).sums == made


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("blocks A to D", {4}),
        ("blocks D to A", set()),
        ("blocks A to A", set()),
        ("panels 40 to 52", {40, 52, 13}),
        ("panels 52 to 40", {40, 52}),
        ("panels 40 to 40", {40}),
        ("40至52号板", {40, 52, 13}),
        ("at 8:30 to 9:30", {8, 9, 30}),
    ],
)
def test_row_has_so_many_from_its_first_to_its_last(text: str, given: set[float]) -> None:
    assert numbers(cause=text).given == given


def test_part_of_a_whole_may_be_told_by_a_row_or_in_one_unit() -> None:
    assert numbers(cause="A to D of the 9 blocks").ratios == {9: {4}}
    assert numbers(cause="A to D of 9 blocks, 3 of 9").ratios == {9: {4, 3}}
    assert numbers(status="24台阀门装好17台").ratios == {24: {17}}


def test_things_that_a_fact_lists_are_counted_from_four_on() -> None:
    assert 4.0 in numbers(cause="pumps, valves, seals and rubber").sums
    assert numbers(cause="pumps, valves and seals").sums == set()
    assert 4.0 in numbers(cause="泵、阀、管和垫").sums


def test_number_without_a_thing_is_bare() -> None:
    found = numbers(cause="12 doors of hall 7", status="hall 12")
    assert found.bare == {7}
