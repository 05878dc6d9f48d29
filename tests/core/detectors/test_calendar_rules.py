"""Dates against each other and the calendar: weekdays, two dates, results on the way, free days."""

import pytest

from bot.core.coaching.detectors import calendar_rules as rules
from bot.core.coaching.rubric import Place
from bot.core.words import Language, Text
from tests.core.detectors.hits import Found, Known, hits, subject_of, words

JUNE: Known = {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18"}


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("a wrong weekday", "It is done on Friday 18 June.", "plan", ["Friday 18 June"]),
        ("a wrong weekday in a draft", "It is done on Friday 18 June.", "draft", ["Friday 18 June"]),
        ("another step", "It is done on Friday 18 June.", "status", []),
        ("the right weekday", "It is done on Thursday 18 June.", "plan", []),
        ("no weekday", "It is done on 18 June.", "plan", []),
        ("the second date is the wrong one", "From Tuesday 16 June it runs, done Friday 18 June.", "plan", ["Friday 18 June"]),
        ("the first of two wrong ones", "Monday 16 June and Friday 18 June.", "plan", ["Monday 16 June"]),
        ("星期不符", "6月18日（周五）完成。", "plan", ["6月18日（周五）"]),
        ("星期相符", "6月18日（周四）完成。", "plan", []),
        ("起，每周", "6月18日起每周五汇报。", "plan", []),
    ],
)  # fmt: skip
def test_weekday_fits_its_date(rule: str, text: str, place: Place, expected: list[str]) -> None:
    language: Language = "zh" if "月" in text else "en"
    found = hits(rules.weekday_conflict, subject_of(text, place, JUNE, language=language))
    assert found == [Found("plan.date_conflict", w, {"text": w}) for w in expected], rule


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("another date", "We finish on 22 June.", {}, ["22 June"]),
        ("the new date", "We finish on 18 June.", {}, []),
        ("the new date among others", "The trial is on 16 June, we finish on 18 June.", {}, []),
        ("the last of several", "The trial is on 16 June, we finish on 22 June.", {}, ["22 June"]),
        ("the last of several, told first", "We finish on 22 June, the trial is on 16 June.", {}, ["22 June"]),
        ("no new date is known", "We finish on 22 June.", {"new_date": None}, []),
        ("a day in the past", "We lost a day on 2 June 2026.", {}, []),
        ("today itself", "We finish on 3 June.", {}, ["3 June"]),
        ("today unknown", "We finish on 22 June 2026.", {"today": None}, ["22 June 2026"]),
        ("the agreed date", "It was to be done on 5 June.", {}, []),
        ("the customer's date", "The fair is on 25 June.", {"customer_deadline": "2026-06-25"}, []),
        ("a request's date", "Please send us the drawings by 9 June.", {}, []),
        ("a month holds the new date too", "On 22 June, or some day in June.", {}, []),
        ("a month that comes leaves it open", "On 22 June, or in July.", {}, []),
        ("a month that is past does not", "We lost May 2026; done on 22 June.", {}, ["22 June"]),
        ("a month leaves it open, today unknown", "On 22 June 2026, or in July 2026.", {"today": None}, []),
    ],
)  # fmt: skip
def test_plan_names_the_new_date(rule: str, text: str, known: Known, expected: list[str]) -> None:
    found = hits(rules.other_date, subject_of(text, "plan", {**JUNE, **known}))
    assert found == [Found("plan.date_conflict", w, {"text": w}) for w in expected], rule
    assert hits(rules.other_date, subject_of(text, "draft", {**JUNE, **known})) == []


