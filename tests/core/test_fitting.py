"""Answers fit the words around them: no doubled lead, no stray capital, no missing space."""

import pytest

from bot.core.message.filters import FILTERS
from bot.core.message.templates import render
from bot.core.words import Language

BY = {"en": "Monday 9 March", "zh": "3月9日（周一）"}


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Your freeze closes early", "your freeze closes early."),
        ("A third candidate goes out", "a third candidate goes out."),
        ("Siemens sent the wrong shaft", "Siemens sent the wrong shaft."),
        ("The North gate stays shut", "The North gate stays shut."),
        ("iOS is refused", "iOS is refused."),
        ("shaft and doors are in", "shaft and doors are in."),
        ("It", "It."),
    ],
)
def test_after_a_colon_only_a_word_that_is_no_name_stands_small(said: str, printed: str) -> None:
    assert FILTERS["en"]["clause"](said) == printed


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("The new bread line.", "the new bread line"),
        ("A fitter on site", "a fitter on site"),
        ("Start of the summer menu", "start of the summer menu"),
        ("Choose A or B", "choose A or B"),
        ("Opening of the fair", "opening of the fair"),
        ("Summer Menu", "Summer Menu"),
        ("The Hague office", "The Hague office"),
        ("French pavilion", "French pavilion"),
        ("May fair", "May fair"),
        ("API gateway", "API gateway"),
        ("Board meeting of ABB", "Board meeting of ABB"),
        ("I sign it", "I sign it"),
        ("A", "A"),
    ],
)
def test_in_the_midst_of_a_sentence_no_ordinary_word_begins_large(said: str, printed: str) -> None:
    assert FILTERS["en"]["amid"](said) == printed
    assert FILTERS["zh"]["amid"](said) == said.rstrip(".")


@pytest.mark.parametrize(
    ("language", "said", "printed"),
    [
        ("en", "We suggest that you take B.", "Take B."),
        ("en", "our advice is to wait", "Wait."),
        ("en", "A, because it is dry", "A, because it is dry."),
        ("en", "A gives you the hall", "A gives you the hall."),
        ("en", "we recommend", "we recommend."),
        ("zh", "建议先开北区", "先开北区。"),
        ("zh", "我们建议：选A", "选A。"),
        ("zh", "A，汛期赶得上", "A，汛期赶得上。"),
    ],
)
def test_an_advice_is_not_announced_twice(language: Language, said: str, printed: str) -> None:
    assert FILTERS[language]["advice"](said).casefold() == printed.casefold()


@pytest.mark.parametrize(
    ("language", "said", "printed"),
    [
        ("en", "choose option A or B", "Please choose option A or B by Monday 9 March"),
        ("en", "Please confirm.", "Please confirm by Monday 9 March"),
        ("en", "Your decision on A or B", "We need your decision on A or B by Monday 9 March"),
        ("en", "access to the hall", "We need access to the hall by Monday 9 March"),
        ("en", "review of the plan", "What we need from you by Monday 9 March: review of the plan"),
        ("en", "choose. Then call", "What we need from you by Monday 9 March: choose. Then call"),
        (
            "en",
            "open points answered",
            "What we need from you by Monday 9 March: open points answered",
        ),
        ("en", "Open the gate", "Please open the gate by Monday 9 March"),
        ("en", "clear decision", "What we need from you by Monday 9 March: clear decision"),
        ("en", "orders placed", "What we need from you by Monday 9 March: orders placed"),
        (
            "en",
            "test in two halls is done",
            "What we need from you by Monday 9 March: test in two halls is done",
        ),
        ("en", "Review and sign the plan", "Please review and sign the plan by Monday 9 March"),
        (
            "en",
            "review and approval",
            "What we need from you by Monday 9 March: review and approval",
        ),
        ("en", "a decision is made", "What we need from you by Monday 9 March: a decision is made"),
        ("en", "decide on A or B", "Please decide on A or B by Monday 9 March"),
        ("en", "reply to our mail", "Please reply to our mail by Monday 9 March"),
        (
            "en",
            "reply from your board",
            "What we need from you by Monday 9 March: reply from your board",
        ),
        (
            "en",
            "choose A or B, otherwise we lose the slot",
            "By Monday 9 March, please choose A or B, otherwise we lose the slot",
        ),
        ("en", "confirm by phone", "By Monday 9 March, please confirm by phone"),
        ("en", "please", "What we need from you by Monday 9 March: please"),
        ("en", "在A和B里选", "What we need from you by Monday 9 March: 在A和B里选"),
        ("zh", "在方案A和B里选一个", "请您3月9日（周一）前在方案A和B里选一个"),
        ("zh", "请您确认图纸", "请您3月9日（周一）前确认图纸"),
        ("zh", "选A还是B", "请您3月9日（周一）前告诉我们选A还是B"),
        ("zh", "两个方案选哪个", "请您3月9日（周一）前告诉我们：两个方案选哪个"),
        ("zh", "能不能分两批到货", "请您3月9日（周一）前告诉我们：能不能分两批到货"),
        ("zh", "两位负责人的签字", "3月9日（周一）前，需要两位负责人的签字"),
        ("zh", "您的书面确认", "3月9日（周一）前，需要您的书面确认"),
        ("zh", "choose A or B", "请您3月9日（周一）前配合：choose A or B"),
        ("en", "Mark Jensen signs", "What we need from you by Monday 9 March: Mark Jensen signs"),
        ("en", "mark the rooms", "Please mark the rooms by Monday 9 March"),
        ("zh", "对方案进行确认", "请您3月9日（周一）前对方案进行确认"),
        ("zh", "请对方案签字", "请您3月9日（周一）前对方案签字"),
        ("zh", "对方签字", "请您3月9日（周一）前签字"),
        ("zh", "客户那边确认", "请您3月9日（周一）前确认"),
        ("zh", "你们确认新日期", "请您3月9日（周一）前确认新日期"),
        ("zh", "请你们的主管签字", "请您3月9日（周一）前配合：你们的主管签字"),
        ("zh", "客户经理确认", "请您3月9日（周一）前配合：客户经理确认"),
        ("zh", "客户提供的图纸盖章", "请您3月9日（周一）前配合：客户提供的图纸盖章"),
        ("zh", "请求延期", "请您3月9日（周一）前配合：请求延期"),
        ("zh", "需要量清单", "请您3月9日（周一）前配合：需要量清单"),
        ("zh", "选方案；再排人", "请您3月9日（周一）前配合：选方案；再排人"),
    ],
)
def test_a_request_is_a_sentence(language: Language, said: str, printed: str) -> None:
    assert FILTERS[language]["request"](said, BY[language]) == printed


