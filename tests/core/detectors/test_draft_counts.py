"""A draft against the facts, thing by thing: how many of what."""

import pytest

from bot.core.coaching.detectors import draft_counts
from bot.core.coaching.detectors.registry import Detector
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


WALL: Known = {
    "today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18", "cause": "3 seals leaked on 14 May",
    "status": "26 of 42 panels are set", "impact": "an eighth of the berths is shut", "options": ["rent a crane", "wait"],
}  # fmt: skip


def _check(detector: Detector, text: str, known: Known, expected: list[str]) -> None:
    language = language_of(text)
    found = hits(detector, subject_of(text, "draft", known, language=language))
    assert found == [Found("draft.unsupported_fact", w, {"x": w}) for w in expected]
    assert hits(detector, subject_of(text, "plan", known, language=language)) == []
    assert hits(detector, subject_of(text, "draft", {"today": "2026-06-03"}, language=language)) == []  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two thirds of the panels are set.", []),
        ("Three quarters of the panels are set.", ["Three quarters"]),
        ("Two-thirds are set, three-quarters by Friday.", ["three-quarters"]),
        ("A quarter of the panels is missing.", ["A quarter"]),
        ("A third of the panels is missing.", []),
        ("Half of the panels are set.", ["Half of the"]),
        ("Over half of the panels are set.", []),
        ("More than half of the panels are set.", []),
        ("Over a quarter of the panels are missing.", []),
        ("Under a third of the panels are missing.", []),
        ("Over three quarters of the panels are set.", ["three quarters"]),
        ("Nearly three quarters of the panels are set.", ["three quarters"]),
        ("Nearly seven tenths of the panels are set.", []),
        ("Seven tenths of the panels are set.", ["Seven tenths"]),
        ("A good deal more is done. Half of the panels are set.", ["Half of the"]),
        ("Two in five panels are missing.", []),
        ("Three in five panels are set.", []),
        ("Two in ten panels are missing.", ["Two in ten"]),
        ("One panel in eight is missing.", ["One panel in eight"]),
        ("Three in four weeks are over.", []),
        ("Four fifths of the panels, and a quarter of the doors.", ["Four fifths", "a quarter"]),
        ("An eighth of the berths is shut.", []),
        ("A tenth of a millimetre is missing.", []),
        ("A quarter of it is our fault.", []),
        ("A quarter of the panels is missing, and nobody but the crew was at fault.", ["A quarter"]),
        ("A quarter of that is ours.", []),
        ("Thank you for a quarter of the panels.", []),
        ("A quarter of the panels is missing, please. A fifth of the doors fits.", ["A fifth"]),
        ("Half the night we worked.", []),
        ("A third party sets panels.", []),
        ("板装了三分之二。", []),
        ("板装了四分之三。", ["四分之三"]),
        ("板装了一半。", ["一半"]),
        ("板装了超过一半。", []),
        ("还差五分之二。", []),
        ("还差五分之一。", ["五分之一"]),
        ("一半责任在我们。", []),
    ],
)  # fmt: skip
def test_share_in_words_is_near_one_of_the_facts(text: str, expected: list[str]) -> None:
    _check(draft_counts.worded_share, text, WALL, expected)


