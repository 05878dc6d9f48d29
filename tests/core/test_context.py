"""What is known of a case as the coach reads it: every key, and nothing of a value of the wrong kind."""

from datetime import date

import pytest

from bot.core.coaching.context import Context, context_of

DAYS = {
    "today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-05-29",
    "date_known_by": "2026-05-08", "aware_date": "2026-05-01", "customer_deadline": "2026-06-01",
}  # fmt: skip
NUMBERS = {
    "percent_done": 60, "spent_days": 12.5, "remaining_days": 8, "people": 3, "remedy_percent": 2,
    "remedy_limit_percent": 5,
}  # fmt: skip
COUNTS = {"contract_notice_days": 14, "previous_slips": 2}
TEXTS = {
    "confidence": "P80", "customer_deadline_what": "fair", "severity": "high", "calendar": "DE",
    "audience": "executive", "cause": "a seal broke", "cause_party": "ours", "status": "5 of 9 stand",
    "impact": "no heat on floor 2", "date_basis": "two a day", "what_changed": "a second crew",
    "next_update": "every Friday", "sender": "Ida", "customer": "Mr Osei", "project": "Hall 5",
}  # fmt: skip
NOTHING = Context()


@pytest.mark.parametrize(("key", "value"), DAYS.items())
def test_a_day_is_read_whether_or_not_an_hour_follows(key: str, value: str) -> None:
    assert getattr(context_of({key: value}), key) == date.fromisoformat(value)
    assert getattr(context_of({key: f"{value}T09:30:00+02:00"}), key) == date.fromisoformat(value)


@pytest.mark.parametrize("key", DAYS)
@pytest.mark.parametrize("value", ["soon", "2026-13-01", "", 20260504, None, ["2026-05-04"]])
def test_what_is_no_day_counts_as_missing(key: str, value: object) -> None:
    assert context_of({key: value}) == NOTHING


@pytest.mark.parametrize("from_key", ["today", "original_date", "new_date"])
@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("9 July", "2025-07-09"),
        ("7月9日", "2025-07-09"),
        ("noon on 9 July", "2025-07-09"),
        ("not on 9 July, on 12 July", None),
        ("soon", None),
        (9, None),
    ],
)
def test_a_day_is_read_as_people_write_it_once_a_date_is_known_to_count_from(
    from_key: str, written: object, day: str | None
) -> None:
    known = context_of({from_key: "2025-06-02", "customer_deadline": written})
    assert known.customer_deadline == (date.fromisoformat(day) if day else None)
    assert context_of({"customer_deadline": written}) == NOTHING


def test_a_written_day_is_read_from_today_before_any_other_date() -> None:
    known = {"today": "2025-06-02", "original_date": "2031-06-02", "new_date": "2033-06-02"}
    assert context_of({**known, "aware_date": "9 July"}).aware_date == date(2025, 7, 9)
    later = {**known, "today": None}
    assert context_of({**later, "aware_date": "9 July"}).aware_date == date(2031, 7, 9)


@pytest.mark.parametrize(("key", "value"), [*NUMBERS.items(), *COUNTS.items()])
def test_a_number_is_read(key: str, value: float) -> None:
    assert getattr(context_of({key: value}), key) == value


@pytest.mark.parametrize("key", [*NUMBERS, *COUNTS])
@pytest.mark.parametrize("value", ["two", True, None, [3], 1e9, -1e9, float("inf"), float("nan")])
def test_what_is_no_number_counts_as_missing(key: str, value: object) -> None:
    assert context_of({key: value}) == NOTHING


@pytest.mark.parametrize("value", [999_999_999, -999_999_999])
def test_a_number_below_a_thousand_million_is_read(value: int) -> None:
    assert context_of({"spent_days": value}).spent_days == value


@pytest.mark.parametrize("key", COUNTS)
def test_a_count_is_whole_and_below_ten_thousand(key: str) -> None:
    assert getattr(context_of({key: 9_999}), key) == 9_999
    assert getattr(context_of({key: -9_999}), key) == -9_999
    assert getattr(context_of({key: 2.9}), key) == 2
    for far in (10_000, -10_000):
        assert context_of({key: far}) == NOTHING


@pytest.mark.parametrize(("key", "value"), TEXTS.items())
def test_a_text_is_read_without_the_blanks_around_it(key: str, value: str) -> None:
    assert getattr(context_of({key: f" {value}\n"}), key) == value


