"""Culprits: a person, by name or by role, as the one who made the slip."""

import pytest

from bot.core.coaching.detectors import culprits
from tests.core.detectors.hits import Known, language_of, subject_of, words

OURS: Known = {"sender": "Nora Lindqvist", "customer": "Mr Petrov", "project": "Grace Hall"}


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a given name and a slip", "Carlos forgot the order.", ["Carlos forgot"]),
        ("a full name", "Carlos Mendez forgot the order.", ["Carlos Mendez forgot"]),
        ("a title", "Mr Vantongeren forgot the order.", ["Mr Vantongeren forgot"]),
        ("a role of one person", "Our junior designer forgot the order.", ["Our junior designer forgot"]),
        ("we", "We forgot the order.", []),
        ("a name that no list has, right before the slip", "Quillon forgot the order.", ["Quillon forgot"]),
        ("a machine that did not start", "Quillon failed to start.", []),
        ("a name at a place", "The crane at Quillon forgot nothing.", []),
        ("the sender", "Nora forgot the order.", []),
        ("the customer", "Petrov forgot the order.", []),
        ("the project", "Grace forgot the order.", []),
        ("the team, not the person", "Carlos's team forgot the order.", []),
        ("somebody else is the subject", "Carlos called and we forgot the order.", []),
        ("a semicolon between", "Carlos called; the order was wrong.", []),
        ("another sentence", "Carlos called. The order was wrong.", []),
        ("who mends it", "Carlos will send the plan.", []),
        ("for whom", "The order for Carlos was wrong.", []),
        ("whose fault", "It was Carlos's mistake.", ["Carlos"]),
        ("because of whom", "The size was forgotten because of Carlos.", ["Carlos"]),
        ("a person of a house", "Carlos from purchasing forgot the order.", ["Carlos from purchasing forgot"]),
        ("an ordinary word with a capital", "Nobody forgot the order.", []),
        ("a person as a pronoun, once named", "Ask Carlos. He forgot the size.", ["He forgot"]),
        ("a pronoun without a name", "He forgot the size.", []),
        ("小陈忘了", "小陈忘了下单。", ["小陈忘了"]),
        ("我们忘了", "我们忘了下单。", []),
        ("王工改错", "王工把图改错了。", ["王工把图改错"]),
        ("我们做主语", "王工来了，我们把图改错了。", []),
        ("实习生删了", "实习生把文件删了。", ["实习生把文件删了"]),
        ("都怪谁", "都怪小陈。", ["小陈"]),
        ("谁负责补", "小陈负责补单。", []),
    ],
)  # fmt: skip
def test_no_single_person_is_the_culprit(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "cause", OURS, language=language_of(text))
    assert words(culprits.culprit, subject) == expected, rule
