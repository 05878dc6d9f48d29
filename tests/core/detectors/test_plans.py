"""The plan: a date there is, what it rests on, whether it can be, how sure it is, what is asked."""

import pytest

from bot.core.coaching.detectors import plans
from bot.core.coaching.rubric import Place
from bot.core.words import Language
from tests.core.detectors.hits import Found, Known, hits, subject_of, words

JUNE: Known = {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18"}


@pytest.mark.parametrize(
    ("rule", "text", "language", "known", "expected"),
    [
        ("soon is no day", "We finish soon.", "en", {}, ["soon"]),
        ("尽快不是日子", "我们尽快完成。", "zh", {}, ["尽快"]),
        ("nothing about a day", "Two engineers work on it.", "en", {}, [""]),
        ("a day", "We finish on 18 June.", "en", JUNE, []),
        ("日子", "6月18日完成。", "zh", JUNE, []),
        ("a day in a loose form", "Handover is the 18th of june at noon.", "en", {}, []),
        ("a past day is no delivery", "It was due on 1 June.", "en", {"today": "2026-06-03"}, []),
        ("soon, and a day of something else", "Done soon. The audit is on 9 June.", "en", {}, ["soon"]),
        ("soon beside its own day", "Soon, on 9 June, it is done.", "en", {}, []),
        ("soon, but the new date stands", "Soon. 18 June it is.", "en", JUNE, []),
        ("the day for the date is enough", "The date comes soon: we tell you the date on 9 June.", "en", {}, []),
    ],
)  # fmt: skip
def test_delivery_has_a_day(
    rule: str, text: str, language: Language, known: Known, expected: list[str]
) -> None:
    subject = subject_of(text, "plan", known, language=language)
    assert words(plans.no_date, subject) == expected, rule


BY_NINTH: Known = {"today": "2026-06-03", "date_known_by": "2026-06-09"}


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("neither day", "The pump is late.", BY_NINTH, [""]),
        ("the day of the date", "We give you the new date on 9 June.", BY_NINTH, []),
        ("its ordinal alone", "We give you the new date on the 9th.", BY_NINTH, []),
        ("another day", "We give you the new date on 10 June.", BY_NINTH, [""]),
        ("the day for something else", "The pump is late. It arrives on 9 June.", BY_NINTH, [""]),
        ("新日期的日子", "9日给您新日期。", BY_NINTH, []),
        ("别的日子", "19日给您新日期。", BY_NINTH, [""]),
        ("nothing known", "The pump is late.", {}, []),
        ("the new date is known", "The pump is late.", {**BY_NINTH, "new_date": "2026-06-18"}, []),
        ("soon", "It will be delivered as soon as possible.", {}, ["delivered as soon as possible"]),
        ("the old date is no new one", "It is later than 5 June, we send it as soon as we can.",
         {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18"}, ["send it as soon as we can"]),
        ("尽快明确", "6月5日交不了，日期会尽快明确。", {"today": "2026-06-03", "original_date": "2026-06-05"}, ["日期会尽快明确"]),
        ("soon beside a day of its own", "We send it as soon as we can, on 9 June at the latest.", {"today": "2026-06-03", "original_date": "2026-06-05"}, []),
    ],
)  # fmt: skip
def test_draft_without_a_date_says_when_there_will_be_one(
    rule: str, text: str, known: Known, expected: list[str]
) -> None:
    language: Language = "zh" if "日" in text else "en"
    assert words(plans.no_date, subject_of(text, "draft", known, language=language)) == expected


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("a bare date", "We finish on 18 June.", ["18 June"]),
        ("the new date, not the first one", "Not 5 June but 18 June.", ["18 June"]),
        ("the first date where the new one is not told", "By 20 June, latest 22 June.", ["20 June"]),
        ("no date at all", "We finish soon.", []),
        ("work left", "18 June; 24 welds are left, six a day.", []),
        ("a number of days", "18 June, ten days of work.", []),
        ("the length of the slip is no work", "18 June, nine working days later.", ["18 June"]),
        ("a percentage is no work", "18 June, 5% more.", ["18 June"]),
        ("money is no work", "18 June for 500 euros.", ["18 June"]),
        ("a ratio is work", "18 June, 5 of 9.", []),
        ("work before all else", "24 welds: 18 June.", []),
        ("a day without a figure", "We finish next Friday.", ["next Friday"]),
        ("a day in a loose form", "Done on 22.7", [""]),
        ("only the day for the date", "We tell you the date on 9 June.", []),
        ("6月18日完成。", "6月18日完成。", ["6月18日"]),
        ("剩余的活", "6月18日完成，还剩24道焊口。", []),
        ("拖的天数不算", "6月18日完成，晚九天。", ["6月18日"]),
    ],
)  # fmt: skip
def test_date_rests_on_something(rule: str, text: str, expected: list[str]) -> None:
    language: Language = "zh" if "月" in text else "en"
    subject = subject_of(text, "plan", JUNE, language=language)
    assert words(plans.no_evidence, subject) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "basis", "founded"),
    [
        ("answered: somebody says so", "A load test was passed. We finish on 18 June, because Tom says so.", "because Tom says so", False),
        ("answered: a test, told first", "A load test was passed. We finish on 18 June, because Tom says so.", "A load test was passed", True),
        ("answered: a number of welds, told last", "We finish on 18 June, because Tom says so: 24 welds.", ": 24 welds", True),
        ("answered in words that do not stand there", "24 welds, 18 June.", "the crew is big", True),
        ("answered in words that do not stand there, work told last", "We finish on 18 June with 24 welds.", "the crew", True),
        ("answered: somebody says so, told first", "Tom says so. A load test was passed. We finish on 18 June.", "Tom says so", False),
        ("not set apart", "A load test was passed. We finish on 18 June, because Tom says so.", None, True),
        ("答的是听说", "负荷试验通过。6月18日完成，听小汤说的。", "听小汤说的", False),
    ],
)  # fmt: skip
def test_date_rests_on_what_was_answered_for_it(
    rule: str, text: str, basis: str | None, founded: bool
) -> None:
    known = {**JUNE, "date_basis": basis}
    language: Language = "zh" if "月" in text else "en"
    assert plans.is_founded(subject_of(text, "plan", known, language=language)) is founded, rule