@pytest.mark.parametrize(
    ("status", "text", "expected"),
    [
        ("62 percent of the panels are set", "Two thirds of the panels are set.", []),
        ("62 percent of the panels are set", "Two fifths of the panels are missing.", []),
        ("62 percent of the panels are set", "A quarter of the panels are missing.", ["A quarter"]),
        ("9 panels of 12 panels are set", "Three quarters of the panels are set.", []),
        ("9 of 12 panels are set", "A quarter of the panels is missing.", []),
        ("9 of 12 panels are set", "A third of the panels is missing.", ["A third"]),
        ("the panels are set", "A third of the panels is missing.", ["A third"]),
    ],
)
def test_share_may_be_what_is_done_or_what_is_left(
    status: str, text: str, expected: list[str]
) -> None:
    _check(draft_counts.worded_share, text, {**WALL, "status": status}, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three ladders are broken.", ["Three ladders"]),
        ("3 ladders are broken.", ["3 ladders"]),
        ("Three broken ladders lie there.", ["Three broken ladders"]),
        ("Four ladders are broken.", []),
        ("Two ladders are broken.", []),
        ("Three seals are broken.", []),
        ("Three broken panels lie there.", []),
        ("Three days are lost.", []),
        ("Three working ladders stand.", []),
        ("Three days are lost, three ladders are broken.", ["three ladders"]),
        ("Give us three ladders, please. Three welders came.", ["Three welders"]),
        ("Three welders came, three ladders fell.", ["Three welders", "three ladders"]),
        ("Three ladders lie beside panels; seals leaked.", []),
        ("Three ladders. Panels lie beside seals.", ["Three ladders"]),
        ("Basin 3 shows rust.", []),
        ("It shows: 3 ladders.", ["3 ladders"]),
        ("三架梯子坏了。", []),
    ],
)
def test_two_or_three_of_something_stand_in_an_answer(text: str, expected: list[str]) -> None:
    _check(draft_counts.small_count, text, WALL, expected)


def test_two_ladders_are_two_ladders_where_there_are_not_two_options() -> None:
    _check(draft_counts.small_count, "Two ladders are broken.", {**WALL, "options": []}, ["Two ladders"])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are 13 ladders.", ["13 ladders"]),  # from 5 to 18 June
        ("There are 9 ladders.", ["9 ladders"]),  # in working days
        ("There are thirteen ladders.", ["thirteen ladders"]),
        ("There are 13 ladders, 15 lamps.", ["13 ladders", "15 lamps"]),
        ("There are 13 days.", []),
        ("There are 13 days and 15 lamps.", ["15 lamps"]),
        ("There are 42 panels and 15 lamps.", ["15 lamps"]),
        ("There are 16 panels left and 15 lamps.", ["15 lamps"]),
        ("There are 17 ladders.", []),
        ("There are 3 ladders.", []),
        ("There are 14 ladders.", []),
        ("You hear from us on 13 ladders. There are 15 lamps.", ["15 lamps"]),
        ("Halls 13 and 15 are shut; 9 lamps.", ["9 lamps"]),
        ("13日完成，13个梯子。", ["13个"]),
        ("梯子在9点。", []),
    ],
)
def test_number_of_days_is_no_number_of_things(text: str, expected: list[str]) -> None:
    _check(draft_counts.count_of_other, text, WALL, expected)


def test_number_of_days_is_one_of_things_where_the_facts_have_it() -> None:
    known = {**WALL, "impact": "13 ships wait"}
    _check(draft_counts.count_of_other, "There are 13 ladders.", known, [])


def test_working_days_of_the_slip_are_no_other_count() -> None:
    known = {
        "today": "2026-06-09", "original_date": "2026-06-26", "new_date": "2026-07-17", "calendar": "CN",
        "cause": "堵包", "date_basis": "改造8个工作日",
    }  # fmt: skip
    slip = "系统由6月26日改为7月17日，晚15个工作日。"
    assert (
        hits(draft_counts.unsupported_pair, subject_of(slip, "draft", known, language="zh")) == []
    )
    other = "改造要9个工作日。"
    assert hits(draft_counts.unsupported_pair, subject_of(other, "draft", known, language="zh"))


def test_decibels_are_no_december() -> None:
    known = {**FACTS, "impact": "4 decibels more at night"}
    assert (
        hits(
            draft_counts.unsupported_pair, subject_of("They have 4 decibels more.", "draft", known)
        )
        == []
    )
    other = subject_of("They have 6 decibels more.", "draft", known)
    assert [one.words for one in hits(draft_counts.unsupported_pair, other)] == ["6"]
