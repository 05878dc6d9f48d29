"""What is asked of a customer, without the day that stands beside it."""

import pytest

from bot.core.message.deadlines import undated
from bot.core.message.fitting import request
from bot.core.words import Language

ZH, EN = "12月1日（周二）", "Tuesday 1 December"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("12月1日前告诉我们：先上会员码，还是等全部一起上", "先上会员码，还是等全部一起上"),
        ("请在12月1号（周二）之前，选方案A或B", "选方案A或B"),
        ("麻烦您周二前确认验收时间", "确认验收时间"),
        ("1号前回复我们：用哪一版", "用哪一版"),
        ("12月1日前回复会员码方案", "回复会员码方案"),
        ("12月11日前选方案A或B", "12月11日前选方案A或B"),
        ("周三前定下来", "周三前定下来"),
        ("12月1日前", "12月1日前"),
        ("12月1日前的报价是否接受", "12月1日前的报价是否接受"),
        ("下周二前把图纸给我们", "下周二前把图纸给我们"),
        ("选方案A或B", "选方案A或B"),
    ],
)
def test_a_day_that_is_named_beside_it_is_left_out_in_chinese(words: str, left: str) -> None:
    assert undated(words, ZH, "zh") == left


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Tell us by 1 December: the members' code first, or all at once?",
         "the members' code first, or all at once?"),
        ("choose option A or B by Tuesday", "choose option A or B"),
        ("confirm the slot by Tue, 1st Dec.", "confirm the slot"),
        ("By December 1, please sign the plan", "sign the plan"),
        ("choose option A or B by 11 December", "choose option A or B by 11 December"),
        ("go by train", "go by train"),
        ("choose by the end of the week", "choose by the end of the week"),
    ],
)  # fmt: skip
def test_a_day_that_is_named_beside_it_is_left_out_in_english(words: str, left: str) -> None:
    assert undated(words, EN, "en") == left


@pytest.mark.parametrize(
    ("words", "by", "language", "said"),
    [
        ("12月1日前告诉我们：先上会员码，还是等全部一起上", ZH, "zh",
         "请您12月1日（周二）前告诉我们：先上会员码，还是等全部一起上"),
        ("choose option A or B by Tuesday", EN, "en",
         "Please choose option A or B by Tuesday 1 December"),
    ],
)  # fmt: skip
def test_a_request_names_its_day_once(words: str, by: str, language: Language, said: str) -> None:
    assert request(words, by, language, formal=False) == said
