"""A draft against the facts, thing by thing: how many of what."""

import pytest

from bot.core.coaching.detectors import draft_counts
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

FACTS: Known = {
    "today": "2026-06-03", "new_date": "2026-06-18", "cause": "3 seals leaked on 14 May",
    "status": "40 lamps hang, 24 wait; five racks stand, four racks lie",
    "date_basis": "two weeks of tests, 阀门共17台阀门", "ask": {"what": "12 keys to the hall", "by": None},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("as many as answered", "40 lamps hang.", []),
        ("another number of the thing", "38 lamps hang.", ["38"]),
        ("in words", "Eleven seals leaked.", ["Eleven"]),
        ("as many in words", "Three seals leaked.", []),
        ("with words between", "38 of the lamps hang.", ["38"]),
        ("more of them", "38 more lamps hang.", ["38"]),
        ("others", "38 other lamps hang.", ["38"]),
        ("one of many", "38 lamp hang.", ["38"]),
        ("a number that stands elsewhere in the facts", "12 lamps hang.", []),
        ("the day of a date is no number of the facts", "14 lamps hang.", ["14"]),
        ("a thing that was counted twice", "Seven racks stand.", []),
        ("a thing nobody counted", "We brought 38 ladders.", []),
        ("days are told by other rules", "It takes 38 days.", []),
        ("a time with what it is of", "It takes 6 weeks of tests.", ["6"]),
        ("as long as answered", "It takes two weeks of tests.", []),
        ("a time of something else", "It takes 6 weeks of rain.", []),
        ("a word that counts nothing", "38 are lamps.", []),
        ("part of a longer number", "No. 5-38 lamps hang.", []),
        ("in a word on the next contact", "We call you about 38 lamps.", []),
        ("the first of two", "38 lamps hang, 7 seals leaked.", ["38"]),
        ("另一个数", "阀门要装20台阀门。", ["20"]),
        ("原来的数", "阀门要装17台阀门。", []),
        ("日子不是数", "6月20个阀门。", []),
    ],
)  # fmt: skip
def test_thing_is_counted_as_it_was_answered(rule: str, text: str, words: list[str]) -> None:
    subject = subject_of(text, "draft", FACTS, language=language_of(text))
    found = hits(draft_counts.unsupported_pair, subject)
    assert found == [Found("draft.unsupported_fact", w, {"x": w}) for w in words], rule


@pytest.mark.parametrize(
    ("rule", "known", "fires"),
    [
        ("a cause was answered", {"cause": "3 seals leaked"}, True),
        ("a status was answered", {"status": "3 seals leaked"}, True),
        ("neither was", {"impact": "3 seals leaked"}, False),
    ],
)  # fmt: skip
def test_draft_is_held_against_answers_only(rule: str, known: Known, *, fires: bool) -> None:
    assert (
        bool(hits(draft_counts.unsupported_pair, subject_of("9 seals leaked.", "draft", known)))
        is fires
    ), rule
    assert hits(draft_counts.unsupported_pair, subject_of("9 seals leaked.", "plan", known)) == []
