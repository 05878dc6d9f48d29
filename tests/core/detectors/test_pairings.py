"""Two signs that make a fault together: close to each other, in one sentence, with no guard beside."""

import pytest

from bot.core.coaching.detectors import pairings
from bot.core.coaching.detectors.pairings import PAIRINGS
from bot.core.coaching.rubric import Place
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

FAR = "，" + "这一段按原来的安排照旧往前推进" * 3 + "，"


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("一个人和他的东西", "给他们经理换手机。", "remedy", ("remedy.personal_gift", "给他们经理换手机")),
        ("反过来也算", "手机送他们经理。", "remedy", ("remedy.personal_gift", "手机送他")),
        ("隔得远不算", f"给他们经理看进度{FAR}手机另说。", "remedy", None),
        ("不在一句里不算", "给他们经理看进度。手机没电。", "remedy", None),
        ("别的步骤不算", "给他们经理换手机。", "cause", None),
        ("只有人", "请他们经理来看。", "remedy", None),
        ("只有东西", "手机没电了。", "remedy", None),
        ("没答应的不算", "他们要给经理换手机，我们没同意。", "remedy", None),
    ],
)  # fmt: skip
def test_person_of_theirs_gets_nothing_private(
    rule: str, text: str, place: Place, expected: tuple[str, str] | None
) -> None:
    found = hits(pairings.together, subject_of(text, place, language=language_of(text)))
    gifts = [one for one in found if one.check == "remedy.personal_gift"]
    assert gifts == ([] if expected is None else [Found(*expected, {})]), rule


@pytest.mark.parametrize(
    ("rule", "text", "place", "expected"),
    [
        ("尾款口头改", "尾款的比例口头说好就行。", "remedy", {"remedy.contract_change_informal"}),
        ("走补充协议", "尾款的比例口头说好，再签补充协议。", "remedy", set()),
        ("损失全包", "你们的损失我们全包。", "remedy", {"legal.liability_admission"}),
        ("以合同为限", "你们的损失我们全包，以合同约定的上限为限。", "remedy", set()),
        ("如有不周请见谅", "如有不周，请见谅。", "draft", {"tone.hollow_apology"}),
        ("养护缩短", "养护缩短两天。", "plan", {"plan.quality_shortcut"}),
        ("养护不变", "养护缩短两天是不行的，一天不少。", "plan", set()),
        ("没答应的全包", "他们要我们把损失全包，我们没答应。", "remedy", set()),
        ("没答应的，别处照样偷工", "他们要我们把损失全包，我们没答应。养护缩短两天。", "plan", {"plan.quality_shortcut"}),
    ],
)  # fmt: skip
def test_two_signs_close_together_make_a_fault(
    rule: str, text: str, place: Place, expected: set[str]
) -> None:
    found = hits(pairings.together, subject_of(text, place, language=language_of(text)))
    assert {one.check for one in found} == expected, rule


def test_first_of_several_places_is_told() -> None:
    subject = subject_of("养护缩短两天，打压也缩短两天。", "plan", language="zh")
    assert [one.words for one in hits(pairings.together, subject)] == ["养护缩短"]


def test_draft_that_repeats_the_answered_cause_is_quiet() -> None:
    known: Known = {"cause": "养护缩短"}
    assert hits(pairings.together, subject_of("养护缩短。", "draft", known, language="zh")) == []
    assert hits(pairings.together, subject_of("养护缩短。", "draft", language="zh")) != []


def test_draft_may_tell_the_approved_remedy_and_no_more() -> None:
    text, what = "你们的仓储损失我们全包。", "仓储损失我们全包"
    approved = {"remedy": {"what": what, "approved": True}}
    waiting = {"remedy": {"what": what, "approved": False}}
    found = [
        [
            one.check
            for one in hits(pairings.together, subject_of(text, "draft", known, language="zh"))
        ]
        for known in (approved, waiting)
    ]
    assert found == [[], ["legal.liability_admission"]]
    gift = "给他们经理换手机。"
    known = {"remedy": {"what": "给他们经理换手机", "approved": True}}
    assert hits(pairings.together, subject_of(gift, "draft", known, language="zh")) != []


def test_every_pairing_reaches_less_than_a_sentence() -> None:
    assert all(0 < pairing.reach <= 40 for pairing in PAIRINGS)
