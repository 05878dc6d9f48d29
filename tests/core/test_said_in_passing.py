"""What people type in passing: a shrug, a name with a doubt, their customer's words where one picks."""

from dataclasses import replace

import pytest

from bot.core.case import ChoiceValue, Pending, PersonValue, TextValue
from bot.core.dialogue.inputs import read
from bot.core.events import Typed
from bot.core.words import FieldId, StepId
from tests import delivery_cases
from tests.core.followed import Followed
from tests.core.talk import BEGUN_AT, PLAYBOOK, Talk
from tests.delivery_cases import PLAYBOOK as DELIVERY


@pytest.mark.parametrize("shrug", ["随便", "随便。", "都行", "Whatever", "idk"])
def test_a_shrug_is_no_answer_in_words_and_stays_in_its_box(shrug: str) -> None:
    talk = Talk().submit({"project": shrug})
    found = talk.case.pending[FieldId("project")]
    assert found.raw == shrug
    assert "for example: pump 3 leaks" in found.problem.en


def test_words_that_begin_like_a_shrug_are_an_answer() -> None:
    talk = Talk().submit({"project": "随便走走小程序"})
    assert talk.value("project") == "随便走走小程序"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Omar吧，应该是他", "Omar"),
        ("应该是林佩", "林佩"),
        ("林佩吧", "林佩"),
        ("probably Omar Haddad", "Omar Haddad"),
        ("Omar Haddad, I think", "Omar Haddad"),
        ("Omar Haddad", "Omar Haddad"),
        ("应该是", "应该是"),
    ],
)
def test_a_name_is_taken_without_the_doubt_round_it(typed: str, name: str) -> None:
    talk = Talk()
    found = read(PLAYBOOK, talk.case, PLAYBOOK.fields[FieldId("owner")], typed, at=BEGUN_AT)
    assert found == PersonValue(name)


def test_what_the_owner_types_is_not_put_into_the_customers_mouth() -> None:
    """It may be their words or the owner's own; it stays in its box, with the picks."""
    told = Followed("zh").tell().press("/", "feedback")
    told.give(Typed(told.stamp(), "他们还没有回复我"))
    assert told.case.pending[FieldId("feedback_early")].raw == "他们还没有回复我"
    assert FieldId("feedback_quote") not in told.case.answers
    told.give(Typed(told.stamp(), "一般"))
    told.give(Typed(told.stamp(), "半信半疑"))
    told.give(Typed(told.stamp(), "还行吧，就是说得有点晚"))
    assert [(f.early, f.trust, f.quote) for f in told.case.feedback] == [
        (3, 3, "还行吧，就是说得有点晚")
    ]


@pytest.mark.parametrize("rhythm", ["每周五", "每周五一次", "every Friday", "Weekly, on Fridays"])
def test_a_week_day_each_week_is_every_week(rhythm: str) -> None:
    case = Followed().case
    found = read(DELIVERY, case, DELIVERY.fields[FieldId("cadence")], rhythm, at=BEGUN_AT)
    assert found == ChoiceValue("weekly")


@pytest.mark.parametrize(
    "line",
    [
        "云麓咖啡的会员小程序，本来12月4号上线，供应商接口没给，拖了",
        "Marrow Bakeries, the ordering site is late because the supplier did not deliver",
    ],
)
def test_a_sentence_is_not_taken_for_the_name_of_a_customer(line: str) -> None:
    case = Followed().case
    found = read(DELIVERY, case, DELIVERY.fields[FieldId("customer")], line, at=BEGUN_AT)
    assert isinstance(found, Pending)
    assert found.raw == line
    assert [r.value for r in found.readings] == [TextValue(line)]


@pytest.mark.parametrize(
    "name",
    ["云麓咖啡", "北湾博物馆（二期，地下展厅）", "Marrow Bakeries, Ltd.", "Acme Instruments, Leeds, UK",
     "北京市海淀区第三人民医院信息中心项目管理办公室"],
)  # fmt: skip
def test_a_long_name_or_one_with_a_comma_is_a_name(name: str) -> None:
    case = Followed().case
    found = read(DELIVERY, case, DELIVERY.fields[FieldId("customer")], name, at=BEGUN_AT)
    assert found == TextValue(name)


def test_a_pick_of_the_next_question_answers_that_one() -> None:
    step = DELIVERY.by_id[StepId("follow_up")]
    case = delivery_cases.full("zh")
    answers = {k: v for k, v in case.answers.items() if k not in {f.id for f in step.fields}}
    talk = Talk(playbook=DELIVERY)
    talk.case = replace(case, answers=answers, step=step.id, live=1)
    talk.type("微信")
    assert talk.value("follow_up_channel") == "chat"
    assert talk.case.pending == {}
    talk.type("好")
    assert talk.value("feedback") is None
    talk.type("每周五")
    assert talk.value("cadence") == "weekly"
