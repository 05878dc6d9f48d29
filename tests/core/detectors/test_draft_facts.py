"""A draft against the facts: dates, numbers, counts, measures and names that nobody answered."""

from collections.abc import Sequence

import pytest

from bot.core.coaching.detectors import draft_facts
from bot.core.coaching.detectors.registry import Detector
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

FACTS: Known = {
    "today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18",
    "cause": "the seals of pump two leaked, ordered on 4 May", "status": "17 of 24 valves are fitted",
    "impact": "the night shift switches 40 lamps by hand", "options": ["rent two pumps for 900 euros a day"],
    "next_update": "every Tuesday, first on 9 June", "customer_deadline": "2026-06-25",
    "sender": "Nora Lindqvist", "people": 6,
}  # fmt: skip


def check(detector: Detector, text: str, known: Known, words: Sequence[str], rule: str) -> None:
    """That a detector tells `words` of a draft, each as its own slot, and nothing of an answer."""
    found = hits(detector, subject_of(text, "draft", known, language=language_of(text)))
    assert found == [Found("draft.unsupported_fact", w, {"x": w}) for w in words], rule
    answer = subject_of(text, "plan", known, language=language_of(text))
    assert hits(detector, answer) == []
    nothing = {"today": "2026-06-03", "next_update": "every Tuesday"}
    assert hits(detector, subject_of(text, "draft", nothing, language=language_of(text))) == []


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("the new date", "They run on 18 June.", []),
        ("the old one", "They should have run on 5 June.", []),
        ("theirs", "Your fair is on 25 June.", []),
        ("one of the cause", "Ordered on 4 May.", []),
        ("nobody's", "They run on 19 June.", ["19 June"]),
        ("the first of two", "They run on 19 or 20 June.", ["19"]),
        ("a stretch between two known dates", "Between 5 and 18 June they stand.", []),
        ("a day without figures", "They run on Tuesday.", []),
        ("a month is no day", "They run in June.", []),
        ("a month of a year is none", "They run in June 2026.", []),
        ("a known day before nobody's", "They were due on 5 June and run on 19 June.", ["19 June"]),
        ("a bare ordinal of a known day", "They run on the 18th.", []),
        ("the day of the next contact", "You hear from us on 16 June.", []),
        ("a bare ordinal of another day", "They run on the 19th.", ["19th"]),
        ("a date that moves, told with the contact", "We call you: the date moves to 19 June.", ["19 June"]),
        ("联系里说的改期", "我们给您打电话，日期推迟到6月19日。", ["6月19日"]),
        ("6月19日没人说过", "水泵6月19日投运。", ["6月19日"]),
        ("6月18日", "水泵6月18日投运。", []),
        ("号码不是日子", "第24号完成。", []),
        ("24号是日子", "24号完成。", ["24号"]),
        ("炉号不是日子", "1号、2号炉已改好，24号也改好。", []),
        ("a length beside the number of a line", "Line 7 moves from 5 June to 14 June.", ["14 June"]),
        ("a length beside a known day", "7 days from 5 June, on 12 June, they run.", []),
    ],
)  # fmt: skip
def test_date_in_a_draft_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_date, text, FACTS, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("a count of the facts", "We have fitted 17 of 24 valves.", []),
        ("what is left of it", "7 valves are left.", []),
        ("its share", "That is 71 percent.", []),
        ("another share", "That is 85 percent.", ["85 percent"]),
        ("the length of the slip", "That is 13 days later.", []),
        ("in working days", "That is 9 working days later.", []),
        ("a field", "6 people work on it.", []),
        ("another count", "55 lamps are dark.", ["55 lamps"]),
        ("the sum of an option", "It costs 900 euros a day.", []),
        ("another sum", "It costs 800 euros a day.", ["800 euros"]),
        ("three at most are no claim", "Three things count.", []),
        ("four are one", "44 fitters come.", ["44 fitters"]),
        ("what is told of contact", "We call you at 55 minutes past.", []),
        ("another part of a known whole", "15 of 24 valves are fitted.", ["15 of 24 valves"]),
        ("a number that is given rounded", "About 38 lamps are switched by hand.", []),
        ("too far to be rounded", "36 lamps are switched by hand.", ["36 lamps"]),
        ("a known count before nobody's", "We have fitted 17 of 24 valves, and 55 lamps are dark.", ["55 lamps"]),
        ("nothing is no claim", "0 percent is lost.", []),
        ("one of very few", "1 of 3 pumps runs.", []),
        ("55盏没人说过", "55盏灯不亮。", ["55"]),
        ("40盏", "40盏灯要手动。", []),
        ("花掉的天数只有回答说得出", "来回花了13天。", ["13天"]),
        ("花的钱是给过的", "花了900元。", []),
        ("晚的天数", "晚13天。", []),
        ("so many in ten, as the share is", "7 in 10 valves are fitted.", []),
        ("so many in ten, as no share is", "5 of 10 valves are fitted.", ["5 of 10 valves"]),
        ("half of a known whole", "Half of the 24 valves are fitted.", ["Half of the 24 valves"]),
        ("the part that is left as a share", "29 percent are left.", []),
        ("another part as a share", "31 percent are left.", ["31 percent"]),
        ("one and a half is no claim", "It takes 1.5 pumps.", []),
        ("a small broken number is one", "It takes 1.3 pumps.", ["1.3 pumps"]),
        ("three and a half is one", "It takes 3.5 pumps.", ["3.5 pumps"]),
        ("the day of the old date alone", "They run on 18 June, was 5.", []),
        ("no day of the case", "They run on 18 June, was 29.", ["29"]),
        ("an idiom", "您放一百个心。", []),
        ("旧日子和箭头", "阀门5→18号。", []),
    ],
)  # fmt: skip
def test_number_in_a_draft_was_answered_or_follows(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_number, text, FACTS, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("the count as answered", "24台装好17台。", []),
        ("another part of a known whole", "24台装好15台。", ["15"]),
        ("what is left", "24台还剩7台。", []),
        ("what is left, told as a part", "24台已装好7台。", []),
        ("more than the whole", "24台装好31台。", []),
        ("all of them", "24台装好24台。", []),
        ("an hour is no part", "24台装好15点。", []),
        ("an unknown whole", "30台装好15台。", []),
        ("a whole beside its swap", "8台换了10台，24台装好15台。", ["15"]),
    ],
)  # fmt: skip
def test_part_of_a_known_whole_was_answered(rule: str, text: str, words: list[str]) -> None:
    known = {**FACTS, "status": "24台阀门装好17台"}
    check(draft_facts.unsupported_count, text, known, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("new people", "We have added two fitters.", ["We have added two fitters"]),
        ("nothing new", "Two fitters work on it.", []),
        ("加人", "我们加派了两名装配工。", ["加派了两名装配工"]),
        ("没有加人", "两名装配工在干。", []),
        ("hard work, where the case is told whole", "We work overtime.", ["work overtime"]),
        ("nothing new, then new people", "Two fitters work on it. We have added two fitters.", ["We have added two fitters"]),
    ],
)  # fmt: skip
def test_measure_in_a_draft_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_measure, text, FACTS, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("hard work", "We work overtime.", []),
        ("a new shift", "We have brought in a second shift.", ["We have brought in a second shift"]),
        ("a new shift, late", "We have brought in a second shift, late.", ["We have brought in a second shift"]),
        ("hard work, then a new shift", "We work overtime. We have brought in a second shift.", ["We have brought in a second shift"]),
    ],
)  # fmt: skip
def test_where_few_facts_are_known_anybody_may_work_hard(
    rule: str, text: str, words: list[str]
) -> None:
    few = {"today": "2026-06-03", "new_date": "2026-06-18", "cause": "the seals of pump two leaked"}
    check(draft_facts.unsupported_measure, text, few, words, rule)


