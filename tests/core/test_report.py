"""The report of a month: what it counts, what it keeps back, and a CSV that runs nothing."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.approving.release import Outcome
from bot.core.cards.follow_desk import month_of, report_card, sentences
from bot.core.case import Case, DateValue, TextValue
from bot.core.following.feedback import Feedback
from bot.core.reports.report import COLUMNS, of_month, to_csv
from bot.core.words import CaseId, FieldId, PersonId
from tests import delivery_cases
from tests.core.followed import Followed

TODAY = date(2026, 6, 30)
JUNE = date(2026, 6, 1)


def told(id_: str = "c1", **changes: object) -> Case:
    case = replace(Followed().tell().case, id=CaseId(id_))
    return replace(case, **changes)  # type: ignore[arg-type]


def at(day: int, month: int = 6) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def test_a_month_counts_what_was_alive_in_it() -> None:
    open_ = delivery_cases.full("en")
    cases = [
        told("kept", recovered_at=at(19)),
        told("late", recovered_at=at(24)),
        told("over"),  # its new date is past and nothing came
        replace(open_, id=CaseId("open")),
        told("before", closed_at=at(20, 5), phase="closed"),
        told("given_up", phase="abandoned"),
        told("later", begun_at=at(2, 7)),
    ]
    report = of_month(cases, JUNE, today=TODAY)
    assert {r.case for r in report.rows} == {"kept", "late", "over", "open"}
    assert (report.told, report.kept) == (3, (1, 3))
    assert report.silent == 4  # from 12 to 18 May, in the middle
    assert report.causes == (("technical", 4),)


def test_whoever_was_not_told_yet_does_not_count_for_how_long_it_took_to_tell() -> None:
    waiting = replace(delivery_cases.full("en"), id=CaseId("open"))
    assert of_month([told(), waiting], JUNE, today=TODAY).silent == 4
    alone = of_month([waiting], JUNE, today=TODAY)
    assert alone.rows[0].silent is not None
    assert "nothing to count yet" in str(sentences(alone))


@pytest.mark.parametrize(("count", "shown"), [(4, None), (5, 4.0)])
def test_scores_are_kept_back_under_five(count: int, shown: float | None) -> None:
    said = tuple(Feedback(at(3 + n), 4, 3) for n in range(count))
    report = of_month([told(feedback=said)], JUNE, today=TODAY)
    assert report.score == shown
    words = str(report_card(report, labels={}))
    assert ("4.0 of 5" in words) == (shown is not None)


def test_the_card_has_three_sentences_a_chart_and_at_most_ten_rows() -> None:
    report = of_month([told(f"c{n}") for n in range(13)], JUNE, today=TODAY)
    words = str(report_card(report, labels={}))
    assert "Delays: 13 (customer told: 13); the customer knows of 13." in words
    assert "3 more in the CSV." in words
    assert "Delays in June 2026" in words


def test_cases_are_counted_by_their_state_in_the_order_of_the_phases() -> None:
    cases = [told("c1"), told("c2", phase="following"), told("c3", phase="following")]
    report = of_month(cases, JUNE, today=TODAY)
    assert report.states == (("told", 1), ("following", 2))
    first = sentences(report)[0]
    assert first.en == ("Delays: 3 (customer told: 1, following up: 2); the customer knows of 3.")
    assert first.zh == "共3起（已告知客户1起，跟进中2起），其中3起已告知客户。"


def test_an_empty_month_says_so() -> None:
    report = of_month([], JUNE, today=TODAY)
    assert (report.silent, report.kept, report.score) == (None, (0, 0), None)
    assert "There was no delay" in str(report_card(report, labels={}))


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "a\r\nb"])
def test_no_cell_of_the_csv_is_a_formula_or_breaks_its_row(name: str) -> None:
    case = told()
    answer = replace(case.answers[FieldId("project")], value=TextValue(name))
    case = replace(case, answers={**case.answers, FieldId("project"): answer})
    rows = list(csv.reader(io.StringIO(to_csv(of_month([case], JUNE, today=TODAY)))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 2
    assert rows[1][1][0] not in "=+-@"


def test_nobody_is_named_or_ranked() -> None:
    case = replace(told(), owner=PersonId("U-IDA-77"))
    assert "U-IDA-77" not in to_csv(of_month([case], JUNE, today=TODAY))


@pytest.mark.parametrize(
    ("words", "month"),
    [
        ("", TODAY),
        ("2026-05", date(2026, 5, 1)),
        ("5月", date(2026, 5, 1)),
        ("三月", date(2026, 3, 1)),
        ("2025年十二月份", date(2025, 12, 1)),
        ("三", None),
        ("2025年12月", date(2025, 12, 1)),
        ("May", date(2026, 5, 1)),
        ("september 2025", date(2025, 9, 1)),
        ("2026-13", None),
        ("soon", None),
    ],
)
def test_a_month_is_read_as_it_is_typed(words: str, month: date | None) -> None:
    assert month_of(words, TODAY) == month


def test_nothing_is_counted_out_of_nothing() -> None:
    open_ = of_month([told()], JUNE, today=date(2026, 6, 1))
    words = " ".join(s.en for s in sentences(open_))
    assert "no new date has come due yet" in words
    assert "No customer has said yet" in words
    assert " of 0" not in words
    assert "新日期都还没到" in "".join(s.zh for s in sentences(open_))


def test_one_working_day_is_said_in_the_singular() -> None:
    case = told()
    sign = replace(case.answers[FieldId("first_sign")], value=DateValue(date(2026, 5, 15)))
    case = replace(case, answers={**case.answers, FieldId("first_sign"): sign})
    assert (
        "took a median of one working day" in sentences(of_month([case], JUNE, today=TODAY))[1].en
    )


def test_how_customers_took_it_stands_in_the_report() -> None:
    said = (Outcome(1, at(3), "wants_call"),)
    silent = (Outcome(1, at(3), "no_answer"),)
    cases = [told("a", outcomes=said), told("b", outcomes=said), told("c", outcomes=silent)]
    report = of_month(cases, JUNE, today=TODAY)
    words = sentences(report)[2]
    assert words.en == "How customers took it: want a call (2)."
    assert words.zh == "客户的反应：想通个电话（2）。"
    assert to_csv(report).count("wants_call") == 2


def test_silence_is_counted_beside_the_answers() -> None:
    words = sentences(of_month([told("a", silences=2), told("b", silences=1)], JUNE, today=TODAY))
    assert words[2].en.endswith("Links to feedback that nobody used: 3.")
    assert words[2].zh.endswith("没有人用的反馈链接：3个。")


def test_a_row_of_what_was_delivered_says_on_which_day_it_came() -> None:
    report = of_month([told("early", recovered_at=at(16), phase="recovered")], JUNE, today=TODAY)
    words = str(report_card(report, labels={}))
    assert "16 Jun 2026" in words
    assert "19 Jun 2026" not in words


def test_dates_that_are_only_watched_are_no_delay() -> None:
    watched = told("watched", watch=True, told_at=None)
    report = of_month([told(), watched], date(2026, 6, 1), today=date(2026, 6, 30))
    assert [row.case for row in report.rows] == ["c1"]
