"""A draft against the facts: what it tells in words that nobody answered, and what it may tell."""

import time
from collections.abc import Mapping

import pytest

from bot.content.coaching import default_coaching
from bot.core.coaching.coach import Finding, Task, review
from bot.core.coaching.context import Context, context_of
from bot.core.words import Language

CHECK = "draft.unsupported_fact"
FACTS: Mapping[Language, Mapping[str, object]] = {
    "en": {
        "today": "2026-06-08", "original_date": "2026-06-26", "new_date": "2026-07-17",
        "cause": "the door drives came with the wrong flange; we ordered from an old drawing",
        "status": "car and rails are mounted; door drives and fence open", "cause_party": "ours",
        "impact": "the tenants of floors 4 to 9 use the goods lift, some 260 trips a day",
        "date_basis": "maker confirmed in writing: new drives leave on 29 June, two lifts a day",
        "next_update": "every Monday at 16:00, first on 15 June", "confidence": "P80",
        "sender": "Hanna Lund", "customer": "Mr Osei", "project": "passenger lifts, Harbour House",
    },
    "zh": {
        "today": "2026-06-08", "original_date": "2026-06-26", "new_date": "2026-07-17",
        "cause": "门机法兰尺寸不对，我们按旧图纸订的货", "status": "轿厢和导轨已安装；门机和围栏未做",
        "impact": "4到9楼住户改走货梯，每天约260趟", "cause_party": "ours",
        "date_basis": "厂家书面确认新门机6月29日发货，每天装2台", "confidence": "P80",
        "next_update": "每周一16点，首次6月15日", "sender": "周宁", "customer": "欧阳经理",
        "project": "海港大厦电梯",
    },
}  # fmt: skip
OPENING: Mapping[Language, str] = {
    "en": "Mr Osei,\nthe lifts move from 26 June to 17 July. We ordered the door drives from an old drawing. ",
    "zh": "欧阳经理：\n电梯由6月26日改到7月17日。门机法兰尺寸不对，我们按旧图纸订的货。",
}
CLOSING: Mapping[Language, str] = {
    "en": " You hear from me every Monday, first on 15 June.\nHanna Lund",
    "zh": "每周一给您消息，首次6月15日。\n周宁",
}


def told(language: Language, sentence: str, **known: object) -> Finding | None:
    """What is said of a sentence in the middle of a draft that the facts hold."""
    text = OPENING[language] + sentence + CLOSING[language]
    context = context_of({**FACTS[language], **known})
    found = review(Task(text, "draft", language, context, "email"), default_coaching()).findings
    return next((f for f in found if f.check == CHECK), None)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_draft_that_tells_the_facts_alone_is_left_alone(language: Language) -> None:
    assert told(language, "") is None


@pytest.mark.parametrize(
    ("kind", "sentence", "words"),
    [
        ("an approval", "Your fire officer has approved the temporary exit.", "fire officer has approved"),
        ("a consent now", "Your insurer agrees to the later handover of keys.", "insurer agrees"),
        ("a test", "The brake has passed a load test without a fault.", "passed"),
        ("a promise of others", "The haulier has promised a direct truck.", "promised"),
        ("an order", "We have booked a mobile crane.", "booked"),
        ("what has come", "The spare cables have arrived.", "arrived"),
        ("people", "Two more technicians start tomorrow.", "technicians"),
        ("a night shift", "We work through the nights on it.", "nights"),
        ("a meeting", "The walk-through is at your reception.", "walk-through"),
        ("a lasting change", "In future a second engineer reads all parts lists.", "In future"),
        ("a reserve", "A week is kept as a buffer.", "buffer"),
        ("the trade", "This is the industry standard by now.", "industry standard"),
        ("money", "We bear the rental of a platform.", "bear"),
        ("a cause of its own", "It came late because of a strike at the container port.", "strike"),
        ("what nobody spoke of", "A storm damaged the crane at the container port.", "storm"),
        ("a name", "The drives come from a shop in Leipzig now.", "Leipzig"),
        ("an open part as done", "Car and rails are mounted, the fence too.", "the fence too"),
        ("a new deed", "Car and rails are mounted and already greased.", "greased"),
        ("a weekday", "The drives are unloaded on Saturday.", "Saturday"),
        ("a time of day", "The gate opens at 7:30 for it.", "7:30"),
        ("a month", "Painting follows in late October.", "October"),
        ("a share", "Three quarters of the cables lie.", "Three quarters"),
        ("a share in so many", "One door in five sticks.", "One door in five"),
        ("a few of others", "It needs three elevator permits.", "three elevator permits"),
        ("another length", "The lifts are delayed by five weeks, from 26 June to 17 July.", "five weeks"),
        ("another rhythm", "We report to you daily.", "daily"),
    ],
)  # fmt: skip
def test_what_nobody_gave_is_raised(kind: str, sentence: str, words: str) -> None:
    found = told("en", sentence)
    assert found is not None, kind
    assert words in found.phrase, kind


