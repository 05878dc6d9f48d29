"""The claim ledger: what is found in a text, what it traces to, what is flagged."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.case import (
    Case,
    ChoiceValue,
    DateValue,
    MoneyValue,
    NumberValue,
    PercentValue,
    PersonValue,
    RowsValue,
    TextValue,
    Value,
    Variant,
)
from bot.core.message.by_hand import by_hand
from bot.core.message.claims import check, facts, find, missing
from bot.core.message.draft import assemble, internal
from bot.core.reading.calendars import calendar
from bot.core.words import FieldId, Language
from tests.core.delay_sample import (
    LANGUAGES,
    TODAY,
    english,
    full,
    playbook,
    variants,
    with_answer,
    without,
)

CHINA = calendar("CN")
EMAIL = {x: Variant("email", "day_to_day", x) for x in LANGUAGES}


def kinds(text: str) -> list[tuple[str, str]]:
    """The claims of a text as kind and words."""
    return [(c.kind, c.text) for c in find(text, today=TODAY, calendar=CHINA)]


def flags(text: str, case: Case) -> list[tuple[str, str, str]]:
    """What is flagged in a text that has no draft, as kind, words and verdict."""
    ledger = check(text, facts(playbook(), case, today=TODAY))
    return [(e.claim.kind, e.claim.text, e.verdict) for e in ledger.flagged]


@pytest.mark.parametrize(
    "text",
    [
        "We finish on 4 December.",
        "Ready by 12/4 (Friday).",
        "12月4日完成",
        "下周五完成",
        "by Dec 4, 2026",
    ],
)
def test_a_date_in_any_wording_is_one_claim(text: str) -> None:
    keys = {c.key for c in find(text, today=TODAY, calendar=CHINA) if c.kind == "date"}
    assert keys == {"2026-12-04"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It costs €1,850.", ("sum", "€1,850")),
        ("费用1.3万元。", ("sum", "1.3万元")),
        ("We are 60% through.", ("percent", "60%")),
        ("已完成六成。", ("percent", "六成")),
        ("It takes 6 weeks.", ("number", "6 weeks")),
        ("Carlos will be there.", ("name", "Carlos")),
        ("We asked Dr. Okafor yesterday.", ("name", "Dr. Okafor")),
        ("请找刘经理。", ("name", "刘经理")),
        ("小周在现场。", ("name", "小周")),
        ("我们与青禾科技公司谈过。", ("name", "青禾科技公司")),
        ("接口用Northwind的。", ("name", "Northwind")),
        ("You get it free of charge.", ("promise", "You get it free of charge")),
        ("质保延长3个月。", ("promise", "质保延长3个月")),
    ],
)
def test_each_kind_of_claim_is_found(text: str, expected: tuple[str, str]) -> None:
    assert expected in kinds(text)


WORDINGS: dict[str, tuple[str, ...]] = {
    "name": (
        "Globex has agreed.", "I spoke with Priya.", "Priya confirms it.", "cc: Anna Schmidt",
        "Thanks, Robert.", "Contoso's server broke.", "We checked it (Maria).", "Regards, Olga",
        "Owner: Pavel", "J. Smith said so.", "Zanzibar Systems is late.", "We hired Jan van der Berg.",
        "张伟负责这件事。", "联系人：李娜", "请联系赵敏。", "赵工在现场。", "黄工程师确认了。", "欧阳总知道。",
        "与陈主任沟通过。", "华信集团已同意。", "供应商是西门子公司。", "孙先生、吴女士都在。",
    ),
    "promise": (
        "We'll fix it by Monday.", "You can rely on us.", "Rest assured it will work.",
        "I give you my word.", "This won't happen again.", "The repair is at our expense.",
        "You get 10% off.", "We commit to daily reports.", "You will receive a voucher.",
        "Delivery is guaranteed.", "We are going to add people.", "Our director will visit you.",
        "绝不会再延期。", "费用由我们承担。", "送您一年服务。", "给您打九折。", "退您定金。", "保修延一年。",
        "我方愿意补偿损失。", "我们将派总监上门。", "不收您的钱。", "一周内给您方案。",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, ts in WORDINGS.items() for t in ts])
def test_names_and_promises_are_found_in_many_wordings(kind: str, text: str) -> None:
    assert kind in {found for found, _ in kinds(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Electricians finished on the roof. Hygiene inspectors know. Nobody works longer hours.",
        "I happily explain the details. We cannot promise anything. Feel free to ring me.",
        "时间紧，任务重，质量不会放松，施工安全也有人盯着。领导很重视，工程师们都在厂里。",
        "Testing takes longer than planned. Delivery is late. Thanks for your patience.",
        "The Steering Committee meets. I am sorry, and so is the whole team.",
        "Please feel free to call. May I ask for one of your colleagues?",
        "You will need to re-plan. The interface changed.",
        "我方工程师还在施工，方案没有变化，由于总体进度紧张，时间会有影响。",
        "贵公司的项目经理开会了，工作总量不变。",
        "API, PDF and UAT are the usual words.",
        "Next Steps\n\nKind regards",
    ],
)
def test_ordinary_words_are_no_claims(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_assembled_draft_has_no_flag(language: Language) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    for variant in variants(language):
        draft = assemble(playbook(), full(language), variant, today=TODAY)
        assert check(draft.text, base, draft=draft).flagged == ()
        assert check(draft.text, base).flagged == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_claim_traces_to_an_answer_of_its_own_sentence(language: Language) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    draft = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    for entry in check(draft.text, base, draft=draft).entries:
        start, end = entry.claim.span
        assert draft.text[start:end] == entry.claim.text
        line = next(x for x in draft.sentences if x.span[0] <= start and end <= x.span[1])
        assert set(entry.answers) & set(line.answers), entry


FOREIGN: dict[Language, tuple[tuple[str, str, str], ...]] = {
    "en": (
        ("date", "It was agreed on 3 March 2027.", "3 March 2027"),
        ("date", "See you 11/2/2027.", "11/2/2027"),
        ("number", "There are 913 open points.", "913"),
        ("number", "It takes 17 weeks.", "17 weeks"),
        ("percent", "We are 93% through.", "93%"),
        ("sum", "The price is $7,421.", "$7,421"),
        ("name", "Thorvald will join.", "Thorvald"),
        ("name", "We spoke with Ms Abernathy.", "Ms Abernathy"),
        ("name", "Zanzibar Systems is late.", "Zanzibar"),
        ("promise", "We will rebuild the warehouse.", "We will rebuild the warehouse"),
        ("promise", "You get a free upgrade.", "You get a free upgrade"),
        ("promise", "We waive the licence fee.", "We waive the licence fee"),
    ),
    "zh": (
        ("date", "我们在2027年3月3日谈过。", "2027年3月3日"),
        ("date", "最晚3月9日。", "3月9日"),
        ("number", "还有913个问题。", "913"),
        ("number", "需要17周。", "17周"),
        ("percent", "已完成93%。", "93%"),
        ("sum", "价格是7421元。", "7421元"),
        ("name", "欧阳经理在现场。", "欧阳经理"),
        ("name", "我们问过蓝鲸科技公司。", "蓝鲸科技公司"),
        ("name", "供应商是Thorvald。", "Thorvald"),
        ("promise", "我们会重建仓库。", "我们会重建仓库"),
        ("promise", "升级免费。", "升级免费"),
        ("promise", "许可费全部减免。", "许可费全部减免"),
    ),
}


def boundaries(text: str) -> Iterator[int]:
    """Every place in a text where a sentence may begin."""
    for at, letter in enumerate(text):
        if letter in "。\n" or (letter == "." and text[at + 1 : at + 2] in (" ", "\n", "")):
            yield at + 1


@pytest.mark.parametrize(
    ("language", "kind", "inserted", "words"),
    [(language, *one) for language, ones in FOREIGN.items() for one in ones],
)
def test_a_foreign_claim_is_found_wherever_it_stands(
    language: Language, kind: str, inserted: str, words: str
) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    draft = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    for at in boundaries(draft.text):
        text = f"{draft.text[:at]} {inserted}\n{draft.text[at:]}"
        found = check(text, base, draft=draft).flagged
        place = text.index(inserted) + inserted.index(words)
        hits = [e for e in found if e.claim.kind == kind and e.verdict != "traced"]
        assert any(e.claim.span[0] <= place + 1 and place < e.claim.span[1] for e in hits)
        assert all(at <= e.claim.span[0] <= at + len(inserted) + 2 for e in found)


CHANGED: dict[str, Value] = {
    "date": DateValue(date(2027, 2, 9)),
    "number": NumberValue(Decimal(913), "pieces"),
    "percent": PercentValue(Decimal(3)),
    "money": MoneyValue(Decimal(7421), "USD"),
    "person": PersonValue("Thorvald Abernathy"),
    "text": TextValue("Zanzibar warehouse roof leaks badly"),
    "long_text": TextValue("Zanzibar warehouse roof leaks badly"),
    "rows": RowsValue(({"name": TextValue("Roof repair"), "day": DateValue(date(2027, 2, 9))},)),
}


def told(language: Language) -> list[FieldId]:
    """The fields whose answers stand in the e-mail."""
    draft = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    return list(dict.fromkeys(f for line in draft.sentences for f in line.answers))


@pytest.mark.parametrize(
    ("language", "name"),
    [(x, f) for x in LANGUAGES for f in told(x) if playbook().fields[f].kind in CHANGED],
)
def test_a_changed_answer_is_found_in_the_old_text(language: Language, name: FieldId) -> None:
    old = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    case = with_answer(full(language), name, CHANGED[playbook().fields[name].kind])
    base = facts(playbook(), case, today=TODAY)
    now = assemble(playbook(), case, EMAIL[language], today=TODAY)
    pointed = {f for e in check(old.text, base, draft=now).flagged for f in e.answers}
    assert name in pointed | set(missing(old.text, base, now))


DERIVABLE = {
    "en": {"percent_done", "basis"},
    "zh": {"percent_done", "done", "impact", "basis", "finished", "total"},
}  # what the other answers say too, so that the claims stay true
WORDS_ONLY = {"project", "cause_kind", "weekend_work", "rhythm"}  # they hold no claim of their own


@pytest.mark.parametrize(("language", "name"), [(x, f) for x in LANGUAGES for f in told(x)])
def test_a_dropped_answer_is_flagged_where_it_stood(language: Language, name: FieldId) -> None:
    old = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    case = without(full(language), name)
    base = facts(playbook(), case, today=TODAY)
    spans = [line.span for line in old.sentences if name in line.answers]
    if name not in DERIVABLE[language] | WORDS_ONLY:
        flagged = check(old.text, base).flagged
        assert any(a <= e.claim.span[0] and e.claim.span[1] <= b for e in flagged for a, b in spans)
    now = assemble(playbook(), case, EMAIL[language], today=TODAY)
    said = {line.text for line in now.sentences}
    gone = [line.span for line in old.sentences if name in line.answers and line.text not in said]
    assert gone or (name, language) == ("weekend_work", "zh")
    found = by_hand(old.text, now)
    marked = [x.span for x in found.reworded] + [x.span for x in found.own]
    assert all(any(a < d and c < b for a, b in marked) for c, d in gone)


@pytest.mark.parametrize(
    ("language", "given"), [("en", "6 weeks of free phone"), ("zh", "延长3个月")]
)
def test_a_remedy_that_lost_its_approval_is_flagged(language: Language, given: str) -> None:
    old = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    case = with_answer(full(language), "remedy_approved", ChoiceValue("open"))
    flagged = check(old.text, facts(playbook(), case, today=TODAY)).flagged
    (promise,) = [e for e in flagged if e.claim.kind == "promise"]
    assert (promise.verdict, promise.answers) == ("internal", ("remedy",))
    assert given in promise.claim.text


def test_a_changed_date_says_which_answer_it_replaced() -> None:
    draft = assemble(playbook(), english(), EMAIL["en"], today=TODAY)
    text = draft.text.replace("next on Tuesday 24 November", "next on Wednesday 25 November")
    base = facts(playbook(), english(), today=TODAY)
    (entry,) = check(text, base, draft=draft).flagged
    assert (entry.claim.text, entry.verdict) == ("Wednesday 25 November", "changed")
    assert entry.answers == ("next_update",)
    assert missing(text, base, draft) == ("next_update",)


def test_another_wording_of_the_same_facts_is_not_flagged() -> None:
    text = (
        "Hello Ms Brandt,\n\nBad news: the booking app comes on 18 Dec instead of 4 Dec, two weeks "
        "late. Kestrel Data's reader drops payments. About 78% is done, nine screens of the 40 are "
        "open. Carlos Mendes tests the firmware on the 8th of December. I will call you on 24 "
        "November. Sorry for the trouble.\n\nMilo"
    )
    assert flags(text, english()) == []


def test_another_chinese_wording_of_the_same_facts_is_not_flagged() -> None:
    text = (
        "王总您好，先说结论：冷库监控系统改到12/16至12/18，原来是12月4日，晚两周左右。青禾电子的传感器漂移，"
        "我们没有抽检。已装好11个，还剩7个，完成约六成。请在本周五前回复。下次明天向您汇报。\n陈立"
    )
    assert flags(text, full("zh")) == []


def test_a_weekday_that_does_not_fit_its_date_is_flagged() -> None:
    assert flags("It moves to Thursday 18 December.", english()) == [
        ("date", "Thursday 18 December", "foreign")
    ]
    assert flags("It moves to Friday 18 December.", english()) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "The penalty is €45,000.", "€45,000"),
        ("en", "We spoke with Jonas Reuter.", "Jonas Reuter"),
        ("en", "It was forgotten on 3 November.", "3 November"),
        ("zh", "违约金是45,000元。", "45,000元"),
        ("zh", "采购在11月3日漏了。", "11月3日"),
        ("zh", "这事找老周。", "老周"),
    ],
)
def test_a_claim_that_only_an_internal_answer_holds_is_called_internal(
    language: Language, text: str, words: str
) -> None:
    assert [(w, v) for _, w, v in flags(text, full(language))] == [(words, "internal")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_internal_version_agrees_with_the_facts(language: Language) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    for line in internal(playbook(), full(language), language=language, today=TODAY).lines:
        verdicts = {e.verdict for e in check(line.text, base).entries}
        assert verdicts <= ({"internal", "traced"} if line.internal else {"traced"}), line


def test_a_claim_follows_from_two_answers() -> None:
    for text in ("9 screens are open.", "22.5% are open.", "It is 14 days later."):
        assert flags(text, english()) == []
    for text in ("8 screens are open.", "23.5% are open.", "It is 15 days later."):
        assert len(flags(text, english())) == 1


@settings(deadline=None)  # a busy machine is no fault
@given(days=st.integers(1, 300), variant=st.sampled_from([*variants("en"), *variants("zh")]))
def test_customer_and_internal_versions_agree_on_any_date(days: int, variant: Variant) -> None:
    day = date(2026, 12, 4) + timedelta(days=days)
    case = with_answer(full(variant.language), "new_date", DateValue(day))
    base = facts(playbook(), case, today=TODAY)
    draft = assemble(playbook(), case, variant, today=TODAY)
    assert check(draft.text, base, draft=draft).flagged == ()
    team = internal(playbook(), case, language=variant.language, today=TODAY)
    news = next(line.text for line in team.lines if line.field == "new_date")
    assert news in draft.text


@settings(deadline=None)  # a busy machine is no fault
@given(
    number=st.integers(100, 10**6),
    language=st.sampled_from(LANGUAGES),
    place=st.integers(0, 10),
)
def test_any_foreign_number_is_found(number: int, language: Language, place: int) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    if any(f.value == number for f in base.told.numbers):
        return
    draft = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    starts = list(boundaries(draft.text))
    at = starts[place % len(starts)]
    noun = " parts are left." if language == "en" else "个零件。"
    text = f"{draft.text[:at]} {number}{noun}\n{draft.text[at:]}"
    assert any(str(number) in e.claim.text for e in check(text, base, draft=draft).flagged)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=300))
def test_any_text_can_be_checked(text: str) -> None:
    base = facts(playbook(), english(), today=TODAY)
    for entry in check(text, base).entries:
        start, end = entry.claim.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == entry.claim.text


@pytest.mark.parametrize(
    "piece", ["a", "A ", "王", "我们会", "1", "x.", "a@", "our a ", "12月", "将"]
)
def test_forty_thousand_characters_are_read(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    for claim in find(text, today=TODAY, calendar=CHINA):
        assert text[slice(*claim.span)] == claim.text


def test_three_cranes_are_no_three_days() -> None:
    case = with_answer(english(), "basis", TextValue("fitting takes three days, the trial five"))
    assert flags("It takes five days.", case) == []
    assert flags("There are three cranes.", case) == [("number", "three cranes", "foreign")]


def test_a_relative_date_means_the_day_it_was_typed() -> None:
    case = with_answer(english(), "impact", TextValue("your audit is tomorrow"))
    later = facts(playbook(), case, today=TODAY + timedelta(days=1))
    draft = assemble(playbook(), case, EMAIL["en"], today=TODAY + timedelta(days=1))
    assert [e.claim.text for e in check(draft.text, later, draft=draft).flagged] == ["tomorrow"]


def test_missing_is_empty_for_the_assembled_text() -> None:
    draft = assemble(playbook(), english(), EMAIL["en"], today=TODAY)
    base = facts(playbook(), english(), today=TODAY)
    assert missing(draft.text, base, draft) == ()
    assert "new_date" in missing("Hello", base, draft)


def test_an_answer_with_a_choice_is_told_by_its_label() -> None:
    case = with_answer(english(), "cause_kind", ChoiceValue("technical"))
    old = assemble(playbook(), english(), EMAIL["en"], today=TODAY)
    now = assemble(playbook(), case, EMAIL["en"], today=TODAY)
    assert "cause_kind" in missing(old.text, facts(playbook(), case, today=TODAY), now)
    assert replace(now, text="x").digest == now.digest


EDITS: tuple[
    tuple[str, Language, str, str, tuple[tuple[str, str, str, tuple[str, ...]], ...], tuple[str, ...]],
    ...,
] = (
    ("a day of another answer", "en", "by Friday 27 November", "by Friday 18 December",
     (("date", "Friday 18 December", "changed", ("answer_by",)),), ("answer_by",)),
    ("a day of no answer", "en", "by Friday 27 November", "by 30 November",
     (("date", "30 November", "changed", ("answer_by",)),), ("answer_by",)),
    ("a number", "en", "120 payments", "130 payments",
     (("number", "130 payments", "changed", ("impact",)),), ("impact",)),
    ("a count of two answers", "en", "31 screens of 40 screens", "33 screens of 40 screens",
     (("number", "33 screens of 40 screens", "changed", ("finished", "total")),), ("finished", "total")),
    ("a day of another answer, at the end of a line", "en", "Mon 14 Dec 2026", "Fri 18 Dec 2026",
     (("date", "Fri 18 Dec 2026", "changed", ("milestones",)),), ("milestones",)),
    ("a percentage", "en", "77.5%", "79%", (("percent", "79%", "changed", ("percent_done",)),), ("percent_done",)),
    ("a sum", "en", "€1,850", "€1,950", (("sum", "€1,950", "changed", ("extra_cost",)),), ("extra_cost",)),
    ("a sum left out", "en", "€1,850", "nothing", (), ("extra_cost",)),
    ("a name", "en", "Carlos Mendes", "Thorvald",
     (("name", "Thorvald", "changed", ("milestones",)),), ("milestones",)),
    ("a name alone in its line", "en", "Milo Vance", "Ida", (("name", "Ida", "foreign", ()),), ("sender",)),
    ("a promise", "en", "6 weeks of free", "9 weeks of free",
     (("promise", "We will give you 9 weeks of free phone support after go-live", "foreign", ()),
      ("number", "9 weeks", "changed", ("remedy",))), ("remedy",)),
    ("an internal name in a promise", "en", "Two engineers from Oslo", "Jonas Reuter",
     (("promise", "Jonas Reuter joined on 19 November and will stay until go-live", "internal", ("cause_internal",)),
      ("name", "Jonas Reuter", "internal", ("cause_internal",))), ("effort",)),
    ("an internal sentence", "en", "We had not tested it.", "Jonas forgot to order seven spare readers.",
     (("words", "Jonas forgot to order seven spare readers", "internal", ("cause_internal",)),
      ("number", "seven spare", "internal", ("cause_internal",))), ()),
    ("the two days of the move, swapped", "en", "from Friday 4 December to Friday 18 December",
     "from Friday 18 December to Friday 4 December", (), ()),
    ("晚几天", "zh", "晚10个工作日", "晚8个工作日",
     (("number", "8个工作日", "changed", ("original_date", "new_date")),), ("new_date", "original_date")),
    ("承诺", "zh", "3个月", "6个月",
     (("promise", "我们把质保延长6个月", "foreign", ()), ("number", "6个月", "changed", ("remedy",))), ("remedy",)),
    ("人名", "zh", "王经理", "赵经理", (("name", "赵经理", "changed", ("contact",)),), ("contact",)),
    ("金额", "zh", "¥1,850", "¥2,000", (("sum", "¥2,000", "changed", ("extra_cost",)),), ("extra_cost",)),
    ("一句话里的内部分句", "zh", "我们到货时没有抽检", "采购的老周漏下了备件的单",
     (("words", "采购的老周漏下了备件的单", "internal", ("cause_internal",)),), ()),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "language", "old", "new", "flagged", "lost"), EDITS, ids=[edit[0] for edit in EDITS]
)
def test_each_edit_is_called_by_what_it_does(
    rule: str,
    language: Language,
    old: str,
    new: str,
    flagged: tuple[tuple[str, str, str, tuple[str, ...]], ...],
    lost: tuple[str, ...],
) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    draft = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    text = draft.text.replace(old, new)
    assert text != draft.text
    found = check(text, base, draft=draft).flagged
    assert all(text[slice(*e.claim.span)] == e.claim.text for e in found)
    assert tuple((e.claim.kind, e.claim.text, e.verdict, e.answers) for e in found) == flagged
    assert missing(text, base, draft) == lost


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("One of us is here. Zero faults.", []),
        ("一个问题。", []),
        ("Two of us wait. 1 of us waits.", ["2 bare", "1 bare"]),
        ("两个问题。1个问题。", ["2 plain", "1 plain"]),
        ("Half a day.", ["0.5 days"]),
    ],
)
def test_number_that_is_only_a_word_is_no_claim(text: str, keys: list[str]) -> None:
    assert [c.key for c in find(text, today=TODAY, calendar=CHINA)] == keys


def test_dates_are_alike_by_their_days_and_sums_by_their_worth() -> None:
    def keys(text: str) -> list[str]:
        return [c.key for c in find(text, today=TODAY, calendar=CHINA)]

    assert keys("4 December") == keys("12月4日") == ["2026-12-04"]
    assert keys("16 to 18 December") == ["2026-12-16/2026-12-18"]
    assert keys("It costs €1,850.00.") == keys("It costs €1850.")
    assert keys("31 of 40 screens") != keys("31 of 41 screens")


def test_claims_stand_in_their_order_the_longer_first() -> None:
    found = find("We will pay Thorvald €500 by 4 December.", today=TODAY, calendar=CHINA)
    assert [c.kind for c in found] == ["promise", "name", "sum", "date"]
    assert [c.span for c in found] == sorted((c.span for c in found), key=lambda s: (s[0], -s[1]))


ASK = "Please tell me your choice by Friday 27 November."
HEAR = "You hear from me every Tuesday and Friday, next on Tuesday 24 November."
ASKED_ANEW = "Choice, please, not any later than 30 November."
HEARD_ANEW = "Next to come on every Tuesday there is: 1 December."
CROWD = "Carlos Mendes came to Oslo with Kestrel and the reader"
REST = "Oslo and Pinewood are far away from the trial and the site."


@pytest.mark.parametrize(
    ("rule", "ask", "hear"),
    [
        ("each in its own place", ASKED_ANEW, HEARD_ANEW),
        ("each in the place of the other", HEARD_ANEW, ASKED_ANEW),
        ("one after the other", "So be it.", f"{ASKED_ANEW} {HEARD_ANEW}"),
        ("one after an exclamation", "So be it.", f"{HEARD_ANEW[:-1]}! {ASKED_ANEW}"),
        ("one after a question", "So be it.", f"{ASKED_ANEW[:-1]}? {HEARD_ANEW}"),
        ("one a line", "So be it.", f"{ASKED_ANEW[:-1]}\n{HEARD_ANEW}"),
        ("between exclamations", HEARD_ANEW, f"{CROWD}! {ASKED_ANEW[:-1]}! {REST}"),
        ("between questions", HEARD_ANEW, f"{CROWD}? {ASKED_ANEW[:-1]}? {REST}"),
        ("between full stops", HEARD_ANEW, f"{CROWD}. {ASKED_ANEW} {REST}"),
        ("between lines", HEARD_ANEW, f"{CROWD}\n{ASKED_ANEW[:-1]}\n{REST}"),
        ("between Chinese stops", HEARD_ANEW, f"{CROWD}。{ASKED_ANEW[:-1]}。{REST}"),
    ],
)  # fmt: skip
def test_day_in_a_sentence_of_ones_own_stands_for_that_of_the_likest_sentence(
    rule: str, ask: str, hear: str
) -> None:
    base = facts(playbook(), english(), today=TODAY)
    draft = assemble(playbook(), english(), EMAIL["en"], today=TODAY)
    text = draft.text.replace(ASK, ask).replace(HEAR, hear)
    found = {e.claim.text: (e.verdict, e.answers) for e in check(text, base, draft=draft).flagged}
    days = {x: found[x] for x in ("30 November", "1 December")}
    assert days == {
        "30 November": ("changed", ("answer_by",)),
        "1 December": ("changed", ("next_update",)),
    }, rule
    assert missing(text, base, draft) == ("answer_by", "next_update")


def test_day_in_a_sentence_like_no_other_stands_for_none() -> None:
    base = facts(playbook(), english(), today=TODAY)
    draft = assemble(playbook(), english(), EMAIL["en"], today=TODAY)
    text = draft.text.replace(ASK, f"{CROWD} on 30 November.")
    flagged = check(text, base, draft=draft).flagged
    assert [(e.claim.text, e.verdict) for e in flagged] == [("30 November", "foreign")]
    assert missing(text, base, draft) == ("answer_by",)


@pytest.mark.parametrize(
    ("language", "old", "new", "lost"),
    [
        ("en", "18 Dec", "25 Dec", ("new_date", "options")),
        ("zh", "12月18日", "12月28日", ("new_date", "options")),
    ],
)
def test_day_of_two_answers_is_missed_for_each(
    language: Language, old: str, new: str, lost: tuple[str, ...]
) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    draft = assemble(playbook(), full(language), EMAIL[language], today=TODAY)
    text = draft.text.replace(old, new)
    changed = [e.answers for e in check(text, base, draft=draft).flagged]
    assert changed == [("new_date",), ("new_date",), ("options",)]
    assert missing(text, base, draft) == lost


@pytest.mark.parametrize(
    ("rule", "language", "sentence", "told"),
    [
        ("alone", "en", "Jonas forgot to order spare readers.", ["Jonas forgot to order spare readers"]),
        ("a clause behind a longer one", "en", "We are all very sorry that it took us so long to see, Jonas forgot to order spare readers.", ["Jonas forgot to order spare readers"]),
        ("a clause before a longer one", "en", "Jonas forgot to order spare readers, and we are all very sorry that it took us so long to see.", ["Jonas forgot to order spare readers"]),
        ("a clause between others", "en", "We are sorry, Jonas forgot to order spare readers, and it took us very long to see.", ["Jonas forgot to order spare readers"]),
        ("two of its words", "en", "Jonas forgot.", []),
        ("its words among many others", "en", "Jonas and nine fitters who came by train forgot that readers stand in the second hall of the old works.", []),
        ("words that are told, too", "en", "The team works on the card reader.", []),
        ("分句", "zh", "让您多等了这么久，我们全体同事都非常抱歉，采购的老周漏下了备件的单。", ["采购的老周漏下了备件的单"]),
    ],
)  # fmt: skip
def test_words_that_only_a_hidden_answer_says_are_internal(
    rule: str, language: Language, sentence: str, told: list[str]
) -> None:
    base = facts(playbook(), full(language), today=TODAY)
    found = check(f"Hello.\n{sentence}", base).entries
    words = [e for e in found if e.claim.kind == "words"]
    assert [e.claim.text for e in words] == told, rule
    assert {(e.verdict, e.answers) for e in words} <= {("internal", ("cause_internal",))}
    assert all(sentence[slice(*(n - 7 for n in e.claim.span))] == e.claim.text for e in words)


def test_promise_that_only_a_hidden_answer_holds_is_internal_without_any_figure() -> None:
    case = with_answer(english(), "remedy", TextValue("free phone support after go-live"))
    text = "We will give you free phone support after go-live."
    assert flags(text, case) == []
    case = with_answer(case, "remedy_approved", ChoiceValue("open"))
    assert ("promise", text[:-1], "internal") in flags(text, case)
    assert ("promise", "We will give you a holiday after go-live", "foreign") in flags(
        "We will give you a holiday after go-live.", case
    )


@pytest.mark.parametrize(
    ("rule", "field", "answer", "old", "new", "lost"),
    [
        ("a short answer loses a word", "effort", "second crew", "Second crew", "Second team", True),
        ("a short answer stays", "effort", "second crew", "Second crew", "second CREW", False),
        ("a longer answer keeps a third of its words", "effort", "a second crew fits the readers at night", "crew fits the readers at night", "team comes then with readers", False),
        ("a longer answer is left out", "effort", "a second crew fits the readers at night", "A second crew fits the readers at night", "More people come", True),
        ("an answer that ends with a stop is left out", "effort", "a second crew fits the readers at night;", "A second crew fits the readers at night", "More people come", True),
        ("an answer in quotation marks is left out", "effort", "“blue” crew fits the readers at night", "“blue” crew fits the readers at night", "More people come", True),
    ],
)  # fmt: skip
def test_answer_in_words_is_told_while_enough_of_them_stand(
    rule: str, field: FieldId, answer: str, old: str, new: str, lost: bool
) -> None:
    case = with_answer(english(), field, TextValue(answer))
    base = facts(playbook(), case, today=TODAY)
    draft = assemble(playbook(), case, EMAIL["en"], today=TODAY)
    assert old in draft.text
    assert (field in missing(draft.text.replace(old, new), base, draft)) is lost, rule


@pytest.mark.parametrize("more", ["", "Hello again."])
def test_claim_in_a_sentence_that_stayed_is_of_the_answers_of_that_sentence(more: str) -> None:
    base = facts(playbook(), english(), today=TODAY)
    draft = assemble(playbook(), english(), EMAIL["en"], today=TODAY)
    entries = check(draft.text + more, base, draft=draft).entries
    days = [e.answers for e in entries if "18 Dec" in e.claim.text]
    assert days == [("new_date",), ("new_date",), ("options",)]


def test_day_before_all_else_stands_for_that_of_the_likest_sentence() -> None:
    base = facts(playbook(), english(), today=TODAY)
    draft = assemble(playbook(), english(), EMAIL["en"], today=TODAY)
    text = f"{ASKED_ANEW}\n{draft.text.replace(ASK, 'So be it.')}"
    found = [(e.claim.text, e.verdict, e.answers) for e in check(text, base, draft=draft).flagged]
    assert found == [("30 November", "changed", ("answer_by",))]


def test_every_sentence_in_the_words_of_a_hidden_answer_is_told() -> None:
    said = ["Jonas forgot to order spare readers", "Jonas Reuter forgot the spare readers order"]
    found = flags(".\n".join(said), english())
    assert [text for kind, text, _ in found if kind == "words"] == said


def test_promise_is_not_held_by_a_figure_alone() -> None:
    promise = "We will give you 6 weeks of champagne and a holiday in Rome"
    assert ("promise", promise, "foreign") in flags(f"{promise}.", english())
    kept = "We will give you 6 weeks of free phone support after go-live"
    assert flags(f"{kept}.", english()) == []