def test_what_a_date_rests_on_is_asked_of_the_plan_alone() -> None:
    for place in ("draft", "status"):
        assert hits(plans.no_evidence, subject_of("We finish on 18 June.", place, JUNE)) == []


@pytest.mark.parametrize(
    ("rule", "known", "expected"),
    [
        ("eleven days are there, eleven needed", {"remaining_days": 11}, None),
        ("eleven there, twelve needed", {"remaining_days": 12}, (12, 11)),
        ("a part of a day is a day", {"remaining_days": 11.2}, (12, 11)),
        ("two people share", {"remaining_days": 22, "people": 2}, None),
        ("two people share twenty-three days", {"remaining_days": 23, "people": 2}, (12, 11)),
        ("half a person takes twice as long", {"remaining_days": 6, "people": 0.5}, (12, 11)),
        ("nobody counts as one", {"remaining_days": 12, "people": 0}, (12, 11)),
        ("a date in the past leaves none", {"remaining_days": 1, "new_date": "2026-06-01"}, (1, 0)),
        ("today unknown", {"remaining_days": 99, "today": None}, None),
        ("new date unknown", {"remaining_days": 99, "new_date": None}, None),
        ("nothing left", {"remaining_days": 0}, None),
    ],
)  # fmt: skip
def test_remaining_work_fits_before_the_date(
    rule: str, known: Known, expected: tuple[int, int] | None
) -> None:
    subject = subject_of("We finish on 18 June.", "plan", {**JUNE, **known})
    slots = [] if expected is None else [{"need": expected[0], "have": expected[1]}]
    found = hits(plans.too_early, subject)
    assert found == [Found("plan.too_early", "18 June", s) for s in slots], rule


def test_remaining_work_is_held_against_the_date_in_the_plan_alone() -> None:
    known = {**JUNE, "remaining_days": 99}
    assert hits(plans.too_early, subject_of("We finish on 18 June.", "draft", known)) == []


