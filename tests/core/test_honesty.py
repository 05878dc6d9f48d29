"""The honesty clock, the severity and the time to tell."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.foresight.honesty import Clock, Severity, Stage, Weight, read, severity, tell_by
from bot.core.reading.calendars import calendar

TODAY = date(2026, 6, 12)  # a Friday
PLAIN = calendar("none")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def clock(
    *,
    first_sign: date | None = None,
    certain: date | None = None,
    told: date | None = None,
    notice_days: int | None = None,
    served: bool = False,
) -> Clock:
    return Clock(TODAY, PLAIN, first_sign, certain, told, notice_days, served)


def test_without_a_sign_there_is_nothing_to_say() -> None:
    found = read(clock())
    assert (found.stage, found.silent_days, found.text) == ("quiet", 0, None)


@pytest.mark.parametrize(
    ("certain", "stage", "working"),
    [
        (date(2026, 6, 12), "today", 0),
        (date(2026, 6, 11), "waiting", 1),
        (date(2026, 6, 5), "waiting", 5),
        (date(2026, 6, 4), "late", 6),
    ],
)
def test_silence_becomes_late_after_a_working_week(
    certain: date, stage: Stage, working: int
) -> None:
    found = read(clock(certain=certain))
    assert (found.stage, found.silent_working_days) == (stage, working)


def test_a_long_silence_names_the_question_that_will_come() -> None:
    text = read(clock(certain=date(2026, 6, 4))).text
    assert text is not None
    assert text.en.startswith(
        "You have known for 6 working days; the customer will ask why they hear it now."
    )
    assert text.zh.startswith("您知道已经6个工作日了，客户会问为什么现在才说")


def test_holidays_do_not_count_as_silence() -> None:
    china = Clock(date(2026, 10, 9), calendar("CN"), certain=date(2026, 9, 30))
    assert read(china).silent_working_days == 2
    assert read(china).silent_days == 9


def test_a_first_sign_asks_for_a_heads_up() -> None:
    found = read(clock(first_sign=date(2026, 6, 8)))
    assert (found.stage, found.silent_working_days) == ("sign", 4)
    assert found.text is not None
    assert "Mon 8 Jun 2026" in found.text.en


@pytest.mark.parametrize(
    ("certain", "told", "stage"),
    [
        (None, date(2026, 6, 1), "told_early"),
        (date(2026, 6, 3), date(2026, 6, 1), "told_early"),
        (date(2026, 6, 1), date(2026, 6, 1), "told_at_once"),
        (date(2026, 6, 1), date(2026, 6, 2), "told_at_once"),
        (date(2026, 6, 1), date(2026, 6, 3), "told"),
        (date(2026, 6, 1), date(2026, 6, 9), "told_late"),
    ],
)
def test_after_telling_the_clock_stands_still(
    certain: date | None, told: date, stage: Stage
) -> None:
    found = read(clock(first_sign=date(2026, 5, 28), certain=certain, told=told))
    assert found.stage == stage
    assert found.text is not None


@pytest.mark.parametrize(
    ("days", "stage", "left", "says"),
    [
        (15, "late", 4, "You have known"),
        (14, "notice_due", 3, "3 days are left"),
        (12, "notice_due", 1, "1 day is left"),
        (11, "notice_due", 0, "today is the last day"),
        (9, "notice_over", -2, "2 days ago"),
    ],
)
def test_a_notice_that_is_near_goes_first(days: int, stage: Stage, left: int, says: str) -> None:
    found = read(clock(certain=date(2026, 6, 1), notice_days=days))
    assert (found.stage, found.notice_left) == (stage, left)
    assert found.text is not None
    assert says in found.text.en


def test_a_notice_still_runs_after_a_friendly_word() -> None:
    told = clock(certain=date(2026, 6, 1), told=date(2026, 6, 1), notice_days=11)
    assert read(told).stage == "notice_due"


def test_a_notice_that_was_served_is_done_with() -> None:
    served = clock(certain=date(2026, 6, 1), notice_days=5, served=True)
    assert read(served).notice_by is None
    assert read(served).stage == "late"


def test_without_a_day_of_knowing_no_notice_runs() -> None:
    assert read(clock(notice_days=10)).notice_by is None


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_silence_is_never_below_nothing(certain: date, told: date) -> None:
    found = read(Clock(date(2026, 12, 31), PLAIN, certain=certain, told=told))
    assert 0 <= found.silent_working_days <= found.silent_days
    assert found.text is not None


@pytest.mark.parametrize(
    ("weight", "level", "reasons"),
    [
        (Weight(), "low", ["no date of theirs is hit so far"]),
        (Weight(slip=5), "low", ["the date moves by 5 working days"]),
        (Weight(slip=6), "medium", ["the date moves by 6 working days"]),
        (Weight(slip=20), "medium", ["the date moves by 20 working days"]),
        (Weight(slip=2, remedy=True), "medium", ["a remedy is in play"]),
        (Weight(slip=21), "high", ["the date moves by 21 working days"]),
        (Weight(earlier_slips=1), "high", ["this date has moved before"]),
        (
            Weight(deadline_hit=True, notice_due=True),
            "high",
            [
                "a deadline of the customer's own falls before the new date",
                "a contract notice is due",
            ],
        ),
        (
            Weight(slip=40, at_stake=True),
            "critical",
            ["the customer's operation, safety, the law or a public date is at stake"],
        ),
    ],
)
def test_the_highest_line_that_fits_counts(
    weight: Weight, level: Severity, reasons: list[str]
) -> None:
    found = severity(weight)
    assert found.severity == level
    assert [reason.en for reason in found.reasons] == reasons


def test_a_severe_delay_is_told_by_more_than_the_project_manager() -> None:
    assert severity(Weight(slip=3)).who.en == "the project manager"
    assert severity(Weight(at_stake=True)).tell_by.zh == "几小时之内"
    assert "equal rank" in severity(Weight(at_stake=True)).who.en


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 6, day, hour, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("level", "known", "due"),
    [
        ("low", at(12, 10), at(15, 18)),
        ("low", at(13, 10), at(15, 18)),
        ("medium", at(12, 10), at(12, 18)),
        ("high", at(12, 17), at(12, 18)),
        ("high", at(12, 18), at(15, 18)),
        ("medium", at(13, 9), at(15, 18)),
        ("critical", at(13, 23), at(14, 3)),
    ],
)
def test_the_customer_should_know_by_the_time_of_the_severity(
    level: Severity, known: datetime, due: datetime
) -> None:
    assert tell_by(level, known, PLAIN) == due
    assert due - known <= timedelta(days=3, hours=8)
