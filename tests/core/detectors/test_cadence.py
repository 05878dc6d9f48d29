"""The next contact: the longest gap of a rhythm, what a slip allows, the day that is named."""

import pytest

from bot.core.coaching.detectors import cadence
from bot.core.coaching.detectors.cadence import allowed, interval, next_contact
from bot.core.words import Language, Text
from tests.core.detectors.hits import Found, Known, hits, language_of, subject_of

AS_IT_STANDS = Text(en="As things stand", zh="照现在的情况")
NINE_LATER = Text(en="With a slip of 9 working days", zh="推迟了9个工作日")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Every day.", 1), ("Daily.", 1), ("Every morning.", 1), ("Twice a day.", 1),
        ("Every other day.", 2), ("Three times a week.", 3), ("Twice a week.", 4),
        ("Weekly.", 7), ("Once a week.", 7), ("Every Tuesday.", 7), ("Tuesdays.", 7),
        ("The Friday report.", 7), ("Every other Tuesday.", 14), ("Biweekly.", 14),
        ("Every two weeks.", 14), ("Every fortnight.", 14), ("Monthly.", 30), ("Quarterly.", 90),
        ("Mondays and Thursdays.", 4), ("Mondays, Wednesdays and Fridays.", 3),
        ("Mondays and Tuesdays.", 6), ("Fridays and Mondays.", 4), ("Tuesday or Thursday.", 5),
        ("Weekly, on Tuesdays and Fridays.", 4), ("Fortnightly, on Tuesdays.", 14),
        ("Monthly, on a Tuesday note.", 30), ("Every three days.", 3), ("Every 10 days.", 10),
        ("Every three weeks.", 21), ("Every 2 months.", 60), ("Every 4 hours.", 1),
        ("Every six working days.", 6), ("Daily, then every three weeks.", 21),
        ("We call.", None), ("On Tuesday.", None), ("On the first floor every weak beam.", None),
    ],
)  # fmt: skip
def test_gap_of_an_english_rhythm(text: str, days: int | None) -> None:
    assert interval(subject_of(text, "followup")) == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("每天汇报。", 1), ("每个工作日汇报。", 1), ("隔天汇报。", 2), ("一周三次。", 3), ("每周两次。", 4),
        ("每周汇报。", 7), ("一周一次。", 7), ("每周三汇报。", 7), ("每周一、周四汇报。", 4),
        ("每周一、三、五汇报。", 3), ("周二、周五各一次。", 4), ("逢周二汇报。", 7), ("周二起汇报。", None),
        ("每两周汇报。", 14), ("每两周三汇报。", 14), ("双周五汇报。", 14), ("隔周五汇报。", 14), ("每月汇报。", 30),
        ("每季度汇报。", 90), ("每三天汇报一次。", 3), ("每3周汇报一次。", 21), ("五天一次。", 5),
        ("两个月一次。", 60), ("每4小时一次。", 1), ("下周三汇报。", None), ("我们打电话。", None),
        ("周五各发一次。", 7), ("往后周二汇报。", 7), ("周二都汇报。", 7),
    ],
)  # fmt: skip
def test_gap_of_a_chinese_rhythm(text: str, days: int | None) -> None:
    assert interval(subject_of(text, "followup", language="zh")) == days


@pytest.mark.parametrize(
    ("rule", "known", "days"),
    [
        ("low", {"severity": "low"}, 14),
        ("medium", {"severity": "medium"}, 7),
        ("high", {"severity": "High"}, 4),
        ("critical", {"severity": "critical"}, 2),
        ("nothing known", {}, None),
        ("an unknown word and no slip", {"severity": "odd"}, None),
        ("five working days are a small slip", {"original_date": "2026-06-05", "new_date": "2026-06-12"}, 14),
        ("six are a large one", {"original_date": "2026-06-05", "new_date": "2026-06-15"}, 7),
        ("the severity goes before the slip", {"severity": "critical", "original_date": "2026-06-05", "new_date": "2026-06-12"}, 2),
    ],
)  # fmt: skip
def test_longest_gap_that_is_allowed(rule: str, known: Known, days: int | None) -> None:
    assert allowed(subject_of("Weekly.", "followup", known)) == days, rule


TODAY: Known = {"today": "2026-06-03", "severity": "high"}


@pytest.mark.parametrize(
    ("rule", "text", "known", "days"),
    [
        ("a day", "Next on 9 June.", TODAY, 6),
        ("today counts", "Next on 3 June.", TODAY, 0),
        ("the nearest of several", "On 12 June and before on 9 June.", TODAY, 6),
        ("a past day does not count", "We called on 1 June 2026.", TODAY, None),
        ("no day", "We call.", TODAY, None),
        ("today unknown", "Next on 9 June 2026.", {}, 0),
    ],
)
def test_days_to_the_next_contact(rule: str, text: str, known: Known, days: int | None) -> None:
    assert next_contact(subject_of(text, "followup", known)) == days, rule