@pytest.mark.parametrize(
    ("rule", "text", "confidence", "expected"),
    [
        ("low and one day", "We finish on 18 June.", "low", ["18 June"]),
        ("an even chance and one day", "We finish on 18 June.", "P50", ["18 June"]),
        ("low in capitals", "We finish on 18 June.", "LOW", ["18 June"]),
        ("sure enough", "We finish on 18 June.", "p85", []),
        ("not said how sure", "We finish on 18 June.", None, []),
        ("a range", "Between 18 and 22 June.", "low", []),
        ("a range in the past is none", "In May 2026 the crane stood still; 18 June.", "low", ["18 June"]),
        ("said to be uncertain", "18 June is likely, not certain.", "low", []),
        ("no day", "We finish soon.", "low", []),
    ],
)  # fmt: skip
def test_uncertain_date_is_no_firm_day(
    rule: str, text: str, confidence: str | None, expected: list[str]
) -> None:
    subject = subject_of(text, "plan", {**JUNE, "confidence": confidence})
    assert words(plans.confidence_unstated, subject) == expected, rule


def test_how_sure_a_date_is_is_asked_of_the_plan_alone() -> None:
    subject = subject_of("We finish on 18 June.", "draft", {**JUNE, "confidence": "low"})
    assert hits(plans.confidence_unstated, subject) == []


ASKED: Known = {
    **JUNE,
    "ask": {"what": "approve the sample board of the lobby", "by": "2026-06-09"},
}


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "expected"),
    [
        ("a request", "Please send us the drawings.", "plan", JUNE, ["Please send"]),
        ("a request by a day", "Please send us the drawings by 9 June.", "plan", JUNE, []),
        ("its day in the next sentence", "Please send us the drawings. We need them by 9 June.", "plan", JUNE, []),
        ("its day two sentences on", "Please send us the drawings. It helps. The lift comes on 9 June.", "plan", JUNE, ["Please send"]),
        ("only the delivery's day", "Please send us the drawings for 18 June.", "plan", JUNE, ["Please send"]),
        ("a rhythm's day in the next sentence", "Please send us the drawings. I write every Tuesday, first on 9 June.", "plan", JUNE, ["Please send"]),
        ("a report asked for elsewhere", "Please send us the drawings.", "status", JUNE, []),
        ("a request in a draft", "Please send us the drawings.", "draft", JUNE, ["Please send"]),
        ("a way out", "Please send us the drawings.", "contingency", JUNE, ["Please send"]),
        ("needed by the day that is the delivery's too", "Please send us the drawings by 18 June.", "plan", {**JUNE, "ask": {"what": "drawings", "by": "2026-06-18"}}, []),
        ("a draft with the answered day", "Please approve the board by 9 June. Please send us the drawings.", "draft", ASKED, []),
        ("a draft with another use of the day", "The lift comes on 9 June. Fine. Please send us the drawings.", "draft", ASKED, ["Please send"]),
        ("the moved date is no day to answer by", "Please send us the drawings. It moves from 5 June to 18 June.", "draft", JUNE, ["Please send"]),
        ("what is needed told in a draft without its day", "The sample board of the lobby stands ready for approval.", "draft", ASKED, ["The sample board of the lobby stands ready for approval."]),
        ("what is needed told with its day", "The sample board of the lobby stands ready for approval until 9 June.", "draft", ASKED, []),
        ("what is needed told, its day further down", "The sample board of the lobby stands ready for approval. Fine. The day is 9 June.", "draft", ASKED, []),
        ("what is needed told in an answer", "The sample board of the lobby stands ready for approval.", "plan", ASKED, []),
        ("nothing of what is needed", "The lift is late.", "draft", ASKED, []),
        ("what hangs on them in an answer", "It hangs on their answer.", "plan", JUNE, ["hangs on their"]),
        ("what hangs on them is no request in a draft", "It hangs on their answer.", "draft", JUNE, []),
        ("a rhythm in the request itself", "Please send the drawings every Tuesday, first on 9 June.", "plan", JUNE, []),
        ("the effect on them, in which others are asked", "Forty guests read: please bring passports.", "draft", {**JUNE, "impact": "forty guests must bring passports"}, []),
        ("the effect in three words", "Guests read: please bring passports.", "draft", {**JUNE, "impact": "guests bring passports"}, []),
        ("an effect of two words is in every request", "Please bring passports.", "draft", {**JUNE, "impact": "bring passports"}, ["Please bring"]),
        ("what changes, in which others are asked", "Forty guests read: please bring passports.", "draft", {**JUNE, "what_changed": "forty guests must bring passports"}, []),
        ("the effect told in an answer", "Forty guests read: please bring passports.", "plan", {**JUNE, "impact": "forty guests must bring passports"}, ["please bring"]),
        ("请求", "请贵方提供图纸。", "plan", JUNE, ["请贵方提供"]),
        ("有日子的请求", "请贵方在6月9日前提供图纸。", "plan", JUNE, []),
    ],
)  # fmt: skip
def test_request_of_the_customer_has_its_day(
    rule: str, text: str, place: Place, known: Known, expected: list[str]
) -> None:
    language: Language = "zh" if "请" in text else "en"
    subject = subject_of(text, place, known, language=language)
    assert words(plans.action_undated, subject) == expected, rule


