"""Measures: which unit stands beside a number, how much that is, and when two are the same."""

import pytest

from bot.core.coaching.detectors.fact_measures import Measure, measured, with_sums
from bot.core.reading.numerals import normalise
from bot.core.reading.quantities import scan


def read(text: str) -> list[tuple[str, float, bool]]:
    """What the numbers of a text measure."""
    found = measured(text, scan(normalise(text)))
    return [(one.kind, round(one.size, 6), one.imperial) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2 km of pipe", [("length", 1200.0, False)]),
        ("1,200 metres of pipe", [("length", 1200.0, False)]),
        ("a 5 mm gap", [("length", 0.005, False)]),
        ("21 miles", [("length", 33796.224, True)]),
        ("9,000 litres", [("volume", 9000.0, False)]),
        ("nine cubic metres", [("volume", 9000.0, False)]),
        ("3 hectares", [("area", 30000.0, False)]),
        ("8.5 megapascals", [("pressure", 8.5, False)]),
        ("85 bar", [("pressure", 8.5, False)]),
        ("12 further tonnes", [("mass", 12000.0, False)]),
        ("90 minutes", [("time", 5400.0, False)]),
        ("3 of 9 km", [("length", 3000.0, False), ("length", 9000.0, False)]),
        ("34公里", [("length", 34000.0, False)]),
        ("每天9立方柴油", [("volume", 9000.0, False)]),
        ("5斤", [("mass", 2.5, False)]),
        ("nine lamps", []),
        ("9 kmx", []),
        ("5%", []),
        ("9 euros", []),
        ("", []),
    ],
)
def test_number_with_a_unit_measures_so_much_of_a_kind(
    text: str, expected: list[tuple[str, float, bool]]
) -> None:
    assert read(text) == expected


KM = Measure("length", 1000)


@pytest.mark.parametrize(
    ("rule", "other", "room", "same"),
    [
        ("as much", Measure("length", 1000), 0.0, True),
        ("a thousandth less", Measure("length", 1001), 0.0, True),
        ("two thousandths less", Measure("length", 1002), 0.0, False),
        ("two thousandths more", Measure("length", 998), 0.0, False),
        ("another kind", Measure("volume", 1000), 0.0, False),
        ("as far as there is room", Measure("length", 1080), 0.1, True),
        ("right at the end of the room", Measure("length", 800), 0.25, True),
        ("beyond the room", Measure("length", 1150), 0.1, False),
        ("across systems", Measure("length", 1030, imperial=True), 0.0, True),
        ("too far across systems", Measure("length", 1050, imperial=True), 0.0, False),
    ],
)  # fmt: skip
def test_measures_are_the_same_as_exactly_as_their_units_allow(
    rule: str, other: Measure, room: float, same: bool
) -> None:
    assert KM.same(other, room) is same, rule


def test_measure_is_metric_unless_it_is_said() -> None:
    assert Measure("length", 1000, imperial=False) == KM
    miles = Measure("length", 1609.344, imperial=True)
    assert miles.times(3) == Measure("length", 3 * 1609.344, imperial=True)
    assert KM.times(0.5) == Measure("length", 500)


def test_two_measures_of_a_kind_are_added_and_taken_from_each_other() -> None:
    a, b, c = Measure("length", 300), Measure("volume", 7), Measure("length", 500)
    assert with_sums((a, b, c)) == (a, b, c, Measure("length", 200), Measure("length", 800))
    far = Measure("length", 9, imperial=True)
    assert with_sums((far, a))[2:] == (
        Measure("length", 291, imperial=True),
        Measure("length", 309, imperial=True),
    )
    assert with_sums(()) == ()


def test_no_more_than_twelve_measures_are_added() -> None:
    many = tuple(Measure("length", 2.0**n) for n in range(13))
    assert len(with_sums(many)) == 13 + 2 * 66