@pytest.mark.parametrize(
    ("kind", "sentence", "words"),
    [
        ("批准", "贵司消防科已同意临时出口。", "消防科已同意"),
        ("试验", "制动器负载试验一次通过。", "试验一次通过"),
        ("别人的承诺", "货代已书面承诺专车直送。", "承诺"),
        ("订了什么", "我们另租了一台汽车吊。", "租"),
        ("到货", "备用电缆昨天已到货。", "到货"),
        ("加人", "现场又增派了两名技工。", "增派"),
        ("夜班", "工人连夜赶工。", "连夜"),
        ("开会", "在您大堂开一次现场会。", "现场会"),
        ("以后的做法", "以后每张订单都由两个人复核。", "以后"),
        ("预留", "我们预留了一周缓冲。", "缓冲"),
        ("其他客户", "同型号在另外三家酒店用得很好。", "酒店"),
        ("出钱", "登高车的租金由我方承担。", "承担"),
        ("没说过的事", "台风刮坏了盐田码头的岸边吊机。", "台风"),
        ("未做的说成做了", "轿厢和导轨已安装，围栏也装完了。", "围栏也装完了"),
        ("多做的事", "轿厢和导轨已安装，润滑也都做过了。", "润滑"),
        ("星期", "门机周六卸车。", "周六"),
        ("钟点", "七点半开门卸货。", "七点"),
        ("月份", "十月下旬刷漆。", "十月下旬"),
        ("几分之几", "电缆敷了四分之三。", "四分之三"),
        ("拖了多久", "电梯晚五周，由6月26日改到7月17日。", "五周"),
        ("另一种节奏", "以后每天向您报告。", "每天"),
    ],
)  # fmt: skip
def test_what_nobody_gave_is_raised_in_chinese(kind: str, sentence: str, words: str) -> None:
    found = told("zh", sentence)
    assert found is not None, kind
    assert words in found.phrase, kind


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("reworded", "The manufacturer's letter says that the new drives leave on Monday 29 June."),
        ("rounded", "About 250 trips a day go through the goods lift."),
        ("a sum of days", "The slip is three weeks, from 26 June to 17 July."),
        ("the probability", "We hold this day in four of five cases."),
        ("a weekday of a known day", "The new drives leave on Monday."),
        ("a weekday beside its date", "The drives leave on Tuesday 29 June."),
        ("another way to write an hour", "My report comes on Mondays at 4 pm."),
        ("part of a name", "Harbour House has its lifts then."),
        ("a courtesy", "Thank you for the tour of the machine room and the coffee."),
        ("an offer to talk", "I am happy to come by and explain it on site."),
        ("a question", "Would a video call with your board help you?"),
        ("a condition", "If you agree, a second crew starts at once."),
        ("what is asked", "Please have the exit approved by your fire officer."),
        ("a denial", "The fence has not been approved."),
        ("own failing", "We should have read the drawing twice."),
        ("regret", "I am sorry for the stairs your tenants climb with their shopping."),
        ("a known month", "All of it lies in July."),
        ("open as open", "Car and rails are mounted, everything but the fence and the door drives."),
        ("all but", "Door drives and fence are still to be done."),
        ("the reader's own", "You know your house better than we do."),
        ("the number of a thing", "Floor 4 uses the goods lift."),
    ],
)  # fmt: skip
def test_what_follows_from_the_facts_is_left_alone(kind: str, sentence: str) -> None:
    found = told("en", sentence)
    assert found is None, (kind, found)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("换个说法", "厂家来函说新门机6月29日发出。"),
        ("取整", "每天大约250趟走货梯。"),
        ("几周", "电梯晚三周，由6月26日改到7月17日。"),
        ("把握", "这个日期八成把握。"),
        ("已知日子的星期", "新门机周一发出。"),
        ("钟点的另一种写法", "每周一下午四点报一次。"),
        ("客气话", "感谢您上周带我们参观机房。"),
        ("愿意来", "需要的话我可以当面说明。"),
        ("提问", "要不要开一次视频会？"),
        ("条件", "如果您同意，第二个班组马上进场。"),
        ("请求", "请消防科批准临时出口。"),
        ("否定", "围栏还没批准。"),
        ("自己的错", "图纸我们没看第二遍。"),
        ("道歉", "害得住户拎着菜爬楼梯，对不起。"),
        ("未做照说", "轿厢和导轨装好了，门机和围栏还没做。"),
        ("对方的事", "您那边的安排您最清楚。"),
    ],
)  # fmt: skip
def test_what_follows_from_the_facts_is_left_alone_in_chinese(kind: str, sentence: str) -> None:
    found = told("zh", sentence)
    assert found is None, (kind, found)


