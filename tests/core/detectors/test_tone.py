"""Tone: what is counted, and what is weighed against the length of the slip."""

import pytest

from bot.core.coaching.detectors import tone
from bot.core.words import Language
from tests.core.detectors.hits import Found, Known, hits, subject_of, words


def test_third_apology_is_one_too_many() -> None:
    two = "We are sorry. We apologise."
    assert hits(tone.overwrought, subject_of(two, "draft")) == []
    three = subject_of(f"{two} Sorry again.", "draft")
    (found,) = hits(tone.overwrought, three)
    assert (found.check, found.slots) == ("tone.overwrought", {"n": 3})
    assert found.words == "Sorry"


@pytest.mark.parametrize(
    ("rule", "text", "language", "expected"),
    [
        ("for any trouble", "We apologise for any inconvenience.", "en", ["apologise"]),
        ("under a condition", "We are sorry if this caused you trouble.", "en", ["sorry"]),
        ("for what it did", "We apologise for the lost week.", "en", []),
        ("the condition in another sentence", "We apologise. If this caused trouble, call us.", "en", []),
        ("the condition after a semicolon", "We apologise; tell us if this caused you trouble.", "en", []),
        ("如有不便", "如有不便，敬请谅解，我们深表歉意。", "zh", ["歉意"]),
        ("a hedged regret", "We regret that you may have lost time.", "en", ["regret"]),
        ("a regret of what happened", "We regret the lost week.", "en", []),
        ("a regret, hedged in another sentence", "We regret the lost week. You may have other plans.", "en", []),
        ("a regret, hedged after a semicolon", "We regret the lost week; you may have other plans.", "en", []),
        ("具体的事", "让您多等两周，我们道歉。", "zh", []),
    ],
)  # fmt: skip
def test_apology_is_for_something(
    rule: str, text: str, language: Language, expected: list[str]
) -> None:
    assert words(tone.hollow, subject_of(text, "draft", language=language)) == expected, rule


@pytest.mark.parametrize(
    ("rule", "known", "expected"),
    [
        ("unknown slip", {}, ["Just a tiny delay"]),
        ("three days", {"original_date": "2026-06-05", "new_date": "2026-06-10"}, ["Just a tiny delay"]),
        ("two days", {"original_date": "2026-06-05", "new_date": "2026-06-09"}, []),
    ],
)  # fmt: skip
def test_delay_of_more_than_two_days_is_not_small(
    rule: str, known: Known, expected: list[str]
) -> None:
    assert words(tone.minimise, subject_of("Just a tiny delay.", "draft", known)) == expected, rule
    assert words(tone.minimise, subject_of("A delay.", "draft", known)) == []


BOARD: Known = {"audience": "Executive"}


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("three abbreviations", "The HMI, then the DMZ and the VFD.", BOARD, ("HMI", "HMI, DMZ, VFD")),
        ("four, three are told", "The HMI, DMZ, VFD and RTU.", BOARD, ("HMI", "HMI, DMZ, VFD")),
        ("two", "The HMI and the DMZ.", BOARD, None),
        ("one told three times", "The HMI, the HMI, the HMI.", BOARD, None),
        ("everybody knows some", "The PDF, the HMI and the DMZ.", BOARD, None),
        ("one of the project's name", "The HMI, DMZ and VFD.", {**BOARD, "project": "New HMI"}, None),
        ("one of the customer's name", "The HMI, DMZ and VFD.", {**BOARD, "customer": "DMZ Ltd"}, None),
        ("one of an option's", "The HMI, DMZ and VFD.", {**BOARD, "options": ["rent a VFD"]}, None),
        ("before those who know", "The HMI, DMZ and VFD.", {"audience": "day_to_day"}, None),
        ("before nobody known", "The HMI, DMZ and VFD.", {}, None),
        ("an abbreviation and two terms of the trade", "The HMI waits for firmware and latency.", BOARD, ("HMI", "HMI, firmware, latency")),
        ("a term before the abbreviations", "Firmware, the HMI and the DMZ.", BOARD, ("Firmware", "HMI, DMZ, firmware")),
        ("a term told twice", "Firmware here, firmware there, and latency.", BOARD, None),
        ("a term of the project's name", "The HMI waits for firmware and latency.", {**BOARD, "project": "Firmware 2"}, None),
        ("an abbreviation that is a term is one", "The SQL, the HMI.", BOARD, None),
    ],
)  # fmt: skip
def test_decision_maker_reads_no_three_abbreviations(
    rule: str, text: str, known: Known, expected: tuple[str, str] | None
) -> None:
    wanted = [] if expected is None else [Found("tone.jargon", expected[0], {"x": expected[1]})]
    assert hits(tone.jargon, subject_of(text, "draft", known)) == wanted, rule
    assert hits(tone.jargon, subject_of(text, "plan", known)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good news 🎉", ["🎉"]),
        ("Wait! Now! Here!", ["!"]),
        ("Wait! Now!", []),
        ("来了！好！对！", ["！"]),
        ("Fine.", []),
    ],
)
def test_news_of_a_delay_is_no_party(text: str, expected: list[str]) -> None:
    found = hits(tone.false_cheer, subject_of(text, "draft"))
    assert found == [Found("tone.false_cheer", w, {}) for w in expected]
    assert hits(tone.false_cheer, subject_of(text, "plan")) == []


def test_exclamations_are_shown_at_the_first_one() -> None:
    (hit,) = tone.false_cheer(subject_of("Wait! Now! Here!", "draft"))
    assert hit.span == (4, 5)


@pytest.mark.parametrize(
    ("new", "small"), [("2026-05-22", []), ("2026-05-25", ["Just a tiny delay"])]
)
def test_two_working_days_may_be_called_small(new: str, small: list[str]) -> None:
    known: Known = {"today": "2026-05-18", "original_date": "2026-05-20", "new_date": new}
    subject = subject_of("Just a tiny delay.", "draft", known)
    assert words(tone.minimise, subject) == small
