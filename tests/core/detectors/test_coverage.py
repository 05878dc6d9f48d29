"""Which answered facts a draft tells, however it words them, and which it leaves out."""

import pytest

from bot.core.coaching.detectors.coverage import missing, told
from bot.core.words import Text
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

FACTS: Known = {
    "today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18",
    "cause": "the seals of pump two leaked because we ordered the wrong rubber",
    "status": "17 of 24 valves are fitted, the rest waits for gaskets",
    "impact": "the night shift switches the old pumps by hand until 25 June",
    "date_basis": "three valves a day by two fitters, measured last week",
    "options": ["rent two mobile pumps", "start the western line on 9 June"],
    "ask": {"what": "approval of the spare flange drawings", "by": "2026-06-10"},
    "remedy": {"what": "a free inspection of the boiler in autumn", "approved": True},
    "next_update": "every Tuesday, first on 9 June", "project": "feed pumps",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "name", "text", "expected"),
    [
        ("the day", "new_date", "The feed pumps run on 18 June.", True),
        ("in a stretch of days", "new_date", "They run between 15 and 19 June.", True),
        ("another day", "new_date", "The feed pumps run on 19 June.", False),
        ("its own words", "cause", "The rubber was wrong, the seals leaked.", True),
        ("over three sentences", "cause", "The seals. Those of two. Rubber.", True),
        ("no word of it", "cause", "The weather was bad.", False),
        ("a word that other facts hold too", "cause", "Two pumps wait.", False),
        ("its figures", "status", "We have fitted 17 of 24.", True),
        ("another figure and no word", "status", "We have done 12 of 30 jobs.", False),
        ("its words, no figure of it", "status", "Valves fitted, gaskets awaited, rest to come.", True),
        ("few of its words and no figure", "status", "The valves are nice.", False),
        ("who is hit, with the day", "impact", "Your night shift switches pumps by hand until 25 June.", True),
        ("a day of its own left out", "impact", "Shift work changes.", False),
        ("the day alone", "impact", "Until 25 June all is closed.", False),
        ("the day with some of its words", "impact", "By hand it is done at night until 25 June.", True),
        ("its pace", "date_basis", "Two fitters measured three valves a day.", True),
        ("not a word of its pace", "date_basis", "We believe in it.", False),
        ("both ways", "options", "Rent two mobile pumps, or start the western line early.", True),
        ("one way and a choice", "options", "You can choose: rent mobile pumps or wait.", True),
        ("one way by its day, and a choice", "options", "You can choose the start of 9 June, or not.", True),
        ("one way and no choice", "options", "We rent mobile pumps for you.", False),
        ("no way", "options", "The pumps come later.", False),
        ("asked for in its words", "ask", "Please approve the flange drawings.", True),
        ("asked for by its day", "ask", "Please decide by 10 June.", True),
        ("its day without a request is told", "ask", "It is due on 10 June.", True),
        ("not asked for", "ask", "The pumps come later.", False),
        ("a word of it without a request", "ask", "The flange is blue.", False),
        ("given", "remedy", "The boiler gets a free inspection in autumn.", True),
        ("not given", "remedy", "The pumps come later.", False),
    ],
)  # fmt: skip
def test_fact_is_told_when_it_leaves_a_trace(
    rule: str, name: str, text: str, *, expected: bool
) -> None:
    assert told(subject_of(text, "draft", FACTS), name) is expected, rule


