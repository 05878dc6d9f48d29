"""Ways out: how many there are, what each costs, who decides."""

import pytest

from bot.core.coaching.detectors import options
from bot.core.coaching.detectors.options import count
from bot.core.words import Language
from tests.core.detectors.hits import hits, language_of, subject_of, words


@pytest.mark.parametrize(
    ("rule", "text", "language", "ways"),
    [
        ("one way", "We rent a pump.", "en", 1),
        ("two labels", "Option A: rent a pump. Option B: borrow one.", "en", 2),
        ("three labels", "Option A: rent. Option B: borrow. Option C: buy.", "en", 3),
        ("one label told twice", "Option A: rent a pump. Option A costs 900.", "en", 1),
        ("first and second", "First: rent a pump. Second: borrow one.", "en", 2),
        ("or", "We rent a pump or you open half the hall.", "en", 2),
        ("two or three is one way", "We rent a pump for two or three days.", "en", 1),
        ("a name and a price each", "Rent a pump, 900 euros; borrow one, 100 euros.", "en", 2),
        ("a price for one of two parts", "Rent a pump, 900 euros; we call.", "en", 1),
        ("two ways in words", "There are two ways out of it.", "en", 2),
        ("there is no way", "There is no alternative.", "en", 0),
        ("waiting is none", "Option A: rent a pump. Option B: wait until the new date.", "en", 1),
        ("一个办法", "我们租泵。", "zh", 1),
        ("两个方案", "方案一：租泵；方案二：借泵。", "zh", 2),
        ("没有办法", "没有别的办法。", "zh", 0),
        ("或者", "租泵，或者先开半个厅。", "zh", 2),
        ("lettered plans", "Plan B is a hand pump, plan C a tanker.", "en", 2),
        ("one lettered plan", "Plan B is a hand pump.", "en", 1),
        ("numbers in brackets", "(1) Ship the bound ones now. (2) Print a stapled edition.", "en", 2),
        ("two sentences, each with a thing and its price", "Paper tickets are free. A rented scanner costs 1,150.", "en", 2),
        ("a second sentence on the same thing", "We rent a scanner for 1,150. The transport costs 80.", "en", 1),
        ("两句各说一条路", "租一台泵，每天300元。借旧泵不花钱，但晚两天到。", "zh", 2),
        ("two labels with three prices", "Option A: rent a pump, 900 euros; transport, 80 euros; fuel, 50 euros. Option B: borrow one.", "en", 2),
        ("three labels, of which one has two sides", "Option A: either of two pumps. Option B: a tanker. Option C: a well.", "en", 3),
        ("two labels and no other way", "Option A: rent a pump. Option B: borrow one. No other way.", "en", 2),
        ("two prices though there is no way to keep the date", "No alternative date: rent a pump, 900 euros; borrow one, 100 euros.", "en", 2),
        ("two ways after none", "No alternative. We rent a pump or you open half the hall.", "en", 2),
        ("no way or the like", "There is no alternative or workaround.", "en", 0),
        ("one way and none else", "We rent a pump. No other way.", "en", 0),
        ("three joined", "We rent a pump or a tanker or dig a well.", "en", 3),
        ("days or days, and a second way", "We rent a pump for 5 or 6 days, or you open half the hall.", "en", 2),
        ("a part that begins with its figure", "5 rented pumps; 3 borrowed ones.", "en", 2),
        ("names, of which one has its price", "Rented pump: costs more. Borrowed pump: we ask.", "en", 2),
        ("names without a price", "Rented pump: we call. Borrowed pump: we ask.", "en", 1),
        ("三条路", "租泵，或者先开半个厅，或者分批。", "zh", 3),
    ],
)  # fmt: skip
def test_ways_are_counted(rule: str, text: str, language: Language, ways: int) -> None:
    assert count(subject_of(text, "contingency", language=language)) == ways, rule


@pytest.mark.parametrize(
    ("text", "few", "free", "open_"),
    [
        ("There is no alternative.", ["no alternative"], [""], [""]),
        ("We rent a pump.", [""], [""], [""]),
        ("Option A: rent a pump. Option B: borrow one.", [], [""], [""]),
        ("Option A: rent, 900 euros. Option B: borrow, free.", [], [], [""]),
        ("Option A: rent, two days. Option B: borrow one.", [], [], [""]),
        ("Option A: rent, 5% more. Option B: borrow one.", [], [], [""]),
        ("Option A: rent 3 pumps. Option B: borrow one.", [], [""], [""]),
        ("Option A: rent. Option B: borrow. We recommend A.", [], [""], []),
        ("Option A: rent. Option B: borrow. Ms Tan decides.", [], [""], []),
        ("Option A: rent, which costs more. Option B: borrow one.", [], [], [""]),
        ("Option A: rent 100 pumps. Option B: borrow one.", [], [], [""]),
        ("Option A: rent 99 pumps. Option B: borrow one.", [], [""], [""]),
        ("方案一：租泵。方案二：借泵。建议方案一。", [], [""], []),
        ("方案一：租泵，贵些。方案二：借泵。请6月9日前决定。", [], [], []),
    ],
)
def test_ways_have_a_price_and_somebody_decides(
    text: str, few: list[str], free: list[str], open_: list[str]
) -> None:
    subject = subject_of(text, "contingency", language=language_of(text))
    assert words(options.too_few, subject) == few
    assert words(options.no_tradeoff, subject) == free
    assert words(options.no_decision, subject) == open_
    draft = subject_of(text, "draft")
    for detector in (options.too_few, options.no_tradeoff, options.no_decision):
        assert hits(detector, draft) == []
