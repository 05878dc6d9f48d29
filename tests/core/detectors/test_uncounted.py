"""Which numbers of a draft count nothing: those of days and hours, of names and rows, of idioms."""

import pytest

from bot.core.coaching.detectors.fact_numbers import known_numbers
from bot.core.coaching.detectors.uncounted import around, uncounted
from tests.core.detectors.hits import Known, language_of, subject_of

CASE: Known = {
    "today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-06-12",
    "cause": "tanks 5 to 8 leaked on 11 May", "next_update": "every Friday, first on 8 May; at 21 in the hall",
}  # fmt: skip


def idle(text: str, known: Known = CASE) -> list[str]:
    """The words of the numbers that count nothing."""
    subject = subject_of(text, "draft", known, language=language_of(text))
    numbers = known_numbers(subject.context, subject.today)
    found = [q for q in subject.quantities if uncounted(subject, q, numbers)]
    return [text[slice(*quantity.span)] for quantity in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You are one in a million.", ["a million"]),
        ("It costs a million.", []),
        ("A thousand thanks to the crew.", ["A thousand thanks"]),
        ("A thousand bolts hang.", []),
        ("It is fifty-fifty.", ["fifty-fifty"]),
        ("Fewer than nine times out of ten lamps.", ["nine times out of ten lamps"]),
        ("There are ten lamps.", []),
        ("Half a dozen of the other.", ["Half a dozen"]),
        ("Each 3 of 9 is checked.", ["3 of 9"]),
        ("It is 3 of 9 so far.", []),
        ("每9个里3个要查。", ["9个里3个"]),
        ("9个里3个坏了。", []),
        ("The twenty-fifth hour.", ["twenty"]),
        ("Four fifths of the pages.", ["Four fifths"]),
        ("Four pages of it.", []),
    ],
)
def test_numbers_of_idioms_and_parts_count_nothing(text: str, expected: list[str]) -> None:
    assert idle(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Give me ten minutes.", ["ten minutes"]),
        ("Have 30 minutes for me.", ["30 minutes"]),
        ("Give me 31 minutes.", []),
        ("It takes ten minutes.", []),
        ("Give me ten lamps.", []),
        ("耽误您9分钟。", ["9分钟"]),
        ("耽误您31分钟。", []),
        ("要9分钟。", []),
        ("You get three reports, 12 mails, 13 letters.", ["three reports", "12 mails"]),
        ("You get three lamps.", []),
        ("Thank you for 25 years.", ["25 years"]),
        ("We have been here 25 years.", []),
        ("In the last room they hang 25 lamps, thank you.", ["25 lamps"]),
        ("You know 25 lamps. Thank you.", []),
        ("祝您25楼顺利。", ["25"]),
    ],
)
def test_numbers_said_by_the_way_count_nothing(text: str, expected: list[str]) -> None:
    assert idle(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine lamps hang. Those nine are new.", ["nine"]),
        ("Nine lamps hang, these nine.", ["nine"]),
        ("Nine lamps hang. Those eight are new.", []),
        ("Those nine are new. Nine lamps hang.", []),
        ("Nine lamps hang. The nine are new.", []),
    ],
)
def test_number_that_takes_up_another_is_that_one(text: str, expected: list[str]) -> None:
    assert idle(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call 0301234 then.", ["0301234"]),
        ("It is 1234567 in all.", ["1234567"]),
        ("It is 123456 in all.", []),
        ("Order 4711 is late.", ["4711"]),
        ("The order number is 4711.", ["4711"]),
        ("Ref. 4711: fine.", ["4711"]),
        ("It is 4711 in order.", []),
        ("单号4711到了。", ["4711"]),
        ("电话是4711。", ["4711"]),
        ("一共4711个。", []),
        ("Lorries take route 15 to hall 12.", ["15", "12"]),
        ("Halls 3, 4, 12 or 15 are shut.", ["3", "4", "12", "15"]),
        ("The 15 halls are shut.", []),
        ("文号〔2026〕7号", ["2026"]),
    ],
)
def test_numbers_of_names_count_nothing(text: str, expected: list[str]) -> None:
    assert idle(text) == expected


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("日子后面接着事", "请订12日吊车。", ["12"]),
        ("不是案子里的日子", "请订13日吊车。", []),
        ("a day with a point", "Not 15.5, then.", ["15.5"]),
        ("the month first", "Not 5.15, then.", ["5.15"]),
        ("no day of the case", "Not 16.5, then.", []),
        ("a day of another month", "Not 15.6, then.", []),
        ("a length", "Not 15.5 km, then.", []),
        ("月后面的日", "（原5月15）", ["15"]),
        ("不是这个月的", "（原6月15）", []),
        ("不是这一天", "（原5月16）", []),
        ("列在一起的日子", "5月11、12两天换。", ["12"]),
        ("列在一起的别的日子", "5月11、13两天换。", []),
        ("a weekday and its day", "From Fri 15 to Fri 12 June.", ["15"]),
        ("a weekday and another day", "On Thu 15 bolts came.", []),
        ("a weekday and a day of no case", "On Fri 22 bolts came.", []),
        ("no weekday", "About 15 bolts came.", []),
        ("the year of the case", "2026, 15 bolts.", ["2026"]),
        ("another year", "2019, 15 bolts.", []),
        ("as many as the year", "2026 bolts came.", []),
    ],
)  # fmt: skip
def test_numbers_of_known_days_count_nothing(rule: str, text: str, expected: list[str]) -> None:
    assert idle(text) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("at an hour", "I call at five.", ["five"]),
        ("before an hour", "I call before nine.", ["nine"]),
        ("at the twelfth", "I call at 12.", ["12"]),
        ("at so many of them", "They stop at 5 lamps.", []),
        ("from an hour that is not known", "I call from five.", []),
        ("from an hour that the facts have in the evening", "I call from nine.", ["nine"]),
        ("to an hour that is known", "Up to nine I am there.", ["nine"]),
        ("to another", "Up to ten I am there.", []),
        ("between two hours", "Between 9 and 11 I am in.", ["9", "11"]),
        ("between an hour and lamps", "Between 9 and 11 lamps hang.", ["9"]),
        ("no hour of a clock", "It is until 13 that I am in.", []),
        ("neither", "We are nine.", []),
    ],
)  # fmt: skip
def test_hours_count_nothing(rule: str, text: str, expected: list[str]) -> None:
    assert idle(text) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("within the ends that the facts tell", "Vats 5, 6 and 7 leak.", ["5", "6", "7 leak"]),
        ("the ends", "Vats 5, 8 leak.", ["5", "8 leak"]),
        ("beyond the ends", "Vats 4, 9 leak.", []),
        ("alone", "6 vats leak.", []),
        ("in words", "Five, six and seven leak.", []),
        ("顿号", "罐5、6、7漏。", ["5", "6", "7"]),
    ],
)  # fmt: skip
def test_numbers_of_a_row_that_the_facts_tell_count_nothing(
    rule: str, text: str, expected: list[str]
) -> None:
    assert idle(text) == expected, rule
    assert idle(text, {"today": "2026-05-04"}) == [], rule


def test_of_a_very_long_sentence_what_stands_near_is_read() -> None:
    text = "Nothing. " + "a" * 400 + " 9 lamps " + "b" * 400
    subject = subject_of(text, "draft", CASE)
    at = text.index("9")
    assert around(subject, at) == (at - 300, at + 300)
    short = subject_of("Nothing. We hang 9 lamps. Fine.", "draft", CASE)
    assert around(short, 17) == (8, 25)