@pytest.mark.parametrize(
    ("rule", "name", "more", "text", "expected"),
    [
        ("its words, the day of its own left out", "impact", {}, "The night shift is busy.", False),
        ("its words and its day", "impact", {}, "The night shift is busy until 25 June.", True),
        ("most of its words tell it without the day", "impact", {}, "Your night shift switches pumps by hand.", True),
        ("a day that the draft names anyway is no day of its own", "impact", {"impact": "the night shift switches pumps by hand until 18 June"}, "The night shift is busy.", True),
        ("nor is the day of the request", "impact", {"impact": "the night shift switches pumps by hand until 10 June"}, "The night shift is busy.", True),
        ("one of its two figures", "status", {}, "We have done 17 so far.", True),
        ("a figure of three tells nothing", "status", {"status": "3 racks hang"}, "We brought 3 ladders.", False),
        ("figures that another fact holds too are not its own", "status", {"impact": "17 of 24 lamps are dark"}, "17 of 24 lamps are dark.", True),
        ("a day of a month is no bare figure", "status", {"status": "28 of 31 racks hang"}, "On 28 May.", False),
        ("a number in bare figures", "status", {"status": "480 of 970 racks hang"}, "Lot R480 is there.", True),
        ("both ways without a word of choosing", "options", {}, "Rent two mobile pumps. Start the western line.", True),
        ("one way by its day, no choice", "options", {}, "The western line is there on 9 June.", False),
        ("its day is the delivery's, nothing asked", "ask", {"ask": {"what": "approval of flange drawings", "by": "2026-06-18"}}, "The pumps run on 18 June.", False),
        ("its day is the delivery's, and something is asked", "ask", {"ask": {"what": "approval of flange drawings", "by": "2026-06-18"}}, "Please decide by 18 June.", True),
        ("its day is the delivery's, and a choice is offered", "ask", {"ask": {"what": "approval of flange drawings", "by": "2026-06-18"}}, "Which one do you prefer by 18 June?", True),
        ("its day is that of the next contact", "ask", {"ask": {"what": "approval of flange drawings", "by": "2026-06-09"}}, "You hear from us on 9 June.", False),
        ("a request with one word of it", "ask", {"ask": {"what": "approval of the spare flange drawings and the key list", "by": None}}, "Please send the key.", True),
        ("a request with no word of it", "ask", {"ask": {"what": "approval of the spare flange drawings", "by": None}}, "Please send the plan.", False),
        ("a choice for a choice", "ask", {"ask": {"what": "choose one of both", "by": None}}, "Which one do you prefer?", True),
        ("a choice for something else", "ask", {"ask": {"what": "access to the roof", "by": None}}, "Which one do you prefer?", False),
        ("nothing is asked in no words", "ask", {}, "", False),
        ("nothing is told in no words", "cause", {}, "", False),
        ("its figure in a smaller unit", "status", {"status": "a joint of 4.5 m gapes"}, "It is 450 cm.", True),
        ("its figure in a larger unit", "status", {"status": "9,000 kWh are lost"}, "That makes 9 MWh.", True),
        ("a figure of another size", "status", {"status": "9,000 kWh are lost"}, "That makes 90 MWh.", False),
        ("a small broken figure that is shown", "status", {"status": "1.5 of 24 shafts hang"}, "It is 1.5 so far.", True),
        ("a small broken figure that is not", "status", {"status": "1.5 of 24 shafts hang"}, "It is 24 so far.", True),
        ("the figure that another fact holds too", "status", {"impact": "24 lamps are dark"}, "24 lamps are dark.", False),
        ("its own figure beside that", "status", {"impact": "24 lamps are dark"}, "It is 17, and 24 lamps are dark.", True),
        ("half of its words beside the figure of another", "status", {"impact": "24 lamps are dark"}, "24 lamps are dark, the gaskets and the rest come.", True),
        ("half of its words, and no figure at all", "status", {"impact": "24 lamps are dark"}, "The gaskets and the rest come.", False),
        ("with one word of its own all of them tell it", "cause", {"cause": "feed pumps leaked"}, "The feed pumps come.", True),
        ("both its days", "date_basis", {"date_basis": "crates from 8 June to 9 July"}, "It is 8 June and 9 July.", True),
        ("one of its days", "date_basis", {"date_basis": "crates from 8 June to 9 July"}, "It is 8 June.", False),
        ("both its days, which another fact has too", "date_basis", {"date_basis": "crates from 8 June to 9 July", "status": "we named 8 June and 9 July"}, "It is 8 June and 9 July.", False),
        ("both its days, one of which is the delivery's", "date_basis", {"date_basis": "crates from 8 June to 18 June"}, "It is 8 June and 18 June.", True),
        ("a single day", "date_basis", {"date_basis": "crates come on 8 June"}, "It is 8 June.", False),
    ],
)  # fmt: skip
def test_trace_is_weighed_against_what_else_is_told(
    rule: str, name: str, more: Known, text: str, *, expected: bool
) -> None:
    assert told(subject_of(text, "draft", {**FACTS, **more}), name) is expected, rule