def test_an_approved_remedy_may_be_told_as_approved() -> None:
    remedy = {"what": "porters for the goods lift", "approved": True}
    sentence = "Porters help at the goods lift; this is approved on our side."
    assert told("en", sentence, remedy=remedy) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_a_text_by_itself_nothing_is_said(language: Language) -> None:
    sentence = "Your board has approved a second crew. 消防科已同意。"
    text = OPENING[language] + sentence + CLOSING[language]
    found = review(Task(text, "draft", language, Context(), "email"), default_coaching())
    assert CHECK not in found.flags


def test_a_contact_that_nobody_was_asked_for_may_name_its_day() -> None:
    assert told("en", "We call you each Thursday.", next_update=None) is None


def test_what_stands_in_the_assembled_draft_is_known() -> None:
    sentence = "Two fitters are booked for the rails."
    text = OPENING["en"] + sentence + CLOSING["en"]
    known = context_of(FACTS["en"])
    bare = review(Task(text, "draft", "en", known, "email"), default_coaching())
    assert CHECK in bare.flags
    with_it = Context(**{f: getattr(known, f) for f in Context.__slots__} | {"told": (sentence,)})
    assert (
        CHECK not in review(Task(text, "draft", "en", with_it, "email"), default_coaching()).flags
    )


def test_another_fault_of_the_sentence_is_told_instead() -> None:
    sentence = "To sweeten it I leave a case of burgundy at your door, strictly for you."
    text = OPENING["en"] + sentence + CLOSING["en"]
    task = Task(text, "draft", "en", context_of(FACTS["en"]), "email")
    found = review(task, default_coaching()).findings
    assert "remedy.personal_gift" in {f.check for f in found}
    assert not any(f.worded for f in found)


@pytest.mark.parametrize(
    ("language", "seed"),
    [
        ("en", "and already trimmed and also has been greased "),
        ("en", "The board has approved it on Saturday at 7:30. "),
        ("en", "by five weeks, 26 June to 17 July, three quarters of two cables "),
        ("zh", "也都做过了已同意周六七点半四分之三晚五周"),
        ("zh", "消防科已同意。现场增派两名技工。"),
    ],
)
def test_a_draft_ten_times_as_long_takes_about_ten_times_as_long(
    language: Language, seed: str
) -> None:
    known = context_of(FACTS[language])

    def cost(length: int) -> float:
        text = OPENING[language] + (seed * length)[:length] + CLOSING[language]
        begun = time.process_time()
        review(Task(text, "draft", language, known, "email"), default_coaching())
        return time.process_time() - begun

    cost(2_000)
    short, long = min(cost(3_000) for _ in range(2)), cost(30_000)
    assert long < 40 * short + 0.2


