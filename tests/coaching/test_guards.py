"""What a fair reader lets pass, beside the fault that is told in nearly the same words."""

from collections.abc import Mapping

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Task, review
from bot.core.coaching.context import context_of
from bot.core.coaching.rubric import Place
from tests.core.detectors.hits import language_of

CASE = {"today": "2026-06-01", "original_date": "2026-06-05", "new_date": "2026-06-26"}
TESTED = {"what": "我方承担脚手架租金三天", "approved": True}


def raised(text: str, place: Place, known: Mapping[str, object] | None = None) -> set[str]:
    """The checks that a text raises."""
    task = Task(text, place, language_of(text), context_of({**CASE, **(known or {})}))
    return set(review(task, default_coaching()).flags)


@pytest.mark.parametrize(
    ("guard", "check", "place", "fair", "faulty"),
    [
        ("the rest is told to be late", "status.contradicts_slip", "status", "Cabling is on schedule, the rest is not: 12 of 30 desks stand.", "All is on schedule: 12 of 30 desks stand."),
        ("a broken promise is owned up to", "promise.certainty", "plan", "I promised it would never happen again and I was wrong: 26 June, nine desks a day.", "It will never happen again: 26 June, nine desks a day."),
        ("食言说在前头", "promise.certainty", "plan", "上次说不会再拖，食言了。6月26日，一天9张。", "这回不会再拖。6月26日，一天9张。"),
        ("a term of the trade", "promise.certainty", "plan", "6月26日，性能保证值测完再装，一天9张。", "6月26日我保证装完，一天9张。"),
        ("their planner was asked", "impact.unfounded_denial", "impact", "No impact: we went through it with their planner on 2 June.", "No impact on them."),
        ("a cost that is theirs is no blame", "cause.blame_shift", "impact", "They burn 90 litres a day, their budget, not ours.", "The 90 litres are their fault, not ours."),
        ("他们自己说的", "cause.blame_shift", "impact", "是他们班长自己说的，一天少装9张。", "是他们班长自己不上心，一天少装9张。"),
        ("说哪天给结论", "cause.speculation", "cause", "还说不准，接头和电源先查，6月9日告诉客户是哪个。", "还说不准，大概是接头。"),
        ("the day by which they choose is a decision", "contingency.no_decision", "contingency", "Rent at 900, or wait. Ms Tan says by Tuesday.", "Rent at 900, or wait."),
        ("我们的意见", "contingency.no_decision", "contingency", "甲、租，900元；乙、等。我们的意见是甲。", "甲、租，900元；乙、等。"),
        ("a price without its currency", "contingency.no_tradeoff", "contingency", "Night shifts win a week at 4,500, a second crane at 6,200. We advise the crane.", "Night shifts, or a second crane. We advise the crane."),
        ("a control that follows is not left out", "plan.quality_shortcut", "plan", "26 June: three days in the booth, and after that the full safety test.", "26 June: we skip the full safety test."),
        ("约好的周日", "plan.non_working_day", "plan", "6月21日，星期天，是跟学校约好的，一天9张。", "6月21日，一天9张。"),
        ("a figure in words is a fact", "cause.vague", "cause", "Concrete poured at minus two. We poured it.", "Circumstances. We had them."),
        ("客户嘴上说的", "timing.withhold", "impact", "她嘴上说扛得住，两个会计要补录340张发票。", "我们嘴上说扛得住，两个会计要补录340张发票。"),
        ("剩下的不是轻描淡写", "tone.minimise", "status", "30张装完29张，只差防火门那张。", "30张装完29张，只晚三天而已。"),
        ("离开会还有两天", "tone.minimise", "cause", "样板4号才送，离评审就两天，是我们晚了。", "才两天而已，是我们晚了。"),
    ],
)  # fmt: skip
def test_guard_spares_the_fair_and_not_the_faulty(
    guard: str, check: str, place: Place, fair: str, faulty: str
) -> None:
    assert check not in raised(fair, place), guard
    assert check in raised(faulty, place), guard


def test_approved_remedy_is_no_admission_of_liability() -> None:
    text = "竣工由6月5日改到6月26日。脚手架租金三天由我方承担，已经批准。"
    check = "legal.liability_admission"
    assert check not in raised(text, "draft", {"remedy": TESTED})
    assert check in raised(f"{text}你们的停工损失全由我方承担。", "draft", {"remedy": TESTED})


def test_courtesy_asks_nothing_of_the_customer() -> None:
    check = "plan.customer_action_undated"
    assert check not in raised("If you'd rather have a call, say so.", "draft")
    assert check in raised("If you approve the drawings, we start.", "draft")


@pytest.mark.parametrize(
    ("text", "gap"),
    [("Ref: <contract no.>", True), ("on xx March", True), ("<a.b.example/c>", False)],
)
def test_gap_is_an_open_slot_and_nothing_else(text: str, *, gap: bool) -> None:
    assert ("draft.placeholder" in raised(text, "draft")) is gap
