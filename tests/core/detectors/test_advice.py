"""Hints that are never scored: old figures, and news that nobody writes."""

import pytest

from bot.core.coaching.detectors import advice
from bot.core.coaching.rubric import Place
from bot.core.words import Text
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of, words

DAY: Known = {"today": "2026-05-20"}
SECOND = Text(en="Saturday 2 May", zh="5月2日（周六）")


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "expected"),
    [
        ("more than a week old", "As of 2 May, nine of 14 rooms are ready.", "status", DAY, ["2 May"]),
        ("eight days old", "As of 12 May, nine of 14 rooms are ready.", "status", DAY, ["12 May"]),
        ("a week old", "As of 13 May, nine of 14 rooms are ready.", "status", DAY, []),
        ("told once", "As of 2 May, nine rooms; as of 3 May, ten.", "status", DAY, ["2 May"]),
        ("a day of something else", "Locks came on 2 May. Nine of 14 rooms are ready.", "status", DAY, []),
        ("its own sentence tells of which day it is", "Locks came on 2 May. As of 18 May, nine of 14 rooms are ready.", "status", DAY, []),
        ("no figures", "As of 2 May the rooms are ready.", "status", DAY, []),
        ("today unknown", "As of 2 May, nine of 14 rooms are ready.", "status", {}, []),
        ("another step", "As of 2 May, nine of 14 rooms are ready.", "plan", DAY, []),
        ("截至两周前", "截至5月2日，14间交了9间。", "status", DAY, ["5月2日"]),
    ],
)  # fmt: skip
def test_figures_are_of_this_week(
    rule: str, text: str, place: Place, known: Known, expected: list[str]
) -> None:
    subject = subject_of(text, place, known, language=language_of(text))
    assert words(advice.stale, subject) == expected, rule


def test_old_figures_are_told_with_their_day() -> None:
    subject = subject_of("As of 2 May, nine of 14 rooms are ready.", "status", DAY)
    assert hits(advice.stale, subject) == [Found("status.stale", "2 May", {"date": SECOND})]


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("a rhythm without a writer", "News every Wednesday.", "followup", ["every Wednesday"]),
        ("a call without a caller", "They hear from us on 22 May.", "followup", ["hear from us"]),
        ("neither rhythm nor call", "Soon.", "followup", [""]),
        ("the first of both", "They hear from us on 22 May, then every Wednesday.", "followup", ["hear from us"]),
        ("a writer", "I write every Wednesday, Tom stands in.", "followup", []),
        ("another step", "News every Wednesday.", "plan", []),
        ("没说谁发", "每周三发进展。", "followup", ["每周"]),
        ("说了谁发", "每周三由小戚发，老郑顶替。", "followup", []),
    ],
)  # fmt: skip
def test_news_has_a_writer(rule: str, text: str, place: Place, expected: list[str]) -> None:
    subject = subject_of(text, place, DAY, language=language_of(text))
    wanted = [Found("followup.no_owner", w, {}) for w in expected]
    assert hits(advice.no_owner, subject) == wanted, rule
