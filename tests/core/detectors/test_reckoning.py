"""Which numbers of a draft follow from its facts in one step, and which are new."""

import pytest

from bot.core.coaching.detectors import draft_counts, draft_facts
from bot.core.coaching.detectors.fact_numbers import known_numbers
from bot.core.coaching.detectors.reckoning import follows
from tests.core.detectors.hits import Known, language_of, subject_of, words

WALL: Known = {
    "project": "quay wall", "today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-06-12",
    "cause": "grout came 9 days late; 3 of 20 anchors slipped at 85 bar",
    "status": "26 of 42 panels are set, 62 percent",
    "impact": "two ships a day wait 6 hours on average; 34 km detour; 9,000 litres of diesel a day",
    "date_basis": "grout on 11 May, then 16 panels at two a day, a load test of 90 minutes; 1.2 km of pipe",
    "options": ["rent a crane for 18,000 euros", "wait until 12 June"], "next_update": "every Friday at 17:00, first on 8 May",
    "sender": "Ines", "customer": "Mr Roth", "cause_party": "ours", "previous_slips": 1,
}  # fmt: skip
MAUER: Known = {
    "project": "冷库改造", "today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-06-12", "calendar": "CN",
    "cause": "压缩机晚到9天，20个阀里有3个漏气", "status": "42块板装好26块", "impact": "每天多用9000升柴油，高峰多等40分钟，绕行34公里",
    "date_basis": "剩16块，每天2块，另加90分钟试压，管道1.2公里", "next_update": "每周五17点，首次5月8日",
    "sender": "老方", "customer": "罗总", "cause_party": "ours", "previous_slips": 1,
}  # fmt: skip
DETECTORS = (
    draft_facts.unsupported_number, draft_facts.unsupported_date, draft_facts.unsupported_count,
    draft_counts.unsupported_pair, draft_counts.count_of_other, draft_counts.worded_share,
)  # fmt: skip


def _raised(text: str) -> list[str]:
    language = language_of(text)
    known = MAUER if language == "zh" else WALL
    whole = f"Dear Mr Roth,\n\n{text}\n\nInes" if language == "en" else f"罗总：\n\n{text}\n\n老方"
    subject = subject_of(whole, "draft", known, language=language, channel="email")
    return [found for detector in DETECTORS for found in words(detector, subject)]


