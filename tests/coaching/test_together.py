"""How the Chinese readings join: two things together, what is left over, what is refused."""

from collections.abc import Mapping

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.rubric import Place

NOT_APPROVED = {"remedy_approved": False}
DRAFT = {
    "today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-05-29",
    "cause": "二次灌浆没等够龄期，养护我们少算了五天", "cause_party": "ours",
    "impact": "消防验收改到6月3日", "status": "5台泵装好3台",
}  # fmt: skip
OPENING = "泵站由5月15日改到5月29日。二次灌浆没等够龄期，养护我们少算了五天，是我们的错。"


def raised(text: str, place: Place, known: Mapping[str, object] | None = None) -> set[str]:
    """The checks that a Chinese text raises."""
    task = Task(text, place, "zh", context_of(known or {}), "email")
    return set(review(task, default_coaching()).flags)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("给魏主任捎一箱酒过去。", "remedy.personal_gift"),
        ("尾款那一条，我跟他们总工碰个杯就算翻篇。", "remedy.contract_change_informal"),
        ("停产掉的几十万算到咱头上，一个子儿不还价。", "legal.liability_admission"),
        ("凡令贵处不满意者，一并致歉。", "tone.hollow_apology"),
    ],
)
def test_two_things_together_make_the_fault(text: str, check: str) -> None:
    assert check in raised(text, "remedy", NOT_APPROVED)


def test_one_of_the_two_things_alone_makes_none() -> None:
    assert raised("魏主任周三签字，之前什么也不提。", "remedy", NOT_APPROVED) == set()


def test_an_offer_that_nobody_approved_needs_no_known_words() -> None:
    assert raised("付费模块今早给他们开通了。", "remedy", NOT_APPROVED) == {"remedy.unauthorised"}


def test_an_offer_with_nothing_in_it_to_count_is_empty() -> None:
    assert raised("公司层面给予倾斜，细则容后再定。", "remedy") == {"remedy.vague"}


def test_an_offer_that_was_turned_down_is_no_fault() -> None:
    told = "有人出主意给门店经理送购物卡，我给否了。"
    assert raised(told, "remedy", NOT_APPROVED) == set()


def test_a_fault_told_only_to_be_refused_is_no_fault() -> None:
    known = {"original_date": "2026-05-15", "new_date": "2026-05-29"}
    told = "有人建议周报里先写成完成，我没同意。16台装了9台，剩7台。"
    assert raised(told, "status", known) == set()


def test_our_own_words_in_quotation_marks_are_ours() -> None:
    told = "我先回了句“贵方主张的赔偿，悉数成立”。"
    assert "legal.liability_admission" in raised(told, "remedy", {"remedy_approved": True})


def test_two_checks_on_the_same_words_give_one_finding() -> None:
    found = raised("停产掉的几十万算到咱头上，一个子儿不还价。", "remedy", NOT_APPROVED)
    assert found == {"legal.liability_admission"}


def test_a_draft_that_repeats_the_cause_plans_no_shortcut() -> None:
    assert "plan.quality_shortcut" not in raised(OPENING, "draft", DRAFT)


def test_an_effect_whose_day_is_left_out_is_missing() -> None:
    rest = "5台泵装好3台。每周二给您进展，首次5月5日。"
    assert "draft.missing_fact" in raised(OPENING + rest, "draft", DRAFT)
    assert "draft.missing_fact" not in raised(
        OPENING + "消防验收改到6月3日。" + rest, "draft", DRAFT
    )


def test_an_office_holder_whom_no_fact_names_is_unsupported() -> None:
    told = OPENING + "消防验收改到6月3日。5台泵装好3台。技术总监邹明会去现场说明。"
    assert "draft.unsupported_fact" in raised(told, "draft", DRAFT)


def test_an_office_holder_whom_a_fact_names_is_supported() -> None:
    told = OPENING + "消防验收改到6月3日。5台泵装好3台。技术总监邹明会去现场说明。"
    known = {**DRAFT, "ask": {"what": "安排邹明进场", "by": "2026-05-20"}}
    assert "draft.unsupported_fact" not in raised(told, "draft", known)


def test_one_of_our_people_may_be_charged_in_any_answer() -> None:
    told = "38家店多用三周手写小票。账都得算在产品经理小余头上。"
    assert "cause.names_person" in raised(told, "impact")


def test_days_spent_must_have_been_answered() -> None:
    told = OPENING + "消防验收改到6月3日。5台泵装好3台，返工多花了14天。"
    assert "draft.unsupported_fact" in raised(told, "draft", DRAFT)
    assert "draft.unsupported_fact" not in raised(
        told.replace("返工多花了14天", "晚14天"), "draft", DRAFT
    )


@pytest.mark.parametrize(
    "text",
    [
        "误清数据库的是谁？运维那位姓葛的，手一滑。",
        "腕臂装反27处。交底那天只有小邢一人在场，他理解反了。",
    ],
)
def test_one_of_our_people_in_the_answer_on_the_cause_is_named(text: str) -> None:
    assert "cause.names_person" in raised(text, "cause")


def test_a_name_that_stands_in_the_stored_answer_is_still_named() -> None:
    told = "信息科老李一直拖着不给接口文档，我们小张也忘了催，测试没做完"
    assert "cause.names_person" in raised(told, "cause", {"cause": told, "customer": "市三院"})


def test_a_person_who_found_the_fault_is_not_its_cause() -> None:
    told = "模板偏差12毫米是老吕发现的，放线我们没复核。"
    assert "cause.names_person" not in raised(told, "cause")
