"""Culprits: a person, by name or by role, as the one who made the slip."""

import pytest

from bot.core.coaching.detectors import culprits
from bot.core.coaching.rubric import Place
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

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
        ("a title and any name, in another clause", "Mr Vantongeren in our office, sadly, forgot the order.", ["Mr Vantongeren in our office, sadly, forgot"]),
        ("a lady's title, in another clause", "Ms Vantongeren in our office, sadly, forgot the order.", ["Ms Vantongeren in our office, sadly, forgot"]),
        ("a doctor's, in another clause", "Dr Vantongeren in our office, sadly, forgot the order.", ["Dr Vantongeren in our office, sadly, forgot"]),
        ("responsible, and no slip is told", "The person responsible was Carlos.", []),
        ("one of theirs", "Your Carlos drew the plan.", []),
        ("one of ours", "Our Carlos drew the plan.", ["Carlos"]),
        ("no title and a name that no list has", "Vantongeren in our office, sadly, forgot the order.", []),
        ("a pronoun after a second given name", "Ask Quillon Carlos. He forgot the size.", ["He forgot"]),
        ("a department", "Procurement forgot the order.", []),
        ("a service", "Catering forgot the order.", []),
        ("an office", "Recruitment forgot the order.", []),
        ("a discipline", "Acoustics forgot the order.", []),
        ("responsible, and the slip told elsewhere", "The person responsible was Carlos. The size was forgotten.", ["Carlos"]),
        ("两种文字", "Carlos forgot the order，所以晚了。", ["Carlos forgot"]),
        ("谁发现的", "是小陈发现的。", []),
        ("谁弄错的", "是小陈弄错的。", ["小陈弄错"]),
        ("要不是谁", "要不是小陈，不会晚。", ["小陈"]),
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
    found = hits(culprits.culprit, subject)
    assert found == [Found("cause.names_person", w, {}) for w in expected], rule


@pytest.mark.parametrize(
    ("rule", "text", "cause", "status", "draft"),
    [
        ("a title and any name, a lady", "Ms Vantongeren forgot it.", "Ms Vantongeren forgot", "Ms Vantongeren forgot", "Ms Vantongeren forgot"),
        ("a title and any name, a doctor", "Dr Vantongeren forgot it.", "Dr Vantongeren forgot", "Dr Vantongeren forgot", "Dr Vantongeren forgot"),
        ("an unknown name that does what people do", "Quillon packed the boxes upside down.", "Quillon packed the boxes upside down", "Quillon packed the boxes upside down", "Quillon packed the boxes upside down"),
        ("an epithet and a name", "Old Sturgess sent the wrong file.", "Old Sturgess sent the wrong", "Old Sturgess sent the wrong", "Old Sturgess sent the wrong"),
        ("by whom it was done, told as the cause", "The estimate was done by Carlos.", "Carlos", None, None),
        ("by an unknown word", "The estimate was done by Quillon.", None, None, None),
        ("a deed, told as the cause", "Quillon, our fitter, packed it.", "our fitter", None, None),
        ("on whose watch", "On Carlos's watch the list went out.", "Carlos", None, None),
        ("a condition", "If Carlos had checked it.", "Carlos", None, None),
        ("the culprit is", "The culprit is Carlos.", "Carlos", None, None),
        ("let loose", "Somebody let Kev loose on the label template.", "Kev loose on the", "Kev loose on the", None),
        ("by whom", "It was Femke by whom the wrong week was told.", "Femke", "Femke", None),
        ("after whom it is cleared up", "Two days to clean up after Carlos.", "Carlos", "Carlos", None),
        ("whose last one", "Sophie's last one having gone out with wrong figures.", "Sophie", "Sophie", None),
        ("another party's trade", "The architect forgot the plan.", None, None, None),
        ("a trade of one person", "The planner forgot the order.", "The planner forgot", "The planner forgot", "The planner forgot"),
        ("that trade, a deed only", "That planner packed it.", None, None, None),
        ("who found it", "Carlos found the fault.", None, None, None),
        ("责任人", "责任人是小陈。", "小陈", None, None),
        ("要不是", "要不是老王，早就好了。", "老王", None, None),
        ("谁漏的", "是小陈漏的单子。", "小陈漏", "小陈漏", "小陈漏"),
        ("有头衔", "李工漏订了。", "李工漏订", "李工漏订", "李工漏订"),
        ("姓名", "王强把图改错了。", "王强把图改错", "王强把图改错", "王强把图改错"),
        ("谁修的", "小陈修好了漏的地方。", None, None, None),
        ("谁发现的", "王经理发现图错了。", None, None, None),
    ],
)  # fmt: skip
def test_deed_is_a_slip_where_the_cause_is_told(
    rule: str, text: str, cause: str | None, status: str | None, draft: str | None
) -> None:
    steps: tuple[tuple[Place, str | None], ...] = (
        ("cause", cause), ("status", status), ("draft", draft),
    )  # fmt: skip
    for place, expected in steps:
        subject = subject_of(text, place, OURS, language=language_of(text))
        wanted = [] if expected is None else [Found("cause.names_person", expected, {})]
        assert hits(culprits.culprit, subject) == wanted, (rule, place)


@pytest.mark.parametrize("place", ["cause", "status", "draft"])
def test_whose_fault_it_was_is_nowhere_told(place: Place) -> None:
    subject = subject_of("The order was wrong. It was Carlos's mistake.", place, OURS)
    assert [one.words for one in hits(culprits.culprit, subject)] == ["Carlos"]


@pytest.mark.parametrize("place", ["status", "draft"])
def test_who_is_responsible_may_be_told_where_no_cause_is_asked_for(place: Place) -> None:
    subject = subject_of("The person responsible was Carlos. The size was forgotten.", place, OURS)
    assert hits(culprits.culprit, subject) == []


@pytest.mark.parametrize(
    ("cause", "expected"), [("小陈忘了下单", []), ("阀门没有下单", ["小陈忘了"])]
)
def test_a_draft_may_name_whom_the_answers_name(cause: str, expected: list[str]) -> None:
    subject = subject_of("小陈忘了下单。", "draft", {**OURS, "cause": cause}, language="zh")
    assert [one.words for one in hits(culprits.culprit, subject)] == expected