FAR: Known = {"today": "2026-06-01", "new_date": "2026-06-23"}  # sixteen working days


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("far and nothing before", "Done on 23 June.", {}, ["23 June"]),
        ("far and one result", "Walls on 8 June, done on 23 June.", {}, ["23 June"]),
        ("far and two results", "Walls on 8 June, roof on 15 June, done on 23 June.", {}, []),
        ("one day told twice is one result", "Walls 8 June, doors 8 June, done on 23 June.", {}, ["23 June"]),
        ("a day after the date is no result on the way", "Walls 8 June, done 23 June, party 25 June.", {}, ["23 June"]),
        ("today is no result", "On 1 June we began, walls 8 June, done 23 June.", {}, ["23 June"]),
        ("fifteen days are near", "Done on 22 June.", {"new_date": "2026-06-22"}, []),
        ("no date told", "Done soon.", {}, []),
        ("today unknown", "Done on 23 June.", {"today": None}, []),
        ("new date unknown", "Done on 23 June.", {"new_date": None}, []),
    ],
)  # fmt: skip
def test_long_way_has_two_results(rule: str, text: str, known: Known, expected: list[str]) -> None:
    found = hits(rules.milestones_missing, subject_of(text, "plan", {**FAR, **known}))
    assert found == [Found("plan.no_milestones", w, {}) for w in expected], rule
    assert hits(rules.milestones_missing, subject_of(text, "draft", {**FAR, **known})) == []


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("test before build", "Testing 9 June, assembly 12 June.", {}, ("12 June", "9 June")),
        ("build before test", "Assembly 9 June, testing 12 June.", {}, None),
        ("acceptance before testing", "Testing on 16 June; acceptance on 12 June.", {}, ("16 June", "12 June")),
        ("testing before acceptance", "Testing on 12 June; acceptance on 16 June.", {}, None),
        ("acceptance before go-live", "Acceptance on 12 June; go-live on 16 June.", {}, None),
        ("go-live before acceptance", "Go-live on 12 June; acceptance on 16 June.", {}, ("16 June", "12 June")),
        ("one day for both", "Testing on 12 June; acceptance on 12 June.", {}, None),
        ("an acceptance test is one step", "Acceptance test on 12 June; go-live on 16 June.", {}, None),
        ("two steps on one day say no order", "Design of testing on 16 June; acceptance on 12 June.", {}, None),
        ("a step in the past", "Testing on 2 June 2026; design on 1 June 2026.", {}, None),
        ("steps in the past, in a wrong order", "Testing on 1 June 2026; design on 2 June 2026.", {}, None),
        ("test before build, today unknown", "Testing 9 June 2026, assembly 12 June 2026.", {"today": None}, ("12 June 2026", "9 June 2026")),
        ("testing after the delivery, after earlier slips", "Delivery 18 June; testing on 22 June.", {"previous_slips": 1}, ("22 June", "18 June")),
        ("testing on the day of the delivery", "Testing on 18 June, done 18 June.", {}, None),
        ("go-live after the delivery, after earlier slips", "Done 18 June; go-live on 22 June.", {"previous_slips": 1}, None),
        ("testing after the delivery", "Delivery 18 June; testing on 22 June.", {}, ("22 June", "18 June")),
        ("a day that is said to come before", "Delivery on 10 June, and before that the trial on 12 June.", {}, ("12 June", "10 June")),
        ("a day that does come before", "Delivery on 12 June, and before that the trial on 10 June.", {}, None),
        ("no stage, a day that is said to come before", "Painting on 10 June, and before that the screed on 12 June.", {}, ("12 June", "10 June")),
        ("the days next to the word count", "Screed on 8 June, painting on 10 June, and before that plaster on 12 June, doors on 15 June.", {}, ("12 June", "10 June")),
        ("one day before itself", "Painting on 10 June, and before that the screed on 10 June.", {}, None),
        ("after what comes later", "Painting on 10 June, after the screed on 12 June.", {}, ("10 June", "12 June")),
        ("after what comes earlier", "Painting on 12 June, after the screed on 10 June.", {}, None),
        ("a step beyond the date", "Cable tray 25 June, done 18 June.", {}, ("25 June", "18 June")),
        ("beyond the date after earlier slips", "Cable tray 25 June, done 18 June.", {"previous_slips": 1}, None),
        ("a check after the delivery", "Done 18 June; warranty check on 25 June.", {}, None),
        ("beyond the date, the customer's own day", "Fair 25 June, done 18 June.", {"customer_deadline": "2026-06-25"}, None),
        ("steps that go on together", "Testing 9 June and assembly 12 June run in parallel.", {}, None),
        ("a test that ends after the delivery", "Delivery 18 June; testing from 15 June to 22 June.", {}, ("15 June to 22 June", "18 June")),
        ("验收早于测试", "6月16日测试；6月12日验收。", {}, ("6月16日", "6月12日")),
        ("先测试后验收", "6月12日测试；6月16日验收。", {}, None),
    ],
)  # fmt: skip
def test_steps_come_in_an_order_that_can_be(
    rule: str, text: str, known: Known, expected: tuple[str, str] | None
) -> None:
    language: Language = "zh" if "月" in text else "en"
    subject = subject_of(text, "plan", {**JUNE, **known}, language=language)
    found = hits(rules.milestone_order, subject)
    pairs = [] if expected is None else [dict(zip("ab", expected, strict=True))]
    assert found == [Found("plan.milestone_order", pair["a"], pair) for pair in pairs], rule
    other = subject_of(text, "draft", {**JUNE, **known}, language=language)
    assert hits(rules.milestone_order, other) == []