def test_measure_that_was_answered_may_be_told() -> None:
    known = {**FACTS, "what_changed": "we have added two fitters"}
    subject = subject_of("We have added two fitters.", "draft", known)
    assert hits(draft_facts.unsupported_measure, subject) == []


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("a person nobody named", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask Fiona Beckett for more. Regards, Nora", ["Fiona Beckett"]),
        ("the sender", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask Nora Lindqvist for more. Regards, Nora", []),
        ("the sender before a person nobody named", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask Nora Lindqvist or Fiona Beckett for more. Regards, Nora", ["Fiona Beckett"]),
        ("one word is no name", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask Fiona for more. Regards, Nora", []),
        ("who is greeted", "Dear Fiona Beckett, the pumps come later. We work on it. Regards, Nora", []),
        ("who signs", f"Dear all, {'the pumps come later and we work on it. ' * 3}Ask us. Regards, Fiona Beckett", []),
        ("who is greeted in a long first sentence", f"Dear all, {'the pumps come later and we work on it, ' * 3}Fiona Beckett, and you. We ask you. Regards, Nora", []),
    ],
)  # fmt: skip
def test_name_in_a_draft_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_name, text, FACTS, words, rule)


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("没人提过的总监", "技术总监邹明会全程盯。", ["邹明"]),
        ("职务后面没有人名", "技术总监会全程盯。", []),
        ("两个人里的第二个", "技术总监会来，安装经理李强负责。", ["李强"]),
        ("部门里的人", "质检科李永强负责。", ["李永强"]),
    ],
)  # fmt: skip
def test_holder_of_an_office_was_answered(rule: str, text: str, words: list[str]) -> None:
    check(draft_facts.unsupported_holder, text, FACTS, words, rule)