@pytest.mark.parametrize("name", ["new_date", "cause", "status", "impact", "date_basis", "options", "ask", "remedy"])  # fmt: skip
def test_fact_that_nobody_gave_cannot_be_missing(name: str) -> None:
    assert told(subject_of("The pumps come later.", "draft", {"today": "2026-06-03"}), name)


@pytest.mark.parametrize(
    ("rule", "known"),
    [
        ("a remedy nobody approved", {"remedy": {"what": "a free inspection of the boiler", "approved": False}}),
        ("a single way is no choice", {"options": ["rent two mobile pumps"]}),
    ],
)  # fmt: skip
def test_what_need_not_be_told_is_not_missed(rule: str, known: Known) -> None:
    subject = subject_of("The pumps come later.", "draft", known)
    assert all(told(subject, name) for name in ("remedy", "options")), rule


WHOLE = (
    "The feed pumps run on 18 June. The seals of pump two leaked because we ordered the wrong rubber. "
    "17 of 24 valves are fitted. Your night shift switches the old pumps by hand until 25 June. "
    "Two fitters measured three valves a day. Rent two mobile pumps, or start the western line on 9 June. "
    "Please approve the flange drawings by 10 June. The boiler gets a free inspection in autumn."
)


@pytest.mark.parametrize(
    ("without", "name", "label"),
    [
        ("", None, None),
        ("The feed pumps run on 18 June. ", "new_date", Text(en="the new date", zh="新日期")),
        ("The seals of pump two leaked because we ordered the wrong rubber. ", "cause", Text(en="the cause", zh="原因")),
        ("17 of 24 valves are fitted. ", "status", Text(en="the status", zh="进展")),
        ("Your night shift switches the old pumps by hand until 25 June. ", "impact", Text(en="the effect on them", zh="对客户的影响")),
        ("Rent two mobile pumps, or start the western line on 9 June. ", "options", Text(en="the options", zh="可选方案")),
        ("Please approve the flange drawings by 10 June. ", "ask", Text(en="what you need from them", zh="需要客户做的事")),
        ("The boiler gets a free inspection in autumn.", "remedy", Text(en="the approved remedy", zh="已批准的补救")),
    ],
)  # fmt: skip
def test_fact_that_a_draft_leaves_out_is_named(
    without: str, name: str | None, label: Text | None
) -> None:
    found = hits(missing, subject_of(WHOLE.replace(without, ""), "draft", FACTS, channel="email"))
    slots = {"fact": label, "name": name}
    assert found == ([Found("draft.missing_fact", "", slots)] if name else [])


def test_answer_misses_nothing() -> None:
    assert hits(missing, subject_of("The pumps come later.", "plan", FACTS)) == []


@pytest.mark.parametrize("channel", ["im", "chat"])
def test_short_message_needs_date_cause_and_ask_only(channel: str) -> None:
    short = "The feed pumps run on 18 June: the seals leaked, wrong rubber. Please approve the flange drawings."
    assert hits(missing, subject_of(short, "draft", FACTS, channel=channel)) == []
    assert hits(missing, subject_of(short, "draft", FACTS, channel="email")) != []


