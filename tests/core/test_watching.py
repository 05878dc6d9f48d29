"""Early warning: two taps before each watched date, and the conversation offered once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core import flow
from bot.core.cards import screens
from bot.core.case import DateValue, RowsValue, TextValue, day_of, text_of
from bot.core.effects import OfferScreen, WatchScreen
from bot.core.events import Begun, Submitted, Typed
from bot.core.following.anchors import watched as watched_dates
from bot.core.following.minutes import time_line
from bot.core.following.watching import Check, is_sign
from bot.core.foresight import honesty
from bot.core.foresight.weighing import tell_by
from bot.core.words import CaseId, FieldId, Language, TenantId
from tests.core.followed import Followed

BEGUN_AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
RIG = {"name": "Test rig stands", "owner": "Ida", "day": "2026-06-12"}


def watched() -> Followed:
    """A project with one watched date."""
    one = Followed(at=BEGUN_AT)
    begun = Begun(
        one.stamp(), CaseId("c1"), TenantId("t1"), "en", "Europe/London", "GB", "Hall 4", watch=True
    )
    one.case, one.effects = flow.begin(one.playbook, begun)
    raw = {FieldId("watch_dates"): (RIG,)}
    return one.give(Submitted(one.stamp(), raw, one.case.revision))


def offers(one: Followed) -> int:
    return sum(isinstance(s.screen, OfferScreen) for s in one.shows)


@pytest.mark.parametrize(
    ("levels", "sign"),
    [
        ([], False),
        ([3], False),
        ([0], True),  # at risk
        ([3, 2], False),  # one fall is no sign yet
        ([3, 2, 1], True),
        ([3, 1, 2], False),
        ([2, 2, 1], False),
        ([3, 2, 1, 3], False),
    ],
)
def test_two_falling_answers_in_a_row_are_a_sign(levels: list[int], *, sign: bool) -> None:
    at = BEGUN_AT
    checks = tuple(Check(1, at + timedelta(days=n), x) for n, x in enumerate(levels))
    assert is_sign(checks) is sign


def test_answers_on_other_dates_do_not_mix() -> None:
    at = BEGUN_AT
    assert not is_sign((Check(1, at, 3), Check(2, at, 2), Check(1, at, 1)))


def test_a_date_that_is_watched_late_is_asked_about_once_at_a_time() -> None:
    one = Followed(at=datetime(2026, 6, 5, 19, tzinfo=UTC))  # both earlier days have passed
    begun = Begun(
        one.stamp(), CaseId("c1"), TenantId("t1"), "en", "Europe/London", "GB", "Hall 4", watch=True
    )
    one.case, one.effects = flow.begin(one.playbook, begun)
    one.give(Submitted(one.stamp(), {FieldId("watch_dates"): (RIG,)}, one.case.revision))
    laid = sorted((r.due.date(), r.kind) for r in one.case.reminders.values() if r.is_open)
    assert laid == [(date(2026, 6, 8), "watch_near"), (date(2026, 6, 10), "watch_last")]


def test_a_watched_date_is_asked_about_ten_five_and_two_working_days_before() -> None:
    one = watched()
    assert (one.case.watch, one.case.step, one.case.phase) == (True, None, "collecting")
    days = sorted(r.due.date() for r in one.case.reminders.values())
    assert days == [date(2026, 5, 29), date(2026, 6, 5), date(2026, 6, 10)]
    card = screens.draw(one.playbook, one.case, WatchScreen(), today=date(2026, 5, 4))
    assert "Test rig stands" in str(card)


@pytest.mark.parametrize(
    ("pasted", "language"),
    [
        ("Test rig stands; 12 June; Ida\nDry run\t19 June\tTom", "en"),
        ("台架立好；6月12日；小林\n空载试车；6月19日；小陈", "zh"),
    ],
)
def test_dates_can_be_pasted_a_line_each(pasted: str, language: Language) -> None:
    one = Followed(language=language, at=BEGUN_AT)
    begun = Begun(
        one.stamp(), CaseId("c1"), TenantId("t1"), language, "Europe/London", "GB", "4", watch=True
    )
    one.case, one.effects = flow.begin(one.playbook, begun)
    one.give(Typed(one.stamp(), pasted))
    days = [day for _, _, day in watched_dates(one.case)]
    assert days == [date(2026, 6, 12), date(2026, 6, 19)]


def test_on_track_asks_how_sure_with_a_second_tap() -> None:
    one = watched().until(date(2026, 5, 29)).press("watch_far/1", "on_track")
    assert one.buttons("watch_far/1") == ["Sure", "Fairly", "Hardly"]
    one.press("watch_far/1", "sure", "high")
    assert [c.confidence for c in one.case.checks] == [3]
    assert one.reminder("watch_far/1").state == "answered"
    assert offers(one) == 0


def test_falling_confidence_offers_the_conversation_once() -> None:
    one = watched()
    for day, key, level in (
        (date(2026, 5, 29), "watch_far/1", "high"),
        (date(2026, 6, 5), "watch_near/1", "medium"),
        (date(2026, 6, 10), "watch_last/1", "low"),
    ):
        one.until(day).press(key, "on_track").press(key, "sure", level)
    assert offers(one) == 1
    one.press("/", "sign")
    assert (one.case.watch, one.case.step) == (False, "start")
    assert one.case.answers[FieldId("first_sign")].value == DateValue(date(2026, 6, 10))
    assert one.press("/", "sign").toasts == ["That was answered already. Nothing changed."]


def test_a_date_at_risk_is_a_sign_at_once_and_the_watch_ends_with_the_conversation() -> None:
    one = watched().until(date(2026, 5, 29)).press("watch_far/1", "at_risk")
    assert offers(one) == 1
    one.press("/", "sign")
    assert [r.key for r in one.case.reminders.values() if r.is_open] == []
    assert one.case.answers[FieldId("project")].value is not None


def test_a_date_that_is_done_is_not_asked_about_again() -> None:
    one = watched().until(date(2026, 6, 5)).press("watch_near/1", "done")
    assert one.reminder("watch_last/1").state == "lapsed"


def three() -> Followed:
    """A project with three watched dates, the first of them in doubt."""
    one = Followed(at=BEGUN_AT)
    begun = Begun(
        one.stamp(), CaseId("c1"), TenantId("t1"), "en", "Europe/London", "GB", "Hall 4", watch=True
    )
    one.case, one.effects = flow.begin(one.playbook, begun)
    rows = (
        RIG,
        {"name": "Dry run", "owner": "Tom", "day": "2026-06-19"},
        {"name": "Handover", "owner": "", "day": "2026-06-26"},
    )
    one.give(Submitted(one.stamp(), {FieldId("watch_dates"): rows}, one.case.revision))
    return one.until(date(2026, 5, 29)).press("watch_far/1", "at_risk").press("/", "sign")


def test_what_the_watch_knows_stands_in_the_conversation() -> None:
    case = three().case
    assert (text_of(case, "promised"), day_of(case, "original_date")) == (
        "Test rig stands",
        date(2026, 6, 12),
    )
    assert case.answers[FieldId("promised")].origin is not None
    assert day_of(case, "first_sign") == date(2026, 5, 29)


def test_the_conversation_begins_with_the_first_sign_and_not_with_the_watch() -> None:
    case = three().case
    began = next(day for day, said in time_line(case) if said.en == "Conversation begun")
    assert began == date(2026, 5, 29)
    verdict = honesty.severity(honesty.Weight(slip=1))
    assert tell_by(case, verdict).date() >= date(2026, 5, 29)


def test_the_other_dates_wait_in_the_plan_for_their_new_days() -> None:
    case = three().case
    value = case.answers[FieldId("milestones")].value
    assert isinstance(value, RowsValue)
    assert [row.get("name") for row in value.rows] == [TextValue("Dry run"), TextValue("Handover")]
    assert all("new_date" not in row for row in value.rows)
    assert "milestones" in case.stale