def test_holder_that_was_answered_may_be_named() -> None:
    known = {**FACTS, "what_changed": "技术总监邹明驻场"}
    subject = subject_of("技术总监邹明会全程盯。", "draft", known, language="zh")
    assert hits(draft_facts.unsupported_holder, subject) == []


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("a part as answered", "15 of 22 rooms are tested.", []),
        ("what is left of it", "7 of 22 rooms wait.", []),
        ("a part that follows from nothing", "9 of 22 rooms wait.", ["9 of 22 rooms"]),
        ("a percentage is no sum of two counts", "37 percent of it is done.", ["37 percent"]),
        ("nor is a sum of money", "It costs 37 euros.", ["37 euros"]),
        ("a bare figure of a fact", "12 doors are shut.", []),
        ("a bare figure of none", "97 doors are shut.", ["97 doors"]),
        ("whole weeks between two dates", "That is 16 weeks later.", []),
        ("weeks begun between two dates", "That is 17 weeks later.", []),
        ("a week too many", "That is 18 weeks later.", ["18 weeks"]),
        ("months between two dates", "That is 4 months later.", []),
    ],
)  # fmt: skip
def test_number_follows_from_what_was_answered(rule: str, text: str, words: list[str]) -> None:
    known = {
        **FACTS, "new_date": "2026-09-28", "status": "22 rooms are wired and 15 tested",
        "cause": "the doors of hall 12 leaked",
    }  # fmt: skip
    check(draft_facts.unsupported_number, text, known, words, rule)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It takes 2 hours.", []),
        ("It takes 3 hours.", []),
        ("It takes 4 hours.", ["4 hours"]),
        ("1 of 4 pumps runs.", ["1 of 4 pumps"]),
    ],
)
def test_a_very_short_time_is_no_claim(text: str, words: list[str]) -> None:
    known = {"today": "2026-06-03", "cause": "the seals leaked"}
    check(draft_facts.unsupported_number, text, known, words, text)


@pytest.mark.parametrize(
    "known",
    [{"cause": "the seals leaked"}, {"status": "17 of 24 fitted"}, {"new_date": "2026-06-18"}],
)
def test_each_fact_alone_is_enough_to_hold_a_date_against(known: Known) -> None:
    subject = subject_of("They run on 19 June.", "draft", {"today": "2026-06-03", **known})
    assert [one.words for one in hits(draft_facts.unsupported_date, subject)] == ["19 June"]


@pytest.mark.parametrize(
    ("rule", "told", "words"),
    [
        ("没人提过的人", "请联系王总。", ["王总"]),
        ("没人提过的公司", "我们请北辰集团来。", ["北辰集团"]),
        ("指代不是名字", "请联系该公司。", []),
        ("指代在句首", "该公司会来。", []),
    ],
)
def test_chinese_name_in_a_draft_was_answered(rule: str, told: str, words: list[str]) -> None:
    check(draft_facts.unsupported_name, f"您好。{BEFORE}{told}祝好", FACTS, words, rule)