SATURDAY: Known = {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-20"}


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "expected"),
    [
        ("the new date", "Done on 20 June.", "plan", {}, ["20 June"]),
        ("the new date in a draft", "Done on 20 June.", "draft", {}, ["20 June"]),
        ("another step", "Done on 20 June.", "status", {}, []),
        ("weekend work is agreed", "Done on 20 June.", "plan", {"weekend_ok": True}, []),
        ("a working day", "Done on 19 June.", "plan", {}, []),
        ("a reason is given", "Done on 20 June; the line stands still only at the weekend.", "plan", {}, []),
        ("no day of the case is known", "Done on 20 June 2026.", "plan", dict.fromkeys(SATURDAY), []),
        ("a length of time that ends on a Saturday", "In 10 days the walls stand.", "plan", {}, []),
        ("a milestone", "Walls on 13 June, done on 19 June.", "plan", {"new_date": "2026-06-19"}, ["13 June"]),
        ("a milestone, no new date known", "Walls on 13 June.", "plan", {"new_date": None}, ["13 June"]),
        ("a day after the new date", "Party on 27 June.", "plan", {"new_date": "2026-06-19"}, []),
        ("a past Saturday", "We worked on 30 May 2026.", "plan", {}, []),
        ("today is a Saturday", "Walls on 6 June.", "plan", {"today": "2026-06-06"}, []),
        ("the customer's Saturday", "Your fair is on 13 June.", "plan", {"customer_deadline": "2026-06-13"}, []),
        ("the agreed Saturday", "It was due on 13 June.", "plan", {"original_date": "2026-06-13"}, []),
        ("a Saturday of contact", "Next update on 13 June.", "plan", {}, []),
        ("a Saturday of contact by phone", "I call you on 13 June.", "plan", {}, []),
        ("a Saturday that is asked of the customer", "Please send us the drawings by 13 June.", "plan", {}, []),
        ("a span over a weekend", "Between 12 and 16 June.", "plan", {}, []),
        ("a draft's delivery", "The pumps will be ready on 13 June.", "draft", {"new_date": "2026-06-19"}, ["13 June"]),
        ("a draft's other Saturday", "The fair is on 13 June.", "draft", {"new_date": "2026-06-19"}, []),
        ("周六", "6月20日完成。", "plan", {}, ["6月20日"]),
    ],
)  # fmt: skip
def test_delivery_and_results_fall_on_working_days(
    rule: str, text: str, place: Place, known: Known, expected: list[str]
) -> None:
    language: Language = "zh" if "月" in text else "en"
    subject = subject_of(text, place, {**SATURDAY, **known}, language=language)
    assert words(rules.free_day, subject) == expected, rule


def test_free_day_is_named_with_its_weekday_in_both_languages() -> None:
    (found,) = hits(rules.free_day, subject_of("Done on 20 June.", "plan", SATURDAY))
    day = Text(en="Saturday 20 June", zh="6月20日（周六）")
    assert found == Found("plan.non_working_day", "20 June", {"date": day})


@pytest.mark.parametrize(
    ("rule", "text", "known", "wrong"),
    [
        ("that of a day of the case", "Term begins on Tuesday the 1st.", {"today": "2026-07-20", "customer_deadline": "2026-09-01"}, False),
        ("not that of a day of the case", "Term begins on Friday the 1st.", {"today": "2026-07-20", "customer_deadline": "2026-09-01"}, True),
        ("of the next month", "We meet on Wednesday the 1st.", {"today": "2026-06-03"}, False),
        ("of no month near", "We meet on Monday the 5th.", {"today": "2026-06-03"}, True),
    ],
)  # fmt: skip
def test_weekday_of_a_bare_day_is_held_against_the_case(
    rule: str, text: str, known: Known, *, wrong: bool
) -> None:
    assert bool(hits(rules.weekday_conflict, subject_of(text, "draft", known))) is wrong, rule


@pytest.mark.parametrize(
    ("rule", "text", "wrong"),
    [
        ("agreed in the past", "18 June. What goes is the legend, agreed by mail with Ms Ito on the 2nd.", False),
        ("a step after the end", "18 June. Training on 24 June.", True),
        ("试用在安装之前", "6月10日读者试用，6月12日装服务器，6月18日交付。", True),
    ],
)  # fmt: skip
def test_what_lies_behind_is_no_step(rule: str, text: str, *, wrong: bool) -> None:
    language: Language = "zh" if "月" in text else "en"
    found = hits(rules.milestone_order, subject_of(text, "plan", JUNE, language=language))
    assert bool(found) is wrong, rule
