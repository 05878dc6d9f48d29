"""Whether a reply on the phone answers what was asked, and how it sounds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.rehearsal.replies import Wants, hear
from tests.core.rehearsing import ears

ANSWERS: list[tuple[Wants, str]] = [
    ("date", "You have it on 18 December."),
    ("date", "Between the 14th and the 18th of December."),
    ("date", "I cannot say yet; you have a date from me by Thursday."),
    ("date", "12月18日。"),
    ("date", "现在还说不准，周四前给您准话。"),
    ("since", "Since 9 November."),
    ("since", "11月9日发现的。"),
    ("reason", "Because the alloy was changed and nobody told the test bench."),
    ("reason", "The fire door failed its test."),
    ("reason", "Nine pumps did not get through."),
    ("reason", "原因是轴承批次不合格。"),
    ("reason", "是我们漏了一道检查。"),
    ("basis", "Twelve windows are left and we do three a day."),
    ("basis", "The supplier confirmed the delivery in writing."),
    ("basis", "还剩12扇窗，一天装3扇。"),
    ("basis", "这次我们换了厂家工长驻场。"),
    ("own_part", "That one is on us."),
    ("own_part", "We should have tested it in October."),
    ("own_part", "Part of it was ours."),
    ("own_part", "这个责任在我们。"),
    ("own_part", "是我们估错了。"),
    ("amount", "Two per cent of the order."),
    ("amount", "No, there is nothing in it for money."),
    ("amount", "Legal has to decide that; you hear by Friday."),
    ("amount", "大约三万元。"),
    ("amount", "这个要领导批，周三前给您答复。"),
    ("amount", "今天报不了数，财务周三前答复您。"),
    ("yes_no", "No. Not on that day."),
    ("yes_no", "We can, if the drawings are with us on Monday."),
    ("yes_no", "I am afraid we cannot."),
    ("yes_no", "不行，那天做不到。"),
    ("yes_no", "可以，图纸周一到就行。"),
    ("yes_no", "不算，只是说明情况。"),
    ("effect", "Your team needs the old hall for two more weeks."),
    ("effect", "The frost is the point: the hall stays closed until then."),
    ("effect", "对您来说，旧系统要多用两周。"),
    ("next_contact", "Every Tuesday at nine, without your asking."),
    ("next_contact", "I call you tomorrow."),
    ("next_contact", "每周二上午给您进展。"),
    ("nothing", "Yes."),
]
DODGES: list[tuple[Wants, str]] = [
    ("date", "As soon as we possibly can."),
    ("date", "We are working day and night on it."),
    ("date", "The old date was 4 November 2026."),
    ("date", "我们会尽快的，请放心。"),
    ("date", "这个还不确定。"),
    ("since", "These things develop over time."),
    ("since", "情况一直在变化。"),
    ("reason", "It is a complex project with many parties."),
    ("reason", "这个项目情况比较复杂。"),
    ("basis", "The team has a good feeling about it."),
    ("basis", "大家都很有信心。"),
    ("own_part", "The supplier delivered the wrong alloy."),
    ("own_part", "供应商那边送错了料。"),
    ("own_part", "That was not our mistake at all."),
    ("own_part", "It has nothing to do with us, and it is not on us."),
    ("own_part", "这不是我们的责任。"),
    ("own_part", "跟我们没关系。"),
    ("own_part", "我们没问题。"),
    ("amount", "We value our partnership highly."),
    ("amount", "我们非常重视双方的合作。"),
    ("yes_no", "We will do everything we can."),
    ("yes_no", "Let me first explain how the tests work."),
    ("yes_no", "我们会尽全力争取。"),
    ("effect", "Our engineers have a new plan."),
    ("effect", "工程师已经有了新计划。"),
    ("next_contact", "I will keep you posted."),
    ("next_contact", "有消息随时同步。"),
]


@pytest.mark.parametrize(("wants", "says"), ANSWERS)
def test_a_reply_that_holds_what_was_asked_is_an_answer(wants: Wants, says: str) -> None:
    assert hear(says, [wants], ears()).answered


@pytest.mark.parametrize(("wants", "says"), DODGES)
def test_a_reply_without_it_is_none(wants: Wants, says: str) -> None:
    assert not hear(says, [wants], ears()).answered


def test_any_of_several_things_is_an_answer() -> None:
    assert hear("On 18 December.", ["yes_no", "date"], ears()).answered
    assert not hear("We try.", ["yes_no", "date"], ears()).answered


def test_an_honest_not_yet_needs_its_day() -> None:
    assert hear("I do not know yet, you hear from me on Thursday.", ["amount"], ears()).deferred
    assert not hear("I do not know yet.", ["amount"], ears()).deferred
    assert hear("还不清楚，下班前给您答复。", ["date"], ears()).deferred


@pytest.mark.parametrize(
    ("says", "cue", "phrase"),
    [
        ("I guarantee the 18th.", "promised", "guarantee"),
        ("我保证12月18日。", "promised", "保证"),
        ("It is their fault, really.", "blamed", "their fault"),
        ("It is only a small thing.", "minimised", "only a small"),
        ("Let us have dinner on it.", "offered", "dinner"),
        ("You get the training free of charge.", "offered", "You get the training free of charge"),
        ("我们给您免费加训两天。", "offered", "我们给您免费加训两天"),
        ("Well, we missed that.", "owned", "we missed that"),
        ("是我们漏了。", "owned", "是我们漏了"),
        ("I understand that this is hard.", "acknowledged", "I understand that this is hard"),
        ("您说得对，确实晚了。", "acknowledged", "您说得对"),
    ],
)
def test_the_tone_of_a_reply_is_heard_with_its_words(says: str, cue: str, phrase: str) -> None:
    cues = {one.cue: one.phrase for one in hear(says, ["nothing"], ears()).cues}
    assert cues.get(cue) == phrase  # type: ignore[call-overload]


def test_a_finding_of_no_concern_on_the_phone_gives_no_cue() -> None:
    assert hear("It comes in due course.", ["nothing"], ears()).cues == ()


@pytest.mark.parametrize("says", ["There is no discount, sorry to say.", "这个不能免费。"])
def test_what_is_refused_is_not_offered(says: str) -> None:
    assert hear(says, ["nothing"], ears()).phrases("offered") == ()


@pytest.mark.parametrize("says", ["You get it free of charge.", "And dinner on top."])
def test_an_approved_remedy_may_be_offered(says: str) -> None:
    assert hear(says, ["nothing"], ears(remedy_approved=True)).phrases("offered") == ()


def test_another_date_than_the_one_of_the_message_is_noticed() -> None:
    assert hear("Done by 11 December.", ["date"], ears()).other_date == "11 December"
    assert hear("Done by 18 December.", ["date"], ears()).other_date == ""
    assert hear("14 to 20 December.", ["date"], ears()).other_date == ""
    assert hear("Not sure; you hear by 25 November.", ["date"], ears()).other_date == ""
    assert hear("On 11 December.", ["yes_no", "date"], ears()).other_date == ""
    assert hear("Done by 11 December.", ["date"], ears(new_date=None)).other_date == ""
    assert hear("Soon.", ["date"], ears()).other_date == ""


def test_a_speech_is_noticed_in_both_languages() -> None:
    assert hear("and so on " * 25, ["nothing"], ears()).long
    assert hear("情况是这样的" * 20, ["nothing"], ears()).long
    assert not hear("Yes. 12月18日。", ["nothing"], ears()).long


def test_only_the_beginning_of_an_endless_reply_is_heard() -> None:
    assert hear("so " * 1300 + "on 18 December.", ["date"], ears()).answered
    assert not hear("so " * 1400 + "on 18 December.", ["date"], ears()).answered


def test_a_date_that_is_past_is_no_answer_to_when() -> None:
    assert not hear("2 November 2026", ["date"], ears()).answered
    assert ears().today == date(2026, 11, 23)


@given(st.text(max_size=300))
def test_any_text_can_be_heard(says: str) -> None:
    found = hear(says, ["date", "yes_no"], ears())
    assert found.answered or not found.deferred
