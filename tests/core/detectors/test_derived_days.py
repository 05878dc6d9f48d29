"""Which days of a draft follow from the facts, or need none: relative ones, a contact, an answer."""

import pytest

from bot.core.coaching.detectors.derived_days import derivable
from bot.core.coaching.detectors.grounds import grounds
from tests.core.detectors.hits import Known, language_of, subject_of

CASE: Known = {
    "today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-06-12",
    "date_basis": "grout on 11 May", "next_update": "every Friday, first on 8 May",
}  # fmt: skip


def new(text: str, known: Known = CASE) -> list[str]:
    """The words of the days that do not follow."""
    subject = subject_of(text, "draft", known, language=language_of(text))
    days = grounds(subject.context, subject.today).days
    return [text[slice(*d.span)] for d in subject.days if not derivable(subject, d, days)]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a day of a fact", "It comes on 11 May.", []),
        ("another day", "It comes on 12 May.", ["12 May"]),
        ("a week", "It comes next week.", []),
        ("a weekday", "It comes on Tuesday.", []),
        ("a month", "It comes in May.", []),
        ("both ends are known", "It comes from 11 to 15 May.", []),
        ("one end is known", "It comes from 11 to 16 May.", ["11 to 16 May"]),
        ("the day alone", "It comes on the 11th.", []),
        ("the day alone, of another month", "It comes on the 12th.", []),
        ("another day alone", "It comes on the 13th.", ["13th"]),
        ("two days alone", "It comes from the 11th to the 15th.", []),
        ("one of two days alone", "It comes from the 11th to the 16th.", ["11th to the 16th"]),
        ("号", "11号到15号完成。", []),
        ("不全知道", "11日到16日完成。", ["11日到16日"]),
    ],
)  # fmt: skip
def test_known_and_relative_days_follow(rule: str, text: str, expected: list[str]) -> None:
    assert new(text) == expected, rule


def test_all_known_days_told_alone_follow() -> None:
    assert new("It comes on the 5th, and not on the 4th.", {"today": "2026-05-05", "new_date": "2026-06-04"}) == []  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("nine days on", "11 May, then nine days: 20 May.", []),
        ("a day more", "11 May, then nine days: 21 May.", []),
        ("more than that", "11 May, then nine days: 27 May.", ["27 May"]),
        ("less than that", "11 May, then nine days: 18 May.", ["18 May"]),
        ("as working days", "11 May, then nine days: 22 May.", []),
        ("one working day more", "11 May, then nine days: 25 May.", []),
        ("two working days more", "11 May, then nine days: 26 May.", ["26 May"]),
        ("four bolts, one a day", "11 May, then 4 bolts: 16 May.", []),
        ("three bolts are too few to tell", "11 May, then 3 bolts: 14 May.", ["14 May"]),
        ("a number alone counts nothing", "11 May, then number 9: 20 May.", ["20 May"]),
        ("in another sentence", "11 May. Then nine days: 20 May.", ["20 May"]),
        ("told the other way round", "20 May, nine days after 11 May.", []),
        ("backwards", "2 May, nine days before 11 May.", ["2 May"]),
        ("from a day that is not known", "13 May, then nine days: 22 May.", ["13 May", "22 May"]),
        ("no day later is another day", "From 12 May, in half a day, 12 May.", ["12 May", "12 May"]),
        ("九天之后", "5月11日起九天，5月20日完成。", []),
    ],
)  # fmt: skip
def test_day_follows_from_a_day_and_a_length(rule: str, text: str, expected: list[str]) -> None:
    assert new(text) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("asked for by a day", "Please tell me by 20 May.", []),
        ("asked for before a day", "Could you say, before 20 May, which?", []),
        ("needed by a day", "Please send the drawings until 20 May.", []),
        ("chosen by a day", "You choose by 20 May.", []),
        ("asked for on a day", "Please tell me on 20 May.", ["20 May"]),
        ("done by a day", "It is done by 20 May.", ["20 May"]),
        ("chosen in the next sentence", "It comes by 20 May. You choose.", ["20 May"]),
        ("by far before it", "By then and all that you choose, it is 20 May.", ["20 May"]),
        ("from the new date on", "Please tell me by 12 to 16 June.", ["12 to 16 June"]),
        ("请在前", "请在5月20日前告诉我。", []),
        ("请在当天", "请5月20日告诉我。", ["5月20日"]),
    ],
)  # fmt: skip
def test_day_by_which_an_answer_is_wanted_needs_no_fact(
    rule: str, text: str, expected: list[str]
) -> None:
    assert new(text) == expected, rule


def test_day_by_which_an_answer_is_wanted_is_the_answered_one() -> None:
    known: Known = {**CASE, "ask": {"what": "the colour", "by": "2026-05-21"}}
    assert new("You choose by 20 May.", known) == ["20 May"]
    assert new("You choose by 21 May.", known) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a contact", "You hear from me on 20 May.", []),
        ("a rhythm", "News every Friday, again on 22 May.", []),
        ("the date moves there, too", "It moves to 20 May, you hear from me then.", ["20 May"]),
        ("from the new date on", "You hear from me on 12 to 16 June.", ["12 to 16 June"]),
        ("another first contact", "You hear from me first on 20 May.", ["20 May"]),
        ("the first contact", "You hear from me first on 8 May.", []),
        ("the first contact and another", "You hear from me first on 8 May, then on 20 May.", []),
        ("first, right behind the day", "You hear from me on 20 May, first then.", ["20 May"]),
        ("first, far behind the day", "You hear from me on 20 May, as agreed, and that is the first.", []),
        ("first, far before the day", "First of all, and before any other thing that counts, you hear from me on 20 May.", []),
        ("the first contact in another sentence", "The first was 8 May. You hear from me first on 20 May.", ["20 May"]),
        ("首次汇报", "首次5月20日向您汇报。", ["5月20日"]),
        ("汇报", "5月20日向您汇报。", []),
    ],
)  # fmt: skip
def test_day_of_a_contact_needs_no_fact_unless_another_first_one_was_answered(
    rule: str, text: str, expected: list[str]
) -> None:
    assert new(text) == expected, rule


@pytest.mark.parametrize("rhythm", [None, "every so often"])
def test_any_first_contact_may_be_told_where_none_was_answered(rhythm: str | None) -> None:
    assert new("You hear from me first on 20 May.", {**CASE, "next_update": rhythm}) == []


def test_of_a_very_long_sentence_nothing_follows() -> None:
    far = "We hang lamps, " * 700
    assert new(f"11 May, then nine days: 20 May, {far}.") == ["20 May"]
    assert new(f"You choose by 20 May, {far}.") == ["20 May"]