@pytest.mark.parametrize("key", TEXTS)
@pytest.mark.parametrize("value", ["", " \n", 5, None, ["a"]])
def test_what_is_no_text_counts_as_missing(key: str, value: object) -> None:
    assert context_of({key: value}) == NOTHING


@pytest.mark.parametrize(
    ("given", "approved"), [(True, True), (False, False), (None, None), ("yes", None), (1, None)]
)
def test_an_approval_is_yes_no_or_unknown(*, given: object, approved: bool | None) -> None:
    assert context_of({"remedy_approved": given}).remedy_approved is approved


@pytest.mark.parametrize("given", [False, None, "yes", 1])
def test_the_weekend_is_free_unless_it_is_said(given: object) -> None:
    assert context_of({"weekend_ok": given}) == NOTHING
    assert context_of({"weekend_ok": True}).weekend_ok


@pytest.mark.parametrize(
    ("key", "given", "read"),
    [
        ("ask", {"what": " approve the drawing ", "by": "2026-05-11"}, "approve the drawing"),
        ("ask", "approve the drawing", "approve the drawing"),
        ("ask", {"by": "2026-05-11"}, None),
        ("ask", 5, None),
        ("remedy", {"what": "two weeks of rent", "approved": False}, "two weeks of rent"),
        ("remedy", "two weeks of rent", "two weeks of rent"),
        ("remedy", {"approved": True}, None),
        ("remedy", [], None),
    ],
)
def test_what_is_asked_or_offered_is_a_text_or_stands_under_what(
    key: str, given: object, read: str | None
) -> None:
    assert getattr(context_of({key: given}), key) == read


def test_what_is_asked_has_its_day_and_what_is_offered_its_approval() -> None:
    asked = {"what": "approve the drawing", "by": "2026-05-11"}
    assert context_of({"ask": asked}).ask_by == date(2026, 5, 11)
    assert context_of({"ask": "approve the drawing by 2026-05-11"}).ask_by is None
    assert context_of({"remedy": {"what": "rent", "approved": True}}).remedy_granted is True
    for approved in (False, "yes", None):
        offered = {"what": "rent", "approved": approved}
        assert context_of({"remedy": offered}).remedy_granted is False
    assert context_of({"remedy": "approved"}).remedy_granted is False


@pytest.mark.parametrize("key", ["options", "internal_only"])
@pytest.mark.parametrize(
    ("given", "read"),
    [
        (["rent pumps", "wait"], ("rent pumps", "wait")),
        ("rent pumps", ("rent pumps",)),
        (" ", ()),
        ([{"what": "rent pumps", "cost": 900, "until": None}], ("rent pumps; 900",)),
        (["wait", "", " ", 5, None], ("wait",)),
        (3, ()),
        (None, ()),
        ({"what": "wait"}, ()),
    ],
)
def test_options_are_the_texts_of_a_list(key: str, given: object, read: tuple[str, ...]) -> None:
    assert getattr(context_of({key: given}), key) == read


def test_nothing_given_is_nothing_known() -> None:
    assert context_of({}) == NOTHING
    assert NOTHING.slip is None
    assert NOTHING.days == frozenset()
    assert NOTHING.prose == ()


def test_the_slip_is_told_in_working_days_of_the_calendar() -> None:
    known = {"original_date": "2026-04-30", "new_date": "2026-05-04"}
    assert context_of(known).slip == 2
    assert context_of({**known, "calendar": "CN"}).slip == 0
    assert context_of({**known, "calendar": "Mars"}).slip == 2


@pytest.mark.parametrize("missing", ["original_date", "new_date"])
def test_without_both_dates_there_is_no_slip(missing: str) -> None:
    assert context_of({**DAYS, missing: None}).slip is None


def test_the_days_are_those_given_as_fields() -> None:
    known = context_of(
        {**DAYS, "ask": {"what": "sign", "by": "2026-05-11"}, "cause": "on 2026-05-20"}
    )
    assert known.days == {date.fromisoformat(day) for day in DAYS.values()} | {date(2026, 5, 11)}


def test_the_prose_is_every_text_of_the_case_and_no_label() -> None:
    known = {**TEXTS, "options": ["wait", "rent pumps"], "ask": "sign", "remedy": "rent"}
    labels = {"confidence", "severity", "calendar", "audience", "cause_party"}
    told = [text for key, text in TEXTS.items() if key not in labels]
    assert sorted(context_of(known).prose) == sorted([*told, "wait", "rent pumps", "sign", "rent"])
