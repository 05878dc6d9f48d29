"""A count of days from one date beside the date that it comes to."""

import pytest

from bot.core.coaching.detectors.day_counts import count_conflict
from bot.core.coaching.rubric import Place
from bot.core.words import Language
from tests.core.detectors.hits import Found, Known, hits, subject_of

MAY: Known = {"today": "2026-05-18", "original_date": "2026-05-29", "new_date": "2026-06-11"}


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("the date first", "Done on 15 June, 9 working days after 29 May.", "plan", ["15 June, 9 working days after 29 May"]),
        ("it fits", "Done on 11 June, 9 working days after 29 May.", "plan", []),
        ("the date last", "Nine working days after the belt comes on 29 May, so 15 June.", "plan", ["Nine working days after the belt comes on 29 May, so 15 June"]),
        ("in brackets", "Two weeks after 29 May (19 June) it runs.", "draft", ["Two weeks after 29 May (19 June"]),
        ("weeks that fit", "Two weeks after 29 May (12 June) it runs.", "draft", []),
        ("plain days as working days", "9 days after 29 May, that is 11 June.", "plan", []),
        ("plain days as calendar days", "9 days after 29 May, that is 7 June.", "plan", []),
        ("plain days as neither", "9 days after 29 May, that is 15 June.", "plan", ["9 days after 29 May, that is 15 June"]),
        ("a day of something else", "The belt comes on 20 May; we need 9 working days after 29 May.", "plan", []),
        ("no other day", "It takes 9 working days after 29 May.", "plan", []),
        ("after another number", "We hang 5 doors; done on 15 June, 9 working days after 29 May.", "plan", ["15 June, 9 working days after 29 May"]),
        ("after another count that leads nowhere", "We start 2 days after 29 May. Done on 15 June, 9 working days after 29 May.", "plan", ["15 June, 9 working days after 29 May"]),
        ("of two the first", "Done on 15 June, 9 working days after 29 May. Paid on 16 June, 9 working days after 29 May.", "plan", ["15 June, 9 working days after 29 May"]),
        ("hours lead to no date", "48 hours after 29 May, that is 15 June.", "plan", []),
        ("a thousand days are counted", "1000 days after 29 May, that is 15 June.", "plan", ["1000 days after 29 May, that is 15 June"]),
        ("more are not", "1001 days after 29 May, that is 15 June.", "plan", []),
        ("a month on the way is no day", "9 days after the May test on 29 May, that is 15 June.", "plan", ["9 days after the May test on 29 May, that is 15 June"]),
        ("a month before is none", "Done in June: 9 working days after 29 May, so 15 June.", "plan", ["9 working days after 29 May, so 15 June"]),
        ("the day named directly before", "29 May plus more: exactly 9 days after 29 May.", "plan", []),
        ("counted across weekends", "2 weeks after 29 May, that is 15 June.", "plan", ["2 weeks after 29 May, that is 15 June"]),
        ("another step", "Done on 15 June, 9 working days after 29 May.", "status", []),
        ("日期在前", "6月15日到货，即5月29日后9个工作日。", "plan", ["6月15日到货，即5月29日后9个工作日"]),
        ("日期在后", "5月29日之后9个工作日，即6月15日。", "plan", ["5月29日之后9个工作日，即6月15日"]),
        ("相符", "5月29日之后9个工作日，即6月11日。", "plan", []),
        ("从当天算起", "5月29日起9个工作日，到6月10日。", "plan", []),
        ("空一格也从当天算起", "5月29日 起9个工作日，到6月10日。", "plan", []),
        ("从次日算起", "5月29日起9个工作日，到6月11日。", "plan", []),
        ("起也不符", "5月29日起9个工作日，到6月15日。", "plan", ["5月29日起9个工作日，到6月15日"]),
        ("从当天算起的自然日", "5月29日起9天，到6月6日。", "plan", []),
        ("不从当天算起的自然日", "5月29日后9天，即6月6日。", "plan", ["5月29日后9天，即6月6日"]),
        ("别的事", "5月20日到货，5月29日后还要9个工作日。", "plan", []),
    ],
)  # fmt: skip
def test_a_count_of_days_fits_the_date_beside_it(
    rule: str, text: str, place: Place, expected: list[str]
) -> None:
    language: Language = "zh" if "月" in text else "en"
    found = hits(count_conflict, subject_of(text, place, MAY, language=language))
    assert found == [Found("plan.date_conflict", w, {"text": w}) for w in expected], rule


@pytest.mark.parametrize(("day", "wrong"), [("22 May", False), ("21 May", False), ("26 May", True)])
def test_weeks_are_told_rounded(day: str, *, wrong: bool) -> None:
    text = f"In place on {day}, three weeks after 30 April."
    subject = subject_of(text, "draft", {"today": "2026-04-20", "original_date": "2026-04-30"})
    assert bool(hits(count_conflict, subject)) is wrong
