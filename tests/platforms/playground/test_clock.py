"""The moved clock and where its jumps lead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.engine.inbound import Profile
from bot.platforms.playground.clock import MOST, Jump, MovedClock, target

NOW = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # a Monday
SWEDEN = Profile("en", "Europe/Stockholm", "SE")
CHINA = Profile("zh", "Asia/Shanghai", "CN")


def test_the_offset_outlives_a_restart(tmp_path: Path) -> None:
    kept = tmp_path / "clock"
    MovedClock(lambda: NOW, kept).move_to(NOW + timedelta(days=2))

    again = MovedClock(lambda: NOW, kept)

    assert again() == NOW + timedelta(days=2)
    assert again.is_moved


def test_it_goes_back_to_the_real_time_and_never_before() -> None:
    clock = MovedClock(lambda: NOW)
    clock.move_to(NOW + timedelta(hours=5))
    clock.move_to(NOW - timedelta(days=1))

    assert clock() == NOW
    assert not clock.is_moved


def test_ten_years_are_the_most() -> None:
    clock = MovedClock(lambda: NOW)
    clock.move_to(NOW + 3 * MOST)

    assert clock() == NOW + MOST


@pytest.mark.parametrize("words", ["", "soon", "-5", "9" * 40, "１２"])
def test_a_broken_file_means_the_real_time_or_at_most_ten_years(tmp_path: Path, words: str) -> None:
    kept = tmp_path / "clock"
    kept.write_text(words, encoding="utf-8")

    assert MovedClock(lambda: NOW, kept)() == NOW


@pytest.mark.parametrize(
    ("to", "profile", "lands"),
    [
        ("now", SWEDEN, NOW),
        ("hour", SWEDEN, NOW + timedelta(hours=1)),
        ("working_day", SWEDEN, NOW + timedelta(days=1)),
        ("monday", SWEDEN, datetime(2026, 11, 30, 8, 0, tzinfo=UTC)),
        ("monday", CHINA, datetime(2026, 11, 30, 1, 0, tzinfo=UTC)),
    ],
)
def test_jumps_follow_zone_and_calendar(to: Jump, profile: Profile, lands: datetime) -> None:
    assert target(NOW, to, profile, real=NOW) == lands


def test_a_working_day_over_the_change_of_summer_time_keeps_the_hour() -> None:
    friday = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)  # 09:00 in Stockholm

    assert target(friday, "working_day", SWEDEN, real=friday) == datetime(
        2026, 3, 30, 7, 0, tzinfo=UTC
    )


def test_a_working_day_leaps_over_a_weekend_but_not_over_a_make_up_day() -> None:
    friday = datetime(2026, 2, 13, 2, 0, tzinfo=UTC)  # Saturday the 14th is worked in China

    assert target(friday, "working_day", CHINA, real=friday).date().day == 14
    assert target(friday, "working_day", SWEDEN, real=friday).date().day == 16