@pytest.mark.parametrize(
    "said",
    ["门禁授权", "样品颜色的确认", "确认函", "验收标准", "测试环境", "签字版合同", "选型表", "给水图纸", "停电窗口两小时",
     "联系人名单", "付款凭证", "主管签字", "发票信息", "对接人", "答复函", "审批权限"],
)  # fmt: skip
def test_a_thing_that_is_asked_for_follows_a_colon_in_chinese(said: str) -> None:
    assert FILTERS["zh"]["request"](said, BY["zh"]) == f"请您3月9日（周一）前配合：{said}"


@pytest.mark.parametrize(
    "said",
    ["确认", "选定方案", "提供门禁授权", "把图纸发来", "在会上定下方案", "派一位电工到现场", "尽快批准变更", "签字",
     "授权我们进场", "验收一号楼", "参加周四的评审", "给出书面意见", "告诉我们哪天可以停电",
     "确认验收标准", "留出两小时停机窗口"],
)  # fmt: skip
def test_a_deed_that_is_asked_for_stands_in_its_sentence(said: str) -> None:
    assert FILTERS["zh"]["request"](said, BY["zh"]) == f"请您3月9日（周一）前{said}"


def test_a_formal_request_is_formal() -> None:
    assert (
        FILTERS["zh"]["request"]("确认图纸", BY["zh"], "formal")
        == "请贵方于3月9日（周一）前确认图纸"
    )


@pytest.mark.parametrize(
    ("language", "label", "said", "printed"),
    [
        ("en", "cost", "€200", "cost: €200"),
        ("en", "cost", "no extra cost", "no extra cost"),
        ("en", "cost", "none", "cost: none"),
        ("zh", "费用", "不加费用", "不加费用"),
        ("zh", "费用", "两千由我们出", "费用：两千由我们出"),
    ],
)
def test_a_label_is_not_said_twice(language: Language, label: str, said: str, printed: str) -> None:
    assert FILTERS[language]["labelled"](said, label) == printed


@pytest.mark.parametrize(
    ("language", "said", "printed"), [("en", "Nothing.", "no work"), ("zh", "无", "no work")]
)
def test_nothing_has_words_of_its_own(language: Language, said: str, printed: str) -> None:
    assert FILTERS[language]["labelled"](said, "from you", "no work") == printed


def test_a_latin_end_mark_is_set_apart_from_chinese() -> None:
    source = "{{ own_part | sentence }}这是我们的责任。"
    said = render(source, "zh", {"own_part": "We had too few spare sensors."}, limit=200)
    assert said == "We had too few spare sensors. 这是我们的责任。"