SECOND: Known = {**JUNE, "previous_slips": 1}


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "expected"),
    [
        ("a second date, nothing new", "Now 18 June.", "plan", SECOND, ["18 June"]),
        ("a second date in a draft", "Now 18 June.", "draft", SECOND, ["18 June"]),
        ("no date told", "Later now.", "plan", SECOND, [""]),
        ("the first date", "Now 18 June.", "plan", JUNE, []),
        ("no slip before", "Now 18 June.", "plan", {**JUNE, "previous_slips": 0}, []),
        ("a number that cannot be", "Now 18 June.", "plan", {**JUNE, "previous_slips": -1}, []),
        ("asked of plan and draft alone", "Now 18 June.", "status", SECOND, []),
        ("a change", "18 June. This time a second crew works nights.", "plan", SECOND, []),
        ("第二次改期", "改到6月18日。", "plan", SECOND, ["6月18日"]),
        ("这次的不同", "改到6月18日，这次不一样的是，每批先试装一件。", "plan", SECOND, []),
        ("the change that is known", "18 June. The supplier of the glass delivers from stock.", "draft",
         {**SECOND, "what_changed": "glass supplier delivers from stock"}, []),
        ("not the change that is known", "18 June. The lift works.", "draft",
         {**SECOND, "what_changed": "glass supplier delivers from stock"}, ["18 June"]),
        ("a quarter of the change that is known", "18 June. Glass.", "draft",
         {**SECOND, "what_changed": "glass supplier delivers from stock"}, ["18 June"]),
        ("a quarter of it, told as a change", "18 June. From now on glass.", "draft",
         {**SECOND, "what_changed": "glass supplier delivers from stock"}, []),
        ("nothing of it, told as a change", "18 June. From now on it works.", "draft",
         {**SECOND, "what_changed": "glass supplier delivers from stock"}, ["18 June"]),
    ],
)  # fmt: skip
def test_second_date_says_what_is_different(
    rule: str, text: str, place: Place, known: Known, expected: list[str]
) -> None:
    language: Language = "zh" if "月" in text else "en"
    subject = subject_of(text, place, known, language=language)
    assert words(plans.repeat, subject) == expected, rule


@pytest.mark.parametrize(
    ("rule", "text", "place", "known", "undated"),
    [
        ("a request", "Please send us the drawings.", "plan", JUNE, True),
        ("a request in a draft", "Please send us the drawings.", "draft", JUNE, True),
        ("a way out", "Please send us the drawings.", "contingency", JUNE, True),
        ("another step", "Please send us the drawings.", "status", JUNE, False),
        ("by a day", "Please send us the drawings by 9 June.", "plan", JUNE, False),
        ("by a day in the next sentence", "Please send us the drawings. We need them by 9 June.", "plan", JUNE, False),
        ("by a day further down", "Please send us the drawings. It helps. It is 9 June.", "plan", JUNE, True),
        ("a draft with the answered day", "Please send us the drawings. Please approve the board by 9 June. Fine. Fine.", "draft", ASKED, False),
        ("the effect on them in a draft", "Forty guests read: please bring passports.", "draft", {**JUNE, "impact": "forty guests must bring passports"}, False),
        ("the effect on them in an answer", "Forty guests read: please bring passports.", "plan", {**JUNE, "impact": "forty guests must bring passports"}, True),
        ("请求", "请贵方提供图纸。", "plan", JUNE, True),
    ],
)  # fmt: skip
def test_judge_hears_a_request_only_where_it_could_be_undated(
    rule: str, text: str, place: Place, known: Known, undated: bool
) -> None:
    language: Language = "zh" if "请" in text else "en"
    assert plans.may_be_undated(subject_of(text, place, known, language=language), 0) is undated, (
        rule
    )