CHINESE: Known = {
    "today": "2026-06-03", "new_date": "2026-06-18", "cause": "密封圈订错牌号，试压泄漏",
    "status": "24台阀门装好17台", "ask": {"what": "确认备用法兰图纸", "by": "2026-06-10"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("cause", "密封圈牌号订错了。", True),
        ("cause", "天气不好。", False),
        ("status", "已装17台，共24台。", True),
        ("status", "进展顺利。", False),
        ("ask", "请6月10日前确认法兰图纸。", True),
        ("ask", "阀门晚到。", False),
    ],
)
def test_chinese_fact_is_told_when_it_leaves_a_trace(
    name: str, text: str, *, expected: bool
) -> None:
    assert told(subject_of(text, "draft", CHINESE, language=language_of(text)), name) is expected


HALL: Known = {
    "today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18", "project": "冷库制冷",
    "cause": "分液管焊口打压漏；检验计划里我们没列氦检", "status": "5台泵换好2台，剩3台，3号库、4号库没动",
    "impact": "监控中心对K3至K5段改巡逻车", "date_basis": "剩9门课每天3门，另留4天",
    "options": ["先用27个滑槽，其余人工，夜班多8人", "整线6月18日一起用"],
    "ask": {"what": "给新机房通电送水", "by": "2026-06-10"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "name", "text", "expected"),
    [
        ("出了什么事，别的话", "cause", "焊口打压就漏了。", True),
        ("只说我方那一句", "cause", "检验计划里没列氦检。", True),
        ("什么都没说", "cause", "路上堵车。", False),
        ("两个数，各带量词", "status", "泵换好了两台，还差三台。", True),
        ("只有一个数", "status", "泵还差三台。", False),
        ("编号都在", "status", "3号库、4号库的还没动。", True),
        ("编号只有一个", "impact", "K3段换了车。", False),
        ("编号都在里面", "impact", "K3、K5两头换车。", True),
        ("标了号的两条路，认出一条", "options", "(1)先用那27个，其余人工，夜班加8个人；(2)等等看。", True),
        ("没标号，只认出一条", "options", "先用那27个，其余人工，夜班加8个人。", False),
        ("要的事换了说法", "ask", "新机房的电和水得通上、送到。", True),
        ("没提要什么", "ask", "机房改位置了。", False),
    ],
)  # fmt: skip
def test_chinese_fact_is_told_in_other_words(
    rule: str, name: str, text: str, *, expected: bool
) -> None:
    assert told(subject_of(text, "draft", HALL, language="zh"), name) is expected, rule


SPLIT: Known = {
    "status": "3 of 6 machines in service",
    "project": "steriliser refit",
    "today": "2026-06-03",
}


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("what works and what does not", "Three work, three do not.", True),
        ("in two sentences", "Working: 3. Not yet: 3.", True),
        ("one number only", "We have worked for 3 weeks.", False),
        ("far apart", "Three of us came. It was cold. The road was closed. Three calls.", False),
    ],
)  # fmt: skip
def test_status_is_told_by_both_parts_of_its_whole(rule: str, text: str, *, expected: bool) -> None:
    assert told(subject_of(text, "draft", SPLIT), "status") is expected, rule


def test_way_is_not_told_by_the_words_of_the_status() -> None:
    known = {
        "status": "52 of 84 rooms handed over", "impact": "guests sleep in the annexe",
        "options": ["hand over twenty rooms early", "work at night"],
    }  # fmt: skip
    text = "52 of 84 rooms are handed over, please choose."
    assert not told(subject_of(text, "draft", known), "options")
    assert told(subject_of(f"{text} Work could go on at night.", "draft", known), "options")


@pytest.mark.parametrize("cause", ["", " ", ";", "；，"])
def test_cause_without_a_word_is_no_trouble(cause: str) -> None:
    subject = subject_of("The pump moves to 3 May.", "draft", {"cause": cause})
    assert told(subject, "cause")
