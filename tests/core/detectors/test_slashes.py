"""A date with a slash is one where the text writes a date of the case so."""

from datetime import date

import pytest

from bot.core.words import Language
from tests.core.detectors.hits import Known, subject_of

CASE: Known = {"today": "2026-04-07", "original_date": "2026-04-10", "new_date": "2026-04-24"}


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("both dates of the case", "交付从4/10改到4/24。", CASE, [date(2026, 4, 10), date(2026, 4, 24)]),
        ("a date beside one of the case", "改到4/24，首次5/4发。", CASE, [date(2026, 4, 24), date(2026, 5, 4)]),
        ("day first, as the text has it", "Moved to 24/4; next note 9/5.", CASE, [date(2026, 4, 24), date(2026, 5, 9)]),
        ("a year away is the nearest one", "改到4/24，首次12/28发。", CASE, [date(2026, 4, 24), date(2025, 12, 28)]),
        ("no date of the case is written so", "完成3/8，改到4月24日。", CASE, [date(2026, 4, 24)]),
        ("no day of the year", "改到4/24，完成了2/30。", CASE, [date(2026, 4, 24)]),
        ("a share is none", "改到4/24，4/10%的合格率。", CASE, [date(2026, 4, 24)]),
        ("dates of the case with a point", "4.24完成，原4.10。", CASE, [date(2026, 4, 24), date(2026, 4, 10)]),
        ("day first, with a point after it", "Moved to 24.4. and not 10.4.", CASE, [date(2026, 4, 24), date(2026, 4, 10)]),
        ("a date that a fact tells", "新件4.16到，改到4月24日。", {**CASE, "date_basis": "新件4月16日到"}, [date(2026, 4, 16), date(2026, 4, 24)]),
        ("another number with a point is none", "每天4.5小时，版本4.9，改到4月24日。", CASE, [date(2026, 4, 24)]),
        ("the reading that is of the case comes first", "12/11完成。", {"today": "2026-11-23", "new_date": "2026-12-11"}, [date(2026, 12, 11)]),
        ("a date that only a fact tells", "Opened 4/16, not 4/2.", {**CASE, "cause": "opened on 16 April"}, [date(2026, 4, 16), date(2026, 4, 2)]),
        ("with a point before a bracket", "改到4.24（一期）。", CASE, [date(2026, 4, 24)]),
        ("by its number alone", "24号好，10号好不了。", CASE, [date(2026, 4, 24), date(2026, 4, 10)]),
        ("a number of no day of the case", "23号好了，改到4月24日。", CASE, [date(2026, 4, 24)]),
    ],
)  # fmt: skip
def test_a_slash_is_read_as_the_case_has_its_dates(
    rule: str, text: str, known: Known, expected: list[date]
) -> None:
    language: Language = "en" if "Moved" in text else "zh"
    days = subject_of(text, "draft", known, language=language).days
    assert [day.first for day in days] == expected, rule
    assert [day.mention.text for day in days] == [text[slice(*day.span)] for day in days]


def test_a_date_is_no_count() -> None:
    subject = subject_of("交付从4/10改到4/24，34个改完22个。", "draft", CASE, language="zh")
    assert [q.kind for q in subject.quantities if q.span[0] < 10] == []


def test_the_reading_that_is_not_of_the_case_is_kept_behind() -> None:
    known = {"today": "2026-11-23", "new_date": "2026-12-11"}
    (day,) = subject_of("Done by 12/11.", "draft", known).days
    readings = [reading.day for reading in day.mention.readings]
    assert readings == [date(2026, 12, 11), date(2026, 11, 12)]