@pytest.mark.parametrize(
    "text",
    [
        # what is left, both together, what a pace gives
        "16 panels are still to be set.",
        "Sixteen of the 42 panels are left.",
        "At two a day the sixteen panels take eight days.",
        "So the panels take eight working days.",
        "Seventeen anchors held.",
        "The last panel is set eight days after the grout.",
        # shares
        "Three in five panels are set.",
        "Five out of eight panels are set.",
        "Just over three fifths of the panels are set.",
        "More than half of the panels are set.",
        "About 60 percent of the panels are set.",
        "38 percent of the panels are missing.",
        "Well over half the panels are set, and not quite two fifths are missing.",
        "15 % of the anchors slipped.",
        "The other 85 % of the anchors held.",
        "One anchor in seven slipped.",
        "Three anchors out of twenty slipped.",
        # units
        "The detour is 34,000 metres.",
        "The detour is some twenty-one miles.",
        "Nine cubic metres of diesel are burnt each day, 63 a week.",
        "The load test takes an hour and a half.",
        "The load test takes one and a half hours.",
        "The load test takes 1.5 hours.",
        "Lay 1,200 metres of pipe.",
        "The anchors slipped at 8.5 megapascals.",
        "The grout came more than a week late.",
        # lengths
        "That is 28 days, four weeks to the day.",
        "It is 20 working days later.",
        "There are 39 days left until then.",
        "We have eleven days until 15 May.",
        # rounding
        "A good forty panels belong to the wall.",
        "Some twenty-five panels are set.",
        "We burn almost ten thousand litres a day.",
        "Roughly thirty-five kilometres is the detour.",
        "The grout came some ten days late.",
        # by the week
        "Fourteen ships a week wait.",
        "Ten ships wait in a working week.",
        # days and hours
        "Expect the grout on Mon 11.",
        "The wall moves from Fri 15 to Fri 12 June.",
        "The wall is done on 12.6. and not on 15.5.",
        "Until Friday the 12th we set panels.",
        "I call you at five.",
        "I am at my desk until six.",
        # idioms and names
        "You are one in a million.",
        "A thousand thanks to the crew.",
        "We are back to square one with the supplier.",
        "It was touch and go, six of one and half a dozen of the other.",
        "Lorries take route 5 and wait in hall 12.",
        "Berths 4 and 5 stay open.",
        "Give me ten minutes on the phone.",
        "I would like fifteen minutes of your time.",
        "I am 100 % with you.",
        "The crew works 24/7.",
        "Half of this is on us.",
        "That is only half the story.",
        "We meet halfway.",
        "I know this is the eleventh hour.",
        "The crane costs eighteen thousand euros.",
        "The crane is 18k.",
        "This is the second move.",
        "On a scale of one to ten this is bad.",
        "Nine times out of ten the grout arrives in time.",
        "In five minutes I could explain it.",
        # further
        "The new day is the twenty-first after the first of the month.",
        "That is some five and a half weeks from now.",
        "You reach me from eight to five, at best between 9 and 12.",
        "I call at half past five.",
        "I have been in this trade for twenty years and hate such mails.",
        "Congratulations on your 25 years of the harbour.",
        "This would take 24 hours a day, seven days a week.",
        "The detour is under 40 km, 68 there and back.",
        "In eight working days from 11 May we reach 20 May.",
        "The four weeks of a crane make 72,000 euros at 18,000 each week.",
        "The wall of 2026 is late.",
        "Sixty-two out of a hundred panels are set.",
        "62 in a hundred panels are set.",
        "Six cranes at 18,000 euros make 108,000 euros.",
        "Sixteen of 42 panels are left.",
        "It came a week and two days late.",
        "It takes some eight days.",
        "The wall of 2019 was easier.",
    ],
)  # fmt: skip
def test_what_follows_from_the_facts_is_left_alone(text: str) -> None:
    assert _raised(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "还剩16块板没装。", "板装了六成多。", "板装了三分之二不到。", "装好的板超过一半。", "17个阀不漏。", "八天能装完剩下的16块。",
        "阀里有一成半漏气。", "绕行约35公里。", "绕行34千米。", "每天多用9立方柴油，一周63立方。", "试压一个半小时。", "管道1200米。",
        "高峰多等四十来分钟。", "晚28天，正好四周。", "离新日期还有39天。", "到5月15日还有11天。", "改到6.12，原来是5.15。", "6.12完成。", "双十一前您先忙。",
        "十有八九没问题。", "百忙之中打扰您。", "17点我给您电话。", "约四十块板。", "压缩机晚到一周多。", "板的六成二已装好。", "板已装近三分之二。",
        "文号：冷字〔2026〕7号", "这是第二次改期。", "还有三成八的板没装。", "占38%。", "装完要七八天。", "我干这行三十年了，头一回这么窘。", "耽误您十分钟。", "五分钟就能说完。", "三十四公里，来回六十八公里。", "占62%。", "每天差不多用一万升柴油。",
    ],
)  # fmt: skip
def test_what_follows_from_the_facts_is_left_alone_in_chinese(text: str) -> None:
    assert _raised(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("31 of 42 panels are set.", "31"), ("26 of 48 panels are set.", "48"), ("29 panels are set.", "29"), ("Seven anchors slipped.", "Seven"),
        ("75 percent of the panels are set.", "75"), ("Seven out of ten panels are set.", "Seven"), ("A quarter of the panels is set.", "quarter"),
        ("The detour is 45 km.", "45"), ("The detour is thirty miles.", "thirty"), ("We burn 7,000 litres a day.", "7,000"), ("We burn seven cubic metres a day.", "seven"),
        ("The load test takes 150 minutes.", "150"), ("The load test takes four hours.", "four"), ("Lay 1.7 km of pipe.", "1.7"), ("It slipped at 95 bar.", "95"),
        ("The crane costs 21,000 euros.", "21,000"), ("We give you 5,000 euros.", "5,000"), ("The grout came 19 days late.", "19"),
        ("The grout arrives on 19 May.", "19 May"), ("The wall is done on 3 July.", "3 July"), ("Thirteen welders work on it.", "Thirteen"),
        ("Ships wait 9 hours on average.", "9"), ("The sound is at 64 decibels.", "64"), ("We tested 250 bolts.", "250"),
        ("Some 55 panels belong to the wall.", "55"), ("1 of 42 panels is bent.", "1 of 42"), ("58 of 42 panels are set.", "58"),
        ("68 out of a hundred panels are set.", "68"), ("One in five panels is missing.", "five"), ("Six cranes make 118,000 euros.", "118,000"), ("We have set 340 bolts about the wall.", "340"),
    ],
)  # fmt: skip
def test_what_is_new_is_found(text: str, told: str) -> None:
    assert any(told in found for found in _raised(text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("42块板装好31块。", "31"), ("板装了八成。", "八成"), ("绕行45公里。", "45"), ("每天多用7000升柴油。", "7000"), ("试压150分钟。", "150"),
        ("高峰多等55分钟。", "55"), ("压缩机晚到19天。", "19"), ("补偿您5000元。", "5000"), ("5月19日到货。", "5月19日"), ("13名焊工在场。", "13"),
        ("板装了四分之一。", "四分之一"), ("管道1.7公里。", "1.7"), ("噪声64分贝。", "64"), ("23个阀漏气。", "23"),
    ],
)  # fmt: skip
def test_what_is_new_is_found_in_chinese(text: str, told: str) -> None:
    assert any(told in found for found in _raised(text))


PANELS: Known = {
    "today": "2026-05-04", "original_date": "2026-05-15", "new_date": "2026-06-12",
    "cause": "34 km detour, 640 bolts", "status": "26 of 42 panels are set", "date_basis": "two panels a day",
}  # fmt: skip
SIXTY: Known = {"today": "2026-05-04", "new_date": "2026-06-12", "status": "35 of 60 panels are set"}  # fmt: skip