BEFORE = "水泵晚到，我们正在处理，夜班照常手动切换，现场一切正常。" * 4


@pytest.mark.parametrize(
    ("rule", "told", "known", "words"),
    [
        ("叫老周的是周启明", "请联系老周。", {"sender": "周启明"}, []),
        ("叫周工的是客户", "请联系周工。", {"customer": "周启明"}, []),
        ("老吴是别人", "请联系老吴。", {"sender": "周启明"}, ["老吴"]),
        ("周经理比三个字长不了", "请联系周经理。", {"sender": "周启明"}, []),
        ("英文的发信人没有姓周的", "请联系周工。", {}, ["周工"]),
        ("说过的公司", "我们请北辰集团来。", {"cause": "北辰集团送错了"}, []),
        ("说过的尾巴", "我们请东湖北辰集团来。", {"cause": "北辰集团送错了"}, []),
        ("字大多说过", "我们请东湖水泵阀门制造公司来。", {"cause": "东湖的水泵阀门制造厂送错了"}, []),
        ("字说过不多", "我们请东湖水泵阀门制造公司来。", {"cause": "东湖的人送错了"}, ["东湖水泵阀门制造公司"]),
        ("短的不算", "我们请东湖制造公司来。", {"cause": "东湖造公司"}, ["东湖制造公司"]),
        ("说过的人之后", "请联系王总和李总。", {"cause": "王总说过"}, ["李总"]),
    ],
)  # fmt: skip
def test_chinese_name_may_be_told_as_the_facts_call_it(
    rule: str, told: str, known: Known, words: list[str]
) -> None:
    text = f"您好。{BEFORE}{told}祝好"
    check(draft_facts.unsupported_name, text, {**FACTS, **known}, words, rule)


SHARES: Known = {
    "today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18",
    "status": "14个工位接通5个", "cause": "half of 46 rooms were measured wrongly", "project": "fibre to 64 flats",
    "impact": "26 flats keep DSL", "date_basis": "38 flats are live, water is at 42 ppm",
    "internal_only": ["the crew costs us 640 a day"],
    "remedy": {"what": "two engineers on site for the first month", "approved": True},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "words"),
    [
        ("half of a whole, counted", "23 of your 46 rooms are wrong.", []),
        ("another part of it", "31 of your 46 rooms are wrong.", ["31 of your 46 rooms"]),
        ("a whole of one fact, its parts of others", "38 of 64 flats are live.", []),
        ("a part that nobody gave", "31 of 64 flats are live.", ["31 of 64 flats"]),
        ("a unit that is called by a number", "Oil: 42 parts per million.", []),
        ("what is internal is another check's", "The crew costs 640 a day.", []),
    ],
)  # fmt: skip
def test_share_follows_from_the_facts(rule: str, text: str, words: list[str]) -> None:
    found = hits(draft_facts.unsupported_number, subject_of(text, "draft", SHARES))
    assert [one.words for one in found] == words, rule


def test_share_with_a_slash_is_no_date() -> None:
    told = "改到6/18，接通5/14，剩6/15没查。"
    found = hits(draft_facts.unsupported_date, subject_of(told, "draft", SHARES, language="zh"))
    assert [one.words for one in found] == ["6/15"]


@pytest.mark.parametrize(("approved", "raised"), [(True, False), (False, True)])
def test_people_of_the_approved_remedy_may_be_told(*, approved: bool, raised: bool) -> None:
    known = {**SHARES, "remedy": {"what": "2名驻场工程师免费到7月31日", "approved": approved}}
    text = "我们另派2名驻场工程师到7月31日，不收费。"
    found = hits(draft_facts.unsupported_measure, subject_of(text, "draft", known, language="zh"))
    assert bool(found) is raised


def test_a_teacher_who_is_counted_has_no_name() -> None:
    text = "客户您好。进展如下。请指一位老师核对。谢谢配合。"
    assert (
        hits(draft_facts.unsupported_name, subject_of(text, "draft", SHARES, language="zh")) == []
    )