SLIP: Known = {"today": "2026-06-03", "original_date": "2026-06-05", "new_date": "2026-06-18"}


@pytest.mark.parametrize(
    ("rule", "text", "language", "known", "expected"),
    [
        ("nothing named", "We call.", "en", TODAY, ("followup.no_cadence", "", {})),
        ("a promise to keep posted", "We keep you posted.", "en", TODAY, ("followup.no_cadence", "keep you posted", {})),
        ("有进展再说", "有进展及时通报。", "zh", TODAY, ("followup.no_cadence", "有进展", {})),
        ("often enough", "Every three days.", "en", TODAY, None),
        ("a day too long", "Every five days.", "en", TODAY, ("followup.too_sparse", "", {"limit": 4, "why": AS_IT_STANDS})),
        ("just often enough", "Mondays and Thursdays.", "en", TODAY, None),
        ("a day near enough", "Next on 7 June.", "en", TODAY, None),
        ("a day too far", "Next on 8 June.", "en", TODAY, ("followup.too_sparse", "", {"limit": 4, "why": AS_IT_STANDS})),
        ("the slip is told in working days", "Every two weeks.", "en", SLIP, ("followup.too_sparse", "Every two weeks", {"limit": 7, "why": NINE_LATER})),
        ("nothing to measure by", "Every two months.", "en", {"today": "2026-06-03"}, None),
        ("每两周", "每两周汇报一次。", "zh", SLIP, ("followup.too_sparse", "每两周", {"limit": 7, "why": NINE_LATER})),
    ],
)  # fmt: skip
def test_contact_comes_and_comes_often_enough(
    rule: str, text: str, language: Language, known: Known, expected: tuple[str, str, Known] | None
) -> None:
    found = hits(cadence.contact, subject_of(text, "followup", known, language=language))
    assert found == ([] if expected is None else [Found(*expected)]), rule
    assert hits(cadence.contact, subject_of(text, "plan", known, language=language)) == []


DRAFT: Known = {**SLIP, "next_update": "every Tuesday", "customer_deadline": "2026-06-24"}


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("the weekday that was answered", "The date moves to 18 June. You read us each Tuesday.", DRAFT, []),
        ("another rhythm in a sentence of contact", "I write to you every Friday.", DRAFT, []),
        ("the delivery's day is no contact", "It moves to 18 June. Your fair is on 24 June.", DRAFT, ["followup.no_cadence"]),
        ("a day of contact", "I call you on 9 June.", SLIP, []),
        ("the delivery's day in a sentence of contact", "I call you on 18 June.", SLIP, ["followup.no_cadence"]),
        ("the delivery's day, answered for contact too", "I call you on 18 June.", {**SLIP, "next_update": "18 June"}, ["followup.too_sparse"]),
        ("a rhythm of something else", "The lift is tested in two shifts.", SLIP, ["followup.no_cadence"]),
        ("a day of its own that was answered", "On 9 June you read more.", {**SLIP, "next_update": "on 9 June"}, []),
        ("another day than was answered", "On 10 June the lift comes.", {**SLIP, "next_update": "on 9 June"}, ["followup.no_cadence"]),
        ("too far", "I write to you every two weeks.", SLIP, ["followup.too_sparse"]),
        ("the first day of the rhythm that was answered", "It moves to 18 June. Next note on Tuesday 16 June.", DRAFT, []),
        ("a short weekday of the rhythm", "It moves to 18 June. Next line from me Tues.", DRAFT, []),
        ("a weekday of three letters", "It moves to 18 June. Next line from me Thu.", {**DRAFT, "next_update": "every Thursday"}, []),
        ("the answered rhythm is too slow itself", "It moves to 18 June. Next note on Tuesday 16 June.", {**DRAFT, "next_update": "every other Tuesday"}, ["followup.too_sparse"]),
        ("a rhythm that begins on the old date", "It moves to 18 June, a fortnight after 5 June. My note comes each Tuesday, the first on 5 June.", DRAFT, []),
        ("short weekdays in a row", "It moves to 18 June. Tues + Fri updates.", SLIP, []),
        ("周三周五各一报", "新日期6月18日。周三周五各一报。", SLIP, []),
        ("一天两报", "新日期6月18日。明早八点起一天两报。", SLIP, []),
        ("以后周二都回", "新日期6月18日。以后周二周五都回您。", SLIP, []),
        ("每周二", "新日期6月18日。每周二给您消息。", DRAFT, []),
        ("没有联系", "新日期6月18日。设备已到货。", DRAFT, ["followup.no_cadence"]),
        ("the weekday of a date that moves", "The date moves from Tuesday 9 June to 18 June.", DRAFT, ["followup.no_cadence"]),
        ("a date that moves on a weekday", "The date moves on Tuesday.", DRAFT, ["followup.no_cadence"]),
        ("the new date on that weekday", "The date moves to Tuesday 16 June.", {**DRAFT, "new_date": "2026-06-16"}, ["followup.no_cadence"]),
        ("the old date is no contact", "I call on 5 June.", SLIP, ["followup.no_cadence"]),
        ("weekdays in a row, no verb", "It moves to 18 June. Word from us: Tuesday and Friday.", SLIP, []),
        ("a weekday in the plural, no verb", "It moves to 18 June. Tuesdays it is.", SLIP, []),
        ("one weekday alone is no rhythm", "It moves to 18 June. Word on Tuesday.", SLIP, ["followup.no_cadence"]),
        ("另一天", "新日期6月18日。周三设备到货。", {**SLIP, "next_update": "每周二"}, ["followup.no_cadence"]),
        ("说好的那天", "新日期6月18日。周二见分晓。", {**SLIP, "next_update": "每周二"}, []),
        ("the customer's own day is no contact", "I call on 24 June.", {**SLIP, "customer_deadline": "2026-06-24"}, ["followup.no_cadence"]),
    ],
)  # fmt: skip
def test_draft_names_its_next_contact(
    rule: str, text: str, known: Known, expected: list[str]
) -> None:
    language: Language = "zh" if "日" in text else "en"
    found = hits(cadence.contact, subject_of(text, "draft", known, language=language))
    assert [one.check for one in found] == expected, rule


