"""What is not ours to tell: internal matters, and the names of other customers."""

import pytest

from bot.core.coaching.detectors import disclosure
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

HARBOUR: Known = {"customer": "Harbour Trust", "project": "New Quay lighting"}


@pytest.mark.parametrize(
    ("rule", "text", "secrets", "expected"),
    [
        ("word by word", "Our cash reserve is thin.", ["cash reserve"], ("cash reserve", "cash reserve")),
        ("in capitals", "Our CASH reserve is thin.", [" Cash Reserve "], ("CASH reserve", " Cash Reserve ")),
        ("most of its words in one sentence", "The valves leak. The reserve of cash we hold is thin.", ["cash reserve thin"], (" The reserve of cash we hold is thin.", "cash reserve thin")),
        ("too few of its words", "The reserve is thin.", ["cash reserve margin"], None),
        ("one word only is no telling", "The valves leak.", ["leaking of it"], None),
        ("one word told whole", "Our margin is thin.", ["margin"], ("margin", "margin")),
        ("the first place", "The margin, our margin.", ["margin"], ("margin", "margin")),
        ("three words of five", "We hold a reserve of cash for the winter.", ["cash reserve winter thin margins"], ("We hold a reserve of cash for the winter.", "cash reserve winter thin margins")),
        ("one word only, and not that one", "The reserves are thin.", ["cash"], None),
        ("spread over two sentences", "The cash is there. The reserve is thin.", ["cash reserve low"], None),
        ("the first of several", "The margin is thin and the cash reserve too.", ["cash reserve", "margin"], ("cash reserve", "cash reserve")),
        ("nothing is secret", "Our cash reserve is thin.", [], None),
        ("换了说法", "密封条不合格，供应商快破产了。", ["供应商濒临破产"], ("密封条不合格，供应商快破产了。", "供应商濒临破产")),
        ("字散在两个分句里", "供应商来过了，他们没有破产。", ["供应商濒临破产"], None),
        ("逐字", "毛利只剩三个点。", ["毛利"], ("毛利", "毛利")),
    ],
)  # fmt: skip
def test_internal_matter_stays_inside(
    rule: str, text: str, secrets: list[str], expected: tuple[str, str] | None
) -> None:
    subject = subject_of(text, "draft", {"internal_only": secrets}, language=language_of(text))
    found = hits(disclosure.internal, subject)
    wanted = (
        []
        if expected is None
        else [Found("disclose.confidential", expected[0], {"x": expected[1]})]
    )
    assert found == wanted, rule


