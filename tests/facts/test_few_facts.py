"""Drafts beside few facts: ordinary things may stand there, what is surely a fact may not.

`few_en.jsonl` and `few_zh.jsonl`: 160 drafts of forty cases, 28 November 2026, of which half tell something that
nobody gave. The first half of each was learnt from, the other was met once before: docs/reference/coach-figures.md.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.coach.lines import coach_text, score
from bot.core.words import Language

HERE = Path(__file__).parent
CHECK = "draft.unsupported_fact"
FACTS: Mapping[Language, Mapping[str, object]] = {
    "en": {
        "today": "2026-06-08", "original_date": "2026-06-26", "new_date": "2026-07-17", "cause_party": "ours",
        "cause": "the oven trips the fuse; we had not measured its current", "sender": "Nora", "customer": "Mr Osei",
    },
    "zh": {
        "today": "2026-06-08", "original_date": "2026-06-26", "new_date": "2026-07-17", "cause_party": "ours",
        "cause": "烤箱一开就跳闸，电流我们没测", "sender": "小宁", "customer": "欧经理",
    },
}  # fmt: skip
WHOLE: Mapping[Language, Mapping[str, object]] = {
    "en": {"status": "the oven is in place", "impact": "the bakery buys its rolls", "date_basis": "the panel takes a day",
           "next_update": "each Tuesday"},
    "zh": {"status": "烤箱已就位", "impact": "面包房外购小面包", "date_basis": "配电箱一天换好", "next_update": "每周二"},
}  # fmt: skip
DRAFT: Mapping[Language, str] = {
    "en": "Mr Osei,\nthe oven moves from 26 June to 17 July. It trips the fuse, and we had not measured its current. {}"
    " I am sorry for that.\nNora",
    "zh": "欧经理：\n烤箱由6月26日改到7月17日。烤箱一开就跳闸，电流我们没测。{}给您添麻烦了。\n小宁",
}


def told(language: Language, sentence: str, **known: object) -> str | None:
    """The words that are told of a sentence in the middle of a draft, if any are."""
    text = DRAFT[language].format(sentence)
    found = coach_text(text, "email", language, {**FACTS[language], **known}).findings
    return next((f.phrase for f in found if f.check == CHECK), None)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The electricians work day and night on it."),
        ("en", "Everybody in the workshop knows what hangs on it."),
        ("en", "The next visit of our fitter is on Saturday at eight."),
        ("en", "The housing goes back to the workshop and is cut."),
        ("en", "A thicker cable is ordered."),
        ("en", "Two fitters look into it."),
        ("en", "May I have your answer by 15 June?"),
        ("en", "Please tell us by 15 June whether that suits you."),
        ("en", "This mail is the formal notice under the contract."),
        ("en", "My phone number is 0171 555 0142."),
        ("en", "Your order 4500123987 stays as it is."),
        ("en", "Your Ms Kerr in dispatch has my number, too."),
        ("en", "My colleague Hannes takes over when I am away."),
        ("zh", "夜班师傅想问什么都可以问我。"),
        ("zh", "这封信同时抄送您的副手。"),
        ("zh", "订单号4500123987不变，我的电话是13800138000。"),
        ("zh", "先换3号线，再换4号、5号。"),
        ("zh", "电工师傅这两天连夜在排查。"),
        ("zh", "外壳运回车间重新开孔。"),
        ("zh", "周六上午八点我到现场看一看。"),
        ("zh", "粗电缆正在路上。"),
        ("zh", "请您6月15日前告诉我们是否合适。"),
        ("zh", "正式的延误通知书今天已寄出。"),
    ],
)
def test_ordinary_things_stand_beside_few_facts(language: Language, sentence: str) -> None:
    assert told(language, sentence) is None


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("en", "The new fuse board arrives on 30 June.", "30 June"),
        ("en", "A reduction of 400 euros is yours.", "400 euros"),
        ("en", "Your fire officer has approved a temporary cable.", "approved"),
        ("en", "The maker has promised a second oven.", "promised"),
        ("en", "We have hired a second crew.", "second crew"),
        ("en", "You pay nothing for the first two months.", "pay nothing"),
        ("en", "The chamber of trade has inspected every socket.", "inspected"),
        ("en", "The steel cabinet is up and painted.", "up and painted"),
        ("en", "Karolina Wirth checks the wiring.", "Karolina Wirth"),
        ("en", "Two mechanics from the maker have been here since today.", "Two mechanics"),
        ("zh", "费用我们出。", "费用我们出"),
        ("en", "A storm in February had loosened the roof.", "A storm in February"),
        ("zh", "因为2月的大风把屋面掀松了，工期受了影响。", "大风把屋面掀松"),
        ("en", "Your quality department has released the new fuse board.", "released"),
        ("en", "A second shift works on it until the end of June.", "second shift"),
        ("zh", "贵司质量部已放行新配电箱。", "已放行"),
        ("zh", "我们给您另租了一台烤箱。", "另租了一台烤箱"),
        ("zh", "合同款给您让两个点。", "两个点"),
        ("zh", "新配电箱6月30日到。", "6月30日"),
        ("zh", "合同款给您减400元。", "400元"),
        ("zh", "消防科已同意临时电缆。", "已同意"),
        ("zh", "厂家已书面承诺备一台。", "书面承诺"),
        ("zh", "我们另请了一个班组。", "另请了一个班组"),
        ("zh", "头两个月的服务费给您免了。", "给您免了"),
        ("zh", "市质检所已逐个查过插座。", "逐个查过"),
        ("zh", "审计部魏佳琳会逐项核对。", "魏佳琳"),
    ],
)
def test_what_is_surely_a_fact_is_held_against_few(
    language: Language, sentence: str, words: str
) -> None:
    assert words in (told(language, sentence) or "")


@pytest.mark.parametrize(
    ("language", "sentence", "words"),
    [
        ("en", "The panel is unloaded on Saturday.", "Saturday"),
        ("en", "The gate opens at 7:30 for it.", "7:30"),
        ("en", "Painting follows in late October.", "late October"),
        ("zh", "门七点半开。", "七点"),
        ("zh", "油漆十月下旬做。", "十月下旬"),
    ],
)
def test_a_case_that_is_told_whole_has_its_times_held(
    language: Language, sentence: str, words: str
) -> None:
    assert told(language, sentence) is None
    assert words in (told(language, sentence, **WHOLE[language]) or "")


@pytest.mark.parametrize(
    ("language", "status", "sentence", "words"),
    [
        ("en", "2 of 5 lines changed over", "Three of five lines are done by now.", "Three of five lines"),
        ("en", "2 of 5 lines changed over", "Three of five lines are still to be done.", None),
        ("en", "2 of 5 lines changed over", "Two of five lines are done.", None),
        ("zh", "5条线换好2条", "5条线已换好3条。", "5条线已换好3条"),
        ("zh", "5条线换好2条", "5条线还有3条没换。", None),
    ],
)  # fmt: skip
def test_what_is_open_is_not_told_as_done(
    language: Language, status: str, sentence: str, words: str | None
) -> None:
    assert told(language, sentence, status=status) == words


@pytest.mark.parametrize(
    ("language", "cause"),
    [
        ("en", "The oven is late because the lorry of the carrier burnt out on a motorway."),
        ("zh", "原因是货车在高速上着火。"),
    ],
)
def test_another_cause_is_a_wrong_one_and_none_left_out(language: Language, cause: str) -> None:
    opening = {
        "en": "Mr Osei,\nthe date moves from 26 June to 17 July. ",
        "zh": "欧经理：\n由6月26日改到7月17日。",
    }
    closing = {"en": " I am sorry.\nNora", "zh": "很抱歉。\n小宁"}
    text = opening[language] + cause + closing[language]
    flags = coach_text(text, "email", language, FACTS[language]).flags
    assert CHECK in flags
    assert "draft.missing_fact" not in flags


@pytest.mark.parametrize(("language", "found", "in_vain"), [("en", 38, 0), ("zh", 38, 0)])
def test_what_was_learnt_of_few_facts_is_not_forgotten(
    language: Language, found: int, in_vain: int
) -> None:
    lines = (HERE / f"few_{language}.jsonl").read_text(encoding="utf-8").splitlines()
    count = score([json.loads(line) for line in lines]).checks[CHECK]
    assert count.hit >= found
    assert count.alarm <= in_vain