def _new(text: str, known: Known) -> list[str]:
    """The numbers of a text that do not follow in one step."""
    subject = subject_of(text, "draft", known, language=language_of(text))
    numbers = known_numbers(subject.context, subject.today)
    found = [q for q in subject.quantities if not follows(subject, q, numbers)]
    return [text[slice(*quantity.span)] for quantity in found]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("one of two neighbours", "Set 15 or 16 panels.", []),
        ("too far apart", "Set 13 or 16 panels.", ["13"]),
        ("both, not one of two", "Set 15 and 16 panels.", ["15"]),
        ("neither of two", "Set 230 or 231 panels.", ["230", "231 panels"]),
        ("十五六", "装了十五六块板。", []),
        ("another length", "The detour is 35 km.", ["35 km"]),
        ("told loosely", "The detour is about 35 km.", []),
        ("too loosely", "The detour is about 36 km.", ["36 km"]),
        ("a round one, told loosely", "The detour is about 30 km.", []),
        ("a round one", "The detour is 30 km.", ["30 km"]),
        ("a bound", "The detour is under 40 km.", []),
        ("a bound too far", "The detour is under 50 km.", ["50 km"]),
        ("no bound", "The detour is 40 km.", ["40 km"]),
        ("a round number", "It has 600 bolts.", ["600 bolts"]),
        ("a round number, told loosely", "It has about 600 bolts.", []),
        ("a round number, too loosely", "It has about 560 bolts.", ["560 bolts"]),
        ("a part of its whole, both rounder", "25 of 40 panels are set.", []),
        ("another part of its whole", "About 15 of 40 panels are set.", ["15 of 40 panels"]),
        ("nights that the work takes", "It takes eight nights.", []),
        ("more nights", "It takes ninety nights.", ["ninety nights"]),
        ("there and back", "It is 68 km there and back.", []),
        ("there and back in another sentence", "It is 68 km. We drive there and back.", ["68 km"]),
        ("both together", "26 panels and 42 bolts make 68 parts.", []),
        ("not both together", "26 panels and 42 bolts make 67 parts.", ["67 parts"]),
        ("a week at two a day", "Ten panels a week.", []),
        ("more than a week at two a day", "Twenty panels a week.", ["Twenty panels"]),
        ("the share", "It is 62 %.", []),
        ("near the share", "It is 65 %.", ["65 %"]),
        ("near the share, told loosely", "It is about 65 %.", []),
        ("too far from the share", "It is about 70 %.", ["70 %"]),
        ("六成多", "装了六成多。", []),
        ("六成二", "装了六成二。", []),
        ("六成九", "装了六成九。", ["六成"]),
        ("七成", "装了七成。", ["七成"]),
    ],
)  # fmt: skip
def test_number_follows_in_one_step(rule: str, text: str, expected: list[str]) -> None:
    assert _new(text, PANELS) == expected, rule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven in twelve panels are set.", []),
        ("Five in twelve panels are missing.", []),
        ("Seven of every twelve panels are set.", []),
        ("14 of every 24 panels are set.", []),
        ("14 of 24 panels are set.", ["14 of 24 panels"]),
        ("58 in a hundred panels are set.", []),
        ("Eight in ten panels are set.", ["Eight"]),
        ("Four in six panels are set.", ["Four", "six panels"]),
    ],
)
def test_so_many_in_so_many_is_a_share_of_the_facts(text: str, expected: list[str]) -> None:
    assert _new(text, SIXTY) == expected


@pytest.mark.parametrize(
    ("days", "text", "expected"),
    [
        (30, "It takes four weeks.", ["four weeks"]),
        (30, "It takes about four weeks.", []),
        (30, "It takes about three weeks.", ["three weeks"]),
        (30, "It takes a month.", []),
        (30, "It takes six weeks.", []),  # at work
        (30, "It takes 31 days.", ["31 days"]),
        (30, "It takes 732 hours.", []),
        (30, "It takes 744 hours.", ["744 hours"]),
        (29, "It takes four weeks.", []),
        (40, "It takes five and a half weeks.", ["half weeks"]),
        (40, "It takes seven and a half weeks.", ["seven", "half weeks"]),
        (40, "It takes five and a half days.", ["five"]),
        (30, "要四周。", ["四周"]),
        (30, "要四周左右。", []),
    ],
)
def test_length_is_one_of_the_facts_in_other_units(
    days: int, text: str, expected: list[str]
) -> None:
    assert _new(text, {"today": "2026-05-04", "cause": f"the maker needs {days} days"}) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("24 panels are left.", ["24 panels"]),
        ("About 24 panels are left.", []),
        ("Two in nine doors, seven in twelve panels.", ["Two"]),
        ("装了六成。", []),
        ("装了五成。", ["五成"]),
    ],
)
def test_what_is_left_and_shares_are_told_loosely(text: str, expected: list[str]) -> None:
    assert _new(text, SIXTY) == expected