def test_what_a_fact_says_too_is_no_secret() -> None:
    known = {"internal_only": ["计划里没有重做的时间"], "cause": "计划里没有留重做的时间"}
    subject = subject_of("我们计划里没留重做时间。", "draft", known, language="zh")
    assert hits(disclosure.internal, subject) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("another customer's job", "Two fitters work on the Pinewood Clinic job.", ["Pinewood Clinic "]),
        ("the customer's own job", "Two fitters work on the Harbour Trust job.", []),
        ("the project of the case", "Two fitters work on the New Quay project.", []),
        ("the second of two jobs", "Two fitters work on the Harbour Trust job and on the Pinewood Clinic job.", ["Pinewood Clinic "]),
        ("after a part of the building", "Two fitters work on the Spring Hall job and on the Pinewood Clinic job.", ["Pinewood Clinic "]),
        ("after ordinary words", "Two fitters work on the Main Office job and on the Pinewood Clinic job.", ["Pinewood Clinic "]),
        ("the customer in other words", "Two fitters work on the Harbour View job.", []),
        ("the project in other words", "Two fitters work on the Quay job.", []),
        ("a word of three letters does not tell the customer", "Two fitters work on the New Gables job.", ["New Gables "]),
        ("ordinary words", "Two fitters work on the Main Office job.", []),
        ("a part of the building", "Two fitters work on the Spring Hall job.", []),
        ("people went there", "We moved our fitters to Pinewood because they pay.", ["Pinewood"]),
        ("a place is no customer", "We moved our fitters to Mill Street because it rains.", []),
        ("a short form is none", "We moved our fitters to PLCs.", []),
        ("our own customer", "We moved our fitters to Harbour Trust.", []),
        ("nobody moved", "The road to Pinewood is closed.", []),
        ("抽到别家", "人都抽到康宁医院去了。", ["康宁医院"]),
        ("被别家借走", "工人被康宁项目借走了。", ["康宁"]),
        ("赶别家的单子", "都在赶康宁的订单。", ["康宁"]),
        ("本项目", "人都抽到本项目去了。", []),
    ],
)  # fmt: skip
def test_no_other_customer_is_named(rule: str, text: str, expected: list[str]) -> None:
    subject = subject_of(text, "cause", HARBOUR, language=language_of(text))
    found = hits(disclosure.other_customer, subject)
    assert found == [Found("disclose.confidential", w, {}) for w in expected], rule


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("another house first", "Priority went to Oakfield College.", ["Oakfield College"]),
        ("ours", "Priority went to Harbour College.", []),
        ("the second of two houses", "Priority went to Harbour College, then Oakfield College.", ["Oakfield College"]),
        ("in the same sentence only", "Priority went elsewhere. Oakfield College is closed.", []),
        ("no sign of a job for it", "Oakfield College is in Mill Street.", []),
        ("先保别家", "康宁医院那套也一样。", ["康宁医院"]),
        ("本院", "本市医院那套也一样。", []),
        ("a supplier says so, too", "Nordwind Logistics told us the same, too.", []),
        ("a maker is likened", "The same pump comes from Brightwater Industries.", []),
        ("a house that waits, too", "Oakfield College is waiting as well.", ["Oakfield College"]),
        ("a house that has the same", "It was the same for Oakfield College.", ["Oakfield College"]),
        ("供应商也是", "北辰物流也是今天才通知的。", []),
        ("供应商同样", "同样的说法来自北辰集团。", []),
        ("别家也在等", "康宁医院也在等这批货。", ["康宁医院"]),
    ],
)  # fmt: skip
def test_no_other_house_comes_before_the_customer(
    rule: str, text: str, expected: list[str]
) -> None:
    subject = subject_of(text, "cause", HARBOUR, language=language_of(text))
    found = hits(disclosure.other_house, subject)
    assert found == [Found("disclose.confidential", w, {}) for w in expected], rule


@pytest.mark.parametrize(
    ("rule", "text", "secret", "told"),
    [
        ("a name that only the secret has", "It looks as though Leipzig is off.", "Leipzig date may be cancelled", True),
        ("a name of the case", "The Quay lights are late.", "the Quay is sold", False),
        ("a figure left out", "We asked our type supplier late.", "our type supplier charged us 14,000", False),
        ("the figure told", "Our type supplier charged 14,000.", "our type supplier charged us 14,000", True),
        ("只有它有的名字", "兄弟单位瀚川风场也在抢人。", "瀚川风场同期抢工", True),
        ("人人都用的字", "我们没有留余量。", "我们没有留重做的时间", False),
    ],
)  # fmt: skip
def test_secret_is_known_by_its_names_and_figures(
    rule: str, text: str, secret: str, *, told: bool
) -> None:
    known = {**HARBOUR, "internal_only": [secret]}
    subject = subject_of(text, "draft", known, language=language_of(text))
    assert bool(hits(disclosure.internal, subject)) is told, rule


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Brake tests run with the gates next.", "Brake supplier Nordwerk is insolvent"),
        ("项目经理每天在现场。", "项目经理下月离职"),
    ],
)
def test_an_ordinary_word_of_a_secret_is_no_name(text: str, secret: str) -> None:
    known = {**HARBOUR, "internal_only": [secret]}
    subject = subject_of(text, "draft", known, language=language_of(text))
    assert hits(disclosure.internal, subject) == []