@pytest.mark.parametrize(
    ("rule", "language", "sentence", "known"),
    [
        ("a share that was answered", "en", "About 60 percent of it stands.", {"percent_done": 60}),
        ("a share of a small whole", "en", "Seven out of ten doors hang.", {"status": "210 of 300 doors hang"}),
        ("over a round number", "en", "Over six hundred tenants wait.", {"impact": "640 tenants wait"}),
        ("nights at a pace", "en", "It takes thirteen nights.", {"status": "86 doors left", "date_basis": "7 a night"}),
        ("a length in other units", "en", "The test takes three days.", {"date_basis": "72 hours of test"}),
        ("what is left of a count", "en", "Nine metres of rail are left.", {"status": "5 of 14 metres of rail lie"}),
        ("greetings to others", "en", "Regards to everyone in the pump room.", {}),
        ("the day as agreed", "en", "That is three weeks after the day we had agreed.", {}),
        ("nothing decided", "en", "Nothing is decided on compensation.", {}),
        ("a number in a saying", "en", "A thousand apologies for the stairs.", {}),
        ("the second move", "en", "This is the second move, I know.", {"previous_slips": 1}),
        ("a language", "en", "The Polish manual is in the car.", {"status": "car mounted, manual in PL"}),
        ("how it went wrong, of a part that is open", "en", "The door drives were built with the wrong flange.",
         {"cause": "door drives built with the wrong flange, we ordered from an old drawing"}),
        ("of the two kinds together", "en", "About 220 loans a day wait.", {"impact": "140 loans a day at Westport and 80 loans a day at Hill Road wait"}),
        ("时间未到", "zh", "当时想先自己消化。", {}),
        ("房号不是日子", "zh", "1号、2号已改好，3号炉待改。", {"status": "3台炉改好2台，剩3号炉"}),
        ("数后的字不是姓", "zh", "已标1.6万条。", {"status": "24000条标注16000条"}),
        ("那边的师傅", "zh", "请您那边的师傅多担待。", {}),
        ("how often we report", "en", "We report to you 21 times.", {}),
        ("the way we report", "en", "We report to you in Threema.", {}),
        ("a remedy put otherwise", "zh", "三天加驻的费用我们付。",
         {"remedy": {"what": "免费加三天驻场", "approved": True}}),
        ("a remedy that is approved", "zh", "轿厢已安装，补偿也批了。",
         {"remedy": {"what": "补偿两天驻场", "approved": True}}),
        ("days, no people", "zh", "新门机发货后再调八个工作日。", {"date_basis": "门机6月29日发货，调8个工作日"}),
        ("a caller by a short name", "zh", "老周会在货梯口。", {"sender": "周启明"}),
        ("in the order of people", "zh", "住户还得借小学操场。", {"impact": "住户借用小学操场"}),
    ],
)  # fmt: skip
def test_what_people_make_of_numbers_and_names_is_left_alone(
    rule: str, language: Language, sentence: str, known: Mapping[str, object]
) -> None:
    found = told(language, sentence, **known)
    assert found is None, (rule, found)


@pytest.mark.parametrize(
    ("rule", "sentence", "known"),
    [
        ("a rounder number, not another", "48 tonnes of rail lie.", {"status": "47 tonnes of rail lie"}),
        ("nor a finer one", "48.5 tonnes of rail lie.", {"status": "47 tonnes of rail lie"}),
        ("a count is no length between dates", "21 doors are wider.", {}),
        ("both of two, one of which is open", "Both gates have been mounted.",
         {"status": "north gate mounted, south gate open"}),
    ],
)  # fmt: skip
def test_numbers_that_follow_from_nothing_are_raised(
    rule: str, sentence: str, known: Mapping[str, object]
) -> None:
    assert told("en", sentence, **known) is not None, rule