@pytest.mark.parametrize(
    ("rule", "text", "known", "days"),
    [
        ("the delivery's", "It is done on 18 June.", JUNE, [18]),
        ("not that of a contact", "It is done on 18 June. You hear from me on 9 June.", JUNE, [18]),
        ("a contact on the day itself", "You hear from me on 18 June.", JUNE, [18]),
        ("a past one", "It was due on 1 June, now 18 June.", JUNE, [18]),
        ("today as a word is none where there is another", "Today we say 18 June.", JUNE, [18]),
        ("today where there is no other", "It is done today.", JUNE, [3]),
        ("the day on which there is a date", "We tell you the date when we call on 9 June.", JUNE, [9]),
        ("联系的日子不算", "6月18日完成。我6月9日联系您。", JUNE, [18]),
    ],
)  # fmt: skip
def test_day_of_delivery_is_no_other_day(
    rule: str, text: str, known: Known, days: list[int]
) -> None:
    language: Language = "zh" if "月" in text else "en"
    subject = subject_of(text, "plan", known, language=language)
    assert [day.first.day for day in plans.delivery_days(subject)] == days, rule


AGAIN: Known = {
    **JUNE, "previous_slips": 1, "cause": "we had not posted an inspector at the maker",
    "what_changed": "an inspector is posted at the maker and each test is logged",
}  # fmt: skip
AGAIN_ZH: Known = {
    **JUNE, "previous_slips": 1, "cause": "试验没过，我方没派驻厂监造",
    "what_changed": "监造6月1日已驻厂，试验记录每天回传",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "known", "same"),
    [
        ("this time it will work", "18 June it is. This time it will definitely work.", AGAIN, True),
        ("meant this time", "18 June, and this time we really mean it.", AGAIN, True),
        ("the cause is no change", "18 June. We had not posted an inspector at the maker.", AGAIN, True),
        ("the change in other words", "18 June. The maker's tests are logged now, an inspector is there.", AGAIN, False),
        ("under a heading", "18 June. New: inspector first, test after.", AGAIN, False),
        ("不是不同", "6月18日交。我方没派驻厂监造，与约定不同。", AGAIN_ZH, True),
        ("换了说法", "6月18日交。1号起监造已经在厂里，记录天天传回来。", AGAIN_ZH, False),
        ("每周报告不是变化", "6月18日交。9日起每周二报。", AGAIN_ZH, True),
    ],
)  # fmt: skip
def test_change_is_told_not_sworn(rule: str, text: str, known: Known, *, same: bool) -> None:
    language: Language = "zh" if "月" in text else "en"
    subject = subject_of(text, "draft", known, language=language)
    assert bool(hits(plans.repeat, subject)) is same, rule


WANTED: Known = {
    **JUNE, "ask": {"what": "choose one of the two ways", "by": "2026-06-10"}, "customer_deadline": "2026-06-12",
    "impact": "the press day on 12 June goes without the big screen",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "undated"),
    [
        ("which, and no day", "Either a pump or a tanker: please tell me which. Next note on 9 June.", True),
        ("which, with its day", "Either a pump or a tanker: please tell me which by 10 June.", False),
        ("the day in the next sentence", "A pump or a tanker, which would you like? 10 June is the latest day for an answer.", False),
        ("their own day is no day by which", "On 12 June your press day has no screen, please send us a way round.", True),
        ("their own day as the day by which", "Please send us a way round by 12 June.", False),
    ],
)  # fmt: skip
def test_request_has_its_day(rule: str, text: str, *, undated: bool) -> None:
    assert bool(hits(plans.action_undated, subject_of(text, "draft", WANTED))) is undated, rule


@pytest.mark.parametrize(
    "text",
    [
        "New: 18 June. Old: 5 June. Sorry again.",
        "这次让您久等了，新日期6月18日。",
    ],
)
def test_a_heading_or_a_courtesy_is_no_change(text: str) -> None:
    language: Language = "zh" if "月" in text else "en"
    known: Known = {**JUNE, "previous_slips": 1}
    assert hits(plans.repeat, subject_of(text, "draft", known, language=language))