def test_sparse_contact_is_marked_at_its_own_words_and_not_where_work_is_counted() -> None:
    text = "新日期6月18日：还剩九个接口，每天完成一个。我每两周给您发消息。"
    found = hits(cadence.contact, subject_of(text, "draft", SLIP, language="zh"))
    assert [(one.check, one.words) for one in found] == [("followup.too_sparse", "每两周")]


@pytest.mark.parametrize(
    ("rule", "text", "known", "expected"),
    [
        ("every day for every Tuesday", "It moves to 18 June. I send you an update every day.", DRAFT, ["I send you an update every day."]),
        ("every day beside every Tuesday", "You get a note every Tuesday. I call you every day.", DRAFT, ["I call you every day."]),
        ("two days' difference", "I call you every four days.", {**SLIP, "next_update": "every other day"}, ["I call you every four days."]),
        ("every two weeks for every day", "I send you an update every two weeks.", {**SLIP, "next_update": "every day"}, ["I send you an update every two weeks."]),
        ("the same", "I send you an update every Tuesday.", DRAFT, []),
        ("the same, told without the day", "I send you an update weekly.", DRAFT, []),
        ("a day's difference", "I send you an update every day.", {**SLIP, "next_update": "every other day"}, []),
        ("no rhythm was answered", "I send you an update every day.", {**SLIP, "next_update": "on 9 June"}, []),
        ("nothing was answered", "I send you an update every day.", SLIP, []),
        ("the work's rhythm", "The crane is greased every day. I write every Tuesday.", DRAFT, []),
        ("每天，不是每周二", "新日期6月18日。我每天给您发消息。", DRAFT, ["我每天给您发消息。"]),
        ("多一个周五", "新日期6月18日。我每周二、周五给您发消息。", {**SLIP, "next_update": "每周二"}, ["我每周二、周五给您发消息。"]),
    ],
)  # fmt: skip
def test_draft_keeps_the_rhythm_that_was_answered(
    rule: str, text: str, known: Known, expected: list[str]
) -> None:
    found = hits(cadence.contact, subject_of(text, "draft", known, language=language_of(text)))
    claims = [one for one in found if one.check == "draft.unsupported_fact"]
    assert claims == [Found("draft.unsupported_fact", w, {"x": w}) for w in expected], rule


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Written notes every Monday, calls every Thursday.", 7), ("A fortnight after 30 June it runs.", None),
        ("书面的每周一，电话每周四。", 4), ("每天报，往后周一、周四。", 4), ("头一周天天报。", 1),
        ("明儿（周四）起每周一、周四。", 4),
    ],
)  # fmt: skip
def test_rhythm_of_several_days_is_one(text: str, days: int | None) -> None:
    assert interval(subject_of(text, "followup", language=language_of(text))) == days


UNKNOWN: Known = {
    "today": "2026-11-09", "original_date": "2026-11-13", "date_known_by": "2026-11-12",
    "next_update": "12 November",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "text", "known", "silent"),
    [
        ("the day of the date is the next contact", "The link misses 13 November. You have the new date on 12 November.", UNKNOWN, False),
        ("no day", "The link misses 13 November.", UNKNOWN, True),
        ("a request by the same day tells no contact", "Please send the list by 12 November. The link moves.", {**UNKNOWN, "ask": {"what": "the list", "by": "2026-11-12"}}, True),
        ("再报一次", "11月13日做不完了。11月12日我再报一次。", {**UNKNOWN, "next_update": "11月12日"}, False),
    ],
)  # fmt: skip
def test_day_for_the_date_is_a_contact(rule: str, text: str, known: Known, *, silent: bool) -> None:
    subject = subject_of(text, "draft", known, language=language_of(text))
    found = {one.check for one in hits(cadence.contact, subject)}
    assert ("followup.no_cadence" in found) is silent, rule
